"""The story strip: one chain from need to case study, the same from every record of it, in one query."""

import datetime as dt
from copy import deepcopy

import pytest
from wagtail.models import PageViewRestriction

from assets_registry.models import Asset
from core import clock
from projects.models import BusinessCase, Discovery, Need, Project
from story.queries import chain_of
from take_up.models import Adoption
from take_up.queries import take_up
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import OrganisationFactory
from tests.factories.events import EventFactory
from tests.factories.projects import (
    BusinessCaseFactory,
    DiscoveryFactory,
    NeedFactory,
    ProjectFactory,
    PrototypeFactory,
)
from tests.factories.publishing import publish_case_study
from tests.factories.take_up import AdoptionFactory, BenefitFactory
from tests.factories.voting import BallotFactory
from tests.scenes import built_once
from tests.story.chains import FlagshipChain

pytestmark = [pytest.mark.sql, pytest.mark.django_db]

NINE = [
    "Need",
    "Discovery Day",
    "Co-Design Day",
    "Vote",
    "Project",
    "Business case",
    "Asset",
    "Take-up",
    "Case study",
]
RECORDS = [
    "need",
    "discovery",
    "discovery_day",
    "co_design_day",
    "prototype",
    "ballot",
    "project",
    "case",
    "asset",
    "adoption",
    "page",
]


@pytest.fixture(scope="module")
def built_chain(django_db_setup, django_db_blocker):
    with built_once(FlagshipChain, django_db_blocker) as chain:
        yield chain


@pytest.fixture
def chain(built_chain):
    """As it was built, for each test."""
    return deepcopy(built_chain)


def kinds(story):
    return [node.kind for node in story.happened]


def node(story, kind):
    return next(node for node in story.nodes if node.kind == kind)


@pytest.mark.parametrize("name", RECORDS)
def test_every_record_of_the_chain_shows_the_same_nine_steps_in_one_query(chain, name, django_assert_num_queries):
    record = chain.records()[name]

    with django_assert_num_queries(1):
        story = chain_of(record)

    assert kinds(story) == NINE
    assert [node.title for node in story.nodes] == [node.title for node in chain_of(chain.project).nodes]


@pytest.mark.parametrize(
    ("kind", "title", "fact"),
    [
        ("Need", "Paying for care", "A need of 2 councils"),
        ("Discovery Day", "Adult social care charges", "14 May 2014 · 2 people"),
        ("Co-Design Day", "Two prototypes", "9 July 2014 · 3 people"),
        ("Vote", "Chosen by 2 of 3", "1 of 2 councils"),
        ("Project", "Deferred payment calculator", "July 2014"),
        ("Business case", "Accepted by the board", "10 Dec 2014 · DEC-2014-07"),
        ("Asset", "Calculator, open source", "June 2015"),
    ],
)
def test_a_step_says_its_title_and_one_fact(chain, kind, title, fact):
    step = node(chain_of(chain.asset), kind)

    assert (step.title, step.fact) == (title, fact)


def test_a_day_of_two_days_says_both(chain):
    day = chain.co_design_day
    day.ends_at += dt.timedelta(days=1)
    day.save()

    assert node(chain_of(chain.asset), "Co-Design Day").fact == "9 to 10 July 2014 · 3 people"


def test_take_up_counts_live_confirmed_councils_of_those_the_asset_is_for(chain):
    before = node(chain_of(chain.asset), "Take-up").title
    AdoptionFactory(asset=chain.asset, confirmed_by=None, confirmed_at=None)
    AdoptionFactory(asset=chain.asset, council__kind="district")

    after = node(chain_of(chain.asset), "Take-up").title

    assert before == after
    assert before.startswith("1 of 1")


def test_take_up_of_the_record_is_divided_by_the_councils_of_its_day(chain):
    now = take_up(chain.asset)
    moment = dt.datetime(2015, 6, 1, 9, tzinfo=dt.UTC)
    Asset.objects.filter(pk=chain.asset.pk).update(published_at=moment)
    Adoption.objects.filter(asset=chain.asset).update(since=moment.date())

    then = take_up(Asset.objects.get(pk=chain.asset.pk))

    assert then.past_day
    assert then.base != now.base
    assert f" of {then.base} " in f"{node(chain_of(chain.asset), 'Take-up').title} "


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("need", "Case study"),  # of a need: how far it has come
        ("discovery_day", "Discovery Day"),
        ("prototype", "Co-Design Day"),
        ("ballot", "Vote"),
        ("case", "Business case"),
        ("adoption", "Take-up"),
        ("page", "Case study"),
    ],
)
def test_the_present_step_is_marked_and_it_alone(chain, name, kind):
    present = [step.kind for step in chain_of(chain.records()[name]).nodes if step.is_present]

    assert present == [kind]


