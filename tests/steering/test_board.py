"""On top of the board's page: the meeting that comes next, what waits, and what changed since the last."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from projects.models import BusinessCase, Project, StatusUpdate
from steering.operations import ask_board
from steering.queries import changes_since
from tests.factories.accounts import UserFactory
from tests.factories.councils import DepartmentFactory
from tests.factories.projects import BlockFactory, BusinessCaseFactory, ProjectFactory
from tests.factories.steering import BoardSeatFactory, DecisionFactory, MeetingFactory
from tests.factories.take_up import BenefitFactory, MeasurementFactory
from tests.steering.motions import ORDER, closed, in_days

TODAY = (2026, 11, 26)
LAST = dt.date(2026, 11, 3)


@pytest.fixture(autouse=True)
def today(on_day):
    with on_day(*TODAY):
        yield


def moment(day: dt.date, hour: int = 12) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))


def project(title: str, *, updated: int = 1, **given) -> Project:
    """One that runs, updated so many days ago."""
    last = moment(dt.date(*TODAY) - dt.timedelta(days=updated))
    return ProjectFactory(title=title, last_updated_at=last, **{"started_on": dt.date(2026, 7, 1), **given})


def case(title: str, **given) -> BusinessCase:
    sent = {"state": "submitted", "submitted_at": moment(dt.date(2026, 11, 21)), **given}
    return BusinessCaseFactory(project=project(title), **sent)


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def section(client, heading: str) -> str:
    """What stands below a heading of the board's page, as it is read."""
    page = client.get("/board/").content.decode()
    return text_of(page.partition(f">{heading}</h2>")[2].partition("</section>")[0])


def test_the_next_meeting_is_proposed_as_a_proposal_from_today_on(client, db):
    BoardSeatFactory(central=True, body__name="DCLG")
    MeetingFactory(day=dt.date(2014, 12, 10), host=BoardSeatFactory(body__name="LGA"))

    for address in ("/board/", "/board/meetings/"):
        page = text_of(client.get(address).content.decode())
        assert (
            "about 10 December 2026 Next meeting: DCLG hosts and takes the chair No meeting is called yet. "
            "Host and chair take turns: after LGA on 10 December 2014 comes DCLG. "
            "The board meets every three months, which makes it about Thursday 10 December 2026."
        ) in page
        assert "2015" not in page


def test_what_waits_begins_with_a_word_of_state_and_says_since_when_and_why(client, surrey):
    case("Planning notices")
    DecisionFactory(number="DEC-2026-01", decided_on=dt.date(2026, 5, 4), review_on=dt.date(2026, 11, 17))
    late = project("Potholes", updated=120)
    late.lead_council = surrey
    late.save()

    waits = section(client, "What waits for the board")

    assert waits.startswith(
        "Decide since 21 Nov Accept the business case: Planning notices £168,000 a year for £120,000"
    )
    assert "once, paid back in 9 months. Led by" in waits
    assert "Review since 17 Nov DEC-2026-01 Business case: waste standards and API Accepted on 4 May 2026" in waits
    assert "Late since 12 Aug Potholes No update since 29 July 2026; one every 2 weeks was promised. Led by" in waits
    assert waits.endswith("Led by Surrey (county).")


def test_blocks_with_the_board_missed_promises_and_decisions_not_carried_out_wait_too(client, signed_in, sunita):
    dvla = BlockFactory(
        project=project("DVLA"), title="No gateway", raised_on=dt.date(2026, 9, 9), level="board",
        who_can_remove=DepartmentFactory(name="DVLA"),
    )  # fmt: skip
    BlockFactory(project=dvla.project, title="With the secretariat", raised_on=dt.date(2026, 9, 9), level="secretariat")
    BlockFactory(
        project=dvla.project, title="Gone", raised_on=dt.date(2026, 9, 9), level="board",
        removed_on=dt.date(2026, 9, 20), outcome="Signed.",
    )  # fmt: skip
    missed = [
        BenefitFactory(title=title, project=dvla.project, claimed_on=dt.date(2026, 2, 2), due_on=dt.date(2026, 10, 1))
        for title in ("Fewer calls", "Explained")
    ]
    for promise, is_explained in zip(missed, (False, True), strict=True):
        MeasurementFactory(promise=promise, value=0, measured_on=dt.date(2026, 9, 1), explained=is_explained)
    DecisionFactory(number="DEC-2026-01", title="Publish it", decided_on=dt.date(2026, 5, 4))
    DecisionFactory(number="DEC-2014-01", decided_on=dt.date(2014, 5, 4))

    waits = section(client, "What waits for the board")

    assert "Blocked since 9 Sep Block: No gateway Open for 78 days. DVLA can remove it." in waits
    assert (
        "Missed since 1 Oct Promise: Fewer calls Missed since 1 October 2026, and not explained yet, by DVLA." in waits
    )
    assert "Open since 4 May DEC-2026-01 Publish it Accepted on 4 May 2026, and not carried out yet." in waits
    for absent in ("With the secretariat", "Gone", "Explained", "DEC-2014-01"):
        assert absent not in waits
    assert "/board/decisions/DEC-2026-01/implementation/" in signed_in(sunita).get("/board/").content.decode()


