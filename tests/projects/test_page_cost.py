"""Lists and pages cost at most 12 queries, and no more with thirty rows than with three."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from projects.models import NeedSupport, StatusUpdate
from tests.factories.councils import MembershipFactory, OrganisationFactory
from tests.factories.projects import (
    BlockFactory,
    BusinessCaseFactory,
    DiscoveryFactory,
    InterestFactory,
    NeedFactory,
    ProjectFactory,
    PrototypeFactory,
)

MOST = 13
MOST_OF_A_NEED = MOST + 2  # how many councils provide it, and what others have done
MOST_OF_A_DISCOVERY = MOST + 1  # whether a vote on its prototypes has still to close
# Besides what it is: purposes, offers, blocks, decisions, assessments at gates, the plan of its take-up.
MOST_OF_A_PROJECT = 19
# Besides what it is: where it says it stands by the flag; of the projects it leads the last lines, the blocks, the
# actions of the board that are late and the promises missed. The lines are read once for all strangers.
MOST_OF_A_COUNCIL = 17


def cost(client, address, most=MOST):
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    assert len(queries) <= most, [query["sql"] for query in queries]
    return len(queries)


def needs(n, **fields):
    for _ in range(n):
        need = NeedFactory(discovery=DiscoveryFactory(), **fields)
        NeedSupport.objects.create(need=need, council=OrganisationFactory(), joined_by=need.raised_by)
    return "/needs/"


def one_need(n):
    need = NeedFactory(discovery=DiscoveryFactory())
    for _ in range(n):
        NeedSupport.objects.create(need=need, council=OrganisationFactory(), joined_by=need.raised_by)
        PrototypeFactory(discovery=need.discovery).needs.add(need)
    return need.get_absolute_url()


def discoveries(n):
    for _ in range(n):
        PrototypeFactory()
    return "/discoveries/"


def one_discovery(n):
    discovery = DiscoveryFactory(at_step_two=True)
    for _ in range(n):
        ProjectFactory(prototype=PrototypeFactory(discovery=discovery), discovery=discovery)
        NeedFactory(discovery=discovery)
        discovery.priority_issues.create(wording="An issue")
        discovery.potential_projects.create(title="A project", scope="Scope")
    return discovery.get_absolute_url()


def one_prototype(n):
    prototype = PrototypeFactory()
    prototype.needs.set(NeedFactory() for _ in range(n))
    return prototype.get_absolute_url()


def projects(n):
    for _ in range(n):
        ProjectFactory(prototype=PrototypeFactory())
    return "/projects/"


def one_project(n):
    project = ProjectFactory(prototype=PrototypeFactory())
    for version in range(n):
        case = BusinessCaseFactory(
            project=project,
            version=version + 1,
            state="rejected",
            decided_on="2015-01-01",
            decided_by_body="Board",
            decision_number=f"DEC-{version}",
        )
        StatusUpdate.objects.create(project=project, line=f"Update {version}", by=case.written_by)
        project.partners.add(OrganisationFactory())
        InterestFactory(project=project)
        BlockFactory(project=project)
    return project.get_absolute_url()


def two_versions(n):
    return f"{one_project(n)}business-case/compare/"


PAGES = [needs, one_need, discoveries, one_discovery, one_prototype, projects, one_project, two_versions]


@pytest.mark.parametrize("make", PAGES, ids=lambda make: make.__name__)
def test_a_page_costs_the_same_with_three_and_with_twenty(client, make, amina, fatima):
    """To a stranger, an officer and a facilitator."""
    readers = [client, Client(), Client()]
    for reader, person in zip(readers[1:], (amina, fatima), strict=True):
        reader.force_login(person)
    of_kind = {one_need: MOST_OF_A_NEED, one_discovery: MOST_OF_A_DISCOVERY, one_project: MOST_OF_A_PROJECT}
    most = of_kind.get(make, MOST)

    few, many = ([cost(reader, address, most) for reader in readers] for address in map(make, (3, 20)))

    assert many == few


def test_the_form_and_the_page_to_join_cost_no_more(signed_in, amina, surrey):
    MembershipFactory(person=amina, organisation=surrey)
    needs(3, title="Report a missed bin")
    client = signed_in(amina)

    cost(client, "/needs/new/?title=missed+bins")
    cost(client, "/needs/similar?q=missed+bins")
    cost(client, f"{NeedFactory().get_absolute_url()}join/")


@pytest.mark.parametrize("how_many", [1, 8])
def test_a_councils_page_costs_a_stranger_no_more_for_the_projects_that_it_leads_today(client, harlow, grace, how_many):
    for _ in range(how_many):
        project = ProjectFactory(running=True, lead_council=harlow)
        StatusUpdate.objects.create(project=project, line="It goes on.", by=grace)

    cost(client, harlow.get_absolute_url(), MOST_OF_A_COUNCIL)
