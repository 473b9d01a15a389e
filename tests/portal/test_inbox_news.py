"""The home page of a signed-in person: what moved, what is new for their services, which days have places."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from assets_registry.models import Asset
from audit.operations import log_action
from core import clock
from councils.models import Membership
from portal.inbox.week import week_of
from projects.discoveries.operations import gather_need
from projects.models import Need, NeedSupport, StatusUpdate
from tests.factories.accounts import UserFactory, give_role
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import MembershipFactory, ServiceFactory
from tests.factories.events import EventFactory, SignUpFactory
from tests.factories.projects import (
    BusinessCaseFactory,
    DiscoveryFactory,
    NeedFactory,
    ProjectFactory,
    PrototypeFactory,
)
from tests.factories.publishing import publish_case_study
from tests.factories.steering import DecisionFactory
from tests.factories.take_up import AdoptionFactory, BenefitFactory, MeasurementFactory
from tests.factories.voting import BallotFactory, OptionFactory
from voting.models import RollEntry

pytestmark = [pytest.mark.sql, pytest.mark.django_db]


def days_ago(days: int) -> dt.datetime:
    return clock.now() - dt.timedelta(days=days)


def told(lines) -> dict[str, str]:
    """Each line's title with the reason for which it is shown."""
    return {line.title: line.because for line in lines}


# Moved -----------------------------------------------------------------------------------------------------


def test_a_need_we_joined_that_is_taken_up_withdrawn_or_given_a_prototype_has_moved(amina, harlow, surrey, fatima):
    ours, theirs = NeedFactory(title="Ours", council=surrey), NeedFactory(title="Theirs", council=surrey)
    NeedSupport.objects.create(need=ours, council=harlow, joined_by=amina)
    assert week_of(amina).moved == []  # joining it, or putting its words right, is no move

    discovery = DiscoveryFactory()
    for need in (ours, theirs):
        gather_need(discovery, need, by=fatima)
    prototype = PrototypeFactory(title="One form", discovery=discovery)
    prototype.needs.add(ours)

    moved = week_of(amina).moved
    assert told(moved) == {
        "Ours": "Harlow raised or joined it",
        "One form": "Harlow raised or joined a need behind it",
    }
    assert f"Taken up in the discovery “{discovery}”." in {line.note for line in moved}
    assert told(week_of(amina, clock.now() + dt.timedelta(days=1)).moved) == {}


def test_a_need_whose_words_changed_after_it_was_taken_up_long_ago_has_not_moved(amina, harlow):
    need = NeedFactory(council=harlow, discovery=DiscoveryFactory())
    log_action("projects.gathered_need", by=None, about=need)

    assert week_of(amina, clock.now() + dt.timedelta(seconds=5)).moved == []
    Need.objects.update(updated_at=clock.now() + dt.timedelta(seconds=9))
    assert week_of(amina, clock.now() + dt.timedelta(seconds=5)).moved == []


def test_a_withdrawn_or_merged_need_has_moved(amina, harlow):
    into = NeedFactory(title="The other one")
    NeedFactory(title="Gone", council=harlow, state="withdrawn", state_reason="Solved")
    NeedFactory(title="Joined up", council=harlow, state="merged", merged_into=into)

    assert {line.title: line.note for line in week_of(amina).moved} == {
        "Gone": "Withdrawn: Solved",
        "Joined up": "Merged into “The other one”, with the councils that have it.",
    }


