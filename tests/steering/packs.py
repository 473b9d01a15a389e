"""A board that is about to meet, for the tests of its pack: what it reads, and what was read before."""

import datetime as dt

from django.utils import timezone

from core import clock
from projects.models import Block, Project
from steering.models import BoardAction, Meeting, MeetingItem, Paper
from tests.factories.accounts import UserFactory
from tests.factories.councils import DepartmentFactory
from tests.factories.projects import BlockFactory, BusinessCaseFactory, ProjectFactory
from tests.factories.steering import BoardSeatFactory, DecisionFactory, MeetingFactory
from tests.factories.take_up import BenefitFactory

CANARY = b"canary-of-a-restricted-paper"


def days_ago(number: int) -> dt.date:
    return clock.today() - dt.timedelta(days=number)


def moments_ago(number: int) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(days_ago(number), dt.time(12)))


def running(title: str, *, updated: int = 1, **given) -> Project:
    """A project of this year, updated so many days ago."""
    given = {"started_on": days_ago(200), **given}
    return ProjectFactory(title=title, last_updated_at=moments_ago(updated), **given)


def item(meeting: Meeting, title: str, kind: str = "information", **given) -> MeetingItem:
    return MeetingItem.objects.create(
        meeting=meeting, order=meeting.agenda.count() + 1, kind=kind, title=title, **given
    )


def paper(meeting: Meeting, title: str, *, reason: str = "", **given) -> Paper:
    """A paper; one with a reason is restricted, and holds the canary in words and name."""
    return Paper.objects.create(
        meeting=meeting, title=title, file_name=f"{CANARY.decode()}.pdf" if reason else "plan.pdf",
        content=CANARY, size=len(CANARY), sha256="0" * 64, is_restricted=bool(reason), reason=reason,
        added_by=UserFactory(), **given,
    )  # fmt: skip


def block(project: Project, title: str, days: int, **given) -> Block:
    return BlockFactory(project=project, title=title, raised_on=days_ago(days), **given)


def meeting_in(days: int = 7, **given) -> Meeting:
    """A planned meeting with nothing on its agenda, after one that was held three months ago."""
    lga = BoardSeatFactory(body=DepartmentFactory(name="LGA"))
    MeetingFactory(day=days_ago(91), host=lga, place="Smith Square")
    dclg = BoardSeatFactory(central=True, body=DepartmentFactory(name="DCLG"))
    return MeetingFactory(
        day=days_ago(-days), state="planned", host=dclg, place="Fry Building, London", starts_at=dt.time(14),
        ends_at=dt.time(16), **given,
    )  # fmt: skip


def full_meeting() -> Meeting:
    """A meeting with something in each section of its pack."""
    meeting = meeting_in()
    land, dvla = running("Land Registry property data"), running("DVLA data sharing", updated=60)
    case = BusinessCaseFactory(project=land, state="submitted", submitted_at=moments_ago(20))
    item(meeting, "Open actions", key="actions")
    item(meeting, "Portfolio", "discussion", key="portfolio")
    item(meeting, "Accept the business case", "decision", business_case=case)
    item(meeting, "No legal gateway for DVLA data", "decision", block=block(dvla, "No legal gateway", 78))
    item(meeting, "Next meeting", "decision", words="Proposed: in three months at the LGA")
    memorandum = item(meeting, "Draft memorandum")
    paper(meeting, "Memorandum", reason="Its terms are under negotiation", item=memorandum)
    paper(meeting, "Plan of the year")
    owner = meeting.host.body
    BoardAction.objects.create(
        title="Write to the four suppliers", owner=owner, due_on=days_ago(31), given_on=days_ago(91),
        recorded_by=UserFactory(),
    )  # fmt: skip
    BenefitFactory(project=land)
    DecisionFactory(
        number="DEC-2026-01", title="Publish the vocabulary", decided_on=days_ago(91), review_on=days_ago(2)
    )
    return meeting
