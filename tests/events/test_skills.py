"""The fourteen skills of 2014: chosen for events of the stream Skills, with a page each, and a filter of the list."""

import datetime as dt
import importlib

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from core.errors import Refused
from events.models import Event, Skill, SkillDemand
from events.programme.operations import change_event, publish_event
from tests.events.test_programme import TYPED, plan
from tests.factories.events import EventFactory
from tests.pages import words

pytestmark = pytest.mark.django_db

# As the report prints them (2.12): not important, important, key, important or key.
PRINTED = """User needs 1.0% 44.3% 54.6% 98.9%
Customer journey 2.1% 47.4% 50.5% 97.9%
Service design 4.0% 53.5% 42.4% 95.9%
Security 5.5% 57.1% 37.4% 94.5%
Digital inclusion 9.4% 56.3% 34.4% 90.7%
Digital strategies 9.5% 56.8% 33.7% 90.5%
Identity assurance 12.0% 55.4% 32.6% 88.0%
UX design 20.2% 49.4% 30.3% 79.7%
Web development 11.6% 58.9% 29.5% 88.4%
Agile 13.5% 63.5% 22.9% 86.4%
Social media 16.1% 65.6% 18.3% 83.9%
Procurement 30.3% 55.1% 14.6% 69.7%
Performance dashboards 29.3% 59.8% 10.9% 70.7%
Coding for non-techies 60.2% 32.3% 7.5% 39.8%""".splitlines()
SKILLS = {"stream": Event.Stream.SKILLS, "kind": Event.Kind.WORKSHOP}


def skill(slug):
    return Skill.objects.get(slug=slug)


def shown(client, address):
    return words(client.get(address))


def test_the_fourteen_skills_come_with_the_figures_of_the_report():
    said = [
        f"{each.skill} {each.not_important_share.with_unit} {each.important_share.with_unit} "
        f"{each.key_share.with_unit} {each.important_or_key.with_unit}"
        for each in SkillDemand.objects.select_related("skill")
    ]

    assert sorted(said) == sorted(PRINTED)


def test_the_page_of_a_skill_says_its_demand_with_its_base_and_source_and_lists_its_events(client):
    event = EventFactory(title="Interview five residents")
    event.skills.add(skill("user-needs"))
    EventFactory(title="Another day")

    text = shown(client, "/events/skills/user-needs/")

    for said in ("54.6%", "53 of 97 answers", "Local Digital Today 2014, 2.12", "31 December 2014", event.title):
        assert said in text
    assert "Another day" not in text


def test_the_page_of_skills_names_all_with_those_most_in_demand_first(client):
    text = shown(client, "/events/skills/")

    places = [text.index(f">{line.split(' ', 1)[0]}") for line in ("User needs", "Customer", "Coding")]
    assert places == sorted(places)
    assert all(f'/events/skills/{slug}/"' in text for slug in Skill.objects.values_list("slug", flat=True))


def test_the_events_of_each_skill_are_counted_and_the_counts_lead_to_them_and_all_is_a_file(client, asked):
    for title, moment in (("Interview five", {}), ("Sat beside residents", {"ended": True})):
        EventFactory(title=title, **moment).skills.add(skill("user-needs"))
    with asked() as few:
        text = shown(client, "/events/skills/")
    for each in Skill.objects.all():
        EventFactory().skills.add(each)
    with asked() as many:
        client.get("/events/skills/")

    assert len(many) == len(few)
    assert 'href="/events/?skill=user-needs">1<' in text
    assert 'href="/events/?skill=user-needs&amp;when=past">1<' in text
    assert "Sat beside residents" in shown(client, "/events/?skill=user-needs&when=past")
    file = client.get("/events/skills/?format=csv").content.decode()
    assert "User needs,54.6%,44.3%,1.0%,97,2,1" in file
    assert len([line for line in file.splitlines() if "%" in line]) == 14


def test_no_event_takes_the_address_of_the_skills(fatima):
    assert publish_event(by=fatima, **plan(title="Skills")).slug == "skills-event"


def test_an_event_that_had_the_address_gets_another():
    migration = importlib.import_module("events.migrations.0015_programme_and_outputs")
    EventFactory(slug="skills-event")
    event = EventFactory(slug="skills")

    migration.clear_the_address(apps, None)

    event.refresh_from_db()
    assert event.slug == "skills-event-2"


def test_skills_are_for_events_of_their_stream_alone(fatima):
    with pytest.raises(Refused) as refusal:
        publish_event(by=fatima, **plan(skills=[skill("agile")]))
    assert refusal.value.field == "skills"

    event = publish_event(by=fatima, **plan(skills=[skill("agile")], **SKILLS))
    change_event(event, by=fatima, title="Better")
    assert [each.name for each in event.skills.all()] == ["Agile"]
    change_event(event, by=fatima, stream=Event.Stream.FUTURES)
    assert not event.skills.exists()


def test_the_form_takes_skills_and_drops_those_of_another_stream(signed_in, fatima):
    client, chosen = signed_in(fatima), [skill("agile").pk, skill("security").pk]
    client.post("/events/new/", TYPED | SKILLS | {"skills": chosen})
    event = Event.objects.get()
    assert {each.slug for each in event.skills.all()} == {"agile", "security"}

    change = TYPED | {"skills": chosen, "stream": "futures", "revision": event.revision}
    client.post(f"{event.get_absolute_url()}edit/", change)
    assert not event.skills.exists()


def test_the_list_filters_by_skill(client):
    event = EventFactory(title="Sprint by sprint")
    event.skills.add(skill("agile"))
    EventFactory(title="Another day")

    text = shown(client, "/events/?skill=agile")

    assert "Sprint by sprint" in text
    assert "Another day" not in text
    assert "did not understand" in shown(client, "/events/?skill=juggling")


def test_the_streams_of_the_list_add_up_to_all_events(client):
    for number, stream in enumerate(Event.Stream.values, start=1):
        EventFactory.create_batch(number, stream=stream)

    counts = {
        option.value: option.count
        for facet in client.get("/events/").context["found"].facets
        if facet.name == "stream"
        for option in facet.options
    }

    assert counts == {"discovery": 1, "skills": 2, "futures": 3}
    assert sum(counts.values()) == Event.objects.count()


def test_a_skill_has_one_demand_in_a_survey_and_somebody_answered():
    demand = SkillDemand.objects.first()

    with pytest.raises(IntegrityError), transaction.atomic():
        SkillDemand.objects.create(skill=demand.skill, asked_on=demand.asked_on, not_important=1, important=1, key=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        SkillDemand.objects.create(
            skill=demand.skill, asked_on=demand.asked_on + dt.timedelta(1), not_important=0, important=0, key=0
        )
