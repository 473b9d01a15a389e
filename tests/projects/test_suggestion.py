"""The portal suggests a rating from what each app knows of a project, the worst of it, and says why."""

import datetime as dt

import pytest

from core import clock
from projects.portfolio import suggestion
from projects.portfolio.standing import standings
from projects.portfolio.suggestion import Signal, SuggestedRating, suggestions
from tests.factories.projects import ProjectFactory
from tests.projects.days import noon

pytestmark = pytest.mark.django_db


@pytest.fixture
def sources(monkeypatch):
    """The registry, with freshness alone, for this test to add to."""
    alone = {suggestion.FRESHNESS: suggestion.freshness_signals}
    monkeypatch.setattr(suggestion, "_sources", alone)
    return alone


def silent(days, **fields):
    return ProjectFactory(running=True, last_updated_at=noon(days), **fields)


def of(project):
    return suggestions([project])[project.pk]


def test_nothing_against_it_is_green_without_a_reason(sources):
    assert of(silent(0)) == SuggestedRating("green", ())


@pytest.mark.parametrize(("days", "colour"), [(14, "green"), (15, "amber"), (28, "amber"), (29, "red"), (90, "red")])
def test_an_update_that_is_due_is_amber_and_one_that_is_overdue_red(sources, days, colour):
    found = of(silent(days))

    assert found.colour == colour
    if colour != "green":
        assert found.in_words == f"no update for {days} days, one every 2 weeks was promised"


def test_the_worst_signal_decides_and_all_are_named_the_worst_first(sources):
    project, other = silent(15), silent(0)
    sources["blocks"] = lambda projects: {project.pk: [Signal("red", "blocked for 78 days", "/board/blockers/1/")]}
    sources["promises"] = lambda projects: {other.pk: [Signal("amber", "take-up is behind its promise")]}

    found = suggestions([project, other])

    assert found[project.pk].colour == "red"
    assert found[project.pk].in_words == ("blocked for 78 days; no update for 15 days, one every 2 weeks was promised")
    assert found[project.pk].signals[0].url == "/board/blockers/1/"
    assert (found[other.pk].colour, found[other.pk].in_words) == ("amber", "take-up is behind its promise")


def test_of_many_reasons_a_line_names_the_worst_and_says_how_many_more_there_are(sources):
    project = silent(0)
    missed = [Signal("amber", f"Promise missed: {number} calls.") for number in range(3)]
    sources["promises"] = lambda projects: {project.pk: [*missed, Signal("red", "blocked for 78 days")]}

    assert of(project).in_short == "blocked for 78 days, and 3 more"
    assert standings([project])[project.pk].reason == "Blocked for 78 days, and 3 more."
    assert ".;" not in of(project).in_words


def test_the_page_of_a_project_lists_every_reason_with_its_link(sources, client):
    project = silent(0)
    signals = [Signal("red", "blocked for 78 days", "/board/blockers/1/"), Signal("amber", "an action is late", "/x/")]
    sources["blocks"] = lambda projects: {project.pk: signals}

    page = client.get(project.get_absolute_url()).content.decode()

    assert '<li><a class="govuk-link" href="/board/blockers/1/">Blocked for 78 days</a></li>' in page
    assert '<li><a class="govuk-link" href="/x/">An action is late</a></li>' in page


def test_each_source_is_asked_once_for_all_projects_and_of_those_alone_that_are_rated(sources):
    asked = []
    sources["actions"] = lambda projects: asked.append([each.pk for each in projects]) or {}
    running = [silent(0), silent(40)]
    again = {"paused_on": clock.today(), "paused_because": "Law", "look_again_on": clock.today() + dt.timedelta(days=9)}
    others = [ProjectFactory(), silent(40, lesson="Ask first.", **again)]

    found = suggestions([*running, *others])

    assert asked == [[each.pk for each in running]]
    assert found.keys() == {each.pk for each in running}


def test_a_source_of_the_same_name_takes_the_place_of_the_other(sources):
    for words in ("one", "two"):
        suggestion.add_source("actions", lambda projects, words=words: {projects[0].pk: [Signal("amber", words)]})

    assert of(silent(0)).in_words == "two"


def test_whoever_writes_an_update_is_not_told_that_it_is_late(sources):
    project = silent(90)

    assert suggestion.suggestion_once_updated(project).colour == "green"
    sources["actions"] = lambda projects: {project.pk: [Signal("amber", "an action is late")]}
    assert suggestion.suggestion_once_updated(project).in_words == "an action is late"


def test_freshness_asks_the_database_nothing(sources, django_assert_num_queries):
    projects = [silent(days) for days in (0, 15, 40, 90)]

    with django_assert_num_queries(0):
        assert len(suggestions(projects)) == 4
