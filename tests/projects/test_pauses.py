"""A paused project says why, what was learned and until when; what is of the record is marked, until it goes on."""

import datetime as dt
import re
from html import unescape
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from core import clock
from core.errors import Refused
from core.inbox import Reader
from projects import inbox
from projects.models import Project
from projects.portfolio import nudging
from projects.portfolio.operations import (
    finish_project,
    launch,
    pause_project,
    post_update,
    put_on_record,
    resume_project,
    stop_project,
    take_off_record,
)
from search.sources import SOURCES
from tests.factories.projects import ProjectFactory
from tests.projects.days import noon

pytestmark = pytest.mark.django_db
WHY = {"because": "The law changes in spring.", "lesson": "Ask the lawyers first."}


@pytest.fixture
def project(harlow):
    return ProjectFactory(running=True, lead_council=harlow, last_updated_at=noon(40))


def in_days(days):
    return clock.today() + dt.timedelta(days=days)


@pytest.fixture
def paused(project, grace):
    return pause_project(project, by=grace, look_again_on=in_days(90), **WHY)


def read(response):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def waiting_for(person):
    return inbox.pauses_to_end(Reader(person, since=clock.now() - dt.timedelta(days=7)))


def test_a_pause_says_why_what_was_learned_and_until_when(project, grace):
    for missing, sentence in (
        ({"because": " "}, "Say why it is paused."),
        ({"lesson": " "}, "Say what was learned so far."),
        ({"look_again_on": clock.today()}, "Give a day to come"),
    ):
        with pytest.raises(Refused, match=sentence):
            pause_project(project, by=grace, **{**WHY, "look_again_on": in_days(90), **missing})


