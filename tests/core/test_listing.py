"""One way to show a list: facets with counts, words to remove, order, pages, and the same rows as a file."""

from dataclasses import replace

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import QueryDict
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from core import tables
from core.filters import Day, Facet, RowFacet, Words, YearFacet, year_of
from core.listing import Line, Listing, Nothing, Sort, find, list_as_file, memory
from core.pagination import page_of
from councils.kinds import COUNCIL_KINDS
from councils.models import Service
from projects.models import Need
from tests.factories.councils import OrganisationFactory, ServiceFactory
from tests.factories.projects import NeedFactory

pytestmark = [pytest.mark.sql, pytest.mark.django_db]

NEEDS = Listing(
    name="needs",
    title="Needs",
    noun=("need", "needs"),
    rows=lambda user, asked: Need.objects.all(),
    fields=(
        Words(columns=("title", "what")),
        Facet(name="state", label="State", path="state", choices=Need.State.choices),
        RowFacet(name="service", label="Service", path="service", rows=Service.objects.all),
        Facet(
            name="kind",
            label="Kind of council",
            path="supports__council__kind",
            choices=[(kind.value, kind.label) for kind in COUNCIL_KINDS],
            is_many=True,
        ),
        YearFacet(name="year", label="Year", value=year_of("raised_at")),
        Day(name="as_at", label="Until", by=lambda rows, day: rows.filter(raised_at__date__lte=day)),
    ),
    sorts=(
        Sort("title", "By title", lambda rows: rows.order_by("title", "pk")),
        Sort("newest", "Newest first", lambda rows: rows.order_by("-pk")),
    ),
    lines=lambda rows, user: [Line(title=row.title, url=f"/{row.pk}/", sentence=row.what, record=row) for row in rows],
    columns=("Need",),
    cells=lambda rows: [[row.title] for row in rows],
    nothing=Nothing("No needs yet", action="Raise one", href="/new/?title="),
    no_match=Nothing("No need matches", action="Raise this", href="/new/?title="),
)


@pytest.fixture
def three(harlow):
    """Two open needs about waste, one withdrawn about parking."""
    waste, parking = ServiceFactory(name="Waste"), ServiceFactory(name="Parking")
    return [
        NeedFactory(title="Bins", council=harlow, service=waste),
        NeedFactory(title="Crews", council=harlow, service=waste),
        NeedFactory(title="Permits", council=harlow, service=parking, state="withdrawn"),
    ]


def found(query=""):
    request = RequestFactory().get(f"/needs/?{query}")
    request.user = AnonymousUser()
    return find(NEEDS, request)


def titles(query=""):
    return [line.title for line in found(query).lines]


def counts(query, facet):
    return {option.label: option.count for option in found(query).counts.options[facet]}


def file(query="", form="csv"):
    request = RequestFactory().get(f"/needs/?{query}&format={form}")
    request.user = AnonymousUser()
    return list_as_file(request, NEEDS)


def lines_of_file(query=""):
    return file(query).content.decode("utf-8-sig").splitlines()


def page(query=""):
    template = Template("{% load design_system %}{% listing found %}")
    return template.render(Context({"found": found(query)}))


def test_a_facet_counts_what_each_value_would_find_beside_the_other_filters(three):
    assert counts("", "state") == {"Open": 2, "Withdrawn": 1}
    assert counts("service=" + three[0].service.slug, "state") == {"Open": 2}
    assert counts("state=open", "state") == {"Open": 2, "Withdrawn": 1}  # not as if it were chosen itself
    assert counts("state=open", "service") == {"Waste": 2}
    assert counts("q=crews", "service") == {"Waste": 1}


def test_the_count_beside_a_value_is_what_choosing_it_finds(three, surrey, luton):
    three[0].supports.create(council=surrey, joined_by=three[0].raised_by)
    three[0].supports.create(council=luton, joined_by=three[0].raised_by)
    # Two councils of one kind have the same need: it is still one.
    three[0].supports.create(council=OrganisationFactory(kind="county"), joined_by=three[0].raised_by)
    for facet, options in found("state=open").counts.options.items():
        for option in options:
            if facet != "state":
                assert found(f"state=open&{facet}={option.value}").counts.found == option.count, option


