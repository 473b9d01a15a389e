"""Reads of a ballot, its options and its roll."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Prefetch, Q, QuerySet, Sum, When
from django.db.models.functions import Coalesce

from accounts.models import User
from core import clock
from core.statements import built_once
from core.words import counted, series
from events.models import SignUp
from sealing.models import Mark
from voting.ballots.models import Ballot, Option, RollEntry
from voting.ballots.sentences import FEWEST

# What is fixed as a ballot opens, and copied into the next round of a void one.
FIXED_BEFORE_OPENING = (
    "event",
    "held_by",
    "question",
    "method",
    "most_choices",
    "most_per_option",
    "pot",
    "to_pursue",
    "basis",
    "tie_rule",
    "quorum",
    "threshold",
    "secrecy",
    "shows_tally",
    "asks_reason",
    "roll_from",
    "closes_at",
)


def options_of(ballot: Ballot) -> list[Option]:
    """The options in order; while it is being prepared with the titles that their prototypes have now."""
    options = _options_as_read(ballot.pk)
    if ballot.state == Ballot.State.DRAFT:
        for option in options:
            if option.prototype:
                option.title, option.summary = option.prototype.title, option.prototype.summary
    else:
        ballot.options_as_opened = tuple(options)
    return options


def options_to_count(ballot: Ballot) -> list[Option]:
    """The options as `options_of` returns them, but without their prototypes: enough to check and count a vote."""
    if ballot.state == Ballot.State.DRAFT:
        return options_of(ballot)
    options = options_by_key(ballot.pk)
    ballot.options_as_opened = tuple(options)
    return options


@built_once
def _options_as_read(ballot: int) -> QuerySet[Option]:
    return Option.objects.filter(ballot=ballot).select_related("prototype__outline")


@built_once
def options_by_key(ballot: int) -> QuerySet[Option]:
    """The options of the ballot with this key, in order, as they stand."""
    return Option.objects.filter(ballot=ballot)


@built_once
def standing_entries(ballot: int, person: int) -> QuerySet[Any]:
    """The entry of a person on the roll of a ballot, by their keys, with `has_voted`: one, or none."""
    entries = RollEntry.objects.standing().filter(ballot=ballot, person=person)
    return with_has_voted(entries).select_related("organisation").order_by()


def options_with_prototypes() -> Prefetch:
    """`options_of` as a prefetch, for many ballots at once."""
    return Prefetch("options", Option.objects.select_related("prototype__outline"))


def coming_roll(ballot: Ballot) -> list[RollEntry]:
    """The roll if the vote opened now: those checked in, the list or bodies that were entered, or the first vote’s."""
    rows: Any = _rows_of_coming_roll(ballot)
    if ballot.roll_from != Ballot.Roll.CHECK_IN and not ballot.run_off_of_id:
        return list(rows.select_related("person", "organisation"))
    return _entries(ballot, rows)


def first_of_coming_roll(ballot: Ballot) -> list[RollEntry]:
    """The first of the coming roll, those of an organisation before others: enough to say whether the vote could open.

    No more are read than a secret result or the quorum needs.
    """
    with_weight = Case(When(organisation__isnull=False, then=0), default=1)
    needed = max(FEWEST if ballot.is_secret else 1, ballot.quorum or 1)
    return _entries(ballot, _rows_of_coming_roll(ballot).order_by(with_weight, "pk")[:needed])


def places_of_cards(ballot: Ballot) -> int:
    """How many votes by card the roll of a ballot takes in all; of a draft, if it opened now."""
    if ballot.state == Ballot.State.DRAFT:
        return sum(entry.kind == RollEntry.Kind.CARD for entry in coming_roll(ballot))
    return ballot.roll.standing().filter(kind=RollEntry.Kind.CARD).count()


def _entries(ballot: Ballot, rows: QuerySet[Any]) -> list[RollEntry]:
    return [
        RollEntry(
            ballot=ballot,
            kind=row.kind if isinstance(row, RollEntry) else RollEntry.Kind.PERSON,
            person=row.person,
            organisation=row.organisation,
        )
        for row in rows.select_related("person", "organisation")
    ]


def copied_roll(ballot: Ballot, onto: Ballot) -> list[RollEntry]:
    """The entries that stand on a ballot’s roll, for another ballot. Unsaved rows."""
    return _entries(onto, RollEntry.objects.for_what_follows().filter(ballot=ballot))


def came_late(ballot: Ballot) -> QuerySet[SignUp]:
    """Those who are at the day of a vote and not on its roll."""
    here = SignUp.objects.named().filter(event=ballot.event_id, checked_in_at__isnull=False).order_by("checked_in_at")
    return here.exclude(person__in=ballot.roll.known().filter(person__isnull=False).values("person"))


def late_words(ballot: Ballot) -> str:
    """How many are here and not on the roll of an open vote, as a sentence; empty where nobody is."""
    takes_latecomers = not ballot.is_by_cards and ballot.is_under_way and ballot.event_id
    number = came_late(ballot).count() if takes_latecomers else 0
    return f"{counted(number, 'person is', 'people are')} here and not on the roll." if number else ""


def will_be_on_roll(ballot: Ballot, user: User) -> bool:
    """Whether somebody would be on the coming roll."""
    return _rows_of_coming_roll(ballot).filter(person=user).exists()


def _rows_of_coming_roll(ballot: Ballot) -> QuerySet[RollEntry] | QuerySet[SignUp]:
    if ballot.run_off_of_id:
        return RollEntry.objects.for_what_follows().filter(ballot=ballot.run_off_of_id)
    if ballot.roll_from != Ballot.Roll.CHECK_IN:
        return RollEntry.objects.standing().filter(ballot=ballot)
    return (
        SignUp.objects.named()
        .filter(event=ballot.event_id, status=SignUp.Status.CONFIRMED, checked_in_at__isnull=False)
        .order_by("position")
    )


def open_votes_without(user: User) -> QuerySet[Ballot]:
    """Open votes of days at which somebody is checked in but not on the roll; no run-offs, whose roll is fixed."""
    here = SignUp.objects.filter(event=OuterRef("event"), person=user, checked_in_at__isnull=False)
    on_roll = RollEntry.objects.known().filter(ballot=OuterRef("pk"), person=user)
    ballots = Ballot.objects.filter(Exists(here), ~Exists(on_roll), state__in=Ballot.RUNNING, run_off_of=None)
    ballots = ballots.filter(roll_from=Ballot.Roll.CHECK_IN)
    return ballots.filter(Q(closes_at=None) | Q(closes_at__gt=clock.now())).select_related("event")


def unnamed_on_roll(ballot: Ballot) -> list[tuple[str, int]]:
    """What stands on the roll for nobody in particular: the words for one kind, `one,many`, and how many."""
    kinds = {RollEntry.Kind.CARD: "voting card,voting cards", RollEntry.Kind.SLIP: "paper slip,paper slips"}
    standing = ballot.roll.standing().filter(person=None).order_by()
    found = dict(standing.values_list("kind").annotate(n=Count("pk")))
    return [(words, found[kind]) for kind, words in kinds.items() if kind in found]


def names_of(options: Iterable[Option]) -> str:
    """The options' titles as a sentence lists them."""
    return series(option.title for option in options)


