from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from accounts.look_only import LookOnly
from accounts.roles import Role
from assets_registry.models import Asset
from assets_registry.permissions import visible_assets
from take_up.models import Adoption, Benefit, Commitment


class Registry(ViewSetGroup):
    """Assets, who uses them and what got better, in one menu."""

    menu_label = "Asset registry"
    menu_icon = "folder-open-inverse"
    items = (
        LookOnly(
            Asset,
            Role.EDITOR,
            Role.SECRETARIAT,
            pages=visible_assets,
            icon="folder-open-inverse",
            related=["owner"],
            list_display=["name", "kind", "owner", "state", "licence", "published_at"],
            list_filter=["kind", "state", "phase", "tier"],
            search_fields=["name", "summary"],
        ),
        LookOnly(
            Adoption,
            Role.EDITOR,
            Role.SECRETARIAT,
            icon="group",
            related=["asset", "council"],
            list_display=["asset", "council", "status", "since", "confirmed_at", "asked_status"],
            list_filter=["status"],
            search_fields=["asset__name", "council__name"],
        ),
        LookOnly(
            Commitment,
            Role.EDITOR,
            Role.SECRETARIAT,
            icon="time",
            related=["asset", "council"],
            list_display=["asset", "council", "would", "officer_days", "co_fund", "expires_on", "ending"],
            list_filter=["would", "ending"],
            search_fields=["asset__name", "council__name"],
        ),
        LookOnly(
            Benefit,
            Role.EDITOR,
            Role.SECRETARIAT,
            icon="pick",
            related=["latest"],
            list_display=["title", "claimed", "latest", "unit", "state", "claimed_on", "due_on"],
            list_filter=["origin", "better"],
            search_fields=["title"],
        ),
    )


@hooks.register("register_admin_viewset")
def register_listings() -> Registry:
    return Registry()
