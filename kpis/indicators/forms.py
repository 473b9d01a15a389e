"""The forms of figures: rows of boxes, a file, and the list of a council's largest services."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.forms.utils import ErrorDict

from core.forms import LineField
from core.sent_tables import OR_WINDOWS, lines_of
from core.text import clean_line
from core.words import counted
from councils.models import Organisation, Service
from kpis.indicators.checking import faults_in
from kpis.indicators.models import MOST_TOP
from kpis.indicators.quarters import ended_quarters, quarter_in_words, quarter_key, quarter_read
from kpis.indicators.queries import services_of
from kpis.indicators.reading import COLUMNS, LABELS, NEEDED, SEEN, FiguresFault

Numbered = tuple[int, Mapping[str, str]]
MOST_LINES = 5_000
MOST_BYTES = 1024 * 1024
MOST_TO_CORRECT = 25  # rows with something wrong that a page shows as boxes
MOST_SHOWN = 5_000  # characters of which services a page showed
GAP = "~"  # before a place, where no address of a service begins so
LOST = (
    "A service that this page showed is not here any more. Nothing was saved: look at what stands below, and send it."
)
MOST_KEPT = 300_000  # characters of rows that a page carries along
HINTS = {
    "cost": "Staff, systems and postage of the three months",
    "completed": "Left empty, the four channels are added up",
    "started_web": "How many began the form online",
    "ratings": "How many answered “How satisfied were you?”",
    "satisfied": "Satisfied or very satisfied",
    "reason": "Only where you change what you returned before",
}
_SHOWN = tuple(name for name in COLUMNS if name not in ("service", "quarter", "for_comparison_only"))


@dataclass(frozen=True)
class CardOfRow:
    """One row of a form: its title and its boxes; as a fold, what it says when closed and whether it is open."""

    title: str
    fields: list[BoundField]
    state: str = ""
    is_open: bool = True


class FiguresForm(forms.Form):
    """Rows of figures as boxes, one card for each; whatever is wrong stands beside its box.

    `fixed` holds columns that are not asked for, by row. `kept` are other rows that go along unseen.
    """

    def __init__(
        self,
        data: Any = None,
        *,
        council: Organisation,
        rows: Sequence[Numbered],
        columns: Iterable[str] = _SHOWN,
        kept: Sequence[Numbered] = (),
        **more: Any,
    ) -> None:
        super().__init__(data, **more)
        self.council, self._rows, self._columns, self._kept = council, rows, tuple(columns), kept
        self.faults: list[FiguresFault] = []
        for number, cells in rows:
            for column in self._columns:
                self.fields[f"{column}-{number}"] = LineField(
                    label=LABELS[column],
                    help_text=HINTS.get(column, ""),
                    required=False,
                    initial=cells.get(column, ""),
                    max_length=200,
                    widget=forms.TextInput(attrs={"autocomplete": "off", **_WIDTHS.get(column, _NARROW)}),
                )
                self.fields[f"{column}-{number}"].says_optional = False  # type: ignore[attr-defined]  # of the design
                self.fields[f"{column}-{number}"].stands_under = _title(number, cells)  # type: ignore[attr-defined]  # same

    @property
    def cards(self) -> list[CardOfRow]:
        return [
            CardOfRow(
                _title(number, cells),
                [self[name] for column in self._columns if (name := f"{column}-{number}") in self.fields],
            )
            for number, cells in self._rows
        ]

    def typed(self) -> list[Numbered]:
        """All rows as they are now, those that go along too, in their order."""
        here = [
            (number, {**cells, **{name: self._now(f"{name}-{number}") for name in self._columns}})
            for number, cells in self._rows
        ]
        return sorted([*here, *self._kept], key=lambda row: row[0])

    def _now(self, name: str) -> str:
        """What stands in a box; as it was typed where it is wrong in itself, so that the rest is checked beside it."""
        return clean_line(str(self.data.get(name, ""))) if name in self.errors else self.cleaned_data.get(name, "")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        rows = self.typed()
        self.faults = faults_in(self.council, rows)
        self.show(self.faults)
        return {**cleaned, "rows": rows}

    @property
    def sent(self) -> list[Numbered]:
        return self.cleaned_data.get("rows") or self.typed()

    def show_first(self, faults: Iterable[FiguresFault]) -> None:
        """Show the faults of a form that nobody has sent yet, beside what the file said."""
        self.is_bound, self.data = True, {f"{n}-{row}": cells.get(n, "") for row, cells in self._rows for n in COLUMNS}
        self._errors = ErrorDict()
        self.cleaned_data = {}
        self.show(faults)

    def show(self, faults: Iterable[FiguresFault]) -> None:
        """Put each fault beside its box, or on top where its row is not shown."""
        titles = {number: _title(number, cells) for number, cells in self._rows}
        for fault in faults:
            name = f"{fault.column}-{fault.row}"
            if name in self.errors:
                continue  # its box has told already
            if name in self.fields:
                self.add_error(name, fault.sentence)
            else:
                title = titles.get(fault.row, f"Row {fault.row}")
                self.add_error(None, f"{title}, {LABELS[fault.column].lower()}: {fault.sentence}")

    @property
    def answers(self) -> dict[str, Any]:
        return {"rows": self.cleaned_data["rows"]}


def _title(number: int, cells: Mapping[str, str]) -> str:
    """What a card is headed with: its service, or the number of its row."""
    return cells.get("title", "") or f"Row {number}"


_NARROW = {"class": "govuk-input--width-10", "inputmode": "decimal"}
_WIDTHS: dict[str, dict[str, str]] = {
    "service": {},
    "quarter": {"class": "govuk-input--width-10"},
    "for_comparison_only": {"class": "govuk-input--width-5"},
    "reason": {},
}


class ReturnForm(FiguresForm):
    """A council's largest services for one quarter, each with a tick for comparison only.

    Where nothing stands yet there is nothing to correct, so no reason is asked.

    `moved_from` is what the address named instead of a quarter, and `lost` says that the page showed a service that is
    here no more; what was typed is then shown again, and not kept.
    `shown` goes along unseen: which services the page showed, and which version of each. What was typed is kept for
    those, though the council's list has changed since; and a version that came in meanwhile is told of.
    """

    def __init__(self, *args: Any, quarter: Any, moved_from: str = "", lost: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        self.quarter, self._moved_from, self._lost = quarter, moved_from, lost
        self._keep_ticks_not_shown()
        for number, cells in self._rows:
            if not cells["stands"] and not cells.get("reason"):
                del self.fields[f"reason-{number}"]
            self.fields[f"for_comparison_only-{number}"] = forms.BooleanField(
                label=LABELS["for_comparison_only"],
                help_text="Your own people see this service’s figures, and nobody else does.",
                required=False,
                initial=cells.get("for_comparison_only") == "yes",
            )
            self.fields[f"for_comparison_only-{number}"].stands_under = _title(number, cells)  # type: ignore[attr-defined]  # as above
        self._columns = (*self._columns, "for_comparison_only")

    @property
    def cards(self) -> list[CardOfRow]:
        """The services as folds: open where something is typed or wrong, and the first of which nothing stands."""
        typed, first = self.typed_over(), next((n for n, cells in self._rows if not cells["stands"]), None)
        return [
            CardOfRow(
                card.title,
                card.fields,
                state=f"version {cells['stands']} stands" if cells["stands"] else "nothing returned yet",
                is_open=number == first
                or number in typed
                or "typed" in cells
                or any(field.errors for field in card.fields),
            )
            for card, (number, cells) in zip(super().cards, self._rows, strict=True)
        ]

    def typed_over(self) -> dict[int, dict[str, str]]:
        """What somebody typed over what stands, by row and column; a tick as `yes` or `no`."""
        changed, found = set(self.changed_data) if self.is_bound else set(), {}
        for number, _ in self._rows:
            over = {name: self._typed_in(f"{name}-{number}") for name in self._columns if f"{name}-{number}" in changed}
            if over:
                found[number] = over
        return found

    def _typed_in(self, name: str) -> str:
        if isinstance(self.fields[name], forms.BooleanField):
            return "yes" if self[name].value() else "no"
        return clean_line(str(self.data.get(name, "")))

    @property
    def shown(self) -> str:
        """Each service with the version of which this page has told, at its place; `~2` where the second is no more."""
        parts = {number: f"{cells['service']}:{cells['stands'] or 0}" for number, cells in self._rows}
        return ",".join(parts.get(place, f"{GAP}{place}") for place in range(1, max(parts, default=0) + 1))

    def _keep_ticks_not_shown(self) -> None:
        """Nobody takes off a tick that their page did not show: it comes back set, with what is said of the version."""
        hidden = [
            number
            for number, cells in self._rows
            if cells.get("for_comparison_only") == "yes" and cells[SEEN] != cells["stands"]
        ]
        if self.is_bound and hidden:
            self.data = {**self.data.dict(), **{f"for_comparison_only-{number}": "on" for number in hidden}}

    def typed(self) -> list[Numbered]:
        quarter = quarter_key(self.quarter)
        return [
            (number, {**cells, "quarter": quarter, "for_comparison_only": self._mark(number)})
            for number, cells in super().typed()
        ]

    def _mark(self, number: int) -> str:
        """What a tick says; nothing where it is as it was without one."""
        name = f"for_comparison_only-{number}"
        return "yes" if self.cleaned_data.get(name) else "no" if self.fields[name].initial else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self._lost:
            self.add_error(None, LOST)
        if self._moved_from:
            self.add_error(
                None,
                f"“{self._moved_from[:20]}” is no quarter that can be returned here. What you typed stands below, now "
                f"for {quarter_in_words(self.quarter)}: send it again if that is right.",
            )
        return cleaned


def services_shown(text: str) -> dict[str, str]:
    """By the addresses of the services that a page showed, in its order, the version that stood, “0” for none; a place
    without one as `~2`.
    """
    parts = [part.partition(":") for part in clean_line(text[:MOST_SHOWN]).split(",")]
    return {slug: version for slug, _, version in parts if slug}


class QuarterForm(forms.Form):
    """Which quarter is returned. Its box stands in the form of figures, so that what is typed there goes along."""

    quarter = forms.ChoiceField(label="Quarter", required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["quarter"].says_optional = False  # type: ignore[attr-defined]  # of the design system
        self.fields["quarter"].choices = [  # type: ignore[attr-defined]  # a choice field
            (quarter_key(each), quarter_in_words(each)) for each in ended_quarters(8)
        ]

    @staticmethod
    def read(text: str) -> Any:
        """The quarter that an address names, the last one without; None where it is none that has ended lately."""
        quarter = quarter_read(text) if text else ended_quarters(1)[0]
        return quarter if quarter in ended_quarters(8) else None


class FileOfFiguresForm(forms.Form):
    """A file of figures. What it says row by row is checked with its rows."""

    file = forms.FileField(
        label="File of figures",
        help_text="CSV, in UTF-8 or as older spreadsheets save it (Windows, Latin-1); up to 1 MB and 5,000 lines.",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt"}),
        error_messages={"required": "Choose the file.", "empty": "This file is empty."},
    )

    def __init__(self, *args: Any, council: Organisation, **more: Any) -> None:
        super().__init__(*args, **more)
        self.council = council
        self.sent: list[Numbered] = []
        self.faults: list[FiguresFault] = []

    def clean_file(self) -> list[Numbered]:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError("This file is larger than 1 MB. Send it in parts.")
        rows = list(
            lines_of(file.read(), columns=COLUMNS, needed=NEEDED, most=MOST_LINES, encodings=OR_WINDOWS, whole=True)
        )
        if not rows:
            raise ValidationError("This file has no row. Write one service a line, below the line of columns.")
        self.sent, self.faults = rows, faults_in(self.council, rows)
        if self.faults:
            wrong = len({each.row for each in self.faults})
            raise ValidationError(f"{counted(wrong, 'row has', 'rows have')} something wrong. Nothing was saved.")
        return rows

    @property
    def answers(self) -> dict[str, Any]:
        return {"rows": self.cleaned_data["file"]}


class CorrectedForm(FiguresForm):
    """The rows of a file that were wrong, as boxes; the others go along unseen, so that nothing is typed again."""

    def __init__(self, data: Any = None, *, council: Organisation, rows: Sequence[Numbered], shown: set[int]) -> None:
        self.carried = json.dumps([[number, dict(cells)] for number, cells in rows], ensure_ascii=False)
        self.shown = ",".join(map(str, sorted(shown)))
        super().__init__(
            data,
            council=council,
            rows=[row for row in rows if row[0] in shown],
            kept=[row for row in rows if row[0] not in shown],
            columns=COLUMNS,
        )


def can_be_corrected(rows: Sequence[Numbered], wrong: set[int]) -> bool:
    """Whether a page shows the wrong rows as boxes; of more, the file is corrected where it was made."""
    size = sum(len(cell) + 20 for _, cells in rows for cell in cells.values())
    return len(wrong) <= MOST_TO_CORRECT and size <= MOST_KEPT


def carried_rows(text: str) -> list[Numbered]:
    """The rows that a page carried along; none where the text is no such rows."""
    try:
        rows = json.loads(text) if len(text) <= 2 * MOST_KEPT else []
        found = [
            (int(number), {name: clean_line(str(cells.get(name, "")))[:500] for name in COLUMNS})
            for number, cells in rows
        ]
    except (ValueError, TypeError, AttributeError, RecursionError, OverflowError):
        return []
    return found[:MOST_LINES] if len({number for number, _ in found}) == len(found) else []


class TopForm(forms.Form):
    """The twenty services that a council has most of, one place each."""

    def __init__(self, *args: Any, council: Organisation, chosen: Sequence[Service] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        services = list(services_of(council).order_by("name"))
        self._by_slug = {each.slug: each for each in services}
        choices = [("", "None"), *((each.slug, each.name) for each in services)]
        for place in range(1, MOST_TOP + 1):
            initial = chosen[place - 1].slug if place <= len(chosen) else ""
            self.fields[f"place-{place}"] = forms.ChoiceField(
                label=f"{place}.", choices=choices, required=False, initial=initial
            )
            self.fields[f"place-{place}"].says_optional = False  # type: ignore[attr-defined]  # of the design system

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        seen: dict[str, str] = {}
        for name, slug in list(cleaned.items()):
            if slug and seen.setdefault(slug, name) != name:
                self.add_error(name, f"{self._by_slug[slug]} stands at place {seen[slug].removeprefix('place-')} too.")
        return cleaned

    @property
    def answers(self) -> dict[str, Any]:
        places = (self.cleaned_data[f"place-{place}"] for place in range(1, MOST_TOP + 1))
        return {"services": [self._by_slug[slug] for slug in places if slug]}
