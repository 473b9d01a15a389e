"""The audit trail says who did what with their place for as long as the place has their name, and no longer."""

import datetime as dt
import json

import pytest

from audit.models import AuditEvent
from audit.owners import done_by
from core import clock
from events.desk.operations import check_in, join_online
from events.leads.operations import forget_names as forget_who_told
from events.leads.operations import tell_of_saving
from events.models import SignUp
from events.places import codes
from events.places.operations import (
    accept_offer,
    cancel_sign_up,
    change_sign_up,
    forget_names,
    forget_offers,
    offer_place,
    sign_up,
    take_back_offer,
)
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, SignUpFactory

pytestmark = pytest.mark.django_db
HELD, NOBODY = "Amina Shah", "Somebody who is no longer named"


@pytest.fixture
def day(amina, ben, fatima):
    """A day of last month. Amina did all that one can do with a place at it, and asked for Ben's at another."""
    starts = clock.now() - dt.timedelta(days=40)
    day = EventFactory(starts_at=starts, join_url="https://example.org/meet")
    with clock.at(starts - dt.timedelta(days=2)):
        cancel_sign_up(sign_up(day, by=amina), by=amina)
        place = change_sign_up(sign_up(day, by=amina), by=amina, is_listed=True)
        take_back_offer(offer_place(place, to_email="x@example.org", by=amina), by=amina)
        other = EventFactory(starts_at=starts)
        accept_offer(offer_place(sign_up(other, by=ben), to_email=amina.email, by=ben), by=amina)
    with clock.at(starts):
        join_online(day, by=amina)
        day.refresh_from_db()
        check_in(SignUpFactory(event=day), by=fatima)
        tell_of_saving(day, by=amina, words="A form less.", may_write=True)
    return day


def test_once_names_have_gone_nothing_leads_from_the_trail_to_who_came(day, amina, ben, fatima, signed_in, sunita):
    lines = AuditEvent.objects.filter(about_kind="events.event")
    done = set(lines.filter(done_by(amina.pk)).values_list("action", flat=True))
    assert done == {
        *(f"events.{act}" for act in ("signed_up", "cancelled_sign_up", "changed_sign_up", "offered_place")),
        *(f"events.{act}" for act in ("took_back_offer", "asked_to_take_over", "checked_in", "told_of_saving")),
    }
    client = signed_in(sunita)
    page = client.get(f"/audit/?person={amina.pk}").content.decode()
    assert f"What {HELD} did" in page
    assert NOBODY not in page

    with clock.at(day.ends_at + dt.timedelta(days=365)):
        assert forget_names() == 2
        forget_who_told()
        forget_offers()

    assert not lines.filter(done_by(amina.pk) | done_by(ben.pk)).exists()
    page = client.get("/audit/?format=csv").content.decode()
    assert HELD not in page
    assert NOBODY in page
    assert lines.get(by=fatima).action == "events.checked_in", "who acts for the Alliance stays accountable"
    _nothing_in_the_lines_is_in_the_rows(lines, {amina.pk, ben.pk})


def _nothing_in_the_lines_is_in_the_rows(lines, people):
    said = json.dumps(list(lines.values("about", "details", "request_id")))
    references = {str(each) for each in SignUp.objects.values_list("reference", flat=True)}
    assert not [each for each in references if each in said]
    assert not lines.filter(by__in=people).exists()
    assert not lines.filter(details__has_key="own").exclude(request_id="").exists()


def test_a_place_that_is_passed_on_leaves_the_next_holder_out_of_what_the_first_did(amina, ben):
    event = EventFactory()
    accept_offer(offer_place(sign_up(event, by=amina), to_email=ben.email, by=amina), by=ben)

    assert set(AuditEvent.objects.filter(done_by(ben.pk)).values_list("action", flat=True)) == {"events.passed_on"}


def test_what_somebody_else_does_with_a_place_has_their_name(amina, fatima):
    place = sign_up(EventFactory(), by=amina)
    cancel_sign_up(place, by=fatima)

    assert AuditEvent.objects.get(by=fatima).action == "events.cancelled_sign_up"


def test_a_code_is_drawn_in_one_way_wherever_another_is_due(monkeypatch, amina, ben):
    event = EventFactory(capacity=2)
    passed, stays = sign_up(event, by=amina), sign_up(event, by=UserFactory())
    monkeypatch.setattr(codes, "new_code", lambda position: f"NEW-{position:03d}")

    passed = accept_offer(offer_place(passed, to_email=ben.email, by=amina), by=ben)
    with clock.at(event.ends_at + dt.timedelta(days=365)):
        forget_names()

    stays.refresh_from_db()
    assert (passed.code, stays.code) == ("NEW-001", "NEW-002")
