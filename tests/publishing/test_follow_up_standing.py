"""What a case study, and a search for it, say of the questions that were asked some months after it was published."""

import pytest

from publishing.follow_up_standing import standing_of_follow_ups
from publishing.following_up import answer_follow_up, ask_for_follow_ups
from publishing.models import CaseStudyPage, FollowUp
from publishing.schedules import follow_case_studies_up
from search.models import Change
from search.sources.pages import case_study_document
from tests.publishing.published import at
from tests.publishing.test_following_up import LATER

pytestmark = [pytest.mark.sql, pytest.mark.django_db]


def test_two_silences_say_not_followed_up_and_one_does_not(study, client):
    with at(6):
        ask_for_follow_ups()
    with at(7, 5):
        assert standing_of_follow_ups(study) == ""
    with at(12):
        ask_for_follow_ups()
        assert standing_of_follow_ups(study) == ""
    with at(13, 5):
        assert standing_of_follow_ups(study) == "Not followed up"
        assert "Not followed up" in client.get(study.url).content.decode()


def test_a_search_is_told_of_what_was_followed_up_and_not_of_what_was_only_asked_or_ended(study, amina):
    def weighs() -> bool:
        return case_study_document(CaseStudyPage.objects.get(pk=study.pk), ("everyone",)).is_followed_up

    with at(6):
        ask_for_follow_ups()
        assert not weighs()
    with at(6, 20):
        answer_follow_up(study, is_running=True, by=amina, **LATER)
        assert weighs()
    FollowUp.objects.update(is_running=False, measurement=None)
    assert not weighs()


def test_an_index_hears_of_silence_on_its_day_though_nobody_writes(study):
    def is_silent() -> bool:
        return case_study_document(CaseStudyPage.objects.get(pk=study.pk), ("everyone",)).is_silent

    for months in (6, 12):
        with at(months):
            ask_for_follow_ups()
            assert not is_silent()
    Change.objects.all().delete()
    with at(12, 29):
        follow_case_studies_up()
        assert not is_silent()
        assert not Change.objects.exists()
    with at(12, 30):
        follow_case_studies_up()
        assert is_silent()
        assert Change.objects.get().key == str(study.follow_ups.get(months=12).pk)
