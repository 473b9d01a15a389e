"""What of a survey may be printed: no figure tells of fewer than ten people, nor of what a small group all said."""

import random
import subprocess
import sys

import pytest
from django.conf import settings

from surveys.disclosure import EarlierWave, attack, compute_release, lines
from surveys.disclosure.release import WHY_WITHHELD
from surveys.disclosure.rounding import to_nearest, two_figures, whole_percent
from surveys.disclosure.values import (
    LIMITS,
    MONEY,
    MULTIPLE,
    NOBODY,
    NOT_ASKED,
    NUMBER,
    PRINTED,
    WITHHELD,
    Limits,
    Lowered,
    OpenedAnswers,
    PlannedRow,
    PrintedCategory,
    each_alone,
)
from tests.surveys.survey_answers import givers, people, plan_for

BIG = people("england", yes=60, no=40)
TWO = {"england": "England", "scotland": "Scotland"}
THREE = TWO | {"wales": "Wales"}
SAVED = PlannedRow("saved", kind=MONEY)


def state_of(nation, respondents, *, rows=(), groups=TWO, **options):
    """Whether the column of a nation is printed; the rest of the country is so large that it hides nobody."""
    release = compute_release(plan_for(*rows, groups=groups, ladder=()), respondents, **options)
    margin = release.columns[0].margin
    column = release.column(margin, "nation", nation)
    return column.state if column else "none"


# Who stands behind a figure ---------------------------------------------------------------------------------


def test_a_column_of_ten_people_is_printed_and_one_of_nine_is_not():
    assert state_of("scotland", BIG + people("scotland", yes=6, no=4)) == PRINTED
    assert state_of("scotland", BIG + people("scotland", yes=5, no=4)) == "none"


def test_ten_officers_of_four_councils_have_no_column():
    assert state_of("scotland", BIG + people("scotland", organisations=5, yes=6, no=4)) == PRINTED
    assert state_of("scotland", BIG + people("scotland", organisations=4, yes=6, no=4)) == "none"


def test_no_council_gives_more_than_two_fifths_of_a_column():
    def with_share(number):
        one = people("scotland", organisations=1, yes=2, no=number - 2)
        others = [
            OpenedAnswers(f"other-{at}", each.bands, each.answers)
            for at, each in enumerate(people("scotland", yes=5, no=7))
        ]
        return BIG + one + others

    assert state_of("scotland", with_share(8)) == PRINTED  # 8 of 20
    assert state_of("scotland", with_share(9)) == "none"


def test_who_skipped_a_question_is_not_behind_its_figures():
    few_answered = people("scotland", yes=5, no=4, skipped=20) + people("wales", yes=20, no=20)
    release = compute_release(plan_for(groups=THREE, ladder=()), BIG + few_answered)

    assert [release.column("strategy", "nation", nation).state for nation in THREE] == [PRINTED, WITHHELD, WITHHELD]


def test_what_fewer_than_thirty_all_said_is_not_printed():
    assert state_of("scotland", BIG + people("scotland", yes=30)) == PRINTED
    assert state_of("scotland", BIG + people("scotland", yes=29)) == "none"


def test_what_none_of_fewer_than_thirty_said_is_not_printed_either_unless_on_a_coarser_scale():
    three = PlannedRow("strategy", ("yes", "no", "unsure"))
    coarse = (PrintedCategory("yes", ("yes",)), PrintedCategory("other", ("no", "unsure")))
    with_scale = PlannedRow("strategy", three.choices, scales=(each_alone(three.choices), coarse))
    respondents = people("england", yes=60, no=40, unsure=20) + people("scotland", yes=10, no=10)

    assert state_of("scotland", respondents, rows=[three]) == "none"
    assert state_of("scotland", respondents, rows=[with_scale]) == PRINTED


