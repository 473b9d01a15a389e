"""The list of needs."""

from collections.abc import Iterable
from typing import Any

from django.utils.timezone import localdate

from core.filters import Facet, Words
from core.listing import Line, Listing, Nothing, Sort
from core.words import month_in_words
from councils.lists import kind_facet, region_facet, service_facet
from projects.needs.models import Need
from projects.needs.permissions import visible_needs
from projects.needs.reach import reach_of

RAISE_IT = "/needs/new/?title="


def _lines(needs: list[Need], user: Any) -> Iterable[Line]:
    reach = reach_of(needs)
    for need in needs:
        state = "" if need.state == Need.State.OPEN else need.get_state_display()
        yield Line(
            title=need.title,
            url=need.get_absolute_url(),
            sentence=need.what,
            facts=(
                reach[need.pk],
                state or need.service,
                f"raised by {need.council.full_name}, {month_in_words(need.raised_at)}",
            ),
            record=need,
        )


def _cells(rows: list[Need]) -> Iterable[list[object]]:
    reach = reach_of(rows)
    for need in rows:
        yield [
            need.title,
            need.get_state_display(),
            need.who_for,
            need.service or "",
            need.council,
            need.council.get_kind_display(),
            reach[need.pk].councils,
            reach[need.pk].in_words,
            localdate(need.raised_at),
            need.discovery or "",
        ]


NEEDS = Listing(
    name="needs",
    title="What councils need",
    noun=("need", "needs"),
    is_timeless=True,
    rows=lambda user, asked: visible_needs(user),
    fields=(
        Words(columns=("title", "what", "who_for", "evidence")),
        kind_facet("Kind of council", "supports__council__kind", is_many=True),
        service_facet("service"),
        region_facet("Region or nation", "supports__council__region", is_many=True),
        Facet(name="state", label="State", path="state", choices=Need.State.choices),
    ),
    sorts=(
        Sort(
            "councils",
            "Most councils",
            lambda rows: rows.with_council_counts().order_by("-council_count", "-raised_at", "-pk"),
        ),
        Sort("newest", "Newest", lambda rows: rows.order_by("-raised_at", "-pk")),
    ),
    of_a_line=lambda rows: rows.select_related("council", "service").defer("evidence"),
    lines=_lines,
    columns=(
        "Need", "State", "Who for", "Service", "Raised by", "Kind of council", "Councils",
        "Councils by tier", "Raised on", "Discovery",
    ),
    cells=_cells,
    of_a_file=lambda rows: rows.select_related("council", "service", "discovery"),
    nothing=Nothing(
        "No needs yet",
        "Whoever a council has confirmed as a contributor can raise the first.",
        "Raise a need",
        RAISE_IT,
    ),
    no_match=Nothing(
        "No need matches",
        "If no council has said so yet, say it: others may have the same need.",
        "Raise this as a need",
        RAISE_IT,
    ),
)  # fmt: skip
