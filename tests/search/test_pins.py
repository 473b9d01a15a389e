"""Editors choose what a search shows first; nobody sees it twice, and nobody who may not."""

import csv
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.roles import Role
from assets_registry.models import Asset
from core.errors import Refused
from search import operations
from search.models import PinnedSearch
from tests.factories.accounts import UserFactory, give_role
from tests.factories.assets_registry import AssetFactory
from tests.factories.events import EventFactory
from tests.factories.projects import NeedFactory
from tests.factories.search import PinnedSearchFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def edith():
    """An Alliance editor with a second factor."""
    return give_role(UserFactory(name="Edith Bell"), Role.EDITOR)


@pytest.fixture
def pinned(follow):
    """A need that only a pin brings up, pinned for “quibbles” before 25 needs with the word."""
    need = NeedFactory(title="Something else")
    NeedFactory.create_batch(25, title="Quibble need")
    follow()
    PinnedSearchFactory(words="quibbles", keys=[f"need:{need.pk}"])
    return need


def test_what_is_pinned_comes_first_and_says_that_editors_picked_it(client, pinned, found):
    page = client.get("/search/?q=quibble").content.decode()

    assert found("q=quibble")[0] == "Something else"
    assert page.count("Picked by editors") == 1
    assert "<b>26 results</b>" in page


def test_a_pin_is_of_the_whole_search_in_whatever_forms(pinned, found):
    assert found("q=the+Quibbles!")[0] == "Something else"
    assert "Something else" not in found("q=quibble+need")


def test_no_page_shows_a_pinned_result_again_or_leaves_one_out(client, follow, found):
    needs = NeedFactory.create_batch(45, title="Quibble need")
    for number, need in enumerate(needs):
        type(need).objects.filter(pk=need.pk).update(title=f"Quibble need {number}")
    PinnedSearchFactory(words="quibble", keys=[f"need:{needs[n].pk}" for n in (40, 3, 17)])
    follow()
    for need in needs:
        need.refresh_from_db()
        need.save()
    follow()

    pages = [found(f"q=quibble&page={n}") for n in (1, 2, 3)]

    assert pages[0][:3] == ["Quibble need 40", "Quibble need 3", "Quibble need 17"]
    assert [len(page) for page in pages] == [23, 20, 2]
    assert len({title for page in pages for title in page}) == 45
    assert '<ol class="lda-results" start="24">' in client.get("/search/?q=quibble&page=2").content.decode()


def test_counts_hold_what_is_pinned(client, pinned):
    AssetFactory(name="Not it")
    page = client.get("/search/?q=quibble").content.decode()
    narrowed = client.get("/search/?q=quibble&kind=need").content.decode()
    beyond = client.get("/search/?q=quibble&kind=asset").content.decode()

    assert 'Needs <span class="lda-tabs__count">26</span>' in page
    assert "<b>26 results</b>" in narrowed
    assert "Picked by editors" not in beyond
    assert "<b>0 results</b>" in beyond


def test_filters_leave_out_what_is_pinned_as_they_do_anything(pinned, found):
    year = pinned.raised_at.year

    assert found(f"q=quibble&year={year}")[0] == "Something else"
    assert found("q=quibble&year=1999") == []


def test_the_file_has_the_same_results_in_the_same_order(client, pinned, found):
    rows = list(csv.reader(client.get("/search/?q=quibble&format=csv").content.decode().splitlines()))
    titles = [row[1] for row in rows if len(row) > 4 and row[0] == "Need"]

    assert titles[0] == "Something else"
    assert len(titles) == len({row[2] for row in rows if len(row) > 4 and row[0] == "Need"}) == 26


def test_a_pin_shows_nobody_what_they_may_not_find(client, signed_in, follow, found, amina, harlow):
    draft = AssetFactory(name="Secret quibble", owner=harlow, state=Asset.State.DRAFT, published_at=None)
    PinnedSearchFactory(words="quibble", keys=[f"asset:{draft.pk}"])
    follow()

    page = client.get("/search/?q=quibble").content.decode()
    assert "Secret" not in page
    assert "Picked by editors" not in page
    assert "Secret" not in client.get("/search/suggest?q=quibble").content.decode()
    signed_in(amina)
    assert found("q=quibble") == ["Secret quibble"]


def test_what_is_withdrawn_is_gone_from_its_pin_at_once(follow, found):
    asset = AssetFactory(name="Quibble asset")
    PinnedSearchFactory(words="bench", keys=[f"asset:{asset.pk}", "asset:999999", "nothing:1"])
    follow()
    assert found("q=bench") == ["Quibble asset"]

    Asset.objects.filter(pk=asset.pk).update(state=Asset.State.WITHDRAWN)

    assert found("q=bench") == []


def test_who_asks_for_the_newest_gets_the_newest(pinned, found):
    assert "Something else" not in found("q=quibble&sort=newest")


