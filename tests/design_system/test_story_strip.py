"""The story strip: an ordered list; where there is little room its middle folds, never the present node."""

from datetime import date

import pytest
from django.template.loader import render_to_string

from design_system.strip import folded
from tests.design_system.html import Strict


def nodes(how_many: int, present: int | None = None) -> list[dict]:
    return [
        {"kind": "Need", "title": f"Node {n}", "fact": "", "url": None, "state": "present" if n == present else "past"}
        for n in range(how_many)
    ]


def test_five_nodes_fit_and_nothing_folds():
    assert folded(nodes(5)).folded == []


def test_of_nine_nodes_the_first_two_and_last_three_stay_in_sight():
    strip = folded(nodes(9, present=7))

    assert [node["title"] for node in strip.folded] == ["Node 2", "Node 3", "Node 4", "Node 5"]


@pytest.mark.parametrize("present", range(9))
def test_the_first_the_present_and_the_last_node_never_fold(present):
    hidden = {node["title"] for node in folded(nodes(9, present=present)).folded}

    assert hidden.isdisjoint({"Node 0", f"Node {present}", "Node 8"})


@pytest.mark.parametrize("present", [None, *range(9)])
def test_what_stays_in_sight_fits_a_narrow_desktop(present):
    strip = folded(nodes(9, present=present))
    folds = sum("fold" in node for node in strip.nodes)

    assert len(strip.nodes) - len(strip.folded) + folds <= 6


def test_a_present_node_in_the_middle_folds_both_sides():
    strip = folded(nodes(9, present=4))

    assert [[node["title"] for node in node["fold"]] for node in strip.nodes if "fold" in node] == [
        ["Node 2", "Node 3"],
        ["Node 5", "Node 6", "Node 7"],
    ]


def test_six_nodes_fit_too():
    assert folded(nodes(6)).folded == []


def test_the_line_to_what_is_to_come_is_marked():
    story = [*nodes(2), {"kind": "Case study", "title": "Next", "state": "future"}]

    assert [bool(node.get("leads_to_future")) for node in folded(story).nodes] == [False, True, False]


def test_a_date_is_written_as_people_write_it():
    story = [{"kind": "Need", "title": "A", "state": "past", "date": date(2014, 5, 14)}]

    assert "14 May 2014" in render_to_string("components/story_strip.html", {"nodes": story})


def test_the_strip_is_one_ordered_list_of_sound_html():
    html = render_to_string("components/story_strip.html", {"nodes": nodes(9, present=7)})

    assert Strict(html).wrong == []
    assert html.lstrip().startswith("<ol")


def test_no_nodes_no_strip():
    assert render_to_string("components/story_strip.html", {"nodes": []}).strip() == ""


def with_future(past: int, to_come: int) -> list[dict]:
    future = [{"kind": f"Step {n}", "title": "To come", "state": "future"} for n in range(to_come)]
    return [*nodes(past, present=past - 1), *future]


def test_on_a_phone_what_comes_after_the_next_step_is_one_press_away():
    html = render_to_string("components/story_strip.html", {"nodes": with_future(3, 6)})

    above, below = html.split('<details class="lda-story__rest">')
    assert "All nine steps" in below
    assert "6 to come" in below
    assert below.count("lda-story__node--future") == 5
    assert [above.count(f"lda-story__node--{name}") for name in ("next", "rest")] == [1, 5]
    assert Strict(html).wrong == []


@pytest.mark.parametrize("to_come", [0, 1, 2])
def test_one_step_alone_does_not_fold_on_a_phone(to_come):
    assert "lda-story__rest" not in render_to_string("components/story_strip.html", {"nodes": with_future(4, to_come)})


def test_a_story_told_to_its_end_folds_its_middle_on_a_phone_too():
    complete, going_on = (
        render_to_string("components/story_strip.html", {"nodes": story})
        for story in (nodes(9, present=8), with_future(5, 4))
    )

    assert "lda-story--complete" in complete
    assert "lda-story--complete" not in going_on


def test_the_present_of_the_four_steps_is_said_in_a_sentence_too():
    steps = [
        {"label": "Discovery Day", "state": "past"},
        {"label": "Co-Design Day", "note": "Since 1 May", "state": "present"},
    ]

    html = render_to_string("components/stepper.html", {"steps": steps})

    assert "<strong>Step 2 of 2, Co-Design Day.</strong> Since 1 May." in html
    assert Strict(html).wrong == []
