"""What 0001 to 0021 come to, in one step, for a new database. Those stay for databases that began before."""

from importlib import import_module

import core.clock
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import events.places.codes
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
        ('events', '0009_places_that_lapse_and_pools'),
        ('events', '0010_organisers_and_kinds_of_people'),
        ('events', '0011_messages_from_organisers'),
        ('events', '0012_series_and_invitations'),
        ('events', '0013_own_calendars_and_places_to_agree'),
        ('events', '0014_after_the_day'),
        ('events', '0015_programme_and_outputs'),
        ('events', '0016_marks_of_the_desk'),
        ('events', '0017_pools_for_kinds_of_people'),
        ('events', '0018_people_of_each_group'),
        ('events', '0019_speakers_who_are_confirmed_and_hours_that_come_twice'),
        ('events', '0020_who_was_passed_over'),
        ('events', '0021_purposes_of_an_event'),
    ]

    initial = True

    dependencies = [
        ('projects', '0006_purposes_of_alliance_and_campaign'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('audit', '0001_squashed_0002_append_only'),
        ('councils', '0001_squashed_0005_people_who_may_be_asked'),
        ('projects', '0001_initial'),
        ('questions', '0001_initial'),
        ('sealing', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('slug', models.SlugField(max_length=80, unique=True)),
            ],
            options={
                'verbose_name_plural': 'series',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Skill',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, unique=True)),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('order', models.PositiveSmallIntegerField(help_text='As in the questionnaire')),
            ],
            options={
                'ordering': ['order', 'pk'],
            },
        ),
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
                ('access_note', models.CharField(blank=True, max_length=300, verbose_name='more about access')),
                ('accessible_toilet', models.CharField(blank=True, choices=[('yes', 'Yes'), ('ask', 'If asked for'), ('no', 'No')], max_length=3)),
                ('address', models.CharField(blank=True, help_text='Street, town and postcode', max_length=200)),
                ('audience', models.CharField(blank=True, max_length=200, verbose_name='who it is for')),
                ('captions', models.CharField(blank=True, choices=[('yes', 'Yes'), ('ask', 'If asked for'), ('no', 'No')], max_length=3, verbose_name='live captions')),
                ('directions', models.CharField(blank=True, max_length=200, verbose_name='how to get there')),
                ('hearing_loop', models.CharField(blank=True, choices=[('yes', 'Yes'), ('ask', 'If asked for'), ('no', 'No')], max_length=3)),
                ('join_url', models.URLField(blank=True, help_text='For those with a place', max_length=500, verbose_name='link to join online')),
                ('parking', models.CharField(blank=True, choices=[('yes', 'Yes'), ('ask', 'If asked for'), ('no', 'No')], max_length=3)),
                ('sign_language', models.CharField(blank=True, choices=[('yes', 'Yes'), ('ask', 'If asked for'), ('no', 'No')], max_length=3)),
                ('step_free', models.CharField(blank=True, choices=[('yes', 'Yes'), ('ask', 'If asked for'), ('no', 'No')], max_length=3, verbose_name='step-free access')),
                ('asks_access_needs', models.BooleanField(default=True, verbose_name='asks what people need to take part')),
                ('asks_diet', models.BooleanField(default=False, verbose_name='asks what people eat')),
                ('council_cap', models.PositiveSmallIntegerField(blank=True, help_text='Most places of one council', null=True)),
                ('council_cap_until', models.DateTimeField(blank=True, null=True)),
                ('kept_over', models.PositiveIntegerField(default=0, editable=False, help_text='How many over the capacity keep their place after it was lowered')),
                ('offer_hours', models.PositiveSmallIntegerField(default=48, help_text='How long a place that comes free is kept for whoever waits next; 0: theirs at once')),
                ('settles_at', models.DateTimeField(editable=False, null=True)),
                ('feedback_asked_at', models.DateTimeField(editable=False, help_text='When they were reminded of feedback', null=True)),
                ('names_gone_at', models.DateTimeField(editable=False, help_text='When the names of its people were taken off; the counts stay', null=True)),
                ('thanked_at', models.DateTimeField(editable=False, help_text='When those who came were thanked', null=True)),
                ('contact', models.ForeignKey(blank=True, help_text='Who is asked about the day, by their own wish', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('discovery', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='projects.discovery')),
                ('feedback_round', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sealing.round')),
                ('host', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='councils.organisation')),
                ('made_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('needs', models.ManyToManyField(blank=True, related_name='events', to='projects.need')),
                ('prototypes', models.ManyToManyField(blank=True, related_name='events', to='projects.prototype')),
                ('question_set', models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='event', to='questions.questionset')),
                ('services', models.ManyToManyField(blank=True, related_name='events', to='councils.service')),
                ('series', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='days', to='events.series')),
                ('skills', models.ManyToManyField(blank=True, related_name='events', to='events.skill')),
            ],
            options={
                'ordering': ['-starts_at', 'pk'],
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
                ('clock', models.CharField(blank=True, choices=[('BST', 'BST'), ('GMT', 'GMT')], help_text='Which, of an hour that comes twice', max_length=3)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agenda', to='events.event')),
            ],
            options={
                'ordering': ['event', 'day', 'at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='EventMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('audience', models.CharField(choices=[('place', 'Everybody with a place'), ('waiting', 'Everybody on the waiting list'), ('came', 'Everybody who came')], max_length=10)),
                ('subject', models.CharField(max_length=120)),
                ('words', models.TextField(max_length=4000)),
                ('at', models.DateTimeField(default=core.clock.now)),
                ('people', models.PositiveIntegerField(help_text='How many it went to')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='events.event')),
            ],
            options={
                'ordering': ['-at', '-pk'],
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
            name='FeedbackComment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('text', models.TextField(max_length=1000)),
                ('is_illustrative', models.BooleanField(default=False)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='feedback_comments', to='events.event')),
            ],
            options={
                'verbose_name': 'comment on an event',
                'verbose_name_plural': 'comments on events',
                'ordering': ['event', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='FloorQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(max_length=280, verbose_name='question')),
                ('shows_name', models.BooleanField(default=False, verbose_name='show my name')),
                ('asked_at', models.DateTimeField(default=core.clock.now)),
                ('state', models.CharField(choices=[('asked', 'Waiting'), ('shown', 'On the screen'), ('answered', 'Answered'), ('hidden', 'Hidden')], default='asked', max_length=10)),
                ('hidden_because', models.CharField(blank=True, max_length=200)),
                ('votes', models.PositiveIntegerField(default=0, editable=False, help_text='How many asked for it too')),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='floor_questions', to='events.event')),
            ],
            options={
                'ordering': ['event', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='FloorVote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='given', to='events.floorquestion')),
            ],
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.EmailField(blank=True, help_text="As it was typed; empty where a council's people were invited", max_length=254)),
                ('invited_at', models.DateTimeField(default=core.clock.now)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='events.event')),
                ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='councils.organisation')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-invited_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Lead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(blank=True, help_text='Where this comes from, for records taken from a published document', max_length=200)),
                ('is_illustrative', models.BooleanField(default=False, help_text='Made up to show how the portal works')),
                ('reference', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('pounds', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='pounds a year, roughly')),
                ('words', models.TextField(max_length=1000, verbose_name='what could be saved')),
                ('told_on', models.DateField(default=core.clock.today, editable=False)),
                ('state', models.CharField(choices=[('new', 'New'), ('written_to', 'Written to'), ('closed', 'Closed')], default='new', max_length=10)),
                ('note', models.TextField(blank=True, help_text='What came of it; only the secretariat sees it', max_length=2000)),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leads', to='events.event')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='councils.service')),
            ],
            options={
                'ordering': ['-told_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Organiser',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('email', models.EmailField(blank=True, help_text='To which it was offered; empty once accepted', max_length=254)),
                ('at', models.DateTimeField(default=core.clock.now, help_text='When it was offered')),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='organisers', to='events.event')),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='organises', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Output',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('slides', 'Slides'), ('recording', 'Recording'), ('notes', 'Notes'), ('decision', 'Decision'), ('other', 'Something else')], max_length=10)),
                ('title', models.CharField(max_length=120)),
                ('link', models.URLField(blank=True, max_length=500)),
                ('document', models.FileField(blank=True, max_length=200, upload_to='outputs/%Y/')),
                ('added_at', models.DateTimeField(default=core.clock.now)),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='outputs', to='events.event')),
            ],
            options={
                'ordering': ['event', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='OwnCalendar',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='own_calendar', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ParticipantKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=60)),
                ('name', models.CharField(max_length=60)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('is_needed', models.BooleanField(default=True, verbose_name='the event needs somebody of this kind')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participant_kinds', to='events.event')),
            ],
            options={
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Pool',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='For whom, as in “3 places left for districts”', max_length=60)),
                ('organisation_kinds', models.JSONField(blank=True, default=list)),
                ('places', models.PositiveIntegerField()),
                ('taken', models.PositiveIntegerField(default=0, editable=False)),
                ('releases_at', models.DateTimeField(blank=True, help_text='Empty: never', null=True)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pools', to='events.event')),
                ('participant_kinds', models.ManyToManyField(blank=True, related_name='pools', to='events.participantkind')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='SignUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ('reference', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('status', models.CharField(choices=[('held', 'Held until you confirm your address'), ('offered', 'A place is offered to you'), ('confirmed', 'You have a place'), ('waiting', 'On the waiting list'), ('cancelled', 'Cancelled')], max_length=10)),
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
                ('diet', models.CharField(blank=True, max_length=300)),
                ('ended_because', models.CharField(blank=True, choices=[('gave_back', 'Given back'), ('declined', 'Offer declined'), ('lapsed', 'Not taken in time'), ('released', 'Released at the desk')], editable=False, max_length=10)),
                ('lapses_at', models.DateTimeField(blank=True, help_text='When a held or offered place ends by itself', null=True)),
                ('came_before', models.BooleanField(default=False, editable=False, help_text='Whether they had been at an earlier event of the year, of which the one or the other has no names')),
                ('came_before_in_stream', models.BooleanField(default=False, editable=False, help_text='The same of events of the same stream')),
                ('came_before_of_type', models.BooleanField(default=False, editable=False, help_text='The same of coming for an organisation of the same type')),
                ('came_before_in_region', models.BooleanField(default=False, editable=False, help_text='The same of coming for a council of the same region')),
                ('code', events.places.codes.PlaceCode(blank=True, editable=False, help_text='Short, to be read out at the desk', max_length=14)),
                ('is_let_in', models.BooleanField(default=False, editable=False, help_text='Came without a place of their own: those get free ones as they came')),
                ('left_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('released_at', models.DateTimeField(blank=True, editable=False, help_text='When the desk gave it up, as they had not come', null=True)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sign_ups', to='events.event')),
                ('kind', models.ForeignKey(blank=True, help_text='Empty: somebody else', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sign_ups', to='events.participantkind')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sign_ups', to='councils.organisation')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sign_ups', to=settings.AUTH_USER_MODEL)),
                ('pool', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='sign_ups', to='events.pool')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='QueueLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('offered', 'Offered a place'), ('promoted', 'Given a place at once'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('lapsed', 'Let the offer run out'), ('moved_back', 'Moved back to the list'), ('skipped', 'Passed over')], max_length=10)),
                ('position', models.PositiveIntegerField(help_text='Of the sign-up, at that moment')),
                ('passed_over', models.PositiveIntegerField(default=0, help_text='How many waited ahead and could not use the place')),
                ('because', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField(default=core.clock.now)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='queue_lines', to='events.event')),
                ('sign_up', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='queue_lines', to='events.signup')),
            ],
            options={
                'ordering': ['pk'],
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
                ('state', models.CharField(choices=[('open', 'Offered'), ('accepted', 'Accepted'), ('taken_back', 'Taken back'), ('expired', 'Run out'), ('to_agree', 'Accepted, waits for the organiser'), ('refused', 'Not agreed')], default='open', max_length=10)),
                ('colleague', models.ForeignKey(blank=True, help_text='Who has accepted, while the organiser has not agreed yet', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('giver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='offers', to='events.signup')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='DeskMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('in', 'Came'), ('out', 'Left'), ('undo', 'Had not come')], max_length=4)),
                ('desk', models.CharField(blank=True, help_text='1, 2 and so on by phone, or online', max_length=10)),
                ('client_id', models.UUIDField(default=uuid.uuid4, help_text='Made by the phone, so that a mark sent twice counts once')),
                ('at', models.DateTimeField(help_text='When it was pressed, by the desk’s own clock set right')),
                ('recorded_at', models.DateTimeField(default=core.clock.now)),
                ('by', models.ForeignKey(help_text='Empty: told history, or noted before the desk kept marks', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='events.event')),
                ('sign_up', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='events.signup')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SkillDemand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_on', models.DateField(help_text='The day at which it was counted')),
                ('not_important', models.PositiveIntegerField()),
                ('important', models.PositiveIntegerField()),
                ('key', models.PositiveIntegerField()),
                ('source', models.CharField(max_length=300)),
                ('skill', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='demand', to='events.skill')),
            ],
            options={
                'ordering': ['-asked_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Speaker',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=120)),
                ('role', models.CharField(blank=True, max_length=120)),
                ('organisation_name', models.CharField(blank=True, help_text='As it was typed', max_length=160)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='speakers', to='events.agendaitem')),
                ('organisation', models.ForeignKey(blank=True, help_text='The one meant', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='councils.organisation')),
                ('person', models.ForeignKey(blank=True, help_text='Their account, by their own wish', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['item', 'order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SpeakerClaim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField(default=core.clock.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('speaker', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='claims', to='events.speaker')),
            ],
            options={
                'ordering': ['asked_at', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.CheckConstraint(condition=models.Q(('day__gt', 0)), name='an_agenda_begins_on_the_first_day'),
        ),
        migrations.AddConstraint(
            model_name='eventmessage',
            constraint=models.CheckConstraint(condition=models.Q(('people__gt', 0), models.Q(('words', ''), _negated=True)), name='a_message_says_something_to_somebody'),
        ),
        migrations.AddConstraint(
            model_name='feedbackcomment',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='a_comment_says_something'),
        ),
        migrations.AddIndex(
            model_name='floorquestion',
            index=models.Index(fields=['event', 'state', '-votes'], name='floor_in_order'),
        ),
        migrations.AddConstraint(
            model_name='floorquestion',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='a_question_from_the_floor_has_words'),
        ),
        migrations.AddConstraint(
            model_name='floorquestion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('hidden_because__gt', ''), ('state', 'hidden')), models.Q(models.Q(('state', 'hidden'), _negated=True), ('hidden_because', '')), _connector='OR'), name='a_question_is_hidden_with_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='floorvote',
            constraint=models.UniqueConstraint(fields=('question', 'person'), name='one_vote_per_person_and_question'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('person__isnull', False), models.Q(('address', ''), _negated=True), _connector='OR'), name='an_invitation_goes_to_somebody'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(condition=models.Q(('person__isnull', False)), fields=('event', 'person'), name='a_person_is_invited_once'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(condition=models.Q(('address', ''), _negated=True), fields=('event', 'address'), name='an_address_is_invited_once'),
        ),
        migrations.AddIndex(
            model_name='lead',
            index=models.Index(fields=['state', 'told_on'], name='lead_queue'),
        ),
        migrations.AddConstraint(
            model_name='lead',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='a_lead_says_what_could_be_saved'),
        ),
        migrations.AddConstraint(
            model_name='lead',
            constraint=models.CheckConstraint(condition=models.Q(('pounds__isnull', True), ('pounds__gt', 0), _connector='OR'), name='a_lead_saves_something'),
        ),
        migrations.AddConstraint(
            model_name='organiser',
            constraint=models.UniqueConstraint(fields=('event', 'person'), name='one_organiser_per_person'),
        ),
        migrations.AddConstraint(
            model_name='organiser',
            constraint=models.UniqueConstraint(models.F('event'), django.db.models.functions.text.Lower('email'), condition=models.Q(('email', ''), _negated=True), name='one_organiser_per_invited_address'),
        ),
        migrations.AddConstraint(
            model_name='organiser',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('accepted_at__isnull', True), ('person__isnull', True), models.Q(('email', ''), _negated=True)), models.Q(('accepted_at__isnull', False), ('email', ''), ('person__isnull', False)), _connector='OR'), name='an_organiser_is_a_person_or_an_invited_address'),
        ),
        migrations.AddConstraint(
            model_name='output',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('document__gt', ''), ('link', '')), models.Q(('document', ''), ('link__gt', '')), _connector='OR'), name='an_output_is_a_link_or_a_document'),
        ),
        migrations.AddConstraint(
            model_name='output',
            constraint=models.UniqueConstraint(condition=models.Q(('link', ''), _negated=True), fields=('event', 'link'), name='an_event_has_each_link_once'),
        ),
        migrations.AddConstraint(
            model_name='participantkind',
            constraint=models.UniqueConstraint(fields=('event', 'key'), name='one_kind_per_key'),
        ),
        migrations.AddConstraint(
            model_name='participantkind',
            constraint=models.UniqueConstraint(models.F('event'), django.db.models.functions.text.Lower('name'), name='one_kind_per_name'),
        ),
        migrations.AddConstraint(
            model_name='participantkind',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('key', ''), _negated=True)), name='a_kind_of_people_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='pool',
            constraint=models.CheckConstraint(condition=models.Q(('places__gt', 0)), name='a_pool_has_a_place'),
        ),
        migrations.AddConstraint(
            model_name='pool',
            constraint=models.CheckConstraint(condition=models.Q(('taken__lte', models.F('places'))), name='a_pool_is_never_oversold'),
        ),
        migrations.AddConstraint(
            model_name='pool',
            constraint=models.UniqueConstraint(fields=('event', 'name'), name='one_pool_of_a_name_per_event'),
        ),
        migrations.AddIndex(
            model_name='signup',
            index=models.Index(fields=['event', 'status', 'position'], name='events_sign_event_i_b3512e_idx'),
        ),
        migrations.AddIndex(
            model_name='signup',
            index=models.Index(condition=models.Q(('lapses_at__isnull', False)), fields=['lapses_at'], name='place_lapses_at'),
        ),
        migrations.AddConstraint(
            model_name='signup',
            constraint=models.UniqueConstraint(fields=('event', 'position'), name='one_sign_up_per_position'),
        ),
        migrations.AddConstraint(
            model_name='signup',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'cancelled'), _negated=True), fields=('event', 'person'), name='one_living_sign_up_per_person'),
        ),
        migrations.AddConstraint(
            model_name='signup',
            constraint=models.CheckConstraint(condition=models.Q(('checked_in_at__isnull', True), ('status', 'confirmed'), _connector='OR'), name='only_confirmed_people_check_in'),
        ),
        migrations.AddConstraint(
            model_name='signup',
            constraint=models.CheckConstraint(condition=models.Q(('is_over_capacity', False), ('checked_in_at__isnull', False), _connector='OR'), name='only_who_is_there_is_over_the_capacity'),
        ),
        migrations.AddConstraint(
            model_name='signup',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lapses_at__isnull', False), ('status__in', ['held', 'offered'])), models.Q(models.Q(('status__in', ['held', 'offered']), _negated=True), ('lapses_at__isnull', True)), _connector='OR'), name='held_and_offered_places_lapse_and_no_other'),
        ),
        migrations.AddConstraint(
            model_name='signup',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'cancelled'), models.Q(('ended_because', ''), _negated=True)), models.Q(models.Q(('status', 'cancelled'), _negated=True), ('ended_because', '')), _connector='OR'), name='what_is_over_says_why'),
        ),
        migrations.AddConstraint(
            model_name='signup',
            constraint=models.CheckConstraint(condition=models.Q(('pool__isnull', True), models.Q(('is_over_capacity', False), ('status__in', ['held', 'offered', 'confirmed'])), _connector='OR'), name='only_a_place_taken_is_of_a_pool'),
        ),
        migrations.AddConstraint(
            model_name='signup',
            constraint=models.CheckConstraint(condition=models.Q(('person__isnull', False), models.Q(('access_needs', ''), ('diet', ''), ('is_listed', False), ('status__in', ['confirmed', 'cancelled'])), _connector='OR'), name='a_place_without_a_name_tells_nothing_of_anybody'),
        ),
        migrations.AddConstraint(
            model_name='signup',
            constraint=models.UniqueConstraint(fields=('event', 'code'), name='one_place_per_code'),
        ),
        migrations.AddConstraint(
            model_name='signup',
            constraint=models.CheckConstraint(condition=models.Q(('is_let_in', False), ('checked_in_at__isnull', False), _connector='OR'), name='only_who_is_there_was_let_in'),
        ),
        migrations.AddConstraint(
            model_name='signup',
            constraint=models.CheckConstraint(condition=models.Q(('is_over_capacity', False), ('is_let_in', True), _connector='OR'), name='only_who_was_let_in_is_over_the_capacity'),
        ),
        migrations.AddConstraint(
            model_name='signup',
            constraint=models.CheckConstraint(condition=models.Q(('left_at__isnull', True), ('checked_in_at__lte', models.F('left_at')), _connector='OR'), name='nobody_leaves_before_they_came'),
        ),
        migrations.AddConstraint(
            model_name='queueline',
            constraint=models.CheckConstraint(condition=models.Q(('passed_over', 0), models.Q(('because', ''), _negated=True), _connector='OR'), name='whoever_is_passed_over_is_told_why'),
        ),
        migrations.AddConstraint(
            model_name='placeoffer',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['open', 'to_agree'])), fields=('place',), name='one_open_offer_per_place'),
        ),
        migrations.AddConstraint(
            model_name='placeoffer',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'to_agree'), ('colleague__isnull', True), _connector='OR'), name='a_colleague_waits_until_it_is_decided'),
        ),
        migrations.AddIndex(
            model_name='deskmark',
            index=models.Index(fields=['sign_up', 'at'], name='events_desk_sign_up_0e33b4_idx'),
        ),
        migrations.AddConstraint(
            model_name='deskmark',
            constraint=models.UniqueConstraint(fields=('event', 'client_id'), name='one_mark_per_press'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(condition=models.Q(('settles_at__isnull', False)), fields=['settles_at'], name='event_settles_at'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('capacity__gt', 0)), name='event_has_a_place'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='event_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('contact__isnull', True), ('host__isnull', False), _connector='OR'), name='who_is_asked_answers_for_the_host'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('places_taken__lte', django.db.models.expressions.CombinedExpression(models.F('capacity'), '+', models.F('kept_over')))), name='event_is_never_oversold'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('council_cap__isnull', True), ('council_cap_until__isnull', True)), models.Q(('council_cap__gt', 0), ('council_cap_until__isnull', False)), _connector='OR'), name='a_cap_of_councils_has_its_end'),
        ),
        migrations.AddConstraint(
            model_name='skilldemand',
            constraint=models.UniqueConstraint(fields=('skill', 'asked_on'), name='one_demand_of_a_skill_a_survey'),
        ),
        migrations.AddConstraint(
            model_name='skilldemand',
            constraint=models.CheckConstraint(condition=models.Q(('not_important__gt', 0), ('important__gt', 0), ('key__gt', 0), _connector='OR'), name='somebody_said_what_they_need'),
        ),
        migrations.AddConstraint(
            model_name='speaker',
            constraint=models.UniqueConstraint(fields=('item', 'order'), name='one_speaker_per_place_in_a_line'),
        ),
        migrations.AddConstraint(
            model_name='speaker',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='a_speaker_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='speakerclaim',
            constraint=models.UniqueConstraint(fields=('speaker', 'person'), name='a_speaker_is_claimed_once_by_one'),
        ),
        migrations.RunPython(
            import_module("events.migrations.0015_programme_and_outputs").name_the_skills, migrations.RunPython.noop
        ),
        migrations.AddField(
            model_name="event",
            name="purposes",
            field=models.ManyToManyField(blank=True, related_name="events", to="projects.purpose"),
        ),
    ]
