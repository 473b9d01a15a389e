"""The words of each message about a need."""

from django.conf import settings
from django.db.models import QuerySet

from accounts.models import User
from outbox.kinds import Letter, kind
from projects.needs.models import Need, NeedMove


def _needs() -> QuerySet[Need]:
    return Need.objects.select_related("merged_into")


def _moves() -> QuerySet[NeedMove]:
    return NeedMove.objects.select_related("need")


def _address(need: Need) -> str:
    return settings.BASE_URL + need.get_absolute_url()


@kind(
    "projects.need_merged",
    "A need you raised or joined is merged into another",
    about=_needs,
    began="raised_at",
    can_be_turned_off=True,
)
def need_merged(need: Need, to: User | None) -> Letter | None:
    if (into := need.merged_into) is None:
        return None
    return Letter("emails/need_merged", {"person": to, "need": need, "into": into, "url": _address(into)})


@kind(
    "projects.need_withdrawn",
    "A need you raised or joined is withdrawn",
    about=_needs,
    began="raised_at",
    can_be_turned_off=True,
)
def need_withdrawn(need: Need, to: User | None) -> Letter | None:
    if need.state != Need.State.WITHDRAWN:
        return None
    return Letter("emails/need_withdrawn", {"person": to, "need": need, "url": _address(need)})


@kind(
    "projects.need_moved",
    "Something came of a need you raised or joined",
    about=_moves,
    began="need.raised_at",
    can_be_turned_off=True,
)
def need_moved(move: NeedMove, to: User | None, others: list[int]) -> Letter | None:
    """What came of needs that somebody raised or joined: one thing, in one message; `others` are the same of others."""
    moves = [move, *_moves().filter(pk__in=others)]
    needs = [(each.need, _address(each.need)) for each in moves]
    url = settings.BASE_URL + move.path
    return Letter("emails/need_moved", {"person": to, "move": move, "needs": needs, "url": url})
