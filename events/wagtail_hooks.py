"""Events in the admin: a list to look things up in. What changes an event is done on its own pages."""

from collections.abc import Collection
from typing import Any

from wagtail import hooks
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permissions import register_permission_policy

from accounts.models import AnyUser, User
from accounts.permissions import acts_as
from accounts.roles import Role
from events.models import Event


class LookingUp(BasePermissionPolicy):
    """Facilitators and the secretariat look; nobody adds, changes or deletes past the operations."""

    def user_has_permission(self, user: AnyUser, action: str) -> bool:
        return action == "view" and acts_as(user, Role.FACILITATOR, Role.SECRETARIAT)

    def user_has_any_permission(self, user: AnyUser, actions: Collection[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: AnyUser, action: str, instance: Any) -> bool:
        return self.user_has_permission(user, action)

    def users_with_any_permission(self, actions: Collection[str]) -> Any:
        names = [Role.FACILITATOR, Role.SECRETARIAT] if "view" in actions else []
        return User.objects.filter(groups__name__in=names, is_active=True).distinct()


register_permission_policy(Event, LookingUp(Event))


class EventViewSet(ModelViewSet):
    model = Event
    icon = "date"
    menu_label = "Events"
    menu_order = 300
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    form_fields = ("title",)  # asked for by the viewset; its form can never be opened
    list_filter = ("stream", "kind", "state")
    search_fields = ("title", "venue")
    list_display = (
        TitleColumn("title", get_url=lambda event: event.get_absolute_url()),
        Column("starts_at", sort_key="starts_at"),
        Column("venue"),
        Column("get_stream_display", label="Stream"),
        Column("places_taken"),
        Column("capacity"),
        Column("get_state_display", label="State"),
    )
    inspect_view_fields = (
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
    )


@hooks.register("register_admin_viewset")
def register_viewset() -> EventViewSet:
    return EventViewSet("admin_events", url_prefix="events")
