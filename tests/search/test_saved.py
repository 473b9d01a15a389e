"""Saved searches: kept under a name, and once a week a mail of what they newly find that their reader may read."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.http import QueryDict

from accounts.operations import close_account
from assets_registry.models import Asset
from core import clock
from core.errors import Refused
from core.schedules import SomeFailed
from outbox.models import Message, Pace
from search.asking import SearchQuery
from search.models import SavedSearch
from search.saved import operations, queries
from search.saved.emails import newly_found
from tests.factories.assets_registry import AssetFactory
from tests.pages import words

pytestmark = [pytest.mark.sql, pytest.mark.django_db, pytest.mark.usefixtures("mail_at_any_time")]

FRIDAY = dt.datetime(2026, 11, 27, 12, tzinfo=dt.UTC)
MONDAY = dt.datetime(2026, 11, 30, 7, 30, tzinfo=dt.UTC)
WEEK = dt.timedelta(days=7)


@pytest.fixture
def finds(monkeypatch):
    """A function: what every search finds from now on, whatever the engine; the rows are asked as ever."""
    found = []
    monkeypatch.setattr(operations, "found_now", lambda person, asked: [f"asset:{asset.pk}" for asset in found])

    def say(*assets):
        found[:] = assets

    return say


def asked(query: str) -> SearchQuery:
    return SearchQuery.from_query(QueryDict(query))


def test_a_search_is_saved_from_its_results_with_its_filters(signed_in, ben, finds, follow):
    AssetFactory(name="Bins")
    follow()
    client = signed_in(ben)
    address = "/search/save/?q=bins&amp;kind=asset&amp;asset_kind=code"

    assert address in words(client.get("/search/?q=bins&kind=asset&asset_kind=code"))
    response = client.post(address.replace("&amp;", "&"), {"name": "Bins"}, follow=True)

    assert "“Bins” is saved." in words(response)
    assert "/search/?q=bins&amp;kind=asset&amp;asset_kind=code" in words(response)


def test_of_a_misspelt_search_what_was_meant_is_saved_in_its_own_words(client, follow):
    AssetFactory(name="Calculator")
    follow()

    page = words(client.get("/search/?q=calculatr&kind=asset"))

    assert "/search/save/?q=calculator&amp;kind=asset" in page
    assert "Save this search for calculator" in page


def test_a_stranger_is_led_to_sign_in_and_back(client):
    response = client.get("/search/save/?q=bins")

    assert response.status_code == 302
    assert response["Location"].endswith("?next=/search/save/%3Fq%3Dbins")


def test_without_a_name_nothing_is_saved_and_the_page_says_so(signed_in, ben):
    response = signed_in(ben).post("/search/save/?q=bins", {"name": " "})

    assert response.status_code == 422
    assert "Enter a name for this search." in words(response)
    assert not SavedSearch.objects.exists()


def test_the_same_search_is_saved_once_whatever_its_page_and_order(ben, finds):
    operations.save_search(asked("q=bins"), name="Bins", by=ben)
    operations.save_search(asked("q=bins&page=2&sort=newest"), name="Waste", by=ben)

    assert [(one.name, one.query) for one in ben.saved_searches.all()] == [("Waste", "q=bins")]


def test_the_same_words_in_another_form_are_the_same_search(ben, finds):
    operations.save_search(asked("q=Missed+bins"), name="Bins", by=ben)
    operations.save_search(asked("q=the+missed+bin"), name="Waste", by=ben)
    operations.save_search(asked("q=%22missed+bin%22"), name="In quotes", by=ben)
    operations.save_search(asked("q=missed+bin&kind=need"), name="Needs", by=ben)
    operations.save_search(asked("q=missed+bin&exact=1"), name="Exactly", by=ben)

    found = {one.name: one.query for one in ben.saved_searches.all()}
    assert found == {
        "Waste": "q=Missed+bins",
        "In quotes": "q=%22missed+bin%22",
        "Needs": "q=missed+bin&kind=need",
        "Exactly": "q=missed+bin&exact=1",
    }


def test_what_means_the_same_is_newly_found_as_on_the_page_and_another_spelling_is_not(ben, follow):
    AssetFactory(name="Words for road defects")
    follow()

    assert len(queries.found_now(ben, asked("q=potholes"))) == 1
    assert queries.found_now(ben, asked("q=potholes&exact=1")) == []
    assert queries.found_now(ben, asked("q=defekts")) == []


def test_the_database_holds_one_row_for_each_query(ben):
    SavedSearch.objects.create(person=ben, name="Bins", query="q=bins")

    with pytest.raises(IntegrityError), transaction.atomic():
        SavedSearch.objects.create(person=ben, name="Waste", query="q=bins")


def test_there_is_an_end_to_what_one_person_saves(ben, finds, monkeypatch):
    monkeypatch.setattr(operations, "MOST", 1)
    operations.save_search(asked("q=bins"), name="Bins", by=ben)

    with pytest.raises(Refused, match="Delete one"):
        operations.save_search(asked("q=waste"), name="Waste", by=ben)


def test_what_means_nothing_any_more_is_ignored(ben):
    search = SavedSearch.objects.create(person=ben, name="Bins", query="q=bins&region=Wessex&colour=red&kind=planet")

    assert search.url == "/search/?q=bins"


def test_the_mail_of_monday_tells_what_is_new_once(ben, finds, deliver):
    old, new = AssetFactory(name="Old bins"), AssetFactory(name="New bins")
    with clock.at(FRIDAY):
        finds(old)
        operations.save_search(asked("q=bins"), name="Bins", by=ben)
    with clock.at(MONDAY):
        finds(new, old)
        operations.ask_for_digests()
        operations.ask_for_digests()
        [letter] = deliver()
    with clock.at(MONDAY + WEEK):
        operations.ask_for_digests()
        assert deliver() == []

    assert "New bins (Asset" in letter.body
    assert "Old bins" not in letter.body
    assert "/search/?q=bins" in letter.body
    assert "List-Unsubscribe-Post" in letter.extra_headers


def test_what_its_reader_may_not_read_when_it_goes_is_not_in_it(ben, finds, deliver):
    asset = AssetFactory(name="New bins")
    with clock.at(FRIDAY):
        operations.save_search(asked("q=bins"), name="Bins", by=ben)
    with clock.at(MONDAY):
        finds(asset)
        operations.ask_for_digests()
        assert Message.objects.filter(kind=newly_found.name).count() == 1
        Asset.objects.update(state=Asset.State.DRAFT)

        assert deliver() == []


def test_no_words_of_records_stand_in_the_message_before_it_is_sent(ben, finds):
    with clock.at(FRIDAY):
        operations.save_search(asked("q=bins"), name="Bins", by=ben)
    with clock.at(MONDAY):
        finds(asset := AssetFactory(name="New bins"))
        operations.ask_for_digests()

    [details] = Message.objects.filter(kind=newly_found.name).values_list("details", flat=True)
    assert details == {"new": {str(ben.saved_searches.get().pk): [f"asset:{asset.pk}"]}}


def test_while_no_engine_answers_nothing_is_noted_and_it_is_tried_again(ben, finds, monkeypatch):
    with clock.at(FRIDAY):
        operations.save_search(asked("q=bins"), name="Bins", by=ben)
    monkeypatch.setattr(operations, "found_now", queries.found_now)
    monkeypatch.setattr("search.queries.first_answer", lambda question: None)

    with clock.at(MONDAY), pytest.raises(SomeFailed):
        operations.ask_for_digests()
    assert ben.saved_searches.get().found == []


def test_a_search_saved_while_no_engine_answers_tells_of_nothing_at_first(ben, finds, monkeypatch):
    finds(asset := AssetFactory())
    with monkeypatch.context() as broken, clock.at(FRIDAY):
        broken.setattr(operations, "found_now", lambda person, asked: None)
        operations.save_search(asked("q=bins"), name="Bins", by=ben)

    with clock.at(MONDAY):
        operations.ask_for_digests()

    assert not Message.objects.filter(kind=newly_found.name).exists()
    assert ben.saved_searches.get().found == [f"asset:{asset.pk}"]


def test_signed_out_one_press_in_the_mail_turns_it_off(client, ben, finds, deliver):
    with clock.at(FRIDAY):
        operations.save_search(asked("q=bins"), name="Bins", by=ben)
    with clock.at(MONDAY):
        finds(AssetFactory())
        operations.ask_for_digests()
        [letter] = deliver()
    client.post(letter.extra_headers["List-Unsubscribe"].strip("<>"))

    assert dict(ben.message_choices.values_list("kind", "pace")) == {newly_found.name: Pace.OFF}


def test_only_its_owner_deletes_it(signed_in, ben, amina, finds):
    search = operations.save_search(asked("q=bins"), name="Bins", by=amina)

    assert signed_in(ben).post(f"/search/saved/{search.pk}/delete/").status_code == 404
    signed_in(amina).post(f"/search/saved/{search.pk}/delete/")
    assert not SavedSearch.objects.exists()


def test_closing_an_account_forgets_its_searches(ben, finds):
    operations.save_search(asked("q=bins"), name="Bins", by=ben)

    close_account(ben, by=ben)

    assert not SavedSearch.objects.exists()
