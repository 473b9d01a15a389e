"""What a page server does before its first page."""

from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import get_template
from django.urls import resolve


def refuse_without_style_sheets() -> None:
    """Stop the start where the style sheets were not collected: every page names them, so every page would fail."""
    try:
        staticfiles_storage.url("look/portal.css")
    except ValueError:
        raise SystemExit(
            "Not started: the style sheets and scripts have not been collected. "
            "Run: make assets && sh deploy/run.sh static"
        ) from None


def warm_up() -> None:
    """Import every view and read the page's frame now, so that nobody waits for it."""
    resolve("/healthz")
    get_template("base.html")
