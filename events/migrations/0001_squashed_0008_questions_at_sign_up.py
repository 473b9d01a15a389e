"""What 0001 to 0008 come to, in one step, for a new database. Those stay for databases that began before."""

import core.clock
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('events', '0001_initial'),
        ('events', '0002_people_over_the_capacity'),
        ('events', '0003_offers_of_places'),
        ('events', '0004_how_many_arrived'),
        ('events', '0005_count_who_arrived'),
        ('events', '0006_what_happens_where_and_who_is_asked'),
        ('events', '0007_feedback_is_sealed'),
        ('events', '0008_questions_at_sign_up'),
    ]

    initial = True

    dependencies = [
        ('councils', '0001_squashed_0005_people_who_may_be_asked'),
        ('projects', '0001_initial'),
        ('questions', '0001_initial'),
        ('sealing', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ('source', models.CharField(blank=True, help_text='Where this comes from, for records taken from a published document', max_length=200)),
                ('is_illustrative', models.BooleanField(default=False, help_text='Made up to show how the portal works')),
                ('title', models.CharField(max_length=120)),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('summary', models.TextField(max_length=2000)),
                ('stream', models.CharField(choices=[('discovery', 'Discovery'), ('skills', 'Skills'), ('futures', 'Futures')], max_length=10)),
                ('kind', models.CharField(choices=[('discovery_day', 'Discovery Day'), ('co_design_day', 'Co-Design Day'), ('workshop', 'Workshop'), ('conference', 'Conference'), ('thought_leadership', 'Thought leadership'), ('dinner_debate', 'Dinner debate')], max_length=20)),
                ('starts_at', models.DateTimeField(db_index=True)),
                ('ends_at', models.DateTimeField()),
                ('sign_up_closes_at', models.DateTimeField(blank=True, help_text='Empty: when it starts', null=True)),
                ('venue', models.CharField(help_text='Place, or Online', max_length=200)),
                ('capacity', models.PositiveIntegerField()),
                ('places_taken', models.PositiveIntegerField(default=0, editable=False)),
                ('next_position', models.PositiveIntegerField(default=1, editable=False)),
                ('arrived', models.PositiveIntegerField(default=0, editable=False, help_text='How many have been checked in')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published'), ('cancelled', 'Cancelled')], default='published', max_length=10)),
                ('cancelled_reason', models.CharField(blank=True, max_length=300)),
                ('revision', models.PositiveIntegerField(default=0, editable=False, help_text='Raised when a calendar must update')),
                ('discovery', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='projects.discovery')),
                ('host', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='councils.organisation')),
                ('needs', models.ManyToManyField(blank=True, related_name='events', to='projects.need')),
                ('prototypes', models.ManyToManyField(blank=True, related_name='events', to='projects.prototype')),
                ('services', models.ManyToManyField(blank=True, related_name='events', to='councils.service')),
                ('access_note', models.CharField(blank=True, max_length=300, verbose_name='more about access')),
                ('accessible_toilet', models.CharField(blank=True, choices=[('yes', 'Yes'), ('ask', 'If asked for'), ('no', 'No')], max_length=3)),
                ('address', models.CharField(blank=True, help_text='Street, town and postcode', max_length=200)),
                ('audience', models.CharField(blank=True, max_length=200, verbose_name='who it is for')),
                ('captions', models.CharField(blank=True, choices=[('yes', 'Yes'), ('ask', 'If asked for'), ('no', 'No')], max_length=3, verbose_name='live captions')),
                ('contact', models.ForeignKey(blank=True, help_text='Who is asked about the day, by their own wish', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('directions', models.CharField(blank=True, max_length=200, verbose_name='how to get there')),
                ('hearing_loop', models.CharField(blank=True, choices=[('yes', 'Yes'), ('ask', 'If asked for'), ('no', 'No')], max_length=3)),
                ('join_url', models.URLField(blank=True, help_text='For those with a place', max_length=500, verbose_name='link to join online')),
                ('parking', models.CharField(blank=True, choices=[('yes', 'Yes'), ('ask', 'If asked for'), ('no', 'No')], max_length=3)),
                ('sign_language', models.CharField(blank=True, choices=[('yes', 'Yes'), ('ask', 'If asked for'), ('no', 'No')], max_length=3)),
                ('step_free', models.CharField(blank=True, choices=[('yes', 'Yes'), ('ask', 'If asked for'), ('no', 'No')], max_length=3, verbose_name='step-free access')),
            ],
            options={
                'ordering': ['-starts_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('capacity__gt', 0)), name='event_has_a_place'), models.CheckConstraint(condition=models.Q(('places_taken__lte', models.F('capacity'))), name='event_is_never_oversold'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='event_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='Feedback',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('would_recommend', models.BooleanField(null=True, verbose_name='would recommend it to others')),
                ('rated_good_or_better', models.BooleanField(null=True, verbose_name='rated it good or better')),
                ('identified_improvements', models.BooleanField(null=True, verbose_name='identified improvements to services')),
                ('identified_new_ways_of_working', models.BooleanField(null=True, verbose_name='identified new ways of working')),
                ('identified_collaboration', models.BooleanField(null=True, verbose_name='identified opportunities to collaborate')),
                ('identified_efficiencies', models.BooleanField(null=True, verbose_name='identified efficiencies')),
                ('identified_savings', models.BooleanField(null=True, verbose_name='identified savings')),
                ('is_illustrative', models.BooleanField(default=False)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='feedback', to='events.event')),
            ],
            options={
                'verbose_name_plural': 'feedback',
                'ordering': ['event', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SignUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ('reference', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('service_user', 'Service user'), ('head_of_service', 'Head of service'), ('policy_expert', 'Policy expert'), ('developer', 'Developer'), ('other', 'Someone else')], default='other', max_length=20)),
                ('status', models.CharField(choices=[('confirmed', 'You have a place'), ('waiting', 'On the waiting list'), ('cancelled', 'Cancelled')], max_length=10)),
                ('position', models.PositiveIntegerField(help_text='Order of signing up, by event')),
                ('signed_up_at', models.DateTimeField(default=core.clock.now)),
                ('promoted_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('checked_in_at', models.DateTimeField(blank=True, null=True)),
                ('is_over_capacity', models.BooleanField(default=False, editable=False, help_text='Let in when every place was taken; counts in no place')),
                ('access_needs', models.TextField(blank=True, max_length=1000)),
                ('is_listed', models.BooleanField(default=False, verbose_name='show my name to others who are coming')),
                ('last_reminder', models.CharField(blank=True, choices=[('week', 'A week before'), ('day', 'A day before')], editable=False, max_length=4)),
                ('has_given_feedback', models.BooleanField(default=False, editable=False)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sign_ups', to='events.event')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sign_ups', to='councils.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sign_ups', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['position'],
                'indexes': [models.Index(fields=['event', 'status', 'position'], name='events_sign_event_i_b3512e_idx')],
                'constraints': [models.UniqueConstraint(fields=('event', 'position'), name='one_sign_up_per_position'), models.UniqueConstraint(condition=models.Q(('status', 'cancelled'), _negated=True), fields=('event', 'person'), name='one_living_sign_up_per_person'), models.CheckConstraint(condition=models.Q(('checked_in_at__isnull', True), ('status', 'confirmed'), _connector='OR'), name='only_confirmed_people_check_in'), models.CheckConstraint(condition=models.Q(('is_over_capacity', False), ('checked_in_at__isnull', False), _connector='OR'), name='only_who_is_there_is_over_the_capacity')],
            },
        ),
        migrations.CreateModel(
            name='PlaceOffer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('to_email', models.EmailField(max_length=254)),
                ('offered_at', models.DateTimeField(default=core.clock.now)),
                ('expires_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('open', 'Offered'), ('accepted', 'Accepted'), ('taken_back', 'Taken back'), ('expired', 'Run out')], default='open', max_length=10)),
                ('giver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='offers', to='events.signup')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('place',), name='one_open_offer_per_place')],
            },
        ),
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.PositiveSmallIntegerField(default=1, help_text='Of the event: 1 is the first')),
                ('at', models.TimeField(help_text='In London')),
                ('title', models.CharField(max_length=120)),
                ('note', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'ordering': ['event', 'day', 'at', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('contact__isnull', True), ('host__isnull', False), _connector='OR'), name='who_is_asked_answers_for_the_host'),
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='event',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agenda', to='events.event'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.CheckConstraint(condition=models.Q(('day__gt', 0)), name='an_agenda_begins_on_the_first_day'),
        ),
        migrations.AddField(
            model_name='event',
            name='feedback_round',
            field=models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sealing.round'),
        ),
        migrations.AddField(
            model_name='event',
            name='asks_access_needs',
            field=models.BooleanField(default=True, verbose_name='asks what people need to take part'),
        ),
        migrations.AddField(
            model_name='event',
            name='asks_diet',
            field=models.BooleanField(default=False, verbose_name='asks what people eat'),
        ),
        migrations.AddField(
            model_name='event',
            name='question_set',
            field=models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='event', to='questions.questionset'),
        ),
        migrations.AddField(
            model_name='signup',
            name='diet',
            field=models.CharField(blank=True, max_length=300),
        ),
    ]
