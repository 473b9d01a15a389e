"""What is in one person's name at a council, and how a colleague gets it when they leave.

Each app says so of its own, in `AppConfig.ready()`:

    leaving.register(PersonalWork(("project", "projects"), living_projects, "lead_council", "contact", hand_on))

What the council relies on goes over: entries, drafts, promises, parts. What is somebody's own (places at events, what
they follow, what they voted, saved searches) is no work of the council and is in no kind here.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, IntegerField, Model, OuterRef, Q, QuerySet, Value

from accounts.models import User
from core.words import counted, series
from councils.models import Membership, Organisation
from councils.succession import WentOver

State = Membership.State


@dataclass(frozen=True)
class WorkHandedOver:
    """Whose work goes to whom, at which council, and who says so."""

    council: Organisation
    was: User
    to: User
    by: User


def gives(field: str) -> Callable[[Any, WorkHandedOver], object]:
    """How a row goes over of which only this key to a person changes."""

    def hand_on(row: Model, handing: WorkHandedOver) -> None:
        setattr(row, field, handing.to)
        row.save(update_fields=[field])

    return hand_on


@dataclass(frozen=True)
class PersonalWork:
    """One kind of it: its words for one and for many, all its rows, their keys to a council and to the person.

    `hand_on` runs inside the transaction, with the row locked, once for each row; it answers False where the row ended
    instead, since the colleague may not have it.
    """

    noun: tuple[str, str]
    rows: Callable[[], QuerySet]
    council: str
    person: str
    hand_on: Callable[[Any, WorkHandedOver], object]

    def of(self, person: User, council: Organisation) -> QuerySet:
        return self.rows().filter(**{self.person: person.pk, self.council: council.pk})

    def in_words(self, number: int) -> str:
        """How many of them: 3 drafts of assets."""
        return counted(number, *self.noun)


_kinds: list[PersonalWork] = []


def register(*kinds: PersonalWork) -> None:
    """Hand these over with all that is in somebody's name, in the order of registration; again has no effect."""
    _kinds.extend(kind for kind in kinds if kind not in _kinds)


@dataclass(frozen=True)
class InOnesName:
    """How much of each kind is in one person's name at a council, in words, and whether that person has left it."""

    person: User
    lines: tuple[str, ...]
    number: int
    has_left: bool
    is_of_here: bool  # as `belongs_or_belonged` says

    @property
    def in_words(self) -> str:
        return f"{series(self.lines)}."


def belongs_or_belonged(person: User, council: Organisation) -> bool:
    """Whether somebody has or had a place there; a closed account keeps none, so it is taken to have had one."""
    has_account = User.objects.filter(pk=person.pk, is_active=True)
    return council.memberships.filter(person=person).exists() or not has_account.exists()


def in_the_name_of(person: User, council: Organisation) -> list[str]:
    """What is in a person's name at a council, in words: numbers, and no titles of drafts."""
    numbers = [(kind, kind.of(person, council).count()) for kind in _kinds]
    return [kind.in_words(number) for kind, number in numbers if number]


def in_names_at(council: Organisation) -> list[InOnesName]:
    """All who have something in their name at a council, those who have left it first; a fixed number of queries."""
    found: dict[int, Counter[int]] = defaultdict(Counter)
    for _, person, kind in _keys(lambda kind: Q(**{kind.council: council.pk})):
        found[person][kind] += 1
    places = Membership.objects.filter(organisation=council)
    there = set(places.exclude(state=State.ENDED).values_list("person", flat=True))
    people = User.objects.in_bulk(list(found))
    gone = set(places.filter(state=State.ENDED).values_list("person", flat=True)) - there
    gone |= {key for key, person in people.items() if not person.is_active}
    rows = [
        InOnesName(
            people[key],
            tuple(_kinds[kind].in_words(number) for kind, number in sorted(numbers.items())),
            sum(numbers.values()),
            key in gone,
            key in there | gone,
        )
        for key, numbers in found.items()
    ]
    return sorted(rows, key=lambda row: (not row.has_left, str(row.person), row.person.pk))


def left_behind(councils: Iterable[Organisation] | None = None) -> Counter[int]:
    """How much each council has in the name of people who left it, by its key; of these councils or of all in force.

    Somebody has left whose place there ended, or whose account is closed; whoever never had a place has not.
    """
    keys = None if councils is None else [council.pk for council in councils]

    def are_left(kind: PersonalWork) -> Q:
        in_force = Q(**{f"{kind.council}__in": Organisation.objects.in_force().values("pk")})
        places = Membership.objects.filter(person=OuterRef(kind.person), organisation=OuterRef(kind.council))
        has_gone = Q(Exists(places.filter(state=State.ENDED)), ~Exists(places.exclude(state=State.ENDED)))
        of_these = Q() if keys is None else Q(**{f"{kind.council}__in": keys})
        return of_these & in_force & (has_gone | Q(**{f"{kind.person}__is_active": False}))

    return Counter(council for council, _, _ in _keys(are_left)) if keys != [] else Counter()


def _keys(which: Callable[[PersonalWork], Q]) -> list[tuple[int, int, int]]:
    """Council, person and kind of each row of all kinds that is meant, in one query."""
    parts = [
        kind.rows()
        .order_by()
        .filter(which(kind), **{f"{kind.person}__isnull": False})
        .annotate(of_council=F(kind.council), of_person=F(kind.person), of_kind=Value(number, IntegerField()))
        .values_list("of_council", "of_person", "of_kind")
        for number, kind in enumerate(_kinds)
    ]
    return list(parts[0].union(*parts[1:], all=True)) if parts else []


def hand_all_over(handing: WorkHandedOver) -> tuple[WentOver, bool]:
    """Hand over all that is in the person's name there: what went over, and whether there was anything.

    What the colleague may not have ended instead, and is not among what went over.
    """
    found = [
        (kind, list(kind.of(handing.was, handing.council).select_for_update(of=("self",)).order_by("pk")))
        for kind in _kinds
    ]
    went = WentOver()
    for kind, rows in found:
        went.add(kind, [row for row in rows if kind.hand_on(row, handing) is not False])
    return went, any(rows for _, rows in found)
