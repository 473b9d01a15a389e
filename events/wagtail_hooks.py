"""Events in the admin, to look up only; they are changed on their own pages."""

from wagtail import hooks

from accounts.look_only import LookOnly
from accounts.roles import FACILITATING
from events.models import Event
from events.permissions import visible_events

EVENTS = LookOnly(
    Event,
    *FACILITATING,
    name="admin_events",
    url_prefix="events",
    pages=visible_events,
    icon="date",
    menu_label="Events",
    menu_order=300,
    add_to_admin_menu=True,
    list_filter=["stream", "kind", "state"],
    search_fields=["title", "venue"],
    list_display=["title", "starts_at", "venue", "stream", "places_taken", "capacity", "state"],
    inspect_view_fields=[
        "title",
        "summary",
        "stream",
        "kind",
        "starts_at",
        "ends_at",
        "venue",
        "host",
        "capacity",
        "places_taken",
        "state",
        "cancelled_reason",
        "source",
        "is_illustrative",
    ],
)


@hooks.register("register_admin_viewset")
def register_viewset() -> LookOnly:
    return EVENTS
