"""The home page of a signed-in person: what waits for them, what moved, what is new, days with places."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.roles import Role
from assets_registry.models import Asset
from core import clock
from councils.models import Membership
from portal.models import HomePage
from projects.models import BusinessCase
from publishing.models import CaseStudyPage
from publishing.operations import return_case_study, submit_case_study
from take_up.models import UseSaid
from tests.factories.accounts import UserFactory, give_role
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import MembershipFactory
from tests.factories.events import EventFactory, SignUpFactory
from tests.factories.projects import (
    BusinessCaseFactory,
    ProjectFactory,
)
from tests.factories.steering import DecisionFactory
from tests.factories.take_up import AdoptionFactory, BenefitFactory, MeasurementFactory
from tests.factories.voting import BallotFactory
from tests.publishing.drafts import draft_of
from voting.models import Ballot, RollEntry, Vote

pytestmark = [pytest.mark.sql, pytest.mark.django_db]


def home_of(person, signed_in) -> str:
    response = signed_in(person).get("/")
    assert response.status_code == 200
    return response.content.decode()


def test_the_publisher_finds_a_case_study_waiting_and_the_author_does_not(harlow, amina, signed_in):
    publisher = MembershipFactory(organisation=harlow, role=Membership.Role.PUBLISHER).person
    submit_case_study(draft_of(harlow, amina), by=amina)

    assert "Read and decide" in home_of(publisher, signed_in)
    assert "Read and decide" not in home_of(amina, signed_in)


def test_the_lead_finds_an_adoption_to_confirm(harlow, grace, amina, signed_in):
    AdoptionFactory(council=harlow, confirmed_by=None, confirmed_at=None)

    assert "says that Harlow uses" in home_of(grace, signed_in)
    assert "says that Harlow uses" not in home_of(amina, signed_in)


def test_the_facilitator_finds_the_vote_to_open_and_others_do_not(fatima, amina, signed_in):
    BallotFactory(question="Which one?")

    assert "Open it" in home_of(fatima, signed_in)
    assert "Which one?" not in home_of(amina, signed_in)


def test_the_secretariat_finds_the_business_case_to_decide(sunita, amina, signed_in):
    case = BusinessCaseFactory(state=BusinessCase.State.SUBMITTED, submitted_at=clock.now())

    assert f"/board/cases/{case.pk}/decide/" in home_of(sunita, signed_in)
    assert case.project.title not in home_of(amina, signed_in)


def test_the_analyst_finds_what_was_measured_and_what_nobody_measured_unless_it_is_their_own(amina, signed_in):
    anna = give_role(UserFactory(), Role.ANALYST)
    theirs, own = BenefitFactory(title="Fewer calls"), BenefitFactory(title="Fewer letters", recorded_by=anna)
    measured = MeasurementFactory(waiting=True, promise__title="Fewer visits").promise
    MeasurementFactory(waiting=True, promise__title="Fewer forms", reported_by=anna)

    shown = home_of(anna, signed_in)

    assert f'href="/board/promises/{theirs.pk}/measure/"' in shown
    assert f'href="/board/promises/{measured.pk}/"' in shown
    assert measured.title in shown
    assert own.title not in shown
    assert "Fewer forms" not in shown
    assert theirs.title not in home_of(amina, signed_in)


def test_a_lead_without_a_second_factor_is_told_to_set_one_up_and_offered_no_action_it_would_open(
    harlow, grace, ben, signed_in
):
    adoption = AdoptionFactory(council=harlow, confirmed_by=None, confirmed_at=None)
    MembershipFactory(person=ben, organisation=harlow, state=Membership.State.CANDIDATE)
    grace.authenticator_set.all().delete()

    for shown in (home_of(grace, signed_in), signed_in(grace).get("/assets/waiting/").content.decode()):
        assert adoption.asset.name in shown
        assert "et up a second factor" in shown
        assert ">Confirm" not in shown


def test_an_open_vote_waits_until_it_is_cast_or_its_time_is_over(ben, signed_in):
    ballot = BallotFactory(state="open", opened_at=clock.now())
    entry = RollEntry.objects.create(ballot=ballot, person=ben)
    assert "Nothing waits for you" not in home_of(ben, signed_in)

    Ballot.objects.update(closes_at=clock.now())
    assert "Nothing waits for you" in home_of(ben, signed_in)

    Ballot.objects.update(closes_at=None)
    Vote.objects.create(ballot=ballot, entry=entry, person=ben)
    assert "Nothing waits for you" in home_of(ben, signed_in)


def test_what_was_sent_back_waits_for_whoever_wrote_it_with_the_reason(harlow, amina, carlos, signed_in):
    publisher = MembershipFactory(organisation=harlow, role=Membership.Role.PUBLISHER).person
    page = draft_of(harlow, amina)
    submit_case_study(page, by=amina)
    assert "Nothing waits for you" in home_of(amina, signed_in)

    return_case_study(page, by=publisher, reason="Say how many bins")
    shown = home_of(amina, signed_in)
    assert "sent back: Say how many bins" in shown
    assert f"/cms/pages/{page.pk}/edit/" in shown
    assert "sent back" not in home_of(carlos, signed_in)

    CaseStudyPage.objects.get(pk=page.pk).current_workflow_state.resume(user=amina)  # as the admin does
    AssetFactory(
        owner=harlow, state=Asset.State.DRAFT, published_at=None, registered_by=amina, state_reason="No licence"
    )
    shown = home_of(amina, signed_in)
    assert "sent back: Say how many bins" not in shown
    assert "sent back: No licence" in shown


def test_the_board_finds_the_business_case_it_is_to_decide(boris, signed_in):
    case = BusinessCaseFactory(state=BusinessCase.State.SUBMITTED, submitted_at=clock.now())

    shown = home_of(boris, signed_in)

    assert f'/board/cases/{case.pk}/"' in shown
    assert "/decide/" not in shown


# What is shown, and to whom ------------------------------------------------------------------------------


def test_strangers_keep_the_front_door_and_a_draft_of_it_is_shown_to_its_editors(client, edith, rf):
    assert "Solve it once, for every council" in client.get("/").content.decode()
    request = rf.get("/")
    request.user, request.is_preview = edith, True
    assert HomePage.objects.get().get_template(request) == "portal/home.html"


def test_it_is_headed_by_whom_one_acts_for_and_by_how_much_waits(amina, grace, harlow, signed_in):
    shown = home_of(amina, signed_in)
    assert "This week for Harlow" in shown
    assert "Nothing waits for you, Amina." in shown
    assert 'id="home-search"' in shown
    assert "Solve it once" not in shown

    AdoptionFactory(council=harlow, confirmed_by=None, confirmed_at=None)
    assert "One thing waits for you, Grace." in home_of(grace, signed_in)


def test_whoever_acts_for_no_council_is_told_where_to_begin(ben, signed_in):
    shown = home_of(ben, signed_in)

    assert "You act for no council yet" in shown
    assert "Nothing new since" not in shown


def test_an_open_vote_stands_first_and_says_when_it_closes(grace, harlow, signed_in, on_day):
    AdoptionFactory(council=harlow, confirmed_by=None, confirmed_at=None)
    with on_day(2026, 11, 25):
        closes_at = timezone.make_aware(dt.datetime(2026, 11, 27, 17))
        ballot = BallotFactory(state="open", opened_at=closes_at - dt.timedelta(days=3), closes_at=closes_at)
        RollEntry.objects.create(ballot=ballot, person=grace, organisation=harlow)

        shown = home_of(grace, signed_in)

    assert "Two things wait for you, Grace. One of them closes on Friday." in shown
    assert "closes 17:00" in shown
    assert shown.index(ballot.question) < shown.index("says that Harlow uses")


def test_a_facilitator_finds_the_day_to_run_and_the_update_that_is_overdue(fatima, amina, signed_in):
    day = EventFactory(title="Co-Design Day: bins", started=True)
    late = ProjectFactory(running=True, title="Potholes", last_updated_at=clock.now() - dt.timedelta(days=60))

    shown = home_of(fatima, signed_in)

    assert f'href="/events/{day.slug}/check-in/"' in shown
    assert f'href="/projects/{late.slug}/#latest"' in shown
    assert "one every 2 weeks was promised" in shown
    shown = home_of(amina, signed_in)
    assert "check-in" not in shown
    assert "Write an update" not in shown


def test_the_publisher_of_the_leading_council_is_asked_for_the_update_and_others_are_not(harlow, surrey, signed_in):
    publisher = MembershipFactory(organisation=harlow, role=Membership.Role.PUBLISHER).person
    long_ago = clock.now() - dt.timedelta(days=60)
    ProjectFactory(running=True, title="Ours", lead_council=harlow, last_updated_at=long_ago)
    ProjectFactory(running=True, title="Theirs", lead_council=surrey, last_updated_at=long_ago)

    shown = home_of(publisher, signed_in)

    assert "Ours" in shown
    assert "Theirs" not in shown


def test_a_review_that_is_due_waits_for_the_board_to_read_and_for_the_secretariat_to_record(boris, sunita, signed_in):
    decision = DecisionFactory(review_on=dt.date(2015, 1, 1))

    assert f'href="/board/decisions/{decision.number}/review/"' in home_of(sunita, signed_in)
    shown = home_of(boris, signed_in)
    assert f'href="/board/decisions/{decision.number}/"' in shown
    assert "/review/" not in shown


def test_an_update_that_is_late_waits_for_the_board_to_read(boris, amina, signed_in):
    late = ProjectFactory(running=True, title="Potholes", last_updated_at=clock.now() - dt.timedelta(days=60))

    shown = home_of(boris, signed_in)

    assert f'href="/projects/{late.slug}/#latest"' in shown
    assert "Read how it stands" in shown
    assert "Write an update" not in shown
    assert "Potholes" not in home_of(amina, signed_in)


def test_a_role_without_a_second_factor_finds_no_action_but_the_way_to_set_one_up(signed_in):
    without_factor = give_role(UserFactory(), Role.FACILITATOR, Role.SECRETARIAT, Role.ANALYST)
    without_factor.authenticator_set.all().delete()
    EventFactory(started=True)
    BallotFactory(question="Which one?")
    BenefitFactory()
    MembershipFactory(state=Membership.State.CANDIDATE)

    shown = home_of(without_factor, signed_in)

    assert "One thing waits for you" in shown
    assert 'href="/accounts/2fa/"' in shown
    assert not [words for words in ("Check people in", "Open it", ">Check", "Confirm") if words in shown]


def test_a_lead_without_a_second_factor_is_not_led_into_the_admin_that_is_shut(harlow, amina, grace, signed_in):
    page = draft_of(harlow, amina)
    submit_case_study(page, by=amina)
    assert f"/cms/pages/{page.pk}/edit/" in home_of(grace, signed_in)

    grace.authenticator_set.all().delete()

    shown = home_of(grace, signed_in)
    assert page.title in shown
    assert "/cms/" not in shown
    assert "Set up a second factor to decide" in shown


def test_who_asked_to_join_sees_since_when_they_wait(harlow, ben, signed_in):
    MembershipFactory(person=ben, organisation=harlow, state=Membership.State.CANDIDATE)

    shown = home_of(ben, signed_in)

    assert "You asked to join Harlow on" in shown
    assert "You act for no council yet" not in shown


# Acting in the row ---------------------------------------------------------------------------------------


def test_the_lead_confirms_in_the_row_and_the_next_one_moves_up(grace, harlow, signed_in):
    waiting = [
        AdoptionFactory(
            council=harlow,
            confirmed_by=None,
            confirmed_at=None,
            declared_at=clock.now() - dt.timedelta(days=30 - n),
        )
        for n in range(11)
    ]
    client = signed_in(grace)
    shown = home_of(grace, signed_in)
    assert f'id="adoption-{waiting[0].pk}"' in shown
    assert f'id="adoption-{waiting[10].pk}"' not in shown
    assert shown.count('name="form_token"') == 20
    assert "At least 10 things wait for you, Grace." in shown

    read = UseSaid.that_waits(waiting[0]).mark
    said = client.post(f"/assets/adoptions/{waiting[0].pk}/confirm/", {"next": "/", "read": read})

    assert said.url == "/"
    shown = client.get("/").content.decode()
    assert "Confirmed: Harlow, live" in shown
    assert f'id="adoption-{waiting[0].pk}"' not in shown
    assert f'id="adoption-{waiting[10].pk}"' in shown


def test_what_is_turned_down_in_the_row_goes_and_the_reader_stays(grace, harlow, signed_in):
    adoption = AdoptionFactory(council=harlow, confirmed_by=None, confirmed_at=None)
    client, read = signed_in(grace), UseSaid.that_waits(adoption).mark

    said = client.post(f"/assets/adoptions/{adoption.pk}/turn-down/", {"next": "/assets/waiting/", "read": read})

    assert said.url == "/assets/waiting/"
    assert "No adoption waits" in client.get("/assets/waiting/").content.decode()


def test_a_row_says_who_asks_for_what_and_since_when(grace, amina, harlow, signed_in):
    adoption = AdoptionFactory(
        council=harlow, declared_by=amina, confirmed_by=None, confirmed_at=None, status="piloting", since="2026-11-02"
    )
    for address in ("/", "/assets/waiting/"):
        shown = signed_in(grace).get(address).content.decode()
        assert f"Amina Shah says that Harlow is piloting {adoption.asset}" in shown
        assert "Piloting since 2 November 2026." in shown

    AdoptionFactory(council=harlow, asked_status="retired", asked_since="2026-11-20", asked_by=amina)
    shown = home_of(grace, signed_in)
    assert "Amina Shah says that Harlow no longer uses" in shown
    assert "Until now live since 1 June 2015." in shown


# Days ----------------------------------------------------------------------------------------------------


def test_the_day_one_is_at_and_the_place_of_tomorrow_stand_before_the_days_of_others(amina, signed_in):
    now = clock.now()
    for title, hours, mine in (("Others", 5, False), ("Tomorrow", 24, True), ("On now", -1, True), ("Over", -90, True)):
        event = EventFactory(title=f"Day: {title}", starts_at=now + dt.timedelta(hours=hours))
        if mine:
            SignUpFactory(event=event, person=amina, checked_in_at=now if title == "On now" else None)

    days = home_of(amina, signed_in).partition('id="days"')[2]

    titles = ("Day: On now", "Day: Tomorrow", "Day: Others")
    assert sorted(titles, key=days.index) == list(titles)
    assert "You are checked in" in days
    assert "Day: Over" not in days


def test_a_case_to_decide_comes_before_what_is_only_overdue(sunita, signed_in):
    DecisionFactory(review_on=dt.date(2015, 1, 1), title="Long overdue")
    BusinessCaseFactory(
        state=BusinessCase.State.SUBMITTED, submitted_at=clock.now(), project__title="Waits for the board"
    )

    shown = home_of(sunita, signed_in)

    assert shown.index("Waits for the board") < shown.index("Long overdue")


def test_where_nothing_moved_the_lists_stand_in_one_column(amina, harlow, signed_in):
    assert "lda-week__news" not in home_of(amina, signed_in)

    ProjectFactory(lead_council=harlow)
    assert "lda-week__news" in home_of(amina, signed_in)
