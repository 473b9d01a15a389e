"""Signing up without an account: name and address, a place held for 30 minutes, theirs with the code."""

import datetime as dt
import re

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from accounts.models import User
from core import clock
from core.errors import Refused
from core.schedules import discover
from core.words import moment_in_words
from events.models import SignUp
from events.places.operations import (
    cancel_sign_up,
    confirm_held,
    forget_unverified,
    held,
    hold_place,
    settle_events,
    sign_up,
)
from events.programme.operations import cancel_event
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, ParticipantKindFactory, SignUpFactory
from tests.pages import words

pytestmark = pytest.mark.django_db
CONFIRM = "/accounts/login/code/confirm/"
HELD, CONFIRMED = SignUp.Status.HELD, SignUp.Status.CONFIRMED


def form_of(event):
    return f"/events/{event.slug}/sign-up/"


def send(client, event, email="rosa@example.org", **more):
    return client.post(form_of(event), {"name": "Rosa Gill", "email": email} | more)


def code_in(message):
    return re.search(r"^([0-9]{6})$", message.body, re.MULTILINE)[1]


def nobody():
    return AnonymousUser()


def hold(event, email):
    return hold_place(event, by=nobody(), name="Rosa Gill", email=email)


def test_no_place_is_held_for_whoever_is_signed_in_at_what_is_closed_or_as_a_kind_that_has_gone(amina):
    event, others = EventFactory(), ParticipantKindFactory()

    with pytest.raises(PermissionDenied, match="You are signed in"):
        hold_place(event, by=amina, name="Amina Shah", email="a@example.org")
    with pytest.raises(Refused):
        hold(EventFactory(started=True), "a@example.org")
    with pytest.raises(Refused, match="no longer one of the event") as refusal:
        hold_place(event, by=nobody(), name="Rosa Gill", email="rosa@example.org", kind=others)
    assert refusal.value.field == "kind"


def test_the_code_signs_in_and_makes_the_held_place_theirs_in_one_act(client, deliver):
    event = EventFactory(title="Skills day")

    to_code = send(client, event, access_needs="A ramp")
    place = event.sign_ups.get()
    assert to_code["Location"].startswith(CONFIRM)
    assert (place.status, place.access_needs, place.person.has_usable_password()) == (HELD, "A ramp", False)
    assert place.lapses_at - place.signed_up_at == dt.timedelta(minutes=30)
    event.refresh_from_db()
    assert event.places_taken == 1
    (mail,) = deliver()
    response = client.post(to_code["Location"], {"code": code_in(mail), "next": form_of(event)}, follow=True)

    place.refresh_from_db()
    assert (place.status, place.lapses_at) == (CONFIRMED, None)
    assert response.redirect_chain[-1][0] == place.get_absolute_url()
    assert "You have a place" in words(response)
    assert [message.subject for message in deliver()] == [f"You have a place: Skills day, {event.days}"]


def test_an_address_with_an_account_is_answered_alike_and_gets_no_second_place(client, deliver):
    known, closed = UserFactory(), UserFactory(is_active=False)
    event = EventFactory()
    own = sign_up(event, by=known, access_needs="Mine")
    deliver()

    answers = {send(client, event, email=each)["Location"] for each in (known.email, closed.email, "new@example.org")}

    assert len(answers) == 1
    own.refresh_from_db()
    assert (own.status, own.access_needs) == (CONFIRMED, "Mine")
    assert sorted(event.sign_ups.values_list("person__email", flat=True)) == sorted([known.email, "new@example.org"])


def test_whose_address_somebody_else_gave_gets_no_place_by_signing_in(signed_in, client, amina):
    event = EventFactory()
    place = hold(event, amina.email)

    page = words(signed_in(amina).get(place.get_absolute_url()))

    place.refresh_from_db()
    assert place.status == HELD
    assert "A place is held for you" in page
    assert "Confirm my place" in page
    assert "counts for no council" not in page


def test_what_a_stranger_typed_is_asked_of_the_holder_before_the_place_is_theirs(signed_in, amina, ben, harlow):
    event = EventFactory()
    place = hold_place(event, by=nobody(), name="X", email=amina.email, access_needs="Nonsense", is_listed=True)
    confirm = f"{place.get_absolute_url()}confirm/"
    assert signed_in(ben).post(confirm).status_code == 404
    client = signed_in(amina)

    page = words(client.get(confirm))
    assert "If it was not you, do nothing" in page
    assert "Who are you coming for?" in page
    assert "Held until you confirm it" in words(client.get("/"))
    done = words(client.post(confirm, {"organisation": harlow.pk, "access_needs": "A ramp"}, follow=True))

    place.refresh_from_db()
    assert "You have a place" in done
    assert (place.status, place.organisation, place.access_needs, place.is_listed) == (
        CONFIRMED,
        harlow,
        "A ramp",
        False,
    )
    assert client.get(confirm)["Location"] == place.get_absolute_url()


