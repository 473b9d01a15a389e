"""The line on the pages of records with which one follows them."""

from typing import Any

from django.db.models import Model
from django.urls import reverse

from core.panels import Panel
from councils.models import Organisation
from portal.follows.queries import follow_of, kind_of_record


def follow_panel(record: Model, user: Any) -> Panel | None:
    """A link to follow the record, or how often one hears of it; nothing where it is not public yet."""
    if getattr(record, "is_published", True) is False:
        return None
    address = reverse("follow", args=[kind_of_record(record), record.slug])  # type: ignore[attr-defined]  # each has one
    context = {"follow": follow_of(user, record), "url": address, "of_council": isinstance(record, Organisation)}
    return Panel("portal/follows/panel.html", context, 200, "top")


def follow_council_panel(council: Organisation, user: Any) -> Panel | None:
    """The same for a council, with what one hears of it; nothing of one that has ended or is none."""
    return follow_panel(council, user) if council.is_council and not council.has_ended else None
