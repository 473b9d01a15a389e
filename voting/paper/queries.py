"""Reads of a vote on paper: its slips, its batches, and what they add to the count."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet, Sum

from core.words import counted, one_or_many, series
from voting.ballots.models import Ballot, RollEntry
from voting.ballots.queries import slips_counted, slips_out, spoilt_on_paper
from voting.methods.values import VoteMark, from_lines
from voting.paper.models import PaperBatch, PaperPile, SpoiltSlip, slips_words

Kind = RollEntry.Kind


def slips_in_batches(ballot: Ballot, *, apart_from: PaperBatch | None = None) -> int:
    """How many slips lie in batches, confirmed or not."""
    batches = PaperBatch.objects.filter(ballot=ballot)
    if apart_from:
        batches = batches.exclude(pk=apart_from.pk)
    return int(batches.aggregate(slips=Sum("slips"))["slips"] or 0)


def entered_in(batch: PaperBatch) -> int:
    """How many slips of a batch are entered: in its piles, and spoilt."""
    return int(batch.piles.aggregate(slips=Sum("slips"))["slips"] or 0) + SpoiltSlip.objects.filter(batch=batch).count()


def marks_of_pile(pile: PaperPile) -> tuple[VoteMark, ...]:
    """What each slip of a pile says."""
    return from_lines(pile.marks)


def votes_on_paper(ballot: Ballot) -> list[tuple[VoteMark, ...]]:
    """What each slip says that two people have counted, in no order that means anything."""
    piles = PaperPile.objects.filter(batch__ballot=ballot, batch__confirmed_at__isnull=False)
    return [marks_of_pile(pile) for pile in piles for _ in range(pile.slips)]


def waiting_batches(ballot: Ballot) -> int:
    """How many batches nobody has confirmed; from the column of `ballots_with_figures` where read through that."""
    if (known := getattr(ballot, "waiting_batches_count", None)) is not None:
        return int(known)
    return PaperBatch.objects.filter(ballot=ballot, confirmed_at=None).count()


def why_not_closed(ballot: Ballot) -> str:
    """Why a running ballot cannot be closed before its paper is counted, as sentences; empty where it can."""
    unconfirmed = _unconfirmed_words(ballot)
    return f"{unconfirmed} Count paper first, or throw the batch away." if unconfirmed else ""


def _unconfirmed_words(ballot: Ballot) -> str:
    waiting = waiting_batches(ballot)
    batches = counted(waiting, "batch of paper is", "batches of paper are")
    return f"{batches} not confirmed by a second person." if waiting else ""


def paper_words(ballot: Ballot) -> str:
    """How far the paper of a running ballot is counted, for those who run it; empty where no slip is out."""
    if not ballot.is_running or not (out := slips_out(ballot)):
        return ""
    spoilt = spoilt_on_paper(ballot)
    of_which = f", of which {spoilt} spoilt" if spoilt else ""
    said = f"{counted(out, 'slip is', 'slips are')} out, and {slips_counted(ballot)} counted by two people{of_which}."
    if unconfirmed := _unconfirmed_words(ballot):
        said += f" {unconfirmed}"
    if ballot.ended_at:
        said += " It does not close by itself: count the paper, then close it."
    return said


def ways_of_voting(ballot: Ballot) -> dict[str, int]:
    """How many voted on paper and by card in a ballot whose votes were noted on its roll; without those of nobody."""
    used = ballot.roll.standing().filter(voted=True)
    ways = {str(kind): used.filter(kind=kind).count() for kind in (Kind.SLIP, Kind.CARD)}
    return {kind: number for kind, number in ways.items() if number}


def ways_words(result: dict[str, Any] | None) -> str:
    """How those voted who did not do it alike, in words: `17 on screens, 9 on paper`; empty where all used screens."""
    ways = (result or {}).get("ways") or {}
    if not ways or result is None:
        return ""
    on_screens = result["voted"] - sum(ways.values())
    numbers = [(on_screens, "on screens"), (ways.get(Kind.SLIP, 0), "on paper"), (ways.get(Kind.CARD, 0), "by card")]
    return ", ".join(f"{number:,} {how}" for number, how in numbers if number)


def provenance(ballot: Ballot, ways: Mapping[str, int]) -> list[str]:
    """Where the votes came from that were not cast on a screen: a sentence for each batch, and one for cards.

    `ways` are the `ways_of_voting`. Without names, since the public bundle holds them.
    """
    said = [
        f"Paper: {batch.slips_words}, batch {batch.number}, entered by one person and confirmed by another."
        for batch in _confirmed(ballot)
    ]
    by_card = ways.get(Kind.CARD, 0)
    return said + ([f"Cards: {counted(by_card, 'vote')}."] if by_card else [])


def paper_counted(ballot: Ballot) -> list[list[int]]:
    """The batches that two people have counted, each as `[number, slips, votes, blank, unreadable]`."""
    spoilt = [(batch, [*batch.spoilt_by_reason.values()]) for batch in _confirmed(ballot)]
    return [[batch.number, batch.slips, batch.slips - sum(numbers), *numbers] for batch, numbers in spoilt]


def _confirmed(ballot: Ballot) -> QuerySet[PaperBatch]:
    return PaperBatch.objects.confirmed().filter(ballot=ballot).prefetch_related("spoilt")


def spoilt_words(result: dict[str, Any] | None) -> str:
    """How many slips were handed in and how many of them are spoilt, as sentences; empty where none is."""
    if not any((spoilt := spoilt_of(result)).values()):
        return ""
    words = slips_words(sum(batch[1] for batch in (result or {})["paper"]), spoilt)
    return f"Handed in on paper: {words}. A spoilt slip is no vote and is not in the turnout."


def spoilt_of(result: dict[str, Any] | None) -> dict[str, int]:
    """How many slips are spoilt, by each reason, as the result of a ballot keeps it."""
    paper = (result or {}).get("paper") or []
    places = enumerate(SpoiltSlip.Reason.values, start=3)
    return {reason: sum(batch[place] for batch in paper) for place, reason in places}


def without_names(ballot: Ballot) -> str:
    """That votes by card and on paper are left out of the count per council, as a sentence; empty of others."""
    ways = (ballot.result or {}).get("ways") or {}
    how = [words for kind, words in ((Kind.SLIP, "on paper"), (Kind.CARD, "by card")) if kind in ways]
    number = sum(ways.values())
    if not number:
        return ""
    votes = one_or_many(number, "The vote", f"The {number:,} votes")
    says = one_or_many(
        number,
        "says of no council or body whose it is, and counts",
        "say of no council or body whose they are, and count",
    )
    return f"{votes} {series(how)} {says} per person only."
