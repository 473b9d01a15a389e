"""What the board and those who report to it come for (B1 to B5, B8, B9, C9), from the first page to the last, without
scripts: every post is a form of the page before."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from core import clock
from core.months import months_after
from outbox.models import Message
from projects.blocks.operations import pass_up_what_is_due
from projects.models import Block, Project
from steering.models import Decision, Motion
from steering.operations import build_agenda, remind_of_motions_that_close_tomorrow
from steering.packs.operations import publish_pack
from tests.factories.accounts import UserFactory
from tests.factories.councils import DepartmentFactory
from tests.factories.events import EventFactory, SignUpFactory
from tests.factories.projects import BlockFactory, BusinessCaseFactory, NeedFactory, ProjectFactory
from tests.factories.publishing import publish_case_study
from tests.factories.steering import BoardSeatFactory, MeetingFactory
from tests.factories.take_up import MeasurementFactory
from tests.projects.days import noon
from tests.served import Browser
from tests.steering.deciding import meeting_of
from tests.steering.motions import closed, in_days

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mail_at_any_time")]


@pytest.fixture
def seats(db):
    """Nine bodies, each with somebody who votes for it."""
    return [BoardSeatFactory(representative=UserFactory()) for _ in range(9)]


def test_the_portfolio_leads_to_what_is_late_and_its_owner_is_asked(seats, sunita, harlow, grace):
    late = ProjectFactory(title="Permits", running=True, lead_council=harlow, last_updated_at=noon(40))
    late.updates.create(line="Third council live.", by=grace, at=noon(40), rating="green", suggested="green")
    ProjectFactory(title="Bins", running=True, lead_council=harlow, last_updated_at=noon(1))

    office = Browser(sunita).go("/board/").press("Only those whose update is late")
    assert "Permits" in office.words
    assert office.words.count("Step 3 now") == 1
    office.press("Ask its owner for an update")
    assert "Its owner was asked today." in office.words
    assert Message.objects.filter(person=grace).exists()
    office.go("/board/portfolio/").press("Look at it by stage")
    assert "Permits" in office.words

    owner = Browser(grace).go(late.get_absolute_url()).press("Still accurate")
    assert "Only those whose update is late" not in owner.go("/board/").words


def test_the_pack_is_read_and_stays_as_it_was_published(seats, sunita, boris):
    project = ProjectFactory(title="Waste standards", running=True)
    BlockFactory(title="No legal gateway", project=project, raised_on=in_days(-40))
    BusinessCaseFactory(project=project, state="submitted", submitted_at=clock.now())
    meeting = MeetingFactory(planned=True, day=in_days(7), host=seats[0])
    build_agenda(meeting, by=sunita)
    publish_pack(meeting, by=sunita)

    member = Browser(boris).go("/board/").press("Next meeting")
    member.press("Read the pack")
    for said in ("Agenda", "No legal gateway", "Accept the business case"):
        assert said in member.words, said
    fingerprint = re.search(r"(?:[0-9a-f]{4} ){15}[0-9a-f]{4}", member.words).group(0)
    pack = member.address
    Project.objects.update(title="Renamed since")
    assert fingerprint in member.go(pack).words
    assert "Waste standards" in member.words
    assert "Renamed since" not in member.words


def test_a_case_is_accepted_by_body_and_its_review_comes_to_that_meeting(seats, sunita, fatima):
    case = BusinessCaseFactory(project__title="Waste API", project__running=True, written_by=fatima)
    Browser(fatima).go(case.project.get_absolute_url()).press("Submit")
    meeting_of(seats, clock.today())
    review_on = months_after(clock.today(), 6)
    coming = MeetingFactory(planned=True, day=review_on + dt.timedelta(days=1), host=seats[1])

    office = Browser(sunita).go("/board/").press("Accept the business case: Waste API")
    for said in ("One-off cost", "20% less"):
        assert said in office.words
    office.press("Record the decision")
    office.check("Accept the business case").fill("The decision, word for word", "The board accepts it.")
    for number, seat in enumerate(seats):
        office.check("For" if number < 7 else "Abstained", of=str(seat))
    office.fill_day("When is it looked at again?", review_on).press("Record the decision")

    assert re.search(r"DEC-\d{4}-\d\d", office.words)
    assert "7 for, 0 against, 2 abstained" in office.words
    office.go(coming.get_absolute_url())
    assert re.search(r"Review: DEC-\d{4}-\d\d", office.words)
    leads = Browser(fatima).go(case.project.get_absolute_url()).press("Launch")
    assert "4 Launch and take-up" in leads.words


def test_a_block_is_raised_merged_goes_up_by_its_clock_and_is_removed(seats, sunita, fatima, harlow):
    cabinet_office = DepartmentFactory(name="Cabinet Office, Government Digital Service")
    title = "DVLA data sharing legal gateway"
    began = noon(47)
    projects = ProjectFactory.create_batch(3, running=True, lead_council=harlow)
    with clock.at(began):
        for project in projects:
            leads = Browser(fatima).go(project.get_absolute_url()).press("Say what blocks it")
            leads.fill("What blocks it, in one line?", title)
            leads.fill("What does it stop, and why?", "No legal gateway.").press("Raise it")
        assert "The project has been asked to remove it" in leads.words
    first, *others = Block.objects.order_by("pk")
    with clock.at(began + dt.timedelta(days=1)):
        for other in others:
            office = Browser(sunita).go(other.get_absolute_url())
            office.check("Another block").fill("Address of another block", first.get_absolute_url())
            office.press("Merge this one into it")
            assert office.address.startswith(first.get_absolute_url())
    meeting = MeetingFactory(planned=True, day=in_days(3), host=seats[0])
    for day in (14, 30):
        with clock.at(began + dt.timedelta(days=day)):
            pass_up_what_is_due()
    build_agenda(meeting, by=None)
    office = Browser(sunita).go(meeting.get_absolute_url())
    assert office.words.count(f"Block: {title}") == 1

    office.go(first.get_absolute_url())
    assert "The board has" in office.words
    office.fill("Why, and what is asked?", "Please open it.")
    office.fill("Who can remove it?", str(cabinet_office)).press("Pass it on")
    office.fill("How was it removed?", "The gateway is open.").press("Record that it is removed")
    assert "Removed after 47 days." in office.words
    assert re.search(r"1 47 \d+", Browser().go(f"/figures/?year={clock.today().year}").words)


def test_a_missed_promise_is_opened_explained_and_turns_the_suggestion_amber(boris, grace, harlow):
    project = ProjectFactory(title="Bins", running=True, lead_council=harlow, last_updated_at=noon(1))
    missed = MeasurementFactory(
        promise__title="Agreements a month", promise__unit="agreements", promise__claimed=6, promise__project=project,
        promise__due_on=in_days(-3), measured_on=in_days(-2),
    ).promise  # fmt: skip

    member = Browser(boris).go("/board/promises/")
    assert "Explanation asked of Harlow" in member.words
    member.press("Agreements a month")
    owner = Browser(grace).go(member.address).press("Explain it")
    owner.press("Publish the explanation")
    assert "There is a problem" in owner.words
    owner.fill("Why was it missed", "Two councils joined late.").press("Publish the explanation")

    assert "Two councils joined late." in member.go(missed.get_absolute_url()).words
    assert re.search("Amber.*promise", member.go(project.get_absolute_url()).words)


def test_the_year_in_numbers_leads_to_its_rows_and_is_read_as_at_a_day_by_its_control():
    for month, people in ((5, 3), (11, 2)):
        starts_at = timezone.make_aware(dt.datetime(2014, month, 14, 10))
        SignUpFactory.create_batch(people, event=EventFactory(starts_at=starts_at), checked_in_at=starts_at)

    reader = Browser().go("/figures/?year=2014")
    assert re.search(r"\b2 events\b.*\b5 delegates\b", reader.words), reader.words[:1500]
    reader.fill("Counted up to", "31 October 2014").press("Show")
    assert re.search(r"\b1 event\b.*\b3 delegates\b", reader.words), reader.words[:1500]
    reader.press("1 event")
    assert "1 of 2 events" in reader.words


def test_the_board_is_asked_by_email_only_those_missing_are_reminded_and_the_result_is_logged(seats, sunita):
    closes_on = in_days(5)
    office = Browser(sunita).go("/board/motions/new/")
    office.fill("What is asked, in a line?", "Meet in Leeds").fill("The decision, word for word", "We meet in Leeds.")
    office.fill_day("Until which day do the bodies vote?", closes_on).press("Ask the board")
    assert "0 of 9 bodies" in office.words
    asked = office.address
    for seat in seats[:5]:
        member = Browser(seat.representative).go(asked).press("Vote now")
        member.check("For").press("Check my vote").press("Count my vote")
        assert "Your vote is counted" in member.words

    with clock.at(clock.now() + dt.timedelta(days=4)):
        remind_of_motions_that_close_tomorrow()
    reminded = set(Message.objects.filter(kind="steering.motion_reminder").values_list("person", flat=True))
    assert reminded == {seat.representative_id for seat in seats[5:]}

    closed(Motion.objects.get())
    office.go(asked).press("Record the result")
    office.press("Show the result and record the decision")
    decision = Decision.objects.get()
    assert (decision.votes_for, decision.result) == (5, "accepted")
    register = Browser().go("/board/decisions/")
    assert decision.number in register.words
    assert "Meet in Leeds" in register.words


def test_a_council_links_its_case_study_with_a_need_and_those_who_have_it_are_told(amina, carlos, harlow, surrey):
    need = NeedFactory(title="Bin days", council=surrey, raised_by=carlos)
    study = publish_case_study(harlow, title="Fewer calls about bins")

    officer = Browser(amina).go(need.get_absolute_url()).press("We have done this")
    officer.check("Fewer calls about bins").press("Link it")

    assert "Fewer calls about bins" in Browser().go(need.get_absolute_url()).words
    [message] = Message.objects.filter(kind="projects.need_moved")
    assert message.person == carlos
    assert study.title in officer.words
