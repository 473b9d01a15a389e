"""Reads of voting cards."""

from django.db.models import Exists, OuterRef, QuerySet

from sealing.models import Mark
from voting.ballots.models import Ballot, RollEntry
from voting.ballots.queries import places_of_cards
from voting.cards.models import VotingCard
from voting.cards.secrets_in_words import digest_of

PER_PAGE = 8
# So that a card that is lost or spoilt can be replaced from the same print, and the last sheet is full.
_SPARE = 4


def card_of(secret: str) -> VotingCard | None:
    """The card with that secret, of whichever vote."""
    return VotingCard.objects.filter(digest=digest_of(secret)).select_related("ballot__event").first()


def ballots_with_cards() -> QuerySet[Ballot]:
    """Those for which cards were printed, drafts too: whoever holds one may hear whether votes are taken."""
    return Ballot.objects.filter(Exists(VotingCard.objects.filter(ballot=OuterRef("pk"))))


def is_used(card: VotingCard) -> bool:
    """Whether a card has voted, as long as its mark is kept."""
    return Mark.objects.filter(round=card.ballot.sealed_id, key=card.digest).exists()


def free_place(ballot: Ballot) -> RollEntry | None:
    """A place on the roll for one more vote by card, whichever; None where all are taken. They belong to no card."""
    return _places(ballot).filter(receipt="").order_by("?").first()


def is_form_of_a_vote(ballot: Ballot, digest: str) -> bool:
    """Whether the form with that digest has cast a vote by card."""
    return _places(ballot).filter(receipt=digest).exists()


def _places(ballot: Ballot):  # type: ignore[no-untyped-def]  # a queryset of the roll
    return ballot.roll.standing().filter(kind=RollEntry.Kind.CARD)


def are_places_on_the_roll(ballot: Ballot) -> bool:
    """Whether any card was handed out."""
    return _places(ballot).exists()


def last_printed(ballot: Ballot) -> QuerySet[VotingCard]:
    """The cards that no later print has made void, whether they have voted or not.

    Those that have voted are never left out: the number of the others would tell the moment at which a card votes.
    """
    return VotingCard.objects.filter(ballot=ballot, is_void=False)


def made_so_far(ballot: Ballot) -> int:
    """How many cards were ever made for a ballot: it rises with each print."""
    return VotingCard.objects.filter(ballot=ballot).count()


def how_many_to_print(ballot: Ballot) -> int:
    """One for each place on the roll, free or not, and some spare, in whole sheets."""
    return -(-(places_of_cards(ballot) + _SPARE) // PER_PAGE) * PER_PAGE


def why_not_open_yet(ballot: Ballot) -> str:
    """Why a vote by cards cannot open, as a sentence without its full stop; empty where some are printed."""
    if not ballot.is_by_cards or last_printed(ballot).exists():
        return ""
    return "No voting cards are printed yet, so nobody could vote: print them first"


def why_not_printed(ballot: Ballot) -> str:
    """Why no cards can be printed for a ballot, as a sentence; empty where they can."""
    if not ballot.is_secret:
        return "Voting cards are for secret votes: they belong to nobody, so an open vote could not name its voters."
    if ballot.weighs_councils:
        return "Voting cards are for votes that are counted per person: they belong to no council."
    if ballot.state == Ballot.State.DRAFT and ballot.is_by_cards and not places_of_cards(ballot):
        return "Say first how many voting cards are handed out."
    if ballot.state != Ballot.State.DRAFT and not ballot.is_under_way:
        return "This vote has ended, so its cards are good for nothing any more."
    return ""
