"""What 0001 to 0005 come to, in one step, for a new database. Those stay for databases that began before."""

import core.clock
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('steering', '0001_initial'),
        ('steering', '0002_quorum_and_reviews'),
        ('steering', '0003_decisions_before_the_quorum'),
        ('steering', '0004_a_decision_had_its_quorum'),
        ('steering', '0005_motions_and_representatives'),
    ]
    dependencies = [
        ('councils', '0001_squashed_0005_people_who_may_be_asked'),
        ('projects', '0001_initial'),
        ('voting', '0004_parked_questions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BoardSeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('central', 'Central government'), ('local', 'Local government')], max_length=10)),
                ('order', models.PositiveSmallIntegerField(unique=True)),
                ('body', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='board_seat', to='councils.organisation')),
            ],
            options={
                'ordering': ['order'],
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
                ('held_on', models.DateField(unique=True)),
                ('place', models.CharField(max_length=200)),
                ('note', models.TextField(blank=True, max_length=4000)),
                ('host', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings_hosted', to='steering.boardseat')),
                ('present', models.ManyToManyField(blank=True, related_name='meetings_attended', to='steering.boardseat')),
            ],
            options={
                'ordering': ['-held_on'],
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
                ('result', models.CharField(choices=[('accepted', 'Accepted'), ('rejected', 'Rejected')], max_length=10)),
                ('decided_on', models.DateField()),
                ('votes_for', models.PositiveSmallIntegerField()),
                ('votes_against', models.PositiveSmallIntegerField(default=0)),
                ('abstentions', models.PositiveSmallIntegerField(default=0)),
                ('quorum', models.PositiveSmallIntegerField(default=5, editable=False, help_text='How many bodies had to take part, by the terms of that day')),
                ('review_on', models.DateField(blank=True, help_text='When it is looked at again; empty once it was', null=True)),
                ('reviewed_on', models.DateField(blank=True, help_text='When it was last looked at again', null=True)),
                ('review_wording', models.TextField(blank=True, max_length=2000)),
                ('business_case', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='projects.businesscase')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='steering.meeting')),
            ],
            options={
                'ordering': ['-decided_on', '-number'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('result', 'accepted'), _negated=True), ('votes_for__gt', models.F('votes_against')), _connector='OR'), name='an_accepted_decision_had_more_for_than_against'), models.CheckConstraint(condition=models.Q(('quorum__lte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('votes_for'), '+', models.F('votes_against')), '+', models.F('abstentions')))), name='a_decision_had_its_quorum'), models.CheckConstraint(condition=models.Q(models.Q(('review_wording', ''), ('reviewed_on', None)), models.Q(('reviewed_on__isnull', False), models.Q(('review_wording', ''), _negated=True)), _connector='OR'), name='a_review_says_when_and_what'), models.CheckConstraint(condition=models.Q(('reviewed_on', None), ('review_on', None), ('review_on__gt', models.F('reviewed_on')), _connector='OR'), name='the_next_review_comes_after_the_last')],
            },
        ),
        migrations.AddField(
            model_name='boardseat',
            name='representative',
            field=models.OneToOneField(blank=True, help_text='Who votes for the body between meetings; empty while nobody does', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='board_seat', to=settings.AUTH_USER_MODEL),
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
                'constraints': [models.CheckConstraint(condition=models.Q(('decision', None), ('concluded_on__isnull', False), _connector='OR'), name='a_decision_by_email_was_concluded')],
            },
        ),
    ]
