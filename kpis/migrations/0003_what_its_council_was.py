from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def take_kinds_of_today(apps, schema_editor):
    """What a council was on a past day nobody kept: what came in so far counts as what the directory says today."""
    kinds = apps.get_model("councils", "Organisation").objects.filter(pk=OuterRef("council")).values("kind")
    apps.get_model("kpis", "ServiceReturn").objects.update(council_kind=Subquery(kinds))


class Migration(migrations.Migration):
    dependencies = [
        ("kpis", "0002_facts_are_not_emptied"),
    ]

    operations = [
        migrations.AddField(
            model_name="servicereturn",
            name="council_kind",
            field=models.CharField(
                choices=[("county", "County"), ("district", "District"), ("unitary", "Unitary"), ("metropolitan", "Metropolitan district"), ("london_borough", "London borough"), ("city_corporation", "City corporation"), ("scottish", "Scottish council"), ("welsh", "Welsh council"), ("northern_irish", "Northern Irish council"), ("department", "Government department"), ("association", "Association"), ("professional_body", "Professional body"), ("supplier", "Supplier"), ("other", "Other organisation")],
                default="",
                max_length=20,
                verbose_name="what the council was when it returned this",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(take_kinds_of_today, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="servicereturn",
            constraint=models.CheckConstraint(
                condition=~models.Q(("council_kind", "")), name="a_return_says_what_its_council_was"
            ),
        ),
    ]
