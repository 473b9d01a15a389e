"""The board's pages: public to read, written by the secretariat, each in as many queries however much there is."""

import datetime as dt
import re

import pytest

from core import clock
from projects.models import BusinessCase, Project, StatusUpdate
from steering.models import BoardSeat, Decision, Meeting
from steering.queries import coverage
from tests.factories.councils import ServiceFactory
from tests.factories.events import EventFactory
from tests.factories.projects import BusinessCaseFactory, NeedFactory, ProjectFactory, PrototypeFactory
from tests.factories.steering import BoardSeatFactory, DecisionFactory, MeetingFactory, were_there
from tests.pages import words
from tests.steering.deciding import decided, meeting_of, sent
from tests.steering.test_deciding import SUBMITTED


@pytest.fixture
def case(harlow):
    meeting_of(BoardSeatFactory.create_batch(9))
    return BusinessCaseFactory(project__lead_council=harlow, project__title="Waste standards and API", **SUBMITTED)


def form_of(client, case, letters="FFFFFFFXX", **more):
    """What the form of a decision sends, with the hash of what it shows."""
    page = client.get(f"/board/cases/{case.pk}/decide/").content.decode()
    shown = re.search('name="case_hash" value="([0-9a-f]{64})"', page)[1]
    return sent(list(BoardSeat.objects.all()), letters, case_hash=shown, meeting="2014-12-10", **more)


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

    client.post(address, form_of(client, case))

    assert client.get(address).url == Decision.objects.get().get_absolute_url()


def test_an_empty_board_says_so(client, db):
    page = client.get("/board/").content.decode()

    assert "No project yet" in page
    assert "No meeting yet" in page
    assert "Next meeting" not in page
    assert "Nothing: no vote that runs, no case to decide, no review that is due, nothing that is late" in page
    assert "Nothing has moved since " in page


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


def test_the_secretariat_records_how_each_body_stood_and_sees_the_sums_and_the_number(signed_in, sunita, case):
    client = signed_in(sunita)
    form = form_of(client, case)
    first = BoardSeat.objects.first()
    form[f"note_{first.pk}"] = "Before the winter"

    page = words(client.post(f"/board/cases/{case.pk}/decide/", form, follow=True))

    decision = Decision.objects.get()
    assert decision.number == "DEC-2014-01"
    assert f"{decision.number} is written down: 7 for, 0 against, 2 abstained. Step 4 is unlocked." in page
    assert "7 of 9" in page
    assert "Before the winter" in page
    assert "votes_for" not in page


def test_the_form_has_a_row_for_each_body_that_was_at_the_meeting(signed_in, sunita, case):
    meeting = Meeting.objects.get()
    absent = BoardSeat.objects.first()
    meeting.attendances.filter(seat=absent).update(came="apologies")

    page = words(signed_in(sunita).get(f"/board/cases/{case.pk}/decide/"))

    for seat in BoardSeat.objects.all():
        assert page.count(f'name="stood_{seat.pk}"') == (0 if seat == absent else 4)
    assert "8 of 9 bodies were at the meeting" in page


def test_of_several_meetings_another_can_be_chosen_and_none_before_the_case(signed_in, sunita, case):
    seats = list(BoardSeat.objects.all())
    meeting_of(seats[:6], dt.date(2015, 3, 10))
    meeting_of(seats, dt.date(2014, 9, 9))
    client, address = signed_in(sunita), f"/board/cases/{case.pk}/decide/"

    assert "10 March 2015</b>" in words(client.get(address))
    assert "10 December 2014</b>" in words(client.get(f"{address}?meeting=2014-12-10"))
    assert client.get(f"{address}?meeting=2014-09-09").status_code == 404


def test_a_meeting_of_long_ago_can_be_chosen_too(signed_in, sunita, case):
    for days in range(1, 22):
        MeetingFactory(day=dt.date(2015, 3, 10) + dt.timedelta(days=days))

    page = words(signed_in(sunita).get(f"/board/cases/{case.pk}/decide/?meeting=2014-12-10"))

    assert "10 December 2014</b>" in page


def test_a_decision_for_a_meeting_that_was_moved_meanwhile_is_refused_and_kept(signed_in, sunita, case):
    meeting_of(list(BoardSeat.objects.all()), dt.date(2015, 3, 10))
    client = signed_in(sunita)
    form = form_of(client, case, wording="Typed before it was moved.")
    Meeting.objects.filter(day=dt.date(2014, 12, 10)).update(day=dt.date(2014, 12, 11))

    response = client.post(f"/board/cases/{case.pk}/decide/", form)

    assert response.status_code == 409
    assert "was moved or cancelled since you opened the page" in words(response)
    assert "Typed before it was moved." in words(response)
    assert not Decision.objects.exists()


