"""The desk on the page: found by name, checked in by a post, for facilitators only."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from core import clock
from core.inbox import Reader
from events.desk.operations import check_in, walk_in
from events.inbox import days_to_run
from events.models import Event, SignUp
from events.programme.operations import cancel_event
from tests.factories.councils import MembershipFactory, OrganisationFactory
from tests.factories.events import EventFactory, SignUpFactory

pytestmark = pytest.mark.django_db

WALKS_IN = {"walk_in-name": "Wendy Ash", "walk_in-email": "wendy@example.org", "walk_in-kind": "other"}


@pytest.fixture
def today():
    return EventFactory(started=True, co_design=True, slug="today", capacity=40)


@pytest.fixture
def desk(signed_in, fatima):
    return signed_in(fatima)


def words(response):
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("who", ["amina", "grace", "boris", "edith"])
def test_the_desk_is_shut_for_others(signed_in, request, today, who):
    client = signed_in(request.getfixturevalue(who))
    place = SignUpFactory(event=today)

    assert client.get("/events/today/check-in/").status_code == 403
    assert client.post(f"/events/today/check-in/{place.reference}/").status_code == 403


def test_strangers_are_led_to_sign_in(client, today):
    assert client.get("/events/today/check-in/").status_code == 302


def test_a_search_finds_people_of_all_groups_by_name_address_or_council(desk, today, harlow):
    SignUpFactory(event=today, person__name="Wendy Ash", person__email="w.ash@harlow.example")
    SignUpFactory(event=today, person__name="Omar Bell")

    SignUpFactory(event=today, person__name="Ina Cole", organisation=harlow)

    for query in ("wendy", "ash wendy", "w.ash@harlow"):
        page = words(desk.get("/events/today/check-in/", {"q": query}))
        assert "Wendy Ash" in page
        assert "Omar Bell" not in page
    page = words(desk.get("/events/today/check-in/?q=harlow"))
    assert page.index("2 found for “harlow”") < page.index("Ina Cole") < page.index("Wendy Ash")
    assert "Nobody of that name" in words(desk.get("/events/today/check-in/?q=zebra"))
    assert desk.get("/events/today/check-in/?q=%00&page=x").status_code == 200


def test_checking_in_and_undoing(desk, today):
    place = SignUpFactory(event=today, person__name="Wendy Ash")

    page = words(desk.post(f"/events/today/check-in/{place.reference}/", follow=True))
    assert "Wendy Ash is checked in." in page
    assert "<strong>1</strong> here" in page
    # It can be undone where it was done.
    bar = page[page.index("lda-desk__bar") :]
    assert "Wendy Ash</span> is in, " in bar
    assert f"{place.reference}/undo/" in bar

    desk.post(f"/events/today/check-in/{place.reference}/undo/")
    place.refresh_from_db()
    assert place.checked_in_at is None


def test_a_second_check_in_answers_in_green_since_when_they_are_in(desk, today, fatima):
    place = SignUpFactory(event=today, person__name="Amina Shah", person__email="amina.shah@example.org")
    begins = timezone.localtime(today.starts_at).replace(hour=9, minute=0)
    Event.objects.filter(pk=today.pk).update(starts_at=begins, ends_at=begins.replace(hour=17))
    place.event.refresh_from_db()
    with clock.at(begins.replace(minute=41)):
        check_in(place, by=fatima)
    walked_in = {"walk_in-name": "Amina Shah", "walk_in-email": "amina.shah@example.org", "walk_in-kind": "other"}
    with clock.at(begins.replace(hour=23, minute=50)):
        answers = [
            words(desk.post(f"/events/today/check-in/{place.reference}/", follow=True)),
            words(desk.post("/events/today/check-in/", walked_in, follow=True)),
        ]

    for page in answers:
        said = page.partition("lda-message--success")[2].partition("</div>")[0]
        assert "Amina Shah is in since 09:41." in said
        assert "Amina Shah</span> is in since 09:41 <button" in page
        assert "lda-message--error" not in page


def test_over_several_days_it_is_said_on_which_one_somebody_came(desk, fatima):
    first = timezone.localtime().replace(hour=9, minute=0) - dt.timedelta(days=1)
    event = EventFactory(slug="two-days", starts_at=first, ends_at=first + dt.timedelta(days=2))
    place = SignUpFactory(event=event, person__name="Amina Shah")
    with clock.at(first):
        check_in(place, by=fatima)

    page = words(desk.post(f"/events/two-days/check-in/{place.reference}/?group=here", follow=True))

    since = date_format(first, "D H:i")
    assert page.count(f"in since {since}") == 3, "the answer, the row and the bar"


def test_the_answer_to_a_walk_in_is_on_top_and_not_at_the_form(desk, today):
    """A browser keeps the part after # through a redirect, so the form is sent to an address without one."""
    page = words(desk.get("/events/today/check-in/?group=here"))

    assert 'href="#walk-in"' in page
    assert '<form method="post" action="/events/today/check-in/?group=here" novalidate data-desk-walk-in>' in page
    assert "#" not in desk.post("/events/today/check-in/?group=here", WALKS_IN).headers["Location"]


