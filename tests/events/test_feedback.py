"""Feedback: seven questions, once for each person who was there, from the start; nothing leads back to a person.

Forms are sealed until the window has closed. Facilitators see results on five forms, everybody on ten.
"""

import datetime as dt
from contextlib import contextmanager

import pytest
from django.contrib.messages import get_messages

from audit.models import AuditEvent
from core import clock
from core.errors import Refused
from events.desk.operations import check_in
from events.feedback.operations import close_feedback, give_feedback, open_feedback
from events.feedback.queries import results_for, results_over
from events.models import Event, Feedback
from events.places.attended import attendance
from sealing.models import Mark, Staged
from tests.factories.events import EventFactory, SignUpFactory
from tests.pages import words
from tests.scenes import built_once

pytestmark = pytest.mark.django_db

YES = {"would_recommend": True, "identified_savings": False}


@pytest.fixture
def today():
    return EventFactory(started=True, capacity=100)


def someone_there(event, fatima, **kwargs):
    return check_in(SignUpFactory(event=event, **kwargs), by=fatima)


def answered(event, fatima, number):
    for n in range(number):
        place = someone_there(event, fatima)
        give_feedback(event, answers={"would_recommend": n > 0}, place_reference=place.reference)


@contextmanager
def once_closed(event, *, later=dt.timedelta(0)):
    """The moment at which the window of an event has closed, its forms opened."""
    with clock.at(event.feedback_closes_at + later):
        close_feedback()
        event.refresh_from_db()
        yield


def test_one_form_for_each_person_who_was_there(today, fatima):
    place = someone_there(today, fatima)

    give_feedback(today, answers=YES, place_reference=place.reference)
    with pytest.raises(Refused, match="already"):
        give_feedback(today, answers=YES, place_reference=place.reference)

    with once_closed(today):
        assert today.feedback.count() == 1


def test_who_was_not_checked_in_gives_none(today):
    with pytest.raises(Refused, match="people who were there"):
        give_feedback(today, answers=YES, place_reference=SignUpFactory(event=today).reference)


def test_a_place_at_another_event_gives_none(today, fatima):
    elsewhere = someone_there(EventFactory(started=True), fatima)

    with pytest.raises(Refused):
        give_feedback(today, answers=YES, place_reference=elsewhere.reference)


def test_it_is_open_from_the_start_until_two_weeks_after_the_end(today, fatima):
    place = someone_there(today, fatima)
    for moment in (today.starts_at - dt.timedelta(minutes=1), today.ends_at + dt.timedelta(days=14)):
        with clock.at(moment), pytest.raises(Refused, match="not open"):
            give_feedback(today, answers=YES, place_reference=place.reference)

    with clock.at(today.starts_at):
        give_feedback(today, answers=YES, place_reference=place.reference)

    assert Mark.objects.get().person == place.person


def test_the_form_holds_no_person_no_moment_and_no_order():
    columns = {field.name for field in Feedback._meta.get_fields()}

    assert columns == {"id", "event", "is_illustrative", *Feedback.OUTCOMES}
    assert Feedback._meta.pk.get_internal_type() == "UUIDField"


def test_giving_it_leaves_no_moment_on_the_place_and_no_line_in_the_trail(today, fatima):
    place = someone_there(today, fatima)
    open_feedback()
    before, lines = place.updated_at, AuditEvent.objects.count()

    give_feedback(today, answers=YES, place_reference=place.reference)

    place.refresh_from_db()
    assert place.has_given_feedback
    assert place.updated_at == before
    assert AuditEvent.objects.count() == lines


@pytest.mark.parametrize(
    ("forms", "facilitators", "everyone"), [(4, False, False), (5, True, False), (9, True, False), (10, True, True)]
)
def test_results_need_five_forms_for_facilitators_and_ten_for_everyone(today, fatima, forms, facilitators, everyone):
    answered(today, fatima, forms)

    with once_closed(today):
        assert bool(results_for(today, is_staff=True)) == facilitators
        assert bool(results_for(today, is_staff=False)) == everyone


def test_nobody_sees_results_while_the_window_is_open(today, fatima):
    answered(today, fatima, 12)

    assert results_for(today, is_staff=True) is None


def test_a_question_too_few_answered_is_left_out(today, fatima):
    answered(today, fatima, 10)
    give_feedback(today, answers={"identified_savings": True}, is_illustrative=True)

    with once_closed(today):
        shown = results_for(today, is_staff=False)

    assert [outcome.name for outcome in shown.outcomes] == ["would_recommend"]


def ended(event, *, yes, no=0, nothing=0, **others):
    """So many forms of an event whose window has closed: yes, no, and without an answer to the first question."""
    said = [True] * yes + [False] * no + [None] * nothing
    Feedback.objects.bulk_create(Feedback(event=event, would_recommend=answer, **others) for answer in said)
    Event.objects.filter(pk=event.pk).update(arrived=len(said))
    return event


