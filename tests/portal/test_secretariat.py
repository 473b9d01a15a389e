"""The secretariat may do what facilitators do, and what the editor does in the asset registry, and its pages say so.

Who may do what is tried for everybody in tests/roles; this is what somebody of the secretariat finds on the pages.
"""

import pytest

from assets_registry.models import Asset
from core import clock
from projects.models import BusinessCase
from search.readers import labels_of
from tests.factories.assets_registry import AssetFactory
from tests.factories.events import EventFactory
from tests.factories.projects import BusinessCaseFactory, DiscoveryFactory
from tests.factories.voting import BallotFactory
from voting.permissions import reader_groups

pytestmark = pytest.mark.django_db


def test_the_lists_offer_the_secretariat_to_begin_an_event_a_vote_and_a_discovery(sunita, edith, signed_in):
    ways = {"/events/": "/events/new/", "/votes/": "/votes/new/", "/discoveries/": "/discoveries/new/"}

    assert [page for page, way in ways.items() if way not in signed_in(sunita).get(page).content.decode()] == []
    assert [page for page, way in ways.items() if way in signed_in(edith).get(page).content.decode()] == []


def test_the_pages_of_records_offer_the_secretariat_what_they_offer_a_facilitator(sunita, fatima, signed_in):
    ballot = BallotFactory()
    pages = [record.get_absolute_url() for record in (EventFactory(), ballot, DiscoveryFactory())]

    def offered(person) -> list[str]:
        shown = "".join(signed_in(person).get(page).content.decode() for page in pages)
        return [part.partition('"')[0] for part in shown.split('action="')[1:]]

    assert offered(sunita) == offered(fatima)
    assert f"/votes/{ballot.reference}/withdraw/" in offered(sunita)


def test_a_councils_first_entry_waits_for_the_secretariat_too(sunita, signed_in):
    entry = AssetFactory(state=Asset.State.WITH_EDITOR, published_at=None)
    client = signed_in(sunita)

    assert entry.name in client.get("/assets/waiting/").content.decode()
    assert f"{entry.get_absolute_url()}approve/" in client.get(entry.get_absolute_url()).content.decode()


def test_search_finds_the_secretariat_what_is_being_prepared(sunita):
    assert {*labels_of(sunita)} & {*reader_groups(BallotFactory())}


def test_the_week_of_the_secretariat_keeps_its_own_work_apart_from_what_facilitators_are_asked(
    sunita, fatima, signed_in
):
    EventFactory(title="A day to run", started=True)
    BallotFactory(question="Which one?")
    case = BusinessCaseFactory(state=BusinessCase.State.SUBMITTED, submitted_at=clock.now())

    def waits(person) -> str:
        shown = signed_in(person).get("/").content.decode()
        return shown[shown.index('id="waiting"') :]

    assert f"/board/cases/{case.pk}/decide/" in waits(sunita)
    assert "Open it" in waits(fatima)
    assert "Open it" not in waits(sunita)
