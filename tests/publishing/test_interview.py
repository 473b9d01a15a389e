"""Ten questions, one a page: kept whatever they say, gone on with anywhere, and one page once they are sent."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import Page

from core import clock
from core.errors import Refused
from publishing.interview import operations
from publishing.interview.operations import (
    forget_interviews,
    give_up_interview,
    save_answers,
    send_interview,
    start_interview,
)
from publishing.models import CaseStudyPage, Interview, Picture
from publishing.standing import standing
from tests.factories.publishing import interview_of, picture_of
from tests.race import all_at_once, problems, slowly

WORDS = {
    "title": "Fewer calls about missed bins",
    "summary": "Calls fell.",
    "problem": "<p>Bins were missed.</p>",
    "what_we_did": "<p>We told people.</p>",
}


@pytest.fixture
def interview(harlow, amina):
    return interview_of(harlow, amina)


@pytest.mark.django_db
def test_begun_twice_without_an_answer_it_is_one(harlow, amina):
    first = start_interview(harlow, by=amina)

    assert start_interview(harlow, by=amina) == first
    save_answers(first, by=amina, typed={"title": "Bins"})
    assert start_interview(harlow, by=amina) != first


@pytest.mark.django_db
def test_what_is_wrong_is_kept_as_it_was_typed(interview, amina):
    save_answers(interview, by=amina, typed={"before": "about four hundred", "measure": "Calls\x00"})
    save_answers(interview, by=amina, typed={"after": "268"})

    interview.refresh_from_db()
    kept = {name: interview.answers[name] for name in ("before", "measure", "after")}
    assert kept == {"before": "about four hundred", "measure": "Calls", "after": "268"}


@pytest.mark.django_db
def test_a_pause_is_no_time_spent_on_it(interview, amina):
    for minutes in (0, 4, 7, 500, 503):
        with clock.at(interview.started_at + dt.timedelta(minutes=minutes)):
            save_answers(interview, by=amina, typed={})

    interview.refresh_from_db()
    assert interview.minutes == 10


@pytest.mark.django_db
def test_until_it_is_sent_there_is_no_page(interview, amina, petra):
    assert Page.objects.type(CaseStudyPage).count() == 0

    page = send_interview(interview, by=amina, words=WORDS)

    assert CaseStudyPage.objects.get() == page
    assert not page.live
    assert (page.title, page.council, page.owner) == (WORDS["title"], interview.council, amina)
    assert "With Petra Voss" in standing(page)
    interview.refresh_from_db()
    assert interview.answers == {}
    with pytest.raises(Refused, match="sent already"):
        save_answers(interview, by=amina, typed={"title": "Later"})


@pytest.mark.django_db
def test_what_changed_on_another_device_is_read_before_it_is_sent(interview, amina, petra):
    elsewhere = Interview.objects.get(pk=interview.pk)
    save_answers(elsewhere, by=amina, typed={"title": "Another"})

    with pytest.raises(Refused, match="another device"):
        send_interview(interview, by=amina, words=WORDS)
    assert not CaseStudyPage.objects.exists()


@pytest.mark.django_db
def test_nobody_else_goes_on_with_it(interview, petra, edith):
    for other in (petra, edith):
        with pytest.raises(PermissionDenied):
            save_answers(interview, by=other, typed={"title": "Mine"})
        with pytest.raises(PermissionDenied):
            send_interview(interview, by=other, words=WORDS)


@pytest.mark.django_db
def test_one_that_was_abandoned_goes_after_half_a_year_with_its_picture(interview, amina, harlow):
    elsewhere = picture_of(harlow)
    interview.picture = picture_of(harlow, by=amina)
    interview.save()
    with clock.at(interview.saved_at + dt.timedelta(days=179)):
        assert forget_interviews() == 0
    with clock.at(interview.saved_at + dt.timedelta(days=181)):
        assert forget_interviews() == 1

    assert list(Picture.objects.all()) == [elsewhere]


@pytest.mark.django_db
def test_thrown_away_it_leaves_nothing(interview, amina):
    give_up_interview(interview, by=amina)

    assert not Interview.objects.exists()
    with pytest.raises(Refused, match="thrown away"):
        save_answers(interview, by=amina, typed={"title": "Late"})


def send_six_times(interview, amina, monkeypatch):
    monkeypatch.setattr(operations, "can_go_on_with_interview", slowly(operations.can_go_on_with_interview))
    return all_at_once([lambda: send_interview(interview, by=amina, words=WORDS)] * 6)


@pytest.mark.django_db(transaction=True)
def test_sent_six_times_at_once_it_makes_one_page(interview, amina, petra, monkeypatch):
    outcomes = send_six_times(interview, amina, monkeypatch)

    assert problems(outcomes) == []
    assert CaseStudyPage.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_control_without_the_guard_somebody_meets_an_error_or_makes_a_second(
    guard_off, interview, amina, petra, monkeypatch
):
    outcomes = send_six_times(interview, amina, monkeypatch)

    assert problems(outcomes) or CaseStudyPage.objects.count() > 1
