"""The page of those who run an event, in three parts, and the list of its people."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from core import clock
from events.asking.operations import ask_at_sign_up
from events.desk.operations import check_in
from tests.factories.events import EventFactory, OrganiserFactory, SignUpFactory
from tests.factories.projects import NeedFactory
from tests.pages import plain_words

pytestmark = pytest.mark.django_db


def at(name, event):
    return reverse(f"events:{name}", args=[event.slug])


def headings(page):
    return [part for part in ("Before the day", "On the day", "After the day") if part in page]


def first_part(page):
    return min(headings(page), key=page.index)


def test_the_part_that_fits_the_hour_comes_first_with_the_main_button(signed_in, fatima):
    event = EventFactory(co_design=True, slug="three")
    place = SignUpFactory(event=event)
    SignUpFactory(event=event)
    client = signed_in(fatima)

    assert first_part(plain_words(client.get(at("run", event)))) == "Before the day"
    with clock.at(event.starts_at):
        client = signed_in(fatima)
        page = plain_words(client.get(at("run", event)))
        assert first_part(page) == "On the day"
        assert "Check people in" in page
        check_in(place, by=fatima)
    with clock.at(event.ends_at + dt.timedelta(hours=1)):
        client = signed_in(fatima)
        page = plain_words(client.get(at("run", event)))
    assert first_part(page) == "After the day"
    assert "Nothing noted yet." in page
    assert "0 of 1 person who came gave feedback." in page
    assert "Thank those who came" in page


def test_before_the_day_it_says_who_comes_what_they_need_and_who_is_missing(signed_in, fatima):
    event = EventFactory(co_design=True, capacity=2)
    SignUpFactory(event=event, kind="developer", access_needs="A ramp")
    SignUpFactory(event=event, kind="developer")
    SignUpFactory(event=event, status="waiting")
    ask_at_sign_up(event, by=fatima, kind="text", words="Your role?")
    OrganiserFactory(event=event)

    page = plain_words(signed_in(fatima).get(at("run", event)))

    for said in (
        "2 of 2 places taken, 1 waiting.",
        "1 person said what they need.",
        "1 question, answered by 0 people.",
        "1 organiser.",
        "Nobody is coming as a service user, a head of service or a policy expert.",
    ):
        assert said in page, said


def test_it_says_how_many_of_the_kept_places_are_taken(signed_in, fatima):
    event = EventFactory()
    event.pools.create(name="Districts", places=5, taken=2, releases_at=clock.now() - dt.timedelta(days=1))
    event.pools.create(name="Counties", places=3)

    page = plain_words(signed_in(fatima).get(at("run", event)))

    assert "2 of 5" in page
    assert "Released" in page
    assert "0 of 3" in page


def test_only_the_part_that_fits_the_hour_has_a_main_button(signed_in, fatima):
    event = EventFactory(co_design=True, started=True)
    SignUpFactory(event=event)

    page = signed_in(fatima).get(at("run", event)).content.decode()

    lines = re.findall(r'class="govuk-button(?: lda-[\w-]+)*"', page)
    assert len(lines) == 1
    assert "Note what came out" in page


def test_the_events_page_leads_to_its_organisers_page_which_leads_everywhere_else(signed_in, fatima):
    event = EventFactory()
    client = signed_in(fatima)
    own = event.get_absolute_url()

    page = client.get(own).content.decode()
    block = page[page.index('class="lda-run"') :].partition("</section>")[0]
    assert re.findall(rf'href="{own}([\w/-]+)"', block) == ["check-in/", "run/"]

    page = client.get(at("run", event)).content.decode()
    for address in (
        "places",
        "questions",
        "invite",
        "kinds",
        "organisers",
        "message",
        "held",
        "edit",
        "copy",
        "cancel",
    ):
        assert f'href="{own}{address}/' in page, address


def test_a_cancelled_day_offers_no_deeds_but_who_had_signed_up(signed_in, fatima):
    event = EventFactory(state="cancelled", cancelled_reason="Snow.")
    SignUpFactory(event=event)

    page = plain_words(signed_in(fatima).get(at("run", event)))

    assert headings(page) == []
    assert "Snow." in page
    assert "Cancel the event" not in page
    assert "See who had signed up" in page


def test_a_draft_has_nothing_to_run_on_the_day_and_is_opened_from_here(signed_in, fatima):
    event = EventFactory(state="draft")

    page = plain_words(signed_in(fatima).get(at("run", event)))

    assert headings(page) == ["Before the day"]
    assert "Open it for everyone" in page


def test_the_page_costs_the_same_however_many_come(signed_in, fatima, asked):
    event = EventFactory(co_design=True, started=True)
    costs = []
    client = signed_in(fatima)
    for _ in range(2):
        SignUpFactory.create_batch(3, event=event, kind="developer")
        event.needs.add(NeedFactory())
        with asked() as statements:
            client.get(at("run", event))
        costs.append(len(statements))

    assert costs[0] == costs[1]


def test_places_held_for_many_addresses_of_one_domain_are_said(signed_in, fatima):
    event = EventFactory()
    for number in range(3):
        SignUpFactory(
            event=event,
            status="held",
            lapses_at=clock.now() + dt.timedelta(minutes=30),
            person__email=f"x{number}@bulk.example.org",
        )

    page = plain_words(signed_in(fatima).get(at("run", event)))

    assert "3 places are held for addresses at bulk.example.org that nobody has confirmed" in page


# The list of people -------------------------------------------------------------------------------------------


def test_people_are_found_by_name_state_and_kind(signed_in, fatima, harlow):
    event = EventFactory(co_design=True)
    SignUpFactory(event=event, person__name="Ada Lowe", kind="developer", organisation=harlow)
    SignUpFactory(event=event, person__name="Bob Fox", status="waiting")
    SignUpFactory(person__name="Cal Elsewhere")
    client = signed_in(fatima)

    def found(query=""):
        page = plain_words(client.get(at("people", event) + query))
        return [name for name in ("Ada Lowe", "Bob Fox", "Cal Elsewhere") if name in page]

    assert found() == ["Ada Lowe", "Bob Fox"]
    assert found("?q=lowe") == ["Ada Lowe"]
    assert found("?q=harlow") == ["Ada Lowe"]
    assert found("?state=waiting") == ["Bob Fox"]
    assert found("?kind=developer") == ["Ada Lowe"]
    assert found(f"?council={harlow.slug}") == ["Ada Lowe"]


def test_the_file_of_people_says_that_it_names_people_and_holds_no_needs(signed_in, fatima):
    event = EventFactory()
    SignUpFactory(event=event, person__name="=Ada", access_needs="A ramp", diet="Nuts")

    answer = signed_in(fatima).get(at("people", event), {"format": "csv"})
    text = b"".join(answer).decode()

    assert "'=Ada" in text
    assert "Licence" not in text
    assert "A ramp" not in text
    assert "Nuts" not in text
