"""Feedback is sealed while its window is open, opened by itself, and lost aloud where its key is lost."""

import datetime as dt

import pytest
from django.conf import settings

from accounts.operations import close_account
from audit.models import AuditEvent
from core import clock, key_folder
from core.errors import Refused
from core.schedules import SomeFailed
from events.desk.operations import check_in, undo_check_in
from events.feedback import operations
from events.feedback.operations import close_feedback, give_feedback, open_feedback
from events.feedback.queries import forms_given, results_for
from events.models import Event, Feedback, SignUp
from sealing.models import Round, Staged
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, SignUpFactory
from tests.factories.voting import checked_in
from tests.pages import words

pytestmark = pytest.mark.django_db

YES = {"would_recommend": True}


@pytest.fixture
def today():
    """An event under way, with five people in the room."""
    event = EventFactory(started=True)
    for _ in range(5):
        checked_in(event, UserFactory())
    return event


def everybody_answers(event):
    open_feedback()
    event.refresh_from_db()
    for place in event.sign_ups.all():
        give_feedback(event, answers=YES, place_reference=place.reference)
    event.refresh_from_db()


def test_the_organiser_reads_one_number_of_forms_while_they_are_sealed_and_once_they_are_opened(today):
    everybody_answers(today)
    assert forms_given(today) == 5

    with days_after(today, 1):
        close_feedback()
        today.refresh_from_db()
        assert forms_given(today) == results_for(today, is_staff=True).forms == 5


def test_forms_that_were_never_sealed_are_counted_as_the_event_s_page_counts_them(today):
    give_feedback(today, answers=YES, is_illustrative=True)
    assert forms_given(today) == 1


def lose_key(event):
    (settings.BALLOT_KEYS / f"{event.feedback_round.key_name}.key").unlink()


def days_after(event, days):
    return clock.at(event.feedback_closes_at + dt.timedelta(days=days))


# The round opens and closes by itself --------------------------------------------------------------------------


def test_a_round_opens_for_an_event_under_way_with_people_there_and_once(today):
    EventFactory(started=True)  # nobody is there yet
    checked_in(EventFactory(ended=True), UserFactory())  # its window has closed
    checked_in(EventFactory(started=True, state=Event.State.CANCELLED), UserFactory())
    checked_in(EventFactory(), UserFactory())  # comes in a fortnight

    assert open_feedback() == 1
    assert open_feedback() == 0

    assert Event.objects.get(feedback_round__isnull=False) == today
    assert Round.objects.get().title == f"Feedback on {today}"


def test_the_first_check_in_opens_the_round_and_later_ones_use_it(fatima):
    event = EventFactory(started=True)
    for _ in range(2):
        check_in(SignUpFactory(event=event), by=fatima)

    event.refresh_from_db()
    assert event.feedback_round == Round.objects.get()


def test_a_check_in_that_is_entered_afterwards_opens_no_round(fatima):
    event = EventFactory(started=True)
    with clock.at(clock.now()):
        check_in(SignUpFactory(event=event), by=fatima)

    assert not Round.objects.exists()


def test_where_no_key_can_be_kept_people_are_checked_in_and_the_schedule_opens_the_round_later(fatima, settings):
    event = EventFactory(started=True)
    folder, settings.BALLOT_KEYS = settings.BALLOT_KEYS, settings.PORTAL_DATA / "keys"
    place = check_in(SignUpFactory(event=event), by=fatima)
    assert place.checked_in_at
    assert not Round.objects.exists()
    settings.BALLOT_KEYS = folder

    assert open_feedback() == 1


def test_a_form_never_opens_the_round_so_that_its_moment_says_nothing_of_a_form(today, signed_in):
    place = today.sign_ups.first()

    page = signed_in(place.person).get(f"/events/{today.slug}/feedback/")
    with pytest.raises(Refused, match="in a few minutes"):
        give_feedback(today, answers=YES, place_reference=place.reference)

    assert "opens in a few minutes" in words(page)
    assert '<form method="post" novalidate' not in page.content.decode()
    assert not Round.objects.exists()


def test_an_event_that_is_moved_as_its_forms_are_about_to_be_opened_keeps_them_sealed(today, monkeypatch):
    everybody_answers(today)
    lock = operations.lock

    def moved_meanwhile(event):
        Event.objects.filter(pk=event.pk).update(ends_at=clock.now() + dt.timedelta(days=1))
        return lock(event)

    monkeypatch.setattr(operations, "lock", moved_meanwhile)
    with days_after(today, 0):
        assert close_feedback() == 0

    assert not Feedback.objects.exists()
    assert Round.objects.get().is_open


