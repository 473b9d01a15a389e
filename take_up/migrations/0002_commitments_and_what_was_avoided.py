"""Commitments, the cost that a council avoided, and each status as it was confirmed; the last filled from what stands."""

import core.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def fill_statuses(apps, schema_editor):
    """One row for the first day of live use, where another status came after it, and one for the present status."""
    adoptions = apps.get_model("take_up", "Adoption")
    statuses = apps.get_model("take_up", "StatusConfirmed")
    rows = []
    for adoption in adoptions.objects.filter(confirmed_at__isnull=False).iterator():
        who = {
            "adoption": adoption,
            "said_by_id": adoption.declared_by_id,
            "confirmed_by_id": adoption.confirmed_by_id,
            "confirmed_at": adoption.confirmed_at,
        }
        was_live_before = adoption.live_since and adoption.live_since <= adoption.since
        if was_live_before and adoption.status != "live":
            rows.append(statuses(status="live", since=adoption.live_since, **who))
        rows.append(statuses(status=adoption.status, since=adoption.since, **who))
    statuses.objects.bulk_create(rows, batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ('assets_registry', '0007_adoptions_and_benefits_moved'),
        ('councils', '0005_people_who_may_be_asked'),
        ('take_up', '0001_out_of_the_registry'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='adoption',
            name='asked_avoided_cost',
            field=models.PositiveIntegerField(blank=True, help_text='Asked together with a status', null=True, verbose_name='cost avoided waiting for the lead'),
        ),
        migrations.AddField(
            model_name='adoption',
            name='avoided_cost',
            field=models.PositiveIntegerField(blank=True, help_text='The council’s own figure; empty where it gave none', null=True, verbose_name='cost avoided, in pounds'),
        ),
        migrations.CreateModel(
            name='StatusConfirmed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('evaluating', 'Evaluating'), ('piloting', 'Piloting'), ('live', 'Live'), ('retired', 'Retired')], max_length=10)),
                ('since', models.DateField()),
                ('confirmed_at', models.DateTimeField(default=core.clock.now)),
                ('adoption', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='statuses', to='take_up.adoption')),
                ('confirmed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('said_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'statuses confirmed',
                'ordering': ['since', 'confirmed_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Commitment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ('source', models.CharField(blank=True, help_text='Where this comes from, for records taken from a published document', max_length=200)),
                ('is_illustrative', models.BooleanField(default=False, help_text='Made up to show how the portal works')),
                ('would', models.CharField(choices=[('use', 'Use it'), ('pilot', 'Pilot it'), ('help', 'Help with it')], max_length=5)),
                ('officer_days', models.PositiveSmallIntegerField(default=0, verbose_name='days of officer time')),
                ('co_fund', models.PositiveIntegerField(default=0, verbose_name='co-fund up to, in pounds')),
                ('may_be_listed', models.BooleanField(default=True, verbose_name='our council may be named')),
                ('proposed_at', models.DateTimeField(default=core.clock.now)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('begins_on', models.DateField(blank=True, null=True)),
                ('expires_on', models.DateField(blank=True, help_text='The last day on which it holds', null=True)),
                ('ended_on', models.DateField(blank=True, help_text='The first day on which it no longer holds', null=True)),
                ('ending', models.CharField(blank=True, choices=[('withdrawn', 'Withdrawn'), ('expired', 'Ran out'), ('replaced', 'Renewed or changed'), ('adopted', 'Became an adoption'), ('turned_down', 'Turned down')], default='', max_length=11)),
                ('asset', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='assets_registry.asset')),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='councils.organisation')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['council__name', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('confirmed_at__isnull', False), ('ended_on__isnull', True)), fields=('asset', 'council'), name='one_standing_commitment_per_council_and_asset'), models.UniqueConstraint(condition=models.Q(('confirmed_at__isnull', True), ('ended_on__isnull', True)), fields=('asset', 'council'), name='one_waiting_commitment_per_council_and_asset'), models.CheckConstraint(condition=models.Q(('would__in', ['use', 'pilot']), models.Q(('officer_days__gt', 0), ('would', 'help')), models.Q(('co_fund__gt', 0), ('would', 'help')), _connector='OR'), name='a_commitment_is_to_something'), models.CheckConstraint(condition=models.Q(models.Q(('begins_on__isnull', True), ('confirmed_at__isnull', True), ('confirmed_by__isnull', True), ('expires_on__isnull', True)), models.Q(('begins_on__isnull', False), ('confirmed_at__isnull', False), ('confirmed_by__isnull', False), ('expires_on__gte', models.F('begins_on')), ('expires_on__isnull', False)), _connector='OR'), name='a_confirmed_commitment_says_by_whom_and_until_when'), models.CheckConstraint(condition=models.Q(models.Q(('ended_on__isnull', True), ('ending', '')), models.Q(('ended_on__isnull', False), models.Q(('ending', ''), _negated=True)), _connector='OR'), name='an_ended_commitment_says_how_it_ended')],
            },
        ),
        migrations.RunPython(fill_statuses, migrations.RunPython.noop, elidable=True),
    ]
