"""The time that an interview says it took is time spent on its pages."""

import datetime as dt

import pytest

from core import clock
from publishing.interview.operations import save_answers
from publishing.models import Interview
from tests.publishing.interviews import ANSWERS, address, opened


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("opened", "saved", "minutes"),
    [
        ([0, 4], [4, 7], 4 + 3),
        ([0, 500], [4, 503], 4 + 3),  # gone for hours, then three minutes of writing
        ([0, 4], [4, 500], 4 + 20),  # left open for hours
        ([-60, -60], [4, 7], 4 + 3),  # no more than since the last save
        ([9, 99], [4, 7], 0),  # opened after it was saved
        ([None, None], [4, 7], 0),
    ],
)
def test_the_time_counts_since_the_page_was_opened_or_last_saved_up_to_twenty_minutes(
    interview, amina, opened, saved, minutes
):
    def after(count):
        return interview.started_at + dt.timedelta(minutes=count)

    for begun, done in zip(opened, saved, strict=True):
        with clock.at(after(done)):
            save_answers(interview, by=amina, typed={}, opened=None if begun is None else after(begun))

    interview.refresh_from_db()
    assert interview.minutes == minutes


@pytest.mark.django_db
def test_who_comes_back_after_days_has_spent_only_the_minutes_on_the_page(interview, amina, signed_in):
    back, client = interview.started_at + dt.timedelta(days=3), signed_in(amina)
    with clock.at(back):
        page = opened(client, interview, 4)
    with clock.at(back + dt.timedelta(minutes=3)):
        assert client.post(address(interview, 4), {**page, **ANSWERS[4], "go": "later"}).status_code == 302
        assert "3 minutes so far, of about 20" in client.get(address(interview, 5)).content.decode()
    Interview.objects.update(seconds=32 * 60)
    assert "32 minutes so far</p>" in client.get(address(interview, 5)).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("forged", ["", "x", "-1", "9" * 10, "9" * 40, "٣", "1e9", "0"])
def test_a_moment_of_opening_that_was_made_up_counts_no_more_than_the_time_since_the_last_save(
    interview, amina, signed_in, forged
):
    client = signed_in(amina)
    page = opened(client, interview, 4) | {"opened": forged}
    with clock.at(interview.saved_at + dt.timedelta(minutes=2)):
        assert client.post(address(interview, 4), {**page, **ANSWERS[4], "go": "on"}).status_code == 302

    interview.refresh_from_db()
    assert interview.minutes == (2 if forged == "0" else 0)