def test_while_the_window_is_open_no_form_can_be_read(today):
    everybody_answers(today)
    close_feedback()

    assert not Feedback.objects.exists()
    assert b"would_recommend" not in b"".join(bytes(each.box) for each in Staged.objects.all())


def test_once_the_window_has_closed_the_forms_are_there_and_the_key_is_gone(today, django_capture_on_commit_callbacks):
    everybody_answers(today)

    with days_after(today, 0), django_capture_on_commit_callbacks(execute=True):
        assert close_feedback() == 1
        assert close_feedback() == 0

    assert today.feedback.filter(would_recommend=True, is_illustrative=False).count() == 5
    assert not Staged.objects.exists()
    assert not list(settings.BALLOT_KEYS.iterdir())


def test_results_wait_for_the_forms_that_are_still_sealed(today):
    """Else those that were given before sealing would be shown first, and the others by the difference."""
    everybody_answers(today)
    Feedback.objects.bulk_create(Feedback(event=today, would_recommend=False) for _ in range(10))

    with days_after(today, 0):
        assert results_for(today, is_staff=True) is None
        close_feedback()
        today.refresh_from_db()
        assert results_for(today, is_staff=True).forms == 15


def test_forms_from_before_sealing_stay_and_their_people_give_no_second_one(today):
    Feedback.objects.bulk_create(Feedback(event=today, would_recommend=True) for _ in range(5))
    SignUp.objects.update(has_given_feedback=True)

    with pytest.raises(Refused, match="already"):
        everybody_answers(today)

    with days_after(today, 0):
        close_feedback()
        assert results_for(today, is_staff=True).forms == 5


def test_an_event_that_was_moved_later_after_its_feedback_closed_takes_no_more(today, signed_in):
    everybody_answers(today)
    late = checked_in(today, UserFactory())
    with days_after(today, 0):
        close_feedback()
    Event.objects.filter(pk=today.pk).update(ends_at=clock.now() + dt.timedelta(days=30))
    today.refresh_from_db()

    assert "has closed" in words(signed_in(late.person).get(f"/events/{today.slug}/feedback/"))
    with pytest.raises(Refused, match="not open"):
        give_feedback(today, answers=YES, place_reference=late.reference)


def test_an_event_that_fails_stops_no_other(today, monkeypatch):
    first = EventFactory(starts_at=today.starts_at - dt.timedelta(hours=1))
    checked_in(first, UserFactory())
    everybody_answers(first)
    everybody_answers(today)
    give = Feedback.__init__

    def failing(form, *args, **kwargs):
        if kwargs.get("event") == first:
            raise TypeError("No such question.")
        give(form, *args, **kwargs)

    monkeypatch.setattr(Feedback, "__init__", failing)
    with days_after(today, 0):
        with pytest.raises(SomeFailed):
            close_feedback()

    assert Staged.objects.count() == 1


# A key that is lost --------------------------------------------------------------------------------------------


def test_a_lost_key_is_looked_for_during_a_day_and_then_the_round_is_void(today):
    everybody_answers(today)
    lose_key(today)

    with days_after(today, 0):
        assert close_feedback() == 0
        assert Round.objects.get().is_open
    with days_after(today, 1):
        assert close_feedback() == 0

    assert Round.objects.get().state == Round.State.VOID
    assert AuditEvent.objects.filter(action="sealing.voided", about=f"Feedback on {today}").count() == 1


@pytest.fixture
def lost(today):
    """An event whose feedback could not be opened, with enough forms from before to be shown."""
    everybody_answers(today)
    Feedback.objects.bulk_create(Feedback(event=today, would_recommend=True) for _ in range(20))
    lose_key(today)
    Event.objects.update(
        starts_at=today.starts_at - dt.timedelta(days=30), ends_at=today.ends_at - dt.timedelta(days=30)
    )
    close_feedback()
    today.refresh_from_db()
    return today


def test_facilitators_and_those_who_were_there_read_that_feedback_was_lost(lost, signed_in, fatima):
    someone = lost.sign_ups.first().person

    assert "could not be opened" in words(signed_in(fatima).get(lost.get_absolute_url()))
    thanks = words(signed_in(someone).get(f"/events/{lost.slug}/feedback/"))
    assert "could not be opened" in thanks
    assert "are sealed" not in thanks
    assert "could not be opened" in words(signed_in(fatima).get(f"/events/{lost.slug}/feedback/"))


