"""What somebody's week holds of the use of assets: to confirm, to check, moved."""

import datetime as dt

from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.models import User
from accounts.permissions import has_second_factor
from assets_registry.models import Asset
from assets_registry.permissions import visible_assets
from core.figures import POUNDS, Figure
from core.inbox import MOST, Action, Item, Reader, change_of
from core.words import day_in_words
from councils.inbox import set_up_factor_first
from take_up.models import Adoption, Benefit, Commitment, StatusConfirmed
from take_up.permissions import (
    visible_adoptions,
    waiting_adoptions,
    waiting_benefits,
    waiting_commitments,
)

# What a council does with an asset, as a verb.
DOES: dict[str, str] = {
    Adoption.Status.EVALUATING: "is evaluating",
    Adoption.Status.PILOTING: "is piloting",
    Adoption.Status.LIVE: "uses",
    Adoption.Status.RETIRED: "no longer uses",
}


# Waiting ---------------------------------------------------------------------------------------------------


def adoptions_to_confirm(reader: Reader) -> list[Item]:
    return adoptions_waiting(reader.user, most=MOST)


def adoptions_waiting(user: User, *, most: int) -> list[Item]:
    """Adoptions for this lead to confirm, the longest wait first; without a second factor, without their actions."""
    waiting = waiting_adoptions(user).select_related("asset", "council", "declared_by", "asked_by")
    return [_adoption(adoption, has_second_factor(user)) for adoption in waiting.order_by("declared_at", "pk")[:most]]


def _adoption(adoption: Adoption, may_confirm: bool) -> Item:
    """The line of one adoption: who declared it, of what, since when."""
    who, status, since, at = adoption.declared_by, adoption.status, adoption.since, adoption.declared_at
    until_now, cost = "", adoption.avoided_cost
    if adoption.asked_status:
        cost = adoption.asked_avoided_cost
        until_now = f" Until now {adoption.get_status_display().lower()} since {day_in_words(since)}."
        who, status, at = adoption.asked_by, adoption.asked_status, adoption.updated_at
        since = adoption.asked_since or since
    words = Adoption.Status(status).label
    return _to_confirm(
        adoption,
        may_confirm,
        at=at,
        title=f"{who} says that {adoption.council} {DOES[status]} {adoption.asset}",
        note=f"{words} since {day_in_words(since)}.{until_now}{_avoided(cost)} It counts once you confirm it.",
    )


def _avoided(cost: int | None) -> str:
    return "" if cost is None else f" It avoided a cost of {Figure(cost, unit=POUNDS).number}."


def commitments_to_confirm(reader: Reader) -> list[Item]:
    return commitments_waiting(reader.user, most=MOST)


def commitments_waiting(user: User, *, most: int) -> list[Item]:
    """Commitments for this lead to confirm, the longest wait first; without a second factor, without their actions."""
    waiting = waiting_commitments(user).select_related("asset", "council", "proposed_by")
    return [_commitment(each, has_second_factor(user)) for each in waiting.order_by("proposed_at", "pk")[:most]]


def _commitment(commitment: Commitment, may_confirm: bool) -> Item:
    return _to_confirm(
        commitment,
        may_confirm,
        at=commitment.proposed_at,
        title=f"{commitment.proposed_by} says that {commitment.council} would commit to {commitment.asset}",
        note=f"It would {commitment.in_words}. It holds for six months once you confirm it.",
    )


def _to_confirm(record: Adoption | Commitment, may_confirm: bool, *, at: dt.datetime, title: str, note: str) -> Item:
    """The line of what waits for a lead, who confirms it or turns it down."""
    name, key = record._meta.model_name, [record.pk]
    actions = (
        Action("Confirm", reverse(f"take_up:confirm_{name}", args=key), is_post=True),
        Action("Turn down", reverse(f"take_up:turn_down_{name}", args=key), is_post=True, is_second=True),
    )
    return Item(
        at,
        title,
        record.asset.get_absolute_url(),
        note,
        at_note="asked",
        actions=actions if may_confirm else (set_up_factor_first(),),
        key=key_of(record),
    )


def key_of(record: Adoption | Commitment) -> str:
    """The id of its row on the page, for the links in mails."""
    return f"{record._meta.model_name}-{record.pk}"


