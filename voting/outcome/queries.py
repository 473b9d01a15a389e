"""Reads of the count of a vote."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from core.counting import count_of
from core.figures import Share
from core.words import one_or_many, spelled
from councils.kinds import COUNCIL_KINDS
from voting.ballots.models import Ballot, Option, RollEntry
from voting.ballots.queries import names_of, options_of
from voting.ballots.sentences import closing_words
from voting.casting.models import Choice, Vote
from voting.outcome import counting
from voting.outcome.counting import COUNCIL, OptionCount, Tally, Turnout, shown


def tally(ballot: Ballot, options: list[Option] | None = None) -> Tally:
    """The current count of a vote, per person and per council, in three queries."""
    return tallies({ballot: options if options is not None else options_of(ballot)})[ballot]


def tallies(options: Mapping[Ballot, list[Option]]) -> dict[Ballot, Tally]:
    """The counts of several votes with their options, in two queries."""
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
            [Turnout(council, number, voted[ballot.pk][council]) for council, number in on_roll[ballot.pk].items()],
            ticked[ballot.pk],
        )
        for ballot, its_options in options.items()
    }


def turnout(ballot: Ballot) -> Share:
    """How many of those on the roll have voted."""
    return Share(ballot.votes.count(), ballot.roll.count())


def frozen(count: Tally) -> dict[str, Any]:
    """A tally as plain values, to be stored with the ballot at its close."""
    return {
        "voted": count.voted,
        "on_roll": count.on_roll,
        "options": {
            str(line.option.pk): {"people": line.people, "councils": str(line.councils)} for line in count.lines
        },
    }


def recount(ballot: Ballot) -> dict[str, Any]:
    """The values of `frozen` counted another way: vote by vote in Python, not by the database's grouping."""
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
    """The ballots with their event and the numbers of options, people on the roll and votes."""
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
        return f"{spelled(len(count.tied)).capitalize()} prototypes are tied"
    if not count.chosen:
        return "No council voted, so nothing is chosen" if count.voted else "Nobody voted"
    return f"{names(count.chosen)} {one_or_many(len(count.chosen), 'has', 'have')} most votes"


def run_offs_after(ballot: Ballot, seen: QuerySet[Ballot]) -> list[tuple[Ballot, str]]:
    """The run-offs among `seen` that followed a tied vote, in order, each with its `heading_of`."""
    found: list[tuple[Ballot, str]] = []
    while run_off := seen.filter(run_off_of=found[-1][0] if found else ballot).first():
        found.append((run_off, heading_of(run_off, tally(run_off))))
    return found


def names(lines: Iterable[OptionCount]) -> str:
    """The options' titles as a sentence lists them."""
    return names_of(line.option for line in lines)


def other_basis_note(count: Tally) -> str:
    """What the basis that does not decide would change, as a sentence; empty where nothing."""
    if not count.bases_differ:
        return ""
    how = "per council" if count.other_basis == COUNCIL else "per person"
    chosen, tied = count.outcome(count.other_basis)
    if tied:
        return f"Counted {how}, {names(tied)} would be tied."
    if len(chosen) > 1:
        return f"Counted {how}, {names(chosen)} would be chosen."
    best = chosen[0].score(count.other_basis)
    rest = [line.score(count.other_basis) for line in count.lines if line.option.pk != chosen[0].option.pk]
    return f"Counted {how}, {names(chosen)} would lead, {shown(best)} to {shown(max(rest, default=Fraction(0)))}."


def place_of(ballot: Ballot, count: Tally, line: OptionCount) -> str:
    """The standing of an option in a word or two; empty where it is neither chosen nor tied."""
    if line in count.tied:
        return "tied first" if count.to_pursue == 1 else "tied"
    if line not in count.chosen:
        return ""
    if ballot.takes_votes:
        return "in front"
    return "first" if count.to_pursue == 1 else "chosen"


def state_of(ballot: Ballot, count: Tally | None = None) -> dict[str, Any]:
    """The live state as sockets and polling send it, the same for everybody.

    It names no voter and no organisation: most organisations in a room are one person.
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


def figures(ballot: Ballot, count: Tally, seen: QuerySet[Ballot]) -> dict[str, Any]:
    """The context of the tally's templates, in the order of the ballot while it runs and by result after.

    `seen`: the ballots that this reader may see.
    """
    state = state_of(ballot, count)
    if not ballot.takes_votes:
        order = {line.option.pk: n for n, line in enumerate(count.by_result())}
        state["tally"].sort(key=lambda line: order[line["option"]])
    made = {made.option_id: made for made in ballot.led_to.select_related("project")}
    urls = {line.option.pk: line.option.prototype.get_absolute_url() for line in count.lines}
    for line in state["tally"]:
        line["url"] = urls[line["option"]]
        line["project"] = made[line["option"]].project if line["option"] in made else None
        line["reason"] = made[line["option"]].reason if line["option"] in made else ""
    return {
        "state": state,
        "count": count,
        "run_offs": run_offs_after(ballot, seen) if count.tied and not ballot.takes_votes else [],
        "by_council": ballot.basis == COUNCIL,
        "made": list(made.values()),
    }
