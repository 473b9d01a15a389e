"""The checks and imports of a page server before its first request."""

from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import get_template
from django.urls import resolve


def refuse_without_style_sheets() -> None:
    """Raise unless the style sheets were collected: without them every page would fail."""
    try:
        staticfiles_storage.url("look/portal.css")
    except ValueError:
        raise SystemExit(
            "Not started: the style sheets and scripts have not been collected. "
            "Run: make assets && sh deploy/run.sh static"
        ) from None


def warm_up() -> None:
    """Import every view and load the base template, so that the first request does not wait for it."""
    resolve("/healthz")
    get_template("base.html")