def test_the_code_s_mail_and_its_page_say_for_which_day_it_is_and_that_a_place_is_held(client, deliver, amina):
    event = EventFactory(title="Skills day", venue="Leeds")
    own = sign_up(event, by=amina)
    deliver()
    pages = []
    for address in ("rosa@example.org", amina.email):
        client = Client()
        pages.append(words(client.get(send(client, event, email=address)["Location"])))
    to_rosa, to_amina = (mail.body for mail in deliver())

    place = event.sign_ups.exclude(pk=own.pk).get()
    about = f"Skills day, {event.when} (UK time)"
    assert f"held for you until {moment_in_words(place.lapses_at)} at {about}" in to_rosa
    assert f"Leeds\n{settings.BASE_URL}{event.get_absolute_url()}" in to_rosa
    assert f"You are signed up already for {about}" in to_amina
    for page in pages:  # the same, whoever has an account or a place
        assert f"With the code you take your place at {about}. A place that is free is held for 30 minutes." in page
        assert "works for 15 minutes" in page
    other = client.post("/accounts/login/code/", {"email": UserFactory().email})
    assert "Skills day" not in words(client.get(other["Location"]))


def test_two_hundred_invented_people_hold_half_the_seats_for_half_an_hour_and_those_waiting_get_them(
    on_day, mail_at_any_time
):
    """A smaller day: twelve seats, two hundred people; the rest of the seats is for whoever is signed in."""
    with on_day(2030, 5, 1, 9):
        event = EventFactory(capacity=12, offer_hours=48)
        refused = 0
        for number in range(200):
            try:
                hold(event, f"invented-{number}@example.org")
            except Refused:
                refused += 1
        assert refused == 194
        for _ in range(6):
            assert sign_up(event, by=UserFactory()).status == CONFIRMED
        waiting = [sign_up(event, by=UserFactory()) for _ in range(7)]
        assert {place.status for place in waiting} == {SignUp.Status.WAITING}
    with on_day(2030, 5, 1, 9, 29):
        assert settle_events() == 0
    with on_day(2030, 5, 1, 9, 30):
        assert settle_events() == 1

    statuses = [SignUp.objects.get(pk=place.pk).status for place in waiting]
    assert statuses == [SignUp.Status.OFFERED] * 6 + [SignUp.Status.WAITING]
    assert not event.sign_ups.filter(status=HELD).exists()


def test_who_comes_with_the_code_too_late_is_told_and_has_no_place(client, deliver):
    event = EventFactory()
    to_code = send(client, event)["Location"]
    SignUp.objects.update(lapses_at=clock.now() - dt.timedelta(seconds=1))
    type(event).objects.update(settles_at=clock.now() - dt.timedelta(seconds=1))
    page = words(client.post(to_code, {"code": code_in(deliver()[0]), "next": form_of(event)}, follow=True))

    assert event.sign_ups.get().status == SignUp.Status.CANCELLED
    assert "30 minutes for which we held your place are over" in page


def test_who_gives_the_code_after_the_day_was_cancelled_is_told_so_and_has_no_place(client, deliver, fatima):
    event = EventFactory()
    to_code = send(client, event)["Location"]
    code = code_in(deliver()[0])
    cancel_event(event, by=fatima, reason="Snow.")
    deliver()

    page = words(client.post(to_code, {"code": code, "next": form_of(event)}, follow=True))

    assert event.sign_ups.get().status == HELD
    assert "This event was cancelled." in page
    assert deliver() == []


def type_the_code(client, deliver, event, to_code):
    code = code_in(next(mail for mail in deliver() if "code" in mail.subject.lower()))
    return client.post(to_code, {"code": code, "next": form_of(event)}, follow=True)


