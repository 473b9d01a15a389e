"""What 0001 and 0002 come to, in one step, for a new database. Those stay for databases that began before."""

import core.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('projects', '0001_initial'),
        ('projects', '0002_how_it_looks_and_moves'),
    ]

    dependencies = [
        ('councils', '0001_squashed_0005_people_who_may_be_asked'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Purpose',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True)),
                ('wording', models.TextField(help_text='As the terms of reference put it')),
                ('order', models.PositiveSmallIntegerField(unique=True)),
            ],
            options={
                'ordering': ['order'],
            },
        ),
        migrations.CreateModel(
            name='Discovery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ('source', models.CharField(blank=True, help_text='Where this comes from, for records taken from a published document', max_length=200)),
                ('is_illustrative', models.BooleanField(default=False, help_text='Made up to show how the portal works')),
                ('title', models.CharField(max_length=120)),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('summary', models.TextField(max_length=1000)),
                ('theme', models.CharField(blank=True, help_text='The transformation issue', max_length=200)),
                ('step', models.CharField(choices=[('discovery_day', '1 Discovery Day'), ('co_design_day', '2 Co-Design Day'), ('finished', 'Finished: prototypes chosen'), ('stopped', 'Stopped')], default='discovery_day', max_length=20)),
                ('feasibility', models.CharField(blank=True, choices=[('feasible', 'Feasible'), ('conditional', 'Feasible under conditions'), ('not_feasible', 'Not feasible now')], max_length=20)),
                ('feasibility_reason', models.TextField(blank=True, max_length=2000)),
                ('starts_on', models.DateField()),
                ('step_one_ended_on', models.DateField(blank=True, null=True)),
                ('step_two_ended_on', models.DateField(blank=True, null=True)),
                ('stopped_on', models.DateField(blank=True, null=True)),
                ('lesson', models.TextField(blank=True, help_text='What was learned, where it was stopped', max_length=2000)),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='discoveries', to='councils.organisation')),
                ('facilitator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('purposes', models.ManyToManyField(blank=True, related_name='discoveries', to='projects.purpose')),
            ],
            options={
                'verbose_name_plural': 'discoveries',
                'ordering': ['-starts_on', 'title'],
                'constraints': [models.CheckConstraint(condition=models.Q(('department__isnull', False), models.Q(('theme', ''), _negated=True), _connector='OR'), name='discovery_has_a_department_or_a_theme'), models.CheckConstraint(condition=models.Q(models.Q(('step__in', ['co_design_day', 'finished']), _negated=True), models.Q(('step_one_ended_on__isnull', False), models.Q(('feasibility', ''), _negated=True)), _connector='OR'), name='step_two_follows_a_feasibility_verdict'), models.CheckConstraint(condition=models.Q(models.Q(('step', 'stopped'), _negated=True), models.Q(('stopped_on__isnull', False), models.Q(('lesson', ''), _negated=True)), _connector='OR'), name='a_stopped_discovery_says_what_was_learned')],
            },
        ),
        migrations.CreateModel(
            name='Need',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ('source', models.CharField(blank=True, help_text='Where this comes from, for records taken from a published document', max_length=200)),
                ('is_illustrative', models.BooleanField(default=False, help_text='Made up to show how the portal works')),
                ('title', models.CharField(max_length=120)),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('who_for', models.CharField(max_length=200, verbose_name='who it is for')),
                ('what', models.TextField(max_length=2000, verbose_name='what they need')),
                ('evidence', models.TextField(blank=True, max_length=4000)),
                ('cost_of_problem', models.CharField(blank=True, max_length=300, verbose_name='what the problem costs today')),
                ('raised_at', models.DateTimeField(default=core.clock.now)),
                ('state', models.CharField(choices=[('open', 'Open'), ('withdrawn', 'Withdrawn'), ('merged', 'Merged into another need')], default='open', max_length=10)),
                ('state_reason', models.CharField(blank=True, max_length=300)),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='needs_raised', to='councils.organisation')),
                ('discovery', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='needs', to='projects.discovery')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='projects.need')),
                ('raised_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='needs', to='councils.service')),
            ],
            options={
                'ordering': ['-raised_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'merged'), ('merged_into__isnull', False)), models.Q(models.Q(('state', 'merged'), _negated=True), ('merged_into__isnull', True)), _connector='OR'), name='a_merged_need_names_the_other'), models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), models.Q(('merged_into', models.F('id')), _negated=True), _connector='OR'), name='no_need_merges_into_itself')],
            },
        ),
        migrations.CreateModel(
            name='PotentialProject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120)),
                ('scope', models.TextField(max_length=1000)),
                ('discovery', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='potential_projects', to='projects.discovery')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='PriorityIssue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wording', models.CharField(max_length=300)),
                ('discovery', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='priority_issues', to='projects.discovery')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Project',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ('source', models.CharField(blank=True, help_text='Where this comes from, for records taken from a published document', max_length=200)),
                ('is_illustrative', models.BooleanField(default=False, help_text='Made up to show how the portal works')),
                ('title', models.CharField(max_length=120)),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('summary', models.TextField(max_length=1000)),
                ('stage', models.CharField(choices=[('co_develop', '3 Co-develop'), ('launch', '4 Launch and take-up'), ('finished', 'Finished'), ('stopped', 'Stopped')], default='co_develop', max_length=20)),
                ('started_on', models.DateField()),
                ('case_accepted_on', models.DateField(blank=True, editable=False, help_text='When its business case was accepted: unlocks the launch', null=True)),
                ('launched_on', models.DateField(blank=True, null=True)),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('lesson', models.TextField(blank=True, help_text='What was learned, where it was stopped', max_length=2000)),
                ('update_every_days', models.PositiveSmallIntegerField(default=14, help_text='The declared rhythm of updates')),
                ('last_updated_at', models.DateTimeField(default=core.clock.now)),
                ('outcome_of_year', models.PositiveSmallIntegerField(blank=True, help_text='The year whose outcomes it is counted among, as in the six of 2014', null=True)),
                ('discovery', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='projects', to='projects.discovery')),
                ('lead_council', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='projects_led', to='councils.organisation')),
                ('partners', models.ManyToManyField(blank=True, related_name='projects_joined', to='councils.organisation')),
                ('service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='projects', to='councils.service')),
            ],
            options={
                'ordering': ['-started_on', 'title'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('stage', 'launch'), _negated=True), ('launched_on__isnull', False), _connector='OR'), name='a_launched_project_has_a_launch_day'), models.CheckConstraint(condition=models.Q(models.Q(('stage__in', ['launch', 'finished']), _negated=True), ('case_accepted_on__isnull', False), _connector='OR'), name='an_accepted_business_case_unlocks_the_launch'), models.CheckConstraint(condition=models.Q(models.Q(('stage', 'stopped'), _negated=True), models.Q(('ended_on__isnull', False), models.Q(('lesson', ''), _negated=True)), _connector='OR'), name='a_stopped_project_says_what_was_learned'), models.CheckConstraint(condition=models.Q(('update_every_days__gt', 0)), name='a_rhythm_is_at_least_a_day')],
            },
        ),
        migrations.CreateModel(
            name='BusinessCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ('source', models.CharField(blank=True, help_text='Where this comes from, for records taken from a published document', max_length=200)),
                ('is_illustrative', models.BooleanField(default=False, help_text='Made up to show how the portal works')),
                ('volume', models.PositiveIntegerField(help_text='Transactions a year, over all councils in scope')),
                ('unit_cost_now', models.DecimalField(decimal_places=2, help_text='£ per transaction today', max_digits=9)),
                ('saving_per_unit', models.DecimalField(decimal_places=2, help_text='£ saved per transaction moved', max_digits=9)),
                ('take_up', models.DecimalField(decimal_places=1, help_text='Per cent of transactions that move', max_digits=4, verbose_name='take-up assumed')),
                ('one_off_cost', models.DecimalField(decimal_places=2, help_text='£ to build and launch', max_digits=12)),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('summary', models.TextField(max_length=4000)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Submitted'), ('accepted', 'Accepted'), ('rejected', 'Rejected')], default='draft', max_length=10)),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by_body', models.CharField(blank=True, max_length=120, verbose_name='accepting body')),
                ('decided_on', models.DateField(blank=True, null=True)),
                ('decision_number', models.CharField(blank=True, max_length=20)),
                ('decision_reason', models.TextField(blank=True, max_length=2000)),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='business_cases', to='projects.project')),
            ],
            options={
                'ordering': ['project', '-version'],
                'constraints': [models.CheckConstraint(condition=models.Q(('saving_per_unit__lte', models.F('unit_cost_now')), ('saving_per_unit__gte', 0)), name='case_saves_no_more_than_a_unit_costs'), models.CheckConstraint(condition=models.Q(('take_up__gte', 0), ('take_up__lte', 100)), name='case_take_up_is_a_share'), models.CheckConstraint(condition=models.Q(('one_off_cost__gte', 0)), name='case_cost_is_not_negative'), models.UniqueConstraint(fields=('project', 'version'), name='one_business_case_per_version'), models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'submitted'])), fields=('project',), name='one_living_business_case'), models.UniqueConstraint(condition=models.Q(('state', 'accepted')), fields=('project',), name='one_accepted_business_case'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['accepted', 'rejected']), _negated=True), models.Q(('decided_on__isnull', False), models.Q(('decided_by_body', ''), _negated=True), models.Q(('decision_number', ''), _negated=True)), _connector='OR'), name='a_decided_case_says_by_whom_when_and_under_which_number')],
            },
        ),
        migrations.CreateModel(
            name='Prototype',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ('source', models.CharField(blank=True, help_text='Where this comes from, for records taken from a published document', max_length=200)),
                ('is_illustrative', models.BooleanField(default=False, help_text='Made up to show how the portal works')),
                ('title', models.CharField(max_length=120)),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('summary', models.TextField(blank=True, max_length=1000)),
                ('made_by', models.CharField(blank=True, help_text='The team, by organisation', max_length=300)),
                ('frozen_at', models.DateTimeField(blank=True, editable=False, help_text='When a ballot on it opened: from then on it stays as it is', null=True)),
                ('discovery', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='prototypes', to='projects.discovery')),
                ('needs', models.ManyToManyField(blank=True, related_name='prototypes', to='projects.need')),
            ],
            options={
                'ordering': ['title'],
            },
        ),
        migrations.AddField(
            model_name='project',
            name='prototype',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='project', to='projects.prototype'),
        ),
        migrations.CreateModel(
            name='OutlineBusinessCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ('volume', models.PositiveIntegerField(help_text='Transactions a year, over all councils in scope')),
                ('unit_cost_now', models.DecimalField(decimal_places=2, help_text='£ per transaction today', max_digits=9)),
                ('saving_per_unit', models.DecimalField(decimal_places=2, help_text='£ saved per transaction moved', max_digits=9)),
                ('take_up', models.DecimalField(decimal_places=1, help_text='Per cent of transactions that move', max_digits=4, verbose_name='take-up assumed')),
                ('one_off_cost', models.DecimalField(decimal_places=2, help_text='£ to build and launch', max_digits=12)),
                ('note', models.TextField(blank=True, max_length=2000)),
                ('prototype', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='outline', to='projects.prototype')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('saving_per_unit__lte', models.F('unit_cost_now')), ('saving_per_unit__gte', 0)), name='outline_saves_no_more_than_a_unit_costs'), models.CheckConstraint(condition=models.Q(('take_up__gte', 0), ('take_up__lte', 100)), name='outline_take_up_is_a_share'), models.CheckConstraint(condition=models.Q(('one_off_cost__gte', 0)), name='outline_cost_is_not_negative')],
            },
        ),
        migrations.AddField(
            model_name='project',
            name='purposes',
            field=models.ManyToManyField(blank=True, related_name='projects', to='projects.purpose'),
        ),
        migrations.CreateModel(
            name='StatusUpdate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.CharField(max_length=280)),
                ('at', models.DateTimeField(default=core.clock.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='updates', to='projects.project')),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='NeedSupport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('joined_at', models.DateTimeField(default=core.clock.now)),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='needs_joined', to='councils.organisation')),
                ('joined_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supports', to='projects.need')),
                ('said_at', models.DateTimeField(blank=True, null=True)),
                ('words', models.CharField(blank=True, max_length=300, verbose_name='how it looks there')),
            ],
            options={
                'ordering': ['joined_at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('need', 'council'), name='a_council_joins_a_need_once'), models.CheckConstraint(condition=models.Q(models.Q(('said_at', None), ('words', '')), models.Q(models.Q(('words', ''), _negated=True), ('said_at__isnull', False)), _connector='OR'), name='what_a_council_says_of_a_need_has_its_day')],
            },
        ),
        migrations.CreateModel(
            name='NeedMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('discovery', 'It is taken up in a discovery'), ('prototype', 'There is a prototype for it'), ('vote', 'Voting has opened on a prototype for it'), ('project', 'A project builds a prototype for it'), ('done', 'Another council has done this')], max_length=10)),
                ('title', models.CharField(max_length=300)),
                ('path', models.CharField(help_text='The address of what came of it, on this site', max_length=300)),
                ('moved_at', models.DateTimeField(default=core.clock.now)),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='projects.need')),
            ],
            options={
                'ordering': ['moved_at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('need', 'what', 'path'), name='a_need_moves_to_the_same_place_once')],
            },
        ),
    ]
