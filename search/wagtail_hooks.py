"""The words of the search in the menu of the Wagtail admin; they are changed on the site's own pages."""

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from search.permissions import can_edit_search


class SearchMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return can_edit_search(request.user)


@hooks.register("register_admin_menu_item")
def offer_search() -> MenuItem:
    return SearchMenuItem("Search words", reverse("search:words"), name="search-words", icon_name="search", order=320)
