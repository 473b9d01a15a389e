"""Pages of a cancelled day offer no deeds; before it is cancelled the page says what hangs on it."""

import re

import pytest

from events.models import Event, PlaceOffer, SignUp
from events.programme.operations import cancel_event
from tests.factories.accounts import UserFactory
from tests.factories.councils import OrganisationFactory
from tests.factories.events import EventFactory, OrganiserFactory, SignUpFactory, floor_question, speaker
from tests.factories.projects import PrototypeFactory
from tests.factories.questions import sign_up_question
from tests.factories.voting import BallotFactory
from tests.pages import words
from tests.scenes import built_once
from voting.outcome.operations import close_ballot

PAGES = (
    "", "sign-up/", "feedback/", "edit/", "cancel/", "brought-forth/", "check-in/", "check-in/?group=waiting",
    "questions/", "questions/new/", "questions/answers/", "run/", "prototype/", "invite/", "copy/", "join/",
    "people/", "message/", "kinds/", "kinds/developer/", "organisers/", "floor/", "held/", "report/", "saving/",
    "places/", "places/pools/new/", "places/pools/{pool}/", "floor/screen/", "floor/{question}/hide/",
    "questions/{asked}/", "check-in/?group=expected", "check-in/?group=here", "check-in/?q=Amina",
)  # fmt: skip
KEEPS = {"copy/"}  # a cancelled day may be planned again
# What the addresses end with on which something is done, however their links look.
DEEDS = (
    "sign-up|edit|cancel|announce|copy|invite|prototype|brought-forth|message|check-in|join|floor|feedback|saving|"
    "new|change|ask|mine|confirm|deny|pass-on|kinds|places|organisers|questions|hide"
)
PEOPLE = ("nobody", "amina", "waits", "ben", "fatima", "sunita", "root_user")


def _cancelled():
    event = EventFactory(
        co_design=True,
        capacity=1,
        join_url="https://meet.example.org/x",
        title="Called off",
        slug="called-off",
        host=OrganisationFactory(),
    )
    sign_up_question(event)
    OrganiserFactory(event=event)
    event.pools.create(name="Districts", places=1, organisation_kinds=["district"])
    place = SignUpFactory(event=event, person=UserFactory(name="Amina has a place"))
    PlaceOffer.objects.create(place=place, giver=place.person, to_email="ada@example.org", expires_at=event.starts_at)
    OrganiserFactory(event=event, person=None, accepted_at=None, email="bea@example.org")
    floor_question(event=event)
    speaker(event=event, name="Fatima Khan")
    speaker(event=event).claims.create(person=place.person)
    SignUpFactory(event=event, person=UserFactory(name="Wendy waits"), status=SignUp.Status.WAITING)
    event.prototypes.add(PrototypeFactory())
    return event


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    with built_once(_cancelled, django_db_blocker) as made:
        yield made


@pytest.fixture
def event(scene, db, fatima):
    return cancel_event(Event.objects.get(pk=scene.pk), by=fatima, reason="The venue flooded.")


def deeds(page):
    """The forms that change something, and the links that look like buttons, in the main part of a page."""
    main = page.partition("<main")[2].partition("</main>")[0]
    main = re.sub(r'<a[^>]*/questions/answers/"[^>]*>', "", main)  # what was answered may still be read
    main = re.sub(r'<a class="govuk-breadcrumbs__link"[^>]*>', "", main)
    forms = re.findall(r'<form[^>]*method="post"[^>]*>', main)
    forms += re.findall(rf'<a[^>]*href="[^"]*/(?:{DEEDS})/(?:[?#][^"]*)?"[^>]*>.*?</a>', main, re.DOTALL)
    return forms + re.findall(r'<a[^>]*(?:role="button"|class="[^"]*govuk-button)[^>]*>.*?</a>', main, re.DOTALL)


