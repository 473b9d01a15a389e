"""The secretariat says that a council ends and who carries on; once its last day is over, what goes on goes over."""

import datetime as dt
from collections.abc import Iterable

import structlog
from django.db import DatabaseError, transaction
from django.db.models import ProtectedError, Q, QuerySet

from accounts import rights
from accounts.models import User
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.permissions import require
from councils import emails
from councils.foreseeing import ONLY_THE_SECRETARIAT
from councils.founding import NewCouncil, found, move_first_day
from councils.models import EmailDomain, Membership, Organisation, Reorganisation, System
from councils.permissions import RANK, can_reorganise
from councils.reorganisation_rules import check, heir_of
from councils.succession import RunningWork, Succession, hand_everything_on, take_followers
from outbox.operations import queue_message

log = structlog.get_logger(__name__)

State = Membership.State


@transaction.atomic
def reorganise(
    council: Organisation,
    *,
    by: User,
    ends_on: dt.date,
    carried_on_by: Organisation | NewCouncil,
    others: Iterable[Organisation] = (),
    order: str,
) -> Reorganisation:
    """Say that a council ends, which councils take over its area, and which of them carries on what goes on there.

    What goes on goes over at once where the last day is over, else on the day after it. Until then the same form
    changes it; the same answers again change nothing. One that is to carry on and is not in the directory is founded.
    """
    known = [carried_on_by] if isinstance(carried_on_by, Organisation) else []
    council, *successors = _locked(council, *known, *others)
    rights.forget()
    require(can_reorganise(by), ONLY_THE_SECRETARIAT)
    said = Reorganisation.objects.filter(council=council).select_related("carried_on_by").first()
    heir = heir_of(council, successors.pop(0) if known else carried_on_by, ends_on, said)
    if said and heir.pk and _says(said, council, ends_on, [heir, *successors], order.strip()):
        return said
    if said and said.is_carried_out:
        raise Refused(f"This was carried out: what went on at {council} went to {said.carried_on_by}.")
    if said and heir == said.carried_on_by:
        move_first_day(said, council.ends_on, ends_on, heir)
    order = check(council, ends_on, heir, successors, order)
    is_founding = heir.pk is None or (said is not None and said.is_founding and said.carried_on_by == heir)
    if heir.pk is None:
        found(heir, by=by)
    council.ends_on = ends_on
    council.save(update_fields=["ends_on"])
    council.successors.set({heir, *successors})
    answers = {"carried_on_by": heir, "order": order[:200], "said_by": by, "said_at": clock.now()}
    answers["is_founding"] = is_founding
    before, (said, _) = said, Reorganisation.objects.update_or_create(council=council, defaults=answers)
    said.council = council
    if before and before.carried_on_by != heir:
        _close_again(before)
    log_action("councils.reorganised", by=by, about=council, ends_on=ends_on.isoformat(), to=heir.pk)
    return _carry_out(said) if council.has_ended else said


def _locked(*councils: Organisation) -> list[Organisation]:
    """The councils anew, locked in one order, so that two people at once take turns; refused if one has gone since."""
    keys = [each.pk for each in councils]
    rows = {each.pk: each for each in Organisation.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    if gone := next((each for each in councils if each.pk not in rows), None):
        raise Refused(f"{gone} is no longer in the directory: what it was founded for was taken back.")
    return [rows[key] for key in keys]


def _says(
    said: Reorganisation, council: Organisation, ends_on: dt.date, successors: list[Organisation], order: str
) -> bool:
    """Whether just this was recorded before; the first of the successors carries on."""
    stands = (council.ends_on, said.carried_on_by_id, said.order) == (ends_on, successors[0].pk, order)
    return stands and set(council.successors.all()) == set(successors)


@transaction.atomic
def take_back_reorganisation(council: Organisation, *, by: User) -> Organisation:
    """Take back a reorganisation whose last day is not over: the council goes on, and one founded for it is gone."""
    [council] = _locked(council)
    rights.forget()
    require(can_reorganise(by), ONLY_THE_SECRETARIAT)
    stands = Reorganisation.objects.filter(council=council).select_related("carried_on_by").first()
    if stands is None:
        return council
    if stands.is_carried_out or council.has_ended:
        raise Refused(f"{council} has ended, and what went on there is with {stands.carried_on_by}.")
    council.ends_on = None
    council.save(update_fields=["ends_on"])
    council.successors.clear()
    stands.delete()
    _close_again(stands)
    log_action("councils.reorganisation_taken_back", by=by, about=council, was=stands.carried_on_by_id)
    return council


def _close_again(said: Reorganisation) -> None:
    """Delete the council that was founded with it, unless something hangs on it; its followers follow the other one."""
    # With its row locked, another reorganisation that names it stands by now, or waits and finds it gone.
    heir = Organisation.objects.select_for_update().get(pk=said.carried_on_by_id)
    is_used = heir.memberships.exists() or heir.predecessors.exclude(pk=said.council_id).exists()
    is_said = Reorganisation.objects.filter(carried_on_by=heir).exclude(council=said.council_id).exists()
    if said.is_founding and not is_used and not is_said:
        try:
            with transaction.atomic():
                take_followers(heir, said.council)
                heir.delete()
        except ProtectedError:
            log.info("founded_council_stays", council=heir.pk)


def _carry_out(said: Reorganisation) -> Reorganisation:
    """Hand on what goes on at the council, and write down what that was."""
    succession = Succession(said.council, said.carried_on_by, said.takes_over_on, said.said_by)
    went = hand_everything_on(succession)
    said.went_over = went.words
    said.carried_out_at = clock.now()
    said.save(update_fields=["went_over", "carried_out_at"])
    to = {"to": said.carried_on_by.pk, "went_over": went.words, "rows": went.rows}
    log_action("councils.reorganisation_carried_out", by=said.said_by, about=said.council, **to)
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
    said = Reorganisation.objects.select_related("council", "carried_on_by").filter(pk=key).first()
    if said is None:
        return False
    council, heir = _locked(said.council, said.carried_on_by)
    # It may have been carried out, changed or taken back while this waited for the lock.
    stands = Reorganisation.objects.filter(pk=key, carried_on_by=heir, carried_out_at=None).select_related("said_by")
    if (said := stands.first()) is None or not council.has_ended:
        return False
    said.council, said.carried_on_by = council, heir
    _carry_out(said)
    return True


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
        lambda place: f"{place.person}, {place.line.lower()}",
    ),
    RunningWork(("system it runs", "systems it runs"), _running_systems, _hand_on_system, lambda each: each.product),
    RunningWork(
        ("e-mail domain", "e-mail domains"),
        lambda council: council.domains.exclude(
            domain__in=EmailDomain.objects.exclude(organisation=council).values("domain")
        ),
        _hand_on_domain,
        str,
    ),
)
