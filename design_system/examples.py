"""A worked example of every component, for the gallery and the tests.

Each example's template is in `templates/design_system/examples/`; its context is here.
"""

from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template.loader import get_template
from django.utils.safestring import SafeString

from core.filters import Counts, Facet, FacetValue, Words
from core.listing import Found, Line, Listing, ListQuery, Nothing, Sort
from design_system import charts
from design_system.example_forms import EveryField, Filters
from design_system.trends import trend

STORY = [
    {"kind": kind, "title": title, "fact": fact, "url": url, "state": state}
    for kind, title, fact, url, state in (
        ("Need", "Paying for care", "A need of 9 councils", "/needs/", "past"),
        ("Discovery Day", "Adult social care charges", "14 May 2014 · 47 people", "/events/", "past"),
        ("Co-Design Day", "Six prototypes", "9 July 2014 · 38 people", "/events/", "past"),
        ("Vote", "Chosen by 22 of 31", "11 of 19 councils", "/votes/", "past"),
        ("Project", "Deferred payment calculator", "July 2014", "/projects/", "past"),
        ("Business case", "Accepted by the board", "DEC-2014-07", "/board/", "past"),
        ("Asset", "Calculator, open source", "June 2015", "/assets/", "past"),
        ("Take-up", "3 of 152 councils", "2.0% of those that need it", "/assets/", "present"),
        ("Case study", "“What we got wrong”", "Checked 12 months on", None, "future"),
    )
]
STEPS = [
    {"label": "Discovery Day", "note": "14 May 2014", "state": "past"},
    {"label": "Co-Design Day", "note": "9 July 2014", "state": "past"},
    {"label": "Co-develop", "note": "Accepted 10 December 2014", "state": "present"},
    {"label": "Launch and take-up", "note": "", "state": "future"},
]
TABS = [
    {"text": "All", "href": "?", "count": 14, "current": True},
    {"text": "Assets", "href": "?kind=asset", "count": 5, "current": False},
    {"text": "Case studies", "href": "?kind=case-study", "count": 4, "current": False},
]
FACTS = [
    ("Led by", "Warwickshire (county)", "/councils/"),
    ("With", "4 councils, Department of Health"),
    ("Updated", "6 days ago, every two weeks"),
]
PROMISES = {
    "columns": ["Promise", ("Before", "numeric"), ("Promised", "numeric"), "State"],
    "rows": [
        ["Visits, per council in six months", "0", "200", "Kept"],
        [("Agreements, per council a month", "/assets/"), "1", "6", "Partly"],
    ],
}
_KINDS = ("County", "District", "Unitary", "London borough", "Metropolitan district")
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
CHARTS = {
    "nothing": charts.bars("none", [], title="Councils that piloted it", of="Asset", counts="Councils"),
    "bars": charts.bars(
        "use",
        [
            ("Waste standards and API", 7),
            ("Deferred payment calculator for adult social care, with its agreement", 3),
            ("Parking permits that renew themselves", 1),
            ("One form for school places", None),
        ],
        title="Councils that use it",
        of="Asset",
        counts="Councils",
    ),
    "columns": charts.columns(
        "months",
        list(
            zip(
                _MONTHS,
                (178, 260, 389, 489, 619, 894, 1045, 1045, 1200, 1400, 1669, 1838),
                strict=True,
            )
        ),
        title="Delegates so far, month by month",
        of="Month",
        counts="Delegates so far",
    ),
    "stacked": charts.stacked_bars(
        "said",
        ("Essential", "Useful", "Not for us"),
        [("Counties", (14, 9, 2)), ("Districts", (31, 40, 22)), ("Single-tier councils", (28, 17, 6))],
        title="What councils said of the need",
        of="Tier",
    ),
    "lines": charts.lines(
        "doors",
        ("January", "February", "March", "April", "May", "June"),
        [("Places taken", (210, 300, 440, 550, 690, 980)), ("Checked in", (178, 260, 389, 489, 619, 894))],
        title="Places taken and people who came",
        of="Month",
    ),
    "dots": charts.dot_strip(
        "days",
        [
            ("Districts", [("Harlow", 12), ("Braintree", 14), ("Stroud", 14), ("Mendip", 33), ("Adur", 41)]),
            ("Counties", [("Surrey", 21), ("Kent", 22), ("Essex", 60)]),
        ],
        title="Days from need to discovery",
        of="Tier",
        who="Council",
        counts="Days",
        marked="Harlow",
    ),
    "matrix": charts.matrix(
        "where",
        _KINDS,
        [
            ("East of England", (4, 17, 3, None, None)),
            ("London", (None, None, None, 12, None)),
            ("Yorkshire and the Humber", (1, 2, 3, None, 6)),
            ("South East", (7, 24, 5, None, None)),
        ],
        title="Councils with a need, by region and kind",
        of="Region",
    ),
    "trend": trend(
        "calls",
        [("Q4 2013", 560), ("Q1 2014", 502), ("Q2 2014", None), ("Q3 2014", 455), ("Q4 2014", 412)],
        title="Calls about permits",
        of="Quarter",
        counts="Calls",
    ),
}
KEYS_AND_VALUES = [("Owner", "Luton (unitary)", "/councils/"), ("Licence", "MIT"), ("Version", "1.2")]
MADE_UP = SimpleNamespace(is_illustrative=True, source="")
PARTLY = SimpleNamespace(
    is_illustrative=True, source="Local Digital Alliance report, 2014; lead and partners illustrative"
)
SOURCED = SimpleNamespace(is_illustrative=False, source="Local Digital Alliance report, 2014")
LIST = {
    "found": Found(
        listing=Listing(
            name="needs",
            title="Needs",
            noun=("need", "needs"),
            rows=lambda user, asked: None,  # type: ignore[arg-type,return-value]  # nothing is asked for here
            fields=(Words(), Facet(name="kind", label="Kind of council")),
            sorts=(Sort("most", "Most councils first", list), Sort("newest", "Newest", list)),
            lines=lambda rows, user: [],
            columns=(),
            cells=lambda rows: [],
            nothing=Nothing("No needs yet"),
        ),
        asked=ListQuery(chosen={"kind": {"district": "District"}}, not_understood=("region “wales”",)),
        counts=Counts(
            every=62,
            found=1,
            all_illustrative=True,
            options={"kind": [FacetValue("district", "District", 1, True), FacetValue("county", "County", 14, False)]},
        ),
        page=Paginator(range(1), 20).page(1),
        lines=[
            Line(
                title="Tell residents when a collection day changes",
                url="/needs/",
                sentence="To hear about a changed bin day from the council, not from the crew.",
                facts=("17 councils, 3 tiers", "Household waste", "raised by Harlow (district), May 2026"),
            )
        ],
    )
}
SECTIONS = [("rows", "Rows"), ("data_table", "Tables")]
SENT_WRONG = {"title": "", "email": "nobody", "since_day": "31", "since_month": "2", "since_year": "2014"}


