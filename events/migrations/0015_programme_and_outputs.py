import datetime as dt

import core.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils.text import slugify


# The 14 skills of question 15, in its order, and how many said of each that it is not important, important, or key.
SKILLS = (
    ("User needs", 1, 43, 53),
    ("UX design", 18, 44, 27),
    ("Service design", 4, 53, 42),
    ("Digital inclusion", 9, 54, 33),
    ("Social media", 15, 61, 17),
    ("Web development", 11, 56, 28),
    ("Coding for non-techies", 56, 30, 7),
    ("Performance dashboards", 27, 55, 10),
    ("Identity assurance", 11, 51, 30),
    ("Procurement", 27, 49, 13),
    ("Security", 5, 52, 34),
    ("Digital strategies", 9, 54, 32),
    ("Agile", 13, 61, 22),
    ("Customer journey", 2, 46, 49),
)
SOURCE = "Local Digital Today 2014, 2.12; the numbers of people are worked back from its percentages"


def name_the_skills(apps, schema_editor):
    Skill, SkillDemand = apps.get_model("events", "Skill"), apps.get_model("events", "SkillDemand")
    for order, (name, not_important, important, key) in enumerate(SKILLS, start=1):
        skill = Skill.objects.create(name=name, slug=slugify(name), order=order)
        SkillDemand.objects.create(
            skill=skill,
            asked_on=dt.date(2014, 12, 31),
            not_important=not_important,
            important=important,
            key=key,
            source=SOURCE,
        )


def clear_the_address(apps, schema_editor):
    """Give an event at /events/skills/, where the skills are now, the next address that is free."""
    Event = apps.get_model("events", "Event")
    taken = set(Event.objects.filter(slug__startswith="skills").values_list("slug", flat=True))
    free = next(slug for n in range(1, len(taken) + 2) if (slug := f"skills-event{f'-{n}' if n > 1 else ''}") not in taken)
    Event.objects.filter(slug="skills").update(slug=free)


class Migration(migrations.Migration):

    dependencies = [
        ('events', "0014_after_the_day"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
        migrations.AddField(
            model_name='event',
            name='skills',
            field=models.ManyToManyField(blank=True, related_name='events', to='events.skill'),
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
            model_name='output',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('document__gt', ''), ('link', '')), models.Q(('document', ''), ('link__gt', '')), _connector='OR'), name='an_output_is_a_link_or_a_document'),
        ),
        migrations.AddConstraint(
            model_name='output',
            constraint=models.UniqueConstraint(condition=models.Q(('link', ''), _negated=True), fields=('event', 'link'), name='an_event_has_each_link_once'),
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
        migrations.RunPython(name_the_skills, migrations.RunPython.noop),
        migrations.RunPython(clear_the_address, migrations.RunPython.noop),
    ]
