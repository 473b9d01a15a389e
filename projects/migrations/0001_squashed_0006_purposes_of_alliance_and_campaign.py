"""What 0001 to 0006 come to, in one step, for a new database. Those stay for databases that began before."""

import core.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.squashed import rows_of


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('projects', '0001_initial'),
        ('projects', '0002_how_it_looks_and_moves'),
        ('projects', '0003_blocks'),
        ('projects', '0004_freshness_ratings_and_pauses'),
        ('projects', '0005_described_projects_and_offers'),
        ('projects', '0006_purposes_of_alliance_and_campaign'),
    ]
    dependencies = [
        ('councils', '0005_people_who_may_be_asked'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Purpose',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('alliance', 'Purpose of the Alliance'), ('campaign', 'Purpose of the campaign'), ('principle', 'Principle of Planting the Flag')], default='alliance', max_length=10)),
                ('name', models.CharField(max_length=120, unique=True)),
                ('wording', models.TextField(help_text='As its document puts it')),
                ('order', models.PositiveSmallIntegerField(unique=True)),
            ],
            options={
                'ordering': ['order'],
            },
        ),
        migrations.CreateModel(
            name='Block',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ('source', models.CharField(blank=True, help_text='Where this comes from, for records taken from a published document', max_length=200)),
                ('is_illustrative', models.BooleanField(default=False, help_text='Made up to show how the portal works')),
                ('title', models.CharField(max_length=160)),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('what', models.TextField(help_text='What it stops, and why', max_length=2000)),
                ('raised_on', models.DateField(default=core.clock.today)),
                ('open_since', models.DateField(default=core.clock.today, editable=False, help_text='The earliest day of it and those merged into it')),
                ('level', models.CharField(choices=[('project', 'The project'), ('secretariat', 'The secretariat'), ('board', 'The board'), ('department', 'A department or body')], default='project', max_length=12)),
                ('level_since', models.DateField(default=core.clock.today)),
                ('removed_on', models.DateField(blank=True, null=True)),
                ('outcome', models.TextField(blank=True, help_text='How it was removed', max_length=2000)),
                ('councils', models.ManyToManyField(blank=True, help_text='Those that wait', related_name='blocks', to='councils.organisation')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='projects.block')),
                ('raised_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('who_can_remove', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='blocks_to_remove', to='councils.organisation')),
            ],
            options={
                'ordering': ['raised_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='BlockStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(choices=[('project', 'The project'), ('secretariat', 'The secretariat'), ('board', 'The board'), ('department', 'A department or body')], max_length=12)),
                ('on', models.DateField(default=core.clock.today)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('block', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='projects.block')),
                ('body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='councils.organisation')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['on', 'pk'],
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
            },
        ),
        migrations.CreateModel(
            name='NeedSupport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('joined_at', models.DateTimeField(default=core.clock.now)),
                ('words', models.CharField(blank=True, max_length=300, verbose_name='how it looks there')),
                ('said_at', models.DateTimeField(blank=True, null=True)),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='needs_joined', to='councils.organisation')),
                ('joined_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supports', to='projects.need')),
            ],
            options={
                'ordering': ['joined_at', 'pk'],
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
                ('department', models.CharField(blank=True, help_text='The part of the lead council that runs it', max_length=120)),
                ('collaboration', models.CharField(blank=True, choices=[('ideas', 'Sharing ideas'), ('testers', 'Looking for testers'), ('co_funders', 'Looking for co-funders'), ('adopters', 'Open to adopt')], max_length=12)),
                ('budget_band', models.CharField(blank=True, choices=[('none', 'No budget of its own'), ('to_10k', 'Up to £10,000'), ('to_50k', '£10,001 to £50,000'), ('to_100k', '£50,001 to £100,000'), ('to_500k', '£100,001 to £500,000'), ('over_500k', 'More than £500,000')], max_length=10)),
                ('phase_ends_on', models.DateField(blank=True, help_text='When the present step is expected to end', null=True)),
                ('why', models.TextField(blank=True, max_length=2000)),
                ('users_and_needs', models.TextField(blank=True, max_length=2000)),
                ('market_engagement', models.TextField(blank=True, max_length=2000)),
                ('previous_work', models.TextField(blank=True, max_length=2000)),
                ('title', models.CharField(max_length=120)),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('summary', models.TextField(max_length=1000)),
                ('stage', models.CharField(choices=[('co_develop', '3 Co-develop'), ('launch', '4 Launch and take-up'), ('finished', 'Finished'), ('stopped', 'Stopped')], default='co_develop', max_length=20)),
                ('started_on', models.DateField()),
                ('case_accepted_on', models.DateField(blank=True, editable=False, help_text='When its business case was accepted: unlocks the launch', null=True)),
                ('launched_on', models.DateField(blank=True, null=True)),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('paused_on', models.DateField(blank=True, editable=False, null=True)),
                ('paused_because', models.CharField(blank=True, max_length=280)),
                ('look_again_on', models.DateField(blank=True, help_text='While it is paused: when it is looked at again', null=True)),
                ('lesson', models.TextField(blank=True, help_text='What was learned, where it was stopped, or until it was paused', max_length=2000)),
                ('update_every_days', models.PositiveSmallIntegerField(default=14, help_text='The declared rhythm of updates')),
                ('last_updated_at', models.DateTimeField(default=core.clock.now)),
                ('nudged_on', models.DateField(blank=True, editable=False, help_text='When somebody last had its owner asked for an update', null=True)),
                ('is_of_the_record', models.BooleanField(default=False, help_text='It is part of the record of 2013 to 2015: nobody is asked for an update')),
                ('outcome_of_year', models.PositiveSmallIntegerField(blank=True, help_text='The year whose outcomes it is counted among, as in the six of 2014', null=True)),
                ('contact', models.ForeignKey(blank=True, help_text='Who is asked about it, through a form', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('discovery', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='projects', to='projects.discovery')),
                ('lead_council', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='projects_led', to='councils.organisation')),
                ('partners', models.ManyToManyField(blank=True, related_name='projects_joined', to='councils.organisation')),
                ('service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='projects', to='councils.service')),
            ],
            options={
                'ordering': ['-started_on', 'title'],
            },
        ),
        migrations.CreateModel(
            name='Interest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ('source', models.CharField(blank=True, help_text='Where this comes from, for records taken from a published document', max_length=200)),
                ('is_illustrative', models.BooleanField(default=False, help_text='Made up to show how the portal works')),
                ('kind', models.CharField(choices=[('ideas', 'Share ideas'), ('test', 'Join as tester'), ('fund', 'Co-fund'), ('adopt', 'Adopt it')], max_length=5)),
                ('words', models.TextField(max_length=1000, verbose_name='what the council offers')),
                ('asked_at', models.DateTimeField(default=core.clock.now)),
                ('due_on', models.DateField(help_text='The day by which the lead council answers')),
                ('outcome', models.CharField(blank=True, choices=[('accepted', 'Accepted'), ('declined', 'Declined'), ('later', 'Later')], default='', max_length=8)),
                ('answer', models.TextField(blank=True, max_length=1000)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interests', to='councils.organisation')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interests', to='projects.project')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
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
                ('cost_base', models.CharField(blank=True, max_length=200, verbose_name='councils behind the cost')),
                ('cost_councils', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='how many councils')),
                ('cost_as_at', models.DateField(blank=True, null=True, verbose_name='as at')),
                ('saving_base', models.CharField(blank=True, max_length=200, verbose_name='councils behind the saving')),
                ('saving_councils', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='how many councils')),
                ('saving_as_at', models.DateField(blank=True, null=True, verbose_name='as at')),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('summary', models.TextField(max_length=4000)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Submitted'), ('accepted', 'Accepted'), ('rejected', 'Rejected')], default='draft', max_length=10)),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('content_hash', models.CharField(blank=True, editable=False, help_text='Of what stands before the board, or was decided', max_length=64)),
                ('decided_by_body', models.CharField(blank=True, max_length=120, verbose_name='accepting body')),
                ('decided_on', models.DateField(blank=True, null=True)),
                ('decision_number', models.CharField(blank=True, max_length=20)),
                ('decision_reason', models.TextField(blank=True, max_length=2000)),
                ('submitted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='business_cases', to='projects.project')),
            ],
            options={
                'ordering': ['project', '-version'],
            },
        ),
        migrations.AddField(
            model_name='block',
            name='project',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='blocks', to='projects.project'),
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
                ('is_confirmation', models.BooleanField(default=False, help_text='The line before was said to be still accurate')),
                ('rating', models.CharField(blank=True, choices=[('green', 'Green'), ('amber', 'Amber'), ('red', 'Red')], max_length=5)),
                ('suggested', models.CharField(blank=True, choices=[('green', 'Green'), ('amber', 'Amber'), ('red', 'Red')], help_text='What the portal suggested when it was written', max_length=5)),
                ('suggested_because', models.TextField(blank=True)),
                ('because', models.CharField(blank=True, help_text='Why its rating is another than the one suggested', max_length=280)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='updates', to='projects.project')),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'merged'), ('merged_into__isnull', False)), models.Q(models.Q(('state', 'merged'), _negated=True), ('merged_into__isnull', True)), _connector='OR'), name='a_merged_need_names_the_other'),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), models.Q(('merged_into', models.F('id')), _negated=True), _connector='OR'), name='no_need_merges_into_itself'),
        ),
        migrations.AddConstraint(
            model_name='needmove',
            constraint=models.UniqueConstraint(fields=('need', 'what', 'path'), name='a_need_moves_to_the_same_place_once'),
        ),
        migrations.AddConstraint(
            model_name='needsupport',
            constraint=models.UniqueConstraint(fields=('need', 'council'), name='a_council_joins_a_need_once'),
        ),
        migrations.AddConstraint(
            model_name='needsupport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('said_at', None), ('words', '')), models.Q(models.Q(('words', ''), _negated=True), ('said_at__isnull', False)), _connector='OR'), name='what_a_council_says_of_a_need_has_its_day'),
        ),
        migrations.AddConstraint(
            model_name='interest',
            constraint=models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('project', 'council', 'kind'), name='a_council_offers_the_same_once_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='interest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None), ('answered_by', None), ('outcome', '')), models.Q(models.Q(('outcome', ''), _negated=True), models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='an_answer_says_what_by_whom_and_when'),
        ),
        migrations.AddConstraint(
            model_name='interest',
            constraint=models.CheckConstraint(condition=models.Q(('answered_at', None), ('answered_at__gte', models.F('asked_at')), _connector='OR'), name='an_answer_follows_its_offer'),
        ),
        migrations.AddConstraint(
            model_name='businesscase',
            constraint=models.CheckConstraint(condition=models.Q(('saving_per_unit__lte', models.F('unit_cost_now')), ('saving_per_unit__gte', 0)), name='case_saves_no_more_than_a_unit_costs'),
        ),
        migrations.AddConstraint(
            model_name='businesscase',
            constraint=models.CheckConstraint(condition=models.Q(('take_up__gte', 0), ('take_up__lte', 100)), name='case_take_up_is_a_share'),
        ),
        migrations.AddConstraint(
            model_name='businesscase',
            constraint=models.CheckConstraint(condition=models.Q(('one_off_cost__gte', 0)), name='case_cost_is_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='businesscase',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cost_as_at', None), ('cost_base', ''), ('cost_councils', None)), models.Q(models.Q(('cost_base', ''), _negated=True), ('cost_as_at__isnull', False), ('cost_councils__gt', 0), ('cost_councils__isnull', False)), _connector='OR'), name='case_cost_has_a_whole_base_or_none'),
        ),
        migrations.AddConstraint(
            model_name='businesscase',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('saving_as_at', None), ('saving_base', ''), ('saving_councils', None)), models.Q(models.Q(('saving_base', ''), _negated=True), ('saving_as_at__isnull', False), ('saving_councils__gt', 0), ('saving_councils__isnull', False)), _connector='OR'), name='case_saving_has_a_whole_base_or_none'),
        ),
        migrations.AddConstraint(
            model_name='businesscase',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('content_hash', ''), _negated=True), _connector='OR'), name='a_submitted_case_keeps_a_hash_of_its_content'),
        ),
        migrations.AddConstraint(
            model_name='businesscase',
            constraint=models.UniqueConstraint(fields=('project', 'version'), name='one_business_case_per_version'),
        ),
        migrations.AddConstraint(
            model_name='businesscase',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'submitted'])), fields=('project',), name='one_living_business_case'),
        ),
        migrations.AddConstraint(
            model_name='businesscase',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'accepted')), fields=('project',), name='one_accepted_business_case'),
        ),
        migrations.AddConstraint(
            model_name='businesscase',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['accepted', 'rejected']), _negated=True), models.Q(('decided_on__isnull', False), models.Q(('decided_by_body', ''), _negated=True), models.Q(('decision_number', ''), _negated=True)), _connector='OR'), name='a_decided_case_says_by_whom_when_and_under_which_number'),
        ),
        migrations.AddConstraint(
            model_name='block',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', ''), ('removed_on', None)), models.Q(('removed_on__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='a_block_that_was_removed_says_how'),
        ),
        migrations.AddConstraint(
            model_name='block',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', None), models.Q(('merged_into', models.F('pk')), _negated=True), _connector='OR'), name='a_block_is_not_merged_into_itself'),
        ),
        migrations.AddConstraint(
            model_name='block',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('level', 'department'), _negated=True), ('who_can_remove__isnull', False), _connector='OR'), name='a_block_at_a_department_names_it'),
        ),
        migrations.AddConstraint(
            model_name='block',
            constraint=models.CheckConstraint(condition=models.Q(('open_since__lte', models.F('raised_on'))), name='a_block_is_open_since_the_day_it_was_raised_or_before'),
        ),
        migrations.AddConstraint(
            model_name='block',
            constraint=models.CheckConstraint(condition=models.Q(('removed_on', None), ('removed_on__gte', models.F('raised_on')), _connector='OR'), name='a_block_is_removed_after_it_was_raised'),
        ),
        migrations.AddConstraint(
            model_name='outlinebusinesscase',
            constraint=models.CheckConstraint(condition=models.Q(('saving_per_unit__lte', models.F('unit_cost_now')), ('saving_per_unit__gte', 0)), name='outline_saves_no_more_than_a_unit_costs'),
        ),
        migrations.AddConstraint(
            model_name='outlinebusinesscase',
            constraint=models.CheckConstraint(condition=models.Q(('take_up__gte', 0), ('take_up__lte', 100)), name='outline_take_up_is_a_share'),
        ),
        migrations.AddConstraint(
            model_name='outlinebusinesscase',
            constraint=models.CheckConstraint(condition=models.Q(('one_off_cost__gte', 0)), name='outline_cost_is_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='project',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage', 'launch'), _negated=True), ('launched_on__isnull', False), _connector='OR'), name='a_launched_project_has_a_launch_day'),
        ),
        migrations.AddConstraint(
            model_name='project',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage__in', ['launch', 'finished']), _negated=True), ('case_accepted_on__isnull', False), _connector='OR'), name='an_accepted_business_case_unlocks_the_launch'),
        ),
        migrations.AddConstraint(
            model_name='project',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage', 'stopped'), _negated=True), models.Q(('ended_on__isnull', False), models.Q(('lesson', ''), _negated=True)), _connector='OR'), name='a_stopped_project_says_what_was_learned'),
        ),
        migrations.AddConstraint(
            model_name='project',
            constraint=models.CheckConstraint(condition=models.Q(('update_every_days__gt', 0)), name='a_rhythm_is_at_least_a_day'),
        ),
        migrations.AddConstraint(
            model_name='project',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('look_again_on__isnull', True), ('paused_because', ''), ('paused_on__isnull', True)), models.Q(('look_again_on__gt', models.F('paused_on')), ('look_again_on__isnull', False), ('paused_on__isnull', False), models.Q(('paused_because', ''), _negated=True), models.Q(('lesson', ''), _negated=True)), _connector='OR'), name='a_pause_says_why_what_was_learned_and_until_when'),
        ),
        migrations.AddConstraint(
            model_name='project',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage__in', ['finished', 'stopped']), _negated=True), ('paused_on__isnull', True), _connector='OR'), name='what_has_ended_is_not_paused'),
        ),
        migrations.AddConstraint(
            model_name='discovery',
            constraint=models.CheckConstraint(condition=models.Q(('department__isnull', False), models.Q(('theme', ''), _negated=True), _connector='OR'), name='discovery_has_a_department_or_a_theme'),
        ),
        migrations.AddConstraint(
            model_name='discovery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('step__in', ['co_design_day', 'finished']), _negated=True), models.Q(('step_one_ended_on__isnull', False), models.Q(('feasibility', ''), _negated=True)), _connector='OR'), name='step_two_follows_a_feasibility_verdict'),
        ),
        migrations.AddConstraint(
            model_name='discovery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('step', 'stopped'), _negated=True), models.Q(('stopped_on__isnull', False), models.Q(('lesson', ''), _negated=True)), _connector='OR'), name='a_stopped_discovery_says_what_was_learned'),
        ),
        migrations.AddConstraint(
            model_name='statusupdate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('rating', ''), ('suggested', '')), models.Q(models.Q(('rating', ''), _negated=True), models.Q(('suggested', ''), _negated=True)), _connector='OR'), name='a_rating_stands_beside_the_suggested_one'),
        ),
        migrations.AddConstraint(
            model_name='statusupdate',
            constraint=models.CheckConstraint(condition=models.Q(('rating', models.F('suggested')), models.Q(('because', ''), _negated=True), _connector='OR'), name='a_rating_other_than_the_suggested_one_says_why'),
        ),
        migrations.AddConstraint(
            model_name='statusupdate',
            constraint=models.CheckConstraint(condition=models.Q(('suggested__in', ['', 'green']), models.Q(('suggested_because', ''), _negated=True), _connector='OR'), name='what_is_suggested_short_of_green_has_its_reasons'),
        ),
        rows_of('projects', '0006_purposes_of_alliance_and_campaign'),
    ]