def test_a_full_event_asks_everything_at_once_and_takes_nobody_on_its_list_before_the_code(client, deliver):
    event = EventFactory(capacity=1)
    SignUpFactory(event=event)
    assert 'name="access_needs"' in words(client.get(form_of(event)))

    to_code = send(client, event, access_needs="A ramp", is_listed="on", expects="waiting")["Location"]
    assert event.sign_ups.count() == 1
    page = words(type_the_code(client, deliver, event, to_code))

    place = event.sign_ups.get(status=SignUp.Status.WAITING)
    assert (place.person.email, place.access_needs, place.is_listed) == ("rosa@example.org", "A ramp", True)
    assert "You are number 1 on the waiting list" in page
    assert "waiting list instead" not in page


def test_a_place_taken_while_the_form_was_open_is_said_and_nothing_typed_is_asked_again(client, deliver):
    event = EventFactory(capacity=1)
    SignUpFactory(event=event)

    to_code = send(client, event, access_needs="A ramp", expects="place")["Location"]
    page = words(type_the_code(client, deliver, event, to_code))

    assert event.sign_ups.get(status=SignUp.Status.WAITING).access_needs == "A ramp"
    assert "You are on the waiting list instead." in page


def test_a_place_that_came_free_before_the_code_is_theirs(client, deliver):
    event = EventFactory(capacity=1)
    first = sign_up(event, by=UserFactory())
    to_code = send(client, event)["Location"]
    cancel_sign_up(first, by=first.person)

    assert "You have a place" in words(type_the_code(client, deliver, event, to_code))


def test_what_was_typed_is_of_no_use_to_whoever_signs_in_with_another_address(client, amina):
    event = EventFactory(capacity=1)
    SignUpFactory(event=event)
    send(client, event, access_needs="A ramp")

    client.force_login(amina, backend="accounts.backends.ByAddress")

    assert not event.sign_ups.filter(person=amina).exists()
    assert "A ramp" not in words(client.get(form_of(event)))


def health_kept():
    """How many sessions hold what somebody said they need."""
    return sum("ramp" in str(session.get_decoded()) for session in Session.objects.all())


def test_what_was_typed_half_an_hour_ago_is_not_used_and_soon_deleted(client, amina):
    event = EventFactory(capacity=1)
    SignUpFactory(event=event)
    for need in ("A ramp", "A wider ramp"):
        send(client, event, email=amina.email, access_needs=need)
    assert health_kept() == 1, "the last form takes the place of the one before"
    assert "ramp" not in str(dict(client.session)), "a session of its own, which ends when a place would lapse"

    with clock.at(clock.now() + dt.timedelta(minutes=31)):
        client.force_login(amina, backend="accounts.backends.ByAddress")

    assert not event.sign_ups.filter(person=amina).exists()
    assert health_kept() == 0


def test_what_a_stranger_typed_who_never_comes_back_is_deleted_with_the_next_places_that_lapse(client, monkeypatch):
    event = EventFactory(capacity=1)
    SignUpFactory(event=event)
    send(client, event, access_needs="A ramp")
    forget, now = discover()["portal.schedules.forget_ended_sessions"], clock.now()
    assert forget.period <= dt.timedelta(minutes=5)

    for minutes, left in ((29, 1), (31, 0)):
        monkeypatch.setattr(timezone, "now", lambda: now + dt.timedelta(minutes=minutes))  # noqa: B023 - read at once
        forget.run()
        assert health_kept() == left
    assert Session.objects.filter(pk=client.session.session_key).exists()


def test_whatever_is_refused_after_the_code_leaves_the_form_as_it_was_filled_in(client, deliver):
    event = EventFactory(capacity=1)
    SignUpFactory(event=event)
    to_code = send(client, event, access_needs="A ramp")["Location"]
    event.participant_kinds.create(name="Developer", key="developer", order=1)
    type(event).objects.update(kind="co_design_day")

    page = words(type_the_code(client, deliver, event, to_code))

    assert event.sign_ups.count() == 1
    assert "Choose which of these you are." in page
    assert "A ramp" in page


def test_the_same_form_of_a_stranger_sent_five_times_is_one_place(client):
    event = EventFactory()
    page = words(client.get(form_of(event)))
    token = {"form_token": re.search(r'name="form_token" value="([^"]+)"', page)[1]}

    statuses = [send(Client(), event, **token).status_code for _ in range(5)]

    assert statuses == [302, 302, 302, 422, 422]
    assert event.sign_ups.count() == 1
    event.refresh_from_db()
    assert event.places_taken == 1


def test_no_place_is_held_where_none_is_free():
    event = EventFactory(capacity=1)
    SignUpFactory(event=event)

    assert hold(event, "second@example.org") is None
    assert event.sign_ups.count() == 1


