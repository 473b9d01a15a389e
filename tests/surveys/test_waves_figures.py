"""Every figure of the report of 2014 is printed as it stands there, and what follows from it is worked out anew."""

from decimal import Decimal

import pytest

from core.figures import Share
from events.models import Skill
from surveys.models import AskedRow, PrintedCell, ResultsTable, Wave, WaveNote
from surveys.waves.facts import (
    above_half,
    change_in_points,
    lead_over_second,
    places_moved,
    ranks,
    relative_change,
    sum_of_rounded,
)
from surveys.waves.operations import import_survey
from surveys.waves.queries import named_lines, response_of, values_of
from tests.surveys import printed
from tests.surveys.files import OURS

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def waves(both_waves):
    return {wave.year: wave for wave in Wave.objects.all()}


def column(wave, slug, measure=""):
    """The printed values of one measure by row; of the headline if none is named."""
    table = ResultsTable.objects.get(slug=slug)
    measure = measure or table.measures.get(is_headline=True).key
    return {row: each.value for (row, of), each in values_of(wave, table).items() if of == measure}


def note(key):
    return WaveNote.objects.get(wave__year=2014, key=key).words


def by_row(text):
    return [line.split() for line in text.splitlines()]


def pairs(text):
    said = text.split()
    return dict(zip(said[::2], said[1::2], strict=True))


def test_all_values_and_changes_of_the_eight_tables_with_two_years(waves):
    said = []
    for slug, text, expected in printed.CHANGES:
        before, now = column(waves[2013], slug), column(waves[2014], slug)
        rows = by_row(text)
        values = sum(
            (str(before[row] if before[row] is not None else "-"), str(now[row])) == (first, second)
            for row, first, second, _ in rows
        )
        changes = sum(str(change_in_points(before[row], now[row])) == change for row, *_, change in rows)
        said.append((slug, f"{values} of {len(rows)} rows", f"{changes} of {expected} changes"))

    assert said == [
        (slug, f"{len(by_row(text))} of {len(by_row(text))} rows", f"{expected} of {expected} changes")
        for slug, text, expected in printed.CHANGES
    ], said


def test_all_values_of_the_tables_of_one_year(waves):
    said = {}
    for slug, text in printed.ONE_YEAR:
        shown = {row: str(value) for row, value in column(waves[2014], slug).items()}
        said[slug] = f"{sum(shown[row] == value for row, value in pairs(text).items())} of {len(shown)}"

    assert said == {
        "value-to-sector": "5 of 5",
        "departments": "12 of 12",
        "priorities": "16 of 16",
        "seniority": "3 of 3",
    }


def test_the_five_roles_by_level(waves):
    levels = [column(waves[2014], "leads", f"level-{n}") for n in (1, 2, 3)]
    found = sum(tuple(level[row] for level in levels) == values for row, values in printed.BY_LEVEL.items())

    assert f"{found} of 5" == "5 of 5"
    assert sum(value is None for value in levels[0].values()) == 7


def test_every_count_gives_the_printed_share(waves):
    counted = PrintedCell.objects.filter(numerator__isnull=False, measure__unit="%")
    right = [
        each for each in counted if Share(each.numerator, each.denominator, places=each.places).value == each.exact
    ]

    assert f"{len(right)} of {len(counted)}" == "38 of 38"
    bases = {(each.row.table.slug, each.denominator) for each in counted.select_related("row__table")}
    assert bases == {
        ("strategy", 94), ("strategy-statements", 101), ("savings", 94), ("departments", 147), ("priorities", 68),
    }  # fmt: skip


def test_the_skills_are_one_table_with_the_events_and_rounded_shares_are_added(waves):
    table = ResultsTable.objects.get(slug="skills")
    shown = values_of(waves[2014], table)
    measures = ("not-important", "important", "key", "important-or-key")
    rows = by_row(printed.SKILLS)
    right = sum([str(shown[row, each].value) for each in measures] == said for row, *said in rows)
    raw = [
        Share(shown[row, "important"].numerator + shown[row, "key"].numerator, shown[row, "key"].denominator).value
        for row, *_ in rows
    ]
    differ = [row for (row, *_, last), value in zip(rows, raw, strict=True) if str(value) != last]

    assert f"{right} of 14" == "14 of 14"
    assert sorted(differ) == ["agile", "digital-inclusion", "service-design", "user-needs", "ux-design"]
    assert "5 of 14 rows" in note("sum-of-rounded")
    assert sum_of_rounded(Decimal("44.3"), Decimal("54.6")) == Decimal("98.9")
    assert not PrintedCell.objects.filter(row__table=table).exists()
    demand = Skill.objects.get(slug="agile").demand.get()
    demand.key += 1
    demand.save()
    assert values_of(waves[2014], table)["agile", "key"].numerator == demand.key


def test_ranks_with_ties_and_places_moved(waves):
    before, now = ranks(column(waves[2013], "barriers")), ranks(column(waves[2014], "barriers"))

    assert str(now["supplier-skills"]) == str(now["marketing"]) == "14="
    assert str(now["leadership"]) == "8"
    assert "number 8" in note("leadership-eight")
    assert places_moved(before["supplier-inflexibility"], now["supplier-inflexibility"]) == 5
    factors = [ranks(column(waves[year], "importance")) for year in (2013, 2014)]
    assert [str(each["best-practice"]) for each in factors] == ["4", "2"]
    assert "it was fourth" in note("best-practice-rank")
    assert places_moved(factors[0].get("inclusion"), factors[1]["inclusion"]) is None


