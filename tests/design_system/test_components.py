"""Every component has a worked example, and every example is sound HTML without inline style or script."""

import inspect
from types import SimpleNamespace

import pytest
from django.test import RequestFactory

from design_system.examples import EXAMPLES
from design_system.templatetags import design_system, form_tags
from tests.design_system.html import Strict

TAGS = design_system.register.tags | form_tags.register.tags
EXAMPLE = {example.name: example for example in EXAMPLES}
# Tags that only the page's skeleton uses; they are tested with it.
OF_THE_SKELETON = {"error_prefix", "page_number", "form_token", "main_navigation", "form_field", "fold_story"}
OF_THE_SKELETON |= {"named_in_card", "social_card", "card_picture", "breadcrumbs_of"}


def rendered(name: str, path: str = "/needs/?tier=district") -> str:
    return EXAMPLE[name].render(RequestFactory().get(path))


def test_every_tag_has_an_example():
    assert set(TAGS) - OF_THE_SKELETON - set(EXAMPLE) == set()


def test_every_example_is_sound_html():
    wrong = {name: Strict(rendered(name)).wrong for name in EXAMPLE}

    assert {name: found for name, found in wrong.items() if found} == {}


def test_every_example_says_what_it_is_for():
    assert [name for name, each in EXAMPLE.items() if not (each.about.endswith(".") and each.source)] == []


def test_every_tag_says_what_it_is_for():
    functions = vars(design_system) | vars(form_tags)

    assert [name for name in sorted(TAGS) if name in functions and not inspect.getdoc(functions[name])] == []


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("tag", "{% tag x %}"),
        ("row", "{% row x '/a/' note=x when=x tag_text=x %}"),
        ("facts", "{% facts pairs %}"),
        ("summary_list", "{% summary_list pairs %}"),
        ("button", "{% button x href='/a/' %}{% button x name=x value=x %}"),
        ("figure", "{% figure x x note=x href='/a/' %}"),
        ("data_table", "{% data_table x columns table download=x %}"),
        ("breadcrumbs", "{% breadcrumbs x '/a/' x %}"),
        ("details", "{% details x %}{{ x }}{% enddetails %}"),
        ("inset", "{% inset %}{{ x }}{% endinset %}"),
        ("notice", "{% notice x %}{% warning_text x %}{% empty_state x text=x action=x href='/a/' %}"),
        ("tabs_nav", "{% tabs_nav tabs %}"),
        ("page_heading", "{% page_heading x caption=x lede=x %}"),
    ],
)
def test_words_from_people_are_escaped(name, source):
    from django.template import engines

    nasty = '<script>alert(1)</script>" onload="x'
    context = {
        "x": nasty,
        "pairs": [(nasty, nasty), (nasty, nasty, "/a/")],
        "columns": [nasty],
        "table": [[nasty], [(nasty, nasty)]],
        "tabs": [{"text": nasty, "href": nasty, "count": nasty, "current": False}],
    }

    html = engines["django"].from_string(source).render(context)

    assert "<script>" not in html
    assert Strict(html).wrong == []


def table_of(columns: int, rows: int) -> str:
    from django.template import engines

    heads = ["Month", *[(f"Figure {number}", "numeric") for number in range(1, columns)]]
    context = {"heads": heads, "rows": [["May", *["1"] * (columns - 1)]] * rows}
    return engines["django"].from_string("{% data_table 'Figures' heads rows %}").render(context)


def test_every_part_of_a_table_says_its_role_and_every_cell_the_words_of_its_column():
    html = table_of(3, 1)

    for role in ("table", "rowgroup", "row", "columnheader", "rowheader"):
        assert f'role="{role}"' in html
    assert [part.split(">")[0] for part in html.split('data-label="')[1:]] == ['Figure 1"', 'Figure 2"']


@pytest.mark.parametrize(("columns", "rows", "said"), [(4, 9, "Show the other 3"), (4, 7, ""), (3, 40, "")])
def test_only_a_long_table_of_many_columns_folds_on_a_phone(columns, rows, said):
    html = table_of(columns, rows)

    assert (said in html) if said else "Show the other" not in html


def test_a_table_of_two_columns_needs_no_cards():
    assert "lda-table--cards" not in table_of(2, 1)
    assert "lda-table--cards" in table_of(3, 1)


@pytest.mark.parametrize(
    ("column", "head"),
    [
        ("Digital take-up", 'Digital <span class="lda-table__whole">take-up</span>'),
        ("A & B", "A &amp; B"),
        ("Local-government-reorganisation", "Local-government-reorganisation"),  # too long to stay whole on a phone
    ],
)
def test_the_short_word_with_a_hyphen_in_the_head_of_a_column_stays_on_one_line(column, head):
    from design_system import tables

    assert f">{head}</th>" in tables.head([(column, True)])


def test_pages_keep_the_query_string():
    html = EXAMPLE["pagination"].render(RequestFactory().get("/needs/?tier=district&page=4"))

    assert 'href="?tier=district&amp;page=5"' in html


def test_one_page_needs_no_numbers():
    from django.core.paginator import Paginator
    from django.template import engines

    html = engines["django"].from_string("{% pagination page %}").render({"page": Paginator([1, 2], 20).page(1)})

    assert html.strip() == ""


def test_a_strangers_page_names_nobody(amina):
    request = RequestFactory().get("/")
    request.user = amina
    example = EXAMPLE["person"]

    assert "a council officer" in rendered("person")
    assert "Amina Shah" in example.render(request)


def test_an_unknown_colour_is_grey():
    from django.template import engines

    assert "lda-tag--grey" in engines["django"].from_string("{% tag 'Odd' colour='puce' %}").render({})


def test_a_bar_without_a_base_is_empty():
    from django.template import engines

    assert 'width="0.00"' in engines["django"].from_string("{% bar 3 0 %}").render({})


def test_the_facts_end_with_the_mark_of_their_record():
    made_up = design_system.facts([("Led by", "Harlow")], record=SimpleNamespace(is_illustrative=True, source=""))
    of_people = design_system.facts([("Led by", "Harlow")], record=SimpleNamespace(is_illustrative=False, source=""))

    assert made_up["record"]
    assert not of_people["record"]


def test_a_compact_table_is_no_cards_and_folds_no_rows():
    from django.template import engines

    context = {"heads": [f"Column {n}" for n in range(4)], "rows": [[n] * 4 for n in range(12)]}

    html = engines["django"].from_string("{% data_table 'Few numbers' heads rows compact=True %}").render(context)

    assert "lda-table--compact" in html
    assert "lda-table--cards" not in html
    assert "Show the other" not in html
