"""An event's page says what one will do by the hour, where, with what access, and who can be asked."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.erasure import forget
from core import clock
from core.errors import Refused
from councils.models import Enquiry
from events.desk.operations import check_in
from events.event import agenda
from events.event.calendars import event_file
from events.event.queries import agenda_of
from events.models import Event, SignUp
from events.places.operations import sign_up
from events.programme.operations import change_event
from search.sources.votes import event_document
from tests.events.letters import letters
from tests.events.test_programme import TYPED
from tests.factories.events import EventFactory, SignUpFactory
from tests.factories.projects import ProjectFactory, PrototypeFactory
from tests.pages import words

pytestmark = pytest.mark.django_db

DAY = """09:30 Doors open
10:00 What the Discovery Day found | Half of all applications come back.
1.30pm Build it on paper"""
LINK = "https://meet.example.org/blue-badges"


def at(hour, minute=0, *, in_days=14):
    day = clock.today() + dt.timedelta(days=in_days)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


def day_of(**fields):
    return EventFactory(**{"starts_at": at(10), "ends_at": at(16), **fields})


def page(client, event):
    return words(client.get(event.get_absolute_url()))


def test_the_agenda_is_a_line_for_each_thing_and_reads_back_as_it_was_written():
    text = "09:30 Doors open\n10:00 What we found | Half of all\nDay 2\n13:30 3 tables"

    assert agenda.as_text(agenda.read(text)) == text
    assert agenda.as_text(agenda.read(" 2pm – Last\r\n\r\n 9am 3 tables \n")) == "09:00 3 tables\n14:00 Last"


def test_a_line_that_is_not_understood_is_named():
    with pytest.raises(ValidationError) as refused:
        agenda.read("\nLunch\n10:00\n25:00 Late\n10:00-11:00 Talk\n11:00 " + "x" * 121)

    assert refused.value.messages == [
        "Line 2: Begin with the time, like “10:00 Lunch”.",
        "Line 3: Say what happens after the time.",
        "Line 4: Write the time like 9:30, 14:00 or 2pm.",
        "Line 5: Write only when it begins, then what happens.",
        "Line 6: What happens has 121 characters. Keep it to 120 or fewer.",
    ]


def test_a_number_that_is_no_time_stays_one_of_the_words():
    entries = agenda.read("10:00 10 people at 4 tables\n11.30 – 3 tables\n12pm 12 noon lunch")
    assert [entry.title for entry in entries] == ["10 people at 4 tables", "3 tables", "12 noon lunch"]

    with pytest.raises(ValidationError) as asked:
        agenda.read("10 people at 4 tables\n12 noon lunch\n40 people")
    assert asked.value.messages == [
        "Line 1: If 10 is the time, write 10:00. Else begin with the time.",
        "Line 2: If 12 is the time, write 12:00. Else begin with the time.",
        "Line 3: Begin with the time, like “10:00 40 people”.",
    ]


def test_all_that_is_wrong_with_an_agenda_is_told_at_once(signed_in, fatima):
    typed = "08:59 Doors\nLunch\n12:00 Talk\n17:00 Pub"

    shown = signed_in(fatima).post("/events/new/", TYPED | {"agenda": typed}).content.decode()

    for error in ("Line 1: “08:59 Doors” is outside", "Line 2: Begin with the time", "Line 4: “17:00 Pub” is outside"):
        assert shown.count(error) == 2, "on top and beside the field"


def test_what_is_wrong_with_the_agenda_stands_beside_it_and_nothing_typed_is_lost(signed_in, fatima):
    text = "12:00 Too early\nLunch at one"

    for typed, error in ((text, "Line 2: Begin with the time"), ("\n08:00 Early", "Line 2: “08:00 Early” is outside")):
        response = signed_in(fatima).post("/events/new/", TYPED | {"agenda": typed})
        shown = response.content.decode()
        assert response.status_code == 422
        assert 'href="#id_agenda"' in shown
        assert shown.count(error) == 2, "on top and beside the field"
        assert typed.strip() in shown


def test_the_form_takes_all_that_is_said_of_a_day(signed_in, fatima, client, harlow):
    said = {
        "agenda": "13:00 Welcome | Coffee", "address": "1 High Street, Leeds LS1 1UR", "directions": "By bus",
        "join_url": LINK, "audience": "Anybody", "step_free": "yes", "parking": "no", "access_note": "Two bays",
        "host": harlow.pk, "contact": fatima.pk,
    }  # fmt: skip
    signed_in(fatima).post("/events/new/", TYPED | said)

    event = Event.objects.get()
    edited = client.get(event.get_absolute_url() + "edit/").content.decode()

    assert event.contact == fatima
    assert all(str(value) in edited for value in said.values())
    changed = {"agenda": "", "contact": "", "step_free": "ask", "revision": event.revision}
    client.post(event.get_absolute_url() + "edit/", TYPED | said | changed)
    event.refresh_from_db()
    assert (agenda_of(event), event.contact, event.step_free) == ([], None, "ask")


def test_the_agenda_stays_within_the_event_and_moves_with_its_day(fatima):
    event = change_event(day_of(), by=fatima, agenda=agenda.read(DAY))
    event = change_event(event, by=fatima, starts_at=at(10, in_days=20), ends_at=at(16, in_days=20))
    assert len(agenda_of(event)) == 3

    with pytest.raises(Refused, match="“09:30 Doors open” is outside the event") as refused:
        change_event(event, by=fatima, starts_at=at(11, in_days=20))
    assert refused.value.field == "agenda"


def test_only_what_changes_counts_as_changed(fatima):
    event = change_event(day_of(), by=fatima, agenda=agenda.read(DAY))

    assert change_event(event, by=fatima, agenda=agenda.read(DAY)).revision == event.revision


def test_the_page_tells_the_day_by_the_hour_and_several_days_each_by_name(client, fatima):
    event = change_event(
        day_of(ends_at=at(16, in_days=15)), by=fatima, agenda=agenda.read(f"{DAY}\nDay 2\n10:00 Last words")
    )

    shown = page(client, event)

    assert "The days by the hour" in shown
    for day in (14, 15):
        assert f"{at(10, in_days=day):%A %-d %B}</h3>" in shown
    order = [shown.index(words) for words in ("Doors open", "Half of all applications", "13:30", "Last words")]
    assert order == sorted(order)


def test_the_address_leads_to_a_map_and_is_in_calendar_mails_and_search(client, amina, fatima, deliver):
    event = day_of(venue="Town Hall & Annex", address="1 High Street, Leeds", audience="Blue badge teams")
    change_event(event, by=fatima, agenda=agenda.read(DAY))
    map_url = "https://www.openstreetmap.org/search?query=1+High+Street%2C+Leeds"

    sign_up(event, by=amina)

    [message] = deliver()
    assert f'href="{map_url}"' in page(client, event)
    assert f"Where: Town Hall & Annex, 1 High Street, Leeds\nMap: {map_url}\n" in message.body
    assert "LOCATION:Town Hall & Annex\\, 1 High Street\\, Leeds" in event_file(event).decode().replace("\r\n ", "")
    labels = event_document(event).labels
    assert all(words in labels for words in ("1 High Street", "Blue badge teams", "Build it on paper"))


def test_an_address_that_changes_is_told_like_another_place(fatima):
    event = SignUpFactory().event

    change_event(event, by=fatima, address="1 High Street", reason="A bigger room.")

    assert letters("changed") == [event.pk]


def test_access_says_yes_ask_and_no_in_words_and_what_is_not_known(client):
    event = day_of(step_free="yes", sign_language="ask", parking="no", access_note="Two bays next door.")

    shown = page(client, event)

    marks = [(word, shown.index(words)) for word, words in (
        ("Yes", "Step-free from the street to the room"),
        ("Ask", "British Sign Language, if you ask for it"),
        ("No", "No parking at the venue"),
    )]  # fmt: skip
    assert all(f"<span>{word}</span>" in shown[:place][-60:] for word, place in marks)
    assert "Two bays next door." in shown
    assert "Not known yet: accessible toilet, hearing loop, live captions." in shown
    online = page(client, EventFactory(venue="Online", captions="yes"))
    assert "Not known yet: sign language." in online
    assert "How to join is not known yet." in online


def test_the_link_to_join_is_for_people_with_a_place(client, signed_in, amina, ben, fatima, deliver):
    event = day_of(venue="Online", join_url=LINK, capacity=1)
    mine = SignUpFactory(event=event, person=amina)
    waiting = SignUpFactory(event=event, person=ben, status=SignUp.Status.WAITING)

    assert "People with a place join from here, from 15 minutes before the start." in page(client, event)
    document = event_document(event)
    assert LINK not in page(client, event) + event_file(event).decode() + document.body + document.labels
    assert LINK not in page(signed_in(ben), event)
    assert LINK in page(signed_in(fatima), event)
    assert "Join from here, from 15 minutes before the start." in page(signed_in(amina), event)
    assert LINK not in page(signed_in(amina), event) + signed_in(amina).get(mine.get_absolute_url()).content.decode()
    assert LINK not in signed_in(ben).get(waiting.get_absolute_url()).content.decode()
    change_event(event, by=fatima, venue="Online, in two rooms", reason="A storm.")
    mails = {message.to[0]: message.body for message in deliver()}
    assert not any(LINK in body for body in mails.values())
    says_how = {to: "on the page of the event" in body for to, body in mails.items()}
    assert says_how == {amina.email: True, ben.email: False}


def page_of_refusal(answer, status=409):
    assert answer.status_code == status
    assert LINK not in answer.content.decode()
    return answer.content.decode()


def test_joining_online_from_15_minutes_before_counts_as_coming(signed_in, amina, ben, fatima):
    event = day_of(venue="Online", join_url=LINK)
    mine = SignUpFactory(event=event, person=amina)
    with clock.at(event.starts_at - dt.timedelta(minutes=16)):
        assert "from 15 minutes before" in page_of_refusal(signed_in(amina).post(f"/events/{event.slug}/join/"))
    with clock.at(event.starts_at - dt.timedelta(minutes=14)):
        shown = page(signed_in(amina), event)
        assert f'action="/events/{event.slug}/join/"' in shown.partition("</section>")[0], "the first thing on the page"
        assert shown.count("Join online") == 1
        assert LINK not in shown
        assert "Only people with a place" in page_of_refusal(signed_in(ben).post(f"/events/{event.slug}/join/"), 403)
        for _ in range(2):
            assert signed_in(amina).post(f"/events/{event.slug}/join/")["Location"] == LINK
    mine.refresh_from_db()
    event.refresh_from_db()
    assert (mine.checked_in_at is not None, event.arrived) == (True, 1)
    mark = event.marks.get()
    assert (mark.desk, mark.by) == ("online", amina)


def test_nobody_is_named_as_the_person_to_ask_but_by_their_own_wish(fatima, amina, harlow):
    event = EventFactory(host=harlow)

    with pytest.raises(Refused, match="Only you yourself"):
        change_event(event, by=fatima, contact=amina)
    with pytest.raises(Refused, match="Choose the host as well"):
        change_event(EventFactory(), by=fatima, contact=fatima)
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=EventFactory().pk).update(contact=fatima)

    event = change_event(event, by=fatima, contact=fatima)
    assert change_event(event, by=fatima, contact=fatima, title="Other words").contact == fatima
    forget(fatima)
    event.refresh_from_db()
    assert event.contact is None


def test_who_put_their_name_down_is_asked_and_seen_by_name_only_when_signed_in(
    client, signed_in, amina, fatima, harlow
):
    event = change_event(EventFactory(host=harlow), by=fatima, contact=fatima)
    assert "Fatima" not in page(client, event)

    shown = page(signed_in(amina), event)
    client.post(event.get_absolute_url() + "ask/", {"words": "Is there a lift?"})

    assert "Write to Fatima" in shown
    assert fatima.email not in shown
    assert Enquiry.objects.get().person == fatima
    assert "Write to" not in page(signed_in(fatima), event), "nobody writes to themselves"


def test_without_a_name_the_host_is_asked_and_without_a_host_nobody(client, signed_in, amina, harlow):
    event = EventFactory(host=harlow)
    assert "Write to Harlow" in page(client, event)
    assert "Who to ask" not in page(client, EventFactory())

    assert signed_in(amina).get(EventFactory().get_absolute_url() + "ask/").status_code == 404


def test_the_one_action_stands_before_the_summary_and_the_agenda(client, signed_in, amina, harlow, fatima):
    event = change_event(day_of(), by=fatima, agenda=agenda.read(DAY))
    SignUpFactory(event=event, organisation=harlow)

    shown = page(signed_in(amina), event).partition("</head>")[2]

    assert "You would come for Harlow. 1 person from Harlow has a place already." in shown
    main = shown.index("data-main-action")
    assert shown.index("Take a place") < shown.index(event.summary)
    assert main < shown.index(event.summary) < shown.index("Doors open")


def test_each_state_has_its_action_and_no_other(client, signed_in, amina, fatima):
    def says(*words, button=True):
        panel = page(client, event).partition("panel-dark")[2].partition("</section>")[0]
        return all(each in panel for each in words) and ("govuk-button" in panel) == button

    event = EventFactory(capacity=1, sign_up_closes_at=clock.now() + dt.timedelta(days=7))
    assert says("1 of 1 place left", "Take a place", "Sign-up closes on")
    mine = SignUpFactory(event=event, person=amina)
    assert says("Full", "Join the waiting list")
    with clock.at(event.sign_up_closes_at):
        assert says("Sign-up has closed", button=False)
    signed_in(amina)
    assert says("You have a place", mine.get_absolute_url())
    with clock.at(event.starts_at):
        assert says("You have a place", button=False)
        check_in(mine, by=fatima)
        assert says("You are checked in", "Give feedback")
    client.logout()
    with clock.at(event.starts_at):
        assert says("On now", button=False)
        signed_in(fatima)
        assert "panel-dark" not in page(client, event), "whoever runs it has more to do than to read that"
    client.logout()
    with clock.at(event.ends_at):
        assert "panel-dark" not in page(client, event)


def test_after_the_day_what_came_out_stands_first_and_attendance_has_its_base(client, fatima, harlow):
    event = EventFactory(starts_at=at(10, in_days=-30), ends_at=at(16, in_days=-30))
    change_event(event, by=fatima, agenda=agenda.read("10:00 Talk"))
    with clock.at(event.ends_at):
        check_in(SignUpFactory(event=event, organisation=harlow), by=fatima)
    SignUpFactory(event=event)

    shown = page(client, event).partition("</head>")[2]

    assert "of 2 who had a place, from 1 council" in shown
    words = ("person came", "What came out", event.summary, "The day by the hour", "Who came")
    assert sorted(words, key=shown.index) == list(words)


def test_after_the_day_nothing_is_said_that_one_would_do_before_it(client):
    event = EventFactory(ended=True, sign_language="ask", access_note="Ask for an interpreter two weeks before.")

    shown = page(client, event)

    assert "if you ask for it" not in shown
    assert "two weeks before" not in shown


def test_a_project_that_is_called_as_its_prototype_does_not_say_the_same_again(client):
    event, same = EventFactory(ended=True), {"title": "Ask once", "summary": "A page that asks once."}
    prototype = PrototypeFactory(**same)
    ProjectFactory(prototype=prototype, **same)
    event.prototypes.add(prototype)

    came_out = page(client, event).partition("What came out")[2].partition("columns__side")[0]

    assert came_out.count("Ask once") == 2
    assert came_out.count("A page that asks once.") == 1
