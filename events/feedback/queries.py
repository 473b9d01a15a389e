"""The seven outcomes, counted from the forms, as a reader may see them; and whether forms are taken."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from core import clock
from core.figures import Share
from core.history import is_told
from core.key_folder import KeyFolderUnusable, KeyLost
from core.words import day_in_words
from events.event.models import FEEDBACK_WINDOW, Event
from events.feedback.models import Feedback, FeedbackComment
from events.places.models import was_there
from sealing.models import Round
from sealing.queries import public_key

LEAST_FOR_FACILITATORS, LEAST_FOR_EVERYONE = 5, 10
LEAST_WHERE_ALL_SAY_THE_SAME = 30
LOST = (
    "The key to the answers on this event cannot be found, so no more are taken. Unless it is found, nobody can read "
    "those that were given."
)
NOT_SAFE = "Your answers cannot be kept safe just now, so none are taken. Please try again later."


@dataclass(frozen=True)
class OutcomePart:
    """What one event adds to an outcome, as its own page shows it; of the record, all its events together."""

    event: int | None  # its key; None of the record
    events: int
    share: Share


@dataclass(frozen=True)
class Outcome:
    """One question with its result: how many of those who answered it said yes, and of which parts that is the sum."""

    name: str
    words: str
    share: Share
    parts: tuple[OutcomePart, ...] = ()


@dataclass(frozen=True)
class Outcomes:
    """The outcomes that may be shown of one event or many, with how many gave forms and how many people were there."""

    forms: int
    attended: int
    outcomes: tuple[Outcome, ...]
    is_illustrative: bool
    events: int = 1  # those whose forms are counted

    @property
    def response_rate(self) -> Share:
        return Share(self.forms, self.attended, "people who came")


def results_over(events: QuerySet[Event], *, is_staff: bool = False) -> Outcomes | None:
    """The results of events together, as this reader may see them; None where nothing may be shown.

    An event counts, and a question of it, only where its own page shows it to the same reader: else the sum, less what
    the other pages show, would tell the rest. What was said at events of the record of 2013 to 2015 was published as
    one sum, and is one here.
    """
    groups = {
        event: group for event, group in _groups(events).items() if _are_enough(group["forms"], is_staff=is_staff)
    }
    if not groups:
        return None
    outcomes = []
    for name in Feedback.OUTCOMES:
        parts = (
            OutcomePart(event, group["events"], Share(group[f"{name}_yes"], group[f"{name}_base"], "who answered"))
            for event, group in groups.items()
        )
        if shown := tuple(part for part in parts if _may_be_shown(part.share, is_staff=is_staff)):
            yes, base = sum(part.share.count for part in shown), sum(part.share.base for part in shown)
            outcomes.append(Outcome(name, Feedback.words_for(name), Share(yes, base, "who answered"), shown))
    totals = (sum(group[key] for group in groups.values()) for key in ("forms", "arrived", "made_up", "events"))
    forms, attended, made_up, counted = totals
    return Outcomes(forms, attended, tuple(outcomes), bool(made_up), counted)


def _are_enough(number: int, *, is_staff: bool) -> bool:
    """Whether so many forms, or answers, may be shown: fewer could reveal what one person said."""
    return number >= (LEAST_FOR_FACILITATORS if is_staff else LEAST_FOR_EVERYONE)


def _may_be_shown(share: Share, *, is_staff: bool) -> bool:
    """Whether a result may be shown: all or nobody tells what each of them said, unless they are many."""
    all_say_the_same = share.count in (0, share.base)
    return _are_enough(share.base, is_staff=is_staff) and not (
        all_say_the_same and share.base < LEAST_WHERE_ALL_SAY_THE_SAME
    )


def _groups(events: QuerySet[Event]) -> dict[int | None, Counter[str]]:
    """What is counted apart from all other: one event that can be read, or, under None, all those of the record."""
    sums: dict[str, Any] = {
        "forms": Count("feedback"),
        "made_up": Count("feedback", filter=Q(feedback__is_illustrative=True)),
    }
    for name in Feedback.OUTCOMES:
        sums[f"{name}_yes"] = Count("feedback", filter=Q(**{f"feedback__{name}": True}))
        sums[f"{name}_base"] = Count("feedback", filter=Q(**{f"feedback__{name}__isnull": False}))
    groups: dict[int | None, Counter[str]] = {}
    rows: Iterable[Mapping[str, Any]] = (
        events.filter(_can_be_read()).order_by("starts_at", "pk").values("pk", "starts_at", "arrived").annotate(**sums)
    )
    for row in rows:
        group = groups.setdefault(None if is_told(row["starts_at"]) else row["pk"], Counter())
        group.update({"events": 1, **{name: row[name] for name in (*sums, "arrived")}})
    return groups


def _can_be_read() -> Q:
    """Only after the window, and once no form is sealed: two readings could otherwise reveal what the last one said."""
    is_opened = Q(feedback_round=None) | Q(feedback_round__state=Round.State.CLOSED)
    return Q(ends_at__lte=clock.now() - FEEDBACK_WINDOW) & is_opened


def results_for(event: Event, *, is_staff: bool) -> Outcomes | None:
    """The results of one event as this reader may see them; None while there are too few, or some are still sealed.

    None of an event of the record either: the sum of the record, less what one event showed, would tell the rest.
    """
    if event.is_told or clock.now() < event.feedback_closes_at:
        return None
    return results_over(Event.objects.filter(pk=event.pk), is_staff=is_staff)


def why_not_read(event: Event, results: Outcomes | None) -> str:
    """For those who run an event: why nothing of its feedback is shown, or why to nobody else; else empty."""
    if results is not None:
        few = results.forms < LEAST_FOR_EVERYONE
        return "Fewer than ten people gave feedback, so only those who run the event see this." if few else ""
    if event.is_told or not event.arrived or is_void(event):
        return ""
    if clock.now() < event.feedback_closes_at:
        closes = day_in_words(event.feedback_closes_at)
        return f"What people said stands here once feedback has closed on {closes}, where five gave it or more."
    if event.feedback_round is not None and event.feedback_round.is_open:
        return "Feedback has closed and is being opened. Look again in a few minutes."
    return "Fewer than five people gave feedback, so nothing of it is shown: it could tell what one person said."


def is_taken(event: Event) -> bool:
    """Whether feedback can be given now, or in a few minutes where its round is not open yet."""
    return event.takes_feedback and (event.feedback_round is None or event.feedback_round.is_open)


def forms_given(event: Event) -> int:
    """How many forms an event has: those that can be read, as its results count them, and those still sealed."""
    sealed = event.sign_ups.filter(has_given_feedback=True)
    is_sealed = event.feedback_round is not None and not is_opened(event)
    return event.feedback.count() + (sealed.count() if is_sealed else 0)


def takes_comment(event: Event) -> bool:
    """Whether the round of an event has room for what people write: those opened before this was asked have none."""
    return event.feedback_round is not None and event.feedback_round.length > FeedbackComment.MOST


def who_came(event: Event, *, without_feedback: bool = False) -> list[User]:
    """The people who were there and can be written to; with `without_feedback` those who have given none."""
    places = event.sign_ups.filter(was_there(), person__is_active=True).select_related("person").order_by("position")
    if without_feedback:
        places = places.filter(has_given_feedback=False)
    return [place.person for place in places if place.person]


def comments_on(event: Event, results: Outcomes | None) -> list[str]:
    """What people wrote, for those who run the event: where `results` of all its forms may be shown to them.

    That is once the window has closed, and from five forms on: with fewer, what is written would be one of a handful
    of people's. In no order: their keys are random.
    """
    if results is None:
        return []
    return list(event.feedback_comments.order_by("pk").values_list("text", flat=True))


def is_void(event: Event) -> bool:
    """Whether feedback was given that could not be opened, and never will be."""
    return event.feedback_round is not None and event.feedback_round.state == Round.State.VOID


def is_opened(event: Event) -> bool:
    """Whether the sealed forms of an event have been opened."""
    return event.feedback_round is not None and event.feedback_round.state == Round.State.CLOSED


def why_not_safe(event: Event) -> str:
    """Why no form can be kept safe now, as a sentence; empty where it can."""
    try:
        if event.feedback_round is not None and event.feedback_round.is_open:
            public_key(event.feedback_round)
    except KeyLost:
        return LOST
    except KeyFolderUnusable:
        return NOT_SAFE
    return ""
