"""What each kind of message says of itself."""

from outbox.kinds import discover
from outbox.models import Pace

OF_PEOPLE = ("accounts.", "councils.", "outbox.", "tests.")  # about people and places of today, not about the programme
# About what somebody does today, whatever the age of the record that it concerns.
OF_TODAY = {
    "assets_registry.handed_over",
    "assets_registry.problem_reported",
    "kpis.figures_due",
    "kpis.figures_invited",
    "portal.followed_moved",
    "portal.follows_digest",
    "portal.trail_digest",
    "publishing.draft_commented",
    "search.newly_found",
    "surveys.invitation",
    "surveys.reminder",
    "surveys.way_back",
}
IN_DIGESTS = {"take_up.new_commitment", "take_up.new_use"}
TURNED_OFF = {
    *IN_DIGESTS,
    "assets_registry.problem_reported",
    "portal.followed_moved",
    "portal.follows_digest",
    "portal.trail_digest",
    "search.newly_found",
    "events.invitation",
    "events.feedback_reminder",
    "kpis.figures_due",
    "kpis.figures_invited",
    "events.reminder",
    "events.thanks",
    "projects.need_merged",
    "projects.need_moved",
    "projects.need_withdrawn",
    "publishing.page_published",
    "steering.meeting_decided",
    "steering.meeting_near",
    "steering.meeting_planned",
    "steering.pack_published",
}


def kinds_of_the_programme():
    return [kind for kind in discover().values() if not kind.name.startswith(OF_PEOPLE)]


def test_each_kind_about_the_programme_says_when_its_record_began_so_that_nothing_is_sent_about_the_past():
    assert [kind.name for kind in kinds_of_the_programme() if not kind.began and kind.name not in OF_TODAY] == []


def test_only_news_and_courtesies_can_be_turned_off_and_all_but_news_of_use_come_at_once():
    kinds = kinds_of_the_programme()

    assert {kind.name for kind in kinds if kind.can_be_turned_off} == TURNED_OFF
    assert {kind.name for kind in kinds if kind.default != Pace.AT_ONCE} == IN_DIGESTS
    assert {kind.name for kind in kinds if kind.holds_a_right} == {
        "events.promotion_offer",
        "events.offer",
        "events.organiser_invited",
        "projects.update_due",
        "surveys.invitation",
        "surveys.reminder",
        "surveys.way_back",
    }
