"""Reads that span roll, votes and options."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Prefetch, Q, QuerySet, When

from accounts.models import User
from core import clock
from core.counting import count_of
from core.figures import Share
from core.text import counted
from councils.models import COUNCIL_KINDS
from events.models import SignUp
from voting import counting
from voting.counting import Group, Line, Tally, shown
from voting.models import Ballot, Choice, Option, RollEntry, Vote
from voting.words import closing_words


def options_of(ballot: Ballot) -> list[Option]:
    return list(ballot.options.select_related("prototype__outline"))


def options_with_prototypes() -> Prefetch:
    """The same for many votes at once."""
    return Prefetch("options", Option.objects.select_related("prototype__outline"))


def tally(ballot: Ballot, options: list[Option] | None = None) -> Tally:
    """The count as it stands, per person and per council side by side, in three queries."""
    return tallies({ballot: options if options is not None else options_of(ballot)})[ballot]


def tallies(options: Mapping[Ballot, list[Option]]) -> dict[Ballot, Tally]:
    """The counts of several votes, given with their options, in two queries."""
    cast = Exists(Vote.objects.filter(ballot=OuterRef("ballot"), person=OuterRef("person")))
    roll = (
        RollEntry.objects.filter(ballot__in=options)
        .annotate(cast=cast)
        .order_by()
        .values_list("ballot_id", "organisation_id", "organisation__kind", "cast")
        .annotate(number=Count("pk"))
    )
    ticks = (
        Choice.objects.filter(vote__ballot__in=options)
        .order_by()
        .values_list("vote__ballot_id", "option_id", "vote__organisation_id", "vote__organisation__kind")
        .annotate(number=Count("pk"))
    )
    on_roll: dict[int, Counter[int | None]] = defaultdict(Counter)
    voted: dict[int, Counter[int | None]] = defaultdict(Counter)
    ticked: dict[int, list[tuple[int, int | None, int]]] = defaultdict(list)
    for key, organisation, kind, has_cast, number in roll:
        council = organisation if kind in COUNCIL_KINDS else None
        on_roll[key][council] += number
        voted[key][council] += number if has_cast else 0
    for key, option, organisation, kind, number in ticks:
        ticked[key].append((option, organisation if kind in COUNCIL_KINDS else None, number))
    return {
        ballot: counting.count(
            ballot,
            its_options,
            [Group(council, number, voted[ballot.pk][council]) for council, number in on_roll[ballot.pk].items()],
            ticked[ballot.pk],
        )
        for ballot, its_options in options.items()
    }


def coming_roll(ballot: Ballot) -> list[RollEntry]:
    """The roll as it would stand if the vote opened now: those checked in; in a run-off those of the first round."""
    return _entries(ballot, _rows_of_coming_roll(ballot))


def first_of_coming_roll(ballot: Ballot) -> list[RollEntry]:
    """One of that roll, of a council where anybody is: enough to say whether the vote could open."""
    of_a_council = Case(When(organisation__kind__in=COUNCIL_KINDS, then=0), default=1)
    return _entries(ballot, _rows_of_coming_roll(ballot).order_by(of_a_council, "pk")[:1])


def _entries(ballot: Ballot, rows: QuerySet[Any]) -> list[RollEntry]:
    return [
        RollEntry(
            ballot=ballot,
            person=row.person,
            organisation=row.organisation,
            late_reason=getattr(row, "late_reason", ""),
        )
        for row in rows.select_related("person", "organisation")
    ]


def came_late(ballot: Ballot) -> QuerySet[SignUp]:
    """Those who are at the day of a vote and not on its roll."""
    here = SignUp.objects.filter(event=ballot.event_id, checked_in_at__isnull=False).order_by("checked_in_at")
    return here.exclude(person__in=ballot.roll.values("person"))


def late_words(ballot: Ballot) -> str:
    """That some have come since a vote opened and cannot vote yet; nothing where nobody has."""
    number = came_late(ballot).count() if ballot.takes_votes else 0
    return f"{counted(number, 'person is', 'people are')} here and not on the roll." if number else ""


def will_be_on_roll(ballot: Ballot, user: User) -> bool:
    """Whether somebody would be on that roll."""
    return _rows_of_coming_roll(ballot).filter(person=user).exists()


def _rows_of_coming_roll(ballot: Ballot) -> QuerySet[RollEntry] | QuerySet[SignUp]:
    if ballot.run_off_of_id:
        return RollEntry.objects.filter(ballot=ballot.run_off_of_id)
    return SignUp.objects.filter(
        event=ballot.event_id, status=SignUp.Status.CONFIRMED, checked_in_at__isnull=False
    ).order_by("position")


def wait_words(ballot: Ballot, user: User) -> tuple[str, str]:
    """Why somebody of the day cannot vote yet, and what becomes of it."""
    if ballot.state == Ballot.State.OPEN:
        return (
            "You are not on the roll yet",
            "The roll was made when the vote opened. Ask the facilitator to add you: this page then turns into your "
            "ballot.",
        )
    opens = "Voting has not opened yet"
    if will_be_on_roll(ballot, user):
        return opens, "You are on its roll. This page turns into your ballot when it opens."
    if ballot.run_off_of_id:
        return opens, "A run-off is for those who were on the roll of the first vote, and you were not."
    return opens, (
        "If you have not checked in yet, go to the desk first: whoever is checked in when it opens may vote, and this "
        "page then turns into their ballot."
    )


def open_roll_entries(user: User) -> QuerySet[RollEntry]:
    """Somebody's lines on the rolls of votes that are open, with `has_voted`."""
    voted = Vote.objects.filter(ballot=OuterRef("ballot"), person=user)
    rolls = RollEntry.objects.filter(person=user, ballot__state=Ballot.State.OPEN).annotate(has_voted=Exists(voted))
    rolls = rolls.filter(Q(ballot__closes_at=None) | Q(ballot__closes_at__gt=clock.now()))
    return rolls.select_related("ballot__event", "organisation")


