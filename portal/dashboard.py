"""The home page of the Wagtail admin: what waits for its reader, their drafts, and pages that have grown old."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from accounts.models import User
from core import clock
from portal.entrance import Way, desk, writing
from portal.inbox.account import anywhere, being_written
from portal.inbox.week import waiting_for
from portal.models import HomePage
from publishing.addresses import editing_address
from publishing.models import CaseStudyPage, NewsPage
from publishing.permissions import can_bundle, case_studies_behind_the_scenes, is_editor

MOST = 10  # old pages; the report has the rest
OLD = dt.timedelta(days=365)


def old_pages(user: User) -> QuerySet[Page]:
    """Live pages last published over a year ago that this person may edit, the oldest first.

    Without news, which shows its date, and withdrawn case studies.
    """
    pages = Page.objects.filter(live=True, last_published_at__lt=clock.now() - OLD).order_by("last_published_at", "pk")
    theirs = Q(pk__in=case_studies_behind_the_scenes(user).filter(withdrawn_on=None).values("pk"))
    if is_editor(user):
        theirs |= ~Q(pk__in=CaseStudyPage.objects.values("pk")) & ~Q(pk__in=NewsPage.objects.values("pk"))
    return pages.filter(theirs)


def ways(user: User) -> list[Way]:
    """The new pages that this person may begin, the bundles of pages, and what waits anywhere."""
    home = HomePage.objects.first() if is_editor(user) else None
    bundles = [Way("Bundles", reverse("publishing:bundles"))] if can_bundle(user) else []
    front = [Way("Compose the home page", editing_address(home))] if home else []
    return [*writing(user), *front, *bundles, *anywhere(user)]


class Front(Component):
    """The content of the admin's home page, in place of Wagtail's own panels."""

    name = "front"
    order = 100
    template_name = "portal/dashboard.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        request = parent_context["request"]
        offered = ways(request.user)
        old = list(old_pages(request.user)[: MOST + 1])
        return {
            "request": request,
            "csrf_token": parent_context.get("csrf_token"),
            "heading": desk(request.user),
            "ways": offered,
            "waiting": waiting_for(request.user),
            "groups": [group for group in being_written(request.user) if group.lines or group.action],
            "old": [(page, editing_address(page)) for page in old[:MOST]],
            "report": reverse("wagtailadmin_reports:aging_pages") if len(old) > MOST else "",
        }
