"""Whose an e-mail address is."""

from allauth.account.models import EmailAddress
from django.db.models import QuerySet

from accounts.models import User


def confirmed_addresses(person: User) -> QuerySet[EmailAddress]:
    """The addresses that somebody has confirmed with a code sent there."""
    return EmailAddress.objects.filter(user=person, verified=True)


def person_at(address: str) -> User | None:
    """The account with this address, in whatever case: whose it was confirmed to be, else whose own it is.

    Closed accounts too; whoever lets somebody act asks whether the account is active.
    """
    address = address.strip()
    confirmed = EmailAddress.objects.filter(email__iexact=address, verified=True).select_related("user")
    if found := confirmed.order_by("pk").first():
        return found.user
    return User.objects.filter(email__iexact=address).order_by("pk").first()


def has_confirmed(person: User, address: str) -> bool:
    """Whether this address is one that the person has confirmed, in whatever case."""
    return confirmed_addresses(person).filter(email__iexact=address.strip()).exists()
