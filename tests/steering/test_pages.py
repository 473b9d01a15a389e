"""The board's pages: public to read, written by the secretariat, each in as many queries however much there is."""

import datetime as dt

import pytest

from core import clock
from projects.models import BusinessCase, Project, StatusUpdate
from steering.models import BoardSeat, Decision, Meeting
from steering.queries import coverage
from tests.factories.councils import ServiceFactory
from tests.factories.events import EventFactory
from tests.factories.projects import BusinessCaseFactory, NeedFactory, ProjectFactory, PrototypeFactory
from tests.factories.steering import BoardSeatFactory, DecisionFactory, MeetingFactory
from tests.pages import words
from tests.steering.test_deciding import SUBMITTED


@pytest.fixture
def case(harlow):
    BoardSeatFactory.create_batch(9)
    return BusinessCaseFactory(project__lead_council=harlow, project__title="Waste standards and API", **SUBMITTED)


def test_the_board_shows_what_waits_the_portfolio_and_the_roster(client, case):
    BoardSeatFactory(central=True, body__official_name="Government Digital Service")
    page = client.get("/board/").content.decode()

    assert "Accept the business case: Waste standards and API" in page
    assert "Government Digital Service" in page
    assert "1 bodies of central and 9 of local government" in page
    assert "Record the decision" not in page


def test_the_secretariat_is_led_to_the_action(signed_in, sunita, case):
    assert f"/board/cases/{case.pk}/decide/" in signed_in(sunita).get("/board/").content.decode()


def test_the_form_of_a_case_that_is_decided_leads_to_the_decision(signed_in, sunita, case):
    address, client = f"/board/cases/{case.pk}/decide/", signed_in(sunita)
    assert client.get(address).status_code == 200

    client.post(address, DECISION)

    assert client.get(address).url == Decision.objects.get().get_absolute_url()


def test_an_empty_board_says_so(client, db):
    page = client.get("/board/").content.decode()

    assert "No project yet" in page
    assert "No meeting yet" in page
    assert "Next meeting" not in page
    assert "Nothing: no case to decide, no review that is due, no update that is late." in page
    assert "Nothing has moved." in page


def project(title, **given):
    return ProjectFactory(**{"title": title, "started_on": clock.today() - dt.timedelta(days=200), **given})


def test_the_portfolio_is_narrowed_by_stage_outcome_and_overdue(client, db):
    project("On time")
    project("Long silent", last_updated_at=clock.now() - dt.timedelta(days=90))
    project("Ended", stage=Project.Stage.STOPPED, ended_on=clock.today(), lesson="Too early.")
    project("Counted", outcome_of_year=2014)

    def shown(query):
        page = client.get(f"/board/{query}").content.decode().partition('id="portfolio"')[2].partition("</table>")[0]
        return {title for title in ("On time", "Long silent", "Ended", "Counted") if title in page}

    assert shown("") == {"On time", "Long silent", "Ended", "Counted"}
    assert shown("?stage=stopped") == {"Ended"}
    assert shown("?overdue=1") == {"Long silent"}
    assert shown("?outcome=2014") == {"Counted"}
    assert shown("?stage=nonsense") == {"On time", "Long silent", "Ended", "Counted"}


def test_each_outcome_of_a_year_stands_once_and_one_link_shows_them_alone(client, db):
    for n in range(6):
        project(f"Outcome {n}", outcome_of_year=2014)
    project("Of no year")

    page = client.get("/board/").content.decode().partition('id="portfolio"')[2]
    assert all(page.count(f"Outcome {n}<") == 1 for n in range(6))
    assert '<a class="govuk-link" href="?outcome=2014">Only the 6 outcomes of 2014</a>' in page


def test_the_portfolio_as_csv_has_the_same_filters(client, db):
    project("On time")
    project("Ended", stage=Project.Stage.STOPPED, ended_on=clock.today(), lesson="Too early.")

    text = client.get("/board/?format=csv&stage=stopped").content.decode()

    assert "Ended" in text
    assert "On time" not in text


