"""Needs, discoveries and projects in the admin: to be found there, and changed on their pages."""

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from accounts.look_only import LookOnly
from accounts.roles import Role
from projects.discoveries.permissions import visible_discoveries
from projects.models import Discovery, Need, Project
from projects.needs.permissions import visible_needs
from projects.portfolio.permissions import visible_projects


class FourSteps(ViewSetGroup):
    menu_label = "Four steps"
    menu_icon = "list-ol"
    items = (
        LookOnly(
            Need,
            *Role,
            pages=visible_needs,
            inspect_view_enabled=False,
            menu_label="Needs",
            icon="help",
            related=["council", "service"],
            list_display=["title", "council", "state", "service", "raised_at"],
            list_filter=["state", "service", "is_illustrative"],
            search_fields=["title", "what"],
            ordering=["-raised_at"],
        ),
        LookOnly(
            Discovery,
            *Role,
            pages=visible_discoveries,
            inspect_view_enabled=False,
            menu_label="Discoveries",
            icon="search",
            related=["department"],
            list_display=["title", "department", "step", "starts_on"],
            list_filter=["step", "is_illustrative"],
            search_fields=["title", "summary", "theme"],
            ordering=["-starts_on"],
        ),
        LookOnly(
            Project,
            *Role,
            pages=visible_projects,
            inspect_view_enabled=False,
            menu_label="Projects",
            icon="folder-open-inverse",
            related=["lead_council"],
            list_display=["title", "lead_council", "stage", "started_on", "last_updated_at"],
            list_filter=["stage", "service", "is_illustrative"],
            search_fields=["title", "summary"],
            ordering=["-started_on"],
        ),
    )


@hooks.register("register_admin_viewset")
def four_steps() -> FourSteps:
    return FourSteps()
