"""What is mine on one page: places, votes, needs, drafts, and what waits for me."""

import pytest
from django.utils import timezone

from accounts.roles import Role
from assets_registry.models import Asset
from councils.models import Membership
from councils.operations import ask_to_join
from projects.models import BusinessCase
from publishing.models import CaseStudyPage
from publishing.operations import return_case_study, submit_case_study
from tests.factories.accounts import UserFactory, give_role
from tests.factories.assets_registry import AdoptionFactory, AssetFactory, BenefitFactory
from tests.factories.councils import MembershipFactory
from tests.factories.events import SignUpFactory
from tests.factories.projects import BusinessCaseFactory, NeedFactory
from tests.factories.voting import BallotFactory
from tests.publishing.drafts import draft_of
from voting.models import Ballot, RollEntry, Vote

pytestmark = pytest.mark.django_db


def account_of(person, signed_in) -> str:
    response = signed_in(person).get("/account/")
    assert response.status_code == 200
    return response.content.decode()


def test_a_stranger_is_led_to_sign_in_and_back(client):
    assert client.get("/account/").url.endswith("?next=/account/")


def test_it_lists_what_is_mine(harlow, amina, signed_in):
    place = SignUpFactory(person=amina)
    need = NeedFactory(raised_by=amina, council=harlow)
    ballot = BallotFactory(state="open", opened_at=timezone.now())
    RollEntry.objects.create(ballot=ballot, person=amina)
    asset = AssetFactory(owner=harlow, state=Asset.State.DRAFT, published_at=None)
    page = draft_of(harlow, amina)

    shown = account_of(amina, signed_in)

    for record in (place.event.title, need.title, ballot.question, asset.name, page.title, "Harlow (district)"):
        assert record in shown


def test_it_lists_nothing_of_others(surrey, harlow, amina, carlos, signed_in):
    SignUpFactory(person=carlos, event__title="Their event")
    NeedFactory(raised_by=carlos, council=surrey, title="Their need")
    AssetFactory(owner=surrey, state=Asset.State.DRAFT, published_at=None, name="Their asset")
    draft_of(surrey, carlos, "Their study")

    assert "Their " not in account_of(amina, signed_in)


def test_the_publisher_finds_a_case_study_waiting_and_the_author_does_not(harlow, amina, signed_in):
    publisher = MembershipFactory(organisation=harlow, role=Membership.Role.PUBLISHER).person
    submit_case_study(draft_of(harlow, amina), by=amina)

    assert "Read and decide" in account_of(publisher, signed_in)
    assert "Read and decide" not in account_of(amina, signed_in)


def test_the_lead_finds_an_adoption_to_confirm(harlow, grace, amina, signed_in):
    AdoptionFactory(council=harlow, confirmed_by=None, confirmed_at=None)

    assert "Adoption to confirm" in account_of(grace, signed_in)
    assert "Adoption to confirm" not in account_of(amina, signed_in)


def test_it_says_who_has_still_to_confirm_a_place_that_was_asked_for(harlow, surrey, grace, ben, signed_in, on_day):
    with on_day(2026, 11, 3):
        for council in (harlow, surrey):
            ask_to_join(council, by=ben)

    shown = account_of(ben, signed_in)

    assert "Waiting for Harlow’s lead to confirm, asked 3 November" in shown
    assert "Waiting for the secretariat to confirm, asked 3 November" in shown  # Surrey has no lead
    assert "Write to the secretariat" in shown


def test_the_facilitator_finds_the_vote_to_open_and_others_do_not(fatima, amina, signed_in):
    BallotFactory(question="Which one?")

    assert "Open it" in account_of(fatima, signed_in)
    assert "Which one?" not in account_of(amina, signed_in)


def test_the_secretariat_finds_the_business_case_to_decide(sunita, amina, signed_in):
    case = BusinessCaseFactory(state=BusinessCase.State.SUBMITTED, submitted_at=timezone.now())

    assert f"/board/cases/{case.pk}/decide/" in account_of(sunita, signed_in)
    assert case.project.title not in account_of(amina, signed_in)


def test_the_analyst_finds_a_promise_to_check_unless_it_is_their_own(amina, signed_in):
    anna = give_role(UserFactory(), Role.ANALYST)
    theirs, own = BenefitFactory(title="Fewer calls"), BenefitFactory(title="Fewer letters", recorded_by=anna)

    shown = account_of(anna, signed_in)

    assert f"/assets/benefits/{theirs.pk}/check/" in shown
    assert own.title not in shown
    assert theirs.title not in account_of(amina, signed_in)


def test_an_open_vote_says_whether_one_has_voted(amina, signed_in):
    ballot = BallotFactory(state="open", opened_at=timezone.now())
    RollEntry.objects.create(ballot=ballot, person=amina)
    assert "Vote now" in account_of(amina, signed_in)

    Vote.objects.create(ballot=ballot, person=amina)

    shown = account_of(amina, signed_in)
    assert "You have voted" in shown
    assert "Vote now" not in shown


