"""Apps further up add sections to a record's page without the page knowing them."""

import pytest

from core import panels
from core.panels import Panel


class Record:
    pass


class Other:
    pass


@pytest.fixture(autouse=True)
def empty_registry(monkeypatch):
    monkeypatch.setattr(panels, "_panels", panels.defaultdict(list))


def test_a_page_shows_what_was_registered_for_its_kind_in_order():
    panels.register(Record, lambda record, user: Panel("late.html", order=200))
    panels.register(Record, lambda record, user: Panel("early.html", {"reader": user}, order=10))
    panels.register(Other, lambda record, user: Panel("elsewhere.html"))

    found = panels.panels_for(Record(), "amina")

    assert [panel.template for panel in found] == ["early.html", "late.html"]
    assert found[0].context == {"reader": "amina"}


def test_nothing_to_show_leaves_no_panel():
    panels.register(Record, lambda record, user: None)

    assert panels.panels_for(Record(), None) == []


def test_a_place_picks_its_panels_only():
    panels.register(Record, lambda record, user: Panel("main.html"))
    panels.register(Record, lambda record, user: Panel("side.html", place="side"))

    assert [panel.template for panel in panels.panels_for(Record(), None, place="side")] == ["side.html"]


def test_registering_twice_shows_once():
    def votes(record, user):
        return Panel("votes.html")

    panels.register(Record, votes)
    panels.register(Record, votes)

    assert len(panels.panels_for(Record(), None)) == 1


def test_a_template_gets_both_columns_and_each_panel_is_asked_once():
    asked = []
    panels.register(Record, lambda record, user: asked.append(user) or Panel("main.html"))
    panels.register(Record, lambda record, user: Panel("side.html", place="side"))

    context = panels.panel_context(Record(), "amina")

    assert [panel.template for panel in context["panels"]] == ["main.html"]
    assert [panel.template for panel in context["side_panels"]] == ["side.html"]
    assert asked == ["amina"]


def test_a_page_that_asks_place_by_place_has_each_panel_made_once():
    made = []
    panels.register(Record, lambda record, user: made.append(record) or Panel("side.html", place="side"))
    record = Record()

    panels.panels_for(record, "amina", place="main")
    panels.panels_for(record, "amina", place="side")

    assert made == [record]
