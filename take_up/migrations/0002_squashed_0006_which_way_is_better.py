"""What 0002 to 0006 come to, in one step, for a new database. Those stay for databases that began before."""

import datetime

import core.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.squashed import rows_of


class Migration(migrations.Migration):

    replaces = [
        ('take_up', '0002_commitments_and_what_was_avoided'),
        ('take_up', '0003_days_earlier_use_and_sums_shown'),
        ('take_up', '0004_promises_in_rows'),
        ('take_up', '0005_measurements_turned_down'),
        ('take_up', '0006_which_way_is_better'),
    ]
    dependencies = [
        ('assets_registry', '0009_uploads'),
        ('projects', '0006_purposes_of_alliance_and_campaign'),
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
        migrations.CreateModel(
            name='Measurement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ('source', models.CharField(blank=True, help_text='Where this comes from, for records taken from a published document', max_length=200)),
                ('is_illustrative', models.BooleanField(default=False, help_text='Made up to show how the portal works')),
                ('value', models.DecimalField(decimal_places=2, max_digits=14)),
                ('value_words', models.CharField(blank=True, help_text='200 to 300, where it is a range', max_length=80)),
                ('n', models.PositiveIntegerField(help_text='How many councils, forms, cases', verbose_name='measured on')),
                ('n_words', models.CharField(blank=True, help_text='councils, forms', max_length=80)),
                ('measured_on', models.DateField()),
                ('reported_at', models.DateTimeField(default=core.clock.now)),
                ('checked_at', models.DateTimeField(blank=True, null=True)),
                ('explanation', models.TextField(blank=True, help_text='Why the promise was missed, where this measurement says so', max_length=2000)),
                ('explained_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['measured_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='TakeUpPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ('source', models.CharField(blank=True, help_text='Where this comes from, for records taken from a published document', max_length=200)),
                ('is_illustrative', models.BooleanField(default=False, help_text='Made up to show how the portal works')),
                ('councils', models.PositiveIntegerField(verbose_name='councils meant to use it')),
                ('by_day', models.DateField(verbose_name='by when')),
                ('tier', models.CharField(choices=[('all', 'All councils'), ('county/unitary', 'Counties and single-tier councils'), ('district/unitary', 'Districts and single-tier councils'), ('county', 'Counties only'), ('district', 'Districts only')], max_length=20, verbose_name='for which councils')),
                ('base', models.PositiveIntegerField(help_text='Councils of that tier on the day of the plan', verbose_name='of how many')),
                ('made_on', models.DateField()),
            ],
            options={
                'ordering': ['by_day', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='benefit',
            name='better',
            field=models.CharField(choices=[('higher', 'Higher is better'), ('lower', 'Lower is better'), ('unsaid', 'Nobody has said which way is better')], default='higher', max_length=6),
        ),
        migrations.AddField(
            model_name='benefit',
            name='due_on',
            field=models.DateField(default=datetime.date(2000, 1, 1), help_text='The day by which the target is to be reached'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='benefit',
            name='origin',
            field=models.CharField(choices=[('project', 'A project'), ('adoption', 'A council’s use of an asset'), ('case_study', 'A case study')], default='project', max_length=10, verbose_name='who promises'),
        ),
        migrations.AddField(
            model_name='benefit',
            name='tier',
            field=models.CharField(blank=True, choices=[('all', 'All councils'), ('county/unitary', 'Counties and single-tier councils'), ('district/unitary', 'Districts and single-tier councils'), ('county', 'Counties only'), ('district', 'Districts only')], default='', help_text='Empty where it is promised for no number of councils', max_length=20, verbose_name='for which councils'),
        ),
        migrations.AlterField(
            model_name='benefit',
            name='claimed',
            field=models.DecimalField(decimal_places=2, max_digits=20, verbose_name='target'),
        ),
        migrations.AddField(
            model_name='measurement',
            name='checked_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='measurement',
            name='explained_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='measurement',
            name='promise',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measurements', to='take_up.benefit'),
        ),
        migrations.AddField(
            model_name='measurement',
            name='reported_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='benefit',
            name='latest',
            field=models.ForeignKey(blank=True, editable=False, help_text='The last measurement that somebody checked; kept by the operation that checks', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='take_up.measurement'),
        ),
        migrations.RemoveConstraint(
            model_name='benefit',
            name='a_benefit_belongs_to_a_project_or_an_adoption',
        ),
        migrations.RemoveConstraint(
            model_name='benefit',
            name='a_checked_benefit_has_result_day_and_base',
        ),
        migrations.RemoveConstraint(
            model_name='benefit',
            name='nobody_confirms_their_own_claim',
        ),
        # A database that stands at 0001 has promises, which take this step too.
        rows_of('take_up', '0004_promises_in_rows'),
        migrations.RemoveField(
            model_name='benefit',
            name='confirmed_by',
        ),
        migrations.RemoveField(
            model_name='benefit',
            name='n',
        ),
        migrations.RemoveField(
            model_name='benefit',
            name='n_words',
        ),
        migrations.RemoveField(
            model_name='benefit',
            name='result',
        ),
        migrations.RemoveField(
            model_name='benefit',
            name='result_is_illustrative',
        ),
        migrations.RemoveField(
            model_name='benefit',
            name='result_on',
        ),
        migrations.RemoveField(
            model_name='benefit',
            name='result_source',
        ),
        migrations.RemoveField(
            model_name='benefit',
            name='result_words',
        ),
        migrations.RemoveField(
            model_name='benefit',
            name='state',
        ),
        migrations.AddConstraint(
            model_name='benefit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('adoption__isnull', True), ('origin', 'project'), ('project__isnull', False)), models.Q(('adoption__isnull', False), ('origin', 'adoption'), ('project__isnull', True)), models.Q(('adoption__isnull', True), ('origin', 'case_study'), ('project__isnull', True)), _connector='OR'), name='a_promise_is_of_a_project_an_adoption_or_a_case_study'),
        ),
        migrations.AddConstraint(
            model_name='benefit',
            constraint=models.CheckConstraint(condition=models.Q(('baseline__isnull', True), ('origin', 'case_study'), models.Q(('better', 'higher'), ('claimed__gte', models.F('baseline'))), models.Q(('better', 'lower'), ('claimed__lte', models.F('baseline'))), _connector='OR'), name='the_target_lies_on_the_better_side_of_what_was'),
        ),
        migrations.AddConstraint(
            model_name='benefit',
            constraint=models.CheckConstraint(condition=models.Q(('origin', 'case_study'), models.Q(('better', 'unsaid'), _negated=True), _connector='OR'), name='who_promises_says_which_way_is_better'),
        ),
        migrations.AddConstraint(
            model_name='benefit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('scope__isnull', True), ('tier', '')), models.Q(('scope__isnull', False), models.Q(('tier', ''), _negated=True)), _connector='OR'), name='a_base_is_a_number_of_councils_of_a_tier'),
        ),
        migrations.AddConstraint(
            model_name='benefit',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__gt', models.F('claimed_on'))), name='a_promise_is_due_after_it_was_made'),
        ),
        migrations.AddField(
            model_name='takeupplan',
            name='asset',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='take_up_plans', to='assets_registry.asset'),
        ),
        migrations.AddField(
            model_name='takeupplan',
            name='made_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='takeupplan',
            name='project',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='take_up_plans', to='projects.project'),
        ),
        migrations.AddConstraint(
            model_name='measurement',
            constraint=models.UniqueConstraint(fields=('promise', 'measured_on'), name='one_measurement_of_a_promise_a_day'),
        ),
        migrations.AddConstraint(
            model_name='measurement',
            constraint=models.CheckConstraint(condition=models.Q(('n__gt', 0)), name='a_measurement_is_made_on_something'),
        ),
        migrations.AddConstraint(
            model_name='measurement',
            constraint=models.CheckConstraint(condition=models.Q(('checked_by__isnull', True), models.Q(('checked_by', models.F('reported_by')), _negated=True), _connector='OR'), name='nobody_checks_their_own_measurement'),
        ),
        migrations.AddConstraint(
            model_name='measurement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('checked_at__isnull', True), ('checked_by__isnull', True)), models.Q(('checked_at__isnull', False), ('checked_by__isnull', False)), _connector='OR'), name='a_checked_measurement_says_by_whom_and_when'),
        ),
        migrations.AddConstraint(
            model_name='measurement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('explained_at__isnull', True), ('explained_by__isnull', True), ('explanation', '')), models.Q(models.Q(('explanation', ''), _negated=True), ('checked_by__isnull', False), ('explained_at__isnull', False), ('explained_by__isnull', False)), _connector='OR'), name='an_explanation_is_of_a_checked_measurement_and_says_whose'),
        ),
        migrations.AddConstraint(
            model_name='takeupplan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('asset__isnull', True), ('project__isnull', False)), models.Q(('asset__isnull', False), ('project__isnull', True)), _connector='OR'), name='a_take_up_plan_is_of_a_project_or_an_asset'),
        ),
        migrations.AddConstraint(
            model_name='takeupplan',
            constraint=models.CheckConstraint(condition=models.Q(('councils__gt', 0), ('councils__lte', models.F('base'))), name='a_take_up_plan_stays_within_its_base'),
        ),
        migrations.AddConstraint(
            model_name='takeupplan',
            constraint=models.CheckConstraint(condition=models.Q(('by_day__gt', models.F('made_on'))), name='a_take_up_plan_looks_ahead'),
        ),
        migrations.AddConstraint(
            model_name='takeupplan',
            constraint=models.UniqueConstraint(fields=('project', 'by_day'), name='one_take_up_plan_of_a_project_for_a_day'),
        ),
        migrations.AddConstraint(
            model_name='takeupplan',
            constraint=models.UniqueConstraint(fields=('asset', 'by_day'), name='one_take_up_plan_of_an_asset_for_a_day'),
        ),
        migrations.CreateModel(
            name='TurnedDown',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.DecimalField(decimal_places=2, max_digits=14)),
                ('value_words', models.CharField(blank=True, max_length=80)),
                ('n', models.PositiveIntegerField(help_text='How many councils, forms, cases', verbose_name='measured on')),
                ('n_words', models.CharField(blank=True, max_length=80)),
                ('measured_on', models.DateField()),
                ('because', models.CharField(help_text='Why it does not hold', max_length=500)),
                ('at', models.DateTimeField(default=core.clock.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('promise', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='turned_down', to='take_up.benefit')),
                ('reported_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='what_is_turned_down_says_why'), models.CheckConstraint(condition=models.Q(('by', models.F('reported_by')), _negated=True), name='nobody_turns_down_their_own_measurement')],
            },
        ),
    ]
