"""The desk on the page: people are found and checked in by a post, walk-ins added, by those who run the event alone."""

import uuid

import pytest
from django.utils import timezone

from core import clock
from events.desk.operations import check_in
from events.models import Event, SignUp
from tests.factories.councils import MembershipFactory
from tests.factories.events import EventFactory, SignUpFactory
from tests.pages import words

pytestmark = pytest.mark.django_db

WALKS_IN = {"walk_in-name": "Wendy Ash", "walk_in-email": "wendy@example.org", "walk_in-kind": "other"}


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


def test_the_answer_to_a_walk_in_is_on_top_and_not_at_the_form(desk, today):
    """A browser keeps the part after # through a redirect, so the form is sent to an address without one."""
    page = words(desk.get("/events/today/check-in/?group=here"))

    assert 'href="#id_walk_in-name"' in page
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


def test_the_desk_comes_back_to_the_group_it_was_in(desk, today):
    place = SignUpFactory(event=today, status=SignUp.Status.WAITING)

    back = desk.post(f"/events/today/check-in/{place.reference}/?group=waiting")

    assert back["Location"] == f"/events/today/check-in/?group=waiting&last={place.reference}"


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


def test_the_desk_costs_the_same_however_many_come(desk, today, django_assert_max_num_queries, harlow):
    costs = []
    for number in (3, 27):
        SignUpFactory.create_batch(number, event=today, organisation=harlow)
        with django_assert_max_num_queries(12) as queries:
            desk.get("/events/today/check-in/")
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_a_walk_in_whose_address_names_a_council_says_whether_they_come_for_it(desk, today, harlow):
    harlow.domains.get_or_create(domain="harlow.gov.uk")
    sent = WALKS_IN | {"walk_in-email": "bw@harlow.gov.uk"}
    response = desk.post("/events/today/check-in/", sent)
    assert response.status_code == 422
    assert "bw@harlow.gov.uk is an address of Harlow" in words(response)

    desk.post("/events/today/check-in/", sent | {"walk_in-for_themselves": "on"})
    assert today.sign_ups.get().organisation is None


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
