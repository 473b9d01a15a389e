"""What is held of an event's people goes when it is due, and every figure stays what it was."""

import datetime as dt
import re
from operator import attrgetter

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from audit.models import AppendOnly
from core import clock
from core.schedules import SomeFailed
from events import schedules
from events.desk.operations import undo_check_in, walk_in
from events.desk.queries import unlike_their_marks
from events.event import keeping
from events.event.models import Event
from events.leads import operations as leads
from events.models import DeskMark, EventMessage, FloorVote, Invitation, SignUp, Speaker
from events.places.attended import CAME_BEFORE, attendance, attended
from events.places.operations import after_the_day, forget_names, forget_offers, forget_who_waited, send_reminders
from events.places.queries import miscounted
from events.whats_on.held import held_page
from questions.models import AnswerSheet
from tests.factories.accounts import UserFactory
from tests.factories.councils import DepartmentFactory, OrganisationFactory
from tests.factories.events import (
    EventFactory,
    LeadFactory,
    OrganiserFactory,
    SignUpFactory,
    floor_question,
    speaker,
)
from tests.factories.questions import sign_up_question
from tests.pages import words
from tests.scenes import built_once

pytestmark = pytest.mark.django_db
FEBRUARY, MARCH, APRIL = (timezone.make_aware(dt.datetime(2024, month, 5, 10)) for month in (2, 3, 4))


def place_at(event, person, organisation=None, **fields):
    return SignUpFactory(event=event, person=person, organisation=organisation, **fields)


def came(event, person, organisation=None, **fields):
    return place_at(event, person, organisation, checked_in_at=event.starts_at, **fields)


def _a_year_of_events():
    """Three days of 2024, the first and the last of one stream, each with one absent, the first with one who waited.

    Ann was at all three, Bob at the last two, Cat at the first, Dan at the first and the last for two councils.
    """
    ann, bob, cat, dan = (
        UserFactory(name=f"{name} Anyone", email=f"{name}@example.org") for name in ("Ann", "Bob", "Cat", "Dan")
    )
    district = OrganisationFactory(kind="district", region="East of England", nation="England")
    county, department = OrganisationFactory(kind="county", region="South East"), DepartmentFactory()
    first = EventFactory(starts_at=FEBRUARY, title="First", slug="first", co_design=True)
    second = EventFactory(starts_at=MARCH, title="Second", slug="second", stream="futures")
    third = EventFactory(starts_at=APRIL, title="Third", slug="third", stream="discovery")
    for event in (first, second, third):
        came(event, ann, district)
        place_at(event, UserFactory(), district, access_needs="A ramp.")
    came(second, bob, county)
    came(third, bob, county)
    came(first, cat, department, is_listed=True)
    came(first, dan, district)
    came(third, dan, county)
    place_at(first, UserFactory(), status=SignUp.Status.WAITING)


@pytest.fixture(scope="module")
def year(django_db_setup, django_db_blocker):
    with built_once(_a_year_of_events, django_db_blocker) as scene:
        yield scene


def of(slug):
    return Event.objects.get(slug=slug)


FIGURES = (
    *(f"/figures/?year=2024&table={name}&format=csv" for name in ("months", "streams", "types", "regions")),
    "/figures/?year=2024", "/figures/?as_at=2024-02-29", "/figures/?as_at=2024-03-31", "/events/?when=past",
    "/events/?when=past&format=csv", "/events/first/", "/events/second/", "/events/first/report/",
    *(f"/events/first/report/?table={name}&format=csv" for name in ("types", "regions", "kinds")),
)  # fmt: skip
# The moment of asking, and the sentence that says that names have gone.
CHANGES = re.compile(r"As at: [^\r\n]*| Names were deleted on .*? stay as they were\.|\?v=\w+")


def figures(client):
    return {address: CHANGES.sub("", client.get(address).content.decode()) for address in FIGURES}


def people():
    """The different people of the year so far, after each of its days."""
    held = Event.objects.filter(starts_at__year=2024).order_by("starts_at")
    return [attendance(held.filter(starts_at__lte=event.starts_at)).people for event in held]


def people_of_groups():
    """The different people of each group, of the year, of its first two days and of the last alone."""
    year = Event.objects.filter(starts_at__year=2024)
    return [
        {group.name: group.people for group in (*each.by_stream, *each.by_type, *each.by_region)}
        for each in map(attended, (year, year.exclude(slug="third"), year.filter(slug="third")))
    ]


# Names ---------------------------------------------------------------------------------------------------------