def open_votes_without(user: User) -> QuerySet[Ballot]:
    """Open votes of days at which somebody is checked in, and on whose roll they are not. A run-off keeps its roll."""
    here = SignUp.objects.filter(event=OuterRef("event"), person=user, checked_in_at__isnull=False)
    on_roll = RollEntry.objects.filter(ballot=OuterRef("pk"), person=user)
    ballots = Ballot.objects.filter(Exists(here), ~Exists(on_roll), state=Ballot.State.OPEN, run_off_of=None)
    return ballots.filter(Q(closes_at=None) | Q(closes_at__gt=clock.now())).select_related("event")


def turnout(ballot: Ballot) -> Share:
    """How many of those on the roll have voted."""
    return Share(ballot.votes.count(), ballot.roll.count())


def frozen(count: Tally) -> dict[str, Any]:
    """The counts as plain values, kept with the ballot when it closes."""
    return {
        "voted": count.voted,
        "on_roll": count.on_roll,
        "options": {
            str(line.option.pk): {"people": line.people, "councils": str(line.councils)} for line in count.lines
        },
    }


def recount(ballot: Ballot) -> dict[str, Any]:
    """The same counts added up another way: vote by vote from the rows, not by the database's grouping."""
    votes = list(ballot.votes.select_related("organisation").prefetch_related("choices"))
    council_of = {vote.pk: vote.organisation_id for vote in votes if vote.organisation and vote.organisation.is_council}
    voters = Counter(council_of.values())
    people: Counter[int] = Counter()
    councils: dict[int, Fraction] = {}
    for vote in votes:
        for choice in vote.choices.all():
            key = choice.option_id
            people[key] += 1
            if vote.pk in council_of:
                councils[key] = councils.get(key, Fraction(0)) + Fraction(1, voters[council_of[vote.pk]])
    return {
        "voted": len(votes),
        "on_roll": ballot.roll.count(),
        "options": {
            str(key): {"people": people[key], "councils": str(councils.get(key, Fraction(0)))}
            for key in ballot.options.values_list("pk", flat=True)
        },
    }


def ballots_with_figures(ballots: QuerySet[Ballot]) -> QuerySet[Ballot]:
    """For lists: the day, and how many options, people on the roll and votes each has."""
    return ballots.select_related("event").annotate(
        options_count=count_of(Option.objects.filter(ballot=OuterRef("pk"))),
        roll_count=count_of(RollEntry.objects.filter(ballot=OuterRef("pk"))),
        votes_count=count_of(Vote.objects.filter(ballot=OuterRef("pk"))),
    )


