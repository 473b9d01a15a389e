"""What is mine on one page: places, votes, needs, drafts, and what waits for me."""

import datetime as dt
import re

import pytest

from accounts.roles import Role
from assets_registry.models import Asset
from core import clock
from councils.models import Membership
from councils.operations import ask_to_join
from projects.models import NeedSupport
from publishing.models import NewsPage
from tests.factories.accounts import UserFactory, give_role, with_second_factor
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import MembershipFactory
from tests.factories.events import EventFactory, OrganiserFactory, SignUpFactory
from tests.factories.projects import NeedFactory
from tests.factories.publishing import publish_news
from tests.factories.voting import BallotFactory
from tests.publishing.drafts import draft_of
from voting.models import RollEntry, Vote

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
    ballot = BallotFactory(state="open", opened_at=clock.now())
    RollEntry.objects.create(ballot=ballot, person=amina)
    asset = AssetFactory(owner=harlow, state=Asset.State.DRAFT, published_at=None)
    page = draft_of(harlow, amina)

    shown = account_of(amina, signed_in)

    for record in (place.event.title, need.title, ballot.question, asset.name, page.title, "Harlow (district)"):
        assert record in shown


def test_a_need_that_one_joined_stands_with_the_day_one_joined_it(surrey, harlow, amina, signed_in):
    day = dt.datetime(2014, 4, 19, 12, tzinfo=dt.UTC)
    joined = NeedFactory(council=surrey, raised_at=day, title="Joined late")
    NeedFactory(council=harlow, raised_by=amina, raised_at=day.replace(year=2020), title="Raised between")
    joined_at = day.replace(year=2021, month=5)
    NeedSupport.objects.create(need=joined, council=harlow, joined_by=amina, joined_at=joined_at)

    shown = account_of(amina, signed_in)

    assert "19 May 2021" in shown
    assert "19 Apr 2014" not in shown
    assert shown.index("Joined late") < shown.index("Raised between")


def test_the_places_to_come_stand_first_the_next_one_above_all(amina, signed_in):
    now = clock.now()
    for title, days in (("Long past", -90), ("Just past", -3), ("In December", 18), ("Tomorrow", 1)):
        starts_at = now + dt.timedelta(days=days)
        SignUpFactory(
            person=amina,
            event__title=title,
            event__starts_at=starts_at,
            event__ends_at=starts_at + dt.timedelta(hours=6),
        )

    shown = account_of(amina, signed_in)

    titles = ("Tomorrow", "In December", "Just past", "Long past")
    assert sorted(titles, key=shown.index) == list(titles)


def test_whoever_acts_for_no_council_reads_nothing_of_a_council_of_theirs(ben, signed_in):
    shown = account_of(ben, signed_in)

    assert "your council" not in shown
    assert shown.count("You write for no council.") == 2


def test_news_that_was_taken_off_the_site_is_not_being_written(signed_in):
    editor = give_role(UserFactory(), Role.EDITOR)
    for title in ("Places left", "Next week"):
        page = publish_news(title=title, published_on=dt.date(2026, 7, 1))
        page.owner = editor
        page.save()
        page.save_revision(user=editor)
        if title == "Places left":
            page.unpublish(user=editor)
        else:
            NewsPage.objects.filter(pk=page.pk).update(has_unpublished_changes=True)

    shown = account_of(editor, signed_in)

    assert "Next week" in shown
    assert "Places left" not in shown


def test_it_lists_nothing_of_others(surrey, harlow, amina, carlos, signed_in):
    SignUpFactory(person=carlos, event__title="Their event")
    NeedFactory(raised_by=carlos, council=surrey, title="Their need")
    AssetFactory(owner=surrey, state=Asset.State.DRAFT, published_at=None, name="Their asset")
    draft_of(surrey, carlos, "Their study")

    assert "Their " not in account_of(amina, signed_in)


def test_it_says_who_has_still_to_confirm_a_place_that_was_asked_for(harlow, surrey, grace, ben, signed_in, on_day):
    with on_day(2026, 11, 3):
        for council in (harlow, surrey):
            ask_to_join(council, by=ben)

    shown = account_of(ben, signed_in)

    assert "Waiting for Harlow’s lead to confirm, asked 3 November" in shown
    assert "Waiting for the secretariat to confirm, asked 3 November" in shown  # Surrey has no lead
    assert "Write to the secretariat" in shown


def test_an_open_vote_says_whether_one_has_voted(amina, signed_in):
    ballot = BallotFactory(state="open", opened_at=clock.now())
    entry = RollEntry.objects.create(ballot=ballot, person=amina)
    assert "Vote now" in account_of(amina, signed_in)

    Vote.objects.create(ballot=ballot, entry=entry, person=amina)

    shown = account_of(amina, signed_in)
    assert "You have voted" in shown
    assert "Vote now" not in shown


def test_an_open_vote_stands_first_and_leads_to_its_ballot_until_one_has_voted(amina, signed_in):
    over = BallotFactory(state="open", opened_at=clock.now(), closes_at=clock.now(), question="Over?")
    ballot = BallotFactory(state="open", opened_at=clock.now() - dt.timedelta(hours=1), question="Which now?")
    entry = RollEntry.objects.create(ballot=ballot, person=amina)
    RollEntry.objects.create(ballot=over, person=amina)

    def first_heading_and_row():
        main = account_of(amina, signed_in).partition('class="columns__main"')[2]
        return main.partition("</h2>")[0], main.partition("<li")[2].partition("</li>")[0]

    heading, row = first_heading_and_row()
    assert "Your votes" in heading
    assert f'href="/votes/{ballot.reference}/cast/"' in row

    Vote.objects.create(ballot=ballot, entry=entry, person=amina)
    assert "Your votes" not in first_heading_and_row()[0]


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


def test_it_lists_the_coming_events_that_one_runs_by_name_and_no_others(fatima, signed_in):
    olga = OrganiserFactory(
        event=EventFactory(slug="asked", made_by=fatima), person=with_second_factor(UserFactory())
    ).person
    EventFactory(slug="of-others")
    EventFactory(slug="over", ended=True, made_by=fatima)

    for person in (olga, fatima):
        assert re.findall(r"/events/([a-z-]+)/run/", account_of(person, signed_in)) == ["asked"]
    assert "Events you run" not in account_of(UserFactory(), signed_in)
