"""What the portal proposes for the agenda of a meeting, in the order in which the board deals with it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from core.words import counted, one_or_many, since
from projects.models import BusinessCase
from projects.portfolio.permissions import visible_projects
from steering.models import BoardSeat, Decision, Meeting, MeetingItem, Paper
from steering.models.subjects import SUBJECTS
from steering.queries.actions import open_actions, open_actions_in_words
from steering.queries.blocks import blocks_over
from steering.queries.cases import cases_waiting
from steering.queries.changes import changes_since
from steering.queries.decisions import reviews_due_by
from steering.queries.meetings import meeting_after
from steering.queries.promises import promises_to_explain
from steering.queries.waiting import to_decide

Kind = MeetingItem.Kind
MOST = 20  # of each kind; an agenda is read in one sitting
MOST_BLOCKS = 5


@dataclass(frozen=True)
class ProposedItem:
    """An item that the portal proposes. `key` names it for good: `review-12`; `about` are its record by field."""

    key: str
    kind: str
    title: str
    words: str = ""
    about: Mapping[str, Any] = field(default_factory=dict)


Proposer = Callable[[Meeting], Iterable[ProposedItem]]


def _actions(meeting: Meeting) -> Iterable[ProposedItem]:
    """One item for all open actions, which so are carried over from meeting to meeting."""
    if actions := list(open_actions()):
        yield ProposedItem("actions", Kind.INFORMATION, "Open actions", open_actions_in_words(actions))


def _cases(meeting: Meeting) -> Iterable[ProposedItem]:
    """The business cases that wait for a decision."""
    for case in cases_waiting()[:MOST]:
        line = to_decide(case)
        yield ProposedItem(f"case-{case.pk}", Kind.DECISION, line.title[:160], line.note, {"business_case_id": case.pk})


def _deferred(meeting: Meeting) -> Iterable[ProposedItem]:
    """Decisions deferred without a day and not taken up since; a case that still waits comes by itself."""
    same = Q()
    for name in SUBJECTS:
        same |= Q(**{name: OuterRef(name)})
    later = Decision.objects.filter(same, pk__gt=OuterRef("pk"))  # two can be of one day
    deferred = Decision.objects.filter(result=Decision.Result.DEFERRED, reviewed_on=None, review_on=None)
    deferred = deferred.filter(decided_on__lt=meeting.day)
    deferred = deferred.exclude(business_case__state=BusinessCase.State.SUBMITTED)
    for decision in deferred.exclude(Exists(later)).order_by("decided_on", "pk")[:MOST]:
        words = f"{decision.number} deferred it."
        yield ProposedItem(f"deferred-{decision.pk}", Kind.DECISION, decision.title, words, _about(decision))


def _reviews(meeting: Meeting) -> Iterable[ProposedItem]:
    """Decisions that are to be looked at again by the day of the meeting."""
    for decision in reviews_due_by(meeting.day)[:MOST]:
        title = f"Review: {decision.number} {decision.title}"[:160]
        yield ProposedItem(f"review-{decision.pk}", Kind.DISCUSSION, title, decision.wording[:300], _about(decision))


def _blocks(meeting: Meeting) -> Iterable[ProposedItem]:
    """Of the blocks that will have been open for 30 days or more the top five: by days, then by councils that wait."""
    for block in blocks_over(meeting.day)[:MOST_BLOCKS]:
        who = f"Who can remove it: {block.who_can_remove}." if block.who_can_remove else "Nobody has been asked yet."
        number = block.council_count  # type: ignore[attr-defined]  # annotated
        wait = f"{counted(number, 'council')} {one_or_many(number, 'waits', 'wait')} for it."
        words = f"Open for {counted(block.age_on(meeting.day), 'day')} on that day. {wait} {who}"
        yield ProposedItem(
            f"block-{block.pk}", Kind.DECISION, f"Block: {block.title}"[:160], words, {"block_id": block.pk}
        )


def _promises(meeting: Meeting) -> Iterable[ProposedItem]:
    """The promises that were missed and that nobody has explained yet, the longest due first."""
    for promise in promises_to_explain()[:MOST]:
        words = f"Missed {since(promise.missed_on or promise.due_on)}, and not explained yet."
        title = f"Promise missed: {promise.title}"[:160]
        yield ProposedItem(f"promise-{promise.pk}", Kind.DISCUSSION, title, words, {"promise_id": promise.pk})


def _changes(meeting: Meeting) -> Iterable[ProposedItem]:
    """What moved in the portfolio since the meeting before."""
    before = Meeting.objects.held().filter(day__lt=meeting.day).first()
    if before:
        found = changes_since(visible_projects(AnonymousUser()), before)
        if found.lines:
            yield ProposedItem("changes", Kind.INFORMATION, f"Changes since {found.day}", found.in_words)


def _next(meeting: Meeting) -> Iterable[ProposedItem]:
    """The meeting after this one: the one that is planned, else the day and the host that the rhythm proposes."""
    planned = Meeting.objects.planned().filter(day__gt=meeting.day).select_related("host__body").order_by("day").first()
    if planned:
        yield ProposedItem("next", Kind.INFORMATION, "Next meeting", f"Planned: {planned.in_short}.")
        return
    seats = list(BoardSeat.objects.as_at(meeting.day).select_related("body"))
    if proposal := meeting_after(meeting, seats):
        yield ProposedItem("next", Kind.DECISION, "Next meeting", f"Proposed: {proposal.in_short}.")


def _about(decision: Decision) -> dict[str, Any]:
    keys = {f"{name}_id": getattr(decision, f"{name}_id") for name in SUBJECTS}
    return {name: key for name, key in keys.items() if key}


# In the order of an agenda, by the word with which the keys of their items begin. An app higher up adds its own in its
# place, as `PROPOSERS["promise"]`.
PROPOSERS: dict[str, Proposer] = {
    "actions": _actions,
    "case": _cases,
    "deferred": _deferred,
    "review": _reviews,
    "block": _blocks,
    "promise": _promises,
    "changes": _changes,
    "next": _next,
}


def proposed_items(meeting: Meeting) -> list[ProposedItem]:
    """All that the portal proposes for a meeting, in order. As many queries, however much there is."""
    return [item for propose in PROPOSERS.values() for item in propose(meeting)]


def place_of(key: str) -> int:
    """The place of an item in the order of an agenda, by its key; after all others where it has none of these."""
    word = key.partition("-")[0]
    return list(PROPOSERS).index(word) if word in PROPOSERS else len(PROPOSERS)


@dataclass(frozen=True)
class NumberedItem:
    """An item as the agenda shows it: its number, its papers, and the page of what it is about.

    `decide_url` is the form for the decision that it is for, once the meeting was held and until there is one; else
    empty. `decisions` are those recorded under it.
    """

    number: int
    item: MeetingItem
    papers: list[Paper]
    url: str
    decide_url: str = ""
    decisions: list[Decision] = field(default_factory=list)


def agenda_of(meeting: Meeting, papers: Iterable[Paper]) -> list[NumberedItem]:
    """The items of a meeting's agenda in order, without those taken off; `papers` are those of the meeting."""
    by_item: dict[int | None, list[Paper]] = defaultdict(list)
    for paper in papers:
        by_item[paper.item_id].append(paper)
    items = list(meeting.agenda.filter(is_removed=False).select_related("project", "block", "promise"))
    keys = [key for item in items if (key := _decision_of(item))]
    numbers = dict(Decision.objects.filter(pk__in=keys).values_list("pk", "number")) if keys else {}
    decided: dict[int | None, list[Decision]] = defaultdict(list)
    for decision in Decision.objects.filter(item__in=items).order_by("number"):
        decided[decision.item_id].append(decision)
    return [
        NumberedItem(
            place,
            item,
            by_item[item.pk],
            _address_of(item, numbers),
            "" if decided[item.pk] else _decide_address(item, meeting),
            decided[item.pk],
        )
        for place, item in enumerate(items, 1)
    ]