def benefits_to_check(reader: Reader) -> list[Item]:
    """Promises that nobody has measured, the oldest first."""
    waiting = waiting_benefits(reader.user).select_related("project", "adoption__asset", "recorded_by")
    return [_benefit(benefit) for benefit in waiting.order_by("claimed_on", "pk")[:MOST]]


def _benefit(benefit: Benefit) -> Item:
    url = reverse("take_up:check_benefit", args=[benefit.pk])
    title = f"{benefit.about}: {benefit.title}"
    note = f"{benefit.claimed_in}. Recorded by {benefit.recorded_by}; nobody has checked what came of it."
    return Item(benefit.claimed_on, title, url, note, at_note="promised", actions=(Action("Check", url),))


# Moved -----------------------------------------------------------------------------------------------------


def new_adopters(reader: Reader) -> list[Item]:
    """Other councils that took up, tried or gave up an asset that our organisations use or own, or that is followed.

    A line for each status that was confirmed, so that one changed there and back, or twice, is told as it went.
    """
    if reader.looks_at_nothing:
        return []
    ours = Q(asset__owner__in=reader.organisations) | Q(asset__in=_used(reader)) | Q(asset__in=_followed(reader))
    adoptions = visible_adoptions(reader.user).filter(ours, confirmed_at__isnull=False)
    adoptions = adoptions.filter(asset__in=visible_assets(reader.user)).exclude(council__in=reader.organisations)
    news = StatusConfirmed.objects.filter(
        confirmed_at__gte=reader.since, adoption__in=adoptions.order_by().values("pk")
    )
    news = news.select_related("adoption__asset", "adoption__council").order_by("-confirmed_at", "-pk")
    return [_new_status(status, reader) for status in news[: reader.most]]


def _new_status(status: StatusConfirmed, reader: Reader) -> Item:
    adoption = status.adoption
    is_past = (status.status, status.since) != (adoption.status, adoption.since)
    since = day_in_words(adoption.since)
    now = f" By now: {adoption.get_status_display().lower()} since {since}." if is_past else ""
    return Item(
        status.confirmed_at,
        f"{adoption.council} {DOES[status.status]} {adoption.asset}",
        adoption.asset.get_absolute_url(),
        f"{status.get_status_display()} since {day_in_words(status.since)}.{now}",
        because=_why(reader, adoption.asset),
        about=adoption.asset,
        change=change_of(adoption, f"status {status.pk}"),
    )


def _followed(reader: Reader) -> QuerySet:
    """The keys of the assets that this person follows, or whose service they follow."""
    by_service = Q(services__in=reader.followed("service"))
    return Asset.objects.filter(Q(pk__in=reader.followed("asset")) | by_service).values("pk")


def _used(reader: Reader) -> QuerySet:
    """The keys of the assets that our organisations use."""
    return Adoption.objects.filter(council__in=reader.organisations, confirmed_at__isnull=False).values("asset")


def _why(reader: Reader, asset: Asset) -> str:
    owns = asset.owner_id in {organisation.pk for organisation in reader.organisations}
    return f"{reader.us} {'owns' if owns else 'uses'} it"


def changes_of_our_assets(reader: Reader) -> list[Item]:
    """Assets our organisations use or own, or that are followed, with a new version, or withdrawn."""
    if reader.looks_at_nothing:
        return []
    ours = Q(owner__in=reader.organisations) | Q(pk__in=_used(reader)) | Q(pk__in=_followed(reader))
    moved = Q(state=Asset.State.WITHDRAWN, updated_at__gte=reader.since) | Q(
        state=Asset.State.PUBLISHED, released_on__gte=reader.since.date()
    )
    return [
        Item(
            asset.updated_at if asset.is_withdrawn else asset.released_on,
            asset.name,
            asset.get_absolute_url(),
            f"Withdrawn: {asset.state_reason}"
            if asset.is_withdrawn
            else f"Version {asset.version or 'not named'} is out.",
            because=_why(reader, asset),
            about=asset,
            change=change_of(asset, "withdrawn" if asset.is_withdrawn else f"version {asset.version}"),
        )
        for asset in visible_assets(reader.user).filter(ours, moved).order_by("-updated_at", "-pk")[: reader.most]
    ]
