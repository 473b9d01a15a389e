"""A form that makes a record counts once: sent again it is answered as the first time, changed it is refused."""

import datetime as dt
import re

import pytest
from django.test import Client

from accounts.models import SentForm
from accounts.roles import Role
from accounts.sent_forms import forget_sent_forms
from core import clock
from events.models import Event
from projects.models import Need
from steering.models import Meeting
from tests.events.test_programme import TYPED as EVENT
from tests.factories.accounts import UserFactory, give_role
from tests.factories.assets_registry import AssetFactory
from tests.factories.events import EventFactory
from tests.factories.projects import (
    BusinessCaseFactory,
    DiscoveryFactory,
    NeedFactory,
    ProjectFactory,
    PrototypeFactory,
)
from tests.factories.steering import BoardSeatFactory
from tests.plans import plan_of
from tests.race import all_at_once
from tests.steering.deciding import meeting_of
from voting.ballots.operations import withdraw_ballot
from voting.models import Ballot

pytestmark = pytest.mark.sql

NEED = {"title": "Know the bin day", "who_for": "Residents", "what": "To know in time when bins are collected."}


def vote_on(day):
    keys = [*day.prototypes.values_list("pk", flat=True)]
    rules = {"method": "approval", "basis": "person", "tie_rule": "run_off", "secrecy": "open", "roll_from": "check_in"}
    return {"question": "Which?", "prototypes": keys, "to_pursue": 1, **rules}


def test_an_event_and_a_need_sent_twice_are_made_once_and_answered_alike(signed_in, fatima, amina, harlow):
    for person, address, words, model in [
        (fatima, "/events/new/", EVENT, Event),
        (amina, "/needs/new/", {**NEED, "council": harlow.pk}, Need),
    ]:
        client = signed_in(person)

        answers = [client.post(address, {**words, "form_token": "one"}) for _ in range(2)]

        assert [answer.status_code for answer in answers] == [302, 302], answers[0].content.decode()
        assert answers[0]["Location"] == answers[1]["Location"]
        assert model.objects.count() == 1