def test_one_address_gets_three_codes_in_a_quarter_of_an_hour_and_hears_why_no_fourth(client):
    event = EventFactory()
    for _ in range(3):
        assert send(client, event).status_code == 302

    response = send(client, event, access_needs="Kept words")

    assert response.status_code == 422
    assert "Several codes were sent to this address" in words(response)
    assert "Kept words" in words(response)


def test_nobody_floods_an_event_from_one_client(client, monkeypatch):
    monkeypatch.setattr("events.places.without_account.PER_CLIENT", "2/10m/ip")
    event = EventFactory()
    statuses = [send(client, event, email=f"p{number}@example.org").status_code for number in range(3)]

    assert statuses == [302, 302, 409]
    assert event.sign_ups.count() == 2


def test_one_client_holds_half_of_what_may_be_held_so_that_others_still_find_a_place(client):
    event = EventFactory(capacity=20)
    answers = [send(client, event, email=f"p{number}@example.org") for number in range(6)]

    assert [answer.status_code for answer in answers] == [302] * 5 + [409]
    assert "from your network in the last half hour" in words(answers[-1])
    typed = {"name": "Rosa Gill", "email": "other@example.org"}
    other = client.post(form_of(event), typed, REMOTE_ADDR="192.0.2.7")
    assert other.status_code == 302
    assert event.sign_ups.filter(status=HELD).count() == 6
    assert send(client, EventFactory(), email="p7@example.org").status_code == 302, "each event counts by itself"


def test_a_held_place_is_for_its_address_alone(ben):
    place = hold(EventFactory(), "rosa@example.org")

    with pytest.raises(PermissionDenied):
        confirm_held(place, by=ben)
    with pytest.raises(Refused, match="Confirm your e-mail address"):
        confirm_held(place, by=place.person)


def test_an_account_never_entered_is_deleted_after_a_week_and_nobody_else_s(ben):
    invented = hold(EventFactory(), "invented@example.org").person
    entered = hold(EventFactory(), "entered@example.org").person
    EmailAddress.objects.filter(user=entered).update(verified=True)
    both = hold(EventFactory(), "both@example.org").person
    SignUpFactory(person=both)
    SignUp.objects.filter(status=HELD).update(status="cancelled", ended_because="lapsed", lapses_at=None)
    cancel_sign_up(sign_up(EventFactory(), by=ben), by=ben)

    assert forget_unverified() == 0
    with clock.at(clock.now() + dt.timedelta(days=8)):
        assert forget_unverified() == 1

    assert not User.objects.filter(pk=invented.pk).exists()
    assert User.objects.filter(pk__in=[entered.pk, both.pk, ben.pk]).count() == 3
    assert "events.schedules.forget_unverified" in discover()


def test_whoever_takes_a_place_again_as_their_account_is_about_to_be_forgotten_keeps_both():
    event = EventFactory()
    person = hold(event, "again@example.org").person
    SignUp.objects.update(status="cancelled", ended_because="lapsed", lapses_at=None)
    with clock.at(clock.now() + dt.timedelta(days=8)):
        (listed,) = held._never_entered()
        again = hold(event, "again@example.org")

        assert not held._forget(listed)

    assert again.status == HELD
    assert person.sign_ups.filter(pk=again.pk).exists()


def test_an_account_made_to_join_a_waiting_list_and_never_entered_is_deleted_as_well(client):
    event = EventFactory(capacity=1)
    SignUpFactory(event=event)
    send(client, event)
    with_password = UserFactory(last_login=None)

    with clock.at(clock.now() + dt.timedelta(days=8)):
        assert forget_unverified() == 1

    assert not User.objects.filter(email="rosa@example.org").exists()
    assert User.objects.filter(pk=with_password.pk).exists()


def test_a_name_with_line_ends_adds_nothing_to_mail_or_calendar(client, deliver):
    event = EventFactory()
    to_code = send(client, event, name="Rosa\r\nBcc: x@example.org\r\nATTENDEE:mailto:y@example.org")["Location"]
    client.post(to_code, {"code": code_in(deliver()[0]), "next": form_of(event)})

    (message,) = deliver()
    assert message.bcc == []
    assert "x@example.org" not in message.message()["To"]
    content = message.attachments[0][1]
    assert (content if isinstance(content, str) else content.decode()).count("\nATTENDEE") == 1
