"""Nobody has said of a case study's figures which way is better, and its first ones are a claim, whoever checked them.

The promises of case studies of before come from `publishing`, which a database of before brings up to date first.
"""

from django.db import migrations, models
from django.db.models import F


def take_back(apps, schema_editor):
    promises = apps.get_model("take_up", "Benefit").objects.filter(origin="case_study")
    promises.update(better="unsaid")
    promises.filter(latest__measured_on__lte=F("claimed_on")).update(latest=None)
    if schema_editor.connection.vendor == "postgresql":
        # A table with checks that wait cannot be altered.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):

    dependencies = [
        ('take_up', '0005_measurements_turned_down'),
    ]

    operations = [
        migrations.AlterField(
            model_name='benefit',
            name='better',
            field=models.CharField(choices=[('higher', 'Higher is better'), ('lower', 'Lower is better'), ('unsaid', 'Nobody has said which way is better')], default='higher', max_length=6),
        ),
        migrations.RemoveConstraint(
            model_name='benefit',
            name='the_target_lies_on_the_better_side_of_what_was',
        ),
        migrations.RunPython(take_back, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='benefit',
            constraint=models.CheckConstraint(condition=models.Q(('baseline__isnull', True), ('origin', 'case_study'), models.Q(('better', 'higher'), ('claimed__gte', models.F('baseline'))), models.Q(('better', 'lower'), ('claimed__lte', models.F('baseline'))), _connector='OR'), name='the_target_lies_on_the_better_side_of_what_was'),
        ),
        migrations.AddConstraint(
            model_name='benefit',
            constraint=models.CheckConstraint(condition=models.Q(('origin', 'case_study'), models.Q(('better', 'unsaid'), _negated=True), _connector='OR'), name='who_promises_says_which_way_is_better'),
        ),
    ]