def test_before_the_board_has_met_the_form_says_so_and_where_to_go(signed_in, sunita, db):
    case = BusinessCaseFactory(state="submitted", submitted_at=clock.now())

    page = words(signed_in(sunita).get(f"/board/cases/{case.pk}/decide/"))

    assert "The board has not met since the case was submitted" in page
    assert f"/board/motions/new/?case={case.pk}" in page


def test_nobody_else_opens_the_form(client, signed_in, boris, grace, case):
    address = f"/board/cases/{case.pk}/decide/"
    assert client.post(address, {}).status_code == 302
    for person in (boris, grace):
        assert signed_in(person).post(address, {}).status_code == 403
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    "given",
    [
        {"wording": ""},
        {"wording": "x" * 2001},
        {"result": "perhaps"},
        {"result": "conditional"},
        {"result": "rejected"},
        {"chosen": "2"},
        {"review_on_day": "31", "review_on_month": "2", "review_on_year": "2014"},
        {"review_on_day": "1", "review_on_month": "12", "review_on_year": "2014"},
    ],
)
def test_a_wrong_decision_is_said_beside_its_field_and_kept(signed_in, sunita, case, given):
    client = signed_in(sunita)
    form = form_of(client, case, basis="The sums.") | given

    response = client.post(f"/board/cases/{case.pk}/decide/", form)

    assert response.status_code == 422
    page = words(response)
    assert "There is a problem" in page
    assert "The sums." in page
    assert page.count(" checked") >= 9
    assert not Decision.objects.exists()


@pytest.mark.parametrize("stood", ["", "perhaps"])
def test_a_body_of_which_nothing_is_said_is_named_beside_its_row(signed_in, sunita, case, stood):
    client, seat = signed_in(sunita), BoardSeat.objects.all()[3]

    page = words(client.post(f"/board/cases/{case.pk}/decide/", form_of(client, case) | {f"stood_{seat.pk}": stood}))

    row = page.partition(f'<legend class="lda-matrix__words">{seat}</legend>')[2].partition("</fieldset>")[0]
    assert "govuk-error-message" in row
    assert f'href="#id_stood_{seat.pk}_0"' in page
    assert not Decision.objects.exists()


def test_who_comes_second_reads_who_decided_and_keeps_what_was_typed(signed_in, sunita, case):
    client = signed_in(sunita)
    form = form_of(client, case, wording="Typed by the second.")
    decided(case, by=sunita)

    response = client.post(f"/board/cases/{case.pk}/decide/", form)

    assert response.status_code == 409
    assert f"{sunita} recorded DEC-2014-01 about this at" in words(response)
    assert "Typed by the second." in words(response)


def test_a_case_that_was_changed_meanwhile_is_read_again_before_it_is_decided(signed_in, sunita, case):
    client, address = signed_in(sunita), f"/board/cases/{case.pk}/decide/"
    form = form_of(client, case, wording="Typed before the change.")
    BusinessCase.objects.filter(pk=case.pk).update(summary="Dearer than it was.")

    response = client.post(address, form)
    assert "This is no longer what you were shown." in words(response)
    assert "Typed before the change." in words(response)
    assert "Dearer than it was." in words(response)

    shown = re.search('name="case_hash" value="([0-9a-f]{64})"', response.content.decode())[1]
    assert client.post(address, form | {"case_hash": shown}).status_code == 302


@pytest.mark.parametrize("about", ["", "?project={}"])
def test_the_secretariat_records_what_was_decided_about_anything_else(signed_in, sunita, case, about):
    client = signed_in(sunita)
    address = "/board/decisions/new/" + about.format(case.project.slug)
    assert "Record the decision" in words(client.get(address))
    form = sent(list(BoardSeat.objects.all()), "---------", title="The report", result="noted", meeting="2014-12-10")

    page = words(client.post(address, form, follow=True))

    assert "DEC-2014-01 is written down" in page
    assert Decision.objects.get().project == (case.project if about else None)
    assert "It was noted, without a vote." in page


@pytest.mark.parametrize("query", ["project=nothing", "block=none", "promise=x", "promise=" + "9" * 40, "project=%00"])
def test_a_record_that_is_not_there_is_404(signed_in, sunita, case, query):
    assert signed_in(sunita).get(f"/board/decisions/new/?{query}").status_code == 404