def test_a_search_costs_as_many_queries_with_three_pins_as_with_one(client, follow, django_assert_max_num_queries):
    assets = AssetFactory.create_batch(3, summary="quibble")
    for words, count in (("bench", 1), ("chair", 3)):
        PinnedSearchFactory(words=words, keys=[f"asset:{each.pk}" for each in assets[:count]])
    follow()
    costs = []
    for words in ("bench", "bench", "chair"):  # the first warms what is kept in memory
        with django_assert_max_num_queries(20) as asked:
            client.get(f"/search/?q={words}")
        costs.append(len(asked))

    assert costs[1] == costs[2]


def test_an_editor_picks_records_from_what_is_found(signed_in, edith, follow, found):
    need, asset = NeedFactory(title="Quibble need"), AssetFactory(name="Bench asset")
    follow()
    client = signed_in(edith)

    form = client.get("/search/pins/new/?q=quibble&like=bench").content.decode()
    assert "Quibble need (need)" in form
    assert "Bench asset (asset)" in form
    chosen = {"words": "quibble", "first": f"asset:{asset.pk}", "second": f"need:{need.pk}", "third": ""}
    answer = client.post("/search/pins/new/?q=quibble", chosen)

    assert answer["Location"] == "/search/pins/"
    assert found("q=quibbles") == ["Bench asset", "Quibble need"]
    assert re.search(r"Bench asset</li><li>Quibble need", client.get("/search/pins/").content.decode())

    client.post(f"/search/pins/{PinnedSearch.objects.get().pk}/remove/")

    assert found("q=quibbles") == ["Quibble need"]


def test_words_that_are_changed_leave_nothing_pinned_for_the_old_ones(signed_in, edith, follow, found):
    need = NeedFactory(title="Something else")
    follow()
    pin = PinnedSearchFactory(words="bench", keys=[f"need:{need.pk}"])

    signed_in(edith).post(f"/search/pins/{pin.pk}/", {"words": "park chair", "first": f"need:{need.pk}"})

    assert [(each.pk, each.words) for each in PinnedSearch.objects.all()] == [(pin.pk, "park chair")]
    assert found("q=bench") == []
    assert found("q=park+chairs") == ["Something else"]


def test_words_for_which_something_is_pinned_already_are_refused_and_both_stay(signed_in, edith):
    key = f"need:{NeedFactory().pk}"
    pin, other = PinnedSearchFactory(words="bench", keys=[key]), PinnedSearchFactory(words="chairs", keys=[key])

    answer = signed_in(edith).post(f"/search/pins/{pin.pk}/", {"words": "the chair", "first": key})

    assert answer.status_code in {409, 422}
    assert "Results are pinned for “chairs” already." in answer.content.decode()
    assert set(PinnedSearch.objects.values_list("pk", "words")) == {(pin.pk, "bench"), (other.pk, "chairs")}


def test_what_another_editor_unpinned_meanwhile_is_not_changed(edith):
    pin = PinnedSearchFactory(words="bench", keys=[key := f"need:{NeedFactory().pk}"])
    operations.unpin_results(PinnedSearch.objects.get(), by=edith)

    with pytest.raises(Refused, match="removed this meanwhile"):
        operations.pin_results(words="chair", keys=[key], by=edith, in_place_of=pin)
    assert not PinnedSearch.objects.exists()


def test_what_cannot_be_pinned_is_refused_in_words(edith):
    key = f"need:{NeedFactory().pk}"
    for words, keys, why in (
        ("!!", [key], "no word to look for"),
        ("bench", ["", ""], "at least one record"),
        ("bench", [key, key], "each record once"),
        ("bench", ["need:999999"], "not on the site any more"),
        ("bench", ["user:1"], "not on the site any more"),
        ("bench", [f"event:{n}" for n in range(4)], "three records at most"),
    ):
        with pytest.raises(Refused, match=why):
            operations.pin_results(words=words, keys=keys, by=edith)
    assert not PinnedSearch.objects.exists()


def test_the_database_holds_three_results_at_most_each_once():
    search = PinnedSearchFactory(keys=["need:1"])
    for position, key in ((4, "need:4"), (0, "need:5"), (1, "need:2"), (2, "need:1")):
        with pytest.raises(IntegrityError), transaction.atomic():
            search.results.create(position=position, key=key)


def test_nobody_but_editors_and_the_secretariat_pins(amina):
    with pytest.raises(PermissionDenied):
        operations.pin_results(words="bench", keys=[f"need:{NeedFactory().pk}"], by=amina)
    with pytest.raises(PermissionDenied):
        operations.unpin_results(PinnedSearchFactory(), by=amina)


def test_the_list_of_pins_takes_the_same_few_queries(signed_in, edith, django_assert_max_num_queries):
    client = signed_in(edith)
    for number in range(20):
        PinnedSearchFactory(keys=[f"need:{NeedFactory().pk}", f"event:{EventFactory().pk}"], words=f"bench {number}")

    with django_assert_max_num_queries(22):
        client.get("/search/pins/")


def test_a_pinned_result_is_among_the_suggestions_first_titles(client, pinned):
    rows = client.get("/search/suggest?q=quibble").json()

    assert len(rows) <= 8
    assert rows[-1]["detail"] == "26 results"