def test_a_case_is_read_with_sums_sensitivity_and_coverage(client, harlow, surrey):
    prototype = PrototypeFactory()
    need = NeedFactory(council=surrey)
    prototype.needs.add(need)
    case = BusinessCaseFactory(project__prototype=prototype, project__lead_council=harlow, **SUBMITTED)

    page = client.get(f"/board/cases/{case.pk}/").content.decode()

    assert "20% less" in page
    assert "£168,000" in page
    assert "1 of " in page


def test_coverage_leaves_out_councils_that_do_not_provide_the_service(harlow, surrey):
    need, service = NeedFactory(council=surrey), ServiceFactory(providing_tier="district")
    need.supports.create(council=harlow, joined_by=need.raised_by)
    prototype = PrototypeFactory()
    prototype.needs.add(need)
    project = ProjectFactory(prototype=prototype, service=service, lead_council=harlow)

    pairs = coverage(BusinessCaseFactory(project=project, **SUBMITTED)).pairs()

    assert pairs[0] == ("Have the need", "1 of 164 councils in England that provide the service")


def test_a_project_that_names_no_service_is_measured_by_that_of_the_needs_behind_it(harlow, surrey):
    need = NeedFactory(council=harlow, service=ServiceFactory(providing_tier="district"))
    prototype = PrototypeFactory()
    prototype.needs.add(need)
    case = BusinessCaseFactory(project=ProjectFactory(prototype=prototype, lead_council=harlow), **SUBMITTED)
    assert coverage(case).pairs()[0] == ("Have the need", "1 of 164 councils in England that provide the service")

    need.service = None
    need.save()
    case = BusinessCase.objects.get(pk=case.pk)
    assert coverage(case).pairs()[0][1].endswith(" councils in England")


def test_what_is_about_no_need_on_record_has_no_coverage_by_need(db):
    case = BusinessCaseFactory(**SUBMITTED)

    assert coverage(case).pairs()[0] == ("Have the need", "Not known: the project has no need on record")


def test_a_draft_case_is_not_on_the_table(client, db):
    case = BusinessCaseFactory(state=BusinessCase.State.DRAFT)

    assert client.get(f"/board/cases/{case.pk}/").status_code == 404
    assert client.get(f"/board/cases/{10**30}/").status_code == 404


DECISION = {
    "result": "accepted",
    "wording": "The board accepts the business case.",
    "votes_for": "7",
    "votes_against": "0",
    "abstentions": "2",
}


def test_the_secretariat_records_a_decision_and_sees_its_number(signed_in, sunita, case):
    page = signed_in(sunita).post(f"/board/cases/{case.pk}/decide/", DECISION, follow=True).content.decode()

    decision = Decision.objects.get()
    assert decision.number == f"DEC-{clock.today().year}-01"
    assert f"{decision.number} is written down. Step 4 is unlocked" in page
    assert "7 of 9" in page


def test_nobody_else_opens_the_form(client, signed_in, boris, grace, case):
    address = f"/board/cases/{case.pk}/decide/"
    assert client.post(address, DECISION).status_code == 302
    for person in (boris, grace):
        assert signed_in(person).post(address, DECISION).status_code == 403
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    "given",
    [
        {"votes_for": "12"},
        {"votes_for": "seven"},
        {"votes_for": "9" * 40},
        {"votes_for": "-3"},
        {"wording": ""},
        {"wording": "x" * 2001},
        {"result": "perhaps"},
        {"decided_on_day": "31", "decided_on_month": "2", "decided_on_year": "2014"},
        {"decided_on_day": "1", "decided_on_month": "1", "decided_on_year": "2999"},
        {"meeting": "99999"},
    ],
)
def test_a_wrong_decision_is_said_beside_its_field_and_kept(signed_in, sunita, case, given):
    response = signed_in(sunita).post(f"/board/cases/{case.pk}/decide/", {**DECISION, "abstentions": "1", **given})

    assert response.status_code == 422
    assert "There is a problem" in response.content.decode()
    assert 'value="1"' in response.content.decode()
    assert not Decision.objects.exists()


def test_a_meeting_page_says_who_was_there_and_what_was_decided(client, db):
    meeting = MeetingFactory(day=dt.date(2013, 12, 10), host__body__name="LGA")
    BoardSeatFactory(body__name="SOCITM")
    meeting.present.add(meeting.host)
    DecisionFactory(meeting=meeting, number="DEC-2013-04")

    page = client.get("/board/meetings/2013-12-10/").content.decode()

    assert "1 of 2 bodies" in page
    assert "DEC-2013-04" in page