# Money ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sums", "expected"),
    [
        ([10] * 10, PRINTED),
        ([10] * 9 + [60], PRINTED),  # 40% of the sum
        ([10] * 9 + [61], "none"),
        ([10] * 10 + [75, 75], PRINTED),  # two give 60%
        ([10] * 10 + [76, 75], "none"),
    ],
)
def test_a_mean_of_money_needs_ten_organisations_of_which_none_and_no_two_give_most(sums, expected):
    everybody = givers("england", *[20] * 50) + givers("scotland", *sums)

    assert state_of("scotland", everybody, rows=[SAVED]) == expected


def test_a_mean_of_money_of_twelve_people_in_nine_organisations_is_not_printed():
    def with_organisations(number):
        scots = givers("scotland", *[10] * 12)
        several = [OpenedAnswers(f"scotland-{at % number}", each.bands, each.answers) for at, each in enumerate(scots)]
        return givers("england", *[20] * 50) + several

    assert state_of("scotland", with_organisations(10), rows=[SAVED]) == PRINTED
    assert state_of("scotland", with_organisations(9), rows=[SAVED]) == "none"


def test_money_is_printed_with_two_figures_and_no_least_or_most():
    release = compute_release(plan_for(SAVED), givers("england", *range(1_000_000, 1_000_030)))

    [total] = [line for line in lines(release) if line["margin"] == "saved"]

    assert {key: value for key, value in total.items() if value} == {
        "margin": "saved", "base": "30", "mean": "1000000"
    }  # fmt: skip


def test_a_mean_that_says_what_each_of_a_few_answered_is_withheld():
    share = PlannedRow("saved", kind=NUMBER, most=100)

    assert state_of("scotland", givers("england", *[20] * 50) + givers("scotland", *[100] * 20), rows=[share]) == "none"
    assert state_of("scotland", givers("england", *[20] * 50) + givers("scotland", *[90] * 20), rows=[share]) == PRINTED


# Groups without a column ------------------------------------------------------------------------------------


def test_small_nations_are_merged_and_each_says_so():
    release = compute_release(plan_for(), BIG + people("scotland", yes=4, no=4) + people("wales", yes=2, no=2))

    assert [part.words for part in release.parts["nation"]] == ["England", "Outside England"]
    assert release.why_no_column["nation", "wales"] == (
        "Wales: only 4 people responded, so it is shown together with Scotland and Northern Ireland"
        " as “Outside England”."
    )
    assert release.why_no_column["nation", "ni"] == "Northern Ireland: nobody responded."


def test_without_a_step_to_merge_a_small_nation_is_left_out_with_another_that_hides_it():
    respondents = BIG + people("scotland", yes=20, no=20) + people("wales", yes=2, no=2)
    release = compute_release(plan_for(groups=THREE | {"ni": "Northern Ireland"}, ladder=()), respondents)

    assert release.why_no_column["nation", "wales"] == "Wales: only 4 people responded, so there is no column."
    assert release.why_no_column["nation", "scotland"].startswith("Scotland:")
    assert release.column("strategy", "nation", "scotland") is None


# What is hidden behind what ---------------------------------------------------------------------------------


def test_a_withheld_column_is_not_the_total_less_the_others():
    respondents = BIG + people("scotland", yes=5, no=4, skipped=5) + people("wales", yes=20, no=20)
    release = compute_release(plan_for(groups=THREE, ladder=()), respondents)

    assert release.column("strategy", "nation", "scotland").state == WITHHELD
    assert release.column("strategy", "nation", "wales").state == WITHHELD
    assert attack(lines(release)) == []


def test_where_nothing_hides_a_column_the_whole_breakdown_goes_and_says_why():
    respondents = BIG + people("scotland", yes=5, no=4, skipped=5)
    release = compute_release(plan_for(groups=TWO, ladder=()), respondents)

    assert release.column("strategy", "nation", "england") is None
    assert release.why_no_breakdown["strategy", "nation"].startswith("Not broken down")
    assert release.column("strategy").state == PRINTED


def test_a_withheld_figure_does_not_tell_which_rule_withheld_it():
    respondents = BIG + people("scotland", yes=9, skipped=5) + people("wales", yes=20, no=20)
    release = compute_release(plan_for(groups=THREE, ladder=()), respondents)

    assert {column.reason for column in release.columns if column.state == WITHHELD} == {WHY_WITHHELD}