def an_event_long_over():
    moment = clock.now() - dt.timedelta(days=60)
    return EventFactory(starts_at=moment, ends_at=moment + dt.timedelta(hours=6))


def recommended(found):
    return next((str(each.share) for each in found.outcomes if each.name == "would_recommend"), "") if found else ""


@pytest.mark.parametrize("yes", [0, 1])
@pytest.mark.parametrize(("number", "is_staff"), [(5, True), (29, True), (10, False), (29, False)])
def test_that_all_said_yes_or_all_no_is_not_shown_of_fewer_than_thirty(yes, number, is_staff):
    event = ended(an_event_long_over(), yes=number * yes, no=number * (1 - yes))

    found = results_for(event, is_staff=is_staff)

    assert found.forms == number
    assert recommended(found) == ""
    ended(event, yes=30 * yes, no=30 * (1 - yes))
    assert recommended(results_for(event, is_staff=is_staff))


@pytest.mark.parametrize(
    "small",
    [
        {"yes": 0, "no": 1},
        {"yes": 4, "no": 5},
        {"yes": 12},  # all say the same
        {"yes": 1, "no": 1, "nothing": 20},  # few answered this question
    ],
)
def test_what_an_event_does_not_show_changes_no_sum_with_others(small):
    """Else the sum less what the others show would tell what was said there."""
    ended(an_event_long_over(), yes=20, no=4, identified_savings=True)
    before = recommended(results_over(Event.objects.all()))

    ended(an_event_long_over(), **small)

    assert recommended(results_over(Event.objects.all())) == before == "20 of 24 who answered (83.3%)"


def test_events_that_show_theirs_are_added(fatima):
    for _ in range(2):
        ended(an_event_long_over(), yes=9, no=2)

    found = results_over(Event.objects.all())

    assert (found.forms, found.attended, recommended(found)) == (22, 22, "18 of 22 who answered (81.8%)")


def test_an_event_whose_window_is_open_changes_no_sum(today):
    ended(an_event_long_over(), yes=20, no=4)
    ended(today, yes=20, no=4)

    assert results_over(Event.objects.all()).forms == 24


def test_the_record_of_2014_is_one_sum_as_it_was_published():
    for day in range(1, 11):
        ended(EventFactory(starts_at=dt.datetime(2014, 5, day, 9, tzinfo=dt.UTC)), yes=day % 2, no=2)

    found = results_over(Event.objects.all())

    assert recommended(found) == "5 of 25 who answered (20.0%)"


def test_each_outcome_stands_on_those_who_answered_that_question(fatima):
    event = EventFactory(ended=True)
    for n in range(100):
        give_feedback(
            event,
            answers={"would_recommend": n < 95, "identified_savings": n < 33 if n < 50 else None},
            is_illustrative=True,
        )

    Event.objects.filter(pk=event.pk).update(arrived=1838)

    with clock.at(event.feedback_closes_at):
        found = results_over(Event.objects.all())

    shares = {outcome.name: str(outcome.share) for outcome in found.outcomes}
    assert shares["would_recommend"] == "95 of 100 who answered (95.0%)"
    assert shares["identified_savings"] == "33 of 50 who answered (66.0%)"
    assert shares.keys() == {"would_recommend", "identified_savings"}
    assert str(found.response_rate) == "100 of 1,838 people who came (5.4%)"
    assert found.is_illustrative


def test_attendance_counts_times_people_and_councils(fatima, harlow, surrey):
    first, second = EventFactory(started=True), EventFactory(started=True)
    place = someone_there(first, fatima, organisation=harlow)
    someone_there(second, fatima, person=place.person, organisation=harlow)
    someone_there(second, fatima, organisation=surrey)
    SignUpFactory(event=second)

    came = attendance(Event.objects.all())

    assert (came.events, came.delegates, came.people, came.councils) == (2, 3, 2, 2)


# On the page ----------------------------------------------------------------------------------------------


def test_giving_it_on_the_page_thanks_once(signed_in, today, fatima, amina):
    someone_there(today, fatima, person=amina)
    client, address = signed_in(amina), f"/events/{today.slug}/feedback/"
    assert "How was it?" in words(client.get(address))
    session = client.session.items()

    response = client.post(address, {"would_recommend": "yes", "identified_savings": "no"})

    assert client.session.items() == session
    assert not list(get_messages(response.wsgi_request))
    assert "Thank you" in words(client.get(response.url))
    assert "already" in words(client.post(address, {"would_recommend": "yes"}))
    assert client.session.items() == session
    with once_closed(today):
        form = today.feedback.get()
    assert (form.would_recommend, form.identified_savings, form.identified_collaboration) == (True, False, None)


