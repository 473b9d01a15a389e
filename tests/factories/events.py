import datetime as dt

import factory
from django.db.models import F

from core import clock
from events.event.people import FOUR_KINDS
from events.models import (
    AgendaItem,
    DeskMark,
    Event,
    FloorQuestion,
    Lead,
    Organiser,
    Output,
    ParticipantKind,
    Pool,
    SignUp,
    Speaker,
)
from events.places.operations import make_default_kinds
from tests.factories.accounts import UserFactory, with_second_factor


def by_day(moment: dt.datetime) -> dt.datetime:
    """The moment, moved to between 2 and 18 o'clock, so that six hours from it end on the same day."""
    local = moment.astimezone(clock.LONDON)
    hour = min(max(local.hour, 2), 17)
    return moment if hour == local.hour else local.replace(hour=hour)


class EventFactory(factory.django.DjangoModelFactory):
    """Published, in a fortnight, with 20 places. `started=True` and `ended=True` for the past."""

    class Meta:
        model = Event
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Agile for heads of service {n}")
    slug = factory.Sequence(lambda n: f"agile-for-heads-of-service-{n}")
    summary = "A day on running a service that changes every fortnight."
    stream = Event.Stream.SKILLS
    kind = Event.Kind.WORKSHOP
    starts_at = factory.LazyFunction(lambda: by_day(clock.now() + dt.timedelta(days=14)))
    ends_at = factory.LazyAttribute(lambda o: o.starts_at + dt.timedelta(hours=6))
    venue = "Bristol"
    capacity = 20
    offer_hours = 0  # a place that comes free is theirs at once, unless a test asks for offers

    class Params:
        started = factory.Trait(starts_at=factory.LazyFunction(lambda: clock.now() - dt.timedelta(hours=1)))
        ended = factory.Trait(starts_at=factory.LazyFunction(lambda: clock.now() - dt.timedelta(days=30)))
        co_design = factory.Trait(stream=Event.Stream.DISCOVERY, kind=Event.Kind.CO_DESIGN_DAY)

    @factory.post_generation
    def kinds(self, create, *args, **kwargs):
        """A Co-Design Day has its four kinds of people."""
        if create:
            make_default_kinds(self)


class ParticipantKindFactory(factory.django.DjangoModelFactory):
    """Developers, who need not come."""

    class Meta:
        model = ParticipantKind

    event = factory.SubFactory(EventFactory)
    key = "developer"
    name = factory.LazyAttribute(lambda o: FOUR_KINDS.get(o.key, o.key))
    is_needed = False


class OrganiserFactory(factory.django.DjangoModelFactory):
    """Somebody who has accepted, with a second factor."""

    class Meta:
        model = Organiser

    event = factory.SubFactory(EventFactory)
    person = factory.LazyFunction(lambda: with_second_factor(UserFactory()))
    given_by = factory.SubFactory(UserFactory)
    accepted_at = factory.LazyFunction(clock.now)


def kind_of(event: Event, key: str) -> ParticipantKind:
    """The kind of people of an event that has this key."""
    return event.participant_kinds.get(key=key)


class PoolFactory(factory.django.DjangoModelFactory):
    """Five places for districts, of which none is taken, until they are released: never."""

    class Meta:
        model = Pool

    event = factory.SubFactory(EventFactory)
    name = "districts"
    organisation_kinds = factory.LazyFunction(lambda: ["district"])
    places = 5


class SignUpFactory(factory.django.DjangoModelFactory):
    """A confirmed place, written past the operation: keeps the event's counters right, and marks who is checked in."""

    class Meta:
        model = SignUp

    event = factory.SubFactory(EventFactory)
    person = factory.SubFactory(UserFactory)
    status = SignUp.Status.CONFIRMED
    position = factory.LazyAttribute(lambda o: o.event.next_position)
    ended_because = factory.LazyAttribute(lambda o: "gave_back" if o.status == SignUp.Status.CANCELLED else "")
    lapses_at = factory.LazyAttribute(
        lambda o: clock.now() + dt.timedelta(minutes=30) if o.status in SignUp.PENDING else None
    )

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        event = kwargs["event"]
        if isinstance(kwargs.get("kind"), str):
            kwargs["kind"] = kind_of(event, kwargs["kind"])
        sign_up = super()._create(model_class, *args, **kwargs)
        if at := sign_up.checked_in_at:
            DeskMark.objects.create(event=event, sign_up=sign_up, what=DeskMark.What.IN, at=at, recorded_at=at)
        counters = {"next_position": 1, "places_taken": sign_up.status in SignUp.SEATED}
        counters["arrived"] = sign_up.checked_in_at is not None
        more = {name: F(name) + int(number) for name, number in counters.items()}
        if until := sign_up.lapses_at:
            more["settles_at"] = min(event.settles_at or until, until)
        Event.objects.filter(pk=event.pk).update(**more)
        event.refresh_from_db(fields=[*more])
        return sign_up


class LeadFactory(factory.django.DjangoModelFactory):
    """A saving told of without a name."""

    class Meta:
        model = Lead

    event = factory.SubFactory(EventFactory, started=True)
    words = "One form less for each new tenant."


def floor_question(*, person=None, **fields) -> FloorQuestion:
    """A question that somebody asked at an event that is on now; `person` has a place there too."""
    question = FloorQuestion.objects.create(
        **{"event": EventFactory(started=True), "asked_by": UserFactory(), "words": "Who pays?", **fields}
    )
    if person:
        SignUpFactory(event=question.event, person=person)
    return question


def speaker(*, person=None, **fields) -> Speaker:
    """A speaker on an agenda; `person` has a place at the event, and the name."""
    event = fields.pop("event", None) or EventFactory()
    item = AgendaItem.objects.create(event=event, at=dt.time(10), title="What we found")
    if person:
        SignUpFactory(event=event, person=person)
        fields.setdefault("name", str(person))
    return Speaker.objects.create(item=item, order=0, **{"name": "Sara Patel", **fields})


def output_of(event, **fields) -> Output:
    """Slides that came out of an event."""
    return Output.objects.create(
        **{"event": event, "kind": "slides", "title": "Slides", "link": "https://example.org/slides", **fields}
    )
