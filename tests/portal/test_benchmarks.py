"""What the measurements promise of their results. Nothing here measures."""

import json

import pytest

from benchmarks import counting, gate, results
from benchmarks.promises import verdict
from benchmarks.rows import Goal, Row


def test_a_second_run_on_a_day_gets_a_file_of_its_own_and_a_run_cut_short_keeps_what_it_has(tmp_path):
    first = results.ResultFile(unit="ms", folder=tmp_path)
    first.add(Row("page", "home", "ms", 40.0, 44.0, (Goal("× a lean page", 4.0, 4.4),)))
    said = first.path.read_text()

    second = results.ResultFile(unit="ms", folder=tmp_path)
    second.add(Row("page", "home", "ms", 50.0, None, (Goal("× a lean page", 5.0, 4.4),)))

    assert first.path.read_text() == said
    assert "4.00 × a lean page (≤ 4.4: met)" in said
    assert "5.00 × a lean page (≤ 4.4: **missed**)" in second.path.read_text()
    assert second.path.stem == f"{first.path.stem}-2"
    assert json.loads(first.path.with_suffix(".json").read_text())["rows"][0]["figure"] == 40.0


def test_the_last_result_is_the_newest_counted_one_and_never_one_set_aside_under_a_name(tmp_path):
    assert results.last(tmp_path) is None
    for unit, called, figure in (
        ("ms", "", 1.0),
        ("Mi", "", 2.0),
        ("Mi", "", 3.0),
        ("ms", "", 4.0),
        ("Mi", "before", 5.0),
    ):
        results.ResultFile(unit=unit, called=called, folder=tmp_path).add(Row("page", "home", unit, figure))
    (tmp_path / "2026-11-22.json").write_text('{"date": "2026-11-22", "ratios": []}')

    assert results.last(tmp_path)["rows"][0]["figure"] == 3.0


@pytest.mark.parametrize(("unit", "scale"), [("Mi", 1), ("ms", 3)])
def test_the_gate_names_what_costs_over_a_quarter_more_than_in_the_last_result(unit, scale):
    rows = [{"name": gate.LEAN, "figure": 24 / scale}, {"name": "home", "figure": 96 / scale}]
    last = {"unit": unit, "date": "2026-11-26", "rows": rows}

    assert gate.dearer({gate.LEAN: 24, "home": 119, "a page that is new": 900}, last) == []
    [sentence] = gate.dearer({gate.LEAN: 24, "home": 121}, last)
    assert sentence.startswith("home: ")
    assert sentence.endswith("on 2026-11-26")


def test_where_instructions_cannot_be_counted_the_unit_is_processor_time(monkeypatch):
    monkeypatch.setattr(counting, "_counter", lambda: None)
    before = counting.spent()
    sum(range(100_000))

    assert counting.unit() == "ms"
    assert counting.spent() > before


def test_a_promise_is_kept_only_where_nothing_went_wrong_and_its_control_did():
    kept = {"promise": "p1", "n": 500, "oversold": 0, "replayed": {"lost": 0}, "control": {"oversold": 3}}
    kept |= {"killed": 10, "mails": 1000}

    assert verdict.faults(kept) == []
    assert verdict.faults(kept | {"oversold": 1}) == ["oversold 1"]
    assert verdict.faults(kept | {"replayed": {"lost": 2}}) == ["replayed: lost 2"]
    assert verdict.faults(kept | {"mails": 1001}) == ["mails 1001, not 1000"]
    assert verdict.faults(kept | {"control": {"oversold": 0, "5xx": 2}}) == ["the control did not go wrong"]


def test_a_sign_up_is_as_quick_as_promised_only_within_each_of_its_goals():
    quick = {"n": 5, "p95_ratio": 1.1, "times_the_bare_update": 0.4, "statements": {10: 8, 10_000: 8}, "control": None}

    assert verdict.faults(quick) == []
    assert verdict.faults(quick | {"p95_ratio": 1.2}) == ["95th percentile 1.2 times that with 50"]
    assert verdict.faults(quick | {"times_the_bare_update": 0.2}) == ["0.2 times the bare update"]
    assert verdict.faults(quick | {"times_the_peer": 9.5}) == ["9.5 times the peer"]
    assert verdict.faults(quick | {"statements": {10: 8, 10_000: 9}}) == ["statements [8, 9]"]
    assert verdict.faults(quick | {"statements": {10: 13, 10_000: 13}}) == ["statements [13, 13]"]


def test_a_hall_is_promised_equal_screens_in_time_flat_memory_and_each_goal_of_the_fan_out():
    p13 = {"promise": "p13", "n": 500, "unequal": 0, "late": 0, "control": {"unequal": 50}}

    assert verdict.faults(p13) == []
    assert verdict.faults(p13 | {"unequal": 1}) == ["unequal 1"]
    assert verdict.faults(p13 | {"control": {"unequal": 0}}) == ["the control did not go wrong"]
    assert verdict.faults({"growth": 1.2}) == ["memory grew 1.2 times"]
    assert verdict.faults({"goals": ["met: C1", "MISSED: C3"]}) == ["MISSED: C3"]