def test_the_desk_asks_for_which_organisation_a_walk_in_comes(desk, today, amina, surrey):
    MembershipFactory(person=amina, organisation=surrey)
    sent = WALKS_IN | {"walk_in-email": amina.email}

    asked = desk.post("/events/today/check-in/", sent)
    assert asked.status_code == 422
    assert words(asked).count("Choose the one they come for.") == 2, "on top and beside the field"

    desk.post("/events/today/check-in/", sent | {"walk_in-for_themselves": "on"})
    assert today.sign_ups.get().organisation is None


def test_the_desk_leads_back_to_its_event(desk, today):
    below_the_title = words(desk.get("/events/today/check-in/")).partition("</h1>")[2]

    assert f'<a class="govuk-link" href="/events/today/">{today.title}</a>' in below_the_title


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


def test_the_desk_comes_back_to_the_group_it_was_in(desk, today):
    place = SignUpFactory(event=today, status=SignUp.Status.WAITING)

    back = desk.post(f"/events/today/check-in/{place.reference}/?group=waiting")

    assert back["Location"] == f"/events/today/check-in/?group=waiting&last={place.reference}"


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


def test_a_get_checks_nobody_in(desk, today):
    place = SignUpFactory(event=today)

    assert desk.get(f"/events/today/check-in/{place.reference}/").status_code == 405
    place.refresh_from_db()
    assert place.checked_in_at is None


def test_a_place_at_another_event_is_not_found_here(desk, today):
    elsewhere = SignUpFactory(event=EventFactory(started=True))

    assert desk.post(f"/events/today/check-in/{elsewhere.reference}/").status_code == 404
    assert desk.post(f"/events/today/check-in/{uuid.uuid4()}/").status_code == 404
    elsewhere.refresh_from_db()
    assert elsewhere.checked_in_at is None


def test_a_walk_in_is_added_and_in(desk, today, harlow):
    sent = {
        "walk_in-name": "Wendy Ash",
        "walk_in-email": "wendy@example.org",
        "walk_in-organisation": harlow.full_name,
        "walk_in-kind": "service_user",
    }

    page = words(desk.post("/events/today/check-in/", sent, follow=True))

    assert "Wendy Ash is checked in." in page
    place = today.sign_ups.get()
    assert (place.organisation, str(place.kind)) == (harlow, "Service user")


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        ({}, "Enter their name."),
        ({"walk_in-name": "Wendy", "walk_in-email": "not an address"}, "Enter an e-mail address, like name@"),
        ({"walk_in-name": "W" * 121, "walk_in-email": "w@example.org"}, "Keep it to 120 or fewer"),
        (
            {"walk_in-name": "Wendy", "walk_in-email": "w@example.org", "walk_in-organisation": "-1"},
            "We know no organisation",
        ),
    ],
)
def test_a_wrong_walk_in_is_answered_and_what_was_typed_kept(desk, today, sent, answer):
    response = desk.post("/events/today/check-in/", {"walk_in-kind": "other", **sent})

    assert response.status_code == 422
    assert answer in words(response)
    assert not today.sign_ups.exists()


def test_the_desk_shows_needs_and_the_mix_with_its_gaps(desk, today, fatima):
    check_in(SignUpFactory(event=today, kind="developer", access_needs="A hearing loop"), by=fatima)

    page = words(desk.get("/events/today/check-in/"))

    assert "A hearing loop" in page
    assert "Nobody is here as a service user, a head of service or a policy expert." in page


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
    assert "1 place is held by somebody who is not here yet. Release the places of those who are not coming." in page
    assert "Over the room" not in page

    page = walk_in("Ravi Sen")
    assert "Over the room’s 2 by 1: 3 people are here." in page
    assert "1 place is held by somebody who is not here yet." in page
    of_event = words(desk.get("/events/full/"))
    assert "3 of 4 here, 1 more than there are places." in of_event, "its own page says so too"

    assert desk.get(f"/events/full/check-in/{missing.reference}/release/").status_code == 405
    page = words(desk.post(f"/events/full/check-in/{missing.reference}/release/", follow=True))
    assert "Lena Marsh has not come, so the place is released." in page
    assert "Over the room’s 2 by 1: 3 people are here." in page
    assert "not here yet" not in page
    assert "Release" not in page.split("</h1>")[1]
    assert "Everybody who is expected is here" in words(desk.get("/events/full/check-in/?group=expected"))


def test_before_the_day_there_is_only_the_list(desk):
    event = EventFactory(slug="soon")
    SignUpFactory(event=event, person__name="Wendy Ash")

    page = words(desk.get("/events/soon/check-in/"))

    assert "Check-in opens on the day of the event." in page
    assert "Wendy Ash" in page
    assert "Add a walk-in" not in page


