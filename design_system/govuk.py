"""GOV.UK Frontend's components, rendered by Jinja macros that match its fixtures to the letter."""

from functools import cache
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from jinja2 import Environment, PackageLoader, PrefixLoader


@cache
def _environment() -> Environment:
    loader = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    return Environment(loader=loader, autoescape=True)


@cache
def _macro(component: str) -> Any:
    template = _environment().get_template(f"govuk_frontend_jinja/components/{component}/macro.html")
    name = "govuk" + "".join(word.capitalize() for word in component.split("-"))
    return getattr(template.module, name)


def render(component: str, **parameters: Any) -> SafeString:
    """One component as HTML. `text` values are escaped; `html` values must already be safe."""
    return mark_safe(_macro(component)(parameters))  # noqa: S308 - the macros escape what is not called html


def words_or_html(value: Any) -> dict[str, Any]:
    """`{"text": …}`, or `{"html": …}` for what is already safe HTML."""
    if isinstance(value, SafeString):
        return {"html": str(value)}
    return {"text": str(value)}