def test_several_values_of_one_facet_find_what_has_any_and_those_of_two_what_has_both(three, surrey):
    three[2].supports.create(council=surrey, joined_by=three[2].raised_by)

    assert titles("state=open&state=withdrawn") == ["Bins", "Crews", "Permits"]
    assert titles("kind=county&kind=district") == ["Bins", "Crews", "Permits"]
    assert titles("kind=county&state=open") == []


def test_what_a_list_counts_and_finds_is_said_of_how_many(three):
    assert (found("state=open").counts.found, found("state=open").counts.every) == (2, 3)
    assert (found("q=crews").counts.found, found("q=crews").counts.every) == (1, 3)
    assert "<b>1 of 3 needs</b>" in page("q=crews")
    assert "<b>3 needs</b>" in page()


def test_each_word_in_use_can_be_removed_alone(three):
    words = found("q=bins&state=open&sort=newest&page=2").asked.removable

    assert words == [
        {"label": "“bins”", "href": "?state=open&sort=newest"},
        {"label": "Open", "href": "?q=bins&sort=newest"},
    ]
    assert found("state=open&state=withdrawn").asked.removable[0]["href"] == "?state=withdrawn"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("state=lost", "state “lost”"),
        ("service=no-such", "service “no-such”"),
        ("kind=dragon", "kind of council “dragon”"),
        ("year=soon", "year “soon”"),
        ("as_at=2014-99-99", "until “2014-99-99”"),
        ("sort=colour", "order “colour”"),
        ("q=%00", "words of characters that nobody can see"),
        ("q=" + 300 * "a", f"text longer than 100 characters “{40 * 'a'}”"),
    ],
)
def test_a_value_that_means_nothing_is_not_used_and_the_page_and_the_file_say_so(three, query, said):
    asked = NEEDS.read(QueryDict(query))

    assert len(titles(query)) == 3
    assert asked.not_understood == (said,)
    assert f"We did not understand this, so it is not used: {said}." in page(query)
    assert f"not understood: {said}" in lines_of_file(query)[1].replace('""', '"')


def test_several_values_that_mean_nothing_are_said_in_one_sentence(three):
    said = "words of characters that nobody can see, order “colour”"

    assert f"We did not understand these, so they are not used: {said}." in page("q=%00&sort=colour")
    assert "did not understand" not in page("")


def test_a_format_that_there_is_not_is_said_on_the_page(three):
    assert found("format=pdf").asked.not_understood == ("format “pdf”",)
    assert "We did not understand this, so it is not used: format “XLSX”." in page("format=XLSX")


@pytest.mark.parametrize(("number", "shown"), [("0", 1), ("-1", 1), ("x", 1), ("2", 2), ("99", 3)])
def test_a_page_before_the_first_is_the_first_and_one_too_far_the_last(number, shown):
    request = RequestFactory().get("/", {"page": number})

    assert page_of(request, [1, 2, 3], size=1).number == shown


def test_nothing_at_all_is_no_value_and_nothing_is_said_of_it(three):
    for query in ("state=", "page=x", "utm_source=mail", "sort=title", "format=csv"):
        assert found(query).asked.not_understood == (), query


def test_the_file_has_the_rows_of_every_page_in_the_lists_order(three):
    lines = lines_of_file("sort=newest&state=open&page=7")

    assert lines[1] == "# Filters: State: Open"
    assert lines[4] == "Need,Address,Illustrative,Source"
    assert [line.split(",")[0] for line in lines[5:]] == ["Crews", "Bins"]
    assert settings.BASE_URL + three[0].get_absolute_url() in lines[6]


