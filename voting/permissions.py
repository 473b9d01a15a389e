"""Permissions of votes. That a vote is held is public; what was voted for is not, until its result is shown."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import AnyUser, User
from accounts.permissions import acts_as, has_role, has_second_factor
from accounts.roles import FACILITATING, Role
from core.permissions import EVERYONE, person_label, role_label
from events.models import Event, Organiser, SignUp
from events.permissions import can_run_events, organises
from voting.ballots.models import Ballot, RollEntry

_HAS_OPENED = ~Q(state=Ballot.State.DRAFT)


def sees_draft(user: AnyUser, ballot: Ballot) -> bool:
    """Facilitators, the secretariat and the organisers of its event see a vote that is being prepared."""
    return has_role(user, *FACILITATING) or (ballot.event is not None and organises(user, ballot.event))


def visible_ballots(user: AnyUser) -> QuerySet[Ballot]:
    """Everyone sees votes that have opened; facilitators, the secretariat and organisers also those being prepared."""
    if has_role(user, *FACILITATING):
        return Ballot.objects.all()
    if not user.is_authenticated or not organises(user):
        return opened_ballots()
    return Ballot.objects.filter(_HAS_OPENED | Exists(Organiser.objects.filter(event=OuterRef("event"), person=user)))


def opened_ballots() -> QuerySet[Ballot]:
    """Those of the `visible_ballots` that everyone sees, whoever asks."""
    return Ballot.objects.filter(_HAS_OPENED)


def awaited_ballots(user: AnyUser) -> QuerySet[Ballot]:
    """Drafts of a day at which somebody has a place: they may open the waiting page and see no more."""
    if not user.is_authenticated:
        return Ballot.objects.none()
    return Ballot.objects.filter(_has_place(user), state=Ballot.State.DRAFT)


def people_waiting_for(ballot_id: int, people: Collection[int]) -> set[int]:
    """Those of `people` for whom this ballot is among the `awaited_ballots`, in one query."""
    places = SignUp.objects.living().filter(
        event__ballots__pk=ballot_id, event__ballots__state=Ballot.State.DRAFT, person__in=people
    )
    return set(places.values_list("person_id", flat=True))


def may_come_to_vote(user: AnyUser, ballot: Ballot) -> bool:
    """Whoever has a place at the day of a vote, and so may still be put on its roll."""
    return user.is_authenticated and Ballot.objects.filter(_has_place(user), pk=ballot.pk).exists()


def _has_place(user: User) -> Exists:
    return Exists(SignUp.objects.living().filter(event=OuterRef("event"), person=user))


def can_run_ballots(user: AnyUser) -> bool:
    """Facilitators, the secretariat and organisers of an event; guards the pages on which votes are run.

    Which of them runs a vote, `can_run_ballot` says.
    """
    return can_run_events(user)


def can_prepare_ballot(user: AnyUser, event: Event | None) -> bool:
    """Whoever would run it."""
    return can_run_ballot(user, Ballot(event=event))


def can_run_ballot(user: AnyUser, ballot: Ballot) -> bool:
    """The secretariat; of an event’s vote also the event’s organisers and the facilitator who made the event.

    Where nobody is known to have made an event, any facilitator. All of them with a second factor.
    """
    if acts_as(user, Role.SECRETARIAT):
        return True
    if ballot.event is None or not user.is_authenticated:
        return False
    if acts_as(user, Role.FACILITATOR) and ballot.event.made_by_id in (None, user.pk):
        return True
    return organises(user, ballot.event) and has_second_factor(user)


def ballots_run_by(user: AnyUser) -> QuerySet[Ballot]:
    """The votes that somebody may run, as `can_run_ballot` says of one."""
    if acts_as(user, Role.SECRETARIAT):
        return Ballot.objects.all()
    if not user.is_authenticated:
        return Ballot.objects.none()
    own = Q(event__isnull=False, event__made_by=None) | Q(event__made_by=user)
    run = own if acts_as(user, Role.FACILITATOR) else Q(pk__in=[])
    if organises(user) and has_second_factor(user):
        run |= Q(Exists(Organiser.objects.filter(event=OuterRef("event"), person=user)))
    return Ballot.objects.filter(run)


def roll_entry_of(user: AnyUser, ballot: Ballot) -> RollEntry | None:
    """Somebody's entry on the roll of a ballot, if any that was not struck off."""
    if not user.is_authenticated:
        return None
    return ballot.roll.standing().filter(person=user).select_related("organisation").first()


def _was_on_roll(user: AnyUser, ballot: Ballot) -> bool:
    """Whether somebody stands on the roll of a ballot, or was handed a card or a slip instead."""
    return user.is_authenticated and ballot.roll.known().filter(person=user).exists()


def can_see_choices(user: AnyUser, ballot: Ballot) -> bool:
    """Of an open vote whose result is shown: those who run it, the secretariat, and its roll."""
    if ballot.is_secret or not ballot.shows_result:
        return False
    if has_role(user, Role.SECRETARIAT) or can_run_ballot(user, ballot):
        return True
    return _was_on_roll(user, ballot)


def can_see_who_voted(user: AnyUser, ballot: Ballot) -> bool:
    """Of a vote that has closed: those who run it, the secretariat, and those on its roll."""
    if not ballot.has_ended:
        return False
    if has_role(user, Role.SECRETARIAT) or can_run_ballot(user, ballot):
        return True
    return _was_on_roll(user, ballot)


def reader_groups(ballot: Ballot) -> list[str]:
    """`visible_ballots` as labels that search filters on."""
    if ballot.state != Ballot.State.DRAFT:
        return [EVERYONE]
    organisers = ballot.event.organisers.all() if ballot.event else ()
    return [*map(role_label, FACILITATING), *(person_label(each.person_id) for each in organisers if each.person_id)]
