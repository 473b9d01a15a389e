"""The secretariat says that a council ends and who carries on; once its last day is over, what goes on goes over."""

import datetime as dt
from collections.abc import Iterable

import structlog
from django.db import DatabaseError, transaction
from django.db.models import Q, QuerySet

from accounts import rights
from accounts.models import User
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.permissions import require
from core.words import day_in_words
from councils import emails
from councils.models import EmailDomain, Membership, Organisation, Reorganisation, System, all_take_overs, lineage_among
from councils.permissions import RANK, can_reorganise
from councils.succession import RunningWork, Succession, hand_everything_on
from outbox.operations import queue_message

log = structlog.get_logger(__name__)

State = Membership.State


@transaction.atomic
def reorganise(
    council: Organisation,
    *,
    by: User,
    ends_on: dt.date,
    carried_on_by: Organisation,
    others: Iterable[Organisation] = (),
    order: str,
) -> Reorganisation:
    """Say that a council ends, which councils take over its area, and which of them carries on what goes on there.

    What goes on goes over at once where the last day is over, else on the day after it. Until then the same form
    changes it; the same answers again change nothing.
    """
    council, carried_on_by, *others = _locked(council, carried_on_by, *others)
    rights.forget()
    require(can_reorganise(by), "Only the secretariat, with a second factor set up, records a reorganisation.")
    if not (order := order.strip()):
        raise Refused("Name the order or decision that it rests on.", field="order")
    successors = {carried_on_by, *others}
    said = Reorganisation.objects.filter(council=council).first()
    stands = said and (council.ends_on, said.carried_on_by_id, said.order) == (ends_on, carried_on_by.pk, order)
    if said and stands and set(council.successors.all()) == successors:
        return said
    if said and said.is_carried_out:
        raise Refused(f"This was carried out: what went on at {council} went to {said.carried_on_by}.")
    _check(council, ends_on, carried_on_by, others)
    council.ends_on = ends_on
    council.save(update_fields=["ends_on"])
    council.successors.set(successors)
    answers = {"carried_on_by": carried_on_by, "order": order[:200], "said_by": by, "said_at": clock.now()}
    said, _ = Reorganisation.objects.update_or_create(council=council, defaults=answers)
    said.council = council
    log_action("councils.reorganised", by=by, about=council, ends_on=ends_on.isoformat(), to=carried_on_by.pk)
    return _carry_out(said) if council.has_ended else said