def test_the_file_is_offered_in_both_formats_with_the_filters_of_the_page(three):
    shown = page("state=open&sort=newest&page=2")

    assert 'href="?state=open&amp;sort=newest&amp;format=csv">Download these 2 as CSV<' in shown
    assert 'href="?state=open&amp;sort=newest&amp;format=xlsx">spreadsheet (XLSX)<' in shown
    assert 'href="?state=open&amp;sort=newest&amp;format=json">JSON<' in shown
    assert ">Download as CSV<" in page("q=crews")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_long_file_is_read_in_chunks_each_with_what_it_prefetches(harlow, monkeypatch, form):
    monkeypatch.setattr(tables, "CHUNK", 10)
    listing = replace(
        NEEDS,
        cells=lambda rows: [["; ".join(str(support.council) for support in row.supports.all())] for row in rows],
        of_a_file=lambda rows: rows.prefetch_related("supports__council"),
    )
    request = RequestFactory().get(f"/needs/?format={form}")
    request.user = AnonymousUser()
    numbers = []
    for more in (10, 30):
        NeedFactory.create_batch(more, council=harlow)
        with CaptureQueriesContext(connection) as queries:
            answer = list_as_file(request, listing)
            content = answer.getvalue() if answer.streaming else answer.content
        numbers.append(len(queries))

    assert numbers == [3, 1 + 2 * 4]  # the rows at once, of each chunk its supports and their councils
    assert form == "xlsx" or content.decode().count("Harlow,http") == 40


def test_made_up_rows_say_so_once_above_them_where_all_are_else_each_for_itself(three):
    assert "illustrative" not in page()
    three[0].is_illustrative = True
    three[0].save()
    assert page().count("Illustrative<") == 1
    Need.objects.update(is_illustrative=True)

    assert "Illustrative<" not in page()
    assert page().count("illustrative<") == 1


def test_rows_with_a_source_are_made_up_in_part_and_the_list_says_so_of_all_only_where_none_has_one(three):
    Need.objects.update(is_illustrative=True)
    Need.objects.filter(pk=three[0].pk).update(source="A report of 2014; its lead illustrative")

    text = page()
    assert "all <span" not in text
    assert text.count("Illustrative in part<") == 1
    assert text.count("Illustrative<") == 2
    assert [row.split(",")[2] for row in lines_of_file()[5:]] == ["in part", "yes", "yes"]


def test_a_source_that_all_rows_of_a_page_share_stands_once_above_them(three):
    Need.objects.update(is_illustrative=True, source="A report of 2014")

    assert page().count("Illustrative in part<") == page().count("Source: A report of 2014") == 1


def test_an_empty_list_offers_what_to_do(three):
    nothing = page("q=zebra&state=open")
    assert "No need matches" in nothing
    assert 'href="?state=open">Look without “zebra”' in nothing
    assert 'href="/new/?title=zebra"' in nothing
    assert "Show all 3 needs" in nothing
    Need.objects.all().delete()

    assert "No needs yet" in page()
    assert 'href="/new/?title="' in page("state=open")


def test_what_stands_in_the_address_is_escaped_wherever_it_is_shown(three):
    shown = page("q=<script>&state=<script>&sort=<script>")

    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


def test_the_order_is_kept_by_the_filters_and_the_filters_by_the_order(three):
    shown = page("sort=newest&state=open")

    assert '<input type="hidden" name="sort" value="newest">' in shown
    assert 'href="?state=open&amp;sort=title">By title' in shown


def test_a_value_in_use_stays_in_the_facet_though_nothing_has_it(three):
    options = found("state=merged").counts.options["state"]

    assert [option.value for option in options] == ["merged", "open", "withdrawn"]
    assert (options[0].count, options[0].is_chosen) == (0, True)


@pytest.mark.parametrize("query", ["", "state=open&q=need&kind=district&year=2026"])
def test_a_list_costs_the_same_queries_with_three_rows_and_with_thirty(harlow, query):
    numbers = []
    for more in (3, 27):
        for _ in range(more):
            NeedFactory(council=harlow, service=ServiceFactory())
        with CaptureQueriesContext(connection) as queries:
            page(query)
        numbers.append(len(queries))

    assert numbers[0] == numbers[1]
    assert numbers[0] <= 4


def test_counts_are_kept_for_the_fields_they_count_whatever_the_list_is_named(three, monkeypatch):
    kept = {}
    monkeypatch.setattr(memory, "remembered", lambda key, compute: kept.setdefault(key, compute()))
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    timeless = replace(NEEDS, is_timeless=True)
    find(replace(timeless, fields=NEEDS.fields[:1]), request)

    assert "state" in find(timeless, request).counts.options
