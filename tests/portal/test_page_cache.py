"""A stranger's page may be served again while nothing that it shows has changed, for a minute at most."""

import time

import pytest
from django.db import connection
from django.test import Client

from core import tables
from portal.serving import page_cache
from portal.serving.page_cache import Pages
from projects.models import Need
from tests.factories.projects import NeedFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages_are_kept")]


@pytest.fixture
def next_transaction():
    """A function: what is written from here on stands in a transaction of its own."""
    return connection.run_on_commit.clear


def test_a_page_asked_again_costs_one_query_and_is_the_same(client, django_assert_num_queries):
    NeedFactory(title="Bin days by text")
    first = client.get("/needs/")

    with django_assert_num_queries(1):
        again = client.get("/needs/")

    assert again.content == first.content
    assert again["Content-Security-Policy"] == first["Content-Security-Policy"]
    assert again["X-Request-ID"] != first["X-Request-ID"]


def test_what_is_taken_back_is_gone_at_once(client, next_transaction):
    need = NeedFactory(title="Bin days by text")
    assert "Bin days by text" in client.get("/needs/").content.decode()

    next_transaction()
    Need.objects.filter(pk=need.pk).delete()

    assert "Bin days by text" not in client.get("/needs/").content.decode()


def test_after_a_minute_a_page_is_made_anew(client, monkeypatch, django_assert_max_num_queries):
    client.get("/needs/")
    later = time.monotonic() + 61
    monkeypatch.setattr(time, "monotonic", lambda: later)

    with pytest.raises(pytest.fail.Exception), django_assert_max_num_queries(1):
        client.get("/needs/")


def test_a_browser_that_has_the_page_is_told_so(client):
    first = client.get("/needs/")

    again = client.get("/needs/", headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert first["Cache-Control"] == "no-cache"
    assert "Cookie" in first["Vary"]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_file_of_a_list_is_kept_like_its_page(client, django_assert_num_queries, form):
    NeedFactory(title="Bin days by text")
    first = client.get(f"/needs/?format={form}")

    with django_assert_num_queries(1):
        again = client.get(f"/needs/?format={form}")

    assert again.content == first.content
    assert again["Content-Disposition"] == f'attachment; filename="needs.{form}"'


def test_a_file_so_long_that_it_is_streamed_is_served_and_not_kept(client, monkeypatch):
    monkeypatch.setattr(tables, "CHUNK", 1)
    NeedFactory.create_batch(3)

    for _ in range(2):
        answer = client.get("/needs/?format=csv")
        assert answer.streaming
        assert answer.getvalue().decode().count("Residents") == 3
        assert not answer.has_header("ETag")


def test_who_is_signed_in_is_served_and_leaves_nothing(signed_in, amina):
    kept = len(page_cache.pages)
    page = signed_in(amina).get("/needs/")

    assert len(page_cache.pages) == kept
    assert "Amina" not in Client().get("/needs/").content.decode()
    assert "Sign in" in Client().get("/needs/").content.decode()
    assert not page.has_header("ETag")


def test_a_page_with_a_token_is_not_kept():
    for address in ("/accounts/login/", "/accounts/signup/"):
        Client().get(address)
    guest = Client()
    guest.get("/accounts/login/")
    guest.get("/needs/")

    assert list(page_cache.pages) == []


@pytest.mark.parametrize("query", ["utm_source=mail", "q=bin&fbclid=1", "preview=1"])
def test_an_address_with_an_unknown_parameter_is_answered_anew(client, query):
    client.get(f"/needs/?{query}")

    assert len(page_cache.pages) == 0


def test_known_parameters_tell_pages_apart(client):
    NeedFactory(title="Bin days by text")

    assert "Bin days by text" not in client.get("/needs/?q=parking").content.decode()
    assert "Bin days by text" in client.get("/needs/?q=bin").content.decode()
    assert len(page_cache.pages) == 2


def test_refusals_and_pages_that_are_not_there_are_not_kept(client):
    client.get("/needs/no-such-need/")
    client.get("/board/decisions/DEC-1999-01/")

    assert len(page_cache.pages) == 0


def test_the_number_of_pages_is_bounded_and_the_longest_unused_leaves():
    kept, page = Pages(most=2), page_cache.Kept("1", time.monotonic() + 60, b"", ())
    kept.keep(("a",), page)
    kept.keep(("b",), page)
    kept.find(("a",), "1")
    kept.keep(("c",), page)

    assert list(kept) == [("a",), ("c",)]
