"""Needs, discoveries and projects in the admin: to be found there, not to be changed.

Their pages hold the deeds, so that every change goes through its operation. There is no form here, hence no address
for one.
"""

from typing import Any

from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permissions import register_permission_policy

from accounts.permissions import acts_as
from accounts.roles import Role
from projects.models import Discovery, Need, Project


class ReadOnlyPolicy(BasePermissionPolicy):
    """Holders of a platform role may look; nobody adds, changes or deletes here."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and acts_as(user, *Role)


for model in (Need, Discovery, Project):
    register_permission_policy(model, ReadOnlyPolicy(model))


class ListOnly(IndexView):
    """A list whose rows lead to their pages on the site."""

    def get_inspect_url(self, instance: Any) -> str:
        return instance.get_absolute_url()


class ReadOnlyViewSet(ModelViewSet):
    index_view_class = ListOnly
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    form_fields = ["title"]  # asked for by the viewset, used by none of its remaining views
    add_to_admin_menu = False

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
        ]


class NeedViewSet(ReadOnlyViewSet):
    model = Need
    menu_label = "Needs"
    icon = "help"
    list_display = ["title", "council", "state", "service", "raised_at"]
    list_filter = ["state", "service", "is_illustrative"]
    search_fields = ["title", "what"]
    ordering = ["-raised_at"]


class DiscoveryViewSet(ReadOnlyViewSet):
    model = Discovery
    menu_label = "Discoveries"
    icon = "search"
    list_display = ["title", "department", "step", "starts_on"]
    list_filter = ["step", "is_illustrative"]
    search_fields = ["title", "summary", "theme"]
    ordering = ["-starts_on"]


class ProjectViewSet(ReadOnlyViewSet):
    model = Project
    menu_label = "Projects"
    icon = "folder-open-inverse"
    list_display = ["title", "lead_council", "stage", "started_on", "last_updated_at"]
    list_filter = ["stage", "service", "is_illustrative"]
    search_fields = ["title", "summary"]
    ordering = ["-started_on"]


class FourSteps(ViewSetGroup):
    menu_label = "Four steps"
    menu_icon = "list-ol"
    items = (NeedViewSet, DiscoveryViewSet, ProjectViewSet)


@hooks.register("register_admin_viewset")
def four_steps() -> FourSteps:
    return FourSteps()
