"""The list of who is invited to a wave: for those who run it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from core.filters import Facet, Words
from core.listing import Line, Listing, Nothing, Sort
from core.words import day_in_words
from councils.lists import kind_facet
from surveys.fieldwork.models import Fieldwork, SurveyInvitation
from surveys.fieldwork.permissions import can_run_surveys

LEVELS = [(str(level), f"Level {level}") for level in (1, 2, 3)]


def _rows(user: Any) -> QuerySet[SurveyInvitation]:
    return SurveyInvitation.objects.all() if can_run_surveys(user) else SurveyInvitation.objects.none()


def _lines(invitations: list[SurveyInvitation], user: Any) -> Iterable[Line]:
    for one in invitations:
        how = one.get_state_display()
        if one.handed_in_on:
            how = f"Handed in on {day_in_words(one.handed_in_on)}"
        elif one.reminded_on:
            how = f"{how}, reminded on {day_in_words(one.reminded_on)}"
        yield Line(
            title=one.name or one.email,
            sentence=", ".join(filter(None, (one.title, str(one.organisation)))),
            facts=(one.email if one.name else "", f"Level {one.level}", how),
            record=one,
        )


def _cells(invitations: list[SurveyInvitation]) -> Iterable[tuple[object, ...]]:
    for one in invitations:
        yield (
            one.organisation, one.name, one.email, one.title, one.role, one.level, one.get_state_display(),
            one.handed_in_on, one.reminded_on,
        )  # fmt: skip


INVITATIONS = Listing(
    name="invitations-to-the-survey",
    title="Who is invited to the survey",
    noun=("invitation", "invitations"),
    is_personal=True,
    is_timeless=True,
    rows=lambda user, asked: _rows(user),
    fields=(
        Words(columns=("name", "email", "title", "organisation__name")),
        Facet(name="state", label="State", path="state", choices=SurveyInvitation.State.choices, keeps_order=True),
        Facet(name="level", label="Level", path="level", choices=LEVELS, keeps_order=True),
        kind_facet("Type of organisation", "organisation__kind"),
    ),
    sorts=(Sort("organisation", "By organisation", lambda rows: rows.order_by("organisation__name", "email")),),
    of_a_line=lambda rows: rows.select_related("organisation"),
    lines=_lines,
    columns=("Organisation", "Name", "E-mail", "Job title", "Role", "Level", "State", "Handed in on", "Reminded on"),
    cells=_cells,
    of_a_file=lambda rows: rows.select_related("organisation"),
    nothing=Nothing("Nobody is invited yet", "Enter people one by one, or upload a table."),
    no_match=Nothing("Nobody fits", "Choose another state, level or type.", "Show all", "?"),
)


def invitations_to(fieldwork: Fieldwork) -> Listing:
    """The list of one wave."""
    nothing = Nothing("Nobody is named here any more") if fieldwork.has_ended else INVITATIONS.nothing
    return replace(INVITATIONS, rows=lambda user, asked: _rows(user).filter(fieldwork=fieldwork), nothing=nothing)
