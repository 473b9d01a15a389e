"""A drop-down list, to the letter as Django's templates write it, without rendering a template for each option.

The filters beside one list have a hundred options.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.formats import localize
from django.utils.html import conditional_escape

TEMPLATE = "django/forms/widgets/select.html"
OPTION_TEMPLATE = "django/forms/widgets/select_option.html"


def is_plain(widget: dict[str, Any]) -> bool:
    """Whether every option looks as Django's own do."""
    options = (option for _, group, _ in widget["optgroups"] for option in group)
    return all(option["template_name"] == OPTION_TEMPLATE for option in options)


def as_html(widget: dict[str, Any]) -> str:
    """The list that a widget's context describes."""
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
    """` class="…" disabled`: True stands alone, False is left out."""
    said = []
    for name, value in given.items():
        if value is True:
            said.append(f" {conditional_escape(name)}")
        elif value is not False:
            said.append(f' {conditional_escape(name)}="{conditional_escape(value)}"')
    return "".join(said)
