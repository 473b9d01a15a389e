"""The home page and the menu of the Wagtail admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from accounts.permissions import acts_as, has_role
from accounts.roles import FACILITATING, Role
from portal.dashboard import Front

# People with none of these roles write case studies for a council, and find them among the pages.
LOOK_THINGS_UP = (Role.EDITOR, Role.SECRETARIAT, Role.FACILITATOR)
CONTRIBUTORS_MENU = {"explorer"}
# Of Wagtail's reports, what says something to those who write; its inner workings are for superusers.
REPORTS = {"site-history": "Who changed what", "aging-pages": "Pages by age"}


@hooks.register("construct_homepage_panels")
def show_our_front(request: HttpRequest, panels: list[Any]) -> None:
    panels[:] = [Front()]


class VotesMenuItem(MenuItem):
    """A menu item that links to the site's own list of votes."""

    def is_shown(self, request: HttpRequest) -> bool:
        return acts_as(request.user, *FACILITATING)


@hooks.register("register_admin_menu_item")
def offer_votes() -> MenuItem:
    return VotesMenuItem("Votes", reverse("voting:list"), name="votes", icon_name="tick-inverse", order=310)


@hooks.register("construct_main_menu")
def leave_contributors_what_they_use(request: HttpRequest, items: list[MenuItem]) -> None:
    if not has_role(request.user, *LOOK_THINGS_UP):
        items[:] = [item for item in items if item.name in CONTRIBUTORS_MENU]


@hooks.register("construct_reports_menu")
def leave_reports_that_say_something(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name in REPORTS]
    for item in items:
        item.label = REPORTS[item.name]


@hooks.register("construct_help_menu")
def remove_news_of_versions(request: HttpRequest, items: list[MenuItem]) -> None:
    """Remove the notices of new Wagtail versions from the help menu."""
    items[:] = [item for item in items if not item.name.startswith("whats-new")]
