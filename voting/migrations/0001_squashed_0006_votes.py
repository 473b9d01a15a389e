"""What 0001 to 0006 come to, in one step, for a new database. Those stay for databases that began before."""

import core.clock
import django.db.models.deletion
import uuid
import voting.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("voting", "0001_initial"),
        ("voting", "0002_secret_votes_and_rounds"),
        ("voting", "0003_record_chain"),
        ("voting", "0004_parked_questions"),
        ("voting", "0005_cards_paper_and_reasons"),
        ("voting", "0006_spoilt_slips"),
    ]

    dependencies = [
        ("councils", "0001_squashed_0005_people_who_may_be_asked"),
        ("events", "0020_who_was_passed_over"),
        ("projects", "0002_how_it_looks_and_moves"),
        ("sealing", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Ballot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ('source', models.CharField(blank=True, help_text='Where this comes from, for records taken from a published document', max_length=200)),
                ('is_illustrative', models.BooleanField(default=False, help_text='Made up to show how the portal works')),
                ('reference', models.CharField(default=voting.models.new_reference, editable=False, max_length=10, unique=True)),
                ('code', models.CharField(default=voting.models.new_code, editable=False, help_text='Its short address', max_length=6, unique=True)),
                ('question', models.CharField(max_length=200)),
                ('held_by', models.CharField(blank=True, help_text='Who votes, where it belongs to no event', max_length=100)),
                ('method', models.CharField(choices=[('approval', 'Approval'), ('single', 'One choice'), ('dots', 'Dots'), ('score', 'Scores'), ('ranked', 'Ranking'), ('matrix', 'Impact and feasibility'), ('budget', 'Budget')], default='approval', max_length=10)),
                ('most_choices', models.PositiveSmallIntegerField(blank=True, help_text='How many one may tick or rank, or the dots that each has; empty: no limit', null=True)),
                ('most_per_option', models.PositiveSmallIntegerField(blank=True, help_text='How many dots one option may get from one person; empty: all', null=True)),
                ('pot', models.PositiveIntegerField(blank=True, help_text='Pounds to spend, in a vote on a budget', null=True)),
                ('to_pursue', models.PositiveSmallIntegerField(default=1, help_text='How many of the options are chosen')),
                ('basis', models.CharField(choices=[('person', 'Per person'), ('council', 'Per council or body')], default='person', max_length=10)),
                ('tie_rule', models.CharField(choices=[('run_off', 'A run-off between those tied'), ('facilitator', 'The facilitator chooses among those tied, and says why'), ('order', 'The one that stands first on the list'), ('none', 'None: they stay tied')], default='run_off', max_length=12)),
                ('quorum', models.PositiveSmallIntegerField(blank=True, help_text='How many have to vote; empty: none', null=True)),
                ('threshold', models.CharField(blank=True, choices=[('', 'None'), ('half', 'Half of the votes'), ('two_thirds', 'Two thirds of the votes')], default='', max_length=10)),
                ('secrecy', models.CharField(choices=[('open', 'Open'), ('secret', 'Secret')], default='secret', max_length=10)),
                ('shows_tally', models.BooleanField(default=False, help_text='Whether the tally is seen while it runs')),
                ('roll_from', models.CharField(choices=[('check_in', 'Everybody checked in when it opens'), ('list', 'A list of people'), ('bodies', 'Bodies, one vote each'), ('cards', 'Voting cards, which belong to nobody')], default='check_in', max_length=10)),
                ('state', models.CharField(choices=[('draft', 'Being prepared'), ('open', 'Open'), ('paused', 'Paused'), ('closed', 'Closed'), ('revealed', 'Result shown'), ('published', 'Published'), ('void', 'Void')], default='draft', max_length=10)),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('closes_at', models.DateTimeField(blank=True, help_text='Announced beforehand; empty: when it is closed', null=True)),
                ('paused_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('revealed_at', models.DateTimeField(blank=True, null=True)),
                ('voided_at', models.DateTimeField(blank=True, null=True)),
                ('void_reason', models.CharField(blank=True, max_length=300)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('batches_started', models.PositiveSmallIntegerField(default=0, editable=False, help_text='How many batches of paper, so that a number is never used again')),
                ('result', models.JSONField(blank=True, editable=False, null=True)),
                ('outcome', models.TextField(blank=True, help_text='What was decided', max_length=2000)),
                ('outcome_reason', models.TextField(blank=True, help_text='Why', max_length=1000)),
                ('acts_next', models.CharField(blank=True, help_text='Who does what next', max_length=200)),
                ('review_on', models.DateField(blank=True, help_text='When it is looked at again', null=True)),
                ('outcome_at', models.DateTimeField(blank=True, null=True)),
                ('round', models.PositiveSmallIntegerField(default=1, help_text='Which try it is at the same question')),
                ('asks_reason', models.BooleanField(default=False, help_text='Whether voters may say why, apart from their vote')),
                ('copy_of', models.OneToOneField(blank=True, help_text='The void round before', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='copy', to='voting.ballot')),
                ('event', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ballots', to='events.event')),
                ('opened_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reasons_sealed', models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sealing.round')),
                ('run_off_of', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='run_off', to='voting.ballot')),
                ('sealed', models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sealing.round')),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Option',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200)),
                ('summary', models.TextField(blank=True, max_length=1000)),
                ('price', models.PositiveIntegerField(blank=True, help_text='In pounds, in a vote on a budget', null=True)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='options', to='voting.ballot')),
                ('prototype', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='options', to='projects.prototype')),
            ],
            options={
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Choice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.PositiveSmallIntegerField(default=1, help_text='1 for a tick; else points or the rank')),
                ('question', models.CharField(blank=True, choices=[('', 'The one question'), ('impact', 'Impact'), ('feasibility', 'Feasibility')], default='', max_length=12)),
                ('option', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='choices', to='voting.option')),
            ],
        ),
        migrations.CreateModel(
            name='BallotProject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(blank=True, help_text='Why this one, where several were tied', max_length=300)),
                ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='led_to', to='voting.ballot')),
                ('project', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='chosen_by', to='projects.project')),
                ('option', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='led_to', to='voting.option')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='PaperBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('slips', models.PositiveSmallIntegerField(help_text='How many slips lie in it')),
                ('entered_at', models.DateTimeField(default=core.clock.now)),
                ('handed_over_at', models.DateTimeField(blank=True, help_text='Empty while it is being entered', null=True)),
                ('sent_back', models.CharField(blank=True, help_text='Why it was last not confirmed', max_length=200)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='paper_batches', to='voting.ballot')),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'paper batches',
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='PaperPile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('marks', models.JSONField(help_text='A list of option, value and question')),
                ('slips', models.PositiveSmallIntegerField()),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='piles', to='voting.paperbatch')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ParkedQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(max_length=200, verbose_name='question')),
                ('parked_at', models.DateTimeField(default=core.clock.now)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parked_questions', to='voting.ballot')),
            ],
            options={
                'ordering': ['parked_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Reason',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('words', models.CharField(max_length=200)),
                ('state', models.CharField(choices=[('waiting', 'Not read yet'), ('shown', 'Shown'), ('held_back', 'Held back')], default='waiting', max_length=10)),
                ('moderated_at', models.DateTimeField(blank=True, null=True)),
                ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reasons', to='voting.ballot')),
                ('moderated_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=10)),
                ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='voting.ballot')),
            ],
            options={
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='RecordCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=19)),
                ('salt', models.CharField(max_length=32)),
                ('made_at', models.DateTimeField(default=core.clock.now)),
                ('ballot', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='record_code', to='voting.ballot')),
                ('closed_by', models.ForeignKey(help_text='Empty: the portal, at the time announced', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='RollEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('person', 'A person'), ('body', 'A body, for which somebody votes'), ('card', 'A voting card'), ('slip', 'A paper slip')], default='person', max_length=6)),
                ('weight', models.CharField(default='0', help_text='Its share of its organisation’s one vote, as an exact fraction', max_length=40)),
                ('voted', models.BooleanField(help_text='Whether it was used: set at the close', null=True)),
                ('last_form', models.CharField(blank=True, editable=False, help_text='The digest of its last form', max_length=64)),
                ('receipt', models.CharField(blank=True, editable=False, help_text='By which the form that cast it is known again', max_length=64)),
                ('added_at', models.DateTimeField(default=core.clock.now)),
                ('late_reason', models.CharField(blank=True, max_length=200)),
                ('struck_at', models.DateTimeField(blank=True, null=True)),
                ('struck_reason', models.CharField(blank=True, max_length=200)),
                ('handed', models.CharField(blank=True, choices=[('card', 'A voting card'), ('slip', 'A paper slip')], help_text='What its person was handed to vote with instead', max_length=6)),
                ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roll', to='voting.ballot')),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='councils.organisation')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'roll entries',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Vote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cast_at', models.DateTimeField(default=core.clock.now, null=True)),
                ('changed_at', models.DateTimeField(blank=True, null=True)),
                ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='votes', to='voting.ballot')),
                ('entry', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='vote', to='voting.rollentry')),
                ('options', models.ManyToManyField(related_name='votes', through='voting.Choice', to='voting.option')),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='councils.organisation')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='choice',
            name='vote',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='choices', to='voting.vote'),
        ),
        migrations.CreateModel(
            name='VotingCard',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('digest', models.CharField(help_text='SHA-256 of what is printed on it', max_length=64)),
                ('is_void', models.BooleanField(default=False, help_text='Whether other cards were printed in its place')),
                ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cards', to='voting.ballot')),
            ],
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('opened_at__isnull', True), ('state', 'draft')), models.Q(models.Q(('state', 'draft'), _negated=True), ('opened_at__isnull', False)), _connector='OR'), name='an_open_ballot_knows_since_when'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('paused_at__isnull', False), ('state', 'paused')), models.Q(models.Q(('state', 'paused'), _negated=True), ('paused_at__isnull', True)), _connector='OR'), name='a_paused_ballot_knows_since_when'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('result__isnull', False), ('state__in', ['closed', 'revealed', 'published'])), models.Q(models.Q(('state__in', ['closed', 'revealed', 'published']), _negated=True), ('closed_at__isnull', True), ('result__isnull', True)), _connector='OR'), name='a_closed_ballot_alone_has_a_result'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('revealed_at__isnull', False), ('state__in', ['revealed', 'published'])), models.Q(models.Q(('state__in', ['revealed', 'published']), _negated=True), ('revealed_at__isnull', True)), _connector='OR'), name='a_result_is_shown_since_a_moment'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), models.Q(('outcome', ''), _negated=True), ('outcome_at__isnull', False)), models.Q(models.Q(('state', 'published'), _negated=True), ('outcome', ''), ('outcome_at__isnull', True)), _connector='OR'), name='a_published_ballot_says_what_came_of_it'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'published'), models.Q(('acts_next', ''), ('outcome_reason', ''), ('review_on__isnull', True)), _connector='OR'), name='a_published_ballot_alone_says_who_acts'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'void'), ('voided_at__isnull', False), models.Q(('void_reason', ''), _negated=True)), models.Q(models.Q(('state', 'void'), _negated=True), ('void_reason', ''), ('voided_at__isnull', True)), _connector='OR'), name='a_void_ballot_alone_says_why'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('secrecy', 'secret'), ('shows_tally', False), models.Q(models.Q(('sealed__isnull', True), ('state', 'draft')), models.Q(models.Q(('state', 'draft'), _negated=True), ('sealed__isnull', False)), _connector='OR')), models.Q(('sealed__isnull', True), ('secrecy', 'open')), _connector='OR'), name='a_secret_ballot_is_sealed_and_shows_no_tally'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('asks_reason', True), models.Q(('state', 'draft'), ('reasons_sealed__isnull', False), _connector='XOR')), models.Q(('asks_reason', False), ('reasons_sealed__isnull', True)), _connector='OR'), name='reasons_are_sealed_where_they_are_asked_for'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('roll_from', 'cards'), _negated=True), models.Q(('basis', 'person'), ('secrecy', 'secret')), _connector='OR'), name='voting_cards_are_secret_and_count_people'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(('most_choices__isnull', True), ('most_choices__gt', 0), _connector='OR'), name='one_may_tick_at_least_one'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(('most_per_option__isnull', True), models.Q(('method', 'dots'), ('most_per_option__gt', 0)), _connector='OR'), name='dots_alone_have_a_limit_per_option'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('method', 'budget'), ('pot__gt', 0), ('pot__isnull', False)), models.Q(models.Q(('method', 'budget'), _negated=True), ('pot__isnull', True)), _connector='OR'), name='a_budget_alone_has_a_pot'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('method', 'dots'), _negated=True), ('most_choices__isnull', False), _connector='OR'), name='dots_are_a_number'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(('to_pursue__gt', 0)), name='a_vote_chooses_at_least_one'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(('quorum__isnull', True), ('quorum__gt', 0), _connector='OR'), name='a_quorum_is_a_number'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(('event__isnull', True), ('held_by', ''), _connector='XOR'), name='a_ballot_is_of_an_event_or_held_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('copy_of__isnull', True), ('round', 1)), models.Q(('copy_of__isnull', False), ('round__gt', 1)), _connector='OR'), name='a_second_round_copies_the_one_before'),
        ),
        migrations.AddConstraint(
            model_name='option',
            constraint=models.UniqueConstraint(fields=('ballot', 'prototype'), name='a_prototype_stands_once'),
        ),
        migrations.AddConstraint(
            model_name='option',
            constraint=models.UniqueConstraint(fields=('ballot', 'title'), name='a_title_stands_once'),
        ),
        migrations.AddConstraint(
            model_name='option',
            constraint=models.CheckConstraint(condition=models.Q(('price__isnull', True), ('price__gt', 0), _connector='OR'), name='a_price_is_more_than_nothing'),
        ),
        migrations.AddConstraint(
            model_name='paperbatch',
            constraint=models.UniqueConstraint(fields=('ballot', 'number'), name='a_paper_batch_has_a_number_of_its_own'),
        ),
        migrations.AddConstraint(
            model_name='paperbatch',
            constraint=models.CheckConstraint(condition=models.Q(('slips__gt', 0)), name='a_paper_batch_has_slips'),
        ),
        migrations.AddConstraint(
            model_name='paperbatch',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by', models.F('entered_by')), _negated=True), name='two_people_count_paper'),
        ),
        migrations.AddConstraint(
            model_name='paperbatch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False), ('handed_over_at__isnull', False)), _connector='OR'), name='a_confirmed_paper_batch_says_by_whom_and_when'),
        ),
        migrations.AddConstraint(
            model_name='paperpile',
            constraint=models.CheckConstraint(condition=models.Q(('slips__gt', 0)), name='a_pile_has_slips'),
        ),
        migrations.AddConstraint(
            model_name='parkedquestion',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='a_parked_question_has_words'),
        ),
        migrations.AddConstraint(
            model_name='reason',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='a_reason_has_words'),
        ),
        migrations.AddConstraint(
            model_name='reason',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('moderated_at__isnull', True), ('moderated_by__isnull', True), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('moderated_at__isnull', False), ('moderated_by__isnull', False)), _connector='OR'), name='a_reason_that_was_read_says_by_whom'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.UniqueConstraint(fields=('ballot', 'code'), name='a_receipt_is_of_one_vote'),
        ),
        migrations.AddConstraint(
            model_name='recordcode',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('code', ''), _negated=True), models.Q(('salt', ''), _negated=True)), name='a_record_has_a_code_and_a_salt'),
        ),
        migrations.AddConstraint(
            model_name='rollentry',
            constraint=models.UniqueConstraint(fields=('ballot', 'person'), name='on_the_roll_once'),
        ),
        migrations.AddConstraint(
            model_name='rollentry',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'body')), fields=('ballot', 'organisation'), name='a_body_is_on_the_roll_once'),
        ),
        migrations.AddConstraint(
            model_name='rollentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'body'), _negated=True), ('organisation__isnull', False), _connector='OR'), name='a_body_on_the_roll_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='rollentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['person', 'body']), ('person__isnull', False)), models.Q(('kind__in', ['card', 'slip']), ('organisation__isnull', True), ('person__isnull', True)), _connector='OR'), name='a_card_or_a_slip_belongs_to_nobody'),
        ),
        migrations.AddConstraint(
            model_name='rollentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('struck_at__isnull', True), ('struck_reason', '')), models.Q(('struck_at__isnull', False), models.Q(('struck_reason', ''), _negated=True)), _connector='OR'), name='who_is_struck_off_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='rollentry',
            constraint=models.CheckConstraint(condition=models.Q(('handed', ''), models.Q(('handed__in', ['card', 'slip']), ('kind', 'person'), ('struck_at__isnull', False), models.Q(('struck_reason', ''), _negated=True)), _connector='OR'), name='who_is_handed_paper_is_struck_off'),
        ),
        migrations.AddConstraint(
            model_name='vote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cast_at__isnull', False), ('entry__isnull', False), ('person__isnull', False)), models.Q(('cast_at', None), ('changed_at', None), ('entry', None), ('organisation', None), ('person', None)), _connector='OR'), name='a_vote_without_a_name_says_nothing_of_its_voter'),
        ),
        migrations.AddConstraint(
            model_name='choice',
            constraint=models.UniqueConstraint(fields=('vote', 'option', 'question'), name='an_option_is_ticked_once'),
        ),
        migrations.AddConstraint(
            model_name='votingcard',
            constraint=models.UniqueConstraint(fields=('digest',), name='a_voting_card_is_printed_once'),
        ),
        migrations.CreateModel(
            name='SpoiltSlip',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(help_text='As printed on it')),
                ('reason', models.CharField(choices=[('blank', 'Blank'), ('unreadable', 'Unreadable')], max_length=10)),
                ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='spoilt_slips', to='voting.ballot')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='spoilt', to='voting.paperbatch')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [
                    models.UniqueConstraint(fields=('ballot', 'number'), name='a_slip_is_spoilt_once'),
                    models.CheckConstraint(condition=models.Q(('number__gt', 0)), name='a_spoilt_slip_has_its_number'),
                    models.CheckConstraint(condition=models.Q(('reason__in', ['blank', 'unreadable'])), name='a_spoilt_slip_says_why'),
                ],
            },
        ),
    ]