def test_the_desk_costs_the_same_however_many_come(desk, today, django_assert_max_num_queries, harlow):
    costs = []
    for number in (3, 27):
        SignUpFactory.create_batch(number, event=today, organisation=harlow)
        with django_assert_max_num_queries(12) as queries:
            desk.get("/events/today/check-in/")
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_before_the_start_the_mix_counts_those_in_the_room_once_check_in_is_open(desk, fatima):
    event = EventFactory(slug="morning", co_design=True)
    SignUpFactory(event=event, kind="developer")
    page = words(desk.get("/events/morning/check-in/"))
    assert "<h2>Who is coming</h2> <p>1 person is coming.</p>" in page
    assert "Nobody is coming as a service user" in page

    with clock.at(event.starts_at - dt.timedelta(minutes=1)):
        page = words(desk.get("/events/morning/check-in/"))
        assert "<h2>Who is in the room</h2> <p>0 people are here.</p>" in page
        assert "Nobody is here as a service user, a head of service, a policy expert or a developer." in page


def test_a_cancelled_event_has_nothing_to_run_and_its_desk_expects_nobody(desk, fatima):
    event = EventFactory(slug="off")
    SignUpFactory(event=event, person__name="Wendy Ash")
    assert "Run this event" in words(desk.get("/events/off/"))
    cancel_event(event, by=fatima, reason="The room is flooded.")

    assert "Run this event" not in words(desk.get("/events/off/"))
    page = words(desk.get("/events/off/check-in/"))
    assert "This event is cancelled: The room is flooded." in page
    assert "Check-in opens" not in page
    assert "</strong> expected" not in page
    assert "Wendy Ash" in page
    assert "This event is cancelled: The room is flooded." in words(desk.get("/events/off/sign-up/"))


def test_a_walk_in_whose_address_names_a_council_says_whether_they_come_for_it(desk, today, harlow):
    harlow.domains.get_or_create(domain="harlow.gov.uk")
    sent = WALKS_IN | {"walk_in-email": "bw@harlow.gov.uk"}
    response = desk.post("/events/today/check-in/", sent)
    assert response.status_code == 422
    assert "bw@harlow.gov.uk is an address of Harlow" in words(response)

    desk.post("/events/today/check-in/", sent | {"walk_in-for_themselves": "on"})
    assert today.sign_ups.get().organisation is None


def test_what_a_day_brought_forth_is_noted_from_its_start_on(desk, today):
    EventFactory(slug="soon")
    assert "Note what came out" in words(desk.get("/events/today/run/"))
    assert "Note what came out" not in words(desk.get("/events/soon/run/"))


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({}, "This event has not started yet, so nothing came out of it."),
        ({"ended": True, "state": "cancelled"}, "This event was cancelled, so nothing came out of it."),
    ],
)
def test_where_nothing_can_have_come_out_the_address_leads_back_and_says_why(desk, given, why):
    event = EventFactory(slug="soon", cancelled_reason="Ill" if given else "", **given)

    answer = desk.get("/events/soon/brought-forth/", follow=True)

    assert answer.redirect_chain[0][0] == event.get_absolute_url()
    assert why in words(answer)


def test_while_a_day_goes_on_its_page_says_what_came_out_so_far(client):
    EventFactory(slug="now", started=True)
    EventFactory(slug="past", ended=True)
    assert "What came out so far" in words(client.get("/events/now/"))
    assert "What came out so far" not in words(client.get("/events/past/"))


def test_checking_in_is_the_main_button_of_the_row_until_all_who_are_expected_are_here(fatima):
    event = EventFactory(started=True)
    place = SignUpFactory(event=event)
    reader = Reader(fatima, clock.now())
    assert not days_to_run(reader)[0].actions[0].is_second
    check_in(place, by=fatima)
    assert days_to_run(reader)[0].actions[0].is_second


def test_where_nobody_comes_yet_the_event_says_so_once_without_a_table_of_noughts(client):
    event = EventFactory(slug="soon", co_design=True)
    assert "The mix of people" not in words(client.get("/events/soon/"))
    SignUpFactory(event=event, kind="developer")
    assert "The mix of people" in words(client.get("/events/soon/"))


def test_the_row_of_a_day_to_come_says_nothing_of_who_is_here(fatima):
    event = EventFactory(starts_at=clock.now() + dt.timedelta(days=5))
    reader = Reader(fatima, clock.now())
    assert "taken." in days_to_run(reader)[0].note
    with clock.at(event.starts_at):
        assert "taken, 0 here." in days_to_run(reader)[0].note


def test_who_leaves_is_noted_by_a_button_stays_a_delegate_and_comes_back_by_another(desk, today, fatima):
    place = check_in(SignUpFactory(event=today, person__name="Wendy Ash"), by=fatima)

    page = words(desk.post(f"/events/today/check-in/{place.reference}/left/?group=here", follow=True))
    assert "Wendy Ash has left." in page
    assert "left at" in rows_of(page)
    assert "Is back<" in rows_of(page)
    assert "Left<" not in rows_of(page)
    place.refresh_from_db()
    assert place.checked_in_at
    assert place.left_at

    desk.post(f"/events/today/check-in/{place.reference}/?group=here")
    place.refresh_from_db()
    assert place.left_at is None


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
