"""Two people change an event at once: whoever saves second hears of it, and sees both versions."""

import pytest

from core.errors import Refused
from core.forms import as_sent
from councils.models import Service
from events.event import agenda
from events.event.queries import agenda_of
from events.models import Event
from events.programme.operations import change_event
from tests.events.test_programme import TYPED
from tests.factories.events import EventFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def facilitator(signed_in, fatima):
    return signed_in(fatima)


@pytest.fixture
def event(facilitator):
    facilitator.post("/events/new/", TYPED | {"agenda": "10:00 Welcome", "audience": "Everybody"})
    return Event.objects.get()


def opened(facilitator, event):
    """What the form would send, as it was opened."""
    page = facilitator.get(f"{event.get_absolute_url()}edit/")
    return as_sent(page.context["form"]) | {"revision": page.context["revision"]}


def save(facilitator, event, sent):
    return facilitator.post(f"{event.get_absolute_url()}edit/", sent)


def test_an_older_form_does_not_take_back_what_somebody_else_has_saved(facilitator, event, fatima):
    older = opened(facilitator, event) | {"audience": "Parking teams"}
    added = agenda.read("10:00 Welcome\n11:00 Four tables")
    change_event(event, by=fatima, agenda=added, host=None, title="Skills day, longer")

    answer = save(facilitator, event, older)
    page = " ".join(answer.content.decode().split())

    event.refresh_from_db()
    assert (agenda_of(event), event.audience) == (added, "Everybody")
    assert answer.status_code == 409
    assert "Somebody else has changed this event since you opened the form." in page
    assert answer.context["now"] == [
        ("Title", "Skills day, longer"),
        ("Who is it for?", "Everybody"),
        ("What you will do, by the hour", "10:00 Welcome\n11:00 Four tables"),
    ]
    assert 'value="Parking teams"' in page, "what was typed is kept beside it"

    # Whoever has compared the two may save.
    assert save(facilitator, event, older | {"revision": answer.context["revision"]}).status_code == 302
    event.refresh_from_db()
    assert (event.audience, event.title) == ("Parking teams", "Skills day")


def test_an_older_form_stays_one_while_something_else_in_it_is_put_right(facilitator, event, fatima):
    older = opened(facilitator, event) | {"title": ""}
    change_event(event, by=fatima, audience="Parking teams")

    answer = save(facilitator, event, older)

    assert answer.status_code == 422
    assert answer.context["revision"] == older["revision"]
    assert save(facilitator, event, older | {"title": "Skills day"}).status_code == 409


def test_an_older_form_that_says_what_stands_already_is_no_mistake(facilitator, event):
    sent = opened(facilitator, event) | {"audience": "Parking teams"}

    assert [save(facilitator, event, sent).status_code for _ in range(2)] == [302, 302]


def test_another_service_or_number_of_places_makes_a_form_an_older_one(fatima):
    event = EventFactory(capacity=12)
    read_at = event.revision
    change_event(event, by=fatima, services=[Service.objects.all()[0]])
    with pytest.raises(Refused, match="since you opened the form"):
        change_event(event, by=fatima, read_at=read_at, capacity=20)

    event.refresh_from_db()
    change_event(event, by=fatima, read_at=event.revision, capacity=20)
    with pytest.raises(Refused, match="since you opened the form"):
        change_event(event, by=fatima, read_at=event.revision, audience="Parking teams")