def test_a_newcomer_is_told_where_to_begin(ben, signed_in):
    shown = account_of(ben, signed_in)

    assert "You act for no council yet" in shown
    assert "/councils/" in shown
    for address in ("/needs/new/", "/assets/register/", "/case-studies/new/"):
        assert address not in shown  # what would only be refused


def test_a_newcomer_who_asked_to_join_sees_that_it_waits(harlow, ben, signed_in):
    MembershipFactory(person=ben, organisation=harlow, state=Membership.State.CANDIDATE)

    shown = account_of(ben, signed_in)

    assert "You asked to join" in shown
    assert "Harlow" in shown
    assert "You act for no council yet" not in shown


def test_a_contributor_is_offered_what_contributors_start(amina, signed_in):
    shown = account_of(amina, signed_in)

    assert "/needs/new/" in shown
    assert "You act for no council yet" not in shown
    assert "You asked to join" not in shown


def test_it_leads_to_ones_data_and_the_second_factor(amina, signed_in):
    shown = account_of(amina, signed_in)

    assert "/account/data/" in shown
    assert "/account/close/" in shown
    assert "/accounts/2fa/" in shown


def test_a_lead_without_a_second_factor_is_told_to_set_one_up_and_offered_no_deed_it_would_open(
    harlow, grace, ben, signed_in
):
    adoption = AdoptionFactory(council=harlow, confirmed_by=None, confirmed_at=None)
    MembershipFactory(person=ben, organisation=harlow, state=Membership.State.CANDIDATE)
    grace.authenticator_set.all().delete()

    for shown in (account_of(grace, signed_in), signed_in(grace).get("/assets/waiting/").content.decode()):
        assert adoption.asset.name in shown
        assert "et up a second factor" in shown
        assert ">Confirm" not in shown


def test_an_open_vote_waits_until_it_is_cast_or_its_time_is_over(ben, signed_in):
    ballot = BallotFactory(state="open", opened_at=timezone.now())
    RollEntry.objects.create(ballot=ballot, person=ben)
    assert "Nothing waits for you" not in account_of(ben, signed_in)

    Ballot.objects.update(closes_at=timezone.now())
    assert "Nothing waits for you" in account_of(ben, signed_in)

    Ballot.objects.update(closes_at=None)
    Vote.objects.create(ballot=ballot, person=ben)
    assert "Nothing waits for you" in account_of(ben, signed_in)


def test_what_was_sent_back_waits_for_whoever_wrote_it_with_the_reason(harlow, amina, carlos, signed_in):
    publisher = MembershipFactory(organisation=harlow, role=Membership.Role.PUBLISHER).person
    page = draft_of(harlow, amina)
    submit_case_study(page, by=amina)
    assert "Nothing waits for you" in account_of(amina, signed_in)

    return_case_study(page, by=publisher, reason="Say how many bins")
    shown = account_of(amina, signed_in)
    assert "sent back: Say how many bins" in shown
    assert f"/cms/pages/{page.pk}/edit/" in shown
    assert "sent back" not in account_of(carlos, signed_in)

    CaseStudyPage.objects.get(pk=page.pk).current_workflow_state.resume(user=amina)  # as the admin does
    AssetFactory(
        owner=harlow, state=Asset.State.DRAFT, published_at=None, registered_by=amina, state_reason="No licence"
    )
    shown = account_of(amina, signed_in)
    assert "sent back: Say how many bins" not in shown
    assert "sent back: No licence" in shown


def test_the_board_finds_the_business_case_it_is_to_decide(boris, signed_in):
    case = BusinessCaseFactory(state=BusinessCase.State.SUBMITTED, submitted_at=timezone.now())

    shown = account_of(boris, signed_in)

    assert f'/board/cases/{case.pk}/"' in shown
    assert "/decide/" not in shown


def test_a_council_that_the_address_suggests_is_asked_for_by_the_person(harlow, signed_in):
    newcomer = UserFactory(email="nina@harlow.gov.uk")
    shown = account_of(newcomer, signed_in)
    assert "Your address at harlow.gov.uk suggests it" in shown
    assert not newcomer.memberships.exists()

    client = signed_in(newcomer)
    client.post("/councils/harlow/join/", {"role": "contributor"})

    assert "You asked to join" in (shown := account_of(newcomer, signed_in))
    assert "suggests it" not in shown


def test_an_officers_account_costs_at_most_seventeen_queries(amina, signed_in, django_assert_max_num_queries):
    client = signed_in(amina)
    client.get("/account/")  # what a process learns once: content types

    with django_assert_max_num_queries(17):
        client.get("/account/")