def heading_of(ballot: Ballot, count: Tally) -> str:
    """The state of a vote in a few words, with a tie said first."""
    if ballot.state == Ballot.State.DRAFT:
        return "Voting has not opened yet"
    if ballot.takes_votes:
        return "Voting is open"
    if count.tied:
        words = {2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six"}
        return f"{words.get(len(count.tied), str(len(count.tied)))} prototypes are tied"
    if not count.chosen:
        return "No council voted, so nothing is chosen" if count.voted else "Nobody voted"
    return f"{names(count.chosen)} {'has' if len(count.chosen) == 1 else 'have'} most votes"


def run_offs_after(ballot: Ballot, seen: QuerySet[Ballot]) -> list[tuple[Ballot, str]]:
    """The run-offs among `seen` that followed a tied vote, in order, each with how it stands."""
    found: list[tuple[Ballot, str]] = []
    while run_off := seen.filter(run_off_of=found[-1][0] if found else ballot).first():
        found.append((run_off, heading_of(run_off, tally(run_off))))
    return found


def names(lines: Iterable[Line]) -> str:
    """The options' titles as a sentence lists them."""
    return names_of(line.option for line in lines)


def names_of(options: Iterable[Option]) -> str:
    """The same of options."""
    titles = [option.prototype.title for option in options]
    return titles[0] if len(titles) == 1 else f"{', '.join(titles[:-1])} and {titles[-1]}"


def other_basis_note(count: Tally) -> str:
    """What the basis that does not decide would change, or nothing."""
    if not count.bases_differ:
        return ""
    how = "per council" if count.other_basis == counting.COUNCIL else "per person"
    chosen, tied = count.outcome(count.other_basis)
    if tied:
        return f"Counted {how}, {names(tied)} would be tied."
    if len(chosen) > 1:
        return f"Counted {how}, {names(chosen)} would be chosen."
    best = chosen[0].score(count.other_basis)
    rest = [line.score(count.other_basis) for line in count.lines if line.option.pk != chosen[0].option.pk]
    return f"Counted {how}, {names(chosen)} would lead, {shown(best)} to {shown(max(rest, default=Fraction(0)))}."


def place_of(ballot: Ballot, count: Tally, line: Line) -> str:
    """How an option stands, in a word or two; empty for the others."""
    if line in count.tied:
        return "tied first" if count.to_pursue == 1 else "tied"
    if line not in count.chosen:
        return ""
    if ballot.takes_votes:
        return "in front"
    return "first" if count.to_pursue == 1 else "chosen"


def state_of(ballot: Ballot, count: Tally | None = None) -> dict[str, Any]:
    """The live state: one snapshot for everybody, the same by socket and by polling.

    It names no voter and no organisation, since most organisations in a room are one person.
    """
    if ballot.state == Ballot.State.DRAFT:
        return {"reference": ballot.reference, "version": ballot.version, "state": ballot.state}
    count = count or tally(ballot)
    most = max((line.score(count.basis) for line in count.lines), default=Fraction(0)) or Fraction(1)
    return {
        "reference": ballot.reference,
        "version": ballot.version,
        "state": ballot.state,
        "takes_votes": ballot.takes_votes,
        "heading": heading_of(ballot, count),
        "basis": ballot.basis,
        "rule": ballot.rule,
        "opened_at": ballot.opened_at and ballot.opened_at.isoformat(),
        "closes_at": ballot.closes_at and ballot.closes_at.isoformat(),
        "closed_at": ballot.closed_at and ballot.closed_at.isoformat(),
        "closing": closing_words(ballot),
        "turnout": {
            "voted": count.voted,
            "on_roll": count.on_roll,
            "councils_voted": count.councils_voted,
            "councils_on_roll": count.councils_on_roll,
            "words": str(count.turnout),
        },
        "tally": [
            {
                "option": line.option.pk,
                "title": line.option.prototype.title,
                "people": line.people,
                "councils": shown(line.councils),
                "bar": round(float(line.score(count.basis) / most * 100), 1),
                "place": place_of(ballot, count, line),
                "leads": line in count.chosen,
            }
            for line in count.lines
        ],
        "note": other_basis_note(count),
    }
