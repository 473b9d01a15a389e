from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from assets_registry.listings import Listing, read_only
from assets_registry.models import Adoption, Asset, Benefit

read_only(Asset, Adoption, Benefit)


class Assets(Listing):
    model = Asset
    icon = "folder-open-inverse"
    list_display = ["name", "kind", "owner", "state", "licence", "published_at"]
    list_filter = ["kind", "state", "phase", "tier"]
    search_fields = ["name", "summary"]


class Adoptions(Listing):
    model = Adoption
    icon = "group"
    list_display = ["asset", "council", "status", "since", "confirmed_at", "asked_status"]
    list_filter = ["status"]
    search_fields = ["asset__name", "council__name"]


class Benefits(Listing):
    model = Benefit
    icon = "pick"
    list_display = ["title", "claimed", "result", "unit", "state", "claimed_on"]
    list_filter = ["state"]
    search_fields = ["title"]


class Registry(ViewSetGroup):
    menu_label = "Asset registry"
    menu_icon = "folder-open-inverse"
    items = (Assets, Adoptions, Benefits)


@hooks.register("register_admin_viewset")
def register_listings() -> Registry:
    return Registry()