@dataclass(frozen=True)
class Example:
    """An example of one component: its name, what it is for, and its template's context."""

    name: str
    about: str
    context: dict[str, Any] = field(default_factory=dict)
    is_page_part: bool = False  # holds an h1, so the gallery's page cannot show it too

    @property
    def source(self) -> str:
        """The source of the example's template."""
        return Path(self._template.origin.name).read_text().strip()

    def render(self, request: HttpRequest | None = None) -> SafeString:
        return self._template.render(dict(self.context), request)

    @property
    def _template(self) -> Any:
        return get_template(f"design_system/examples/{self.name}.html")


EXAMPLES = [
    Example("breadcrumbs", "Where this page stands."),
    Example("page_heading", "The page's only h1, the kind of page, one paragraph.", is_page_part=True),
    Example("facts", "Who, with whom, how fresh: before anything else.", {"pairs": FACTS, "made_up": MADE_UP}),
    Example("tag", "A state is a word in a frame; the colour only repeats it."),
    Example("verdict", "A mark, a word, then the reason."),
    Example("stepper", "The four steps with their dates.", {"steps": STEPS}),
    Example(
        "story_strip", "One chain of records, in order. The middle folds where there is little room.", {"nodes": STORY}
    ),
    Example("figure", "A figure, what it counts, and its base in the same breath."),
    Example("bar", "A bar beside its number, never instead of it."),
    Example("chart", "Numbers drawn, with the same numbers as a table. Never colour alone.", CHARTS),
    Example("rows", "A ruled list."),
    Example("row", "A row without a date, with its origin.", {"record": MADE_UP}),
    Example("data_table", "Numbers right, the first column heads its row; the same rows as files.", PROMISES),
    Example("contents_list", "The sections of a long page, to jump to.", {"sections": SECTIONS}),
    Example("downloads", "The rows of a page as files, with its filters."),
    Example("summary_list", "Keys and values.", {"pairs": KEYS_AND_VALUES}),
    Example("tabs_nav", "Links that look like tabs, with counts.", {"tabs": TABS}),
    Example("pagination", "Keeps the query string.", {"page_obj": Paginator(range(200), 20).page(4)}),
    Example("empty_state", "What is not there, and what to do next."),
    Example("notice", "Something to know first."),
    Example("not_understood", "What of an address was not used.", {"strange": ["region “wales”", "order “evil”"]}),
    Example("warning_text", "What cannot be undone."),
    Example("inset", "Set apart."),
    Example("details", "More, for those who ask."),
    Example(
        "illustrative",
        "Where a record comes from, or that it was made up.",
        {"made_up": MADE_UP, "partly": PARTLY, "sourced": SOURCED},
    ),
    Example(
        "shared_origin",
        "What all rows of a list have in common, once above them.",
        {"alike": [MADE_UP, MADE_UP]},
    ),
    Example("person", "A name for those who are signed in.", {"someone": "Amina Shah"}),
    Example("button", "A verb."),
    Example("panel", "One dark panel a page at most."),
    Example("search_box", "Searches everything; suggests while one types."),
    Example("listing", "A list in its frame: filters with counts, words to remove, order, rows, take along.", LIST),
    Example("facet", "One filter of a list, to tick.", {"kinds": replace(LIST["found"].facets[0], name="type")}),
    Example("filter_panel", "Filters beside a list.", {"form": Filters(prefix="f")}),
    Example("form", "Every kind of field.", {"form": EveryField(prefix="empty")}),
    Example(
        "error_summary",
        "Every error on top, beside its field again, and what was typed kept.",
        {"form": EveryField({f"wrong-{key}": value for key, value in SENT_WRONG.items()}, prefix="wrong")},
    ),
]
