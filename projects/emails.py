"""The words and recipients of each message about a need or a business case."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Model

from accounts.models import User
from accounts.permissions import holders_of
from accounts.roles import Role
from core import mail
from councils.queries import leads_of
from projects.models import BusinessCase, Need, NeedMove
from projects.queries import who_has


def _address(record: Model) -> str:
    return settings.BASE_URL + record.get_absolute_url()  # type: ignore[attr-defined]  # every record here has a page


def _write(people: Iterable[User], template: str, **context: object) -> None:
    for person in people:
        mail.send(to=person.email, template=f"emails/{template}", context={"person": person, **context})


def need_merged(need: Need, *, by: int) -> None:
    if need.state == Need.State.MERGED and need.merged_into:
        into = need.merged_into
        _write(who_has(need).exclude(pk=by), "need_merged", need=need, into=into, url=_address(into))


def need_withdrawn(need: Need, *, by: int) -> None:
    if need.state == Need.State.WITHDRAWN:
        _write(who_has(need).exclude(pk=by), "need_withdrawn", need=need, url=_address(need))


def needs_moved(person: User, moves: list[NeedMove]) -> None:
    """What came of needs that somebody raised or joined: one thing, in one message."""
    if moves and person.is_active:
        needs = [(move.need, _address(move.need)) for move in moves]
        _write([person], "need_moved", move=moves[0], needs=needs, url=settings.BASE_URL + moves[0].path)


def case_submitted(case: BusinessCase) -> None:
    """To the board; where none of its people has an account, to the secretariat that puts it before the board."""
    if case.state == BusinessCase.State.SUBMITTED:
        deciding = list(holders_of(Role.BOARD)) or list(holders_of(Role.SECRETARIAT))
        _write(deciding, "case_submitted", case=case, project=case.project, url=_address(case.project))


def case_decided(case: BusinessCase) -> None:
    """To whoever wrote it, and the leads of the council that runs the project."""
    if case.state not in {BusinessCase.State.ACCEPTED, BusinessCase.State.REJECTED}:
        return
    people = User.objects.filter(pk=case.written_by_id, is_active=True)
    if case.project.lead_council:
        people = (people | User.objects.filter(pk__in=leads_of(case.project.lead_council).values("pk"))).distinct()
    _write(people, "case_decided", case=case, project=case.project, url=_address(case.project))
