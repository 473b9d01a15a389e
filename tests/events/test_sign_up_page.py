"""Signing up and one's own place on the page: a plain form, a private address, posts that may be repeated."""

import datetime as dt
import re
import uuid

import pytest

from events.models import Event, SignUp
from events.places.operations import sign_up
from events.programme.operations import cancel_event
from tests.factories.accounts import UserFactory
from tests.factories.councils import MembershipFactory
from tests.factories.events import EventFactory, PoolFactory, SignUpFactory
from tests.pages import words

pytestmark = pytest.mark.django_db


def form_of(event):
    return f"/events/{event.slug}/sign-up/"


def test_a_stranger_may_sign_in_or_give_name_and_address(client):
    event = EventFactory()

    page = words(client.get(form_of(event)))

    assert f'href="/accounts/login/?next={form_of(event)}"' in page
    assert 'name="email"' in page
    assert 'name="name"' in page


def test_who_one_comes_for_is_asked_before_oneself_which_counts_for_no_council(signed_in, amina, ben):
    event = EventFactory()

    page = words(signed_in(amina).get(form_of(event)))
    assert page.index("Who are you coming for?") < page.index("Harlow") < page.index("my place counts for no council")
    assert "your place counts for no council" in words(signed_in(ben).get(form_of(event)))


def test_the_post_gives_a_place_and_leads_to_it(signed_in, amina, harlow):
    event = EventFactory()

    response = signed_in(amina).post(
        form_of(event), {"organisation": harlow.pk, "access_needs": "A hearing loop", "is_listed": "on"}, follow=True
    )

    place = event.sign_ups.get()
    assert response.redirect_chain == [(f"/sign-ups/{place.reference}/", 302)]
    assert "You have a place" in words(response)
    assert (place.person, place.organisation, place.access_needs, place.is_listed) == (
        amina,
        harlow,
        "A hearing loop",
        True,
    )


def test_the_same_post_again_leads_to_the_same_place(signed_in, amina):
    event, client = EventFactory(), signed_in(amina)

    first, second = client.post(form_of(event), {}), client.post(form_of(event), {})

    assert first["Location"] == second["Location"]
    assert event.sign_ups.count() == 1


def test_the_form_sent_five_times_is_one_place_and_one_mail(signed_in, amina, deliver):
    event, client = EventFactory(), signed_in(amina)
    page = words(client.get(form_of(event)))
    token = {"form_token": re.search(r'name="form_token" value="([^"]+)"', page)[1]}

    answers = {client.post(form_of(event), token)["Location"] for _ in range(5)}

    assert answers == {event.sign_ups.get().get_absolute_url()}
    assert len(deliver()) == 1


def test_who_has_a_place_is_led_to_it_instead_of_the_form(signed_in, amina):
    place = SignUpFactory(person=amina)

    assert signed_in(amina).get(form_of(place.event))["Location"] == place.get_absolute_url()


def test_a_full_event_says_so_before_one_joins_the_queue(signed_in, amina):
    event = EventFactory(capacity=1)
    SignUpFactory(event=event)

    page = words(signed_in(amina).get(form_of(event)))
    response = signed_in(amina).post(form_of(event), {}, follow=True)

    assert "Its one place is taken. Nobody is waiting yet: you would be number 1." in page
    assert "You are number 1 on the waiting list" in words(response)


def test_only_a_co_design_day_asks_what_kind_of_person_one_is(signed_in, amina):
    client = signed_in(amina)

    assert 'name="kind"' not in words(client.get(form_of(EventFactory())))
    day = EventFactory(co_design=True)
    assert 'name="kind"' in words(client.get(form_of(day)))

    refused = client.post(form_of(day), {"access_needs": "Kept words"})
    assert "Choose which of these you are." in words(refused)
    assert "Kept words" in words(refused)

    client.post(form_of(day), {"kind": "developer"})
    assert str(day.sign_ups.get().kind) == "Developer"


