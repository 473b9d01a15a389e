"""A chart is drawn by the server, says what it shows in words and never by colour alone; its numbers are a table."""

import re
from itertools import pairwise

import pytest
from django.conf import settings
from django.template import engines

from design_system import charts, svg
from design_system.examples import CHARTS
from design_system.trends import trend
from portal.demo.schedule_2014 import EVENTS
from tests.design_system.html import Strict

NASTY = '<script>alert(1)</script>" onload="x'
DRAWN = {name: chart for name, chart in CHARTS.items() if name != "nothing"}


def shown(chart, options=""):
    return engines["django"].from_string("{% chart drawn " + options + " %}").render({"drawn": chart})


def bars(*rows, **more):
    return charts.bars("test", rows, title="Councils that use it", of="Asset", counts="Councils", **more)


def every_kind(word, value=1):
    """One small chart of each kind with `word` wherever words stand."""
    given = {"title": word, "of": word}
    return {
        "bars": charts.bars(word, [(word, value)], counts=word, **given),
        "columns": charts.columns(word, [(word, value)] * 7, counts=word, **given),
        "stacked": charts.stacked_bars(word, [word], [(word, [value])], **given),
        "lines": charts.lines(word, [word, word], [(word, [value, value]), (word, [value, value])], **given),
        "dots": charts.dot_strip(word, [(word, [(word, value)])], who=word, counts=word, marked=word, **given),
        "matrix": charts.matrix(word, [word], [(word, [value])], **given),
        "trend": trend(word, [(word, value), (word, value)], counts=word, **given),
    }


@pytest.mark.parametrize("name", DRAWN)
def test_a_chart_has_a_title_and_says_in_words_what_it_shows(name):
    chart, html = DRAWN[name], shown(DRAWN[name])

    assert f'role="img" aria-labelledby="{chart.name}-title" aria-describedby="{chart.name}-desc"' in html
    assert f'<title id="{chart.name}-title">{chart.title}</title>' in html
    assert f'<desc id="{chart.name}-desc">{chart.description}</desc>' in html
    assert any(str(cell) in chart.description for row in chart.rows for cell in row[1:])


@pytest.mark.parametrize("name", DRAWN)
def test_the_numbers_of_a_chart_are_a_table_that_unfolds_without_a_script(name):
    html = shown(DRAWN[name])
    _, table = html.split("<details")

    for row in DRAWN[name].rows:
        for cell in row:
            assert f">{cell}</t" in table
    assert "<details" not in shown(DRAWN[name], "show_table=False")


@pytest.mark.parametrize("kind", every_kind("Bins"))
def test_words_in_a_chart_are_escaped(kind):
    html = shown(every_kind(NASTY)[kind])

    assert "<script>" not in html
    assert Strict(html).wrong == []


def test_charts_of_one_page_share_no_id_and_name_no_colour():
    html = "".join(shown(chart) for chart in CHARTS.values())
    ids = re.findall(r' id="([^"]*)"', html)

    assert len(ids) == len(set(ids))
    assert not re.search(r'(fill|stroke)="(?!url)|style=', html)


@pytest.mark.parametrize("kind", every_kind("Bins"))
def test_a_chart_without_numbers_says_so_and_draws_nothing(kind):
    html = shown(every_kind("Bins", None)[kind])

    assert "There is nothing to draw yet" in html
    assert "<svg" not in html


def test_a_bar_is_as_long_as_its_number_and_what_is_not_known_has_none():
    chart = bars(("Waste standards", 8), ("Calculator", 2), ("Permits", None))
    widths = [float(width) for width in re.findall(r'<rect [^>]*width="([\d.]+)%"', chart.drawing)]

    assert widths == [80, 20, 0]
    assert [row[1] for row in chart.rows] == ["8", "2", "not known"]
    assert chart.description == "Highest: Waste standards, 8. Lowest: Calculator, 2."


def test_the_height_of_a_tall_chart_is_a_plain_number():
    html = shown(bars(*((f"Service {number}", number) for number in range(30))))

    assert 'height="1320"' in html


def test_a_bar_leaves_as_much_room_as_the_longest_number_behind_it_needs_on_a_phone():
    def width(said):
        return float(re.search(r'<rect [^>]*width="([\d.]+)%"', bars(("A", 8), say=lambda _: said).drawing)[1])

    assert [width(said) for said in ("8", "978 million", "more than 700", "9" * 40)] == [80, 62.6, 55.8, 20]
    assert f">{'9' * 19}…</text>" in bars(("A", 8), say=lambda _: "9" * 40).drawing