def test_a_benefit_stands_where_its_project_or_its_adoption_stands(chain):
    of_project = BenefitFactory(project=chain.project)
    of_adoption = BenefitFactory(project=None, adoption=chain.adoption)

    assert [step.kind for step in chain_of(of_project).nodes if step.is_present] == ["Project"]
    assert [step.kind for step in chain_of(of_adoption).nodes if step.is_present] == ["Take-up"]
    assert kinds(chain_of(of_adoption)) == NINE


def test_a_new_need_has_everything_to_come():
    story = chain_of(NeedFactory())

    assert kinds(story) == ["Need"]
    assert [step.kind for step in story.nodes if step.is_future] == NINE[1:]


def test_several_needs_are_shown_as_one_and_how_many_more(chain):
    for _ in range(3):
        NeedFactory(discovery=chain.discovery)

    assert node(chain_of(chain.project), "Need").fact == "A need of 2 councils · and 3 more needs"


def test_the_need_whose_page_it_is_comes_before_the_others(chain):
    other = NeedFactory(title="Another need", discovery=chain.discovery)

    assert node(chain_of(other), "Need").title == "Another need"


def test_a_need_leads_to_the_project_that_meets_it_and_not_to_another_of_the_discovery(chain):
    unmet = ProjectFactory(
        title="Something else",
        discovery=chain.discovery,
        prototype=PrototypeFactory(discovery=chain.discovery),
        started_on=dt.date(2014, 1, 1),
    )

    assert node(chain_of(chain.need), "Project").title == "Deferred payment calculator"
    assert node(chain_of(unmet), "Project").title == "Something else"
    assert "Asset" not in kinds(chain_of(unmet))


def test_a_draft_day_is_left_out(chain):
    chain.discovery_day.state = "draft"
    chain.discovery_day.save()

    assert "14 May" not in node(chain_of(chain.project), "Discovery").fact


def test_a_vote_that_is_being_prepared_is_left_out(chain):
    ballot = BallotFactory(event=EventFactory(co_design=True, discovery=DiscoveryFactory()))

    assert "Vote" not in kinds(chain_of(ballot))


@pytest.mark.parametrize(
    "more", [{}, {"open": True, "state": "void", "voided_at": clock.now, "void_reason": "Misread"}]
)
def test_a_vote_that_is_prepared_or_void_shows_no_other_vote_of_its_day(chain, more):
    now = {name: value() if callable(value) else value for name, value in more.items()}
    other = BallotFactory(event=chain.co_design_day, **now)

    assert "Vote" in [node.kind for node in chain_of(chain.ballot).happened]
    assert "Vote" not in [node.kind for node in chain_of(other).happened]


def test_an_asset_that_is_not_published_is_left_out(chain):
    chain.adoption.asset.__class__.objects.filter(pk=chain.asset.pk).update(state=Asset.State.WITH_EDITOR)

    assert {"Asset", "Take-up"}.isdisjoint(kinds(chain_of(chain.project)))


def test_a_case_study_that_is_not_public_is_left_out(chain):
    PageViewRestriction.objects.create(page=chain.page, restriction_type="login")

    assert "Case study" not in kinds(chain_of(chain.project))


def test_a_case_study_that_is_a_draft_is_left_out(chain):
    chain.page.unpublish()

    assert "Case study" not in kinds(chain_of(chain.project))


def test_on_its_own_page_a_case_study_that_is_a_draft_is_here_and_not_to_come(chain):
    chain.page.unpublish()

    own = chain_of(chain.page).nodes[-1]

    assert (own.kind, own.title, own.fact, own.state) == (
        "Case study", chain.page.title, "Not published yet", "present",
    )  # fmt: skip


def test_a_draft_of_a_business_case_is_left_out():
    case = BusinessCaseFactory(state=BusinessCase.State.DRAFT)

    assert "Business case" not in kinds(chain_of(case.project))