def test_the_few_who_came_since_last_wave_are_not_the_difference_of_two_columns():
    before = BIG + people("scotland", yes=20, no=20) + people("wales", yes=20, no=20)
    plan = plan_for(groups=THREE, ladder=())
    then = compute_release(plan, before)
    newcomer = people("scotland", no=1)

    alike = EarlierWave(then, {("nation", "england"): 100, ("nation", "scotland"): 40, ("nation", "wales"): 40})
    linked = compute_release(plan, before + newcomer, earlier=alike)
    strangers = compute_release(plan, before + newcomer, earlier=EarlierWave(then, {}))

    assert linked.column("strategy").state == WITHHELD  # the totals tell it as well
    assert strangers.column("strategy", "nation", "scotland").state == PRINTED
    assert attack(lines(strangers), earlier=lines(then), stayed=alike.stayed)
    assert attack(lines(linked), earlier=lines(then), stayed=alike.stayed) == []


# What a cell without a number says, and how the others are rounded -------------------------------------------


def test_what_nobody_answered_and_what_was_not_asked_say_so():
    rows = [PlannedRow("skipped", ("yes", "no")), PlannedRow("dropped", ("yes", "no"), asked=False)]
    release = compute_release(plan_for(*rows), BIG)

    assert release.column("skipped").state == NOBODY
    assert release.column("dropped").state == NOT_ASKED


def test_each_choice_of_a_multiple_answer_is_counted_on_its_own():
    row = PlannedRow("services", ("web", "phone"), MULTIPLE)
    both, web = frozenset(["web", "phone"]), frozenset(["web"])
    answers = [both] * 20 + [web] * 30 + [frozenset()] * 10 + [None] * 10
    everybody = [OpenedAnswers(f"{at}", {"nation": "england"}, {"services": each}) for at, each in enumerate(answers)]
    release = compute_release(plan_for(row), everybody)

    assert [cell.percent for cell in release.column("services:web").cells] == [83, 17]
    assert [cell.count for cell in release.column("services:phone").cells] == [20, 40]


def test_counts_are_to_the_nearest_five_and_shares_whole_from_the_counts_as_they_are():
    release = compute_release(plan_for(), people("england", yes=61, no=33))
    column = release.column("strategy")

    assert (column.base, [(cell.count, cell.percent) for cell in column.cells]) == (95, [(60, 65), (35, 35)])
    assert [to_nearest(count) for count in (0, 2, 3, 7, 8, 12, 13)] == [0, 0, 5, 5, 10, 10, 15]
    assert [whole_percent(count, of=200) for count in (1, 2, 3)] == [1, 1, 2]  # half up
    assert [two_figures(mean) for mean in (0, 7, 1_401_316, 1_450_000)] == [0, 7, 1_400_000, 1_500_000]


def test_the_order_of_the_answers_makes_no_difference():
    respondents = BIG + people("scotland", yes=12, no=12) + people("wales", yes=2, no=2)
    shuffled = random.Random(1).sample(respondents, len(respondents))

    assert lines(compute_release(plan_for(), shuffled)) == lines(compute_release(plan_for(), respondents))


# Thresholds -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "is_ceiling"), LIMITS.items())
def test_a_threshold_may_be_made_stricter_and_never_laxer(name, is_ceiling):
    stricter = -1 if is_ceiling else 1

    Limits(**{name: getattr(Limits, name) + stricter})
    with pytest.raises(Lowered):
        Limits(**{name: getattr(Limits, name) - stricter})


def test_a_stricter_threshold_is_kept():
    respondents = BIG + people("scotland", yes=8, no=8)

    assert state_of("scotland", respondents) == PRINTED
    assert state_of("scotland", respondents, limits=Limits(respondents=20)) == "none"


def test_pages_never_load_the_solver():
    asked = "import sys, surveys.disclosure; sys.exit('scipy' in sys.modules or 'numpy' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", asked], cwd=settings.BASE_DIR).returncode == 0
