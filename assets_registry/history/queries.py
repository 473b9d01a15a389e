"""What changed in an entry, when, and by which council, from the audit trail. No person is named."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from accounts.models import AnyUser
from accounts.permissions import has_role
from accounts.roles import KEEPING_THE_REGISTRY
from assets_registry.models import Asset
from audit.kinds import kind_of
from audit.models import AuditEvent
from core.words import day_in_words, series
from councils.models import Membership, Organisation
from councils.permissions import can_contribute_for

COLUMNS = ["When", "What changed", "By"]
ALLIANCE, PORTAL, OTHERS = "The Alliance", "The portal", "Somebody else"

# What everybody reads, from the day on which it was published.
_TOLD = {
    "published": "Published",
    "changed": "Changed: {fields}",
    "checked": "Looked at, and found still right",
    "details_changed": "Changed: what councils decide by",
    "version_added": "Version {version} added",
    "version_changed": "Version {version} changed",
    "linked": "Linked to another asset",
    "unlinked": "A link to another asset taken back",
    "checklist_answered": "Said what it meets of the Standard for Public Code",
    "handed_over": "Handed over by {was} to {owner}",
    "legacy_entered": "Entered from a list of an earlier programme",
    "verified": "Verified by its owner",
    "problem_answered": "A problem that somebody had reported answered",
    "withdrawn": "Withdrawn: {reason}",
}
# What only those who write for its owner and who keep the registry read beside it.
_INSIDE = {
    "registered": "Entered as a draft",
    "submitted": "Sent to be published",
    "passed_to_editor": "Approved by its council",
    "returned": "Sent back: {reason}",
    "problem_reported": "A problem reported",
}
_CALLED = {
    "summary": "what it is in one sentence",
    "project": "the project it came out of",
    "tier": "which councils it is for",
    "repository_url": "where it is kept",
    "released_on": "when its version came out",
    "contact": "the team to write to",
    "publiccode": "its publiccode.yml",
    "left_out": "what of its file is not kept",
    "leaving": "how a council stops using it",
}


@dataclass(frozen=True)
class HistoryLine:
    """One change: when, what, and the organisation whose people made it."""

    when: str
    what: str
    by: str


def history_of(asset: Asset, user: AnyUser) -> list[HistoryLine]:
    """The changes of an entry that this reader may see, the latest first, in three queries however many there are."""
    told = _TOLD | _INSIDE if reads_all(asset, user) else _TOLD
    events = list(_events_of(asset))
    keys = {key for event in events for name in ("owner", "was") if isinstance(key := event.details.get(name), int)}
    names = {row.pk: str(row) for row in Organisation.objects.filter(pk__in={*keys, asset.owner_id})}
    members = set(
        Membership.objects.filter(organisation__in=names, person__in={event.by_id for event in events if event.by_id})
        .exclude(state=Membership.State.CANDIDATE)
        .order_by()
        .values_list("person", "organisation")
    )
    found = []
    for event, owner in _with_owner(events, asset):
        action = event.action.partition(".")[2]
        if action in told and (told is not _TOLD or _is_told(event, asset)):
            said = _words(told[action], event.details, names)
            found.append(HistoryLine(day_in_words(event.at), said, _who(event, owner, asset, names, members)))
    return found[::-1]


def reads_all(asset: Asset, user: AnyUser) -> bool:
    """Whether the reader sees how the entry came to be as well: its owner's writers and who keep the registry."""
    return has_role(user, *KEEPING_THE_REGISTRY) or can_contribute_for(user, asset.owner)


def _is_told(event: AuditEvent, asset: Asset) -> bool:
    """Whether a change is of the time in which everybody could see the entry."""
    return asset.is_legacy or (asset.published_at is not None and event.at >= asset.published_at)


def _events_of(asset: Asset) -> Iterable[AuditEvent]:
    about = AuditEvent.objects.filter(about_kind=kind_of(asset), about_key=str(asset.pk))
    actions = [f"assets_registry.{action}" for action in (*_TOLD, *_INSIDE)]
    return about.filter(action__in=actions).order_by("at", "pk")


def _with_owner(events: list[AuditEvent], asset: Asset) -> Iterator[tuple[AuditEvent, int]]:
    """Each change with the key of whoever owned the entry when it was made."""
    given = (event.details.get("was") or event.details.get("owner") for event in events)
    owner = next((key for key in given if key), asset.owner_id)
    for event in events:
        yield event, owner
        if event.action == "assets_registry.handed_over":
            owner = event.details.get("owner", owner)


def _who(event: AuditEvent, owner: int, asset: Asset, names: dict[int, str], members: set[tuple[int, int]]) -> str:
    """The owner of the time or of today for whom the person writes or wrote; else the Alliance, which keeps entries.

    Anybody who is signed in reports a problem.
    """
    if event.by_id is None:
        return PORTAL
    others = OTHERS if event.action.endswith(".problem_reported") else ALLIANCE
    return next((names[key] for key in (owner, asset.owner_id) if (event.by_id, key) in members), others)


def _words(words: str, details: dict[str, Any], names: dict[int, str]) -> str:
    if "was" in details and details["was"] == details.get("owner"):
        return "Handed on to another person of its owner"
    fields = [_CALLED.get(name, str(name).replace("_", " ")) for name in details.get("fields") or ()]
    said = {
        "fields": series(fields) or "nothing, and found still right",
        "version": details.get("version", ""),
        "reason": details.get("reason", ""),
        "was": names.get(details.get("was", 0), "its owner"),
        "owner": names.get(details.get("owner", 0), "another owner"),
    }
    return words.format_map(said)
