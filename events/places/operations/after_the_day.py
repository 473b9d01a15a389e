"""What becomes of places once an event is over: the queue goes after 30 days, names after 12 months, counts stay."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from audit.operations import log_action
from core import clock
from core.schedules import do_each
from events.event import keeping
from events.event.models import Event
from events.event.speakers import SpeakerClaim
from events.places.attended import CAME_BEFORE
from events.places.models import SignUp
from events.places.operations.queue import lock
from questions.operations import drop_all_answers, drop_answers

NOTHING = dict.fromkeys(SignUp.HEALTH, "")


def forget_who_waited() -> int:
    """Delete the places of those who only waited, and what they answered, 30 days after the event; how many.

    Each event in a transaction of its own. Told history keeps its own.
    """
    waited = SignUp.objects.filter(event=OuterRef("pk"), status=SignUp.Status.WAITING)
    over = keeping.WAITING.over.filter(Exists(waited))
    return do_each(_forget_who_waited, over.order_by("starts_at", "pk"))


@transaction.atomic
def _forget_who_waited(event: Event) -> int:
    event = lock(event)
    if event.ends_at > keeping.WAITING.cutoff:
        return 0  # the event was moved meanwhile
    if gone := _drop_who_waited(event):
        log_action("events.forgot_who_waited", by=None, about=event, places=gone)
    return gone


def _drop_who_waited(event: Event) -> int:
    """Delete the places of those who wait at the locked event, and what they answered; how many.

    Of somebody whom the desk checked in by mistake the marks stay, and with them a place that is over, without a name.
    """
    waiting = event.sign_ups.filter(status=SignUp.Status.WAITING)
    places = list(waiting.annotate(has_marks=Exists(event.marks.filter(sign_up=OuterRef("pk")))).order_by("pk"))
    for place in places:
        if event.question_set_id and place.person_id:
            drop_answers(event.question_set_id, place.person_id)
    kept = [place for place in places if place.has_marks]
    kept_keys = [place.pk for place in kept]
    event.sign_ups.filter(pk__in=kept_keys).update(
        status=SignUp.Status.CANCELLED, ended_because=SignUp.Ended.LAPSED, cancelled_at=event.now
    )
    _take_names_off(kept)
    waiting.exclude(pk__in=kept_keys).delete()
    return len(places)


def _take_names_off(places: Sequence[SignUp]) -> None:
    """Leave of places only what is counted. Reference and code are drawn anew, since they stand in mails."""
    for place in places:
        place.become_another()
        place.save(update_fields=["reference", "code"])
    nameless = SignUp.objects.filter(pk__in=[place.pk for place in places])
    nameless.update(person=None, is_listed=False, last_reminder="", **NOTHING)


def forget_names() -> int:
    """Take the names off the places of each event that has been over for 12 months; of how many events.

    Each in a transaction of its own, the earliest first, so that a stop loses and repeats none. Told history keeps its
    people, who are made up.
    """
    over = keeping.NAMES.over.filter(names_gone_at=None)
    return do_each(_forget_names, over.order_by("starts_at", "pk"))


@transaction.atomic
def _forget_names(event: Event) -> bool:
    """Take the names off one event. What is counted stays: council, kind, who came, and who had come before that year.

    Of the marks of the desk, who made them goes too.
    """
    event = lock(event)
    if event.names_gone_at is not None or event.ends_at > keeping.NAMES.cutoff:
        return False  # another worker was first, or the event was moved meanwhile
    _drop_who_waited(event)  # where the queue's own schedule has not come by
    _remember_who_came_before(event)
    found = list(event.sign_ups.named().only("pk", "reference", "position"))
    _take_names_off(found)
    event.marks.forget_who_kept_the_desk()
    SpeakerClaim.objects.filter(speaker__item__event=event).delete()
    if event.question_set_id:
        drop_all_answers(event.question_set_id)
    Event.objects.filter(pk=event.pk).update(names_gone_at=clock.now())
    log_action("events.forgot_names", by=None, about=event, places=len(found))
    return True


def _remember_who_came_before(event: Event) -> None:
    """Note for the counts of the year, while names are there, who came to more than one of its events.

    In the order in which events began, whichever loses its names first: the first at which somebody was counts them,
    in all and within each stream, type of organisation and region.
    """
    others = _attended_in_the_year_of(event)
    earlier = Q(event__starts_at__lt=event.starts_at) | Q(event__starts_at=event.starts_at, event__lt=event.pk)
    came = SignUp.objects.filter(event=event, checked_in_at__isnull=False, person__isnull=False)
    for noted, part in CAME_BEFORE.items():
        here, there = came.annotate(part=part), others.annotate(part=part)
        same = {"person": OuterRef("person"), "part": OuterRef("part")}
        again = here.filter(Exists(there.filter(earlier, **same)))
        later = there.exclude(earlier).filter(Exists(here.filter(**same)))
        for rows in (again, later):
            SignUp.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).update(**{noted: True})


def _attended_in_the_year_of(event: Event) -> QuerySet[SignUp]:
    """The places, with names, of those who were at another event of the same year."""
    there = SignUp.objects.filter(checked_in_at__isnull=False, event__state=Event.State.PUBLISHED)
    return there.named().filter(event__starts_at__year=timezone.localdate(event.starts_at).year).exclude(event=event)
