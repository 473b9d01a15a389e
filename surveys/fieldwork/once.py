"""Everybody answers once: which addresses are not invited to a wave, since whoever has them is, or has answered.

Who handed in and closed their account is in no table any more, and an address that was taken out of an account is
nobody's. What is kept of all addresses of such an account until the wave ends is a digest of each, by the site's secret
key and another in each wave: enough to know an address again, and not to read it.

Two addresses that are of no account together are two people here: nobody could know otherwise.
"""

from collections.abc import Iterable

from django.utils.crypto import salted_hmac

from accounts.queries import addresses_known_together, addresses_of, person_at
from surveys.fieldwork.models import Fieldwork, SurveyInvitation


class AddressesOfWave:
    """The addresses that a locked wave has invited or knows to have answered, with all others of the same accounts."""

    def __init__(self, fieldwork: Fieldwork) -> None:
        self._fieldwork = fieldwork
        self._invited = set(SurveyInvitation.objects.filter(fieldwork=fieldwork).values_list("email", flat=True))
        self._together = addresses_known_together()

    def is_known(self, address: str) -> bool:
        """Whether this address, or another of the same account, is invited or has answered."""
        same = self._together.get(address, {address})
        return not self._invited.isdisjoint(same) or has_digest(self._fieldwork, same)

    def add(self, address: str) -> None:
        """Take this address for invited from now on."""
        self._invited.add(address)


def has_answered_elsewhere(invitation: SurveyInvitation) -> bool:
    """Whether another invitation of the same account was handed in: both were sent before its addresses were one's."""
    person = person_at(invitation.email)
    others = addresses_of(person) - {invitation.email} if person else set()
    same = SurveyInvitation.objects.filter(fieldwork=invitation.fieldwork_id, email__in=others)
    return bool(others) and same.filter(state=SurveyInvitation.State.HANDED_IN).exists()


def digest_of(fieldwork: Fieldwork, address: str) -> str:
    """What stands for an address in a wave, another one in each."""
    return salted_hmac("surveys.address", f"{fieldwork.pk}:{address}", algorithm="sha256").hexdigest()


def has_digest(fieldwork: Fieldwork, addresses: Iterable[str]) -> bool:
    """Whether a digest of one of these addresses, in small letters, is kept with a wave."""
    kept = {one for each in fieldwork.not_invited_again for one in ([each] if isinstance(each, str) else each)}
    return bool(kept) and any(digest_of(fieldwork, each) in kept for each in addresses)


def do_not_invite_again(fieldwork: Fieldwork, addresses: Iterable[str], *, while_invited: str = "") -> None:
    """Keep digests of these addresses with a locked wave until it ends; their order tells nothing of when.

    Where `while_invited` names the address of an invitation, they go with it, unless it was handed in.
    """
    digests = sorted({digest_of(fieldwork, each.lower()) for each in addresses})
    new = [[digest_of(fieldwork, while_invited), *digests]] if while_invited else digests
    kept = [*fieldwork.not_invited_again, *(each for each in new if each not in fieldwork.not_invited_again)]
    _keep(fieldwork, sorted(kept, key=str))


def may_be_invited_again(fieldwork: Fieldwork, address: str) -> None:
    """Drop from a locked wave what was kept while this address was invited, whose invitation goes unanswered."""
    if fieldwork.not_invited_again:
        first = digest_of(fieldwork, address)
        _keep(fieldwork, [each for each in fieldwork.not_invited_again if isinstance(each, str) or each[0] != first])


def _keep(fieldwork: Fieldwork, digests: list[str | list[str]]) -> None:
    fieldwork.not_invited_again = digests
    fieldwork.save(update_fields=["not_invited_again"])
