"""Form fields of several controls: statements that share a scale, and a ranking of a few."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.words import series

Pairs = Sequence[tuple[str, str]]  # keys and words
PLACES = ("first", "second", "third")
NOT_OFFERED = "Choose one of the answers that are offered."


class MatrixWidget(forms.MultiWidget):
    """A widget of one group of radio buttons a statement. Drawn as a table, on a phone as a card a statement."""

    is_matrix = True
    use_fieldset = True

    def __init__(self, rows: Pairs = (), scale: Pairs = (), attrs: dict | None = None) -> None:
        self.rows, self.scale = list(rows), list(scale)
        super().__init__({key: forms.RadioSelect(choices=self.scale) for key, _ in self.rows}, attrs)

    def decompress(self, value: Any) -> list[Any]:
        return [(value or {}).get(key) for key, _ in self.rows]


class MatrixField(forms.Field):
    """The chosen key of the scale by the key of its statement; statements that were left out are absent."""

    def __init__(self, *, rows: Pairs, scale: Pairs, **kwargs: Any) -> None:
        super().__init__(widget=MatrixWidget(rows, scale), **kwargs)
        self.rows, self.scale = dict(rows), dict(scale)

    def clean(self, value: Any) -> dict[str, str]:
        given = value if isinstance(value, dict) else dict(zip(self.rows, value or [], strict=False))
        chosen = {row: mark for row, mark in given.items() if mark not in (None, "")}
        if not all(row in self.rows and isinstance(mark, str) and mark in self.scale for row, mark in chosen.items()):
            raise ValidationError(NOT_OFFERED, code="invalid_choice")
        if self.required and (missing := [words for row, words in self.rows.items() if row not in chosen]):
            said = series([f"“{words}”" for words in missing], most=3)
            raise ValidationError(f"Choose an answer for {said}.", code="incomplete")
        return chosen


class RankingWidget(forms.MultiWidget):
    """A widget of three lists, or of three boxes where nothing is offered: first, second, third."""

    is_ranking = True
    use_fieldset = True

    def __init__(self, choices: Pairs = (), attrs: dict | None = None) -> None:
        offered = [("", "Choose, or leave empty"), *choices]
        one = (lambda: forms.Select(choices=offered)) if choices else forms.TextInput
        super().__init__({place: one() for place in PLACES}, attrs)

    def decompress(self, value: Any) -> list[Any]:
        return [*(value or []), *[None] * len(PLACES)][: len(PLACES)]


class RankingField(forms.Field):
    """Up to three different answers, the most important first: keys of `choices`, or cleaned by `of` without them."""

    def __init__(self, *, choices: Pairs = (), of: forms.Field | None = None, **kwargs: Any) -> None:
        super().__init__(widget=RankingWidget(choices), **kwargs)
        self.choices, self.of = dict(choices), of or forms.CharField(max_length=120, required=False)

    def clean(self, value: Any) -> list[str]:
        named = [each for each in map(self._one, value or []) if each]
        if len(named) > len(PLACES):
            raise ValidationError("Name three at most.", code="too_many")
        if len({each.casefold() for each in named}) < len(named):
            raise ValidationError("You have named one of them twice. Name each once.", code="twice")
        if self.required and not named:
            raise ValidationError("Name at least one.", code="required")
        return named

    def _one(self, value: Any) -> str:
        if value in (None, ""):
            return ""
        if not isinstance(value, str) or (self.choices and value not in self.choices):
            raise ValidationError(NOT_OFFERED, code="invalid_choice")
        return value if self.choices else self.of.clean(value)


def lines_of(field: forms.BoundField) -> Iterable[dict[str, Any]]:
    """The statements of a matrix, each with its buttons: ids, names, values and which is chosen."""
    widget: MatrixWidget = field.field.widget
    for n, ((row, words), chosen) in enumerate(zip(widget.rows, _values(field), strict=True)):
        id_, name = f"{field.auto_id}_{n}", f"{field.html_name}_{row}"
        marks = [
            {"id": id_ if not m else f"{id_}_{m}", "value": key, "words": said, "is_chosen": key == chosen}
            for m, (key, said) in enumerate(widget.scale)
        ]
        yield {"words": words, "name": name, "marks": marks}


def places_of(field: forms.BoundField) -> Iterable[dict[str, Any]]:
    """The controls of a ranking, each with its label."""
    widget: RankingWidget = field.field.widget
    wrong = {"aria-invalid": "true"} if field.errors else {}
    for n, (place, one, value) in enumerate(zip(PLACES, widget.widgets, _values(field), strict=True)):
        is_list = isinstance(one, forms.Select)
        attributes = {"id": f"{field.auto_id}_{n}", "class": "govuk-select" if is_list else "govuk-input"} | wrong
        attributes |= {} if is_list else {"maxlength": False}
        control = one.render(f"{field.html_name}_{place}", value, attributes, field.form.renderer)
        yield {"id": attributes["id"], "label": place.capitalize(), "control": control}


def _values(field: forms.BoundField) -> list[Any]:
    value = field.value()
    return value if isinstance(value, list) and field.form.is_bound else field.field.widget.decompress(value)
