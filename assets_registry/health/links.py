"""Checks of the addresses of assets, a few each minute: one request to a host in a minute, and a weekly turn for each.

What came of one is that it answered, that it failed, or that its site would not say; never why, so that nobody learns
from it what stands inside a network. Where several sites cannot be reached together, our own line may be down: a forge
is asked too, and only if it does not answer either does the run count for nothing.
"""

import datetime as dt
from dataclasses import dataclass

import structlog
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from assets_registry.models import Asset, LinkCheck, ProblemReport, repository_key
from core import clock, outside

log = structlog.get_logger("site.links")

MOST_AT_ONCE = 5  # requests in a minute
A_MINUTE = dt.timedelta(minutes=1)
EVERY = dt.timedelta(days=7)
AGAIN_AFTER = dt.timedelta(days=1)  # a check that failed or told nothing
OUR_LINE = 3  # sites that cannot be reached together, and no other answers
_WITNESS = "links:asked:"  # and a forge: when it was asked for our own line's sake
_REFUSES_HEAD = {403, 405, 501}
_WOULD_NOT_SAY = {401, 403, 429}


@dataclass(frozen=True)
class LinkFound:
    """What a site answered: whether the page is there, None where it would not say; where it is now, if elsewhere.

    A site that says that the page is not there `was_reached`.
    """

    is_there: bool | None
    moved_to: str = ""
    needs_get: bool = False
    was_reached: bool = True


def check_links() -> int:
    """Ask for the addresses that are due, and write down what came of it; how many were asked for."""
    asked = [(check, _ask(check)) for check in _claimed()]
    if len(asked) >= OUR_LINE and not any(found.was_reached for _, found in asked) and not _does_a_forge_answer():
        log.warning("no_link_answers", asked=len(asked))
        return len(asked)
    for check, found in asked:
        _write(check, found)
    return len(asked)


def due_assets() -> QuerySet[Asset]:
    """Published assets whose address is due: first those reported since they were checked, then the longest ago."""
    now = clock.now()
    reports = ProblemReport.objects.filter(
        asset=OuterRef("pk"), state=ProblemReport.State.OPEN, reason=ProblemReport.Reason.LINK
    )
    has_no_answer = (
        Q(link_check__failures__gt=0)
        | Q(link_check__checked_at=None)
        | Q(link_check__checked_at__lt=F("link_check__asked_at"))
    )
    due = (
        Q(link_check=None)
        | ~Q(link_check__address=F("repository_url"))
        | Q(link_check__asked_at__lte=now - EVERY)
        | Q(link_check__asked_at__lte=now - AGAIN_AFTER) & has_no_answer
        | Q(is_reported=True)
    )
    # What was made up has made-up addresses.
    found = Asset.objects.published().filter(repository_url__startswith="https://", is_illustrative=False)
    found = found.annotate(is_reported=Exists(reports.filter(reported_at__gt=OuterRef("link_check__asked_at"))))
    found = found.filter(due).filter(Q(link_check=None) | Q(link_check__asked_at__lte=now - A_MINUTE))
    return found.order_by("-is_reported", F("link_check__asked_at").asc(nulls_first=True), "pk")


@transaction.atomic
def _claimed() -> list[LinkCheck]:
    """The next addresses to ask for, one for each host, marked as asked for: a host is not asked twice in a minute."""
    now, claimed = clock.now(), []
    taken = _asked_of_late(now)
    for asset in due_assets().select_for_update(of=("self",), skip_locked=True)[: MOST_AT_ONCE * 20]:
        try:
            host = outside.host_of(asset.repository_url)
        except outside.CannotFetch:
            host = ""  # never asked for, and so never answered
        if host and host in taken:
            continue
        taken.add(host)
        same = LinkCheck.objects.filter(asset=asset, address=asset.repository_url)
        fields = {"address": asset.repository_url, "host": host, "asked_at": now}
        if not same.exists():  # what was found at another address is not true of this one
            fields |= {"failures": 0, "failing_since": None, "moved_to": "", "checked_at": None, "needs_get": False}
        claimed.append(LinkCheck.objects.update_or_create(asset=asset, defaults=fields)[0])
        if len(claimed) == MOST_AT_ONCE:
            break
    return claimed


def _asked_of_late(now: dt.datetime) -> set[str]:
    """The hosts that were asked within the minute, for an entry or for our own line's sake."""
    forges = {host for host in settings.FORGES if cache.get(_WITNESS + host, now - A_MINUTE) > now - A_MINUTE}
    return forges | set(LinkCheck.objects.filter(asked_at__gt=now - A_MINUTE).values_list("host", flat=True))


def _does_a_forge_answer() -> bool:
    """Whether one of the forges that nobody asked within the minute says anything at all: then our line works."""
    now = clock.now()
    busy = _asked_of_late(now)
    for host in (host for host in settings.FORGES if host not in busy):
        cache.set(_WITNESS + host, now, A_MINUTE.total_seconds())
        try:
            outside.head(f"https://{host}/")
        except outside.CannotFetch:
            continue
        return True
    return False


def _ask(check: LinkCheck) -> LinkFound:
    """One request. A site that refuses HEAD is asked with GET on the next day."""
    try:
        answer = (outside.get if check.needs_get else outside.head)(check.address)
    except outside.CannotFetch:
        return LinkFound(False, needs_get=check.needs_get, was_reached=False)
    if answer.moved_to:
        return LinkFound(True, answer.moved_to, check.needs_get)
    if answer.is_there:
        is_renamed = check.host in settings.FORGES and repository_key(answer.address) != repository_key(check.address)
        return LinkFound(True, answer.address if is_renamed else "", check.needs_get)
    if not check.needs_get and answer.status in _REFUSES_HEAD:
        return LinkFound(None, needs_get=True)
    return LinkFound(None if answer.status in _WOULD_NOT_SAY else False, needs_get=check.needs_get)


@transaction.atomic
def _write(check: LinkCheck, found: LinkFound) -> None:
    """Keep what came of a request, unless the entry has another address meanwhile."""
    kept = LinkCheck.objects.select_for_update(of=("self",)).filter(pk=check.pk, address=check.address).first()
    if kept is None:
        return
    kept.needs_get = found.needs_get
    now = clock.now()
    # Asked again at once, because somebody reported it, a site that is down for an hour has failed once.
    failed_at = kept.checked_at if kept.failures else None
    is_same_failure = found.is_there is False and failed_at and now - failed_at < AGAIN_AFTER / 2
    if found.is_there is not None and not is_same_failure:
        kept.checked_at = now
        kept.failures = 0 if found.is_there else kept.failures + 1
        kept.failing_since = None if found.is_there else kept.failing_since or clock.today()
        kept.moved_to = found.moved_to[:2000]
    kept.save()