def test_how_many_are_above_half_and_how_far_the_first_is_ahead(waves):
    assert above_half(column(waves[2014], "benefits").values()) == 12
    assert above_half(column(waves[2014], "importance").values()) == 12
    barriers = column(waves[2014], "barriers")
    assert above_half(barriers.values()) == 6
    assert lead_over_second(barriers.values()) == Decimal("18.7")
    assert "18.7 points" in note("nearly-twenty")
    three = column(waves[2014], "departments")
    assert three["cabinet-office"] + three["dclg"] + three["dwp"] == Decimal("64.6")


def test_a_new_row_has_no_change_and_one_that_is_not_published_says_why(waves):
    new = AskedRow.objects.get(wave=waves[2014], row__key="inclusion", row__table__slug="importance")
    left_out = AskedRow.objects.get(wave=waves[2014], row__key="equal-access")
    cell = PrintedCell.objects.get(wave=waves[2014], row=left_out.row)

    assert new.continuity == "new"
    assert change_in_points(column(waves[2013], "importance")["inclusion"], Decimal("84.5")) is None
    assert not left_out.is_published
    assert "missing from table 2.1" in left_out.reason
    assert (cell.state, cell.printed) == ("not_printed", "Not printed")
    assert "15 statements and the table 14" in note("equal-access")
    assert waves[2014].questions.questions.get(key="benefits").rows[3][1] == "Give equal access to all citizens"


def test_savings_change_in_points_but_pounds_relatively(waves):
    before, now = (column(waves[year], "savings", "pounds")["average"] for year in (2013, 2014))

    assert (before, now, now - before) == (1_064_567, 1_401_316, 336_749)
    assert relative_change(before, now) == Decimal("31.6")
    assert "percentage points" in note("points")
    assert "£336,749" in note("pounds-335k")
    assert "31.6%" in note("thirty-one")
    assert "under 60%" in note("about-half")


def test_mentions_are_no_people(waves):
    tables = {each.slug: each.measures.get(is_headline=True).basis for each in ResultsTable.objects.all()}

    assert (tables["departments"], tables["priorities"]) == ("mentions", "respondents")
    assert "147 mentions, not of people" in note("mentions")
    assert "68 people" in note("respondents")


def test_the_response_is_counted_from_the_directory_as_at_the_closing_day(waves):
    lines = {line.words: line for line in response_of(waves[2014])}
    types = [line for line in lines.values() if line.council_type]

    assert [(line.councils, line.answered, str(line.share.value)) for line in lines.values()] == [
        (27, 22, "81"), (201, 38, "19"), (56, 24, "43"), (33, 20, "61"), (36, 11, "31"), (353, 115, "33"),
        (32, 6, "19"), (22, 4, "18"), (26, 0, "0"), (433, 125, "29"),
    ]  # fmt: skip
    assert all((line.councils, line.share.value) == (line.printed_councils, line.printed_share) for line in types)
    assert [(line.named, str(line.named_share.value)) for line in lines.values()][:6] == [
        (11, "40.7"), (30, "14.9"), (18, "32.1"), (14, "42.4"), (11, "30.6"), (84, "23.8"),
    ]  # fmt: skip
    assert [line.words for line in types if line.named == line.answered and line.answered] == [
        "Metropolitan districts", "Scottish councils", "Welsh councils",
    ]  # fmt: skip
    assert "84 of 353" in note("response-bases")
    assert "32 boroughs and the City" in note("london-33")
    assert "our own sum" in note("uk-line")
    assert response_of(waves[2013]) == []


def test_the_96_lines_of_organisations_are_95_of_which_94_are_councils(waves):
    assert named_lines(waves[2014]) == (96, 95, 30, 94)
    twice = waves[2014].named.filter(words="Tandridge District Council")
    assert len({each.organisation for each in twice}) == 1 < len(twice)
    assert "Tandridge stands there twice" in note("named-lines")


def test_the_questionnaire_has_its_17_questions_and_nobody_is_asked_for_pounds_who_saved_nothing(waves):
    questions = {each.key: each for each in waves[2014].questions.questions.all()}
    rows = {key: len(each.rows) for key, each in questions.items() if each.rows}

    assert rows == {
        "benefits": 15, "importance": 12, "leads": 12, "strategy-statements": 3, "barriers": 15, "value-to-sector": 5,
        "skills": 14,
    }  # fmt: skip
    assert (questions["savings-pounds"].shown_if, questions["savings-pounds"].shown_if_values) == ("savings", ["yes"])
    assert len(questions["role"].options) == 7
    for table in ResultsTable.objects.filter(slug__in=rows):
        assert [key for key, _ in questions[table.slug].rows] == [row.key for row in table.rows.all()]


def test_titles_of_people_stand_in_no_file():
    titles = (OURS.parents[2] / "tests" / "surveys" / "titles.txt").read_text().splitlines()
    files = "".join(path.read_text() for path in OURS.glob("*.json"))

    long = [title for title in titles if " " in title and title not in {"Chief Executive"}]
    assert [title for title in long if f'"{title}"' in files] == []


def test_loading_leaves_what_the_migration_knew_of_the_skills():
    import_survey(OURS)

    assert Skill.objects.get(slug="user-needs").demand.get().source.startswith("Local Digital Today 2014, 2.12")