@pytest.mark.parametrize(
    "address",
    [
        "meetings/2013-02-31/",
        "meetings/2013-12-11/",
        "meetings/x/",
        "meetings/0000-00-00/",
        "decisions/DEC-9/",
        "cases/0/",
    ],
)
def test_what_is_not_there_is_404(client, db, address):
    assert client.get(f"/board/{address}").status_code == 404


def test_a_decision_page_shows_wording_and_bodies(client, case):
    DecisionFactory(number="DEC-2014-07", business_case=case, wording="<b>Accepted</b> with thanks")

    page = client.get("/board/decisions/DEC-2014-07/").content.decode()

    assert "&lt;b&gt;Accepted&lt;/b&gt; with thanks" in page
    assert "7 of 9" in page


def test_who_wrote_a_decision_down_is_named_to_the_signed_in_and_called_nothing_else(client, signed_in, amina):
    address = DecisionFactory(recorded_by__name="Sunita Rao").get_absolute_url()

    assert "Written down by" not in client.get(address).content.decode()
    assert "Written down by Sunita Rao" in signed_in(amina).get(address).content.decode()


MEETING = {"day_day": "10", "day_month": "12", "day_year": "2013", "place": "Smith Square"}


def test_the_form_for_a_meeting_begins_with_the_proposal(signed_in, sunita):
    MeetingFactory(day=dt.date(2013, 9, 10), host=BoardSeatFactory(central=True, body__name="DCLG"))
    BoardSeatFactory(body__name="LGA")

    page = signed_in(sunita).get("/board/meetings/new/").content.decode()

    assert "Host and chair take turns: after DCLG on 10 September 2013 comes LGA." in page


def test_the_form_for_a_meeting_begins_today(signed_in, sunita):
    MeetingFactory(day=dt.date(2013, 9, 10), host=BoardSeatFactory(central=True))

    form = signed_in(sunita).get("/board/meetings/new/").context["form"]

    assert form["day"].value() == clock.today()


def test_a_meeting_leads_the_secretariat_on_to_what_waits_for_a_decision(client, signed_in, sunita):
    case = BusinessCaseFactory(state="submitted", submitted_at=clock.now())
    meeting = MeetingFactory(day=dt.date(2013, 12, 10))

    assert "Waiting for a decision" not in client.get(meeting.get_absolute_url()).content.decode()
    assert f"/board/cases/{case.pk}/decide/" in signed_in(sunita).get(meeting.get_absolute_url()).content.decode()


def test_two_in_a_row_at_one_host_need_a_second_look(signed_in, sunita):
    host = BoardSeatFactory(central=True)
    MeetingFactory(day=dt.date(2013, 9, 10), host=host)
    client = signed_in(sunita)

    page = client.post("/board/meetings/new/", {**MEETING, "host": host.pk}).content.decode()
    assert "take turns" in page
    assert Meeting.objects.count() == 1

    client.post("/board/meetings/new/", {**MEETING, "host": host.pk, "anyway": "on"})
    assert Meeting.objects.count() == 2


def test_lists_of_meetings_and_decisions_and_their_csv(client, db):
    MeetingFactory(day=dt.date(2013, 12, 10))
    DecisionFactory(number="DEC-2014-07")

    assert "10 December 2013" in client.get("/board/meetings/").content.decode()
    assert "DEC-2014-07" in client.get("/board/decisions/").content.decode()
    assert "DEC-2014-07" in client.get("/board/decisions/?format=csv").content.decode()


@pytest.mark.parametrize("how_many", [3, 30, 300])
def test_the_board_takes_as_many_queries_however_much_there_is(
    signed_in, sunita, how_many, django_assert_max_num_queries
):
    BoardSeatFactory.create_batch(9)
    projects = [project(f"Waste {n}", last_updated_at=clock.now() - dt.timedelta(days=99)) for n in range(how_many)]
    StatusUpdate.objects.bulk_create(StatusUpdate(project=each, line="It goes on.", by=sunita) for each in projects)
    BusinessCase.objects.bulk_create(
        BusinessCaseFactory.build(project=each, written_by=sunita, **SUBMITTED) for each in projects
    )
    for case in BusinessCase.objects.all()[:30]:
        DecisionFactory(business_case=case, review_on=clock.today())
        MeetingFactory()
    client = signed_in(sunita)
    client.get("/board/meetings/")

    with django_assert_max_num_queries(19):
        client.get("/board/")


