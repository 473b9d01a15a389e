import core.clock
import django.db.models.deletion
import voting.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('councils', '0001_initial'),
        ('events', '0001_initial'),
        ('projects', '0001_initial'),
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
                ('question', models.CharField(max_length=200)),
                ('most_choices', models.PositiveSmallIntegerField(blank=True, help_text='How many one may tick; empty: as many as one likes', null=True)),
                ('to_pursue', models.PositiveSmallIntegerField(default=1, help_text='How many of the prototypes are chosen')),
                ('basis', models.CharField(choices=[('person', 'Per person'), ('council', 'Per council')], default='person', max_length=10)),
                ('tie_rule', models.CharField(choices=[('run_off', 'A run-off between those tied'), ('facilitator', 'The facilitator chooses among those tied, and says why')], default='run_off', max_length=12)),
                ('state', models.CharField(choices=[('draft', 'Being prepared'), ('open', 'Open'), ('closed', 'Closed')], default='draft', max_length=10)),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('closes_at', models.DateTimeField(blank=True, help_text='Announced beforehand; empty: when it is closed', null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('result', models.JSONField(blank=True, editable=False, null=True)),
                ('outcome', models.TextField(blank=True, help_text='What was decided, why, who acts', max_length=2000)),
                ('outcome_at', models.DateTimeField(blank=True, null=True)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ballots', to='events.event')),
                ('opened_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('run_off_of', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='run_off', to='voting.ballot')),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state', 'draft'), ('opened_at__isnull', False), _connector='OR'), name='an_open_ballot_knows_since_when'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'closed'), ('closed_at__isnull', False)), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='a_closed_ballot_knows_since_when'), models.CheckConstraint(condition=models.Q(('most_choices__isnull', True), ('most_choices__gt', 0), _connector='OR'), name='one_may_tick_at_least_one'), models.CheckConstraint(condition=models.Q(('to_pursue__gt', 0)), name='a_vote_chooses_at_least_one'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'closed'), _negated=True), ('result__isnull', False), _connector='OR'), name='a_closed_ballot_keeps_its_result')],
            },
        ),
        migrations.CreateModel(
            name='Option',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='options', to='voting.ballot')),
                ('prototype', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='options', to='projects.prototype')),
            ],
            options={
                'ordering': ['order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('ballot', 'prototype'), name='a_prototype_stands_once')],
            },
        ),
        migrations.CreateModel(
            name='Choice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
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
            name='RollEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('added_at', models.DateTimeField(default=core.clock.now)),
                ('late_reason', models.CharField(blank=True, max_length=200)),
                ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roll', to='voting.ballot')),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='councils.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'roll entries',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('ballot', 'person'), name='on_the_roll_once')],
            },
        ),
        migrations.CreateModel(
            name='Vote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cast_at', models.DateTimeField(default=core.clock.now)),
                ('changed_at', models.DateTimeField(blank=True, null=True)),
                ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='votes', to='voting.ballot')),
                ('options', models.ManyToManyField(related_name='votes', through='voting.Choice', to='voting.option')),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='councils.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('ballot', 'person'), name='one_vote_per_person')],
            },
        ),
        migrations.AddField(
            model_name='choice',
            name='vote',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='choices', to='voting.vote'),
        ),
        migrations.AddConstraint(
            model_name='choice',
            constraint=models.UniqueConstraint(fields=('vote', 'option'), name='an_option_is_ticked_once'),
        ),
    ]