def test_every_figure_page_and_file_is_the_same_once_all_names_have_gone(year, client):
    before = figures(client)
    assert "4 different people" in before["/figures/?year=2024"]

    assert forget_names() == 3

    assert not SignUp.objects.named().filter(event__slug__in=("first", "second", "third")).exists()
    after = figures(client)
    for address, page in before.items():
        assert after[address] == page, address
    assert not miscounted().exists()


@pytest.mark.parametrize(
    "gone", [("first",), ("first", "second"), ("second",), ("third", "first"), ("third", "second")]
)
def test_whichever_names_have_gone_as_many_different_people_came(year, gone, monkeypatch):
    monkeypatch.setattr("events.places.attended.LEAST", 0)
    before = people_of_groups()
    assert people() == [3, 4, 4]
    assert before[0] == {
        "Discovery": 4, "Skills": 0, "Futures": 2, "District": 2, "County": 2, "Government department": 1,
        "East of England": 2, "South East": 2, "From no council": 1,
    }  # fmt: skip

    for slug in gone:
        others = Event.objects.filter(starts_at__year=2024).exclude(slug=slug)
        others.update(ends_at=clock.now())
        Event.objects.filter(slug=slug).update(ends_at=of(slug).starts_at + dt.timedelta(hours=6))
        assert forget_names() == 1, slug
        assert people() == [3, 4, 4]
    assert people_of_groups() == before


def test_names_go_after_twelve_months_and_not_before(year):
    event = of("first")
    due = event.ends_at + dt.timedelta(days=365)
    with clock.at(due - dt.timedelta(minutes=1)):
        assert forget_names() == 0
    with clock.at(due):
        assert forget_names() == 1
        assert forget_names() == 0


@pytest.mark.parametrize("changed", ["ends_at", "names_gone_at"])
def test_names_stay_where_the_event_was_moved_meanwhile_or_another_worker_was_first(year, changed):
    event = of("first")
    Event.objects.filter(pk=event.pk).update(**{changed: clock.now()})

    assert not after_the_day._forget_names(event)

    assert event.sign_ups.named().exists()


def test_who_stayed_away_or_came_in_another_year_has_not_come_before():
    ann = UserFactory()
    place_at(EventFactory(starts_at=FEBRUARY), ann)
    came(EventFactory(starts_at=FEBRUARY.replace(year=2023)), ann)
    place = came(EventFactory(starts_at=APRIL), ann)

    forget_names()

    place.refresh_from_db()
    assert not any(getattr(place, noted) for noted in CAME_BEFORE)


def test_what_was_asked_of_another_event_s_speakers_stays_as_names_go(year):
    claim = speaker().claims.create(person=UserFactory())

    forget_names()

    assert claim.speaker.claims.get() == claim


def test_a_place_without_a_name_tells_nothing_of_its_holder(year):
    event = of("first")
    references = set(event.sign_ups.values_list("reference", flat=True))
    question = sign_up_question(event)
    AnswerSheet.objects.create(set=question.set, person=event.sign_ups.first().person, answers={})

    forget_names()

    places = event.sign_ups.all()
    assert {(place.person, place.access_needs, place.is_listed) for place in places} == {(None, "", False)}
    assert {place.organisation.kind for place in places} == {"district", "department"}
    assert not references & {place.reference for place in places}
    assert not AnswerSheet.objects.exists()


