"""Reads for those who run an event: whom a message goes to, addresses with many places, what was asked and answered."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from accounts.addresses import has_placeholder
from accounts.models import User
from councils.addresses import domain_of
from events.event.models import Event
from events.places.models import SignUp
from events.running.models import EventMessage

Status, Audience = SignUp.Status, EventMessage.Audience
_OF_AUDIENCE = {
    Audience.PLACE: Q(status=Status.CONFIRMED),
    Audience.WAITING: Q(status=Status.WAITING),
    Audience.CAME: Q(checked_in_at__isnull=False),
}
MANY_HELD = 3  # places that nobody has confirmed, from one domain


def places_of(event: Event, audience: str) -> QuerySet[SignUp]:
    """The places of those whom a message goes to: none of those who said no address at the desk."""
    return event.sign_ups.filter(_OF_AUDIENCE[Audience(audience)], _is_reached())


def _is_reached() -> Q:
    return Q(person__is_active=True) & ~has_placeholder("person__")


def people_of(event: Event, audience: str) -> list[User]:
    """Those whom a message goes to, in the order of signing up."""
    return [place.person for place in places_of(event, audience).select_related("person").order_by("position")]


@dataclass(frozen=True)
class AudienceSize:
    """How many people a message would go to, how many of them are in without a place, and how many more have no
    address."""

    people: int
    without: int
    over: int


def sizes_of_audiences(event: Event) -> dict[str, AudienceSize]:
    """How many people a message would reach, by audience, in one query."""
    nowhere = Q(person__is_active=True) & has_placeholder("person__")
    over = _is_reached() & Q(is_over_capacity=True)
    counts = {
        f"{audience.value}_{name}": Count("pk", filter=condition & who)
        for audience, condition in _OF_AUDIENCE.items()
        for name, who in (("people", _is_reached()), ("without", nowhere), ("over", over))
    }
    found = event.sign_ups.order_by().aggregate(**counts)
    names = ("people", "without", "over")
    return {one.value: AudienceSize(*(found[f"{one.value}_{name}"] for name in names)) for one in Audience}


def what_people_need(event: Event) -> dict[str, int]:
    """How many living places say what their holder needs, and what they do not eat, in one query."""
    said = {name: Count("pk", filter=~Q(**{name: ""})) for name in SignUp.HEALTH}
    return event.sign_ups.living().order_by().aggregate(**said)


def held_by_domain(event: Event) -> list[tuple[str, int]]:
    """The domains from which many places are held for addresses that nobody has confirmed, the most first."""
    held = event.sign_ups.filter(status=Status.HELD).values_list("person__email", flat=True)
    domains = Counter(domain_of(address) or "other addresses" for address in held)
    return [(domain, number) for domain, number in domains.most_common() if number >= MANY_HELD]
