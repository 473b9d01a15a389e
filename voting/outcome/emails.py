"""The message about what came of a vote, whether it can still be sent, and a look at mails before they are."""

from collections.abc import Callable

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from core import clock, mail
from core.words import counted
from outbox.kinds import Letter, kind
from outbox.queries import was_queued
from outbox.retention import ROWS_KEPT
from voting.ballots.models import Ballot
from voting.outcome.queries import ToTell


@kind(
    "voting.outcome",
    "What happened to your vote",
    about=lambda: Ballot.objects.select_related("event"),
    began="opened_at",
)
def what_happened(ballot: Ballot, to: User | None, *, how: str) -> Letter | None:
    """What was decided, why and who acts next, as it stands when it is sent; `how` is a word of `ToTell.groups`."""
    if not ballot.outcome:
        return None
    url = settings.BASE_URL + reverse("voting:results", args=[ballot.reference])
    return Letter("emails/vote_outcome", {"person": to, "ballot": ballot, "how": how, "url": url})


def can_be_mailed(ballot: Ballot) -> bool:
    """Whether the outcome of a vote whose result is shown can still be mailed: not yet, and not of 2013 to 2015.

    Once it is published only as long after the reveal as messages are kept, by which one knows that none was sent.
    """
    if what_happened.is_about_history(ballot):
        return False
    if ballot.state == Ballot.State.REVEALED:
        return True
    is_known = ballot.revealed_at is not None and ballot.revealed_at > clock.now() - ROWS_KEPT
    return is_known and not was_queued(what_happened, ballot)


def mails_as_sent(told: ToTell, write: Callable[[str], Letter | None]) -> list[tuple[str, str, tuple[str, str]]]:
    """Each mail as it would go out now: to how many, the word of `ToTell.groups`, and its subject and words.

    `write` gets that word and returns the letter, or None where there is nothing to say.
    """
    letters = [(people, how, write(how)) for people, how in told.groups if people]
    return [
        (counted(len(people), "person", "people"), how, mail.written(letter.template, letter.context))
        for people, how, letter in letters
        if letter
    ]