def test_a_project_we_are_in_has_moved_with_an_update_a_decision_or_an_end(amina, harlow, surrey):
    led = ProjectFactory(title="Led", lead_council=harlow, created_at=days_ago(90))
    joined = ProjectFactory(title="Joined", lead_council=surrey, created_at=days_ago(90))
    joined.partners.add(harlow)
    others = ProjectFactory(title="Others", lead_council=surrey, created_at=days_ago(90))
    for project in (led, joined, others):
        StatusUpdate.objects.create(project=project, line=f"{project} goes on", by=amina)
        DecisionFactory(
            title=f"On {project}",
            business_case=BusinessCaseFactory(
                project=project,
                state="accepted",
                decided_on=dt.date(2014, 12, 10),
                decided_by_body="Board",
                decision_number="X",
            ),
        )
    chosen = PrototypeFactory(created_at=days_ago(90))
    chosen.needs.add(NeedFactory(council=harlow))
    ProjectFactory(title="Ours to need", lead_council=surrey, prototype=chosen)
    ProjectFactory(
        title="Stopped",
        lead_council=harlow,
        created_at=days_ago(90),
        stage="stopped",
        lesson="No",
        ended_on=days_ago(1),
    )

    moved = told(week_of(amina).moved)

    assert set(moved) == {"Led", "Joined", "On Led", "On Joined", "Stopped", "Ours to need"}
    assert moved["On Joined"] == moved["Stopped"] == "Harlow is in the project"
    assert moved["Ours to need"] == "Harlow raised or joined a need behind it"


def test_an_asset_we_use_or_own_has_moved_with_a_new_adopter_a_version_or_its_withdrawal(amina, harlow, surrey, luton):
    owned, used = AssetFactory(name="Owned", owner=harlow), AssetFactory(name="Used", owner=surrey)
    other = AssetFactory(name="Other", owner=surrey)
    AdoptionFactory(asset=used, council=harlow)
    for asset in (owned, used, other):
        AdoptionFactory(asset=asset, council=luton, noted=True)
    AdoptionFactory(asset=owned, council=surrey, may_be_listed=False, noted=True)
    AdoptionFactory(asset=owned, confirmed_by=None, confirmed_at=None)

    assert told(week_of(amina).moved) == {
        "Luton uses Owned": "Harlow owns it",
        "Luton uses Used": "Harlow uses it",
    }

    Asset.objects.filter(pk=used.pk).update(released_on=days_ago(2), version="3")
    assert "Version 3 is out." in {line.note for line in week_of(amina).moved}
    Asset.objects.filter(pk=used.pk).update(state="withdrawn", state_reason="Replaced", updated_at=clock.now())
    assert "Withdrawn: Replaced" in {line.note for line in week_of(amina).moved}


def test_a_vote_on_a_prototype_for_our_need_has_moved_once_it_is_open(amina, harlow):
    prototype = PrototypeFactory(created_at=days_ago(30))
    prototype.needs.add(NeedFactory(council=harlow))
    ballot = BallotFactory(question="Which one?")
    OptionFactory(ballot=ballot, prototype=prototype)
    assert week_of(amina).moved == []

    ballot.state, ballot.opened_at = "open", clock.now()
    ballot.save()

    assert told(week_of(amina).moved) == {"Which one?": "Harlow raised or joined a need behind it"}


# New for your services, days with places -------------------------------------------------------------------


def test_what_others_bring_to_the_services_we_have_needs_or_assets_in_is_new(amina, harlow, surrey):
    bins, parking = ServiceFactory(name="Bins"), ServiceFactory(name="Parking")
    NeedFactory(council=harlow, service=bins)
    AssetFactory(owner=harlow).services.add(parking)
    NeedFactory(title="A need", council=surrey, service=bins)
    AssetFactory(name="An asset", owner=surrey).services.add(parking)
    publish_case_study(surrey, title="A study", service=bins)
    NeedFactory(title="Of another service", council=surrey, service=ServiceFactory())
    NeedFactory(title="Of long ago", council=surrey, service=bins, raised_at=days_ago(30))
    AssetFactory(name="A draft", owner=surrey, state="draft", published_at=None).services.add(parking)

    assert told(week_of(amina).new) == {"A need": "Bins", "An asset": "Parking", "A study": "Bins"}


