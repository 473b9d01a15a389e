"""What the desk says of the room: who is here and of which kinds, what is over, and what a release would do."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from core import clock
from events.desk.operations import check_in, walk_in
from events.models import SignUp
from tests.factories.accounts import UserFactory
from tests.factories.councils import OrganisationFactory
from tests.factories.events import EventFactory, SignUpFactory
from tests.pages import words

pytestmark = pytest.mark.django_db


def test_over_several_days_it_is_said_on_which_one_somebody_came(desk, fatima):
    first = timezone.localtime().replace(hour=9, minute=0) - dt.timedelta(days=1)
    event = EventFactory(slug="two-days", starts_at=first, ends_at=first + dt.timedelta(days=2))
    place = SignUpFactory(event=event, person__name="Amina Shah")
    with clock.at(first):
        check_in(place, by=fatima)

    page = words(desk.post(f"/events/two-days/check-in/{place.reference}/?group=here", follow=True))

    since = date_format(first, "D H:i")
    assert page.count(f"in since {since}") == 3, "the answer, the row and the bar"


def rows_of(page):
    return page.partition("lda-rows--desk")[2].partition("</ul>")[0]


def test_three_groups_whose_counts_lead_to_them_and_one_button_a_person(desk, today, fatima):
    check_in(SignUpFactory(event=today, person__name="Hera Inn"), by=fatima)
    for name in ("Eve Due", "Eli Due"):
        SignUpFactory(event=today, person__name=name)
    SignUpFactory(event=today, person__name="Will Wait", status=SignUp.Status.WAITING)

    page = words(desk.get("/events/today/check-in/"))

    for group, number in (("here", 1), ("expected", 2), ("waiting", 1)):
        assert f"<strong>{number}</strong> {group}" in page
        assert f'href="?group={group}"' in page
    assert rows_of(page).count("Check in<") == rows_of(page).count("<button") == 2  # whoever is still to come
    waiting = rows_of(words(desk.get("/events/today/check-in/?group=waiting")))
    assert "1 · Will Wait" in waiting
    assert waiting.count("Let in<") == waiting.count("<button") == 1
    here = rows_of(words(desk.get("/events/today/check-in/?group=here")))
    assert "Hera Inn" in here
    assert (here.count("Left<"), here.count("Undo<"), here.count("<button")) == (1, 1, 2)
    for rubbish in ("?group=x", "?last=x", f"?last={uuid.uuid4()}", "?release"):
        assert desk.get(f"/events/today/check-in/{rubbish}").status_code == 200


def test_releasing_says_what_it_will_do_before_it_is_done(desk, fatima):
    event = EventFactory(started=True, slug="full", capacity=2)
    SignUpFactory.create_batch(2, event=event)
    page = words(desk.get("/events/full/check-in/"))
    assert "Release<" not in rows_of(page)
    assert "?group=expected&amp;release=1" in page

    page = words(desk.get("/events/full/check-in/?group=expected&release=1"))
    assert "A released place stays free for whoever comes to the door. We write to whoever held it." in page
    assert rows_of(page).count("Release<") == rows_of(page).count("<button") == 2

    for number, says in ((1, "goes to the person who is here without one"), (2, "The first 2 places released go")):
        walk_in(event, by=fatima, name="Wendy Ash", email=f"wendy-{number}@example.org")
        assert says in words(desk.get("/events/full/check-in/?group=expected&release=1"))


def test_the_desk_shows_needs_and_the_mix_with_its_gaps(desk, today, fatima):
    check_in(SignUpFactory(event=today, kind="developer", access_needs="A hearing loop"), by=fatima)

    page = words(desk.get("/events/today/check-in/"))

    assert "A hearing loop" in page
    assert "Nobody is here as a service user, a head of service or a policy expert." in page
    assert "A Co-Design Day needs all four kinds of people. None is expected." in page
    SignUpFactory(event=today, kind="policy_expert")
    assert "four kinds of people. 1 is expected." in words(desk.get("/events/today/check-in/"))


def test_a_full_day_takes_walk_ins_and_says_by_how_many_people_the_room_is_over(desk, fatima):
    event = EventFactory(started=True, slug="full", capacity=2)
    here, missing = (SignUpFactory(event=event, person__name=name) for name in ("Omar Bell", "Lena Marsh"))
    check_in(here, by=fatima)
    assert "not here yet" not in words(desk.get("/events/full/check-in/"))

    def walk_in(name):
        sent = {"walk_in-name": name, "walk_in-email": f"{name[:4]}@example.org", "walk_in-kind": "other"}
        return words(desk.post("/events/full/check-in/", sent, follow=True))

    page = walk_in("Wendy Ash")  # two people in a room for two
    assert "Wendy Ash is checked in. Every place is held, so they have none." in page
    assert "<strong>2</strong> here" in page
    assert "<strong>1</strong> expected" in page
    assert "2 here and 1 expected are 1 more than the room’s 2 places. No-shows can be released below." in page
    assert "Over the room" not in page

    page = walk_in("Ravi Sen")
    assert "Over the room’s 2 by 1: 3 people are here." in page
    assert "1 more is expected." in page
    of_event = words(desk.get("/events/full/"))
    assert "3 of 4 here, 1 more than there are places." in of_event, "its own page says so too"

    assert desk.get(f"/events/full/check-in/{missing.reference}/release/").status_code == 405
    page = words(desk.post(f"/events/full/check-in/{missing.reference}/release/", follow=True))
    assert "Lena Marsh has not come, so the place is released." in page
    assert "Over the room’s 2 by 1: 3 people are here." in page
    assert "not here yet" not in page
    assert "Release" not in page.split("</h1>")[1]
    assert "Nobody else is expected" in words(desk.get("/events/full/check-in/?group=expected")), "one did not come"
    page = words(desk.post("/events/full/check-in/release/", follow=True))
    assert "No place was left to release" in page, "as another desk was quicker"


def test_before_the_day_there_is_only_the_list(desk):
    event = EventFactory(slug="soon")
    SignUpFactory(event=event, person__name="Wendy Ash")

    page = words(desk.get("/events/soon/check-in/"))

    assert "Check-in opens on the day of the event." in page
    assert "Wendy Ash" in page
    assert "Add a walk-in" not in page


def test_before_the_start_the_mix_counts_those_in_the_room_once_check_in_is_open(desk, fatima):
    event = EventFactory(slug="morning", co_design=True)
    SignUpFactory(event=event, kind="developer")
    page = words(desk.get("/events/morning/check-in/"))
    assert "<h2>Who is coming</h2> <p>1 person is coming.</p>" in page
    assert "Nobody is coming as a service user" in page

    with clock.at(event.starts_at - dt.timedelta(minutes=1)):
        page = words(desk.get("/events/morning/check-in/"))
        assert "<h2>Who is in the room</h2> <p>Nobody is here yet.</p>" in page
        assert "Nobody is here as" not in page, "an empty room lacks no kind more than another"


def test_those_in_the_room_without_a_place_wait_before_the_waiting_list(desk, fatima):
    event = EventFactory(started=True, slug="full", capacity=1)
    SignUpFactory(event=event, person__name="Eve Due")
    SignUpFactory(event=event, person__name="Will Wait", status=SignUp.Status.WAITING)
    walk_in(event, by=fatima, name="Wendy Ash")

    page = words(desk.get("/events/full/check-in/?group=waiting"))

    assert "<strong>2</strong> waiting" in page
    assert (
        "1 person is in the room without a place and gets the next that is released. Every place is promised." in page
    )
    assert rows_of(page).index("1 · Wendy Ash") < rows_of(page).index("2 · Will Wait")


def test_the_meter_says_how_many_of_each_kind_are_here_and_the_councils_by_what_they_are(desk, fatima):
    event = EventFactory(started=True, co_design=True, slug="day")
    developer = event.participant_kinds.get(key="developer")
    for kind, number in (("district", 2), ("county", 1)):
        for _ in range(number):
            of = OrganisationFactory(kind=kind)
            check_in(SignUpFactory(event=event, kind=developer, organisation=of), by=fatima)
    SignUpFactory(event=event, kind=developer)

    page = words(desk.get("/events/day/check-in/"))

    assert "<span>3 of 4</span>" in page
    assert "2 districts and 1 county." in page.split("Who is in the room")[1]


def test_of_a_long_list_the_first_stand_there_and_one_press_opens_the_rest(desk, today):
    today.sign_ups.bulk_create(
        SignUp(event=today, person=person, status="confirmed", position=n)
        for n, person in enumerate(UserFactory.create_batch(30), start=1)
    )
    page = words(desk.get("/events/today/check-in/"))
    first, _, rest = page.partition('<details class="govuk-details lda-desk__more"')
    assert first.count("Check in<") == 12
    assert "18 more expected" in rest
    assert rest.count("Check in<") == 18
    found = words(desk.get("/events/today/check-in/?q=example"))
    assert "lda-desk__more" not in found, "what was searched for stands there at once"
