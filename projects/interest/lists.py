"""What councils offer the projects of one’s own: what waits for an answer first, the earliest due on top."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, CharField, F, QuerySet, Value, When

from core import clock
from core.filters import Facet, RowFacet
from core.listing import Line, Listing, Nothing, Sort
from core.words import day_in_words
from projects.interest.models import Interest
from projects.interest.permissions import interests_to_one_s_projects
from projects.portfolio.models import Project

_OPEN, _OVERDUE = "open", "overdue"


def _state_today() -> Case:
    """Of an offer, by the day: overdue, open or how it was answered."""
    overdue = When(outcome="", due_on__lt=clock.today(), then=Value(_OVERDUE))
    return Case(overdue, When(outcome="", then=Value(_OPEN)), default=F("outcome"), output_field=CharField())


def _open_first(offers: QuerySet[Interest]) -> QuerySet[Interest]:
    return offers.order_by(F("answered_at").desc(nulls_first=True), "due_on", "pk")


def _answered(offer: Interest) -> str:
    if offer.is_open:
        return offer.due_in_words
    return f"Answered on {day_in_words(offer.answered_at)}: {offer.get_outcome_display().lower()}"


def _lines(offers: list[Interest], user: Any) -> Iterable[Line]:
    for each in offers:
        yield Line(
            title=str(each),
            url=each.get_absolute_url(),
            sentence=each.words,
            facts=(str(each.project), f"offered on {day_in_words(each.asked_at)}", _answered(each)),
            record=each,
        )


def _cells(offers: list[Interest]) -> Iterable[list[object]]:
    for each in offers:
        yield [
            each.project,
            each.council,
            each.get_kind_display(),
            each.words,
            day_in_words(each.asked_at),
            each.due_on,
            each.get_outcome_display() if each.outcome else "",
            each.answer,
        ]


OFFERS = Listing(
    name="offers",
    title="What councils offer your projects",
    noun=("offer", "offers"),
    rows=lambda user, asked: interests_to_one_s_projects(user),
    fields=(
        Facet(
            name="state",
            label="State",
            value=_state_today,
            choices=[(_OVERDUE, "Answer overdue"), (_OPEN, "To be answered"), *Interest.Outcome.choices],
            keeps_order=True,
        ),
        Facet(name="kind", label="What is offered", path="kind", choices=Interest.Kind.choices, keeps_order=True),
        RowFacet(name="project", label="Project", path="project", rows=Project.objects.all, title="title"),
    ),
    sorts=(
        Sort("open", "To be answered first", _open_first),
        Sort("newest", "Newest first", lambda offers: offers.order_by("-asked_at", "-pk")),
    ),
    of_a_line=lambda offers: offers.select_related("project", "council"),
    lines=_lines,
    columns=("Project", "Council", "Offer", "In its words", "Offered on", "Answer due on", "Answer", "Its words"),
    cells=_cells,
    of_a_file=lambda offers: offers.select_related("project", "council"),
    nothing=Nothing(
        "No council has offered your projects anything",
        "What councils offer a project that your council leads stands here until you have answered it.",
        "See the projects",
        "/projects/",
    ),
    no_match=Nothing("No offer matches", "Use fewer filters.", "Show all offers", "/projects/offers/"),
    is_personal=True,
)
