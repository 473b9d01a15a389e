"""Pages against a bare page of the same size: what the portal's own work adds to one query and one answer."""

from collections.abc import Iterator

from django.test import Client

from benchmarks.floor import bare_page, through_django
from benchmarks.measure import Ratio, compare
from events.models import Event
from projects.models import Need, Project

FLOOR = "one query, an answer of the same size, no middleware"


def run() -> Iterator[Ratio]:
    client = Client()
    addresses = {
        "home": "/",
        "list of needs": "/needs/",
        "one need": Need.objects.order_by("pk").first().get_absolute_url(),
        "list of events": "/events/",
        "one past event": Event.objects.order_by("starts_at").first().get_absolute_url(),
        "list of projects": "/projects/",
        "the flagship": Project.objects.get(title="Deferred payment calculator").get_absolute_url(),
        "list of assets": "/assets/",
        "list of case studies": "/case-studies/",
        "list of councils": "/councils/",
    }
    for name, address in addresses.items():
        answer = client.get(address)
        if answer.status_code != 200:
            raise AssertionError(f"{address} answers {answer.status_code}")
        floor = through_django(bare_page(len(answer.content)))
        yield compare(f"page: {name}", lambda address=address: client.get(address), floor, floor_name=FLOOR)
