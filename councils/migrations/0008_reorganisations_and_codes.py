import core.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from councils.register import CODE_COLUMNS, COUNCIL_COLUMNS, REFERENCE, load_codes, read_table


def fill_codes(apps, schema_editor):
    """The three-letter codes of councils, and the counties of districts, as of the end of each."""
    rows = read_table(REFERENCE / "councils.csv", COUNCIL_COLUMNS, CODE_COLUMNS)
    load_codes(apps.get_model("councils", "Organisation"), rows)


class Migration(migrations.Migration):

    dependencies = [
        ('councils', '0007_stars_of_websites'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Reorganisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.CharField(help_text='The order or decision that it rests on', max_length=200)),
                ('said_at', models.DateTimeField(default=core.clock.now)),
                ('carried_out_at', models.DateTimeField(blank=True, help_text='When what goes on went over; empty until the last day is over', null=True)),
                ('went_over', models.JSONField(blank=True, default=list, help_text='What went over, in words: 3 projects it leads')),
            ],
            options={
                'ordering': ['-said_at', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='organisation',
            name='code',
            field=models.CharField(blank=True, help_text='As in local registers: ALL for Allerdale', max_length=3, verbose_name='three-letter code'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='county',
            field=models.ForeignKey(blank=True, help_text='Of a district: the county council that provides the rest of its services', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='districts', to='councils.organisation'),
        ),
        migrations.RunPython(fill_codes, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(('county', None), models.Q(('kind', 'district'), models.Q(('county', models.F('id')), _negated=True)), _connector='OR'), name='only_a_district_lies_in_a_county'),
        ),
        migrations.AddField(
            model_name='reorganisation',
            name='carried_on_by',
            field=models.ForeignKey(help_text='The successor that gets what goes on', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='councils.organisation'),
        ),
        migrations.AddField(
            model_name='reorganisation',
            name='council',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reorganisation', to='councils.organisation'),
        ),
        migrations.AddField(
            model_name='reorganisation',
            name='said_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='reorganisation',
            constraint=models.CheckConstraint(condition=models.Q(('council', models.F('carried_on_by')), _negated=True), name='no_council_carries_on_itself'),
        ),
        migrations.AddConstraint(
            model_name='reorganisation',
            constraint=models.CheckConstraint(condition=models.Q(('order', ''), _negated=True), name='a_reorganisation_rests_on_an_order'),
        ),
    ]
