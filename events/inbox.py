"""Lines about events for somebody's week: days to run, own days, places offered, days with places."""

import datetime as dt

from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.urls import reverse

from accounts.permissions import is_asked_to_facilitate
from audit.models import AuditEvent
from core import clock
from core.inbox import MOST, Action, Item, Reader, change_of
from core.words import counted, time_in_words
from events.models import Event, PlaceOffer, SignUp
from events.permissions import can_facilitate_events, can_run_events, organises, visible_events
from events.places.permissions import acceptable_offers, waiting_for_agreement
from events.places.queries import with_waiting_counts
from events.places.standing import left_by_event, offered_until, state_of

TO_RUN_WITHIN = dt.timedelta(days=14)
WITHIN = dt.timedelta(weeks=8)
MOST_DAYS = 5
MOST_READ = 100


def days_to_run(reader: Reader) -> list[Item]:
    """The days that are on or come within a fortnight: all of them for facilitators, their own for organisers."""
    if is_asked_to_facilitate(reader.user):
        events = visible_events(reader.user)
    elif organises(reader.user) and can_run_events(reader.user):
        events = Event.objects.filter(organisers__person=reader.user)
    else:
        return []
    now = clock.now()
    coming = events.filter(state=Event.State.PUBLISHED, ends_at__gt=now, starts_at__lt=now + TO_RUN_WITHIN)
    return [_to_run(event) for event in coming.order_by("starts_at", "pk")[:MOST]]


def _to_run(event: Event) -> Item:
    action = Action("Prepare it", reverse("events:run", args=[event.slug]))
    if event.check_in_is_open:
        is_complete = event.arrived >= event.places_taken
        action = Action("Check people in", reverse("events:check_in", args=[event.slug]), is_second=is_complete)
    return Item(
        event.starts_at,
        event.title,
        event.get_absolute_url(),
        f"{event.get_kind_display()} to run, {event.venue}. "
        f"{event.places_taken:,} of {counted(event.capacity, 'place')} taken"
        f"{f', {event.arrived:,} here' if event.check_in_is_open else ''}.",
        until=event.ends_at,
        at_note=time_in_words(event.starts_at),
        actions=(action,),
        comes_first=event.check_in_is_open,
    )


def _offers(reader: Reader) -> list[PlaceOffer]:
    """The offers to this person and those they have to agree to, read once for both lists."""
    kept = reader.__dict__
    if "_offers" not in kept:
        to_agree = waiting_for_agreement()
        if not can_facilitate_events(reader.user):
            to_agree = to_agree.filter(place__event__organisers__person=reader.user)
        found = PlaceOffer.objects.filter(
            Q(pk__in=acceptable_offers(reader.user).values("pk")) | Q(pk__in=to_agree.values("pk"))
        )
        kept["_offers"] = list(
            found.select_related("giver", "colleague", "place__event", "place__organisation").order_by(
                "expires_at", "pk"
            )[:MOST_READ]
        )
    return kept["_offers"]


def places_offered(reader: Reader) -> list[Item]:
    """The places that colleagues offer this person, until they accept or the offer runs out."""
    offered = [offer for offer in _offers(reader) if offer.state == PlaceOffer.State.OPEN]
    return [_offered(offer) for offer in offered[:MOST]]


def _offered(offer: PlaceOffer) -> Item:
    event = offer.place.event
    what = "a place on the waiting list" if offer.place.status == SignUp.Status.WAITING else "a place"
    return Item(
        offer.expires_at,
        event.title,
        event.get_absolute_url(),
        f"{offer.giver} offers you {what}. {event.when}, {event.venue}.",
        at_note="open until",
        actions=(Action("Accept", offer.get_absolute_url(), is_post=True),),
        comes_first=True,
        closes_at=offer.expires_at,
    )


def places_to_agree(reader: Reader) -> list[Item]:
    """The places accepted for another council, for those who run the event and have to agree."""
    to_agree = [offer for offer in _offers(reader) if offer.state == PlaceOffer.State.TO_AGREE]
    return [_to_agree(offer) for offer in to_agree[:MOST]] if to_agree and can_run_events(reader.user) else []


def _to_agree(offer: PlaceOffer) -> Item:
    place = offer.place
    council = f", who comes for {place.organisation}," if place.organisation else ""
    return Item(
        offer.expires_at,
        place.event.title,
        place.event.get_absolute_url(),
        f"{offer.giver}{council} passes a place on to {offer.colleague} of another council. {place.event.when}.",
        at_note="at the latest",
        actions=(Action("Decide", place.get_absolute_url()),),
        closes_at=offer.expires_at,
    )