def test_conditions_and_what_was_carried_out_are_recorded_on_pages_of_the_decision(signed_in, sunita, boris, case):
    decision = decided(case, by=sunita, result="conditional", conditions="The gateway is clear.")
    address, client = decision.get_absolute_url(), signed_in(boris)
    for part in ("conditions/", "implementation/"):
        assert client.get(f"{address}{part}").status_code == 403
    client = signed_in(sunita)
    assert f'href="{address}conditions/"' in words(client.get(address))

    page = words(client.post(f"{address}conditions/", {"words": "Counsel has written."}, follow=True))
    assert "Step 4 is unlocked." in page
    assert "Counsel has written." in page
    assert f'href="{address}implementation/"' in page

    assert client.post(f"{address}implementation/", {"is_done": "yes", "words": "Published."}).status_code == 422
    done = {"is_done": "yes", "words": "Published.", "done_by": "Luton"}
    done |= {"done_on_day": "1", "done_on_month": "2", "done_on_year": "2015"}
    assert "1 February 2015, by Luton" in words(client.post(f"{address}implementation/", done, follow=True))


def test_the_register_is_narrowed_and_its_file_names_the_bodies(client, sunita, case):
    first = decided(case, by=sunita, letters="FFFFFAXX-", dissent="Too dear.", basis="The sums.")
    decided(case.project, by=sunita, result="deferred", title="The name")

    def found(query):
        return [line.record.number for line in client.get(f"/board/decisions/?{query}").context["found"].lines]

    assert found("kind=case") == found("result=accepted") == found("dissent=1") == found("open=1") == [first.number]
    assert found("kind=project") == found("q=name") == ["DEC-2014-02"]
    assert len(found(f"project={case.project.slug}")) == 2
    text = client.get("/board/decisions/?format=csv").content.decode()
    against = first.stands.get(stood="against").seat
    assert f",{against}," in text
    assert "Too dear." in text


def test_what_only_was_counted_says_that_no_bodies_are_known(client, db):
    decision = DecisionFactory(votes_for=5, abstentions=0)
    decision.stands.create(stood="for")

    assert "Only the numbers were written down" in words(client.get(decision.get_absolute_url()))


def test_a_meeting_page_says_who_was_there_and_what_was_decided(client, db):
    since = dt.date(2013, 9, 10)
    meeting = MeetingFactory(day=dt.date(2013, 12, 10), host__body__name="LGA", host__since=since)
    BoardSeatFactory(body__name="SOCITM", since=since)
    BoardSeatFactory(body__name="Seated today", since=clock.today())
    were_there(meeting, meeting.host)
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

    # Of them four for the reasons of the ratings: last lines, blocks, overdue actions, missed promises;
    # and one each for what is stuck: blocks with the board, promises to explain, decisions not carried out.
    with django_assert_max_num_queries(30):
        client.get("/board/")


@pytest.mark.parametrize("how_many", [3, 30])
@pytest.mark.parametrize("address", ["/board/meetings/", "/board/decisions/", "/board/meetings/2013-12-10/"])
def test_the_other_pages_too(client, db, address, how_many, django_assert_max_num_queries):
    meeting = meeting_of(BoardSeatFactory.create_batch(9), dt.date(2013, 12, 10))
    for n in range(how_many):
        DecisionFactory(meeting=meeting)
        MeetingFactory(day=dt.date(2015, 1, 1) + dt.timedelta(days=n))
    client.get("/board/meetings/")

    with django_assert_max_num_queries(12):
        client.get(address)


def test_a_decision_is_divided_by_the_roster_and_says_who_took_no_part(client, case):
    meeting = meeting_of(list(BoardSeat.objects.all())[:8], dt.date(2014, 9, 9))
    DecisionFactory(
        decided_on=meeting.day, number="DEC-2014-01", business_case=case, meeting=meeting, votes_for=6, abstentions=1
    )

    page = words(client.get("/board/decisions/DEC-2014-01/"))

    for label, count in (("For", 6), ("Against", 0), ("Abstained", 1), ("Took no part", 2)):
        assert f"<dt>{label}</dt><dd>{count} of 9</dd>" in page
    assert "8 of 9 were at the meeting" in page


def test_one_body_accepts_no_business_case(signed_in, sunita, case):
    client = signed_in(sunita)

    page = words(client.post(f"/board/cases/{case.pk}/decide/", form_of(client, case, "F--------")))

    assert "1 body of 9 took part; the board decides with at least 5." in page
    assert "At least 5 of them have to take part" in page
    assert not Decision.objects.exists()
    case.refresh_from_db()
    assert case.state == BusinessCase.State.SUBMITTED


@pytest.mark.parametrize(
    "address",
    [
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
