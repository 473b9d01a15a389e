"""The contexts of the pages for those who run an event."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from accounts.models import AnyUser, User
from core import mail
from core.words import counted, moment_in_words, series
from events.event.models import Event
from events.event.people import ParticipantKind
from events.event.pools import Pool
from events.event.running import PARTS, all_second, lines_of, part_of
from events.permissions import can_facilitate_events
from events.places.operations.kinds import why_kind_stays
from events.places.who_comes import KindCount, WhoComes, missing_sentence, who_comes
from events.running.emails import letter_of
from events.running.forms import MessageForm
from events.running.models import EventMessage

HEADINGS = {"before": "Before the day", "now": "On the day", "after": "After the day"}
QUOTA_COLUMNS = ["Kept for", ("Taken", "numeric"), "Until"]
MIX_COLUMNS = ["Kind", ("People", "numeric"), "Needed"]
MIX_WITH_QUOTAS = ["Kind", ("People", "numeric"), ("Quota", "numeric"), "Needed"]


def run_page(event: Event, user: AnyUser) -> dict[str, Any]:
    """The context of the page with its three parts, the one that fits the hour open and first."""
    current = part_of(event)
    order = [current, *(part for part in PARTS if part != current)]
    coming, pools = who_comes(event), list(event.pools.with_kinds())
    parts = [
        {
            "name": part,
            "heading": HEADINGS[part],
            "lines": lines if part == current else all_second(lines),
            "is_current": part == current,
        }
        for part in order
        if (lines := [] if _is_idle(part, event) else lines_of(part, event, user))
    ]
    return {
        "event": event,
        "parts": parts,
        **_mix(coming, pools),
        "missing": missing_sentence(event, coming),
        "quotas": quotas_of(pools),
        "quota_columns": QUOTA_COLUMNS,
        "people_words": f"{counted(coming.people, 'person', 'people')}{_councils(coming)}",
        "may_copy": can_facilitate_events(user),
        "may_cancel": event.state != Event.State.CANCELLED and not event.has_ended and not event.arrived,
    }


def _is_idle(part: str, event: Event) -> bool:
    """Whether a part has nothing to say: the day of a draft."""
    return part == "now" and event.state == Event.State.DRAFT


def _councils(coming: WhoComes) -> str:
    return f" from {counted(len(coming.councils), 'council')}" if coming.councils else ""


def _mix(coming: WhoComes, pools: list[Pool]) -> dict[str, Any]:
    quotas = quota_by_kind(pools)
    columns = MIX_WITH_QUOTAS if quotas else MIX_COLUMNS
    return {"mix": mix_against_need(coming, quotas), "mix_columns": columns}


def quota_by_kind(pools: list[Pool]) -> dict[int, int]:
    """How many places are kept for people of one kind, whomever they come for, by the key of the kind."""
    quotas: Counter[int] = Counter()
    for pool in pools:
        if len(pool.kind_ids) == 1 and not pool.organisation_kinds:
            quotas[next(iter(pool.kind_ids))] += pool.places
    return dict(quotas)


def mix_against_need(coming: WhoComes, quotas: Mapping[int, int] | None = None) -> list[tuple[str, ...]]:
    """The rows of the table of kinds, each with its quota, if any kind has one, and whether the event needs it; others
    where there are any."""
    quotas = quotas or {}
    rows = [(kind.name, f"{kind.people:,}", _number(quotas.get(kind.pk)), _needed(kind)) for kind in coming.kinds]
    if coming.others and coming.kinds:
        rows.append(("Others", f"{coming.others:,}", "", ""))
    return [row if quotas else (*row[:2], row[3]) for row in rows]


def _number(quota: int | None) -> str:
    return f"{quota:,}" if quota else "None"


def _needed(kind: KindCount) -> str:
    if not kind.is_needed:
        return ""
    return "Yes" if kind.people else "Yes: nobody yet"


def quotas_of(pools: list[Pool]) -> list[tuple[str, str, str]]:
    """The rows of the table of quotas: for whom places are kept, how many of them are taken, and until when."""
    return [
        (pool.name[:1].upper() + pool.name[1:], f"{pool.taken:,} of {pool.places:,}", _until(pool)) for pool in pools
    ]


def _until(pool: Pool) -> str:
    if pool.releases_at is None:
        return "The start"
    return moment_in_words(pool.releases_at) if pool.is_live(pool.event.now) else "Released"


@dataclass(frozen=True)
class KindLine:
    """One kind of people in the list: where it stands in it, what hangs on it, and whether it can be removed."""

    kind: ParticipantKind
    facts: str
    may_go: bool
    is_first: bool
    is_last: bool


def kinds_page(event: Event) -> dict[str, Any]:
    """The context of the list of kinds of people, each with how many have signed up as one."""
    kinds = list(event.participant_kinds.annotate(people=Count("sign_ups")).prefetch_related("pools"))
    lines = [
        KindLine(
            kind,
            _facts_of(kind, kind.people),
            may_go=not why_kind_stays(kind, kind.people, kind.pools.all()),
            is_first=number == 0,
            is_last=number == len(kinds) - 1,
        )
        for number, kind in enumerate(kinds)
    ]
    may_change = event.state != Event.State.CANCELLED and not event.has_ended
    return {"event": event, "lines": lines, "may_change": may_change}


def _facts_of(kind: ParticipantKind, people: int) -> str:
    kept = series(pool.name for pool in kind.pools.all())
    facts = [counted(people, "sign-up"), "needed" if kind.is_needed else "", f"places kept for {kept}" if kept else ""]
    return " · ".join(filter(None, facts))


def kind_page(kind: ParticipantKind) -> dict[str, Any]:
    """The context of the form of one kind: whom another name reaches."""
    people, pools = (kind.sign_ups.count(), list(kind.pools.all())) if kind.pk else (0, [])
    who = counted(people, "person has", "people have")
    called = f"{who} signed up as {kind.name}, and will be called by the new name." if people else ""
    kept = f"The places kept for {series(pool.name for pool in pools)} stay theirs." if pools else ""
    return {"event": kind.event, "kind": kind, "called": f"{called} {kept}".strip()}


def preview_of(event: Event, by: User, form: MessageForm) -> dict[str, str]:
    """The subject and words of a message as they would go out, from what was typed, and to how many."""
    one = EventMessage(event=event, by=by, **form.cleaned_data)
    letter = letter_of(one, place_url="[the address of their place]")
    subject, body = mail.written(letter.template, letter.context)
    people = counted(form.sizes[one.audience].people, "person", "people")
    return {"subject": subject, "body": body, "people": people}
