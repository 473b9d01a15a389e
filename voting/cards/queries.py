"""Reads of voting cards."""

from sealing.models import Mark
from voting.ballots.models import Ballot, RollEntry
from voting.cards.models import VotingCard
from voting.cards.secrets_in_words import digest_of

PER_PAGE = 8
# So that a card that is lost or spoilt can be replaced from the same print, and the last sheet is full.
_SPARE = 4


def card_of(secret: str) -> VotingCard | None:
    """The card with that secret, of whichever vote."""
    return VotingCard.objects.filter(digest=digest_of(secret)).select_related("ballot__event").first()


def is_used(card: VotingCard) -> bool:
    """Whether a card has voted, as long as its mark is kept."""
    return Mark.objects.filter(round=card.ballot.sealed_id, key=card.digest).exists()


def free_places(ballot: Ballot) -> int:
    """How many more votes by card a ballot takes."""
    return _places(ballot).filter(receipt="").count()


def free_place(ballot: Ballot) -> RollEntry | None:
    """A place on the roll for one more vote by card, whichever; None where all are taken. They belong to no card."""
    return _places(ballot).filter(receipt="").order_by("?").first()


def is_form_of_a_vote(ballot: Ballot, digest: str) -> bool:
    """Whether the form with that digest has cast a vote by card."""
    return _places(ballot).filter(receipt=digest).exists()


def _places(ballot: Ballot):  # type: ignore[no-untyped-def]  # a queryset of the roll
    return ballot.roll.standing().filter(kind=RollEntry.Kind.CARD)


def good_cards(ballot: Ballot) -> list[VotingCard]:
    """The printed cards that can still vote."""
    used = Mark.objects.filter(round=ballot.sealed_id).exclude(key="").values_list("key", flat=True)
    cards = VotingCard.objects.filter(ballot=ballot, is_void=False)
    return list(cards.exclude(digest__in=list(used)) if ballot.sealed_id else cards)


def how_many_to_print(ballot: Ballot) -> int:
    """One for each place that is free and some spare, in whole sheets."""
    return -(-(free_places(ballot) + _SPARE) // PER_PAGE) * PER_PAGE


def why_not_printed(ballot: Ballot) -> str:
    """Why no cards can be printed for a ballot, as a sentence; empty where they can."""
    if not ballot.is_secret:
        return "Voting cards are for secret votes: they belong to nobody, so an open vote could not name its voters."
    if ballot.weighs_councils:
        return "Voting cards are for votes that are counted per person: they belong to no council."
    if ballot.state == Ballot.State.DRAFT and ballot.roll_from == Ballot.Roll.CARDS and not free_places(ballot):
        return "Say first how many voting cards are handed out."
    if ballot.state != Ballot.State.DRAFT and (not ballot.is_running or ballot.ended_at):
        return "This vote has ended, so its cards are good for nothing any more."
    return ""