@pytest.mark.parametrize("how_many", [3, 30])
@pytest.mark.parametrize("address", ["/board/meetings/", "/board/decisions/", "/board/meetings/2013-12-10/"])
def test_the_other_pages_too(client, db, address, how_many, django_assert_max_num_queries):
    meeting = MeetingFactory(day=dt.date(2013, 12, 10))
    meeting.present.set(BoardSeatFactory.create_batch(9))
    for n in range(how_many):
        DecisionFactory(meeting=meeting)
        MeetingFactory(day=dt.date(2015, 1, 1) + dt.timedelta(days=n))
    client.get("/board/meetings/")

    with django_assert_max_num_queries(12):
        client.get(address)


def test_a_decision_is_divided_by_the_roster_and_says_who_took_no_part(client, case):
    seats = list(BoardSeat.objects.all())
    meeting = MeetingFactory(day=dt.date(2014, 9, 9), host=seats[0])
    meeting.present.set(seats[:8])
    DecisionFactory(number="DEC-2014-01", business_case=case, meeting=meeting, votes_for=6, abstentions=1)

    page = words(client.get("/board/decisions/DEC-2014-01/"))

    for label, count in (("For", 6), ("Against", 0), ("Abstained", 1), ("Took no part", 2)):
        assert f"<dt>{label}</dt><dd>{count} of 9</dd>" in page
    assert "8 of 9 were at the meeting" in page


def test_one_body_accepts_no_business_case(signed_in, sunita, case):
    one = {**DECISION, "votes_for": "1", "abstentions": "0"}

    page = signed_in(sunita).post(f"/board/cases/{case.pk}/decide/", one).content.decode()

    assert "That is 1 of 9 bodies; the board decides with at least 5." in page
    assert "The board has 9 bodies and decides with at least 5 of them." in page
    assert not Decision.objects.exists()
    case.refresh_from_db()
    assert case.state == BusinessCase.State.SUBMITTED


def test_the_boards_promises_lead_to_the_ledger(client, db):
    response = client.get("/board/promises/?state=claimed")

    assert (response.status_code, response["Location"]) == (302, "/assets/benefits/?state=claimed")


@pytest.mark.parametrize(
    "address",
    [
        "/board/strategy/",
        "/services/",
        "/facts/",
        "/surveys/",
        "/api/v1/needs/",
    ],
)
def test_addresses_that_are_kept_for_later_are_not_there_yet(client, db, address):
    assert client.get(address).status_code == 404


def test_the_base_of_a_decided_case_is_that_of_its_day(client, harlow):
    prototype = PrototypeFactory()
    prototype.needs.add(NeedFactory(council=harlow))  # joined long after that day
    case = BusinessCaseFactory(
        project__prototype=prototype,
        project__lead_council=harlow,
        **{**SUBMITTED, "state": "accepted"},
        decided_on=dt.date(2014, 12, 10),
        decided_by_body="The board",
        decision_number="DEC-2014-01",
    )

    page = client.get(f"/board/cases/{case.pk}/").content.decode()

    assert "0 of 353 councils in England on 10 December 2014" in page


def test_the_page_of_a_day_says_what_the_board_decided_on_its_projects(client, case):
    """Not on a day of another project, nor before the day."""
    held, other, to_come = EventFactory(ended=True), EventFactory(ended=True), EventFactory()
    prototype = PrototypeFactory()
    prototype.events.add(held, to_come)
    Project.objects.filter(pk=case.project_id).update(prototype=prototype)
    decision = DecisionFactory(number="DEC-2026-07", title="Waste goes on", business_case=case)

    page = client.get(held.get_absolute_url()).content.decode()

    assert "What the board decided" in page
    assert f'href="{decision.get_absolute_url()}"' in page
    assert "(DEC-2026-07)" in page
    assert "Accepted on " in page
    for event in (other, to_come):
        assert "What the board decided" not in client.get(event.get_absolute_url()).content.decode()
