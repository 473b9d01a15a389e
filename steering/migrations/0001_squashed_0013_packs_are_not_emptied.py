"""What 0001 to 0013 come to, in one step, for a new database. Those stay for databases that began before."""

import core.clock
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

from core.squashed import rows_of


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('steering', '0001_initial'),
        ('steering', '0002_quorum_and_reviews'),
        ('steering', '0003_decisions_before_the_quorum'),
        ('steering', '0004_a_decision_had_its_quorum'),
        ('steering', '0005_motions_and_representatives'),
        ('steering', '0006_who_stood_how_and_what_is_planned'),
        ('steering', '0007_how_bodies_stood_and_who_was_there'),
        ('steering', '0008_strategy'),
        ('steering', '0009_saved_views'),
        ('steering', '0010_assessments_at_gates'),
        ('steering', '0011_packs_stay_as_published'),
        ('steering', '0012_decision_of_an_item'),
        ('steering', '0013_packs_are_not_emptied'),
    ]
    dependencies = [
        ('councils', '0006_systems_and_figures'),
        ('projects', '0006_purposes_of_alliance_and_campaign'),
        ('take_up', '0004_promises_in_rows'),
        ('voting', '0006_spoilt_slips'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BoardSeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('central', 'Central government'), ('local', 'Local government')], max_length=10)),
                ('order', models.PositiveSmallIntegerField(help_text='Its place on the roster')),
                ('since', models.DateField(default=core.clock.today, help_text='Its first day on the board')),
                ('until', models.DateField(blank=True, help_text='Its last day on the board; empty while it sits there', null=True)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='board_seats', to='councils.organisation')),
                ('representative', models.OneToOneField(blank=True, help_text='Who votes for the body between meetings; empty while nobody does', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='board_seat', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ('source', models.CharField(blank=True, help_text='Where this comes from, for records taken from a published document', max_length=200)),
                ('is_illustrative', models.BooleanField(default=False, help_text='Made up to show how the portal works')),
                ('number', models.CharField(help_text='DEC-2014-07', max_length=20, unique=True)),
                ('title', models.CharField(max_length=160)),
                ('wording', models.TextField(max_length=4000)),
                ('result', models.CharField(choices=[('accepted', 'Accepted'), ('rejected', 'Rejected'), ('conditional', 'Accepted on conditions'), ('deferred', 'Deferred'), ('noted', 'Noted')], max_length=12)),
                ('decided_on', models.DateField()),
                ('basis', models.TextField(blank=True, help_text='What the decision rests on', max_length=2000)),
                ('dissent', models.TextField(blank=True, help_text='What those against it wished to have minuted', max_length=2000)),
                ('conditions', models.TextField(blank=True, max_length=2000)),
                ('conditions_met_on', models.DateField(blank=True, null=True)),
                ('conditions_met_words', models.CharField(blank=True, help_text='What shows that they are met', max_length=300)),
                ('votes_for', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('votes_against', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('abstentions', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('quorum', models.PositiveSmallIntegerField(default=5, editable=False, help_text='How many bodies had to take part, by the terms of that day')),
                ('shown_hash', models.CharField(blank=True, editable=False, help_text='Of the business case as it was when it was decided', max_length=64)),
                ('review_on', models.DateField(blank=True, help_text='When it is looked at again; empty once it was', null=True)),
                ('reviewed_on', models.DateField(blank=True, help_text='When it was last looked at again', null=True)),
                ('review_wording', models.TextField(blank=True, max_length=2000)),
                ('implemented_on', models.DateField(blank=True, null=True)),
                ('implemented_by', models.CharField(blank=True, help_text='Who carried it out', max_length=120)),
                ('implemented_words', models.CharField(blank=True, max_length=300)),
                ('block', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='projects.block')),
                ('business_case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='projects.businesscase')),
                ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='projects.project')),
                ('promise', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='take_up.benefit')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-decided_on', '-number'],
            },
        ),
        migrations.CreateModel(
            name='BoardAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ('source', models.CharField(blank=True, help_text='Where this comes from, for records taken from a published document', max_length=200)),
                ('is_illustrative', models.BooleanField(default=False, help_text='Made up to show how the portal works')),
                ('title', models.CharField(max_length=200)),
                ('due_on', models.DateField()),
                ('moved_because', models.CharField(blank=True, help_text='Why its day was moved the last time', max_length=300)),
                ('given_on', models.DateField(default=core.clock.today)),
                ('done_on', models.DateField(blank=True, null=True)),
                ('done_words', models.CharField(blank=True, max_length=300)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='board_actions', to='councils.organisation')),
                ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='board_actions', to='projects.project')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='steering.decision')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='DecisionOption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=160)),
                ('note', models.TextField(blank=True, max_length=1000)),
                ('is_chosen', models.BooleanField(default=False)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='options', to='steering.decision')),
            ],
            options={
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='FlagAssessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ('source', models.CharField(blank=True, help_text='Where this comes from, for records taken from a published document', max_length=200)),
                ('is_illustrative', models.BooleanField(default=False, help_text='Made up to show how the portal works')),
                ('assessed_on', models.DateField()),
                ('share', models.PositiveSmallIntegerField(choices=[(0, 'Not begun'), (1, 'First steps taken'), (2, 'Under way in some services'), (3, 'In place in most services'), (4, 'In place everywhere, and looked at again')])),
                ('redesign', models.PositiveSmallIntegerField(choices=[(0, 'Not begun'), (1, 'First steps taken'), (2, 'Under way in some services'), (3, 'In place in most services'), (4, 'In place everywhere, and looked at again')])),
                ('empower', models.PositiveSmallIntegerField(choices=[(0, 'Not begun'), (1, 'First steps taken'), (2, 'Under way in some services'), (3, 'In place in most services'), (4, 'In place everywhere, and looked at again')])),
                ('leadership', models.PositiveSmallIntegerField(choices=[(0, 'Not begun'), (1, 'First steps taken'), (2, 'Under way in some services'), (3, 'In place in most services'), (4, 'In place everywhere, and looked at again')])),
                ('governance', models.PositiveSmallIntegerField(choices=[(0, 'Not begun'), (1, 'First steps taken'), (2, 'Under way in some services'), (3, 'In place in most services'), (4, 'In place everywhere, and looked at again')])),
                ('organisational_change', models.PositiveSmallIntegerField(choices=[(0, 'Not begun'), (1, 'First steps taken'), (2, 'Under way in some services'), (3, 'In place in most services'), (4, 'In place everywhere, and looked at again')])),
                ('commissioning', models.PositiveSmallIntegerField(choices=[(0, 'Not begun'), (1, 'First steps taken'), (2, 'Under way in some services'), (3, 'In place in most services'), (4, 'In place everywhere, and looked at again')])),
                ('shared_services', models.PositiveSmallIntegerField(choices=[(0, 'Not begun'), (1, 'First steps taken'), (2, 'Under way in some services'), (3, 'In place in most services'), (4, 'In place everywhere, and looked at again')])),
                ('professionalism', models.PositiveSmallIntegerField(choices=[(0, 'Not begun'), (1, 'First steps taken'), (2, 'Under way in some services'), (3, 'In place in most services'), (4, 'In place everywhere, and looked at again')])),
                ('information_governance', models.PositiveSmallIntegerField(choices=[(0, 'Not begun'), (1, 'First steps taken'), (2, 'Under way in some services'), (3, 'In place in most services'), (4, 'In place everywhere, and looked at again')])),
                ('information_management', models.PositiveSmallIntegerField(choices=[(0, 'Not begun'), (1, 'First steps taken'), (2, 'Under way in some services'), (3, 'In place in most services'), (4, 'In place everywhere, and looked at again')])),
                ('access', models.PositiveSmallIntegerField(choices=[(0, 'Not begun'), (1, 'First steps taken'), (2, 'Under way in some services'), (3, 'In place in most services'), (4, 'In place everywhere, and looked at again')])),
                ('infrastructure', models.PositiveSmallIntegerField(choices=[(0, 'Not begun'), (1, 'First steps taken'), (2, 'Under way in some services'), (3, 'In place in most services'), (4, 'In place everywhere, and looked at again')])),
                ('business_change', models.PositiveSmallIntegerField(choices=[(0, 'Not begun'), (1, 'First steps taken'), (2, 'Under way in some services'), (3, 'In place in most services'), (4, 'In place everywhere, and looked at again')])),
                ('central_policies', models.PositiveSmallIntegerField(choices=[(0, 'Not begun'), (1, 'First steps taken'), (2, 'Under way in some services'), (3, 'In place in most services'), (4, 'In place everywhere, and looked at again')])),
                ('assessed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='flag_assessments', to='councils.organisation')),
            ],
            options={
                'ordering': ['council__name', '-assessed_on'],
            },
        ),
        migrations.CreateModel(
            name='GateAssessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ('source', models.CharField(blank=True, help_text='Where this comes from, for records taken from a published document', max_length=200)),
                ('is_illustrative', models.BooleanField(default=False, help_text='Made up to show how the portal works')),
                ('assessed_on', models.DateField()),
                ('rating', models.CharField(choices=[('red', 'Red'), ('amber', 'Amber'), ('green', 'Green')], editable=False, help_text='The worst of its points, written with them', max_length=5)),
                ('again_on', models.DateField(blank=True, help_text='By when it is assessed again; of a red one', null=True)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='projects.project')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-assessed_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='GatePoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(help_text='Of the Service Standard, 1 to 14')),
                ('rating', models.CharField(choices=[('green', 'Green'), ('amber', 'Amber'), ('red', 'Red'), ('not_yet', 'Not met yet')], max_length=8)),
                ('words', models.CharField(blank=True, help_text='What is missing, or what shows it', max_length=300)),
                ('action', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assessment_point', to='steering.boardaction')),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='points', to='steering.gateassessment')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='LocalImpact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ('source', models.CharField(blank=True, help_text='Where this comes from, for records taken from a published document', max_length=200)),
                ('is_illustrative', models.BooleanField(default=False, help_text='Made up to show how the portal works')),
                ('part', models.CharField(choices=[('provider', 'Councils as providers of services'), ('partner', 'Councils as partners in key transactions'), ('innovator', 'Councils as a source of innovation')], max_length=10)),
                ('level', models.CharField(choices=[('none', 'None found'), ('some', 'Some'), ('strong', 'Strong')], max_length=10)),
                ('wording', models.TextField(max_length=600)),
                ('replaced_at', models.DateTimeField(editable=False, help_text='When another took its place; kept', null=True)),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='local_impacts', to='councils.organisation')),
                ('filled_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['department__name', 'part', '-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ('source', models.CharField(blank=True, help_text='Where this comes from, for records taken from a published document', max_length=200)),
                ('is_illustrative', models.BooleanField(default=False, help_text='Made up to show how the portal works')),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('held', 'Held'), ('cancelled', 'Cancelled')], default='held', max_length=10)),
                ('day', models.DateField(help_text='The day for which it is planned, or on which it was held')),
                ('starts_at', models.TimeField(blank=True, null=True)),
                ('ends_at', models.TimeField(blank=True, null=True)),
                ('place', models.CharField(max_length=200)),
                ('note', models.TextField(blank=True, max_length=4000)),
                ('cancelled_because', models.CharField(blank=True, max_length=300)),
                ('host', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings_hosted', to='steering.boardseat')),
            ],
            options={
                'ordering': ['-day', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='gateassessment',
            name='meeting',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='steering.meeting'),
        ),
        migrations.AddField(
            model_name='decision',
            name='meeting',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='steering.meeting'),
        ),
        migrations.AddField(
            model_name='boardaction',
            name='meeting',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='steering.meeting'),
        ),
        migrations.CreateModel(
            name='BodyAttendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('came', models.CharField(choices=[('expected', 'Has said it comes'), ('present', 'Present'), ('apologies', 'Sent apologies'), ('absent', 'Absent')], max_length=10)),
                ('person', models.CharField(blank=True, help_text='Who came for the body, by name', max_length=120)),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='steering.boardseat')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='steering.meeting')),
            ],
            options={
                'ordering': ['seat__order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MeetingItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('information', 'Information'), ('discussion', 'Discussion'), ('decision', 'Decision')], max_length=12)),
                ('title', models.CharField(max_length=160)),
                ('words', models.TextField(blank=True, max_length=2000)),
                ('key', models.CharField(blank=True, help_text='What the portal made it of: review-12; empty where somebody wrote it', max_length=60)),
                ('is_edited', models.BooleanField(default=False, editable=False, help_text='Worded by the secretariat: the portal changes it no more')),
                ('is_removed', models.BooleanField(default=False, help_text='Taken off by the secretariat, and not proposed again')),
                ('minutes', models.TextField(blank=True, help_text='What was said, once the meeting was held', max_length=4000)),
                ('block', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='projects.block')),
                ('business_case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='projects.businesscase')),
                ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='projects.project')),
                ('promise', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='take_up.benefit')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agenda', to='steering.meeting')),
            ],
            options={
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MeetingMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(db_index=True)),
                ('moved_at', models.DateTimeField(default=core.clock.now)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='steering.meeting')),
            ],
            options={
                'ordering': ['-moved_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Motion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ('source', models.CharField(blank=True, help_text='Where this comes from, for records taken from a published document', max_length=200)),
                ('is_illustrative', models.BooleanField(default=False, help_text='Made up to show how the portal works')),
                ('title', models.CharField(max_length=160)),
                ('wording', models.TextField(help_text='The decision, word for word, as it stands if accepted', max_length=2000)),
                ('reminded_on', models.DateField(blank=True, help_text='When those missing were last reminded', null=True)),
                ('concluded_on', models.DateField(blank=True, help_text='When the result was shown and recorded', null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ballot', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='motion', to='voting.ballot')),
                ('business_case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='motions', to='projects.businesscase')),
                ('decision', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='motion', to='steering.decision')),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Pack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('correction', models.CharField(blank=True, help_text='What was wrong in the version before; empty in the first', max_length=300)),
                ('content', models.JSONField(help_text='Its sections, as they were shown')),
                ('sha256', models.CharField(help_text='Of the content, as canonical JSON', max_length=64)),
                ('frozen_at', models.DateTimeField(default=core.clock.now)),
                ('pdf', models.BinaryField(blank=True, null=True)),
                ('pdf_size', models.PositiveIntegerField(blank=True, null=True)),
                ('pdf_begun_at', models.DateTimeField(blank=True, help_text='When a worker began to make the PDF', null=True)),
                ('pages', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('pdf_failed', models.CharField(blank=True, help_text='Why there is no PDF', max_length=200)),
                ('frozen_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='packs', to='steering.meeting')),
            ],
            options={
                'ordering': ['-frozen_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ('source', models.CharField(blank=True, help_text='Where this comes from, for records taken from a published document', max_length=200)),
                ('is_illustrative', models.BooleanField(default=False, help_text='Made up to show how the portal works')),
                ('title', models.CharField(max_length=160)),
                ('file_name', models.CharField(max_length=120)),
                ('content', models.BinaryField(help_text='In the database, and so in no folder that a server shows')),
                ('size', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('is_restricted', models.BooleanField(default=False)),
                ('reason', models.CharField(blank=True, help_text='Why it is restricted; public', max_length=300)),
                ('disposition', models.CharField(blank=True, help_text='How long it is kept and what becomes of it then; public', max_length=160)),
                ('is_on_hold', models.BooleanField(default=False, help_text='Kept as it is while a request for information or a dispute is open')),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='papers', to='steering.meetingitem')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='steering.meeting')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('query', models.CharField(max_length=1000)),
                ('saved_at', models.DateTimeField(default=core.clock.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='portfolio_views', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SeatStand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stood', models.CharField(choices=[('for', 'For'), ('against', 'Against'), ('abstained', 'Abstained')], max_length=10)),
                ('note', models.CharField(blank=True, help_text='What the body wished to have written down', max_length=300)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stands', to='steering.decision')),
                ('seat', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stands', to='steering.boardseat')),
            ],
            options={
                'ordering': ['seat__order', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='boardseat',
            constraint=models.UniqueConstraint(condition=models.Q(('until', None)), fields=('body',), name='a_body_sits_on_the_board_once_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='boardseat',
            constraint=models.UniqueConstraint(condition=models.Q(('until', None)), fields=('order',), name='one_body_for_each_place'),
        ),
        migrations.AddConstraint(
            model_name='boardseat',
            constraint=models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='a_seat_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='decisionoption',
            constraint=models.UniqueConstraint(fields=('decision', 'order'), name='options_of_a_decision_have_an_order'),
        ),
        migrations.AddConstraint(
            model_name='decisionoption',
            constraint=models.UniqueConstraint(condition=models.Q(('is_chosen', True)), fields=('decision',), name='one_option_of_a_decision_is_chosen'),
        ),
        migrations.AddConstraint(
            model_name='flagassessment',
            constraint=models.UniqueConstraint(fields=('council', 'assessed_on'), name='one_assessment_of_a_council_a_day'),
        ),
        migrations.AddConstraint(
            model_name='flagassessment',
            constraint=models.CheckConstraint(condition=models.Q(('access__lte', 4), ('business_change__lte', 4), ('central_policies__lte', 4), ('commissioning__lte', 4), ('empower__lte', 4), ('governance__lte', 4), ('information_governance__lte', 4), ('information_management__lte', 4), ('infrastructure__lte', 4), ('leadership__lte', 4), ('organisational_change__lte', 4), ('professionalism__lte', 4), ('redesign__lte', 4), ('share__lte', 4), ('shared_services__lte', 4)), name='each_item_is_at_a_step'),
        ),
        migrations.AddConstraint(
            model_name='gatepoint',
            constraint=models.UniqueConstraint(fields=('assessment', 'number'), name='an_assessment_has_each_point_once'),
        ),
        migrations.AddConstraint(
            model_name='gatepoint',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1), ('number__lte', 14)), name='a_point_is_one_of_fourteen'),
        ),
        migrations.AddConstraint(
            model_name='gatepoint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('rating__in', ['red', 'amber']), _negated=True), models.Q(models.Q(('words', ''), _negated=True), ('action__isnull', False)), _connector='OR'), name='a_red_or_amber_point_says_what_is_missing_and_makes_an_action'),
        ),
        migrations.AddConstraint(
            model_name='gatepoint',
            constraint=models.CheckConstraint(condition=models.Q(('rating__in', ['red', 'amber']), ('action', None), _connector='OR'), name='only_red_or_amber_makes_an_action'),
        ),
        migrations.AddConstraint(
            model_name='localimpact',
            constraint=models.UniqueConstraint(condition=models.Q(('replaced_at', None)), fields=('department', 'part'), name='one_impact_stands_in_a_cell'),
        ),
        migrations.AddConstraint(
            model_name='localimpact',
            constraint=models.CheckConstraint(condition=models.Q(('wording', ''), _negated=True), name='an_impact_says_what_it_is'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'cancelled'), _negated=True), fields=('day',), name='one_meeting_of_the_board_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), _negated=True), models.Q(('cancelled_because', ''), _negated=True), _connector='OR'), name='a_cancelled_meeting_says_why'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at', None), ('ends_at__gt', models.F('starts_at')), _connector='OR'), name='a_meeting_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='gateassessment',
            constraint=models.UniqueConstraint(fields=('project', 'assessed_on'), name='a_project_is_assessed_once_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='gateassessment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('rating', 'red'), _negated=True), models.Q(('again_on__gt', models.F('assessed_on')), ('again_on__isnull', False)), _connector='OR'), name='a_red_assessment_says_when_again'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('result__in', ['accepted', 'conditional']), _negated=True), ('votes_for__gt', models.F('votes_against')), _connector='OR'), name='an_accepted_decision_had_more_for_than_against'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('result', 'noted'), ('quorum__lte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('votes_for'), '+', models.F('votes_against')), '+', models.F('abstentions'))), _connector='OR'), name='a_decision_had_its_quorum'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('review_wording', ''), ('reviewed_on', None)), models.Q(('reviewed_on__isnull', False), models.Q(('review_wording', ''), _negated=True)), _connector='OR'), name='a_review_says_when_and_what'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('reviewed_on', None), ('review_on', None), ('review_on__gt', models.F('reviewed_on')), _connector='OR'), name='the_next_review_comes_after_the_last'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('block__isnull', True), ('project__isnull', True), ('promise__isnull', True)), models.Q(('block__isnull', True), ('business_case__isnull', True), ('promise__isnull', True)), models.Q(('business_case__isnull', True), ('project__isnull', True), ('promise__isnull', True)), models.Q(('block__isnull', True), ('business_case__isnull', True), ('project__isnull', True)), _connector='OR'), name='a_decision_is_about_one_record'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(condition=models.Q(('result__in', ['accepted', 'rejected'])), fields=('business_case',), name='a_business_case_is_decided_once'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('result', 'conditional'), models.Q(('conditions', ''), _negated=True)), models.Q(models.Q(('result', 'conditional'), _negated=True), ('conditions', ''), ('conditions_met_on', None)), _connector='OR'), name='conditions_are_those_of_a_conditional_decision'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('conditions_met_on', None), ('conditions_met_words', '')), models.Q(('conditions_met_on__isnull', False), models.Q(('conditions_met_words', ''), _negated=True)), _connector='OR'), name='conditions_that_are_met_say_what_shows_it'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('implemented_by', ''), ('implemented_on', None)), models.Q(('implemented_on__isnull', False), models.Q(('implemented_by', ''), _negated=True)), _connector='OR'), name='what_was_carried_out_says_when_and_by_whom'),
        ),
        migrations.AddConstraint(
            model_name='boardaction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('done_on', None), ('done_words', '')), models.Q(('done_on__isnull', False), models.Q(('done_words', ''), _negated=True)), _connector='OR'), name='an_action_done_says_what_was_done'),
        ),
        migrations.AddConstraint(
            model_name='bodyattendance',
            constraint=models.UniqueConstraint(fields=('meeting', 'seat'), name='a_body_attends_a_meeting_once'),
        ),
        migrations.AddConstraint(
            model_name='meetingitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('block__isnull', True), ('project__isnull', True), ('promise__isnull', True)), models.Q(('block__isnull', True), ('business_case__isnull', True), ('promise__isnull', True)), models.Q(('business_case__isnull', True), ('project__isnull', True), ('promise__isnull', True)), models.Q(('block__isnull', True), ('business_case__isnull', True), ('project__isnull', True)), _connector='OR'), name='an_item_is_about_one_record'),
        ),
        migrations.AddConstraint(
            model_name='meetingitem',
            constraint=models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('meeting', 'key'), name='the_portal_proposes_an_item_once'),
        ),
        migrations.AddConstraint(
            model_name='motion',
            constraint=models.CheckConstraint(condition=models.Q(('decision', None), ('concluded_on__isnull', False), _connector='OR'), name='a_decision_by_email_was_concluded'),
        ),
        migrations.AddConstraint(
            model_name='pack',
            constraint=models.UniqueConstraint(fields=('meeting', 'version'), name='a_pack_of_a_meeting_for_each_version'),
        ),
        migrations.AddConstraint(
            model_name='pack',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('correction', ''), ('version', 1)), models.Q(('version__gt', 1), models.Q(('correction', ''), _negated=True)), _connector='OR'), name='a_later_version_of_a_pack_says_what_it_corrects'),
        ),
        migrations.AddConstraint(
            model_name='pack',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('pages', None), ('pdf', None), ('pdf_size', None)), models.Q(('pages__gt', 0), ('pdf__isnull', False), ('pdf_failed', ''), ('pdf_size__gt', 0)), _connector='OR'), name='a_pdf_says_how_long_it_is'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(('is_restricted', False), models.Q(('reason', ''), _negated=True), _connector='OR'), name='a_restricted_paper_says_why'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(('size__gt', 0), ('size__lte', 10485760)), name='a_paper_has_ten_megabytes_at_most'),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.UniqueConstraint(fields=('person', 'query'), name='one_saved_view_for_each_query'),
        ),
        migrations.AddConstraint(
            model_name='seatstand',
            constraint=models.UniqueConstraint(fields=('decision', 'seat'), name='a_body_stands_once_on_a_decision'),
        ),
        migrations.AddField(
            model_name='decision',
            name='item',
            field=models.ForeignKey(blank=True, help_text='Of that meeting’s agenda, where it was decided under one', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='decisions', to='steering.meetingitem'),
        ),
        rows_of('steering', '0013_packs_are_not_emptied'),
    ]
