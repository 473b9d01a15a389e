"""Read-only listings in the Wagtail admin: to look things up. What changes them are the pages' own deeds."""

from typing import Any

from django.db.models import Model
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies.base import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from accounts.permissions import acts_as
from accounts.roles import Role
from assets_registry.models import Asset


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Editors and the secretariat look; nobody adds, changes or deletes here."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and acts_as(user, Role.EDITOR, Role.SECRETARIAT)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> Any:
        rows = self.model._default_manager
        return rows.all() if self.user_has_any_permission(user, actions) else rows.none()


class Listing(ModelViewSet):
    """A list with filters and a page to look at each row."""

    inspect_view_enabled = True
    copy_view_enabled = False
    list_per_page = 50
    form_fields: tuple[str, ...] = ()  # nobody gets as far as a form


def read_only(*models: type[Model]) -> None:
    """Put these models under the policy, before their listings are registered."""
    for model in models:
        register_permission_policy(model, ReadOnlyPolicy(model), exact_class=True)


read_only(Asset)


class Assets(Listing):
    model = Asset
    icon = "folder-open-inverse"
    list_display = ["name", "kind", "owner", "state", "licence", "published_at"]
    list_filter = ["kind", "state", "phase", "tier"]
    search_fields = ["name", "summary"]
