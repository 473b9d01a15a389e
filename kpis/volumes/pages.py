"""What the page of the top 20 shows, row by row or summed by area or type, as plain values for its template."""

from typing import Any

from core.words import counted, spelled
from design_system.charts import bars
from design_system.lines import noted
from kpis.volumes.queries import SAID_BY_SOCITM, VisitGroup, Visits, misprints

BY = {"": "As printed", "area": "By area", "type": "By type of visit"}
NOT_CONTACTS = (
    "The shares are of web visits, not of the 570 million transactions a year that the same paper gives: a visit to a "
    "page is not a transaction that somebody finished."
)


def top_20_page(found: Visits, by: str) -> dict[str, Any]:
    """The context of the page; `by` sums the rows by area or by type."""
    share = found.share(found.total)
    return {
        "found": found,
        "lede": (
            f"What people most came to council websites to do in 2012: {counted(len(found.counts), 'row')} with "
            f"{found.total:,} visits, {share.with_unit} of {found.base_words} web visits."
        ),
        "key_figures": [
            (f"{found.total:,}", "visits in all rows"),
            (share.with_unit, f"of {found.base_words} web visits"),
            (found.base_words.capitalize(), "visits to council websites, worked out"),
        ],
        "how": how_the_base_is_known(found),
        "not_contacts": NOT_CONTACTS,
        "tabs": [
            {"text": words, "href": f"?by={key}" if key else "?", "current": key == by} for key, words in BY.items()
        ],
        "heading": BY[by],
        **(_summed(found, by) if by else _as_printed(found)),
    }


def how_the_base_is_known(found: Visits) -> str:
    """How many visits the shares are of, and how we know."""
    return (
        f"The source prints no number of all visits. {found.total:,} are {found.whole_share.with_unit}, so all were "
        f"{found.base_words}. Socitm said {SAID_BY_SOCITM // 1_000_000} million elsewhere."
    )


def _share_column(found: Visits) -> tuple[str, str]:
    return f"Share of {found.base_words} visits", "numeric"


def _as_printed(found: Visits) -> dict[str, Any]:
    wrong = misprints(found.counts)
    chart = [(f"{count.area}: {count.get_type_display().lower()}", count.visits) for count in found.counts]
    rows = [
        [
            count.position,
            count.area.name,
            count.get_type_display(),
            noted(f"{count.visits:,}", wrong.get(count.pk, "")),
            found.share(count.visits).with_unit,
        ]
        for count in found.counts
    ]
    total = ["All rows", "", "", f"{found.total:,}", found.share(found.total).with_unit]
    return {
        "chart": bars("visits", chart, title="Web visits in 2012, row by row", of="Area and visit", counts="Visits"),
        "columns": ["Place", "Service area", "Visit type", ("Visits", "numeric"), _share_column(found)],
        "rows": [*rows, total],
        "misprinted": f"{spelled(len(wrong)).capitalize()} numbers are misprinted in the source" if wrong else "",
    }


def _summed(found: Visits, by: str) -> dict[str, Any]:
    groups: list[VisitGroup] = found.by_area() if by == "area" else found.by_type()
    what = "Service area" if by == "area" else "Visit type"
    rows = [
        [
            group.words,
            counted(len(group.counts), "row"),
            f"{group.visits:,}",
            found.share(group.visits).with_unit,
        ]
        for group in groups
    ]
    total = ["All", counted(len(found.counts), "row"), f"{found.total:,}", found.share(found.total).with_unit]
    return {
        "chart": bars(
            "visits",
            [(group.words, group.visits) for group in groups],
            title=f"Web visits in 2012, {BY[by].lower()}",
            of=what,
            counts="Visits",
        ),
        "columns": [what, "Of the top 20", ("Visits", "numeric"), _share_column(found)],
        "rows": [*rows, total],
    }
