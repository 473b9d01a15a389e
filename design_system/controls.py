"""Text boxes and drop-down lists as Django's templates write them, to the letter, but without rendering templates.

The filters beside one list have a hundred options.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.formats import localize
from django.utils.html import conditional_escape

_SELECT = "django/forms/widgets/select.html"
_OPTION = "django/forms/widgets/select_option.html"
_INPUTS = {
    f"django/forms/widgets/{kind}.html" for kind in ("input", "text", "number", "email", "url", "date", "hidden")
}


def as_html(template_name: str, widget: dict[str, Any]) -> str | None:
    """The HTML of a widget from its context; None where Django's own template is needed."""
    if template_name in _INPUTS:
        return _box(widget)
    if template_name == _SELECT and all(
        option["template_name"] == _OPTION for _, group, _ in widget["optgroups"] for option in group
    ):
        return _list(widget)
    return None


def _box(widget: dict[str, Any]) -> str:
    value = "" if widget["value"] is None else f' value="{conditional_escape(widget["value"])}"'
    kind, name = conditional_escape(widget["type"]), conditional_escape(widget["name"])
    return f'<input type="{kind}" name="{name}"{value}{_attributes(widget["attrs"])}>'


def _list(widget: dict[str, Any]) -> str:
    lines = "".join(_lines(widget["optgroups"]))
    return f'<select name="{conditional_escape(widget["name"])}"{_attributes(widget["attrs"])}>{lines}\n</select>'


def _lines(groups: list[tuple[str | None, list[dict[str, Any]], int]]) -> Iterator[str]:
    for name, options, _ in groups:
        if name:
            yield f'\n  <optgroup label="{conditional_escape(localize(name))}">'
        for option in options:
            value, label = conditional_escape(option["value"]), conditional_escape(localize(option["label"]))
            yield f'\n  <option value="{value}"{_attributes(option["attrs"])}>{label}</option>\n'
        if name:
            yield "\n  </optgroup>"


def _attributes(given: dict[str, Any]) -> str:
    """HTML attributes, ` class="…" disabled`: of True only the name, False left out."""
    said = []
    for name, value in given.items():
        if value is True:
            said.append(f" {conditional_escape(name)}")
        elif value is not False:
            said.append(f' {conditional_escape(name)}="{conditional_escape(value)}"')
    return "".join(said)
