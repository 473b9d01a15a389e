"""A bundle is made, filled and released: all its pages go onto the site in one transaction, or none does."""

import datetime as dt

import structlog
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from wagtail.models import Page

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.permissions import require
from core.text import clean_line
from core.words import series
from events.models import Event
from outbox.operations import queue_message
from publishing import emails
from publishing.bundles.queries import due_bundles, pages_for_a_bundle, what_is_missing
from publishing.models import Bundle, BundlePage, CaseStudyPage
from publishing.models.editorial import hold_councils
from publishing.permissions import can_bundle

log = structlog.get_logger(__name__)

EDITORS = "Alliance editors bundle case studies and news."
RELEASED = "This bundle was released already."


@transaction.atomic
def make_bundle(*, name: str, releases_at: dt.datetime | None = None, event: Event | None = None, by: User) -> Bundle:
    """Make an empty bundle. Without a moment and an event, an editor releases it."""
    require(can_bundle(by), EDITORS)
    bundle = Bundle(made_by=by)
    _say(bundle, name, releases_at, event)
    bundle.save()
    log_action("publishing.bundle_made", by=by, about=bundle)
    return bundle


@transaction.atomic
def change_bundle(
    bundle: Bundle, *, name: str, releases_at: dt.datetime | None = None, event: Event | None = None, by: User
) -> Bundle:
    """Give a bundle that still waits another name, moment or event."""
    bundle = _held(bundle, by)
    _say(bundle, name, releases_at, event)
    bundle.save()
    log_action("publishing.bundle_changed", by=by, about=bundle)
    return bundle


def _say(bundle: Bundle, name: str, releases_at: dt.datetime | None, event: Event | None) -> None:
    if not (name := clean_line(name)):
        raise Refused("Give the bundle a name.", field="name")
    if releases_at and event:
        raise Refused("Choose a moment or an event, not both.", field="event")
    if releases_at and releases_at <= clock.now() and releases_at != bundle.releases_at:
        raise Refused("Choose a moment that is still to come.", field="releases_at")
    bundle.name, bundle.releases_at, bundle.event = name, releases_at, event


@transaction.atomic
def put_in_bundle(bundle: Bundle, *, page: Page, by: User) -> BundlePage:
    """Hold a page that is not on the site until its bundle is released. Put in again, it is there once."""
    bundle = _held(bundle, by)
    page = Page.objects.select_for_update(of=("self",)).get(pk=page.pk)
    if place := bundle.places.filter(page=page).first():
        return place
    if not pages_for_a_bundle().filter(pk=page.pk).exists():
        raise Refused("Choose a page that is not on the site, and in no other bundle.", field="page")
    place, _ = BundlePage.objects.update_or_create(page=page, defaults={"bundle": bundle})
    log_action("publishing.put_in_bundle", by=by, about=page.specific, bundle=bundle.pk)
    return place


@transaction.atomic
def take_out_of_bundle(place: BundlePage, *, by: User) -> None:
    """Hold a page no longer. That puts nothing onto the site: what was approved is a draft that an editor publishes."""
    bundle = _held(place.bundle, by)
    page = Page.objects.select_for_update(of=("self",)).get(pk=place.page_id)
    gone, _ = bundle.places.filter(page=page).delete()
    if gone:
        page.revisions.update(approved_go_live_at=None)
        log_action("publishing.taken_out_of_bundle", by=by, about=page.specific, bundle=bundle.pk)


@transaction.atomic
def release_bundle(bundle: Bundle, *, by: User) -> Bundle:
    """Put all pages of a bundle onto the site, before its moment too. One that cannot go keeps back all."""
    bundle = _held(bundle, by)
    _release(bundle, by=by)
    return bundle


def release_due_bundles() -> None:
    """Release each bundle whose moment has come, in a transaction of its own."""
    for due in due_bundles():
        try:
            with transaction.atomic():
                bundle = Bundle.objects.held().select_for_update(of=("self",)).filter(pk=due.pk).first()
                if bundle is not None and bundle.moment is not None and bundle.moment <= clock.now():
                    _release(bundle, by=None)
        except Refused as problem:
            log.info("bundle_waits", key=due.pk, because=str(problem))
        except (ValidationError, DatabaseError):
            log.exception("bundle_not_released", key=due.pk)


def _release(bundle: Bundle, *, by: User | None) -> None:
    places = list(bundle.places.select_related("page"))
    if not places:
        raise Refused("There is nothing in this bundle yet.")
    if missing := [f"“{place.page.draft_title}” {why}" for place in places if (why := what_is_missing(place))]:
        raise Refused(f"Nothing was released: {series(missing)}.")
    hold_councils(CaseStudyPage.objects.filter(place_in_bundle__bundle=bundle).values_list("council", flat=True))
    bundle.released_at = clock.now()
    bundle.save(update_fields=["released_at"])
    for place in places:
        if not place.page.live:
            _publish(place.page, by=by)
    log_action("publishing.bundle_released", by=by, about=bundle, pages=[place.page_id for place in places])


def _publish(page: Page, *, by: User | None) -> None:
    revision = page.scheduled_revision
    revision.publish(user=by, log_action="wagtail.publish.scheduled", skip_permission_checks=True)
    page.refresh_from_db()
    if not page.live:
        raise Refused(f"Nothing was released: “{page.draft_title}” is set for a later moment of its own.")
    process = page.specific.workflow_states.order_by("-created_at", "-pk").first()
    if process is not None and process.requested_by:
        queue_message(emails.page_published, page, to=process.requested_by)


def _held(bundle: Bundle, by: User) -> Bundle:
    """The bundle, locked, while it is not released."""
    require(can_bundle(by), EDITORS)
    bundle = Bundle.objects.select_for_update(of=("self",)).get(pk=bundle.pk)
    if bundle.released_at is not None:
        raise Refused(RELEASED)
    return bundle
