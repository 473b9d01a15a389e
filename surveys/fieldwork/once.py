"""Everybody answers once: which addresses are not invited to a wave, since whoever has them is, or has answered.

Who handed in and closed their account is in no table any more, and an address that was taken out of an account is
nobody's. What is kept of all addresses of such an account until the wave ends is a digest of each, by the site's secret
key and another in each wave: enough to know an address again, and not to read it.

Two addresses that are of no account together are two people here: nobody could know otherwise.
"""

from collections.abc import Iterable
from typing import NamedTuple

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


def has_answered_elsewhere(invitation: SurveyInvitation, fieldwork: Fieldwork) -> bool:
    """Whether whoever is invited has handed in by another address to this locked wave.

    Both were invited before the addresses were of one account, or had been of one, which is enough.
    """
    person = person_at(invitation.email)
    addresses = {invitation.email, *(addresses_of(person) if person else ())}
    kept = _touching(fieldwork, addresses)
    if any(each.stays_for == GONE for each in kept):
        return True
    others = SurveyInvitation.objects.filter(fieldwork=fieldwork, state=SurveyInvitation.State.HANDED_IN)
    handed_in = set(others.exclude(pk=invitation.pk).values_list("email", flat=True))
    if not kept or not handed_in.isdisjoint(addresses):
        return not handed_in.isdisjoint(addresses)
    digests, together = {one for each in kept for one in each.digests}, addresses_known_together()
    return any(digest_of(fieldwork, one) in digests for each in handed_in for one in together.get(each, {each}))


def has_to_do_with(fieldwork: Fieldwork, addresses: set[str]) -> bool:
    """Whether somebody with these addresses is invited to a wave, or was with one that is kept."""
    return has_digest(fieldwork, addresses) or bool(invited_of(fieldwork, addresses))


def invited_of(fieldwork: Fieldwork, addresses: set[str]) -> list[str]:
    """At which of these addresses a wave has invited somebody."""
    found = SurveyInvitation.objects.filter(fieldwork=fieldwork, email__in=addresses)
    return list(found.values_list("email", flat=True))


# What is kept with a wave --------------------------------------------------------------------------------------------

GONE = ""  # in place of an invitation: who had these addresses handed in and closed their account


class KeptTogether(NamedTuple):
    """Digests of addresses that were of one account, and that of the invitation with which they go unless it was used.

    Two of a wave have the same digests or none in common: they are of one person or of two.
    """

    stays_for: str
    digests: frozenset[str]


def digest_of(fieldwork: Fieldwork, address: str) -> str:
    """What stands for an address in a wave, another one in each."""
    return salted_hmac("surveys.address", f"{fieldwork.pk}:{address}", algorithm="sha256").hexdigest()


def has_digest(fieldwork: Fieldwork, addresses: Iterable[str]) -> bool:
    """Whether a digest of one of these addresses, in small letters, is kept with a wave."""
    return bool(_touching(fieldwork, addresses))


def keep_together(fieldwork: Fieldwork, addresses: Iterable[str], *, invited: Iterable[str]) -> None:
    """Keep with a locked wave that these addresses are one person's, of whom it has `invited` some, or GONE.

    What is kept of any of them already is theirs too. Their order tells nothing of when.
    """
    addresses = {each.lower() for each in addresses}
    same = _touching(fieldwork, addresses)
    digests = frozenset({digest_of(fieldwork, each) for each in addresses}.union(*(each.digests for each in same)))
    new = {each and digest_of(fieldwork, each) for each in invited} | {each.stays_for for each in same}
    _keep(
        fieldwork,
        [each for each in _kept(fieldwork) if each not in same] + [KeptTogether(each, digests) for each in new],
    )


def may_be_invited_again(fieldwork: Fieldwork, address: str) -> None:
    """Drop from a locked wave what was kept while this address was invited, whose invitation goes unanswered."""
    first = digest_of(fieldwork, address)
    _keep(fieldwork, [each for each in _kept(fieldwork) if each.stays_for != first])


def _kept(fieldwork: Fieldwork) -> list[KeptTogether]:
    rows = ([each, each] if isinstance(each, str) else each for each in fieldwork.not_invited_again)
    return [KeptTogether(first, frozenset(digests)) for first, *digests in rows]


def _touching(fieldwork: Fieldwork, addresses: Iterable[str]) -> list[KeptTogether]:
    """What is kept of one of these addresses at least."""
    if not fieldwork.not_invited_again:
        return []
    digests = {digest_of(fieldwork, each) for each in addresses}
    return [each for each in _kept(fieldwork) if not each.digests.isdisjoint(digests)]


def _keep(fieldwork: Fieldwork, kept: Iterable[KeptTogether]) -> None:
    rows = sorted([each.stays_for, *sorted(each.digests)] for each in kept)
    if rows != fieldwork.not_invited_again:
        fieldwork.not_invited_again = rows
        fieldwork.save(update_fields=["not_invited_again"])
