"""A page answers with a handful of queries, however many rows there are: as many at 20 and 2,000.

At most 12. A council’s page also asks where the council says it stands by Planting the Flag. The board’s page asks 18
for what stands around its portfolio, one query a source; the last is of the projects whose ratings it counts.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext
from django.utils.text import slugify
from wagtail.models import Page

from assets_registry.models import Asset
from core import clock
from councils.models import Organisation
from events.models import Event
from projects.models import Block, Discovery, Need, NeedSupport, Project, Prototype
from publishing.models import CaseStudyIndexPage, CaseStudyPage
from tests.factories.accounts import UserFactory
from tests.factories.assets_registry import AssetFactory
from tests.factories.events import EventFactory
from tests.factories.projects import BlockFactory, DiscoveryFactory, NeedFactory, ProjectFactory, PrototypeFactory
from tests.factories.voting import BallotFactory
from voting.models import Ballot

# The board also asks for each kind of what waits for it, among them blocks, missed promises and decisions left undone.
# A council's page shows what every app knows of it, the figures of its services among them.
MOST, MOST_OF_A_COUNCIL, MOST_OF_THE_BOARD = 12, 14, 22
MOST_OF = {"councils": MOST_OF_A_COUNCIL, "board": MOST_OF_THE_BOARD, "portfolio": MOST_OF_THE_BOARD}
pytestmark = pytest.mark.django_db


def alike(first: Model, number: int) -> list[Any]:
    """So many rows as a factory has built the first, each with a slug or a reference of its own."""
    fields = [field for field in first._meta.concrete_fields if not field.primary_key]
    shared = {field.attname: getattr(first, field.attname) for field in fields if not field.unique}
    begun = getattr(first, "slug", None)
    own = ({"slug": f"{begun}-{n}"} if begun else {} for n in range(number))
    return [type(first)(**shared, **each) for each in own]


def needs(number: int) -> None:
    need = NeedFactory.build(council=Organisation.objects.get(slug="harlow"), raised_by=(person := UserFactory()))
    rows = Need.objects.bulk_create(alike(need, number))
    NeedSupport.objects.bulk_create(NeedSupport(need=row, council=need.council, joined_by=person) for row in rows)


def discoveries(number: int) -> None:
    department = Organisation.objects.get(slug="surrey")
    Discovery.objects.bulk_create(
        alike(DiscoveryFactory.build(department=department, facilitator=UserFactory()), number)
    )


def projects(number: int) -> None:
    discovery = DiscoveryFactory(at_step_two=True)
    prototype = PrototypeFactory.build(discovery=discovery, outline=None)
    prototypes = Prototype.objects.bulk_create(alike(prototype, number))
    lead = Organisation.objects.get(slug="luton")
    rows = alike(ProjectFactory.build(lead_council=lead, discovery=discovery), number)
    for row, prototype in zip(rows, prototypes, strict=True):
        row.prototype = prototype
    Project.objects.bulk_create(rows)


def events(number: int) -> None:
    Event.objects.bulk_create(alike(EventFactory.build(discovery=DiscoveryFactory()), number))


def ballots(number: int) -> None:
    event = EventFactory(co_design=True, ended=True)
    ballot = BallotFactory.build(event=event, state=Ballot.State.OPEN, opened_at=clock.now(), opened_by=None)
    rows, begin = alike(ballot, number), Ballot.objects.count()
    for place, row in enumerate(rows, start=begin):
        row.code = f"{place:06}"
    Ballot.objects.bulk_create(rows)


def assets(number: int) -> None:
    owner, person = Organisation.objects.get(slug="luton"), UserFactory()
    Asset.objects.bulk_create(alike(AssetFactory.build(owner=owner, registered_by=person), number))


def blocks(number: int) -> None:
    project, person = ProjectFactory(running=True), UserFactory()
    rows = alike(BlockFactory.build(project=project, raised_by=person, raised_on=clock.today()), number)
    Block.objects.bulk_create(rows)
    Through = Block.councils.through
    council = Organisation.objects.get(slug="luton")
    Through.objects.bulk_create(Through(block=row, organisation=council) for row in rows)


def councils(number: int) -> None:
    """They come with the migrations, 455 of them; more of the same."""
    begin = Organisation.objects.count()
    names = [f"Eastbridge {n}" for n in range(begin, begin + number)]
    Organisation.objects.bulk_create(
        Organisation(name=name, official_name=f"{name} Council", slug=slugify(name), kind="district") for name in names
    )


KINDS: dict[str, tuple[Callable[[int], None], str, Callable[[], str]]] = {
    "needs": (needs, "/needs/", lambda: Need.objects.first().get_absolute_url()),
    "discoveries": (discoveries, "/discoveries/", lambda: Discovery.objects.first().get_absolute_url()),
    "projects": (projects, "/projects/", lambda: Project.objects.first().get_absolute_url()),
    "prototypes": (projects, "/projects/", lambda: Prototype.objects.first().get_absolute_url()),
    "events": (events, "/events/", lambda: Event.objects.order_by("starts_at").last().get_absolute_url()),
    "votes": (ballots, "/votes/", lambda: Ballot.objects.first().get_absolute_url()),
    "assets": (assets, "/assets/", lambda: Asset.objects.first().get_absolute_url()),
    "councils": (councils, "/councils/", lambda: Organisation.objects.get(slug="harlow").get_absolute_url()),
    "board": (projects, "/board/", lambda: "/board/"),
    "portfolio": (projects, "/board/portfolio/", lambda: "/board/portfolio/by-stage/"),
    "blocks": (blocks, "/board/blockers/", lambda: Block.objects.first().get_absolute_url()),
}


def queries_of(client, address: str) -> int:
    """Cold: nothing cached, no session."""
    cache.clear()
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200, address
    return len(captured)


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_and_a_record_cost_the_same_at_20_and_2000_rows(client, kind):
    fill, listing, record = KINDS[kind]
    counts = []
    for more in (20, 1980):
        fill(more)
        counts.append((queries_of(client, listing), queries_of(client, record())))

    assert counts[0] == counts[1]
    assert max(counts[0]) <= MOST_OF.get(kind, MOST), counts[0]


@pytest.mark.parametrize(
    ("address", "table", "column"),
    [
        ("/assets/", "assets_registry_asset", "description"),
        ("/board/", "projects_project", "lesson"),
        ("/case-studies/", "publishing_casestudypage", "problem"),
    ],
)
def test_a_list_reads_of_a_row_what_its_line_says_and_not_the_long_words_of_its_page(client, address, table, column):
    assets(1)
    projects(1)

    with CaptureQueriesContext(connection) as captured:
        client.get(address)

    asked = " ".join(query["sql"] for query in captured)
    assert f'FROM "{table}"' in asked
    assert f'"{table}"."{column}"' not in asked


def test_case_studies_cost_the_same_at_20_and_200_pages(client):
    index = CaseStudyIndexPage.objects.get()
    luton = Organisation.objects.get(slug="luton")
    counts = []
    for number in (20, 200):
        for n in range(index.get_children().count(), number):
            index.add_child(
                instance=CaseStudyPage(
                    title=f"Missed bins {n}", council=luton, summary="Fewer calls.", problem="<p>Calls.</p>",
                    what_we_did="<p>Told the crew.</p>", live=True,
                    first_published_at=clock.now() - dt.timedelta(days=n),
                )
            )  # fmt: skip
        page = Page.objects.filter(title="Missed bins 3").get()
        client.get(page.url)  # what a process learns once
        counts.append((queries_of(client, "/case-studies/"), queries_of(client, page.url)))

    assert counts[0] == counts[1]
    assert max(counts[0]) <= MOST, counts[0]