@pytest.mark.parametrize("sent", [{}, {"would_recommend": "perhaps"}, {"unknown": "yes"}])
def test_an_empty_or_wrong_form_is_answered(signed_in, today, fatima, amina, sent):
    someone_there(today, fatima, person=amina)

    response = signed_in(amina).post(f"/events/{today.slug}/feedback/", sent)

    assert response.status_code == 422
    assert "There is a problem" in words(response)
    assert not Staged.objects.exists()


def test_others_are_told_why_there_is_no_form(client, signed_in, today, ben):
    address = f"/events/{today.slug}/feedback/"

    assert client.get(address).status_code == 302
    assert "people who were there" in words(signed_in(ben).get(address))
    signed_in(ben).post(address, {"would_recommend": "yes"})
    assert not Staged.objects.exists()


def test_the_page_and_the_notice_say_who_could_open_the_answers_and_until_when(client, signed_in, today, fatima, amina):
    someone_there(today, fatima, person=amina)
    page = words(signed_in(amina).get(f"/events/{today.slug}/feedback/"))
    notice = words(client.get("/privacy/"))

    for text in (page, notice):
        assert "whoever has both the folder of its keys and a copy of the database could open them" in text
        assert "Afterwards nobody can tell whose answers are whose" in text
    assert "Feedback on events" in notice
    assert "whether you gave feedback, not what you answered" in notice
    assert "given before answers were sealed" in notice


def test_the_public_page_shows_results_with_their_base(client, fatima):
    event = EventFactory(starts_at=clock.now() - dt.timedelta(minutes=1), capacity=50)
    answered(event, fatima, 10)
    Event.objects.filter(pk=event.pk).update(
        starts_at=event.starts_at - dt.timedelta(days=30), ends_at=event.ends_at - dt.timedelta(days=30)
    )
    close_feedback()

    page = words(client.get(event.get_absolute_url()))

    assert "10 of 10 people who came gave feedback" in page
    assert "9 of 10" in page


@pytest.fixture(scope="module")
def days_by_answers(django_db_setup, django_db_blocker):
    """A day long over for each number of answers, of twelve people who came."""

    def build():
        for number in (4, 5, 9, 10):
            day = EventFactory(starts_at=clock.now() - dt.timedelta(days=60), slug=f"said-{number}", title="A day")
            ended(day, yes=number - 1, no=1, identified_savings=True)
            Event.objects.filter(pk=day.pk).update(arrived=12)

    with built_once(build, django_db_blocker) as scene:
        yield scene


@pytest.mark.parametrize(
    ("number", "of_organisers", "only_theirs"),
    [
        (4, "Fewer than five people gave feedback, so nothing of it is shown", False),
        (5, "5 of 12 people who came gave feedback (41.7%)", True),
        (9, "9 of 12 people who came gave feedback (75.0%)", True),
        (10, "10 of 12 people who came gave feedback (83.3%)", False),
    ],
)
def test_pages_of_four_five_nine_and_ten_answers(
    days_by_answers, number, of_organisers, only_theirs, client, signed_in, fatima
):
    address = f"/events/said-{number}/"
    public, report = words(client.get(address)), words(client.get(f"{address}report/"))
    organisers = words(signed_in(fatima).get(address))

    assert of_organisers in organisers
    assert ("so only those who run the event see this" in organisers) == only_theirs
    assert (f"{number - 1} of {number}" in organisers) == (number >= 5)
    shown = [f"{number - 1} of {number}" in public, f"{number} of 12 people who came gave feedback" in report]
    assert shown == [number >= 10] * 2


def test_what_only_organisers_see_can_be_taken_from_no_public_page(days_by_answers, client):
    """Four, five or nine forms change no byte of the pages that everybody sees."""
    year = f"/figures/?year={Event.objects.get(slug='said-9').starts_at:%Y}"
    pages = [words(client.get(f"/events/said-{number}/")).replace(f"said-{number}", "") for number in (4, 5, 9)]
    section = words(client.get(year)).partition('id="feedback"')[2]

    assert len(set(pages)) == 1
    assert "10 feedback forms from 12 delegates" in section
    assert "9</td>" in section


def test_an_event_of_the_record_shows_nothing_that_tells_the_rest_of_its_sum():
    large, small = (EventFactory(starts_at=dt.datetime(2014, 5, day, 9, tzinfo=dt.UTC)) for day in (1, 2))
    ended(large, yes=10, no=2)
    ended(small, yes=0, no=1)

    assert results_over(Event.objects.filter(starts_at__year=2014)).forms == 13
    assert [results_for(large, is_staff=is_staff) for is_staff in (True, False)] == [None, None]


def test_those_who_run_an_event_are_told_when_what_people_said_can_be_read(signed_in, fatima, today):
    Event.objects.filter(pk=today.pk).update(arrived=12)

    assert "stands here once feedback has closed on" in words(signed_in(fatima).get(today.get_absolute_url()))
