"""What anybody needs to recount a vote, as plain values; docs/record.md describes them.

All of it is fixed at the close, so that the code of the record, which is mailed then, stays the same.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from voting.ballots.models import Ballot, Option
from voting.ballots.rules import method_of, rules_of
from voting.casting.queries import marks_by_vote
from voting.methods.base import Method
from voting.methods.values import Count, Rules, VoteMark, as_lines
from voting.outcome.counting import Tally
from voting.outcome.queries import tally

PlainMarks = list[list[Any]]  # one vote: [option, value, question] of each mark


def parts_of(ballot: Ballot, options: list[Option], *, salt: str) -> dict[str, Any]:
    """The parts of a closed ballot's record, in order. `salt` keeps its code from being guessed before the reveal."""
    count = tally(ballot, options)
    votes = [] if count.is_withheld else votes_part(marks_by_vote(ballot).values())
    return {
        "ballot": _ballot_part(ballot, salt),
        "options": [{"number": option.pk, "title": option.title, "price": option.price} for option in options],
        "rules": rules_part(
            method_of(ballot),
            rules_of(ballot, options),
            basis=ballot.basis,
            quorum=ballot.quorum,
            tie_rule=ballot.tie_rule,
        ),
        "turnout": _turnout_part(ballot, count),
        "votes": votes,
        "receipts": list(ballot.receipts.order_by("code").values_list("code", flat=True)),
        "result": _result_part(ballot, count),
    }


def _ballot_part(ballot: Ballot, salt: str) -> dict[str, Any]:
    return {
        "reference": ballot.reference,
        "question": ballot.question,
        "round": ballot.round,
        "secrecy": ballot.secrecy,
        "opened_at": _moment(ballot.opened_at),
        "closed_at": _moment(ballot.closed_at),
        "made_up": ballot.is_illustrative,
        "salt": salt,
    }


def _moment(at: dt.datetime | None) -> str | None:
    return at and at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def rules_part(
    method: Method, rules: Rules, *, basis: str = "person", quorum: int | None = None, tie_rule: str = "none"
) -> dict[str, Any]:
    """The rules as fixed before the ballot opened."""
    return {
        "method": method.key,
        "options": [*rules.options],
        "questions": [*method.questions],
        "places": rules.places,
        "most": rules.most,
        "cap": rules.cap,
        "pot": rules.pot,
        "prices": [rules.prices.get(option) for option in rules.options],
        "threshold": None if rules.threshold is None else str(rules.threshold),
        "quorum": quorum,
        "basis": basis,
        "tie_rule": tie_rule,
        "by_order": rules.has_order,
    }


def votes_part(votes: Iterable[Sequence[VoteMark]]) -> list[PlainMarks]:
    """Votes sorted by what they say, so that their order tells nothing else."""
    return sorted(map(plain_marks, votes))


def plain_marks(marks: Iterable[VoteMark]) -> PlainMarks:
    return sorted(as_lines(marks))


def _turnout_part(ballot: Ballot, count: Tally) -> dict[str, Any]:
    assert ballot.result is not None  # by constraint: a closed ballot keeps its result
    return {
        "on_roll": count.on_roll,
        "voted": count.voted,
        "organisations_on_roll": count.councils_on_roll,
        "organisations_voted": count.councils_voted,
        "voted_outside": count.voted_outside,
        "provenance": provenance_of(ballot),
    } | _paper_part(ballot)


def provenance_of(ballot: Ballot) -> list[str]:
    """Where votes came from that were not cast on a screen, a sentence for each batch, as stored at the close."""
    return list((ballot.result or {}).get("provenance", []))


def _paper_part(ballot: Ballot) -> dict[str, Any]:
    """The batches of paper as stored at the close; nothing of a ballot that had none, or closed before they were."""
    paper = (ballot.result or {}).get("paper")
    return {"paper": paper} if paper else {}


def _result_part(ballot: Ballot, count: Tally) -> dict[str, Any]:
    """The result as told: the counts per person and per council or body, and what they come to."""
    if count.is_withheld:
        return {"withheld": True}
    council = count_part(count.council)
    return {
        "withheld": False,
        "chosen": sorted(line.option.pk for line in count.chosen),
        "tied": sorted(line.option.pk for line in count.tied),
        "person": count_part(count.person),
        "council": council | ({"lines": []} if count.hides_councils else {}),
        "groups": {name: count_part(group)["lines"] for name, group in count.groups.items()},
    }


def count_part(count: Count) -> dict[str, Any]:
    """A count as told, with the steps that led to it."""
    steps = [*count.steps]
    return {
        "lines": sorted([line.option, str(line.score), str(line.supporters)] for line in count.lines),
        "chosen": sorted(count.chosen),
        "tied": sorted(count.tied),
        "steps": steps,
        "too_many_ways": '"too_many_ways"' in repr(steps).replace("'", '"'),
    }
