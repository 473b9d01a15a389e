"""Savings told of after a day: by anybody who was there, tied to no feedback, followed up by the secretariat."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import SentForm
from accounts.operations import close_account
from accounts.roles import Role
from audit.models import AuditEvent
from core.errors import Refused
from core.inbox import Reader
from events.feedback.operations import give_feedback, open_feedback
from events.leads.inbox import leads_to_follow
from events.leads.models import Lead
from events.leads.operations import follow_lead, tell_of_saving
from tests.factories.accounts import UserFactory, give_role
from tests.factories.councils import ServiceFactory
from tests.factories.events import EventFactory, LeadFactory, SignUpFactory
from tests.factories.voting import checked_in
from tests.pages import words

pytestmark = pytest.mark.django_db
State = Lead.State


@pytest.fixture
def place():
    return checked_in(EventFactory(started=True), UserFactory(name="Teresa Teller"))


@pytest.fixture
def secretary():
    return give_role(UserFactory(), Role.SECRETARIAT)


def post(reader, event, **fields):
    sent = {"words": "One form less.", "pounds": "£20,000", "may_write": "yes", **fields}
    return reader.post(f"/events/{event.slug}/saving/", sent)


@pytest.mark.parametrize("says", [{"identified_savings": True}, {"identified_savings": False}, None])
def test_who_was_there_is_offered_the_same_page_whatever_they_answered(place, signed_in, says):
    open_feedback()
    place.event.refresh_from_db()
    reader, feedback = signed_in(place.person), f"/events/{place.event.slug}/feedback/"
    if says is not None:
        give_feedback(place.event, answers=says, place_reference=place.reference)

    assert f'href="/events/{place.event.slug}/saving/"' in words(reader.get(feedback))
    assert "What could be saved" in words(reader.get(f"/events/{place.event.slug}/saving/"))


def test_after_feedback_everybody_comes_to_the_same_address_whatever_they_answered(signed_in):
    event = EventFactory(started=True)
    people = [checked_in(event, UserFactory()).person for _ in range(2)]
    open_feedback()

    answers = [
        signed_in(person).post(f"/events/{event.slug}/feedback/", {"identified_savings": answer})
        for person, answer in zip(people, ("yes", "no"), strict=True)
    ]

    assert {answer["Location"] for answer in answers} == {f"/events/{event.slug}/feedback/"}


def test_who_was_not_there_tells_of_nothing(place, signed_in):
    absent = SignUpFactory(event=place.event).person

    with pytest.raises(PermissionDenied):
        tell_of_saving(place.event, by=absent, words="One form less.")
    assert "for people who were there" in words(signed_in(absent).get(f"/events/{place.event.slug}/saving/"))


def test_with_consent_a_saving_has_name_service_and_money(place, signed_in):
    service = ServiceFactory()

    answer = post(signed_in(place.person), place.event, service=service.pk)

    lead = Lead.objects.get()
    assert (lead.person, lead.service, lead.pounds, lead.state) == (place.person, service, 20_000, State.NEW)
    assert answer["Location"] == f"/events/{place.event.slug}/saving/thanks/"


def test_without_consent_nothing_says_who_told_of_it(place, signed_in):
    lines = AuditEvent.objects.filter(by=place.person.pk).count()

    post(signed_in(place.person), place.event, may_write="no")

    lead = Lead.objects.get()
    assert lead.person is None
    assert AuditEvent.objects.filter(by=place.person.pk).count() == lines
    assert not SentForm.objects.exists()
    assert {field.name for field in Lead._meta.get_fields()} == {
        "id", "reference", "event", "service", "pounds", "words", "person", "told_on", "state", "note", "revision",
        "source", "is_illustrative",
    }  # fmt: skip


def test_a_saving_leads_to_no_form_and_no_answer():
    related = {field.related_model.__name__ for field in Lead._meta.get_fields() if field.is_relation}

    assert related == {"Event", "Service", "User"}


def test_sent_twice_it_is_one(place, signed_in):
    for may_write in ("yes", "no"):
        for _ in range(2):
            post(signed_in(place.person), place.event, may_write=may_write)

    assert Lead.objects.count() == 2


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(place, signed_in):
    answer = post(signed_in(place.person), place.event, pounds="much", may_write="", words="One form less.")

    page = words(answer)
    assert answer.status_code == 422
    assert "Enter a number, like 1,200." in page
    assert "Choose whether we may write to you." in page
    assert "One form less.</textarea>" in page
    assert 'value="much"' in page


def test_no_event_is_flooded_with_savings(place):
    for number in range(5):
        tell_of_saving(place.event, by=place.person, words=f"Saving {number}.")

    with pytest.raises(Refused, match="no more are taken"):
        tell_of_saving(place.event, by=place.person, words="One more.")


def test_only_the_secretariat_sees_the_queue_and_follows_it_up(place, signed_in, secretary, fatima):
    lead = tell_of_saving(place.event, by=place.person, words="One form less.", may_write=True, pounds=20_000)

    with pytest.raises(PermissionDenied):
        follow_lead(lead, by=fatima, state=State.CLOSED)
    page = words(signed_in(secretary).get("/leads/"))
    follow_lead(lead, by=secretary, state=State.WRITTEN_TO, note="Rang on Monday.")

    assert "One form less." in page
    assert "about £20,000 a year" in page
    assert "Teresa Teller may be written to" in page
    lead.refresh_from_db()
    assert (lead.state, lead.note) == (State.WRITTEN_TO, "Rang on Monday.")
    assert signed_in(fatima).get("/leads/").status_code in {403, 404}


def test_nobody_is_written_to_who_did_not_say_so(secretary):
    with pytest.raises(Refused, match="Nobody may be written to"):
        follow_lead(LeadFactory(), by=secretary, state=State.WRITTEN_TO)


def test_two_who_follow_it_up_at_once_do_not_undo_each_other(secretary, signed_in):
    lead = LeadFactory()
    follow_lead(lead, by=secretary, state=State.CLOSED, note="Not new.")

    sent = {"state": "new", "note": "Mine.", "revision": "0"}
    answer = signed_in(secretary).post(lead.get_absolute_url(), sent)

    assert answer.status_code == 409
    assert "Mine." in words(answer)
    lead.refresh_from_db()
    assert lead.note == "Not new."


def test_the_file_of_the_queue_is_marked_as_personal_and_names_who_agreed(place, signed_in, secretary):
    tell_of_saving(place.event, by=place.person, words="One form less.", may_write=True)

    file = signed_in(secretary).get("/leads/?format=csv").content.decode()

    assert "Personal data" in file
    assert "Teresa Teller" in file


def test_the_secretariats_week_has_one_line_until_all_are_followed_up(secretary, fatima):
    lead, _ = LeadFactory(), LeadFactory()
    since = lead.event.starts_at

    [line] = leads_to_follow(Reader(secretary, since))
    assert line.title == "2 savings to follow up"
    assert leads_to_follow(Reader(fatima, since)) == []
    Lead.objects.update(state=State.CLOSED)
    assert leads_to_follow(Reader(secretary, since)) == []


def test_who_closes_their_account_is_named_in_no_saving(place):
    lead = tell_of_saving(place.event, by=place.person, words="Teresa Teller said so.", may_write=True)
    close_account(place.person, by=place.person)

    lead.refresh_from_db()
    assert lead.person is None


def test_a_saving_says_something_and_saves_something():
    for wrong in ({"words": ""}, {"pounds": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LeadFactory(**wrong)


def test_the_queue_is_empty_in_words_and_costs_the_same_with_thirty(secretary, signed_in, asked):
    reader = signed_in(secretary)
    assert "Nobody has told of a saving yet" in words(reader.get("/leads/"))
    LeadFactory.create_batch(2)
    with asked() as few:
        reader.get("/leads/")
    event = LeadFactory().event
    LeadFactory.create_batch(27, event=event)

    with asked() as many:
        page = words(reader.get("/leads/"))

    assert len(many) <= len(few) + 1  # the second page's rows are counted for its links, never read
    assert "30 savings" in page
    assert page.count("nobody to write to") == 20