def test_a_rejected_business_case_says_so_even_while_a_new_version_is_a_draft():
    decided = {"decided_by_body": "the board", "decided_on": dt.date(2015, 3, 2), "decision_number": "DEC-2015-03"}
    case = BusinessCaseFactory(state=BusinessCase.State.REJECTED, **decided)
    BusinessCaseFactory(project=case.project, version=2)

    for record in (case.project, case):
        step = node(chain_of(record), "Business case")
        assert (step.title, step.fact) == ("Rejected by the board", "2 Mar 2015 · DEC-2015-03")
        assert step.url == f"/projects/{case.project.slug}/business-case/1/"


def test_a_withdrawn_asset_stays_as_a_tombstone_without_its_name(chain):
    Asset.objects.filter(pk=chain.asset.pk).update(state=Asset.State.WITHDRAWN)

    step = node(chain_of(chain.project), "Asset")

    assert (step.state, step.title, step.fact) == ("withdrawn", "Withdrawn", "")
    assert step.url


def test_a_withdrawn_case_study_stays_as_a_tombstone_without_its_title(chain):
    chain.page.withdrawn_on, chain.page.withdrawn_reason = dt.date(2016, 1, 1), "The figures were wrong."
    chain.page.save()

    step = node(chain_of(chain.project), "Case study")

    assert (step.state, step.title, step.url) == ("withdrawn", "Withdrawn", "/case-studies/warwickshire-test/")


def test_what_was_withdrawn_is_not_among_and_so_many_more(chain):
    other = publish_case_study(chain.council, title="Another", project=chain.project)
    assert "and 1 more case study" in node(chain_of(chain.project), "Case study").fact

    other.withdrawn_on, other.withdrawn_reason = dt.date(2016, 1, 1), "The figures were wrong."
    other.save()

    assert "more case" not in node(chain_of(chain.project), "Case study").fact


def test_a_need_names_the_same_steps_in_its_stepper_as_in_its_strip(chain, client):
    gathered = NeedFactory(discovery=chain.discovery)  # the chosen prototype meets another need

    page = client.get(gathered.get_absolute_url()).content.decode()

    assert "4 Launch and take-up" in page.split("lda-stepper__step--present")[1].split("</li>")[0]


def test_a_withdrawn_need_stays_as_a_tombstone():
    need = NeedFactory(state=Need.State.WITHDRAWN, state_reason="Raised twice")

    story = chain_of(need)

    assert [(step.kind, step.state) for step in story.nodes] == [("Need", "withdrawn")]


def test_nothing_is_to_come_where_a_project_was_stopped(chain):
    Project.objects.filter(pk=chain.project.pk).update(stage="stopped", ended_on=dt.date(2015, 1, 1), lesson="Too dear")
    Asset.objects.filter(pk=chain.asset.pk).update(state=Asset.State.DRAFT)
    chain.page.unpublish()

    assert not [step for step in chain_of(chain.project).nodes if step.is_future]


def test_nothing_is_to_come_where_a_discovery_was_stopped():
    discovery = DiscoveryFactory(step=Discovery.Step.STOPPED, stopped_on=dt.date(2014, 6, 1), lesson="No department")

    assert not [step for step in chain_of(discovery).nodes if step.is_future]


def test_a_day_that_belongs_to_no_discovery_has_no_strip():
    assert chain_of(EventFactory()).nodes == ()


def test_a_day_to_come_says_so():
    discovery = DiscoveryFactory()
    day = EventFactory(kind="discovery_day", discovery=discovery, starts_at=clock.now() + dt.timedelta(days=3))

    assert node(chain_of(day), "Discovery Day").fact.endswith("to come")


def test_a_case_study_without_an_asset_follows_its_project(chain, harlow):
    page = publish_case_study(harlow, title="From the project", project=chain.project)

    assert kinds(chain_of(page)) == NINE
    assert node(chain_of(page), "Case study").title == "From the project"


def test_a_case_study_of_no_project_and_no_asset_tells_no_other_projects_story(harlow):
    """A project without assets is not the project of a page that names neither."""
    ProjectFactory(title="Nothing of it is an asset")
    page = publish_case_study(harlow, title="By itself")

    assert kinds(chain_of(page)) == []


def test_an_asset_on_its_own_has_a_chain_of_its_own():
    assert kinds(chain_of(AssetFactory())) == ["Asset"]


def test_one_asset_that_several_councils_use_is_one_asset(chain):
    for kind in ("county", "unitary", "county"):
        AdoptionFactory(asset=chain.asset, council=OrganisationFactory(kind=kind))

    assert "more" not in node(chain_of(chain.project), "Asset").fact
