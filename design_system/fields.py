"""Rendering of one form field: its GOV.UK pattern, and the attributes of its controls."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from design_system.dates import clocks_of
from design_system.errors import sentences
from design_system.groups import lines_of, places_of

SHORT = 10  # characters of a mark that leave room for another beside it on a phone


@dataclass(frozen=True)
class OnlyIf:
    """The condition under which a field is shown: another field of its form has one of these values.

    Set as `only_if` of the field. `words` say so where there is no script; the form drops what was answered in vain.
    """

    name: str
    values: tuple[str, ...]
    words: str


def pattern_of(field: BoundField) -> str:
    """The name of the template under `design_system/form/` for this field."""
    widget = field.field.widget
    for pattern in ("date", "matrix", "ranking"):
        if getattr(widget, f"is_{pattern}", False):
            return pattern
    if isinstance(widget, forms.CheckboxSelectMultiple):  # in Django a kind of RadioSelect, so asked first
        return "checkboxes"
    if isinstance(widget, forms.RadioSelect):
        return "radios"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, forms.Textarea):
        return "textarea"
    if isinstance(widget, forms.PasswordInput):
        return "password"
    if isinstance(widget, forms.MultiWidget):
        return "group"
    return "control"


def _class_of(field: BoundField) -> str:
    widget = field.field.widget
    if isinstance(widget, forms.Textarea):
        base = "govuk-textarea"
    elif isinstance(widget, forms.FileInput):
        base = "govuk-file-upload"
    elif isinstance(widget, forms.Select):
        base = "govuk-select"
    elif isinstance(widget, forms.CheckboxInput):
        return "govuk-checkboxes__input"
    elif isinstance(widget, forms.PasswordInput):
        base = "govuk-input govuk-password-input__input govuk-js-password-input-input"
    else:
        base = "govuk-input"
    names = [base, widget.attrs.get("class", "")]
    if field.errors:
        names.append(f"{base.split()[0]}--error")
    if isinstance(field.field, forms.IntegerField) and base == "govuk-input":
        names.append("govuk-input--width-10")
    return " ".join(name for name in names if name)


def control(field: BoundField) -> str:
    """The control's HTML, with our classes and Django's ids, `aria-describedby` and `aria-invalid`."""
    # Words inside a box vanish when one types; the label and the hint say it all.
    # A browser cuts what is pasted at `maxlength` without a word; the server says what is too long, and keeps it.
    attributes: dict[str, Any] = {"class": _class_of(field), "placeholder": False, "maxlength": False}
    widget, given = field.field.widget, field.field.widget.attrs
    if isinstance(widget, forms.EmailInput):
        attributes["spellcheck"] = "false"
    if isinstance(field.field, forms.IntegerField) and not isinstance(widget, forms.Select | forms.HiddenInput):
        attributes["inputmode"] = (
            "decimal" if isinstance(field.field, forms.FloatField | forms.DecimalField) else "numeric"
        )
    if isinstance(widget, forms.Textarea):
        attributes["rows"] = given.get("rows") if given.get("rows") not in (None, "10") else "6"
        if limit_of(field):
            attributes["class"] += " govuk-js-character-count"
            attributes["aria-describedby"] = " ".join(filter(None, (field.aria_describedby, f"{field.auto_id}-info")))
    attributes = {key: value for key, value in attributes.items() if value is not None}
    return field.as_widget(attrs=attributes)


def limit_of(field: BoundField) -> dict[str, int]:
    """`{"words": n}` or `{"characters": n}` where a long text has a limit."""
    if words := getattr(field.field, "most_words", None):
        return {"words": words}
    if characters := getattr(field.field, "max_length", None):
        return {"characters": characters}
    return {}


def is_marked_optional(field: BoundField) -> bool:
    """Whether to mark the label as optional: not in filters, and not where the label says it already."""
    if field.field.required or getattr(field.form, "is_filter", False) or field.field.disabled:
        return False
    if not getattr(field.field, "says_optional", True):  # what is needed in some cases and not in others
        return False
    return "optional" not in str(field.label).lower() and not isinstance(field.field.widget, forms.CheckboxInput)


def boxes(field: BoundField) -> list[dict[str, Any]]:
    """The boxes of a date, each with its own label, id, name and what was typed."""
    widget, values = field.field.widget, _parts_of(field)
    names = [name for name in widget.names if name != "clock"]
    return [
        {
            "id": f"{field.auto_id}_{n}",
            "name": f"{field.html_name}_{name}",
            "label": widget.labels[name],
            "value": values[n] if n < len(values) and values[n] is not None else "",
            "width": {"year": 4, "time": 5}.get(name, 2),
            "inputmode": "text" if name in {"time", "month"} else "numeric",
        }
        for n, name in enumerate(names)
    ]


def clocks(field: BoundField) -> list[dict[str, Any]]:
    """The buttons that say which of two moments is meant, where the boxes of a moment hold a time that comes twice."""
    if "clock" not in field.field.widget.names:
        return []
    *typed, chosen = (str(value or "") for value in _parts_of(field))
    name = f"{field.html_name}_clock"
    return [
        {"id": f"{field.auto_id}_clock_{n}", "name": name, "value": clock, "label": words, "checked": clock == chosen}
        for n, (clock, words) in enumerate(clocks_of(*typed))
    ]


def _parts_of(field: BoundField) -> list[Any]:
    value = field.value()
    return value if isinstance(value, list) else field.field.widget.decompress(value)


def choices(field: BoundField) -> list[dict[str, Any]]:
    """The buttons or boxes of a group, in order."""
    return [
        {
            "type": choice.data["type"],
            "id": choice.id_for_label,
            "name": choice.data["name"],
            "value": choice.data["value"],
            "label": choice.choice_label,
            "checked": choice.data["selected"],
            "disabled": choice.data["attrs"].get("disabled"),
        }
        for choice in field.subwidgets
    ]


def render(field: BoundField) -> SafeString:
    """Label, hint, error and control of one field."""
    if field.is_hidden:
        return field.as_widget()
    pattern = pattern_of(field)
    context: dict[str, Any] = {"field": field, "pattern": pattern, "optional": is_marked_optional(field)}
    context["sentences"] = sentences(field)
    context["is_filter"] = getattr(field.form, "is_filter", False)
    template = pattern
    if pattern in {"radios", "checkboxes"}:
        template, context["choices"] = "choices", choices(field)
    elif pattern == "date":
        context["boxes"], context["clocks"] = boxes(field), clocks(field)
    elif pattern == "matrix":
        context["lines"], context["scale"] = list(lines_of(field)), field.field.widget.scale
        context["is_short"] = all(len(words) <= SHORT for _, words in context["scale"])
    elif pattern == "ranking":
        context["places"] = list(places_of(field))
    else:
        context["control"] = control(field)
        context["limit"] = limit_of(field) if pattern == "textarea" else {}
        context["unit"], context["is_before"] = unit_of(field)
    html = render_to_string(f"design_system/form/{template}.html", context)
    return _only_if(field, html)


def unit_of(field: BoundField) -> tuple[str, bool]:
    """The unit of a number, and whether it stands before it: £ does."""
    unit = getattr(field.field, "unit", "")
    return unit, unit == "£"


def _only_if(field: BoundField, html: SafeString) -> SafeString:
    """The field inside what the script hides while its condition is not met."""
    condition: OnlyIf | None = getattr(field.field, "only_if", None)
    if condition is None:
        return html
    block = '<div class="lda-only-if" data-only-if="{}" data-values="{}"><p class="lda-only-if__words">{}</p>{}</div>'
    return format_html(block, field.form.add_prefix(condition.name), " ".join(condition.values), condition.words, html)
