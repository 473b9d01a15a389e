"""What 0002 and 0003 come to, in one step, for a new database. Those stay for databases that began before."""

import core.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.squashed import rows_of


class Migration(migrations.Migration):

    replaces = [
        ('take_up', '0002_commitments_and_what_was_avoided'),
        ('take_up', '0003_days_earlier_use_and_sums_shown'),
    ]
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
        rows_of('take_up', '0002_commitments_and_what_was_avoided', '0003_days_earlier_use_and_sums_shown'),
    ]
