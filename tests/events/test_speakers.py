"""Speakers on an agenda: named by those who run the event, tied to an account only by the person's own wish."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from accounts.erasure import forget
from core.errors import Refused
from events.event import agenda
from events.event.agenda import SpeakerName
from events.event.queries import agenda_of
from events.models import Speaker
from events.programme.operations import change_event
from events.speaking.operations import confirm_who_speaks, deny_who_speaks, say_who_speaks, take_account_off
from search.sources.votes import event_document
from tests.events.test_about_the_day import day_of, page
from tests.events.test_programme import TYPED
from tests.factories.accounts import UserFactory
from tests.factories.councils import MembershipFactory
from tests.factories.events import SignUpFactory, speaker

pytestmark = pytest.mark.django_db

TEXT = "10:00 What we found | Half of all | Speakers: Sara Patel, head of benefits, Harlow; Tom Hall, Luton; Ann Lee"


def told(fatima, text=TEXT):
    return change_event(day_of(), by=fatima, agenda=agenda.read(text))


def test_speakers_are_the_last_part_of_a_line_and_read_back_as_they_were_written():
    (entry,) = agenda.read(TEXT)

    assert (entry.title, entry.note) == ("What we found", "Half of all")
    assert entry.speakers == (
        SpeakerName("Sara Patel", "head of benefits", "Harlow"),
        SpeakerName("Tom Hall", "", "Luton"),
        SpeakerName("Ann Lee"),
    )
    assert agenda.as_text(agenda.read(TEXT)) == TEXT
    for line in ("10:00 Talk | speaker: Ann Lee, poet,", "10:00 Talk | Speakers: A, b, C, D and E"):
        assert agenda.read(agenda.as_text(agenda.read(line))) == agenda.read(line)


def test_a_note_that_speaks_of_speakers_stays_a_note():
    (entry,) = agenda.read("10:00 Talk | With two speakers: one from each side of the river")
    assert (entry.note, entry.speakers) == ("With two speakers: one from each side of the river", ())


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("10:00 Talk | Speakers:", "Name who speaks after"),
        ("10:00 Talk | Speakers: , head of benefits", "Begin each speaker with the name"),
        (f"10:00 Talk | Speakers: {'x' * 121}", "A speaker’s name has 121 characters"),
        (f"10:00 Talk | Speakers: {'; '.join('abcdefghi')}", "9 speakers are named"),
    ],
)
def test_what_is_wrong_with_a_speaker_is_told_with_its_line_and_stays_in_the_form(signed_in, fatima, line, sentence):
    with pytest.raises(ValidationError, match=f"Line 1: {sentence}"):
        agenda.read(line)

    answer = signed_in(fatima).post("/events/new/", TYPED | {"agenda": line})
    assert answer.status_code == 422
    assert line in answer.content.decode()


def test_the_agenda_names_who_speaks_and_leads_to_their_council(client, fatima, harlow):
    text = page(client, told(fatima))

    assert "<strong>Sara Patel</strong>, head of benefits, " in text
    assert f'href="{harlow.get_absolute_url()}">Harlow</a>' in text
    assert "Ann Lee" in text


def test_a_name_that_could_be_of_several_organisations_leads_to_none(fatima, harlow):
    type(harlow).objects.create(name="Harlow", official_name="Harlow Trust", slug="harlow-trust", kind="other")
    (entry,) = agenda_of(told(fatima))

    assert entry.speakers[0].slug == ""
    assert entry.speakers[0].organisation == "Harlow"


def test_search_finds_an_event_by_who_speaks(fatima):
    assert "Sara Patel" in event_document(told(fatima)).labels


def member(organisation):
    return MembershipFactory(organisation=organisation, person__name="Sara Patel").person


def test_a_member_of_the_speaker_s_council_says_that_it_is_them_and_takes_it_back(signed_in, fatima, harlow):
    sara, event = member(harlow), told(fatima)
    SignUpFactory(event=event, person=sara)
    client, row = signed_in(sara), Speaker.objects.get(name="Sara Patel")
    address = f"{event.get_absolute_url()}speakers/{row.pk}/"
    assert "This is me" in page(client, event)

    client.post(f"{address}mine/")
    assert "has an account here" in page(client, event)
    client.post(f"{address}not-mine/")
    assert "has an account here" not in page(client, event)


def test_nobody_else_says_so_for_them(fatima, amina):
    event = told(fatima)
    SignUpFactory(event=event, person=amina)
    row = Speaker.objects.get(name="Sara Patel")

    for person in (amina, fatima, UserFactory(name="Sara Patel")):  # another name, runs it, has no place
        with pytest.raises(PermissionDenied):
            say_who_speaks(row, by=person)


def stranger_at(event):
    """Somebody who has typed the speaker's name, and has a place."""
    return SignUpFactory(event=event, person__name="Sara Patel").person