def with_has_voted(entries: QuerySet[RollEntry]) -> QuerySet[Any]:
    """The entries with `has_voted`: by their vote or their mark, and once it has closed as was noted then."""
    votes: Any = RollEntry._meta.get_field("vote").related_model  # of a subject further up
    voted = Exists(votes.objects.filter(entry=OuterRef("pk")))
    marked = Exists(Mark.objects.filter(round=OuterRef("ballot__sealed"), person=OuterRef("person")))
    return entries.annotate(has_voted=Coalesce("voted", Case(When(voted | marked, then=True), default=False)))


def note_who_voted(ballot: Ballot) -> None:
    """Write onto the roll of a locked ballot that ends who has voted, before marks are forgotten.

    Entries of cards and slips belong to nobody: as many of them are marked as votes came by them, whichever they are.
    """
    voted = list(with_has_voted(ballot.roll.all()).filter(has_voted=True).values_list("pk", flat=True))
    for kind, votes in ((RollEntry.Kind.CARD, voted_by_card(ballot)), (RollEntry.Kind.SLIP, voted_on_paper(ballot))):
        if votes:
            voted += ballot.roll.standing().filter(kind=kind).values_list("pk", flat=True)[:votes]
    ballot.roll.filter(pk__in=voted).update(voted=True)
    ballot.roll.filter(voted=None).update(voted=False)


def slips_out(ballot: Ballot) -> int:
    """How many slips were handed out; from the column of `ballots_with_figures` where read through that."""
    if (known := getattr(ballot, "slips_count", None)) is not None:
        return int(known)
    return ballot.roll.standing().filter(kind=RollEntry.Kind.SLIP).count()


def voted_by_card(ballot: Ballot) -> int:
    """How many votes came by cards, while the ballot runs."""
    return Mark.objects.filter(round=ballot.sealed_id).exclude(key="").count() if ballot.sealed_id else 0


def voted_on_paper(ballot: Ballot) -> int:
    """How many votes are on the slips that two people have counted: a spoilt one is no vote."""
    slips = slips_counted(ballot)
    return slips - spoilt_on_paper(ballot) if slips else 0


def spoilt_on_paper(ballot: Ballot) -> int:
    """How many of the slips that two people have counted are spoilt; from the column of `ballots_with_figures`."""
    if (known := getattr(ballot, "spoilt_count", None)) is not None:
        return int(known)
    spoilt = ballot.spoilt_slips  # type: ignore[attr-defined]  # of a subject further up
    return int(spoilt.filter(batch__confirmed_at__isnull=False).count())


def slips_counted(ballot: Ballot) -> int:
    """How many slips two people have counted, those that are spoilt too; from the column of `ballots_with_figures`."""
    if (known := getattr(ballot, "paper_count", None)) is not None:
        return int(known)
    confirmed = ballot.paper_batches.confirmed()  # type: ignore[attr-defined]  # of a subject further up
    return int(confirmed.aggregate(slips=Sum("slips"))["slips"] or 0)


def has_voted(ballot: Ballot, person: User) -> bool:
    """Whether somebody has voted in a ballot, whatever for."""
    return with_has_voted(ballot.roll.filter(person=person)).filter(has_voted=True).exists()
