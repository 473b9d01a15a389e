"""Voting cards, paper counted by two people, and reasons apart from the votes."""

import core.clock
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('voting', '0004_parked_questions'),
    ]

    operations = [
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
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Reason',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('words', models.CharField(max_length=200)),
                ('state', models.CharField(choices=[('waiting', 'Not read yet'), ('shown', 'Shown'), ('held_back', 'Held back')], default='waiting', max_length=10)),
                ('moderated_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='VotingCard',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('digest', models.CharField(help_text='SHA-256 of what is printed on it', max_length=64)),
                ('is_void', models.BooleanField(default=False, help_text='Whether other cards were printed in its place')),
            ],
        ),
        migrations.AddField(
            model_name='ballot',
            name='acts_next',
            field=models.CharField(blank=True, help_text='Who does what next', max_length=200),
        ),
        migrations.AddField(
            model_name='ballot',
            name='asks_reason',
            field=models.BooleanField(default=False, help_text='Whether voters may say why, apart from their vote'),
        ),
        migrations.AddField(
            model_name='ballot',
            name='batches_started',
            field=models.PositiveSmallIntegerField(default=0, editable=False, help_text='How many batches of paper, so that a number is never used again'),
        ),
        migrations.AddField(
            model_name='ballot',
            name='outcome_reason',
            field=models.TextField(blank=True, help_text='Why', max_length=1000),
        ),
        migrations.AddField(
            model_name='ballot',
            name='reasons_sealed',
            field=models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sealing.round'),
        ),
        migrations.AddField(
            model_name='ballot',
            name='review_on',
            field=models.DateField(blank=True, help_text='When it is looked at again', null=True),
        ),
        migrations.AlterField(
            model_name='ballot',
            name='outcome',
            field=models.TextField(blank=True, help_text='What was decided', max_length=2000),
        ),
        migrations.AlterField(
            model_name='ballot',
            name='roll_from',
            field=models.CharField(choices=[('check_in', 'Everybody checked in when it opens'), ('list', 'A list of people'), ('bodies', 'Bodies, one vote each'), ('cards', 'Voting cards, which belong to nobody')], default='check_in', max_length=10),
        ),
        migrations.AddField(
            model_name='rollentry',
            name='handed',
            field=models.CharField(blank=True, choices=[('card', 'A voting card'), ('slip', 'A paper slip')], help_text='What its person was handed to vote with instead', max_length=6),
        ),
        migrations.AlterField(
            model_name='rollentry',
            name='kind',
            field=models.CharField(choices=[('person', 'A person'), ('body', 'A body, for which somebody votes'), ('card', 'A voting card'), ('slip', 'A paper slip')], default='person', max_length=6),
        ),
        migrations.AlterField(
            model_name='rollentry',
            name='person',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'published'), models.Q(('acts_next', ''), ('outcome_reason', ''), ('review_on__isnull', True)), _connector='OR'), name='a_published_ballot_alone_says_who_acts'),
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
            model_name='rollentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['person', 'body']), ('person__isnull', False)), models.Q(('kind__in', ['card', 'slip']), ('organisation__isnull', True), ('person__isnull', True)), _connector='OR'), name='a_card_or_a_slip_belongs_to_nobody'),
        ),
        migrations.AddConstraint(
            model_name='rollentry',
            constraint=models.CheckConstraint(condition=models.Q(('handed', ''), models.Q(('handed__in', ['card', 'slip']), ('kind', 'person'), ('struck_at__isnull', False), models.Q(('struck_reason', ''), _negated=True)), _connector='OR'), name='who_is_handed_paper_is_struck_off'),
        ),
        migrations.AddField(
            model_name='paperbatch',
            name='ballot',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='paper_batches', to='voting.ballot'),
        ),
        migrations.AddField(
            model_name='paperbatch',
            name='confirmed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='paperbatch',
            name='entered_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='paperpile',
            name='batch',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='piles', to='voting.paperbatch'),
        ),
        migrations.AddField(
            model_name='reason',
            name='ballot',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reasons', to='voting.ballot'),
        ),
        migrations.AddField(
            model_name='reason',
            name='moderated_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='votingcard',
            name='ballot',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cards', to='voting.ballot'),
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
            model_name='reason',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='a_reason_has_words'),
        ),
        migrations.AddConstraint(
            model_name='reason',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('moderated_at__isnull', True), ('moderated_by__isnull', True), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('moderated_at__isnull', False), ('moderated_by__isnull', False)), _connector='OR'), name='a_reason_that_was_read_says_by_whom'),
        ),
        migrations.AddConstraint(
            model_name='votingcard',
            constraint=models.UniqueConstraint(fields=('digest',), name='a_voting_card_is_printed_once'),
        ),
    ]