@pytest.mark.parametrize("who", PEOPLE)
def test_no_page_of_a_cancelled_day_offers_a_deed_to_anybody(client, signed_in, request, event, who):
    if who in {"amina", "waits"}:
        name = "Amina has a place" if who == "amina" else "Wendy waits"
        client = signed_in(event.sign_ups.get(person__name=name).person)
    elif who != "nobody":
        client = signed_in(request.getfixturevalue(who))
    numbers = {
        "pool": event.pools.get().pk,
        "question": event.floor_questions.get().pk,
        "asked": event.question_set.questions.get().key,
    }
    pages = [event.get_absolute_url() + rest.format(**numbers) for rest in PAGES]
    places = [
        address
        for place in event.sign_ups.all()
        for address in (
            *(place.get_absolute_url() + rest for rest in ("", "cancel/", "change/", "pass-on/")),
            f"/check-in/{place.reference}/",
            f"{event.get_absolute_url()}check-in/{place.reference}/undo/",
        )
    ]
    invitations = [
        PlaceOffer.objects.get().get_absolute_url(),
        *(each.get_absolute_url() for each in event.organisers.all()),
    ]

    offered = {}
    for address in [*pages, *places, *invitations]:
        answer = client.get(address, follow=True)
        led_here = answer.request["PATH_INFO"].startswith(
            ("/events/called-off", "/events/organisers/", "/sign-ups/", "/check-in/")
        )
        if answer.status_code == 200 and led_here and (found := deeds(answer.content.decode())):
            offered[address.removeprefix(event.get_absolute_url())] = found

    assert {address: found for address, found in offered.items() if address not in KEEPS} == {}


def test_the_same_walk_finds_the_deeds_of_a_day_that_stands(signed_in, fatima, scene):
    client = signed_in(fatima)

    for rest in ("", "sign-up/", "edit/", "cancel/", "questions/", "questions/new/"):
        assert deeds(client.get(scene.get_absolute_url() + rest).content.decode()), rest


def test_a_cancelled_day_says_so_where_it_was_run_and_shows_nobody_the_way(client, signed_in, fatima, event):
    Event.objects.filter(pk=event.pk).update(address="1 High Street", directions="Two minutes from the station")

    run = words(signed_in(fatima).get(f"{event.get_absolute_url()}run/"))
    assert "This event is cancelled: The venue flooded." in run
    assert "Open a map" not in client.get(event.get_absolute_url()).content.decode()


def test_the_calendar_of_a_cancelled_day_says_so(client, event):
    for address in (f"{event.get_absolute_url()}event.ics", "/events/calendar.ics"):
        assert "STATUS:CANCELLED" in client.get(address).content.decode()


def cancel_page_of(client, event):
    return words(client.get(f"{event.get_absolute_url()}cancel/"))


def test_before_the_button_the_page_says_what_hangs_on_the_day(signed_in, fatima, scene):
    prepared = BallotFactory(event=scene)

    page = cancel_page_of(signed_in(fatima), scene)

    assert "1 person has a place, and is told at once." in page
    assert "1 person on the waiting list is told at once." in page
    assert f"A vote that is being prepared is withdrawn with it: {prepared.question}" in page
    assert re.search("Cancel the event *</button>", page)


@pytest.mark.parametrize(
    ("votes", "says"),
    [
        ("open", "A vote is open. Make it void first, or close it, and the day stays: "),
        ("closed", "A vote was held, and its result stays: "),
    ],
)
def test_what_keeps_a_day_from_being_cancelled_stands_there_instead_of_the_button(signed_in, fatima, votes, says):
    event = EventFactory(co_design=True, started=True)
    ballot = BallotFactory(event=event, open=True)
    if votes == "closed":
        close_ballot(ballot, by=fatima)

    page = cancel_page_of(signed_in(fatima), event)

    assert "This event cannot be cancelled" in page
    assert says in page
    assert f'href="{ballot.get_absolute_url()}"' in page
    assert not re.search("Cancel the event *</button>", page)


def test_a_day_with_people_checked_in_says_so_before_anybody_types_a_reason(signed_in, fatima):
    event = EventFactory(started=True)
    SignUpFactory(event=event, checked_in_at=event.starts_at)

    page = cancel_page_of(signed_in(fatima), event)

    assert "1 person is checked in, so it is taking place." in page
    assert f'href="{event.get_absolute_url()}check-in/"' in page
    assert "told at once" not in page, "nobody is told of what cannot be"
    assert not re.search("Cancel the event *</button>", page)


def test_what_cannot_be_cancelled_tells_nobody_anything(signed_in, fatima):
    over = SignUpFactory(event=EventFactory(ended=True)).event

    page = signed_in(fatima).get(f"{over.get_absolute_url()}cancel/").content.decode()

    assert "It has taken place." in page
    assert "told at once" not in page
