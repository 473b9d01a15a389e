"""What becomes of places once an event is over: the queue goes after 30 days, names after 12 months, counts stay."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from audit.operations import log_action
from core import clock
from events.event import keeping
from events.event.models import Event
from events.event.speakers import SpeakerClaim
from events.places.attended import CAME_BEFORE
from events.places.models import SignUp
from events.places.operations.queue import lock
from questions.operations import drop_all_answers


@transaction.atomic
def forget_who_waited() -> int:
    """Delete the places of those who only waited, 30 days after the event; how many. Told history keeps its own."""
    waited = SignUp.objects.filter(event__in=keeping.WAITING.over, status=SignUp.Status.WAITING)
    gone = waited.delete()[1].get(SignUp._meta.label, 0)
    if gone:
        log_action("events.forgot_who_waited", by=None, places=gone)
    return gone


def forget_names() -> int:
    """Take the names off the places of each event that has been over for 12 months; of how many events.

    Each in a transaction of its own, the earliest first, so that a stop loses and repeats none. Told history keeps its
    people, who are made up.
    """
    over = keeping.NAMES.over.filter(names_gone_at=None)
    return sum(_forget_names(event) for event in over.order_by("starts_at", "pk"))


@transaction.atomic
def _forget_names(event: Event) -> bool:
    """Take the names off one event. What is counted stays: council, kind, who came, and who had come before that year.

    The reference and the code go too, since they stand in mails; of the marks of the desk, who made them.
    """
    event = lock(event)
    if event.names_gone_at is not None or event.ends_at > keeping.NAMES.cutoff:
        return False  # another worker was first, or the event was moved meanwhile
    event.sign_ups.filter(status=SignUp.Status.WAITING).delete()  # where the queue's own schedule has not come by
    _remember_who_came_before(event)
    places = event.sign_ups.named()
    found = list(places.only("pk", "reference", "position"))
    for place in found:
        place.become_another()
        place.save(update_fields=["reference", "code"])
    nothing = dict.fromkeys(SignUp.HEALTH, "")
    places.update(person=None, is_listed=False, last_reminder="", **nothing)
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
