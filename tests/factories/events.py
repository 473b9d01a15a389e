import datetime as dt

import factory
from django.db.models import F

from core import clock
from events.models import DeskMark, Event, SignUp
from tests.factories.accounts import UserFactory


class EventFactory(factory.django.DjangoModelFactory):
    """Published, in a fortnight, with 20 places. `started=True` and `ended=True` for the past."""

    class Meta:
        model = Event

    title = factory.Sequence(lambda n: f"Agile for heads of service {n}")
    slug = factory.Sequence(lambda n: f"agile-for-heads-of-service-{n}")
    summary = "A day on running a service that changes every fortnight."
    stream = Event.Stream.SKILLS
    kind = Event.Kind.WORKSHOP
    starts_at = factory.LazyFunction(lambda: clock.now() + dt.timedelta(days=14))
    ends_at = factory.LazyAttribute(lambda o: o.starts_at + dt.timedelta(hours=6))
    venue = "Bristol"
    capacity = 20

    class Params:
        started = factory.Trait(starts_at=factory.LazyFunction(lambda: clock.now() - dt.timedelta(hours=1)))
        ended = factory.Trait(starts_at=factory.LazyFunction(lambda: clock.now() - dt.timedelta(days=30)))
        co_design = factory.Trait(stream=Event.Stream.DISCOVERY, kind=Event.Kind.CO_DESIGN_DAY)


class SignUpFactory(factory.django.DjangoModelFactory):
    """A confirmed place, written past the operation: keeps the event's counters right, and marks who is checked in."""

    class Meta:
        model = SignUp

    event = factory.SubFactory(EventFactory)
    person = factory.SubFactory(UserFactory)
    status = SignUp.Status.CONFIRMED
    position = factory.LazyAttribute(lambda o: o.event.next_position)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        event = kwargs["event"]
        sign_up = super()._create(model_class, *args, **kwargs)
        if at := sign_up.checked_in_at:
            DeskMark.objects.create(event=event, sign_up=sign_up, what=DeskMark.What.IN, at=at, recorded_at=at)
        counters = {"next_position": 1, "places_taken": sign_up.status == SignUp.Status.CONFIRMED}
        counters["arrived"] = sign_up.checked_in_at is not None
        more = {name: F(name) + int(number) for name, number in counters.items()}
        Event.objects.filter(pk=event.pk).update(**more)
        event.refresh_from_db(fields=counters)
        return sign_up