def test_the_database_refuses_half_a_pause_and_one_of_what_has_ended(paused):
    again = {"paused_on": clock.today(), "paused_because": "Law", "look_again_on": in_days(9)}
    for wrong in (
        {"paused_because": ""},
        {"lesson": ""},
        {"look_again_on": None},
        {"look_again_on": clock.today()},
        {"paused_on": None},
        {"stage": "stopped", "ended_on": clock.today(), **again},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Project.objects.filter(pk=paused.pk).update(**wrong)


def test_a_paused_project_is_neither_late_nor_rated_nor_are_its_people_asked(paused, grace, deliver):
    assert paused.freshness == Project.Freshness.PAUSED
    assert list(Project.objects.with_freshness("paused")) == [paused]
    assert not Project.objects.late().exists()
    nudging.ask_for_updates()
    assert deliver() == []


def test_before_its_day_it_waits_for_nobody_and_on_it_for_those_who_lead_it(paused, grace, amina, on_day):
    assert waiting_for(grace) == []

    Project.objects.update(paused_on=in_days(-90), look_again_on=clock.today())

    [line] = waiting_for(grace)
    assert (line.title, line.at) == (paused.title, clock.today())
    assert line.actions[0].text == "Let it go on or stop it"
    assert waiting_for(amina) == []


def test_it_goes_on_with_a_line_and_its_rhythm_begins_anew(paused, grace):
    with pytest.raises(Refused, match="Say in one line"):
        resume_project(paused, by=grace, line=" ")

    resume_project(paused, by=grace, line="The law is through.")

    paused.refresh_from_db()
    assert paused.freshness == Project.Freshness.FRESH
    assert paused.updates.get().rating == "green"
    assert (paused.paused_because, paused.lesson) == ("", WHY["lesson"])
    with pytest.raises(Refused, match="is not paused"):
        resume_project(paused, by=grace, line="Again.")


def test_while_it_is_paused_it_is_neither_launched_nor_finished_nor_paused_again(paused, grace):
    for act in (launch, finish_project):
        with pytest.raises(Refused, match="Let it go on first"):
            act(paused, by=grace)
    with pytest.raises(Refused, match="paused already"):
        pause_project(paused, by=grace, look_again_on=in_days(90), **WHY)


def test_a_paused_project_may_be_stopped(paused, grace):
    stopped = stop_project(paused, by=grace, lesson="The law came to nothing.")

    assert (stopped.stage, stopped.is_paused) == (Project.Stage.STOPPED, False)


def test_only_those_who_lead_it_pause_it(project, amina, boris):
    for person in (amina, boris):
        with pytest.raises(PermissionDenied):
            pause_project(project, by=person, look_again_on=in_days(90), **WHY)


def test_what_was_learned_is_found_and_the_result_says_paused_or_stopped(paused, grace):
    source = SOURCES["project"]

    found = source.to_document(source.rows().get(pk=paused.pk))
    assert found.label == "Paused"
    assert WHY["lesson"] in found.body
    assert WHY["because"] in found.body

    stop_project(paused, by=grace, lesson="Share the lawyers.")
    found = source.to_document(source.rows().get(pk=paused.pk))
    assert (found.label, "Share the lawyers." in found.body) == ("Stopped", True)


def test_the_page_offers_the_pause_says_it_and_lets_it_go_on(client, signed_in, grace, project):
    lead, here = signed_in(grace), project.get_absolute_url()
    day = in_days(90)

    kept = lead.post(f"{here}pause/", {"pause-because": "The law.", "pause-lesson": ""})
    assert 'value="The law."' in kept.content.decode()
    answer = lead.post(
        f"{here}pause/",
        {
            "pause-because": "The law.",
            "pause-lesson": "Ask.",
            "pause-look_again_on_day": day.day,
            "pause-look_again_on_month": day.month,
            "pause-look_again_on_year": day.year,
        },
    )

    assert answer.status_code == 302, answer.context["pause_form"].errors
    client.logout()
    words = read(client.get(here))
    assert "Paused: The law." in words
    assert "What was learned so far: Ask." in words
    assert "Next update due" not in words
    assert "Let it go on" in read(signed_in(grace).get(here))
    lead.post(f"{here}resume/", {"resume-line": "On again."})
    assert "On again." in read(lead.get(here))


def test_the_lists_find_the_paused_and_the_dormant(client, paused, harlow):
    dormant = ProjectFactory(title="Asleep", running=True, last_updated_at=noon(57))

    assert [line.title for line in client.get("/projects/?freshness=paused").context["found"].lines] == [paused.title]
    assert [line.title for line in client.get("/projects/?freshness=dormant").context["found"].lines] == [dormant.title]
    board = read(client.get("/board/"))
    assert "Only the dormant (1) Only the paused (1)" in board
    assert "1 of 2 projects ." in read(client.get("/board/?freshness=paused"))
    assert "1 of 2 projects ." in read(client.get("/board/?freshness=dormant"))


# What is of the record --------------------------------------------------------------------------------------


def test_what_begins_in_2014_is_of_the_record_until_somebody_says_that_it_goes_on_today(harlow, fatima, grace):
    outcome = ProjectFactory(lead_council=harlow, outcome_of_year=2014)
    assert outcome.freshness == Project.Freshness.HISTORY
    with pytest.raises(PermissionDenied):
        take_off_record(outcome, by=grace, line="It goes on.")

    going_on = take_off_record(outcome, by=fatima, line="It goes on.")

    assert going_on.freshness == Project.Freshness.FRESH
    Project.objects.update(last_updated_at=noon(40))
    assert list(Project.objects.late()) == [outcome]
    assert inbox.updates_overdue(Reader(grace, since=clock.now()))


def test_only_what_began_by_2015_is_put_on_the_record(harlow, fatima, grace, project):
    old = ProjectFactory(lead_council=harlow, is_of_the_record=False)

    with pytest.raises(Refused, match="31 December 2015"):
        put_on_record(project, by=fatima)
    with pytest.raises(PermissionDenied):
        put_on_record(old, by=grace)
    assert put_on_record(old, by=fatima).freshness == Project.Freshness.HISTORY
    with pytest.raises(Refused, match="already"):
        put_on_record(old, by=fatima)


def test_the_mark_alone_decides_and_not_the_day_it_began(harlow, grace):
    goes_on = ProjectFactory(lead_council=harlow, is_of_the_record=False, last_updated_at=clock.now())

    assert goes_on.freshness == Project.Freshness.FRESH
    assert goes_on in Project.objects.living()
    assert post_update(goes_on, line="On.", by=grace).rating == "green"


def test_facilitators_alone_find_the_buttons_of_the_record(signed_in, fatima, grace, harlow):
    told = ProjectFactory(lead_council=harlow)

    assert "It goes on today" in read(signed_in(fatima).get(told.get_absolute_url()))
    assert "It goes on today" not in read(signed_in(grace).get(told.get_absolute_url()))
    signed_in(fatima).post(f"{told.get_absolute_url()}revive/", {"revive-line": "On."})
    told.refresh_from_db()
    assert not told.is_of_the_record
    signed_in(fatima).post(f"{told.get_absolute_url()}on-record/")
    told.refresh_from_db()
    assert told.is_of_the_record


def test_the_rows_of_a_running_site_are_marked_by_the_day_they_began(harlow):
    step = import_module("projects.migrations.0004_freshness_ratings_and_pauses")
    told, today = ProjectFactory(is_of_the_record=False), ProjectFactory(running=True)

    step.mark_the_record(apps, None)

    assert [Project.objects.get(pk=each.pk).is_of_the_record for each in (told, today)] == [True, False]
