"""Bundles as editors see them, and what a bundle says of its page to the authors."""

from django.db.models import Q, QuerySet
from wagtail.models import Page

from core import clock
from core.words import moment_in_words
from publishing.models import Bundle, BundlePage

MOST_RELEASED = 20


def bundles_to_release() -> QuerySet[Bundle]:
    return Bundle.objects.held().select_related("event", "made_by").prefetch_related("places__page")


def bundles_released() -> QuerySet[Bundle]:
    """The latest that were released."""
    released = Bundle.objects.exclude(released_at=None).select_related("event").prefetch_related("places__page")
    return released.order_by("-released_at")[:MOST_RELEASED]


def due_bundles() -> list[Bundle]:
    """Those whose moment has come, the earliest first."""
    now = clock.now()
    held = Bundle.objects.held().select_related("event").filter(Q(releases_at__lte=now) | Q(event__starts_at__lte=now))
    due = [(bundle.moment, bundle.pk, bundle) for bundle in held if bundle.moment is not None]
    return [bundle for _, _, bundle in sorted(due)]


def pages_for_a_bundle() -> QuerySet[Page]:
    """Case studies and news that are not on the site, never were withdrawn, and that no bundle holds."""
    kinds = Q(casestudypage__isnull=False, casestudypage__withdrawn_on=None) | Q(newspage__isnull=False)
    free = Q(place_in_bundle=None) | Q(place_in_bundle__bundle__released_at__isnull=False)
    return Page.objects.filter(kinds, free, live=False).order_by("draft_title", "pk")


def until_in_words(bundle: Bundle) -> str:
    """“until 12 May 2015 at 9am”, or what it waits for."""
    moment = bundle.moment
    if moment is None:
        return "until an Alliance editor releases it"
    if moment <= clock.now():
        return f"until all of it may go out: it was due on {moment_in_words(moment)}"
    if bundle.event is not None:
        return f"until “{bundle.event}” begins on {moment_in_words(moment)}"
    return f"until {moment_in_words(moment)}"


def what_is_missing(place: BundlePage) -> str:
    """Why a page cannot go out with its bundle yet; nothing where it can."""
    if place.page.live or place.page.scheduled_revision is not None:
        return ""
    waits = place.page.current_workflow_state is not None
    return "waits for approval" if waits else "is a draft: nobody has been asked to approve it yet"


def council_or_news(page: Page) -> str:
    """“Case study of Harlow” or “News”."""
    return f"Case study of {page.casestudypage.council}" if hasattr(page, "casestudypage") else "News"