def test_of_lost_feedback_nothing_is_published(lost, client):
    page = words(client.get(lost.get_absolute_url()))

    assert "What people said afterwards" not in page
    assert results_for(lost, is_staff=True) is None


def test_a_lost_key_is_said_to_whoever_watches_the_site(today, client):
    everybody_answers(today)
    lose_key(today)

    assert "ballot keys: degraded (lost for 1 round of sealed answers)" in client.get("/readyz").content.decode()


def test_once_a_key_is_lost_no_more_forms_are_taken(today):
    late = checked_in(EventFactory(started=True), UserFactory())
    open_feedback()
    late.event.refresh_from_db()
    lose_key(late.event)

    with pytest.raises(Refused, match="cannot be found"):
        give_feedback(late.event, answers=YES, place_reference=late.reference)


@pytest.mark.parametrize("harm", ["lost", "exchanged"])
def test_whoever_opens_the_form_reads_at_once_that_its_key_is_lost(today, signed_in, harm):
    everybody_answers(today)
    late = checked_in(today, UserFactory())
    lose_key(today)
    if harm == "exchanged":
        key_folder.make(today.feedback_round.key_name)

    page = signed_in(late.person).get(f"/events/{today.slug}/feedback/")

    assert "cannot be found, so no more are taken" in words(page)
    assert "Send my answers" not in words(page)
    assert "tomorrow" not in words(page)


def test_after_the_close_the_page_of_thanks_says_that_the_answers_were_opened(today, signed_in):
    everybody_answers(today)
    reader, address = signed_in(today.sign_ups.first().person), f"/events/{today.slug}/feedback/"
    assert "Your answers are sealed" in words(reader.get(address))
    with days_after(today, 0):
        close_feedback()

    page = words(reader.get(address))

    assert "All answers were opened together" in page
    assert "are sealed" not in page


def test_where_keys_cannot_be_kept_no_feedback_is_taken_and_the_form_says_so(today, signed_in, settings):
    place, another = today.sign_ups.first(), checked_in(EventFactory(started=True), UserFactory())
    Event.objects.exclude(pk=today.pk).update(arrived=0)
    open_feedback()
    Event.objects.update(arrived=1)
    settings.BALLOT_KEYS = settings.PORTAL_DATA / "keys"

    answer = signed_in(place.person).post(f"/events/{today.slug}/feedback/", {"would_recommend": "yes"})

    assert answer.status_code == 409
    assert "cannot be kept safe just now" in words(answer)
    assert open_feedback() == 0
    place.refresh_from_db()
    assert not place.has_given_feedback
    assert "cannot be kept safe just now" in words(signed_in(place.person).get(f"/events/{today.slug}/feedback/"))
    another.event.refresh_from_db()
    assert another.event.feedback_round is None
    assert not Staged.objects.exists()


# People --------------------------------------------------------------------------------------------------------


def test_a_form_stays_when_its_person_closes_their_account_before_it_is_opened(today):
    everybody_answers(today)
    someone = today.sign_ups.first().person
    close_account(someone, by=someone)

    with days_after(today, 0):
        assert close_feedback() == 1

    assert today.feedback.count() == 5


def test_the_form_carries_no_token_whose_digest_could_be_guessed(today, signed_in):
    """Whoever reads the digests of sent forms could try all seven answers."""
    page = signed_in(today.sign_ups.first().person).get(f"/events/{today.slug}/feedback/")

    assert 'name="form_token"' not in page.content.decode()


def test_a_check_in_is_not_undone_once_its_person_has_answered(today, fatima):
    everybody_answers(today)

    with pytest.raises(Refused, match="given feedback already"):
        undo_check_in(today.sign_ups.first(), by=fatima)


def test_a_page_of_a_past_event_asks_no_more_for_its_round(client, asked):
    event = EventFactory(ended=True)
    SignUpFactory(event=event)
    client.get(event.get_absolute_url())
    with asked() as without:
        client.get(event.get_absolute_url())
    everybody = checked_in(event, UserFactory())
    with clock.at(event.starts_at):
        open_feedback()
        give_feedback(event, answers=YES, place_reference=everybody.reference)
    close_feedback()

    with asked() as with_one:
        client.get(event.get_absolute_url())

    assert len(with_one) == len(without)
