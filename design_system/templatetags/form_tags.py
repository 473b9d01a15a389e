"""Template tags for forms: field, button, error summary, filter panel."""

import secrets
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString

from design_system import fields, govuk
from design_system.errors import listed_errors

register = template.Library()


@register.simple_tag
def form_token() -> SafeString:
    """The token, beside `{% csrf_token %}`, with which a form sent twice makes only one record."""
    return format_html('<input type="hidden" name="form_token" value="{}">', secrets.token_urlsafe(16))


@register.simple_tag
def button(
    text: str,
    href: str = "",
    name: str = "",
    value: str = "",
    variant: str = "",
    about: Any = "",
    is_main: bool = False,
    **attributes: Any,
) -> Any:
    """A button, or with `href` a link that looks like one. `variant`: secondary, warning, inverse.

    `is_main` marks the page's main action, which a test finds within the first screen of a phone.

    `about` is for screen readers only: the object of the verb, where a page has the same verb several times.
    """
    parameters: dict[str, Any] = {"text": str(text), "href": href, "name": name, "value": value}
    if about:
        hidden = '{}<span class="govuk-visually-hidden"> {}</span>'
        parameters["html"] = str(format_html(hidden, text, about))
    if variant:
        parameters["classes"] = f"govuk-button--{variant}"
    if not href:
        parameters["preventDoubleClick"] = True
    if is_main:
        attributes["data_main_action"] = "yes"
    if attributes:
        parameters["attributes"] = {key.replace("_", "-"): str(given) for key, given in attributes.items()}
    return govuk.render("button", **{key: given for key, given in parameters.items() if given not in ("", None)})


@register.simple_tag
def error_summary(*forms: Any) -> SafeString:
    """All errors of the page's forms, each a link to its field; empty where there are none."""
    errors = [
        {"text": text, "href": f"#{target}"} if target else {"text": text}
        for form in dict.fromkeys(forms)  # a page may know one form by two names
        if form
        for text, target in listed_errors(form)
    ]
    if not errors:
        return SafeString()
    return govuk.render("error-summary", titleText="There is a problem", errorList=errors)


@register.inclusion_tag("components/filter_panel.html", takes_context=True)
def filter_panel(context: template.Context, form: BaseForm, title: str = "Filter", button_text: str = "Show") -> dict:
    """A GET form that filters a list beside it; folded on a phone."""
    form.is_filter = True  # type: ignore[attr-defined]  # its fields are all optional, so none says so
    request = context.get("request")
    kept = {key: value for key, value in (request.GET.items() if request else ()) if key in {"q", "kind", "sort"}}
    return {
        "form": form,
        "title": title,
        "button_text": button_text,
        "path": request.path if request else "",
        "in_use": sum(bool(value) and key in form.fields for key, value in request.GET.items()) if request else 0,
        "kept": {key: value for key, value in kept.items() if key not in form.fields},
    }


@register.simple_tag
def form_field(field: BoundField) -> SafeString:
    """One field with its label, hint and error; `{{ form }}` uses it for each."""
    return fields.render(field)
