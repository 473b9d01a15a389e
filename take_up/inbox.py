"""What somebody's week holds of the use of assets: to confirm, to check, moved."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from accounts.models import User
from accounts.permissions import has_second_factor
from assets_registry.models import Asset
from assets_registry.permissions import visible_assets
from core import clock
from core.figures import POUNDS, Figure
from core.inbox import MOST, Action, Item, Reader, change_of
from core.months import months_after
from core.words import day_in_words
from councils.inbox import set_up_factor_first
from take_up.models import (
    FOLLOW_UPS,
    REMINDED,
    Adoption,
    Benefit,
    Commitment,
    Measurement,
    StatusConfirmed,
    UseSaid,
    is_unexplained,
)
from take_up.permissions import (
    commitments_in_the_name_of,
    promises_answered_for,
    unmeasured_promises,
    visible_adoptions,
    waiting_adoptions,
    waiting_commitments,
    waiting_measurements,
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
    cannot = adoption.why_it_cannot_count
    ends = cannot or "It counts once you confirm it."
    return _to_confirm(
        adoption,
        may_confirm,
        read=UseSaid.that_waits(adoption).mark,
        can_take_effect=not cannot,
        at=at,
        title=f"{who} says that {adoption.council} {DOES[status]} {adoption.asset}",
        note=f"{words} since {day_in_words(since)}.{until_now}{_avoided(cost)} {ends}",
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


def _to_confirm(
    record: Adoption | Commitment,
    may_confirm: bool,
    *,
    at: dt.datetime,
    title: str,
    note: str,
    read: str = "",
    can_take_effect: bool = True,
) -> Item:
    """The line of what waits for a lead, who confirms it or turns it down; `read` is the mark of what it says."""
    name, key = record._meta.model_name, [record.pk]
    fields = (("read", read),) if read else ()
    confirm = Action("Confirm", reverse(f"take_up:confirm_{name}", args=key), is_post=True, fields=fields)
    turn_down = Action(
        "Turn down", reverse(f"take_up:turn_down_{name}", args=key), is_post=True, is_second=True, fields=fields
    )
    actions = (confirm, turn_down) if can_take_effect else (turn_down,)
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


def measurements_to_check(reader: Reader) -> list[Item]:
    """What somebody else measured of a promise, the longest wait first."""
    waiting = waiting_measurements(reader.user).select_related(
        "promise__project", "promise__adoption__asset", "reported_by"
    )
    return [_measurement(each) for each in waiting.order_by("reported_at", "pk")[:MOST]]


def _measurement(measurement: Measurement) -> Item:
    promise = measurement.promise
    url = promise.get_absolute_url()
    result = measurement.value_words or Figure(measurement.value, unit=promise.unit).with_unit
    note = f"{measurement.reported_by} says that it was {result}, {day_in_words(measurement.measured_on)}."
    return Item(
        measurement.reported_at, _named(promise), url, note, at_note="reported", actions=(Action("Check", url),)
    )


def promises_to_measure(reader: Reader) -> list[Item]:
    """Promises whose day has come and of which nobody has measured anything, the oldest first."""
    waiting = unmeasured_promises(reader.user).select_related("project", "adoption__asset", "recorded_by")
    return [_unmeasured(promise) for promise in waiting.order_by("claimed_on", "pk")[:MOST]]


def _unmeasured(promise: Benefit) -> Item:
    url = reverse("promises:measure", args=[promise.pk])
    note = f"{promise.claimed_in}. Recorded by {promise.recorded_by}; nobody has measured what came of it."
    return Item(
        promise.claimed_on,
        _named(promise),
        promise.get_absolute_url(),
        note,
        at_note="promised",
        actions=(Action("Measure", url),),
    )


def our_promises(reader: Reader) -> list[Item]:
    """Promises that this reader answers for: missed ones to explain, and those of half a year ago to measure.

    Nobody is asked to measure what is told of 2013 to 2015.
    """
    since = months_after(clock.today(), -FOLLOW_UPS[0])
    launched = Q(project__launched_on__isnull=True) | Q(project__launched_on__lte=since)
    living = Q(claimed_on__gt=clock.LAST_DAY_OF_THE_RECORD, claimed_on__lte=since)
    unmeasured = ~Exists(Measurement.objects.filter(promise=OuterRef("pk")))
    waiting = promises_answered_for(reader.user).filter(is_unexplained() | (living & launched & unmeasured))
    rows = waiting.select_related("project", "adoption__asset", "latest", "recorded_by").order_by("due_on", "pk")
    return [_missed(each) if each.waits_for_explanation else _unmeasured(each) for each in rows[:MOST]]


def commitments_to_renew(reader: Reader) -> list[Item]:
    """What councils would do, as this person said or took over, in the two weeks before it runs out.

    It goes as soon as it is renewed, or something else waits for the lead in its place.
    """
    today = clock.today()
    soon = commitments_in_the_name_of(reader.user).filter(
        confirmed_at__isnull=False, expires_on__range=(today, today + REMINDED)
    )
    soon = soon.filter(pk__in=Commitment.objects.not_renewed().values("pk"))
    return [_to_renew(each) for each in soon.order_by("expires_on", "pk")[:MOST]]


def _to_renew(commitment: Commitment) -> Item:
    return Item(
        commitment.expires_on,
        f"{commitment.council} would {commitment.in_words}: {commitment.asset}",
        commitment_page(commitment),
        "It runs out on this day. Renew it, or let it end.",
        at_note="ends",
        actions=(Action("Renew it", reverse("take_up:renew_commitment", args=[commitment.pk]), is_post=True),),
    )


def commitment_page(commitment: Commitment) -> str:
    """The page on which a commitment is renewed, changed and taken back."""
    return reverse("take_up:spread", args=[commitment.asset.slug])


def _missed(promise: Benefit) -> Item:
    return Item(
        promise.missed_on,
        _named(promise),
        promise.get_absolute_url(),
        "It was promised and missed. Everybody reads in the ledger that an explanation is asked for.",
        at_note="missed",
        actions=(Action("Explain it", reverse("promises:explain", args=[promise.pk])),),
    )


def _named(promise: Benefit) -> str:
    return f"{promise.about or promise.claimed_in}: {promise.title}"


# Moved -----------------------------------------------------------------------------------------------------


def new_adopters(reader: Reader) -> list[Item]:
    """Other councils that took up, tried or gave up an asset that our organisations use or own, or that is followed.

    So did a followed council, of any asset. A line for each status that was confirmed, so that one changed there and
    back, or twice, is told as it went.
    """
    if reader.looks_at_nothing:
        return []
    ours = Q(asset__owner__in=reader.organisations) | Q(asset__in=_used(reader)) | Q(asset__in=_followed(reader))
    ours |= Q(council__in=reader.followed("organisation"))
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
    by_council = adoption.council_id in reader.followed("organisation")
    now = f" By now: {adoption.get_status_display().lower()} since {since}." if is_past else ""
    return Item(
        status.confirmed_at,
        f"{adoption.council} {DOES[status.status]} {adoption.asset}",
        adoption.asset.get_absolute_url(),
        f"{status.get_status_display()} since {day_in_words(status.since)}.{now}",
        because=f"you follow {adoption.council}" if by_council else _why(reader, adoption.asset),
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
