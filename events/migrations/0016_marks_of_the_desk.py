import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

import core.clock
import events.places.codes


def draw_codes(apps, schema_editor):
    """Give each place its code, and say of those over the capacity that they were let in without a place."""
    SignUp = apps.get_model("events", "SignUp")
    SignUp.objects.filter(is_over_capacity=True).update(is_let_in=True)
    places = SignUp.objects.filter(code="").only("pk", "position").order_by("pk")
    rows = list(places)
    for place in rows:
        place.code = events.places.codes.new_code(place.position)
    SignUp.objects.bulk_update(rows, ["code"], batch_size=300)


def mark_who_came(apps, schema_editor):
    """Write the mark of each check-in that stands; who made it is in the audit trail alone."""
    SignUp, DeskMark = apps.get_model("events", "SignUp"), apps.get_model("events", "DeskMark")
    came = SignUp.objects.filter(checked_in_at__isnull=False, marks=None).values_list("pk", "event_id", "checked_in_at")
    marks = [
        DeskMark(sign_up_id=place, event_id=event, what="in", at=at, recorded_at=at)
        for place, event, at in came.order_by("checked_in_at", "pk")
    ]
    DeskMark.objects.bulk_create(marks, batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0015_programme_and_outputs'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DeskMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('in', 'Came'), ('out', 'Left'), ('undo', 'Had not come')], max_length=4)),
                ('desk', models.CharField(blank=True, help_text='1, 2 and so on by phone, or online', max_length=10)),
                ('client_id', models.UUIDField(default=uuid.uuid4, help_text='Made by the phone, so that a mark sent twice counts once')),
                ('at', models.DateTimeField(help_text='When it was pressed, by the desk’s own clock set right')),
                ('recorded_at', models.DateTimeField(default=core.clock.now)),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='signup',
            name='code',
            field=events.places.codes.PlaceCode(blank=True, editable=False, help_text='Short, to be read out at the desk', max_length=14),
        ),
        migrations.AddField(
            model_name='signup',
            name='is_let_in',
            field=models.BooleanField(default=False, editable=False, help_text='Came without a place of their own: those get free ones as they came'),
        ),
        migrations.AddField(
            model_name='signup',
            name='left_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='signup',
            name='released_at',
            field=models.DateTimeField(blank=True, editable=False, help_text='When the desk gave it up, as they had not come', null=True),
        ),
        migrations.AddField(
            model_name='deskmark',
            name='by',
            field=models.ForeignKey(help_text='Empty: told history, or noted before the desk kept marks', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='deskmark',
            name='event',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='events.event'),
        ),
        migrations.AddField(
            model_name='deskmark',
            name='sign_up',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='events.signup'),
        ),
        migrations.AddIndex(
            model_name='deskmark',
            index=models.Index(fields=['sign_up', 'at'], name='events_desk_sign_up_0e33b4_idx'),
        ),
        migrations.AddConstraint(
            model_name='deskmark',
            constraint=models.UniqueConstraint(fields=('event', 'client_id'), name='one_mark_per_press'),
        ),
        migrations.RunPython(draw_codes, migrations.RunPython.noop),
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
        migrations.RunPython(mark_who_came, migrations.RunPython.noop),
    ]