def test_the_words_of_a_mark_begin_or_end_at_it_or_stand_at_the_nearer_edge():
    def placed(words, x):
        return re.search(r'x="([\d.]+)%".*text-anchor="(\w+)"', svg.beside(words, x, 0)).groups()

    assert placed("| Median: 53.7%", 30) == ("30.00", "start")
    assert placed("| Median: 53.7%", 80) == ("80.00", "end")
    assert placed("◆ Telford and Wrekin: 53.1%", 60) == ("100.00", "end")
    assert placed("◆ Telford and Wrekin: 53.1%", 40) == ("0.00", "start")


def test_numbers_are_said_as_the_page_says_them():
    chart = bars(("Permits", 144_000), say=lambda value: f"£{value:,} a year")

    assert ">£144,000 a year</text>" in chart.drawing
    assert chart.rows == [["Permits", "£144,000 a year"]]


def test_the_gallery_s_months_are_those_of_the_programme_s_first_year():
    by_month = [sum(row[-1] for row in EVENTS if row[0] <= f"2014-{month:02}-31") for month in range(1, 13)]

    assert [row[1] for row in DRAWN["columns"].rows] == [f"{delegates:,}" for delegates in by_month]
    assert [row[2] for row in DRAWN["lines"].rows] == [f"{delegates:,}" for delegates in by_month[:6]]


def stacked(*values):
    return charts.stacked_bars("test", ["Yes", "No"], [("Counties", values)], title="Said", of="Tier")


@pytest.mark.parametrize("make", [lambda: bars(("Calls", -3)), lambda: stacked(-1, 4)], ids=["a bar", "a part"])
def test_a_bar_or_a_part_of_one_below_nought_is_refused(make):
    with pytest.raises(ValueError, match="begins at 0"):
        make()


def test_the_sum_of_a_bar_of_which_a_part_is_not_known_is_not_known_either():
    chart = stacked(14, None)
    widths = {float(width) for width in re.findall(r'width="([\d.]+)%"', chart.drawing)}

    assert chart.rows == [["Counties", "14", "not known", "not known"]]
    assert widths == {80, 0}
    assert ">not known</text>" in chart.drawing
    assert chart.description == ""
    assert stacked(None, None).is_empty


@pytest.mark.parametrize("kind", every_kind("Bins"))
def test_noughts_are_numbers_they_are_drawn_and_have_their_table(kind):
    chart = every_kind("Bins", 0)[kind]

    assert not chart.is_empty
    assert ">0</td>" in shown(chart)
    assert ">0</text>" in chart.drawing


def test_a_line_may_go_below_nought_and_breaks_where_nothing_is_known():
    series = [("Change", [4, None, 2, -4])]
    chart = charts.lines("test", ["May", "June", "July", "August"], series, title="Calls", of="Month")

    assert chart.drawing.count('"lda-chart__mark"') == 3
    assert chart.drawing.count('"lda-chart__line ') == 1  # from July to August; none crosses June
    assert chart.rows[1] == ["June", "not known"]
    assert 'y2="204.0" class="lda-chart__line ' in chart.drawing


def test_a_long_label_stands_on_two_lines_is_cut_after_them_and_whole_in_the_table():
    label = "Deferred payment calculator for adult social care, with its agreement and a letter"
    html = shown(bars((label, 3), ("Permits", 2)))

    assert ">Deferred payment calculator for</text>" in html
    assert ">adult social care, with its…</text>" in html
    assert f">{label}</th>" in html


def test_series_are_told_apart_by_pattern_dash_and_shape():
    part = charts.stacked_bars("test", "ABCDEF", [("Counties", [1] * 6)], title="Said", of="Tier").drawing
    line = charts.lines("test", ["May", "June"], [(each, [1, 2]) for each in "ABCD"], title="Said", of="Month").drawing

    assert len(set(re.findall(r'fill="url\(#test-over-(\d)\)"', part))) == svg.PATTERNS
    assert len(set(re.findall(r'<pattern .*?<path d="([^"]*)"', part))) == svg.PATTERNS
    assert len(set(re.findall(r'<path d="([^"]*)" class="lda-chart__mark"', line))) == 4
    assert len(set(re.findall(r"lda-chart__line--\d", line))) == 4


