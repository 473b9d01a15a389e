"""Operations on voting cards: print them, and cast a vote by one."""

from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core.errors import Refused
from voting.ballots.models import Ballot, RollEntry
from voting.ballots.operations import locked, locked_to_run
from voting.cards import queries
from voting.cards.models import VotingCard
from voting.cards.secrets_in_words import digest_of, new_secret
from voting.casting.operations import (
    AlreadyCounted,
    TooLate,
    check_marks,
    form_digest,
    receipt_for,
    seal_reason,
    seal_vote,
    why_not_now,
)
from voting.methods.values import VoteMark

USED = "This card has been used. A card votes once, and what it voted for cannot be changed or found."
VOID = "This card is void: others were printed in its place. Ask those who run the vote for one of those."
NONE_HANDED_OUT = (
    "No voting card was handed out in this vote, so this one was not counted. Tell those who run the vote: they can "
    "hand one out."
)
MADE_ALREADY = (
    "These cards were made already and are shown once. If they are lost, print others: that makes these void."
)
ALL_USED = (
    "As many votes have come by card as cards were handed out, so this one was not counted. Tell those who run the "
    "vote: they can give out one more."
)


@transaction.atomic
def print_cards(
    ballot: Ballot, *, by: User, number: int, made: int | None = None, makes_void: bool = False
) -> list[str]:
    """Make voting cards and return their secrets, which nobody can read again.

    Those printed before are void, which has to be said by `makes_void`; one that has voted stays used. `made` is how
    many had been made when the form was shown: sent again, it makes no others. More may be made than can vote: how many
    votes count is what the roll says.
    """
    ballot = locked_to_run(ballot, by)
    if why := queries.why_not_printed(ballot):
        raise Refused(why)
    if made is not None and made != queries.made_so_far(ballot):
        raise Refused(MADE_ALREADY)
    replaced = queries.last_printed(ballot)
    if replaced.exists() and not makes_void:
        raise Refused("Tick that the cards printed before become void, or keep those.", field="makes_void")
    replaced.update(is_void=True)
    secrets = [new_secret() for _ in range(number)]
    # Not in the order of the sheets, in which somebody may deal them.
    VotingCard.objects.bulk_create(VotingCard(ballot=ballot, digest=each) for each in sorted(map(digest_of, secrets)))
    log_action("voting.cards_printed", by=by, about=ballot, cards=len(secrets))
    return secrets


@transaction.atomic
def cast_by_card(card: VotingCard, *, marks: Iterable[VoteMark], token: str = "", reason: str = "") -> str:
    """Count the vote of whoever holds a card and return its receipt; the same form sent again answers the same.

    Who that is nobody asks: the card is the right to vote. The ballot's row is locked until the commit, so a card votes
    once, there are no more votes by card than places on the roll, and none comes after the close. The place that it
    takes keeps a digest of the form, to know it again, and nothing of the card.
    """
    options, ballot = card.ballot.options_as_opened, locked(card.ballot)
    card = VotingCard.objects.select_related("ballot").get(pk=card.pk)
    receipt, form = receipt_for(card.digest, token), form_digest(card.digest, token)
    if queries.is_used(card):
        if token and queries.is_form_of_a_vote(ballot, form):
            return receipt
        raise AlreadyCounted(USED)
    if card.is_void:
        raise Refused(VOID)
    if not ballot.takes_votes:
        raise TooLate(why_not_now(ballot))
    marks = check_marks(ballot, marks, options=options)
    if (place := queries.free_place(ballot)) is None:
        raise Refused(ALL_USED if queries.are_places_on_the_roll(ballot) else NONE_HANDED_OUT)
    seal_vote(ballot, who=card.digest, marks=marks, receipt=receipt)
    if ballot.reasons_sealed:
        seal_reason(ballot.reasons_sealed, who=card.digest, reason=reason)
    RollEntry.objects.filter(pk=place.pk).update(receipt=form)
    return receipt
