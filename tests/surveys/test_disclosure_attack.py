"""From everything that is printed of a survey nobody can work out what fewer than ten people answered.

Twenty of the five hundred made-up surveys that `python -m benchmarks.disclosure` attacks.
"""

from itertools import product

import pytest

from benchmarks.disclosure import of_control, released, survey_of
from benchmarks.made_surveys import eight_rows
from surveys.disclosure import attack, compute_release, lines, release
from surveys.disclosure.attack import ReadColumn, ReadRelease, attack_margin, whole_numbers
from surveys.disclosure.model import Model
from surveys.disclosure.rounding import to_nearest, whole_percent
from surveys.disclosure.values import MergeStep
from tests.surveys.survey_answers import people, plan_for


@pytest.fixture(autouse=True)
def attacked_once(monkeypatch):
    """What is printed of one margin is attacked once, though its release is attacked as it is made and once it is.

    The attack is given no more than what tells one try from another, so that it cannot go by anything else.
    """
    known = {}

    def once(now, then, margin, stayed):
        told = [ReadRelease(each.response, {margin: each.columns.get(margin, [])}) for each in (now, then)]
        if (tried := repr((margin, told, stayed))) not in known:
            known[tried] = attack_margin(*told, margin, stayed)
        return known[tried]

    monkeypatch.setitem(attack.__globals__, "attack_margin", once)
    monkeypatch.setattr(release, "attack_margin", once)


@pytest.mark.parametrize("seed", range(20))
def test_an_attack_on_a_made_up_survey_finds_nobody(seed):
    plan = eight_rows()

    _, _, pins = released(plan, survey_of(seed, plan))

    assert pins == []


def test_without_hiding_what_is_withheld_behind_other_figures_the_attack_finds_people():
    found = [of_control(seed) for seed in range(3)]

    assert sum(each["pinned_below_ten"] for each in found) > 0


def test_what_is_found_at_release_is_withheld_before_it_is_printed(monkeypatch):
    plan = eight_rows()
    survey = survey_of(0, plan)
    monkeypatch.setattr("surveys.disclosure.suppressing.MarginInBreakdown.is_hidden", lambda *_: True)
    monkeypatch.setattr("surveys.disclosure.groups._with_enough_others", lambda small, *_: tuple(small))

    assert attack(lines(compute_release(plan, survey.now))) == []


def test_the_attack_finds_every_count_that_a_table_of_exact_edges_tells():
    """Of England, Scotland and Wales the last is left out by hand: it is the total less the others."""
    respondents = people("england", yes=60, no=40) + people("scotland", yes=20, no=20) + people("wales", yes=12, no=11)
    groups = {"england": "England", "scotland": "Scotland", "wales": "Wales"}
    printed = lines(compute_release(plan_for(groups=groups, ladder=()), respondents))

    without_wales = [line for line in printed if line["margin"] == "response" or line["part"] != "wales"]
    found = {(pin.groups, pin.choices): (pin.least, pin.most) for pin in attack(without_wales)}

    for choice, true in (("yes", 12), ("no", 11)):
        least, most = found[("wales",), (choice,)]
        assert least <= true <= most
        assert most - least < 10


def test_figures_are_read_as_every_whole_number_that_would_be_printed_so():
    for base, yes in product(range(10, 40), range(0, 40, 3)):
        if yes > base:
            continue
        answers = (("yes",), ("no",)), (yes, base - yes)
        shares = [(name, whole_percent(n, of=base), to_nearest(n)) for name, n in zip(*answers, strict=True)]
        figures = [share[1:] for share in shares]
        column = ReadColumn("nation", ("wales",), to_nearest(base), tuple(shares), None, (("yes",), ("no",)))

        least, most, spans = whole_numbers(column)
        others = [
            (n, k)
            for n in range(base - 6, base + 7)
            for k in range(n + 1)
            if n and to_nearest(n) == column.base
            and [(whole_percent(each, of=n), to_nearest(each)) for each in (k, n - k)] == figures
        ]  # fmt: skip

        assert (least, most) == (min(n for n, _ in others), max(n for n, _ in others))
        assert spans[0] == (min(k for _, k in others), max(k for _, k in others))


def test_a_programme_finds_the_least_and_most_of_whole_counts():
    model = Model()
    for key in "abc":
        model.variable(key, 7)
    model.require_keys([("a", 2), ("b", 2), ("c", 1)], 9, 9)

    assert model.span([("c", 1)]) == (1, 7)  # odd, so never 0
    assert model.span([("a", 1)]) == (0, 4)
    assert model.span([("a", 1), ("b", 1)]) == (1, 4)


def test_a_group_inside_a_merged_column_is_told_no_more_of_than_the_column_tells():
    step = MergeStep("outside_england", "Outside England", ("scotland", "wales", "ni"))
    respondents = people("england", yes=60, no=40) + people("scotland", yes=5, no=3) + people("wales", yes=1, no=3)
    release = compute_release(plan_for(ladder=(step,)), respondents)

    assert [column.part for column in release.columns] == ["", "england", "outside_england"]
    assert attack(lines(release)) == []