def test_days_are_those_one_has_a_place_at_and_those_with_places_and_say_what_is_ours(amina, harlow):
    bins = ServiceFactory(name="Bins")
    NeedFactory(council=harlow, service=bins)
    EventFactory(title="Ours").services.add(bins)
    EventFactory(title="Anybody's", starts_at=clock.now() + dt.timedelta(days=20))
    EventFactory(title="Far away", starts_at=clock.now() + dt.timedelta(days=90))
    EventFactory(title="Closed", sign_up_closes_at=days_ago(1))
    EventFactory(title="Over", ended=True)
    SignUpFactory(event__title="Mine", person=amina)

    days = week_of(amina).days
    assert told(days) == {"Mine": "", "Ours": "Harlow has needs or assets in its service", "Anybody's": ""}
    assert {line.title: line.word for line in days}["Mine"] == "You have a place"


def test_with_nothing_new_the_page_says_since_when(amina, signed_in, on_day):
    with on_day(2026, 11, 26):
        shown = signed_in(amina).get("/").content.decode()

    assert shown.count("Nothing new since 18 November.") == 2


# What it costs ---------------------------------------------------------------------------------------------


def fill(person, council, rows: int) -> None:
    """As many rows of every kind that the page can show to this person."""
    service = ServiceFactory()
    for n in range(rows):
        AdoptionFactory(council=council, confirmed_by=None, confirmed_at=None)
        AssetFactory(owner=council, state="with_publisher", published_at=None)
        MembershipFactory(organisation=council, state=Membership.State.CANDIDATE)
        BenefitFactory()
        MeasurementFactory(waiting=True)
        MeasurementFactory(promise__claimed=6, promise__project__lead_council=council)
        BenefitFactory(claimed_on=clock.today() - dt.timedelta(days=200), project__lead_council=council)
        RollEntry.objects.create(
            ballot=BallotFactory(state="open", opened_at=clock.now()), person=person, organisation=council
        )
        BallotFactory()
        BusinessCaseFactory(state="submitted", submitted_at=clock.now())
        DecisionFactory(review_on=dt.date(2015, 1, 1))
        ProjectFactory(running=True, lead_council=council, last_updated_at=days_ago(60))
        prototype = PrototypeFactory()
        prototype.needs.add(NeedFactory(council=council, service=service, state="withdrawn", state_reason="x"))
        StatusUpdate.objects.create(project=ProjectFactory(lead_council=council), line="On", by=person)
        owned = AssetFactory(owner=council)
        owned.services.add(service)
        AdoptionFactory(asset=owned, noted=True)
        NeedFactory(service=service)
        AssetFactory().services.add(service)
        EventFactory().services.add(service)
        EventFactory(started=True)
        publish_case_study(MembershipFactory().organisation, title=f"Study {rows} {n}", service=service)


def test_the_page_costs_as_much_with_twelve_rows_of_everything_as_with_three(harlow, signed_in):
    everyone = give_role(UserFactory(), *Role)
    MembershipFactory(person=everyone, organisation=harlow, role=Membership.Role.LEAD)
    client = signed_in(everyone)
    client.get("/")  # what a process learns once
    costs = []
    for more in (3, 9):
        fill(everyone, harlow, more)
        cache.clear()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            shown = client.get("/").content.decode()
        costs.append(len(asked))

    assert shown.count('class="lda-row ') > 40
    assert costs[0] == costs[1]
    # One for each source; the last are pauses to end, interests to answer, blocks to remove, promises to measure, the
    # promises of one's council, what was left behind there, and surveys that run.
    assert costs[0] <= 71


def test_an_officers_home_page_costs_at_most_forty_one_queries(amina, harlow, signed_in, django_assert_max_num_queries):
    NeedFactory(council=harlow, service=ServiceFactory())
    client = signed_in(amina)
    client.get("/")

    # The last two are the blocks that wait for her council and the promises that it answers for.
    with django_assert_max_num_queries(41):
        client.get("/")