@pytest.mark.parametrize(
    "sent",
    [
        {"organisation": "999999"},
        {"organisation": "x"},
        {"organisation": "1 or 1=1"},
        {"access_needs": "x" * 1001},
    ],
)
def test_what_makes_no_sense_is_answered_beside_the_field(signed_in, amina, sent):
    event = EventFactory()

    response = signed_in(amina).post(form_of(event), sent)

    assert response.status_code == 422
    assert "There is a problem" in words(response)
    assert not event.sign_ups.exists()


def test_one_cannot_pick_somebody_elses_council(signed_in, amina, surrey):
    event = EventFactory()

    response = signed_in(amina).post(form_of(event), {"organisation": surrey.pk})

    assert response.status_code == 422
    assert not event.sign_ups.exists()


def test_a_kind_removed_while_the_form_was_open_takes_nobody_and_keeps_what_was_typed(signed_in, amina):
    event = EventFactory()
    for order, name in enumerate(("Carer", "Developer"), start=1):
        event.participant_kinds.create(name=name, key=name.lower(), order=order)
    client = signed_in(amina)
    assert "Carer" in words(client.get(form_of(event)))
    event.participant_kinds.get(key="carer").delete()

    answer = client.post(form_of(event), {"kind": "carer", "access_needs": "A ramp"})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["kind"]
    assert "A ramp" in words(answer)
    assert not event.sign_ups.exists()


def test_a_cap_reached_while_the_form_was_open_is_said_with_the_place_on_the_waiting_list(signed_in, amina, harlow):
    event = EventFactory(capacity=9)
    Event.objects.update(council_cap=1, council_cap_until=event.starts_at - dt.timedelta(days=1))
    client = signed_in(amina)
    assert 'name="expects" value="place"' in words(client.get(form_of(event)))
    SignUpFactory(event=event, organisation=harlow)

    page = words(client.post(form_of(event), {"organisation": harlow.pk, "expects": "place"}, follow=True))

    assert "Harlow has the 1 place that one council may have until" in page
    assert "You are on the waiting list instead." in page
    assert event.sign_ups.get(person=amina).status == SignUp.Status.WAITING


def test_fields_that_are_not_asked_for_change_nothing(signed_in, amina):
    event = EventFactory(capacity=1)
    SignUpFactory(event=event)

    signed_in(amina).post(form_of(event), {"status": "confirmed", "position": "1", "person": "1", "kind": "developer"})

    place = event.sign_ups.get(person=amina)
    assert (place.status, place.position, place.kind) == (SignUp.Status.WAITING, 2, None)


def test_control_characters_and_direction_marks_are_cleaned_away(signed_in, amina):
    event = EventFactory()

    signed_in(amina).post(form_of(event), {"access_needs": "Loop\u202e\r\nand\x07\0 quiet 🙂"})

    assert event.sign_ups.get().access_needs == "Loop\nand quiet 🙂"


def test_a_refusal_stands_on_the_form(signed_in):
    event = EventFactory()

    response = signed_in(UserFactory(verified=False)).post(form_of(event), {})

    assert "Confirm your e-mail address first" in words(response)


def test_after_the_start_there_is_no_form(signed_in, amina):
    event = EventFactory(started=True)

    assert "Sign-up for this event is closed." in words(signed_in(amina).get(form_of(event)))
    assert not signed_in(amina).post(form_of(event), {}).has_header("Location")


@pytest.mark.parametrize(("number", "has_pools"), [(3, False), (30, False), (3, True), (30, True)])
def test_a_sign_up_from_a_browser_costs_twelve_statements_however_many_came_before(
    signed_in, amina, harlow, number, has_pools, asked
):
    event = EventFactory(co_design=True, capacity=2)
    for n in range(number):
        SignUpFactory(event=event, status="confirmed" if n < 2 else "waiting")
    if has_pools:  # of which one has a place for her, and her council has not had its most
        for name, kinds in (("counties", ["county"]), ("districts", ["district"])):
            PoolFactory(event=event, name=name, organisation_kinds=kinds, places=2)
        Event.objects.update(capacity=9, council_cap=2, council_cap_until=event.starts_at)
    client = signed_in(amina)
    token = re.search(r'name="form_token" value="([^"]+)"', words(client.get(form_of(event))))[1]

    with asked() as statements:
        client.post(form_of(event), {"organisation": harlow.pk, "kind": "developer", "form_token": token})

    assert event.sign_ups.count() == number + 1
    assert event.sign_ups.latest("pk").status == ("confirmed" if has_pools else "waiting")
    # One more counts the place in its pool.
    assert len(statements) == 12 + has_pools, "\n".join(statements)


