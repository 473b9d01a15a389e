"""Who may see, run and cast votes. An open vote is public but for who ticked what."""

from django.db.models import QuerySet

from accounts.models import AnyUser
from accounts.permissions import acts_as, has_role
from accounts.roles import Role
from voting.models import Ballot, RollEntry


def visible_ballots(user: AnyUser) -> QuerySet[Ballot]:
    """Everyone sees open and closed votes; facilitators also those being prepared."""
    if has_role(user, Role.FACILITATOR):
        return Ballot.objects.all()
    return Ballot.objects.exclude(state=Ballot.State.DRAFT)


def can_run_ballots(user: AnyUser) -> bool:
    """Facilitators prepare, open and close votes, add to the roll and say what came out."""
    return acts_as(user, Role.FACILITATOR)


def roll_entry_of(user: AnyUser, ballot: Ballot) -> RollEntry | None:
    """Someone's line on the roll of a ballot."""
    if not user.is_authenticated:
        return None
    return ballot.roll.filter(person=user).select_related("organisation").first()


def can_see_choices(user: AnyUser, ballot: Ballot) -> bool:
    """Who voted for what: the people in this vote and its facilitators."""
    return has_role(user, Role.FACILITATOR) or roll_entry_of(user, ballot) is not None


def reader_groups(ballot: Ballot) -> list[str]:
    """The same rule as `visible_ballots`, as labels that search can filter on."""
    if ballot.state == Ballot.State.DRAFT:
        return [f"role:{Role.FACILITATOR.value}"]
    return ["everyone"]