def _own_places(reader: Reader) -> list[SignUp]:
    """The living places of this person at events that are on or to come, by the day, read once for both lists."""
    kept = reader.__dict__
    if "_own_places" not in kept:
        living = SignUp.objects.living().filter(person=reader.user, event__state=Event.State.PUBLISHED)
        coming = living.filter(event__ends_at__gt=clock.now()).select_related("event")
        kept["_own_places"] = list(coming.order_by("event__starts_at", "pk")[:MOST_READ])
    return kept["_own_places"]


def places_kept(reader: Reader) -> list[Item]:
    """The places that waiting lists offer this person, until they answer or the offer runs out."""
    now = clock.now()
    offered = [place for place in _own_places(reader) if place.status == SignUp.Status.OFFERED]
    kept = [place for place in offered if place.lapses_at and place.lapses_at > now]
    return [_kept(place) for place in sorted(kept, key=lambda place: (place.lapses_at, place.pk))[:MOST]]


def _kept(place: SignUp) -> Item:
    event = place.event
    return Item(
        place.lapses_at or event.starts_at,
        event.title,
        place.get_absolute_url(),
        f"A place has come free for you. {offered_until(place)} {event.when}, {event.venue}.",
        at_note="open until",
        actions=(
            Action("Accept", reverse("events:promotion_accept", args=[place.reference]), is_post=True),
            Action("Decline", place.get_absolute_url(), is_second=True),
        ),
        comes_first=True,
        closes_at=place.lapses_at,
    )


def own_days(reader: Reader) -> list[Item]:
    """The days that are on or come within eight weeks at which this person has a place or waits for one."""
    until = clock.now() + WITHIN
    places = [place for place in _own_places(reader) if place.status != SignUp.Status.OFFERED]  # which waits above
    return [_own(place) for place in places if place.event.starts_at < until][:MOST_DAYS]


def _own(place: SignUp) -> Item:
    event = place.event
    word, colour = state_of(event, place)
    return Item(
        event.starts_at,
        event.title,
        event.get_absolute_url(),
        f"{event.get_kind_display()}, {event.venue}.",
        until=event.ends_at,
        at_note=time_in_words(event.starts_at),
        word=word,
        colour=colour,
    )


def days_with_places(reader: Reader) -> list[Item]:
    """The next days of eight weeks that take sign-ups and that this person has no place at."""
    now = clock.now()
    own = SignUp.objects.living().filter(event=OuterRef("pk"), person=reader.user)
    ours = Event.services.through.objects.filter(event=OuterRef("pk"), service__in=reader.services)
    coming = visible_events(reader.user).upcoming()  # type: ignore[attr-defined]  # the queryset of events has it
    coming = coming.filter(~Exists(own), Q(sign_up_closes_at=None) | Q(sign_up_closes_at__gt=now))
    coming = with_waiting_counts(coming.filter(starts_at__lt=now + WITHIN)).annotate(is_ours=Exists(ours))
    days = list(coming[:MOST_DAYS])
    left = left_by_event(days, reader.user)
    return [_with_places(event, reader, left[event.pk]) for event in days]


def _with_places(event: Event, reader: Reader, left: str) -> Item:
    word, colour = state_of(event, left=left)
    queue = f" {event.waiting:,} waiting." if not left and event.waiting else ""
    return Item(
        event.starts_at,
        event.title,
        event.get_absolute_url(),
        f"{event.get_kind_display()}, {event.venue}.{queue}",
        because=f"{reader.us} has needs or assets in its service" if event.is_ours else "",
        until=event.ends_at,
        at_note=time_in_words(event.starts_at),
        word=word,
        colour=colour,
    )


def days_announced(reader: Reader) -> list[Item]:
    """Coming events announced for services that this person follows. Days of all services stand in another list."""
    followed = reader.followed("service")
    if not followed:
        return []
    announced = AuditEvent.objects.filter(
        action="events.published", at__gte=reader.since, about_key=Cast(OuterRef("pk"), CharField())
    )
    ours = Event.services.through.objects.filter(event=OuterRef("pk"), service__in=followed)
    coming = visible_events(reader.user).upcoming()  # type: ignore[attr-defined]  # the queryset of events has it
    coming = coming.filter(Exists(ours), Exists(announced))
    coming = coming.annotate(
        announced_at=announced.order_by("-at").values("at")[:1],
        service_name=ours.order_by("service__name").values("service__name")[:1],
    )
    return [
        Item(
            event.announced_at,
            event.title,
            event.get_absolute_url(),
            f"{event.get_kind_display()} announced: {event.when}, {event.venue}.",
            because=event.service_name,
            about=event,
            change=change_of(event, "announced"),
        )
        for event in coming.order_by("starts_at", "pk")[: reader.most]
    ]