def test_a_vote_by_email_that_has_closed_is_to_record_for_the_secretariat_and_closed_for_others(
    client, signed_in, sunita
):
    for _ in range(9):
        BoardSeatFactory(representative=UserFactory())
    closed(ask_board(**ORDER, closes_on=in_days(3), by=sunita))

    assert section(client, "What waits for the board").startswith("Closed since 25 Nov The order of the board")
    assert section(signed_in(sunita), "What waits for the board").startswith("Record result since 25 Nov")


def test_only_the_secretariat_finds_the_actions_beside_what_waits(client, signed_in, sunita, boris):
    waiting = case("Planning notices")
    decision = DecisionFactory(review_on=dt.date(2026, 11, 17))
    late = project("Potholes", updated=120)
    actions = [
        f'href="/board/cases/{waiting.pk}/decide/"',
        f'href="/board/decisions/{decision.number}/review/"',
        ">Write an update<",
    ]

    for reader in (client, signed_in(boris)):
        page = reader.get("/board/").content.decode()
        assert not any(action in page for action in actions)
        assert f'href="/projects/{late.slug}/#latest"' in page
    assert all(action in signed_in(sunita).get("/board/").content.decode() for action in actions)


def test_five_of_a_kind_are_shown_and_the_rest_is_one_link_away(client, db):
    for n in range(6):
        assert "/board/?decide=1" not in client.get("/board/").content.decode()
        case(f"Case {n}")
        DecisionFactory(number=f"DEC-2026-0{n}", review_on=dt.date(2026, 11, 17))
        project(f"Silent {n}", updated=120)
    case("Decided since", state="draft")
    DecisionFactory(number="DEC-2026-07", review_on=dt.date(2026, 12, 17))

    page = client.get("/board/").content.decode()
    waits = page.partition("What waits")[2].partition("Changed since")[0]
    assert [waits.count(f"{word} <small>") for word in ("Decide", "Review", "Late")] == [5, 5, 5]
    found = [
        ("/board/?decide=1#portfolio", "/board/?decide=1&format=csv", "Case "),
        ("/board/decisions/?review=1", "/board/decisions/?review=1&format=csv", "DEC-2026-0"),
        ("/board/?overdue=1#portfolio", "/board/?overdue=1&format=csv", "Silent "),
    ]
    for address, rows, name in found:
        assert f'href="{address}"' in waits
        lines = client.get(rows).content.decode().splitlines()
        assert len([line for line in lines if line.startswith(name)]) == 6


def changed(*given) -> list[str]:
    changes = changes_since(Project.objects.all(), *given or [MeetingFactory(day=LAST)])
    return [f"{change.day}: {change.title}: {'; '.join(change.what)}" for change in changes.lines]


def test_changes_are_listed_by_day_and_project_from_the_day_after_the_last_meeting(sunita):
    for day in (LAST, dt.date(2026, 11, 4)):
        # Of the meeting's own day nothing counts, of the next day everything.
        silent = project(f"Of {day:%-d %B}", started_on=day, launched_on=day, case_accepted_on=day, stage="launch")
        StatusUpdate.objects.create(project=silent, line="It runs.", at=moment(day, 0), by=sunita)
    BusinessCaseFactory(
        project=project("Permits"),
        state="accepted",
        version=2,
        submitted_at=moment(dt.date(2026, 11, 5)),
        decided_on=dt.date(2026, 11, 10),
        decided_by_body="The board",
        decision_number="DEC-2026-02",
    )
    case("Draft", state="draft", submitted_at=None)
    project("Ended", started_on=LAST, stage="stopped", ended_on=dt.date(2026, 11, 20), lesson="Too early.")

    assert changed() == [
        "20 Nov: Ended: Stopped",
        "10 Nov: Permits: Business case, version 2, accepted, DEC-2026-02",
        "5 Nov: Permits: Business case, version 2, submitted",
        "4 Nov: Of 4 November: Launched: step 4 has begun; Started: step 3 has begun; Update: It runs.",
    ]


def test_that_nothing_else_moved_is_said_only_where_it_is_so(client, sunita):
    MeetingFactory(day=LAST)
    assert section(client, "Changed since 3 Nov") == "Nothing has moved since the board met on 3 November 2026."

    busy = project("Potholes")
    for n in range(11):
        StatusUpdate.objects.create(project=busy, line=f"Line {n}.", at=moment(dt.date(2026, 11, 10 + n)), by=sunita)
        said = section(client, "Changed since 3 Nov")
        if n == 9:
            assert said.endswith(
                "10 entries about 1 project since the board met on 3 November 2026, status lines and ratings included; "
                "nothing else moved."
            )

    assert "Line 10." in said
    assert "Line 0." not in said
    assert said.endswith(
        "These are the latest since the board met on 3 November 2026. All projects, the last updated first"
    )


def test_before_the_first_meeting_it_is_what_changed_in_three_months(db):
    project("Older", started_on=dt.date(2026, 8, 26))
    project("Newer", started_on=dt.date(2026, 8, 27))

    assert changed(None) == ["27 Aug: Newer: Started: step 3 has begun"]


def test_what_all_that_waits_has_in_common_stands_once_above_it(client, db):
    case("Bins", is_illustrative=True)
    case("Crews", is_illustrative=True)
    waits = text_of(client.get("/board/").content.decode()).partition("What waits for the board")[2]
    assert waits.partition("Portfolio")[0].count("Illustrative") == 1

    case("Ours")
    waits = text_of(client.get("/board/").content.decode()).partition("What waits for the board")[2]
    assert waits.partition("Portfolio")[0].count("Illustrative") == 2
