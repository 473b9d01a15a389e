"""The secretariat reads and filters the trail; nobody else does."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit import views
from audit.models import AuditEvent
from audit.operations import log_action
from audit.words import details, in_words, kind
from tests.factories.take_up import AdoptionFactory

pytestmark = [pytest.mark.sql, pytest.mark.django_db]


@pytest.fixture
def lines(harlow, surrey, amina, on_day):
    with on_day(2014, 5, 1, 10, 0):
        log_action("projects.raised_need", by=amina, about=surrey)
    with on_day(2014, 6, 1, 10, 0):
        log_action("councils.member_confirmed", by=amina, about=harlow, role="reader")
        log_action("councils.role_changed", by=None, about=surrey)


def actions_shown(client, query):
    page = client.get(f"/audit/?{query}").content.decode()
    return {line.action for line in AuditEvent.objects.all() if f">{in_words(line.action, '', line.details)}<" in page}


def test_filters_by_how_the_action_begins_by_record_and_by_day(signed_in, sunita, lines, surrey):
    client = signed_in(sunita)

    assert actions_shown(client, "action=councils.") == {"councils.member_confirmed", "councils.role_changed"}
    assert actions_shown(client, f"kind=councils.organisation&key={surrey.pk}") == {
        "projects.raised_need",
        "councils.role_changed",
    }
    assert actions_shown(client, "to_day=2014-05-31") == {"projects.raised_need"}
    assert actions_shown(client, "from_day=2014-06-01&action=councils.role") == {"councils.role_changed"}


def test_a_line_is_read_in_words_and_found_by_them(signed_in, sunita, lines):
    client = signed_in(sunita)

    page = client.get("/audit/?action=confirmed somebody").content.decode()
    assert "No line found" in page
    page = client.get("/audit/?action=member confirmed").content.decode()
    table = re.sub("<[^>]+>", "|", page[page.index("<tbody") : page.index("</tbody>")])
    for words in ("1 Jun 2014, 10:00:00", "|Confirmed somebody as reader|", "|Harlow|"):
        assert words in table
    for code in ("councils.", "_", "{", "Role"):
        assert code not in table
    assert (in_words("events.undid_check_in"), kind("voting.rollentry")) == ("Took back a check-in", "Roll entry")
    assert in_words("gone.some_old_act") == "Some old act"
    assert (kind("gone.model"), kind("")) == ("gone.model", "")
    noted = {"by_hand": True, "places": [1200, None], "state": "with_editor"}
    assert details(noted) == "By hand: yes. Places: 1200, none. State: with editor"


def test_nobody_has_to_know_a_number_the_lines_lead_to_one_person_or_one_record(
    signed_in, sunita, lines, amina, surrey
):
    client = signed_in(sunita)

    page = client.get("/audit/").content.decode()
    assert f'href="?person={amina.pk}">Amina Shah</a>' in page
    assert "Number of" not in page
    assert 'type="number"' not in page

    page = client.get(f"/audit/?person={amina.pk}&kind=councils.organisation&key={surrey.pk}").content.decode()
    assert "What Amina Shah did." in page
    assert "What happened to Surrey." in page
    for name, number in (("person", amina.pk), ("key", surrey.pk)):
        assert f'<input type="hidden" name="{name}" value="{number}"' in page
    assert f'href="?kind=councils.organisation&amp;key={surrey.pk}">Show all' in page
    assert f'href="?person={amina.pk}">Show all' in page


@pytest.mark.parametrize("name", ["ben", "amina", "grace", "fatima", "boris", "edith"])
def test_nobody_but_the_secretariat_reads_it(request, signed_in, name):
    assert signed_in(request.getfixturevalue(name)).get("/audit/").status_code == 403


@pytest.mark.parametrize(
    "query",
    ["person=abc", "person=99999999999999999999", "from_day=never", "page=-1", "action=%00", "kind=''", "format=pdf"],
)
def test_nonsense_in_a_filter_is_as_good_as_nothing(signed_in, sunita, lines, query):
    page = signed_in(sunita).get(f"/audit/?{query}").content.decode()

    # Characters that nobody can type, and pages, are left out without a word.
    assert ("We did not understand" in page) == query.startswith(("person", "from_day", "kind", "format"))


def test_the_table_can_be_taken_away(signed_in, sunita, lines):
    table = signed_in(sunita).get("/audit/?format=csv&action=councils.").content.decode()

    assert "councils.role_changed" in table
    assert "raised_need" not in table
    assert "# Filters: What was done: councils." in table
    assert "2014-06-01T10:00:00+01:00," in table


@pytest.mark.parametrize("how_many", [3, 60])
def test_the_page_costs_the_same_however_long_the_trail_is(
    signed_in, sunita, amina, django_assert_max_num_queries, how_many
):
    for _ in range(how_many):
        log_action("projects.raised_need", by=amina, minute=dt.datetime(2014, 1, 1).isoformat())
    client = signed_in(sunita)

    with django_assert_max_num_queries(12):
        client.get("/audit/")


def test_the_latest_lines_of_a_action_are_read_from_an_index_however_long_the_trail_is(signed_in, sunita, lines):
    client = signed_in(sunita)
    client.get("/audit/")

    with CaptureQueriesContext(connection) as captured:
        client.get("/audit/?action=councils.")

    asked = [query["sql"] for query in captured if '"action" IN' in query["sql"]]
    assert len(asked) == 2  # how many, and the page
    if connection.vendor == "sqlite":
        for statement in asked:
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
                plan = [row[-1] for row in cursor.fetchall()]
            assert any("audit_latest_of_an_action (action=?)" in step for step in plan), plan


def test_lines_are_counted_no_further_than_anybody_reads(signed_in, sunita, amina, monkeypatch):
    monkeypatch.setattr(views, "MOST_LINES", 60)
    client = signed_in(sunita)

    for how_many, says_so in ((60, False), (1, True)):
        for _ in range(how_many):
            log_action("projects.raised_need", by=amina)
        page = client.get("/audit/?action=raised a need&page=2").content.decode()

        assert ("These are the latest 60 lines." in page) == says_so
        assert page.count(">Raised a need<") == 10


def test_a_line_names_whom_it_is_about_while_they_have_an_account(signed_in, sunita, grace, harlow, ben):
    membership = grace.memberships.get()
    log_action("councils.member_confirmed", by=sunita, about=membership, role="lead")
    log_action("accounts.role_given", by=sunita, about=ben, role="Facilitators")
    client = signed_in(sunita)

    table = client.get("/audit/").content.decode()
    assert ">Confirmed Grace Holt as lead<" in table
    assert ">Added Ben Okoro to the Facilitators<" in table
    assert f'href="?kind=accounts.user&amp;key={ben.pk}">Ben Okoro</a>' in table

    type(ben).objects.filter(pk=ben.pk).update(name="", erased_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    assert ">Added Former member to the Facilitators<" in client.get("/audit/").content.decode()


def test_numbers_of_rows_stay_out_of_the_words_and_fields_have_their_names(signed_in, sunita, harlow):
    log_action("assets_registry.registered", by=sunita, about=harlow, kind="design_pattern", owner=107)
    log_action("projects.changed_need", by=sunita, about=harlow, fields=["official_name", "gone_field"])
    client = signed_in(sunita)

    table = client.get("/audit/").content.decode()

    assert ">Kind: design pattern<" in table
    assert ">Fields: official name, gone field<" in table
    assert "107" in client.get("/audit/?format=csv").content.decode()


def test_the_lines_of_an_adoption_stand_together_wherever_its_model_has_moved(harlow):
    adoption = AdoptionFactory(council=harlow)
    before = AuditEvent.objects.create(
        action="assets_registry.adoption_declared", about_kind="assets_registry.adoption", about_key=adoption.pk
    )
    after = log_action("assets_registry.adoption_confirmed", by=None, about=adoption)

    assert (after.about_kind, after.about_key) == (before.about_kind, str(before.about_key))
    assert kind(after.about_kind) == "Adoption"
