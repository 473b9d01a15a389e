"""Permissions of votes. An open vote is public, except for who ticked what."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import AnyUser, User
from accounts.permissions import acts_as, has_role
from accounts.roles import FACILITATING
from core.permissions import EVERYONE, role_label
from events.models import SignUp
from voting.ballots.models import Ballot, RollEntry


def sees_drafts(user: AnyUser) -> bool:
    """Facilitators and the secretariat see votes that are being prepared."""
    return has_role(user, *FACILITATING)


def visible_ballots(user: AnyUser) -> QuerySet[Ballot]:
    """Everyone sees open and closed votes; facilitators and the secretariat also those being prepared."""
    if sees_drafts(user):
        return Ballot.objects.all()
    return Ballot.objects.exclude(state=Ballot.State.DRAFT)


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
    """Facilitators and the secretariat prepare, open and close votes, add to the roll and say what came out."""
    return acts_as(user, *FACILITATING)


def roll_entry_of(user: AnyUser, ballot: Ballot) -> RollEntry | None:
    """Somebody's entry on the roll of a ballot, if any."""
    if not user.is_authenticated:
        return None
    return ballot.roll.filter(person=user).select_related("organisation").first()


def can_see_choices(user: AnyUser, ballot: Ballot) -> bool:
    """Facilitators, the secretariat and people on the roll, who see who voted for what."""
    return has_role(user, *FACILITATING) or roll_entry_of(user, ballot) is not None


def reader_groups(ballot: Ballot) -> list[str]:
    """`visible_ballots` as labels that search filters on."""
    if ballot.state == Ballot.State.DRAFT:
        return [*map(role_label, FACILITATING)]
    return [EVERYONE]