def test_a_sign_up_reads_by_statements_that_were_built_before(signed_in, amina, ben, harlow, builds):
    event = EventFactory(co_design=True)
    signed_in(ben).post(form_of(event), {"kind": "developer", "form_token": "one"})

    client = signed_in(amina)
    del builds[:]
    client.post(form_of(event), {"organisation": harlow.pk, "kind": "developer", "form_token": "two"})

    assert builds == []
    assert event.sign_ups.count() == 2


# One's own place ------------------------------------------------------------------------------------------


@pytest.fixture
def place(amina):
    return sign_up(EventFactory(), by=amina)


PAGES = ("", "change/", "cancel/", "pass-on/")


@pytest.mark.parametrize("rest", PAGES)
def test_only_its_holder_and_facilitators_find_a_place(client, signed_in, place, amina, ben, grace, fatima, rest):
    address = place.get_absolute_url() + rest

    assert client.get(address).status_code == 302
    assert signed_in(ben).get(address).status_code == 404
    assert signed_in(grace).get(address).status_code == 404
    assert signed_in(ben).post(address, {"email": ben.email}).status_code == 404
    assert signed_in(amina).get(address).status_code == 200
    assert signed_in(fatima).get(address).status_code == 200


@pytest.mark.parametrize("rest", PAGES)
def test_a_reference_that_is_nobodys_is_not_found(signed_in, amina, rest):
    client = signed_in(amina)

    assert client.get(f"/sign-ups/{uuid.uuid4()}/{rest}").status_code == 404
    assert client.get(f"/sign-ups/1/{rest}").status_code == 404


def test_a_mail_scanner_that_opens_every_link_cancels_nothing(signed_in, place, amina):
    for rest in PAGES:
        signed_in(amina).get(place.get_absolute_url() + rest)
        signed_in(amina).head(place.get_absolute_url() + rest)

    place.refresh_from_db()
    assert place.status == SignUp.Status.CONFIRMED


def test_giving_a_place_back_and_pressing_twice(signed_in, place, amina):
    client = signed_in(amina)

    for _ in range(2):
        response = client.post(place.get_absolute_url() + "cancel/", follow=True)
        assert response.status_code == 200

    assert "You are not signed up any more" in words(response)
    place.refresh_from_db()
    assert place.status == SignUp.Status.CANCELLED


def test_answers_can_be_changed(signed_in, place, amina, harlow):
    client = signed_in(amina)
    assert "access_needs" in words(client.get(place.get_absolute_url() + "change/"))

    client.post(place.get_absolute_url() + "change/", {"organisation": harlow.pk, "access_needs": "Step-free"})

    place.refresh_from_db()
    assert (place.organisation, place.access_needs) == (harlow, "Step-free")


def test_coming_for_oneself_can_be_chosen_later(signed_in, amina, harlow):
    place = sign_up(EventFactory(), by=amina, organisation=harlow)

    signed_in(amina).post(place.get_absolute_url() + "change/", {"organisation": ""})

    place.refresh_from_db()
    assert place.organisation is None


def test_a_cancelled_event_shows_on_ones_place(signed_in, place, amina, fatima):
    cancel_event(place.event, by=fatima, reason="The venue flooded.")

    page = words(signed_in(amina).get(place.get_absolute_url()))

    assert "This event is cancelled" in page
    assert "The venue flooded." in page
    assert "Give my place back" not in page


def test_ones_place_takes_few_queries_however_long_the_queue(signed_in, django_assert_max_num_queries):
    event = EventFactory(capacity=1)
    SignUpFactory.create_batch(30, event=event, status="waiting")
    person = MembershipFactory().person
    place = SignUpFactory(event=event, person=person, status="waiting")
    client = signed_in(person)

    with django_assert_max_num_queries(12):
        assert "number 31" in words(client.get(place.get_absolute_url()))