def _decide_address(item: MeetingItem, meeting: Meeting) -> str:
    """The form that records the decision of an item, at this meeting and about what the item is about."""
    if item.kind != Kind.DECISION or not meeting.is_held:
        return ""
    query = {"meeting": meeting.day.isoformat(), "item": str(item.pk)}
    if item.business_case_id:
        return f"{reverse('steering:decide', args=[item.business_case_id])}?{urlencode(query)}"
    if about := item.project or item.block:
        query["project" if item.project else "block"] = about.slug
    elif item.promise and item.promise.project_id:
        query["promise"] = str(item.promise_id)
    return f"{reverse('steering:decide_about')}?{urlencode(query)}"


def _decision_of(item: MeetingItem) -> int:
    """The key of the decision that an item looks at again; 0 where it is about none."""
    word, _, key = item.key.partition("-")
    return int(key) if word in ("review", "deferred") else 0


def _address_of(item: MeetingItem, numbers: Mapping[int, str]) -> str:
    """The page of what an item is about; empty where it is about no record, or one without a page."""
    if item.key == "actions":
        return f"{reverse('steering:actions')}?state=open&state=overdue"
    if item.key == "changes":
        return reverse("steering:board")
    if number := numbers.get(_decision_of(item)):
        return reverse("steering:decision", args=[number])
    if item.business_case_id:
        return reverse("steering:case", args=[item.business_case_id])
    about = item.block or item.promise or item.project
    return about.get_absolute_url() if about else ""
