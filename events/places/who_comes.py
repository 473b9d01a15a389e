"""Counts of the people of an event, by kind and by council."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q

from core.words import counted, series
from councils.kinds import COUNCIL_KINDS
from events.event.models import Event
from events.places.models import SignUp
from events.places.queries import confirmed

# The kinds of people that a Co-Design Day needs.
FOUR_KINDS = (
    SignUp.Kind.SERVICE_USER,
    SignUp.Kind.HEAD_OF_SERVICE,
    SignUp.Kind.POLICY_EXPERT,
    SignUp.Kind.DEVELOPER,
)


@dataclass(frozen=True)
class WhoComes:
    """How many people an event has, by kind and by council: those with a place, from the start those checked in."""

    people: int
    mix: dict[str, int]
    councils: list[tuple[str, int]]
    with_place: int  # however many of them have come
    by_organisation: dict[int, int]
    who_is_here: bool  # counted are those checked in, not those with a place


def who_comes(event: Event, *, who_is_here: bool | None = None) -> WhoComes:
    """Count the people of an event in one query. `who_is_here` counts check-ins; by default from the start on."""
    who_is_here = event.has_started if who_is_here is None else who_is_here
    groups = (
        confirmed(event)
        .order_by()
        .values_list("kind", "organisation", "organisation__name", "organisation__kind")
        .annotate(places=Count("pk"), there=Count("pk", filter=Q(checked_in_at__isnull=False)))
    )
    mix: Counter[str] = Counter()
    councils: Counter[tuple[str, int]] = Counter()
    organisations: Counter[int] = Counter()
    with_place = 0
    for kind, key, name, organisation_kind, places, there in groups:
        with_place += places
        number = there if who_is_here else places
        mix[kind] += number
        organisations[key] += number
        if number and organisation_kind in COUNCIL_KINDS:
            councils[name, key] += number
    return WhoComes(
        mix.total(),
        {kind: mix[kind] for kind in SignUp.Kind.values},
        [(name, number) for (name, _), number in sorted(councils.items())],
        with_place,
        dict(organisations),
        who_is_here,
    )


def missing_kinds(mix: dict[str, int]) -> list[str]:
    """The kinds that a Co-Design Day needs and that nobody stands for (W2)."""
    return [str(kind.label) for kind in FOUR_KINDS if not mix.get(kind)]


def councils_sentence(event: Event, councils: list[tuple[str, int]]) -> str:
    """The councils with their numbers, in words: 12 councils: Harlow, Luton (2), …"""
    names = [f"{name} ({people})" if people > 1 else name for name, people in councils]
    if not names:
        return "No council was checked in." if event.has_ended else "No council has signed up yet."
    return f"{counted(len(names), 'council')}: {', '.join(names)}"


def people_sentence(event: Event, people: int) -> str:
    """How many people come, are there, or came, in words."""
    if not event.has_started:
        return f"{counted(people, 'person', 'people')} coming."
    if not event.has_ended:
        return f"{counted(people, 'person is', 'people are')} checked in."
    return f"{counted(people, 'person was', 'people were')} checked in."


def mix_lines(mix: dict[str, int]) -> list[tuple[str, int]]:
    """The rows of the table by kind: the four, and others where there are any."""
    others = [("Others", mix[SignUp.Kind.OTHER])] if mix[SignUp.Kind.OTHER] else []
    return [(str(kind.label), mix[kind]) for kind in FOUR_KINDS] + others


def missing_sentence(event: Event, coming: WhoComes) -> str:
    """The missing kinds as a sentence (W2); empty for events other than Co-Design Days."""
    if event.kind != Event.Kind.CO_DESIGN_DAY or event.state == Event.State.CANCELLED:
        return ""
    if not (missing := missing_kinds(coming.mix)):
        return ""
    here = "here" if coming.who_is_here else "coming"
    verb = "Nobody came as" if event.has_ended else f"Nobody is {here} as"
    return f"{verb} {_either(missing)}. A Co-Design Day needs all four kinds of people."


MIX_COLUMNS = ["Kind", ("People", "numeric")]


def _either(kinds: list[str]) -> str:
    words = [("a " if kind[0] not in "AEIOU" else "an ") + kind.lower() for kind in kinds]
    return series(words, last="or")
