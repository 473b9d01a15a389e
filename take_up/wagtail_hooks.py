from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from assets_registry.listings import Assets, Listing, read_only
from take_up.models import Adoption, Benefit

read_only(Adoption, Benefit)


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
    """Assets, who uses them and what got better, in one menu."""

    menu_label = "Asset registry"
    menu_icon = "folder-open-inverse"
    items = (Assets, Adoptions, Benefits)


@hooks.register("register_admin_viewset")
def register_listings() -> Registry:
    return Registry()
