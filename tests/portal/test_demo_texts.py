"""What the demo's texts say agrees with how the portal works and with each other."""

import csv
import re

from django.conf import settings

from events.models import Event
from portal.demo import days
from portal.demo.asset_entries import ENTRIES
from portal.demo.board import PERMITS_DAY
from portal.demo.chosen import PLANNING_DAY, POTHOLES_DAY
from portal.demo.discoveries_2014 import DISCOVERIES
from portal.demo.editorial import CASE_STUDIES
from portal.demo.schedule_2014 import ABOUT, EVENTS

OF_TODAY = (
    *(days.MOVING_HOUSE, days.BLUE_BADGES, days.AGILE, days.PROVING_WHO_YOU_ARE),
    *(PLANNING_DAY, POTHOLES_DAY, PERMITS_DAY),
)


def agendas():
    for story in DISCOVERIES:
        for kind in (Event.Kind.DISCOVERY_DAY, Event.Kind.CO_DESIGN_DAY):
            yield days.of_2014(story, kind, "London")["agenda"]
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

    assert votes == len(DISCOVERIES) + 5


def test_what_is_about_emptied_and_missed_bins_stands_under_household_waste():
    lines = (settings.BASE_DIR / "councils/reference/services.csv").read_text().splitlines()
    rows = list(csv.reader(line for line in lines if not line.startswith("#")))
    services = {int(row[0]): row[1] for row in rows if row[0].isdigit()}
    needs = [need for story in DISCOVERIES for need in story.needs]
    found = [
        *((entry.name, entry.services) for entry in ENTRIES),
        *((need.title, (need.service,)) for need in needs),
        *((study["title"], (study["service"],)) for study in CASE_STUDIES),
    ]
    about_bins = [(title, numbers) for title, numbers in found if re.search(r"waste|\bbin|collection", title, re.I)]

    assert len(about_bins) == 7
    for title, numbers in about_bins:
        names = {services[number] for number in numbers}
        assert "Household waste collection" in names, title
        assert names <= {"Household waste collection", "Bulky waste collection"}, title


def test_each_workshop_debate_and_conference_of_2014_says_a_sentence_of_its_own():
    titles = [
        title for _, kind, title, *_ in EVENTS if kind not in {Event.Kind.DISCOVERY_DAY, Event.Kind.CO_DESIGN_DAY}
    ]

    assert sorted(ABOUT) == sorted(titles)
    assert len(set(ABOUT.values())) == len(ABOUT)
    for title, sentence in ABOUT.items():
        subject = title.rpartition(": ")[2].strip("?").lower()
        assert subject not in sentence.lower(), title


def test_each_case_study_was_approved_and_each_case_of_2014_summed_up_in_words_of_its_own():
    said = [study[who] for study in CASE_STUDIES for who in ("publisher_says", "editor_says")]
    said += [
        prototype.project["of_the_sums"]
        for story in DISCOVERIES
        for prototype in story.prototypes
        if {"case", "draft"} & set(prototype.project)
    ]

    assert len(said) == 12
    assert len(set(said)) == len(said)
