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

    found = panels.panel_context(Record(), "amina")["panels"]

    assert [panel.template for panel in found] == ["early.html", "late.html"]
    assert found[0].context == {"reader": "amina"}


def test_nothing_to_show_leaves_no_panel():
    panels.register(Record, lambda record, user: None)

    assert not any(panels.panel_context(Record(), None).values())


def test_a_place_picks_its_panels_only():
    panels.register(Record, lambda record, user: Panel("main.html"))
    panels.register(Record, lambda record, user: Panel("side.html", place="side"))

    assert [panel.template for panel in panels.panel_context(Record(), None)["side_panels"]] == ["side.html"]


def test_registering_twice_shows_once():
    def votes(record, user):
        return Panel("votes.html")

    panels.register(Record, votes)
    panels.register(Record, votes)

    assert len(panels.panel_context(Record(), None)["panels"]) == 1


def test_a_template_gets_both_columns_and_each_panel_is_asked_once():
    asked = []
    panels.register(Record, lambda record, user: asked.append(user) or Panel("main.html"))
    panels.register(Record, lambda record, user: Panel("side.html", place="side"))

    context = panels.panel_context(Record(), "amina")

    assert [panel.template for panel in context["panels"]] == ["main.html"]
    assert [panel.template for panel in context["side_panels"]] == ["side.html"]
    assert asked == ["amina"]


def test_what_a_page_has_from_elsewhere_stands_among_them_in_order():
    panels.register(Record, lambda record, user: Panel("late.html", order=200))
    panels.register(Record, lambda record, user: Panel("early.html", order=10))

    context = panels.panel_context(Record(), "amina", also=[Panel("between.html"), Panel("side.html", place="side")])

    assert [panel.template for panel in context["panels"]] == ["early.html", "between.html", "late.html"]
    assert [panel.template for panel in context["side_panels"]] == ["side.html"]
