"""The log of searches knows no people: what was typed is kept in the clear only once it was typed on several days."""

import datetime as dt
import json
import runpy
import threading

import pytest
from django.conf import settings
from django.db import OperationalError, connection, transaction

from accounts.roles import Role
from portal.serving.content_version import changes_content
from search import log, schedules
from search.log import InVain, digest_of, note_search, searched_in_vain, searched_once_in_vain
from search.models import SearchedWords
from tests.factories.accounts import UserFactory, give_role
from tests.factories.projects import NeedFactory

pytestmark = pytest.mark.django_db


def rows() -> list[tuple]:
    return list(
        SearchedWords.objects.order_by("day", "pk").values_list("day", "words", "times", "times_without_results")
    )


def test_a_search_counts_once_a_day_and_words_with_whether_it_found_something(client, follow, on_day):
    NeedFactory(title="Quibble need")
    follow()
    with on_day(2026, 3, 2):
        for words in ("quibble", "QUIBBLE ", "xylophones", "xylophones"):
            client.get("/search/", {"q": words})

    assert rows() == [(dt.date(2026, 3, 2), "", 2, 0), (dt.date(2026, 3, 2), "", 2, 2)]


def test_what_was_searched_for_on_one_day_is_a_digest_and_nothing_else(on_day):
    with on_day(2026, 3, 2):
        note_search("Mrs Miggins 14 Pie Lane", has_results=False)
        note_search("Mrs Miggins 14 Pie Lane", has_results=False)

    row = SearchedWords.objects.values().get()
    assert row["digest"] == digest_of("mrs miggins 14 pie lane")
    assert "miggins" not in json.dumps(row, default=str).lower()
    assert set(row) == {"id", "day", "digest", "words", "times", "times_without_results"}


def test_on_the_second_day_the_words_are_kept(on_day):
    for day in (2, 3):
        with on_day(2026, 3, day):
            note_search("Fly-tipping", has_results=False)

    assert [words for _, words, *_ in rows()] == ["", "fly tipping"]


def test_a_digest_says_nothing_without_the_sites_key(settings):
    before = digest_of("fly tipping")
    settings.SECRET_KEY = "another key of another site, long enough"

    assert digest_of("fly tipping") != before


def test_no_search_is_counted_that_is_narrowed_or_turns_pages_or_has_no_word(client, follow):
    follow()
    for query in (
        "q=xylophones&kind=need",
        "q=xylophones&page=2",
        "q=xylophones&format=csv",
        "q=!!",
        "q=",
        "kind=need",
    ):
        client.get(f"/search/?{query}")
    client.head("/search/?q=xylophones")
    client.get("/search/suggest?q=xylophones")

    assert rows() == []


def test_a_count_knows_nobody_and_no_moment():
    fields = {field.name for field in SearchedWords._meta.get_fields()}

    assert fields == {"id", "day", "digest", "words", "times", "times_without_results"}


def test_counting_is_one_statement(django_assert_num_queries):
    for _ in range(2):
        with django_assert_num_queries(1):
            note_search("xylophones", has_results=True)


def test_a_count_makes_no_page_old():
    assert not changes_content(log._NOTE)


def test_searches_are_forgotten_after_thirty_days(on_day):
    with on_day(2026, 3, 1):
        note_search("old", has_results=True)
    with on_day(2026, 3, 2):
        note_search("young", has_results=True)
    with on_day(2026, 4, 1):
        schedules.forget_old_searches()

    assert [day for day, *_ in rows()] == [dt.date(2026, 3, 2)]


def test_editors_see_what_was_searched_for_in_vain_on_several_days(signed_in, on_day):
    for day in (2, 3, 4):
        with on_day(2026, 3, day):
            note_search("fly tipping", has_results=False)
            note_search("bins", has_results=True)
    with on_day(2026, 3, 4):
        note_search("mrs miggins", has_results=False)

    assert searched_in_vain() == [InVain("fly tipping", 3, 3, 3)]
    assert searched_once_in_vain() == 1
    client = signed_in(give_role(UserFactory(), Role.EDITOR))
    page = client.get("/search/in-vain/").content.decode()
    assert 'href="/search/words/new/?q=fly+tipping"' in page
    assert 'href="/search/pins/new/?q=fly+tipping"' in page
    assert "1 other wording, however often searched for, found nothing." in page
    assert "miggins" not in page
    table = client.get("/search/in-vain/?format=csv").content.decode()
    assert "fly tipping,3,3,3" in table


@pytest.mark.parametrize("how_many", [2, 40])
def test_the_table_takes_the_same_few_queries(signed_in, on_day, django_assert_max_num_queries, how_many):
    for number in range(how_many):
        for day in (2, 3):
            with on_day(2026, 3, day):
                note_search(f"xylophones {number}", has_results=False)
    client = signed_in(give_role(UserFactory(), Role.EDITOR))

    with django_assert_max_num_queries(13):
        client.get("/search/in-vain/")


def test_a_search_that_cannot_be_counted_is_answered(client, follow, found, monkeypatch):
    NeedFactory(title="Quibble need")
    follow()
    monkeypatch.setattr(log, "_NOTE", "SELECT broken")

    def locked(*args):
        raise OperationalError("database is locked")

    monkeypatch.setattr(log, "_without_waiting", locked)

    assert found("q=quibble") == ["Quibble need"]
    assert rows() == []


@pytest.mark.django_db(transaction=True)
def test_a_search_does_not_wait_for_whoever_is_writing():
    if connection.vendor != "sqlite":
        pytest.skip("Only SQLite lets one writer at a time in.")
    held, done = threading.Event(), threading.Event()

    def write() -> None:
        try:
            with transaction.atomic():
                NeedFactory(title="Slow")
                held.set()
                done.wait(20)
        finally:
            connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    assert held.wait(20)
    note_search("xylophones", has_results=True)  # would else wait for as long as the other writes
    (patience,) = connection.connection.execute("PRAGMA busy_timeout").fetchone()
    done.set()
    writer.join()

    assert patience > 0
    assert rows() == []


def test_no_server_of_ours_keeps_a_log_of_addresses_with_their_queries():
    gunicorn = runpy.run_path(str(settings.BASE_DIR / "deploy/gunicorn.conf.py"))
    server = (settings.BASE_DIR / "portal/server.py").read_text()
    proxy = (settings.BASE_DIR / "deploy/proxy/Caddyfile").read_text()

    assert gunicorn["accesslog"] is None
    assert '"access_log": False' in server
    assert all(f"request>{name} delete" in proxy for name in ("remote_ip", "client_ip", "headers"))


def test_what_was_found_for_another_word_only_was_searched_for_in_vain(client, follow, on_day):
    NeedFactory(title="A calculator")
    follow()
    with on_day(2026, 3, 2):
        client.get("/search/", {"q": "calculatr"})

    assert rows() == [(dt.date(2026, 3, 2), "", 1, 1)]