def test_the_same_token_with_other_words_is_refused_and_what_was_typed_is_kept(signed_in, fatima):
    client = signed_in(fatima)
    made = client.post("/events/new/", {**EVENT, "form_token": "one"})

    answer = client.post("/events/new/", {**EVENT, "title": "Another day & more", "form_token": "one"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "You have sent this form already" in page
    assert f'href="{made["Location"]}"' in page
    assert "Another day &amp; more" in page
    assert Event.objects.count() == 1


def test_who_goes_back_and_sends_the_same_again_has_made_one_record_and_is_led_to_it(
    signed_in, fatima, amina, sunita, harlow
):
    seat, day = BoardSeatFactory(), EventFactory(co_design=True, started=True)
    day.prototypes.set(PrototypeFactory.create_batch(2))
    meeting = {"day_day": "9", "day_month": "9", "day_year": "2014", "host": seat.pk, "place": "Leeds"}
    for person, address, words, model in [
        (fatima, "/events/new/", EVENT, Event),
        (fatima, f"/votes/new/?event={day.slug}", vote_on(day), Ballot),
        (amina, "/needs/new/", {**NEED, "council": harlow.pk}, Need),
        (sunita, "/board/meetings/new/", meeting, Meeting),
    ]:
        before, client = model.objects.count(), signed_in(person)

        # The page is asked for again, so its token is another one; the browser fills in what was typed.
        first, again = (client.post(address, {**words, "form_token": token}) for token in ("one", "two"))

        assert (first.status_code, again.status_code) == (302, 302), first.content.decode()
        assert again["Location"] == first["Location"]
        assert model.objects.count() == before + 1
        assert "You sent this a moment ago, so it counts once." in client.get(again["Location"]).content.decode()


@pytest.mark.parametrize("token", ["one", "two"])
def test_the_words_of_what_was_made_anyway_count_once_whichever_button_sends_them_again(
    signed_in, amina, harlow, token
):
    NeedFactory(title=NEED["title"], what=NEED["what"])
    client, words = signed_in(amina), {**NEED, "council": harlow.pk}
    asked = client.post("/needs/new/", {**words, "form_token": "none"})
    made = client.post("/needs/new/", {**words, "anyway": "yes", "form_token": "one"})

    again = client.post("/needs/new/", {**words, "form_token": token})

    assert (asked.status_code, made.status_code, again.status_code) == (200, 302, 302)
    assert again["Location"] == made["Location"]


def test_what_is_meant_as_another_record_is_made(signed_in, fatima):
    client, now = signed_in(fatima), clock.now()
    day = EventFactory(co_design=True, started=True)
    day.prototypes.set(PrototypeFactory.create_batch(2))

    def prepare(minute, token, **other):
        with clock.at(now + dt.timedelta(minutes=minute)):
            client.post(f"/votes/new/?event={day.slug}", {**vote_on(day), **other, "form_token": token})
        return Ballot.objects.count()

    assert prepare(0, "one") == 1
    assert prepare(1, "two", question="Which first?") == 2  # other words
    with clock.at(now + dt.timedelta(minutes=2)):
        withdraw_ballot(Ballot.objects.get(question="Which first?"), by=fatima)
    assert prepare(3, "three", question="Which first?") == 2  # the first one is gone, and that was an action of theirs
    assert prepare(14, "four", question="Which first?") == 3  # a good while later


def test_a_form_with_something_wrong_has_not_counted_and_may_come_again(signed_in, fatima):
    client = signed_in(fatima)

    wrong = client.post("/events/new/", {**EVENT, "capacity": "0", "form_token": "one"})
    right = client.post("/events/new/", {**EVENT, "form_token": "one"})

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert SentForm.objects.get().answer == right["Location"]


def test_a_token_counts_for_its_person_and_its_form_alone(signed_in, fatima, harlow, amina):
    signed_in(fatima).post("/events/new/", {**EVENT, "form_token": "one"})
    another = give_role(UserFactory(), Role.FACILITATOR)

    signed_in(another).post("/events/new/", {**EVENT, "form_token": "one"})

    assert Event.objects.count() == 2
    assert str(fatima.pk) not in {*SentForm.objects.values_list("key", flat=True)}


def test_however_many_forms_were_sent_those_with_the_same_words_are_found_by_an_index(signed_in, amina, harlow, asked):
    with asked() as statements:
        signed_in(amina).post("/needs/new/", {**NEED, "council": harlow.pk, "form_token": "one"})

    [claim] = [statement for statement in statements if 'INSERT INTO "accounts_sentform"' in statement]
    assert "sent_forms_by_their_words" in plan_of(claim)


def test_what_can_no_longer_be_sent_is_forgotten(db):
    for days in (1, 8):
        SentForm.objects.create(key=f"{days}", body="", sent_at=clock.now() - dt.timedelta(days=days))

    assert forget_sent_forms() == 1
    assert SentForm.objects.get().key == "1"


def test_every_form_that_makes_a_record_carries_a_token_and_pages_for_strangers_none(
    signed_in, client, harlow, amina, root_user
):
    meeting_of([BoardSeatFactory()], clock.today())
    event = EventFactory(co_design=True, started=True)
    event.prototypes.set(PrototypeFactory.create_batch(2))
    case = BusinessCaseFactory(state="submitted", submitted_at=clock.now(), project__lead_council=harlow)
    discovery = DiscoveryFactory(at_step_two=True)
    asset, project = AssetFactory(owner=harlow, registered_by=amina), ProjectFactory(lead_council=harlow)
    forms = {
        amina: ["/needs/new/", "/assets/register/", f"/assets/{asset.slug}/adopt/"],
        root_user: [
            "/events/new/", f"/events/{event.slug}/check-in/", "/discoveries/new/", "/board/meetings/new/",
            f"/discoveries/{discovery.slug}/prototype/", f"/board/cases/{case.pk}/decide/",
            f"/votes/new/?event={event.slug}", f"/projects/{project.slug}/",
        ],
    }  # fmt: skip
    makes_one_in_two_ways = f"/projects/{project.slug}/"  # an update: posted, or as a project of the record goes on

    for person, addresses in forms.items():
        for address in addresses:
            page = signed_in(person).get(address).content.decode()
            tokens = [form.count('name="form_token"') for form in re.findall(r"<form\b.*?</form>", page, re.DOTALL)]
            assert [each for each in tokens if each] == [1] * (2 if address == makes_one_in_two_ways else 1), address
            assert len(set(re.findall(r'name="form_token" value="([\w-]{20,})"', page))) == sum(tokens), address
    client.logout()
    for address in ("/", "/events/", f"/projects/{project.slug}/"):
        assert "form_token" not in client.get(address).content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_forms_sent_at_the_same_moment_one_counts_and_all_are_answered_alike():
    people = [give_role(UserFactory(), role) for role in (Role.FACILITATOR, Role.SECRETARIAT)]
    seat = BoardSeatFactory()
    meeting = {"day_day": "9", "day_month": "9", "day_year": "2014", "host": seat.pk, "place": "Leeds"}
    forms = [(people[0], "/events/new/", EVENT), (people[1], "/board/meetings/new/", meeting)]

    for person, address, words in forms:
        clients = [Client() for _ in range(3)]
        for client in clients:
            client.force_login(person, backend="accounts.backends.ByAddress")
        send = [lambda c=c: c.post(address, {**words, "form_token": "one"}) for c in clients]  # noqa: B023 - sent at once
        answers = all_at_once(send)
        assert len({(answer.status_code, answer["Location"]) for answer in answers}) == 1, answers
        assert answers[0].status_code == 302

    assert (Event.objects.count(), Meeting.objects.count()) == (1, 1)