def _locked(*councils: Organisation) -> list[Organisation]:
    """The councils anew, locked in one order, so that two people at once take turns."""
    keys = [each.pk for each in councils]
    rows = {each.pk: each for each in Organisation.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    return [rows[key] for key in keys]


def _check(council: Organisation, ends_on: dt.date, carried_on_by: Organisation, others: list[Organisation]) -> None:
    if not council.is_council:
        raise Refused(f"{council.official_name} is no council.")
    if council.starts_on and ends_on < council.starts_on:
        raise Refused(f"{council} began on {day_in_words(council.starts_on)}.", field="ends_on")
    if ends_on <= clock.LAST_DAY_OF_THE_RECORD:
        last = day_in_words(clock.LAST_DAY_OF_THE_RECORD)
        raise Refused(f"Give a day after {last}: what was counted up to then stays as it is.", field="ends_on")
    was_said = Reorganisation.objects.filter(council=council).exists()
    if council.has_ended and not was_said and ends_on != council.ends_on:
        raise Refused(f"By the register its last day was {day_in_words(council.ends_on)}.", field="ends_on")
    begins_on = ends_on + dt.timedelta(days=1)
    waits = Reorganisation.objects.filter(carried_on_by=council, carried_out_at=None, council__ends_on__gte=ends_on)
    if first := waits.select_related("council").first():
        raise Refused(
            f"{council} itself is to carry on the work of {first.council} after that day. Change that first.",
            field="ends_on",
        )
    own = lineage_among(council.pk, all_take_overs())
    for successor in (carried_on_by, *others):
        field = "carried_on_by" if successor == carried_on_by else "others"
        if not successor.is_council or successor == council:
            raise Refused(f"{successor.official_name} cannot take over from {council}.", field=field)
        if successor.starts_on and successor.starts_on > begins_on:
            began = day_in_words(successor.starts_on)
            raise Refused(f"{successor} begins on {began}, later than on the day after the last.", field=field)
        if successor.ends_on and successor.ends_on < begins_on:
            raise Refused(f"{successor} has ended by then. Choose its successor.", field=field)
        if successor.pk in {*own.whole, *own.part}:
            raise Refused(f"{council} itself took over from {successor}.", field=field)
    if carried_on_by.has_ended:
        raise Refused(
            f"{carried_on_by} has ended, so it carries nothing on. Choose its successor.", field="carried_on_by"
        )


def _carry_out(said: Reorganisation) -> Reorganisation:
    """Hand on what goes on at the council, and write down what that was."""
    succession = Succession(said.council, said.carried_on_by, said.takes_over_on, said.said_by)
    said.went_over = hand_everything_on(succession)
    said.carried_out_at = clock.now()
    said.save(update_fields=["went_over", "carried_out_at"])
    log_action("councils.reorganisation_carried_out", by=said.said_by, about=said.council, went_over=said.went_over)
    return said


def carry_out_what_is_due() -> int:
    """Carry out the reorganisations whose last day is over, each in a transaction of its own; returns how many."""
    due = Reorganisation.objects.filter(carried_out_at=None, council__ends_on__lt=clock.today())
    return sum(_carried_out(key) for key in list(due.order_by("council__ends_on", "pk").values_list("pk", flat=True)))


def _carried_out(key: int) -> bool:
    """Whether one was carried out; what is wrong with one keeps back no other."""
    try:
        return _carry_out_one(key)
    except (Refused, DatabaseError):
        log.exception("reorganisation_not_carried_out", key=key)
        return False


@transaction.atomic
def _carry_out_one(key: int) -> bool:
    said = Reorganisation.objects.select_related("council", "carried_on_by", "said_by").get(pk=key)
    said.council, said.carried_on_by = _locked(said.council, said.carried_on_by)
    said.refresh_from_db(fields=["carried_out_at"])
    is_due = not said.is_carried_out and said.council.has_ended
    if is_due:
        _carry_out(said)
    return is_due


# What goes on at a council as this app knows it.


def _hand_on_place(place: Membership, succession: Succession) -> None:
    """A member has the same place at the successor, or the higher of two; consent to be asked by name is asked anew."""
    was = place.state
    own = Membership.objects.filter(person=place.person_id, organisation=succession.to)
    there = own.exclude(state=State.ENDED).first()
    if there is None:
        there = Membership(person_id=place.person_id, organisation=succession.to, role=place.role, state=was)
        there.via_domain, there.affirmed_at, there.created_at = place.via_domain, place.affirmed_at, clock.now()
    elif was == State.CONFIRMED:
        is_higher = there.state != State.CONFIRMED or RANK[place.role] > RANK[there.role]
        there.role = place.role if is_higher else there.role
        there.state = State.CONFIRMED
    if there.state == State.CONFIRMED:
        there.decided_by, there.decided_at = succession.by, clock.now()
    there.save()
    place.state, place.may_be_asked = State.ENDED, False
    place.decided_by, place.decided_at = succession.by, clock.now()
    place.save()
    log_action("councils.membership_went_over", by=succession.by, about=there, was=succession.council.pk)
    queue_message(emails.membership_went_over, there, to=there.person)


def _hand_on_system(system: System, succession: Succession) -> None:
    """The successor runs what the council ran, unless it has said so itself; a waiting line waits for its lead."""
    same = System.objects.filter(
        council=succession.to, product_key=system.product_key, service=system.service_id
    ).exists()
    if not same:
        system.council = succession.to
        system.save(update_fields=["council"])


def _hand_on_domain(domain: EmailDomain, succession: Succession) -> None:
    EmailDomain.objects.get_or_create(
        domain=domain.domain, organisation=succession.to, defaults={"includes_subdomains": domain.includes_subdomains}
    )


def _running_systems(council: Organisation) -> QuerySet[System]:
    return System.objects.filter(Q(until=None) | Q(until__gte=clock.today()), council=council)


OWN = (
    RunningWork(
        ("person who acts for it", "people who act for it"),
        lambda council: (
            Membership.objects.filter(organisation=council)
            .exclude(state=State.ENDED)
            .select_related("person", "organisation")
        ),
        _hand_on_place,
    ),
    RunningWork(("system it runs", "systems it runs"), _running_systems, _hand_on_system),
    RunningWork(
        ("e-mail domain", "e-mail domains"),
        lambda council: council.domains.exclude(
            domain__in=EmailDomain.objects.exclude(organisation=council).values("domain")
        ),
        _hand_on_domain,
    ),
)
