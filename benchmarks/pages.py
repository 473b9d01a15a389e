"""Pages against a lean Wagtail page of the same site, as it is and with a hundred times as many records."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from assets_registry.models import Asset
from benchmarks import counting, datasets
from benchmarks.making import LEAN
from benchmarks.measure import Work, least
from benchmarks.rows import Goal, Row
from councils.models import Organisation
from events.models import Event
from projects.models import Need, Project
from publishing.models import CaseStudyPage
from voting.models import Ballot

WANTS = {datasets.SMALL, datasets.LARGE}
ANEW = "?bench=1"  # a name that no page reads: such an address is never answered from the page cache
LEAN_MI = 23  # what a lean page cost where the goals were set


@dataclass(frozen=True)
class Page:
    """An address and what it may cost: times a lean page, Mi, and times itself at a hundred times the records."""

    name: str
    address: str
    most_times: float
    most_growth: float
    most_millions: float | None = None
    email: str = ""  # of whoever reads it; else a stranger


def pages() -> list[Page]:
    """The pages that are measured."""
    record = {"most_times": 4, "most_growth": 1.3, "most_millions": 90}
    listed = {"most_times": 2.2, "most_growth": 2}
    council = Organisation.objects.get(slug="harlow")
    return [
        Page("home", "/", most_times=4.4, most_growth=1.3, most_millions=100),
        Page("figures", "/figures/", most_times=120 / LEAN_MI, most_growth=2, most_millions=120),
        Page("a need", Need.objects.order_by("pk").first().get_absolute_url(), **record),
        Page("the flagship project", Project.objects.get(slug=FLAGSHIP).get_absolute_url(), **record),
        Page("an asset", Asset.objects.order_by("pk").first().get_absolute_url(), **record),
        Page("a case study", CaseStudyPage.objects.live().order_by("pk").first().get_url(), **record),
        Page("a past event", Event.objects.order_by("starts_at").first().get_absolute_url(), **record),
        Page(
            "a closed vote",
            Ballot.objects.filter(state="published").order_by("pk").first().get_absolute_url(),
            **record,
        ),
        Page("needs", "/needs/", **listed),
        Page("projects", "/projects/", **listed),
        Page("events", "/events/", **listed),
        Page("assets", "/assets/", **listed),
        Page("case studies", "/case-studies/", **listed),
        Page("councils", "/councils/", **listed),
        Page("board", "/board/", **listed),
        Page("a council", council.get_absolute_url(), **(listed | {"most_times": 4})),
        Page("audit trail, filtered", "/audit/?action=events.signed_up", email="secretariat@demo.example", **listed),
    ]


FLAGSHIP = "deferred-payment-calculator"


def lean_page(client: Client) -> Work:
    return Work(lambda _: answered(client, f"/{LEAN}/{ANEW}"))


def answered(client: Client, address: str) -> bytes:
    answer = client.get(address)
    if answer.status_code != 200:
        raise AssertionError(f"{address} answers {answer.status_code}")
    return answer.content


def works_of(page: Page, *, with_large: bool) -> dict[str, Work]:
    """The lean page and the page itself, read by the same person."""
    readers = {name: _reader(page.email, name) for name in (datasets.SMALL, datasets.LARGE)[: 1 + with_large]}
    works = {"lean": lean_page(readers[datasets.SMALL])}
    address = page.address + (ANEW.replace("?", "&") if "?" in page.address else ANEW)
    for name, client in readers.items():
        works[name] = Work(lambda _, client=client: answered(client, address), data=name)
    datasets.go_to(datasets.SMALL)
    return works


def _reader(email: str, data: str) -> Client:
    client = Client()
    if email:
        datasets.go_to(data)
        client.force_login(User.objects.get(email=email), backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def run() -> Iterator[Row]:
    yield Row("page", "a lean Wagtail page", counting.unit(), least({"lean": lean_page(Client())})["lean"])
    for page in pages():
        cost = least(works_of(page, with_large=True))
        small, large = cost[datasets.SMALL], cost[datasets.LARGE]
        goals = [
            Goal("× a lean page", small / cost["lean"], page.most_times),
            Goal("× itself at 100 times", large / small, page.most_growth),
        ]
        if counting.counts_instructions() and page.most_millions:
            goals.append(Goal("Mi", small, page.most_millions))
        yield Row("page", page.name, counting.unit(), small, large, tuple(goals))
    yield from _kept()


def _kept() -> Iterator[Row]:
    """The rows of the home page: anew, and from the page cache, where there is one."""
    client = Client()
    works = {
        "lean": lean_page(client),
        "anew": Work(lambda _: answered(client, f"/{ANEW}"), datasets.forget_answers),
        "warm": Work(lambda _: answered(client, "/"), lambda: answered(client, "/")),
    }
    cost = least(works)
    with CaptureQueriesContext(connection) as queries:
        answered(client, "/")
    anew = Goal("× a lean page", cost["anew"] / cost["lean"])
    yield Row("page", "home, the first after a change", counting.unit(), cost["anew"], None, (anew,))
    goals = [
        Goal("× a lean page", cost["warm"] / cost["lean"], 6 / LEAN_MI),
        Goal("queries", len(queries), 1),
    ]
    if counting.counts_instructions():
        goals.append(Goal("Mi", cost["warm"], 6))
    yield Row("page", "home, kept since before", counting.unit(), cost["warm"], None, tuple(goals))