def test_every_cell_of_a_matrix_has_its_number():
    chart = charts.matrix("test", ["County", "District"], [("London", [0, 12]), ("Kent", [None, 3])], title="N", of="R")

    assert re.findall(r'in-cell--(\d)">([^<]*)<', chart.drawing) == [("0", "0"), ("4", "12"), ("0", "–"), ("2", "3")]


def test_dots_of_nearly_one_place_stand_above_one_another_and_the_marked_one_is_named():
    points = [("Harlow", 12), ("Stroud", 14), ("Mendip", 14), ("Adur", 41)]
    chart = charts.dot_strip(
        "test", [("Districts", points)], title="Days", of="Tier", who="Council", counts="Days", marked="Harlow"
    )
    places = re.findall(r'<svg x="([\d.]+)%" y="([\d.]+)"', chart.drawing)

    assert len(places) == len(set(places)) == 4
    assert "◆ Harlow: 12" in chart.drawing
    assert chart.drawing.count("lda-chart__marked") == 1


def test_no_mark_of_a_dot_strip_stands_on_the_words_above_it():
    rows = [("Leadership", [("Own", 4), ("Median", 4)]), ("Skills", [("Own", 4)])]
    chart = charts.dot_strip("test", rows, title="Steps", of="Item", who="Who", counts="Step", marked="Own")
    words = [float(y) for y in re.findall(r'<text x="0[^"]*" y="([\d.]+)"[^>]*>(?:Leadership|Skills)', chart.drawing)]
    marks = [float(y) for y in re.findall(r'<svg x="[\d.]+%" y="([\d.]+)"', chart.drawing)]

    assert len(words) == 2
    assert all(y - above >= 14 for above in words for y in marks if y > above)


def test_the_last_numbers_of_lines_that_end_together_do_not_stand_on_one_another():
    series = [(each, [1, 100 + number]) for number, each in enumerate("ABC")]
    chart = charts.lines("test", ["May", "June"], series, title="Said", of="Month")
    heights = sorted(float(y) for y in re.findall(r'y="([\d.]+)" dx="10"', chart.drawing))

    assert all(lower - upper >= 16 for upper, lower in pairwise(heights))


def test_labels_below_a_line_have_room_beside_one_another():
    months = [f"{month} 2015" for month in "Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()]
    chart = charts.lines("test", months, [("A", range(11))], title="Said", of="Month")

    shown = [float(x) for x in re.findall(r'x="([\d.]+)%"[^>]*>\w+ 2015</text>', chart.drawing)]
    assert "Feb 2015</text>" in chart.drawing
    assert "Dec 2015</text>" in chart.drawing
    assert all(later - earlier > 10 for earlier, later in pairwise(shown))
    assert [row[0] for row in chart.rows] == months


def test_what_happened_is_written_above_the_lines_so_that_none_strikes_it_through():
    happened = ["Launch", "", "1.1"]
    chart = charts.lines("test", ["Feb", "Mar", "Apr"], [("A", [3, 3, 3])], title="Said", of="Month", happened=happened)

    words = [float(y) for y in re.findall(r'y="([\d.]+)"[^>]*>(?:Launch|1\.1)</text>', chart.drawing)]
    lines = [float(y) for y in re.findall(r'<line[^>]*y1="([\d.]+)"[^>]*lda-chart__line', chart.drawing)]
    assert len(words) == 2
    assert lines
    assert max(words) < min(lines) - 8


def test_letters_on_a_colour_have_its_contrast():
    sass = (settings.BASE_DIR / "design_system/sass/_charts.scss").read_text()
    tokens = (settings.BASE_DIR / "design_system/sass/_tokens.scss").read_text()
    colours = dict(re.findall(r"(\$[\w-]+): (#[0-9a-f]{6});", tokens))
    pairs = re.findall(r"\((\$[\w-]+), (\$[\w-]+)\)", "".join(re.findall(r"\$(?:parts|depths): .*;", sass)))

    assert len(pairs) == 6 + 4  # the fifth depth is mint with white
    assert [pair for pair in pairs if contrast(*(colours[each] for each in pair)) < 4.5] == []


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour):
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return sum(weight * share for weight, share in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_the_middle_of_a_dot_strip_is_a_line_with_its_words_and_lies_on_its_scale():
    rows = [("Districts", [("Adur", 4), ("Own", 6)])]
    chart = charts.dot_strip(
        "test", rows, title="Steps", of="Item", who="Who", counts="Step", marked="Own", middle=("Median", 8)
    )

    assert "| Median: 8" in chart.drawing
    assert '<line x1="98.00%" x2="98.00%"' in chart.drawing
