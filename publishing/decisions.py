"""A page is decided on where its words are shown, on its editing page, and nowhere else in the admin."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.models import Page

from core.text import clean_line
from publishing.acts import DECISIONS, why_nothing_is_decided
from publishing.models.editorial import Editorial
from publishing.standing import standing

DECIDES = "wagtailadmin_pages:workflow_action"
_ASKS_FOR_THE_REASON = "wagtailadmin_pages:collect_workflow_action_data"


def lead_to_the_words(request: HttpRequest, view_name: str, named: dict[str, Any]) -> HttpResponse | None:
    """The way to a page's words with why nothing was decided, for Wagtail's address that decides without them.

    The editing page's window for the reason works as it does; sent outside of that page it leads there too.
    """
    from_the_window = request.method != "POST" or request.headers.get("x-requested-with") == "XMLHttpRequest"
    if view_name != DECIDES and (view_name != _ASKS_FOR_THE_REASON or from_the_window):
        return None
    found = Page.objects.filter(pk=named["page_id"]).first()
    page, act = found.specific if found else None, DECISIONS.get(named["action_name"], "")
    if not isinstance(page, Editorial) or not act:
        return None
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied("It does not wait for you.")
    why = why_nothing_is_decided(act, page, request.user, reason=clean_line(request.POST.get("comment", "")))
    messages.warning(request, f"“{page.get_admin_display_title()}”: {why} {standing(page)}")
    return redirect("wagtailadmin_pages:edit", page.pk)
