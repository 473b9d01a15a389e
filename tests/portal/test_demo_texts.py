"""What the demo's texts say agrees with how the portal works and with each other."""

from events.models import Event
from portal.demo import days
from portal.demo.discoveries_2014 import DISCOVERIES

OF_TODAY = (days.MOVING_HOUSE, days.BLUE_BADGES, days.AGILE, days.PROVING_WHO_YOU_ARE)


def agendas():
    for story in DISCOVERIES:
        for kind in (Event.Kind.DISCOVERY_DAY, Event.Kind.CO_DESIGN_DAY):
            yield days.told(story, kind, "London")["agenda"]
    for about in OF_TODAY:
        yield days.of_today(about, "London")["agenda"]


def test_no_agenda_promises_a_secret_vote_a_single_tick_or_paper():
    votes = 0
    for agenda in agendas():
        for entry in agenda:
            words = f"{entry.title} {entry.note}".lower()
            assert not any(wrong in words for wrong in ("secret", "one vote", "build it on paper")), words
            if entry.title == "Vote":
                votes += 1
                assert "ticks as many as they would pursue" in words

    assert votes == len(DISCOVERIES) + 2
