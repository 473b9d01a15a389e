"""Reads for those who run an event: whom a message goes to, addresses with many places, what was asked and answered."""

from collections import Counter

from django.db.models import Count, Q, QuerySet

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
    """The places of those whom a message goes to."""
    return event.sign_ups.filter(_OF_AUDIENCE[Audience(audience)], person__is_active=True)


def people_of(event: Event, audience: str) -> list[User]:
    """Those whom a message goes to, in the order of signing up."""
    return [place.person for place in places_of(event, audience).select_related("person").order_by("position")]


def sizes_of_audiences(event: Event) -> dict[str, int]:
    """How many people a message would go to, by audience, in one query."""
    active = Q(person__is_active=True)
    return event.sign_ups.order_by().aggregate(
        **{audience.value: Count("pk", filter=condition & active) for audience, condition in _OF_AUDIENCE.items()}
    )


def what_people_need(event: Event) -> dict[str, int]:
    """How many living places say what their holder needs, and what they do not eat, in one query."""
    said = {name: Count("pk", filter=~Q(**{name: ""})) for name in SignUp.HEALTH}
    return event.sign_ups.living().order_by().aggregate(**said)


def held_by_domain(event: Event) -> list[tuple[str, int]]:
    """The domains from which many places are held for addresses that nobody has confirmed, the most first."""
    held = event.sign_ups.filter(status=Status.HELD).values_list("person__email", flat=True)
    domains = Counter(domain_of(address) or "other addresses" for address in held)
    return [(domain, number) for domain, number in domains.most_common() if number >= MANY_HELD]
