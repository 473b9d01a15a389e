"""The line on the pages of records with which one follows them."""

from typing import Any

from django.db.models import Model
from django.urls import reverse

from core.panels import Panel
from portal.follows.queries import follow_of, kind_of_record


def follow_panel(record: Model, user: Any) -> Panel | None:
    """A link to follow the record, or how often one hears of it; nothing where it is not public yet."""
    if getattr(record, "is_published", True) is False:
        return None
    address = reverse("follow", args=[kind_of_record(record), record.slug])  # type: ignore[attr-defined]  # each has one
    return Panel("portal/follows/panel.html", {"follow": follow_of(user, record), "url": address}, 200, "top")