def test_a_stranger_who_typed_the_name_is_shown_to_the_organiser_alone_and_keeps_nobody_out(
    signed_in, fatima, amina, harlow
):
    event, sara = told(fatima), member(harlow)
    SignUpFactory(event=event, person=sara)
    row, other = Speaker.objects.get(name="Sara Patel"), stranger_at(event)

    signed_in(other).post(f"{event.get_absolute_url()}speakers/{row.pk}/mine/")

    assert "Those who run the event are asked" in page(signed_in(other), event)
    for reader in (amina, sara, other):
        assert "has an account here" not in page(signed_in(reader), event)
    assert other.email not in page(signed_in(amina), event)
    assert f"{other.email}, says that this is them" in page(signed_in(fatima), event)
    assert (
        "1 person says that a speaker is them"
        in signed_in(fatima).get(f"{event.get_absolute_url()}run/").content.decode()
    )
    say_who_speaks(row, by=sara)
    row.refresh_from_db()
    assert (row.person, row.claims.count()) == (sara, 0)
    with pytest.raises(Refused, match="Write to the organiser"):
        say_who_speaks(row, by=other)
    with pytest.raises(PermissionDenied):
        take_account_off(row, by=other)


def test_the_organiser_confirms_who_it_is_or_says_that_it_is_not(signed_in, fatima):
    event = told(fatima)
    row, first, second = Speaker.objects.get(name="Sara Patel"), stranger_at(event), stranger_at(event)
    for person in (first, second, first):
        say_who_speaks(row, by=person)
    denied, confirmed = row.claims.all()
    address = f"{event.get_absolute_url()}speakers/asked/"

    with pytest.raises(PermissionDenied):
        confirm_who_speaks(denied, by=first)
    client = signed_in(fatima)
    client.post(f"{address}{denied.pk}/deny/")
    client.post(f"{address}{confirmed.pk}/confirm/")

    row.refresh_from_db()
    assert (row.person, row.claims.count()) == (second, 0)
    with pytest.raises(Refused, match="already"):
        confirm_who_speaks(confirmed, by=fatima)


def test_who_speaks_is_answered_once_by_those_who_run_the_event_while_the_line_stands(fatima):
    event = told(fatima)
    row, person = Speaker.objects.get(name="Sara Patel"), stranger_at(event)
    say_who_speaks(row, by=person)
    claim = row.claims.get()
    with pytest.raises(PermissionDenied):
        deny_who_speaks(claim, by=person)

    Speaker.objects.filter(pk=row.pk).update(person=UserFactory())
    with pytest.raises(Refused, match="said already who this speaker is"):
        confirm_who_speaks(claim, by=fatima)
    row.delete()
    with pytest.raises(Refused, match="agenda has changed"):
        deny_who_speaks(claim, by=fatima)


def test_whoever_asked_takes_it_back_and_unties_nobody_else_by_it(fatima, harlow):
    row = speaker(name="Sara Patel", organisation=harlow)
    first, real = stranger_at(row.item.event), member(harlow)
    SignUpFactory(event=row.item.event, person=real)
    say_who_speaks(row, by=first)
    take_account_off(row, by=first)
    assert not row.claims.exists()

    say_who_speaks(row, by=real)
    row.claims.create(person=first)
    take_account_off(row, by=first)
    row.refresh_from_db()
    assert row.person == real


def test_who_has_asked_stays_asked_when_the_agenda_is_written_anew(fatima):
    event = told(fatima)
    other = stranger_at(event)
    say_who_speaks(Speaker.objects.get(name="Sara Patel"), by=other)

    change_event(event, by=fatima, agenda=agenda.read(TEXT.replace("10:00", "11:00")))

    assert Speaker.objects.get(name="Sara Patel").claims.get().person == other


def test_an_account_stays_beside_its_name_when_the_agenda_is_written_anew(fatima, harlow):
    sara, event = member(harlow), told(fatima)
    SignUpFactory(event=event, person=sara)
    say_who_speaks(Speaker.objects.get(name="Sara Patel"), by=sara)

    change_event(event, by=fatima, agenda=agenda.read(TEXT.replace("10:00", "11:00")))
    assert Speaker.objects.get(name="Sara Patel").person == sara
    change_event(event, by=fatima, agenda=agenda.read(TEXT.replace("Harlow", "Leeds")))
    assert Speaker.objects.get(name="Sara Patel").person is None


def test_who_closes_their_account_is_on_no_agenda_that_they_were_tied_to(fatima):
    sara = UserFactory(name="Sara Patel")
    tied = speaker(person=sara)
    Speaker.objects.filter(pk=tied.pk).update(person=sara)
    speaker(name="Sara Patel")

    forget(sara)
    assert Speaker.objects.count() == 1


def test_the_database_keeps_a_speaker_to_a_name_and_a_place_in_the_line():
    row = speaker()

    for fields in ({"name": "", "order": 1}, {"name": "Ann Lee", "order": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Speaker.objects.create(item=row.item, **fields)
