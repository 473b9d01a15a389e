"""Which person an e-mail address belongs to."""

from collections import defaultdict
from collections.abc import Collection

from allauth.account.models import EmailAddress
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Lower

from accounts.models import User


def confirmed_addresses(person: User) -> QuerySet[EmailAddress]:
    """The addresses that the person has confirmed with a code sent there."""
    return EmailAddress.objects.filter(user=person, verified=True)


def addresses_of(person: User) -> set[str]:
    """The addresses of a person that are known to be theirs, in small letters."""
    confirmed = confirmed_addresses(person).values_list("email", flat=True)
    return {address.lower() for address in (person.email, *confirmed)}


def person_at(address: str) -> User | None:
    """The account with this address, ignoring case: the one that confirmed it, else the one that has it as its own.

    Closed accounts too: callers that let the person act must check `is_active`.
    """
    address = address.strip()
    confirmed = EmailAddress.objects.filter(email__iexact=address, verified=True).select_related("user")
    if found := confirmed.order_by("pk").first():
        return found.user
    return User.objects.filter(email__iexact=address).order_by("pk").first()


def people_at(addresses: Collection[str]) -> dict[str, User]:
    """The open accounts with these addresses, given in small letters, each as `person_at` finds it; in two queries."""
    own = User.objects.annotate(lower=Lower("email")).filter(lower__in=addresses, is_active=True).order_by("-pk")
    found = {person.lower: person for person in own}
    confirmed = EmailAddress.objects.annotate(lower=Lower("email")).select_related("user")
    confirmed = confirmed.filter(lower__in=addresses, verified=True, user__is_active=True)
    return found | {each.lower: each.user for each in confirmed.order_by("-pk")}


def has_confirmed(person: User, address: str) -> bool:
    """Whether the person has confirmed this address, ignoring case."""
    return confirmed_addresses(person).filter(email__iexact=address.strip()).exists()


def addresses_known_together() -> dict[str, frozenset[str]]:
    """By each address of an account that has several, all of that account, in small letters; in two queries.

    Its confirmed ones, and its own where nobody else has confirmed that.
    """
    confirmed = EmailAddress.objects.filter(verified=True).annotate(lower=Lower("email"), own=Lower("user__email"))
    several = EmailAddress.objects.filter(verified=True).values("user").annotate(n=Count("pk")).filter(n__gt=1)
    rows = confirmed.filter(Q(user__in=several.values("user")) | ~Q(lower=F("own")))
    of_person: dict[int, set[str]] = defaultdict(set)
    own = {}
    for person, address, own[person] in rows.values_list("user", "lower", "own"):
        of_person[person].add(address)
    unconfirmed = {address for person, address in own.items() if address not in of_person[person]}
    of_others = set(confirmed.filter(lower__in=unconfirmed).values_list("lower", flat=True)) if unconfirmed else set()
    for person in of_person:
        of_person[person] |= {own[person]} - of_others
    return {address: frozenset(addresses) for addresses in of_person.values() for address in addresses}