def test_the_database_lets_no_name_go_and_leave_what_somebody_said(year):
    for wrong in ({"access_needs": "A ramp."}, {"is_listed": True}, {"status": "waiting"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            of("first").sign_ups.filter(checked_in_at=None, status="confirmed").update(person=None, **wrong)


def test_told_history_keeps_its_people_who_are_made_up():
    event = EventFactory(starts_at=timezone.make_aware(dt.datetime(2014, 5, 14, 10)))
    came(event, UserFactory())

    forget_names()

    assert event.sign_ups.named().count() == 1


def test_pages_and_schedules_go_on_where_names_have_gone(year, signed_in, fatima):
    forget_names()
    event, reader = of("first"), signed_in(fatima)

    for page in (
        "",
        "check-in/",
        "check-in/?group=here",
        "questions/answers/",
        "held/",
        "report/",
        "edit/",
        "run/",
        "people/",
    ):
        assert reader.get(f"/events/first/{page}").status_code == 200, page
    assert reader.get(event.sign_ups.first().get_absolute_url()).status_code == 404
    assert "None" not in reader.get("/events/first/check-in/?group=here").content.decode()
    send_reminders()


def test_names_of_who_told_of_a_saving_go_with_the_others(year):
    lead = LeadFactory(event=of("first"), person=UserFactory(), note="Rang Ann.")
    fresh = LeadFactory(person=UserFactory())

    assert leads.forget_names() == 1

    lead.refresh_from_db()
    fresh.refresh_from_db()
    assert (lead.person, lead.note, lead.words) == (None, "", lead.words)
    assert fresh.person


# The rest ------------------------------------------------------------------------------------------------------


def test_whoever_only_waited_goes_after_thirty_days_and_nobody_else():
    event = EventFactory(ended=True)
    stays, waits = SignUpFactory(event=event), SignUpFactory(event=event, status=SignUp.Status.WAITING)

    with clock.at(event.ends_at + dt.timedelta(days=30) - dt.timedelta(minutes=1)):
        forget_who_waited()
        assert list(event.sign_ups.order_by("pk")) == [stays, waits]
    with clock.at(event.ends_at + dt.timedelta(days=30)):
        forget_who_waited()
        assert list(event.sign_ups.order_by("pk")) == [stays]
    assert not miscounted().filter(pk=event.pk).exists()


def test_whoever_only_waited_leaves_no_answers_behind():
    event = EventFactory(ended=True)
    question = sign_up_question(event)
    stays, waits = SignUpFactory(event=event), SignUpFactory(event=event, status=SignUp.Status.WAITING)
    for place in (stays, waits):
        AnswerSheet.objects.create(set=question.set, person=place.person, answers={question.key: "Me."})

    with clock.at(event.ends_at + dt.timedelta(days=30)):
        forget_who_waited()

    assert [sheet.person for sheet in AnswerSheet.objects.all()] == [stays.person]


def test_of_somebody_checked_in_by_mistake_who_waited_the_marks_stay_without_a_name(fatima):
    event = EventFactory(started=True, capacity=1)
    mistaken = walk_in(event, by=fatima, name="Wendy Ash", email="wendy@example.org")
    undo_check_in(mistaken, by=fatima)
    reference, code = mistaken.reference, mistaken.code
    event.refresh_from_db()
    SignUpFactory(event=event, status=SignUp.Status.WAITING)

    with clock.at(event.ends_at + dt.timedelta(days=30)):
        forget_who_waited()

    mistaken.refresh_from_db()
    assert (mistaken.person, mistaken.status, mistaken.marks.count()) == (None, "cancelled", 2)
    assert (mistaken.reference, mistaken.code) != (reference, code)
    assert event.sign_ups.count() == 1
    assert not miscounted().exists()


def test_an_event_at_which_something_fails_keeps_no_other_event_waiting(monkeypatch):
    first, second = (
        SignUpFactory(event=EventFactory(ended=True), status=SignUp.Status.WAITING).event for _ in range(2)
    )
    forget = after_the_day._forget_who_waited

    def broken_at_the_first(event):
        if event == first:
            raise ProtectedError("Something rests on it.", [])
        return forget(event)

    monkeypatch.setattr(after_the_day, "_forget_who_waited", broken_at_the_first)
    message = EventMessage.objects.create(
        event=second, by=UserFactory(), audience="came", subject="Slides", words="Here.", people=3
    )
    with clock.at(second.ends_at + dt.timedelta(days=365)), pytest.raises(SomeFailed):
        schedules.forget_people()

    assert not second.sign_ups.exists()
    assert not EventMessage.objects.filter(pk=message.pk).exists()


def test_the_page_says_what_is_held_and_when_it_goes_to_those_who_run_the_event(year, client, signed_in, fatima, amina):
    page = words(signed_in(fatima).get("/events/first/held/"))

    assert "5 March 2024" not in page
    assert "Went 19 February 2024" in page  # what people need
    assert "Went 6 March 2024" in page  # who waited
    assert "4 February 2025" in page  # names
    assert signed_in(amina).get("/events/first/held/").status_code in {403, 404}
    assert client.get("/events/first/held/").status_code in {302, 403}


def test_the_form_to_sign_up_names_the_day_by_the_same_rule(signed_in, amina):
    event = EventFactory()
    goes = keeping.HEALTH.goes_on(event)

    page = signed_in(amina).get(f"/events/{event.slug}/sign-up/").content.decode()

    assert f"14 days after the event, on {goes.day} {goes:%B %Y}." in page
    with clock.at(event.ends_at + dt.timedelta(days=14, seconds=1)):
        assert event.ends_at < keeping.HEALTH.cutoff


def _what_else_names_people(event):
    """Somebody kept the desk, was invited, ran the event, wrote to its people, asked, voted, and spoke."""
    clerk, asker = UserFactory(), event.sign_ups.first().person
    mark = DeskMark.objects.create(
        event=event, sign_up=event.sign_ups.first(), what="out", by=clerk, desk="2", at=event.ends_at
    )
    SignUp.objects.filter(pk=mark.sign_up_id).update(left_at=event.ends_at)
    Invitation.objects.create(event=event, person=UserFactory(), invited_by=clerk)
    OrganiserFactory(event=event, given_by=clerk)
    EventMessage.objects.create(event=event, by=clerk, audience="came", subject="Slides", words="Here.", people=3)
    asked = floor_question(event=event, asked_by=asker, votes=1, shows_name=True)
    FloorVote.objects.create(question=asked, person=clerk)
    talk = speaker(event=event)
    talk.claims.create(person=clerk)
    Speaker.objects.filter(pk=talk.pk).update(person=asker)
    return talk, mark


def test_twelve_months_on_nothing_of_an_event_points_at_a_person_but_what_is_public_by_their_wish(year):
    event = of("first")
    talk, _ = _what_else_names_people(event)
    stay = {"Event.contact", "Event.made_by", "Speaker.person", "Output.added_by", "OwnCalendar.person"}

    forget_offers()
    schedules.forget_who_was_invited()
    schedules.forget_people()

    pointing = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("events").get_models()
        for field in model._meta.concrete_fields
        if field.related_model is get_user_model() and model.objects.filter(**{f"{field.name}__isnull": False}).exists()
    }
    assert pointing - stay == set()
    assert event.floor_questions.get().votes == 1
    talk.refresh_from_db()
    assert talk.person
    assert talk.name


def test_marks_of_the_desk_stay_without_who_made_them_and_say_the_same(year):
    event = of("first")
    _, mark = _what_else_names_people(event)
    told = list(event.marks.order_by("pk").values_list("sign_up", "what", "at", "recorded_at"))
    presses, codes = (set(rows.values_list(name, flat=True)) for rows, name in (
        (event.marks, "client_id"), (event.sign_ups, "code")))  # fmt: skip

    with clock.at(event.ends_at + dt.timedelta(days=364)):
        assert event.marks.forget_who_kept_the_desk() == 0
    forget_names()

    assert list(event.marks.order_by("pk").values_list("sign_up", "what", "at", "recorded_at")) == told
    assert set(event.marks.values_list("by", "desk")) == {(None, "")}
    assert not presses & set(event.marks.values_list("client_id", flat=True))
    assert not codes & set(event.sign_ups.values_list("code", flat=True))
    assert event.sign_ups.get(pk=mark.sign_up_id).left_at == event.ends_at
    assert not miscounted().exists()
    assert not unlike_their_marks().exists()
    with pytest.raises(AppendOnly):
        event.marks.update(desk="1")


@pytest.mark.parametrize(
    ("forget", "days"),
    [
        ("inviting.forget_who_was_invited", 30),
        ("floor.forget_who_asked", 365),
        ("forget_who_ran_events", 365),
        ("forget_messages", 365),
    ],
)
def test_what_else_names_people_goes_on_its_day_and_not_before(forget, days):
    event = EventFactory(ended=True)
    SignUpFactory(event=event)
    _what_else_names_people(event)
    due = event.ends_at + dt.timedelta(days=days)

    with clock.at(due - dt.timedelta(minutes=1)):
        assert attrgetter(forget)(schedules)() == 0
    with clock.at(due):
        assert attrgetter(forget)(schedules)() in {1, 2}


def test_the_page_counts_what_else_names_people(year, signed_in, fatima):
    event = of("first")
    _what_else_names_people(event)

    rows = {row[0]: (row[1], row[3], row[4]) for row in held_page(event)["rows"]}

    assert rows["Who was invited"] == ("1", "30 days after the event", "Went 6 March 2024")
    year_on = ("12 months after the event", "Went 4 February 2025")
    assert rows["Who noted at the desk that somebody came or left"] == ("1", *year_on)
    assert rows["Who asked from the floor, or voted for a question"] == ("2", *year_on)
    assert rows["Organisers of the event"] == rows["What was written to its people"] == ("1", *year_on)
    assert rows["Speakers, as the agenda names them"][0] == "1"
