"""The renderer of every form."""

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest

from design_system import controls
from design_system.dates import DateField, DateTimeField

__all__ = ["DateField", "DateTimeField", "DesignSystemRenderer"]


class DesignSystemRenderer(TemplatesSetting):
    """Renders every form of the site, allauth's and Wagtail's form pages too, in GOV.UK patterns.

    Widgets keep Django's own templates, so the Wagtail admin is unchanged.
    """

    form_template_name = "design_system/form/form.html"
    field_template_name = "design_system/form/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        html = controls.as_html(template_name, context["widget"]) if "widget" in context else None
        return super().render(template_name, context, request) if html is None else html
