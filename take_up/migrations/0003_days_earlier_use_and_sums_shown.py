"""Days of officer time, the times of live use that are over, and the sums of savings as they are shown.

The times are read from the statuses as they were confirmed: an adoption that was given up and taken up again had kept
the first day of its first use, as if it had never ended.
"""

import django.db.models.deletion
from django.db import migrations, models


def fill_earlier_uses(apps, schema_editor):
    statuses = apps.get_model("take_up", "StatusConfirmed").objects.order_by("adoption", "confirmed_at", "pk")
    adoptions, earlier_uses = apps.get_model("take_up", "Adoption"), apps.get_model("take_up", "EarlierUse")
    said = {}
    for key, status, since in statuses.values_list("adoption", "status", "since"):
        said.setdefault(key, []).append((status, since))
    for key, rows in said.items():
        live_since, earlier = _times(rows)
        if earlier:
            earlier_uses.objects.bulk_create(
                earlier_uses(adoption_id=key, begins_on=begins, ends_on=ends) for begins, ends in earlier
            )
            adoptions.objects.filter(pk=key).update(live_since=live_since)


def _times(rows):
    """The first day of the live use that stands or ended last, and the times before it, of statuses in their order."""
    status = since = live_since = None
    earlier = {}
    for new, day in rows:
        if new == status:  # its day was put right
            live_since = day if new == "live" else live_since
        elif live_since is None or status != "live":
            if live_since is not None and live_since < since:
                earlier[live_since] = since
            live_since = day if new == "live" else None
        status, since = new, day
    return live_since, sorted(earlier.items())


class Migration(migrations.Migration):

    dependencies = [
        ('take_up', '0002_commitments_and_what_was_avoided'),
    ]

    operations = [
        migrations.AddField(
            model_name='adoption',
            name='officer_days',
            field=models.PositiveSmallIntegerField(blank=True, help_text='Empty where nobody counted them', null=True, verbose_name='days of officer time to put it in place'),
        ),
        migrations.AlterField(
            model_name='adoption',
            name='live_since',
            field=models.DateField(blank=True, help_text='First day of live use; kept by the status that ended it', null=True),
        ),
        migrations.CreateModel(
            name='EarlierUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('begins_on', models.DateField()),
                ('ends_on', models.DateField(help_text='The first day on which it was no longer used')),
                ('adoption', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='earlier_uses', to='take_up.adoption')),
            ],
            options={
                'ordering': ['begins_on'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('begins_on'))), name='an_earlier_use_took_a_day'), models.UniqueConstraint(fields=('adoption', 'begins_on'), name='an_earlier_use_is_kept_once')],
            },
        ),
        migrations.CreateModel(
            name='SavingsShown',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('as_at', models.DateField()),
                ('figures', models.JSONField(help_text='The pounds that each council gave, by the key of its adoption; never shown')),
                ('n', models.PositiveIntegerField(help_text='How many figures')),
                ('of', models.PositiveIntegerField(help_text='How many councils used it live on that day')),
                ('is_illustrative', models.BooleanField(default=False)),
                ('asset', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='savings_shown', to='assets_registry.asset')),
            ],
            options={
                'verbose_name_plural': 'savings shown',
                'ordering': ['as_at'],
                'constraints': [models.UniqueConstraint(fields=('asset', 'as_at'), name='one_sum_of_savings_of_an_asset_a_day'), models.CheckConstraint(condition=models.Q(('n__gte', 5), ('of__gte', models.F('n'))), name='a_sum_of_savings_is_of_five_figures')],
            },
        ),
        migrations.RunPython(fill_earlier_uses, migrations.RunPython.noop, elidable=True),
    ]
