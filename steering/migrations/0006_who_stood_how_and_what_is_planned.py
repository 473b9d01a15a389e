"""Votes of bodies, decisions about anything, planned meetings with agenda, papers and actions, seats with days, packs."""

import core.clock
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('councils', '0006_systems_and_figures'),
        ('projects', '0003_blocks'),
        ('steering', '0005_motions_and_representatives'),
        ('take_up', '0003_days_earlier_use_and_sums_shown'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameField('meeting', 'held_on', 'day'),
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
            ],
            options={
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='BodyAttendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('came', models.CharField(choices=[('expected', 'Has said it comes'), ('present', 'Present'), ('apologies', 'Sent apologies'), ('absent', 'Absent')], max_length=10)),
                ('person', models.CharField(blank=True, help_text='Who came for the body, by name', max_length=120)),
            ],
            options={
                'ordering': ['seat__order', 'pk'],
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
            ],
            options={
                'ordering': ['-moved_at', '-pk'],
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
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='SeatStand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stood', models.CharField(choices=[('for', 'For'), ('against', 'Against'), ('abstained', 'Abstained')], max_length=10)),
                ('note', models.CharField(blank=True, help_text='What the body wished to have written down', max_length=300)),
            ],
            options={
                'ordering': ['seat__order', 'pk'],
            },
        ),
        migrations.AlterModelOptions(
            name='boardseat',
            options={'ordering': ['order', 'pk']},
        ),
        migrations.AlterModelOptions(
            name='meeting',
            options={'ordering': ['-day', '-pk']},
        ),
        migrations.RemoveConstraint(
            model_name='decision',
            name='an_accepted_decision_had_more_for_than_against',
        ),
        migrations.RemoveConstraint(
            model_name='decision',
            name='a_decision_had_its_quorum',
        ),
        migrations.AddField(
            model_name='boardseat',
            name='since',
            field=models.DateField(default=core.clock.today, help_text='Its first day on the board'),
        ),
        migrations.AddField(
            model_name='boardseat',
            name='until',
            field=models.DateField(blank=True, help_text='Its last day on the board; empty while it sits there', null=True),
        ),
        migrations.AddField(
            model_name='decision',
            name='basis',
            field=models.TextField(blank=True, help_text='What the decision rests on', max_length=2000),
        ),
        migrations.AddField(
            model_name='decision',
            name='block',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='projects.block'),
        ),
        migrations.AddField(
            model_name='decision',
            name='conditions',
            field=models.TextField(blank=True, max_length=2000),
        ),
        migrations.AddField(
            model_name='decision',
            name='conditions_met_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='decision',
            name='conditions_met_words',
            field=models.CharField(blank=True, help_text='What shows that they are met', max_length=300),
        ),
        migrations.AddField(
            model_name='decision',
            name='shown_hash',
            field=models.CharField(blank=True, editable=False, help_text='Of the business case as it was when it was decided', max_length=64),
        ),
        migrations.AddField(
            model_name='decision',
            name='dissent',
            field=models.TextField(blank=True, help_text='What those against it wished to have minuted', max_length=2000),
        ),
        migrations.AddField(
            model_name='decision',
            name='implemented_by',
            field=models.CharField(blank=True, help_text='Who carried it out', max_length=120),
        ),
        migrations.AddField(
            model_name='decision',
            name='implemented_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='decision',
            name='implemented_words',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='decision',
            name='project',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='projects.project'),
        ),
        migrations.AddField(
            model_name='decision',
            name='promise',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='take_up.benefit'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='cancelled_because',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='meeting',
            name='ends_at',
            field=models.TimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='meeting',
            name='starts_at',
            field=models.TimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='meeting',
            name='state',
            field=models.CharField(choices=[('planned', 'Planned'), ('held', 'Held'), ('cancelled', 'Cancelled')], default='held', max_length=10),
        ),
        migrations.AlterField(
            model_name='boardseat',
            name='body',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='board_seats', to='councils.organisation'),
        ),
        migrations.AlterField(
            model_name='boardseat',
            name='order',
            field=models.PositiveSmallIntegerField(help_text='Its place on the roster'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='abstentions',
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AlterField(
            model_name='decision',
            name='business_case',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='projects.businesscase'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='result',
            field=models.CharField(choices=[('accepted', 'Accepted'), ('rejected', 'Rejected'), ('conditional', 'Accepted on conditions'), ('deferred', 'Deferred'), ('noted', 'Noted')], max_length=12),
        ),
        migrations.AlterField(
            model_name='decision',
            name='votes_against',
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AlterField(
            model_name='decision',
            name='votes_for',
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AlterField(
            model_name='meeting',
            name='day',
            field=models.DateField(help_text='The day for which it is planned, or on which it was held'),
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
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('result__in', ['accepted', 'conditional']), _negated=True), ('votes_for__gt', models.F('votes_against')), _connector='OR'), name='an_accepted_decision_had_more_for_than_against'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('result', 'noted'), ('quorum__lte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('votes_for'), '+', models.F('votes_against')), '+', models.F('abstentions'))), _connector='OR'), name='a_decision_had_its_quorum'),
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
        migrations.AddField(
            model_name='meetingitem',
            name='block',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='projects.block'),
        ),
        migrations.AddField(
            model_name='meetingitem',
            name='business_case',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='projects.businesscase'),
        ),
        migrations.AddField(
            model_name='meetingitem',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agenda', to='steering.meeting'),
        ),
        migrations.AddField(
            model_name='meetingitem',
            name='project',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='projects.project'),
        ),
        migrations.AddField(
            model_name='meetingitem',
            name='promise',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='take_up.benefit'),
        ),
        migrations.AddField(
            model_name='bodyattendance',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='steering.meeting'),
        ),
        migrations.AddField(
            model_name='bodyattendance',
            name='seat',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='steering.boardseat'),
        ),
        migrations.AddField(
            model_name='boardaction',
            name='decision',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='steering.decision'),
        ),
        migrations.AddField(
            model_name='boardaction',
            name='meeting',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='steering.meeting'),
        ),
        migrations.AddField(
            model_name='boardaction',
            name='owner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='board_actions', to='councils.organisation'),
        ),
        migrations.AddField(
            model_name='boardaction',
            name='project',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='board_actions', to='projects.project'),
        ),
        migrations.AddField(
            model_name='boardaction',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='decisionoption',
            name='decision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='options', to='steering.decision'),
        ),
        migrations.AddField(
            model_name='meetingmove',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='steering.meeting'),
        ),
        migrations.AddField(
            model_name='pack',
            name='frozen_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='pack',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='packs', to='steering.meeting'),
        ),
        migrations.AddField(
            model_name='paper',
            name='added_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='paper',
            name='item',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='papers', to='steering.meetingitem'),
        ),
        migrations.AddField(
            model_name='paper',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='steering.meeting'),
        ),
        migrations.AddField(
            model_name='seatstand',
            name='decision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stands', to='steering.decision'),
        ),
        migrations.AddField(
            model_name='seatstand',
            name='seat',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stands', to='steering.boardseat'),
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
            model_name='bodyattendance',
            constraint=models.UniqueConstraint(fields=('meeting', 'seat'), name='a_body_attends_a_meeting_once'),
        ),
        migrations.AddConstraint(
            model_name='boardaction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('done_on', None), ('done_words', '')), models.Q(('done_on__isnull', False), models.Q(('done_words', ''), _negated=True)), _connector='OR'), name='an_action_done_says_what_was_done'),
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
            model_name='seatstand',
            constraint=models.UniqueConstraint(fields=('decision', 'seat'), name='a_body_stands_once_on_a_decision'),
        ),
    ]
