"""What the pages of the bench show, as plain values for their templates."""

from typing import Any

from django.urls import reverse

from accounts.models import User
from core.figures import PERCENT, Figure, Share
from core.words import counted
from design_system.lines import noted
from surveys.fieldwork.models import Fieldwork, SurveyInvitation
from surveys.fieldwork.queries import people_asked
from surveys.release.frozen import Frozen
from surveys.release.models import CodingRule, SurveyRelease
from surveys.release.printing import CODED, ReleasedFigure, TableReader, cells_of, is_printable
from surveys.release.queries import TextGroup, mentions_of, rows_to_code_to, top_three_tables, uncoded, written_texts
from surveys.waves.facts import about
from surveys.waves.models import AskedRow, AskedTable, Basis, PrintedCell

PRINTED_LINES = ["Table", "Row", ("Would be printed", "numeric")]


def bench_page(fieldwork: Fieldwork, user: User) -> dict[str, Any]:
    """The context of the bench, by the state of the wave."""
    release = SurveyRelease.objects.filter(fieldwork=fieldwork).select_related("proposed_by", "confirmed_by").first()
    context: dict[str, Any] = {"fieldwork": fieldwork, "wave": fieldwork.wave, "release": release}
    if release is None:
        by_hand = SurveyInvitation.objects.filter(fieldwork=fieldwork).exclude(level_set_by=None)
        return context | {"invited": people_asked(fieldwork).invited, "set_by_hand": by_hand.count()}
    left_out = AskedRow.objects.filter(wave=fieldwork.wave, is_published=False, row__table__slug__in=fieldwork.plan)
    return context | {
        "tables": [_progress(fieldwork, release, asked) for asked in top_three_tables(fieldwork)],
        "left_out": list(left_out.select_related("row", "row__table").order_by("row__table__position")),
        "is_proposed_by_me": release.proposed_by_id == user.pk,
        "texts": [] if release.is_published else written_texts(fieldwork),
        "columns": PRINTED_LINES,
        "lines": [] if release.is_published else _would_be_printed(fieldwork, release),
    }


def _progress(fieldwork: Fieldwork, release: SurveyRelease, asked: AskedTable) -> dict[str, Any]:
    slug = asked.table.slug
    total, left = mentions_of(fieldwork, slug).count(), uncoded(fieldwork, slug).count()
    return {
        "title": asked.table.title,
        "url": reverse("surveys:code", args=[fieldwork.wave.year, slug]),
        "note": f"{total - left} of {counted(total, 'text')} coded" if total else without_texts(release.frozen, slug),
        "has_rule": CodingRule.objects.filter(asked=asked).exists(),
        "is_printable": is_printable(release.frozen, slug),
    }


def without_texts(frozen: Frozen, slug: str) -> str:
    """Why no text of a table stands here: nobody wrote one, or what was written is deleted and its coding stays."""
    is_coded = slug in frozen.get(CODED, {})
    return "What people wrote is deleted. How it was coded stays." if is_coded else "Nobody wrote anything."


def _would_be_printed(fieldwork: Fieldwork, release: SurveyRelease) -> list[list[Any]]:
    """The headline of each row, as it would be printed with the codings of now."""
    cells = cells_of(fieldwork, release.frozen)
    return [
        [cell.row.table.title, cell.row.words, _of_cell(cell)]
        for cell in cells
        if cell.measure.is_headline or (cell.measure.basis == Basis.MEAN and cell.value is not None)
    ]


def _of_cell(cell: PrintedCell) -> Any:
    if cell.value is None:
        return cell.get_state_display()
    counts = about(cell.numerator, cell.denominator, cell.value) if cell.denominator else ""
    return noted(Figure(cell.value, unit=cell.measure.unit, places=0).with_unit, counts)


def coding_page(fieldwork: Fieldwork, asked: AskedTable, groups: list[TextGroup]) -> dict[str, Any]:
    """The context of a table's coding: progress, the texts that are coded, the shares as they stand, and the rule."""
    slug = asked.table.slug
    done = sum(each.number for each in groups if each.row)
    total = sum(each.number for each in groups)
    rule = CodingRule.objects.filter(asked=asked).first()
    release = SurveyRelease.objects.get(fieldwork=fieldwork)
    frozen = release.frozen
    share = Share(done, total, places=0).with_unit if total else ""
    progress = f"{done} of {counted(total, 'text')} coded ({share})" if total else without_texts(frozen, slug)
    coded = frozen.get(CODED, {}).get(slug)
    reader = TableReader(slug, [], {}, {**EMPTY, CODED: {slug: coded}}, by=()) if coded else None
    shares = [
        [
            each.row.words,
            _share(reader.coded_figure(each.row.key, Basis.RESPONDENTS)),
            _share(reader.coded_figure(each.row.key, Basis.MENTIONS)),
        ]
        for each in rows_to_code_to(fieldwork, slug)
        if reader
    ]
    return {
        "wave": fieldwork.wave,
        "asked": asked,
        "rule": rule,
        "progress": progress,
        "is_published": release.is_published,
        "is_printable": is_printable(frozen, slug),
        "coded": [each for each in groups if each.row],
        "shares": shares,
        "share_columns": [
            asked.table.row_noun.capitalize(), ("Of those who wrote", "numeric"), ("Of all mentions", "numeric"),
        ],
    }  # fmt: skip


EMPTY: dict[str, Any] = {
    "response": {}, "parts": {}, "columns": [], "why_no_column": [], "why_no_breakdown": [],
}  # fmt: skip


def _share(figure: ReleasedFigure) -> Any:
    if figure.value is None:
        return PrintedCell.State(figure.state).label
    return noted(Figure(figure.value, unit=PERCENT).with_unit, figure.counts)
