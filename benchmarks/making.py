"""Makes the data that is measured, in the database that is open."""

import io
import itertools
import random

from django.core.management import call_command

from accounts.models import User
from benchmarks import hundredfold as bulk
from councils.models import Organisation, Service
from portal.models import ContentPage, HomePage
from projects.models import Need
from search import follower
from search.engines.embedded import EmbeddedEngine

LEAN = "bench-lean-page"
DOCUMENTS = 20_000
VOCABULARY = [f"w{number}" for number in range(20_000)]


def programme() -> None:
    """The demo programme and a plain page."""
    call_command("migrate", verbosity=0)
    call_command("demo", stdout=io.StringIO())
    _plain_page()
    follower.rebuild(EmbeddedEngine())


def hundredfold() -> None:
    """The same a hundred times over."""
    bulk.multiply(100)


def needs_to_search() -> None:
    """Many needs made from a vocabulary in which few words are common and most are rare."""
    dice = random.Random(2014)
    cumulative = list(itertools.accumulate(1 / (number + 1) for number in range(len(VOCABULARY))))
    councils, services = list(Organisation.objects.councils()[:50]), list(Service.objects.all()[:20])
    person = User.objects.first()

    def words(number: int) -> str:
        return " ".join(dice.choices(VOCABULARY, cum_weights=cumulative, k=number))

    Need.objects.bulk_create(
        Need(
            title=words(8)[:120],
            slug=f"bench-{number}",
            who_for="Residents",
            what=words(30),
            evidence=words(60),
            council=dice.choice(councils),
            service=dice.choice(services),
            raised_by=person,
        )
        for number in range(DOCUMENTS)
    )
    follower.rebuild(EmbeddedEngine())


def _plain_page() -> None:
    text = "<p>Councils solve the same problems. Here is how they do it once, together, and share what works.</p>"
    page = ContentPage(title="A plain page", slug=LEAN, summary="What anything on this site costs.", body=text * 6)
    HomePage.objects.get().add_child(instance=page)
