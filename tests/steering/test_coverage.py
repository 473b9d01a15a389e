"""The coverage radar: how many councils of each type and region came, raised needs, use assets; empty cells first."""

import datetime as dt
from html import unescape

import pytest
from django.contrib.auth.models import AnonymousUser

from core import clock
from councils.models import Organisation
from steering.queries.reach import coverage_of_councils
from surveys.fieldwork.response import freeze_response
from surveys.models import SurveyRelease, Wave
from surveys.waves.operations import import_survey
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, SignUpFactory
from tests.factories.projects import NeedFactory
from tests.factories.surveys import a_running, an_invitation, hand_in_for
from tests.factories.take_up import AdoptionFactory
from tests.steering.test_board import text_of
from tests.surveys.files import OURS

pytestmark = [pytest.mark.sql, pytest.mark.django_db]
PAGE = "/board/coverage/"
THEN = dt.date(2014, 12, 31)


def words(answer) -> str:
    return unescape(text_of(answer.content.decode()))


def came(council: Organisation, **given) -> None:
    event = EventFactory(ended=True, **given)
    SignUpFactory(event=event, organisation=council, checked_in_at=event.starts_at)


def cell(kind: str, region: str, measure: str = "events", on: dt.date | None = None, user=None):
    found = coverage_of_councils(measure, on or clock.today(), user or AnonymousUser())
    return found.cells[kind, region]


def test_northern_ireland_0_of_26_in_2014_is_the_first_thing_to_do_among_the_nations(client, db):
    page = words(client.get(f"{PAGE}?as_at={THEN.isoformat()}"))

    assert "Northern Ireland 0 of 26 came to an event" in page


def test_a_council_that_came_twice_counts_once(harlow):
    came(harlow)
    came(harlow)

    found = cell("district", "East of England")

    assert found.counted == 1 < found.councils


def test_who_signed_up_and_did_not_come_is_not_counted(harlow):
    SignUpFactory(event=EventFactory(ended=True), organisation=harlow)

    assert cell("district", "East of England").counted == 0


def test_what_happened_later_is_not_counted_on_an_earlier_day(harlow):
    came(harlow)

    assert cell("district", "East of England", on=THEN).counted == 0


def test_a_council_counts_with_what_those_did_that_it_took_over_from():
    cumberland = Organisation.objects.get(slug="cumberland")
    came(Organisation.objects.get(slug="allerdale"))

    assert cell("unitary", cumberland.region).counted == 1


def test_needs_raised_or_joined_and_assets_in_use_are_counted_too(harlow):
    NeedFactory(council=harlow)
    AdoptionFactory(council=harlow)

    assert cell("district", "East of England", "needs").counted == 1
    assert cell("district", "East of England", "assets").counted == 1


def test_a_use_whose_council_may_not_be_named_is_not_counted(harlow):
    AdoptionFactory(council=harlow, may_be_listed=False)

    assert cell("district", "East of England", "assets").counted == 0


def test_an_empty_cell_names_its_neighbours_that_came_to_those_who_invite(client, signed_in, fatima, luton):
    came(luton)
    stranger = client.get(PAGE).context["empty"]
    event = EventFactory()
    facilitator = signed_in(fatima).get(PAGE).context["empty"]

    of_districts = next(each for each in facilitator if each["words"] == "Districts, East of England")
    assert of_districts["neighbours"] == [luton]
    assert of_districts["invite"] == f"/events/{event.slug}/invite/?of=stream&cell=district.east-of-england#councils"
    assert not any(each["neighbours"] or each["invite"] for each in stranger)


def test_what_means_nothing_is_said_and_the_rest_is_shown(client, db):
    page = words(client.get(f"{PAGE}?of=moons&as_at=2999-01-01"))

    assert "We did not understand these" in page


def test_who_answered_the_survey_is_counted_on_the_day_it_closed(db):
    import_survey(OURS)

    found = coverage_of_councils("survey", clock.today(), AnonymousUser())

    assert found.on == THEN
    cell = found.cells["nation", "Northern Ireland"]
    assert (cell.counted, cell.councils) == (0, 26)
    assert "Local Digital Today 2014" in found.about


@pytest.mark.parametrize(("fields", "counted"), [({}, 2026), ({"is_illustrative": True}, 2014)])
def test_a_survey_that_was_run_here_is_counted_once_two_people_have_published_it(client, sunita, fields, counted):
    import_survey(OURS)
    fieldwork = a_running(is_open=True, **fields)
    for slug in ("harlow", "swansea"):
        hand_in_for(an_invitation(fieldwork, Organisation.objects.get(slug=slug)))
    fieldwork.state, fieldwork.closed_at = "closed", clock.now()
    fieldwork.save()
    freeze_response(fieldwork)
    Wave.objects.filter(year=2026).update(closed_on=clock.today())
    before = words(client.get(f"{PAGE}?of=survey"))

    release = {"frozen": {}, "computed_at": clock.now(), "proposed_at": clock.now(), "confirmed_at": clock.now()}
    SurveyRelease.objects.create(fieldwork=fieldwork, proposed_by=sunita, confirmed_by=UserFactory(), **release)
    found = coverage_of_councils("survey", clock.today(), AnonymousUser())
    after = words(client.get(f"{PAGE}?of=survey"))

    assert "Local Digital Today 2014" in before
    if counted == 2014:
        assert found.on == THEN
        return
    assert found.cells["district", "England"].counted == found.cells["nation", "Wales"].counted == 1
    assert (found.counted, found.on) == (2, clock.today())
    assert "As counted when Annual survey 2026 closed on" in after
    assert "not which or in which region" in after
    file = client.get(f"{PAGE}?of=survey&format=csv").content.decode()
    assert "Harlow" not in file
    assert "As counted when Annual survey 2026 closed on" in file.partition("Type,")[0]
    assert "not which or in which region" in file.partition("Type,")[0]
    assert "by type; Scotland" in after
    assert "somebody is counted everywhere" not in after
    assert "/councils/?kind=" not in client.get(f"{PAGE}?of=survey").content.decode()
