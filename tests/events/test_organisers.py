"""Organisers run one event: they are asked at an address, accept, and find nothing of any other event."""

import datetime as dt
import re
import uuid

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from core import clock
from core.errors import Refused
from core.inbox import Reader
from core.permissions import anyone, person_label
from core.permissions import signed_in as signed_in_only
from core.signed_links import token_of
from events.inbox import days_to_run
from events.models import Event, Organiser, SpeakerClaim
from events.organisers.inbox import events_to_run
from events.organisers.operations import accept_invitation, forget_invitations, make_organiser, remove_organiser
from events.permissions import can_run_event, can_run_events, events_run_by, reader_groups, visible_events
from events.places.permissions import visible_sign_ups
from events.programme.operations import draft_event
from tests.architecture.routes import ROUTES
from tests.factories.accounts import UserFactory, give_role, with_second_factor
from tests.factories.events import EventFactory, OrganiserFactory, PoolFactory, SignUpFactory, speaker
from tests.factories.questions import sign_up_question
from tests.roles.scenes import EVENT
from tests.roles.test_operations import OPERATIONS
from tests.scenes import built_once

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def two_events(django_db_setup, django_db_blocker):
    """The organiser of one event, that event, and another with the same things."""

    def build():
        ours, others = (EventFactory(slug=slug, co_design=True) for slug in ("ours", "others"))
        organiser = OrganiserFactory(event=ours, person=with_second_factor(UserFactory(name="Olga Reed"))).person
        for event in (ours, others):
            sign_up_question(event)
            place = SignUpFactory(event=event, access_needs=f"A ramp at {event.slug}", kind="developer")
            PoolFactory(event=event)
            for _ in range(2):  # of whom one is confirmed
                speaker(event=event).claims.create(person=place.person)
            event.floor_questions.create(asked_by=place.person, words="When is lunch?")
            event.outputs.create(kind="slides", title="Slides", link="https://example.org/", added_by=organiser)
        OrganiserFactory(event=others)
        return organiser, ours, others

    with built_once(build, django_db_blocker) as scene:
        yield scene


@pytest.fixture
def olga(two_events):
    return User.objects.get(pk=two_events[0].pk)


@pytest.fixture
def ours(two_events):
    return Event.objects.get(slug="ours")


@pytest.fixture
def others(two_events):
    return Event.objects.get(slug="others")


# Asked and accepted -------------------------------------------------------------------------------------------


@pytest.fixture
def made(fatima):
    """A draft that Fatima made."""
    starts = clock.now() + dt.timedelta(days=14)
    return draft_event(by=fatima, starts_at=starts, ends_at=starts + dt.timedelta(hours=6), **EVENT)


def test_whoever_is_asked_runs_the_event_once_they_accept(made, fatima, amina, deliver):
    with_second_factor(amina)
    organiser = make_organiser(made, by=fatima, email=amina.email.upper())
    [mail] = deliver()
    assert mail.to[0].casefold() == amina.email.casefold()
    assert organiser.get_absolute_url() in mail.body
    assert not can_run_event(amina, made)

    accept_invitation(organiser, by=amina)

    organiser.refresh_from_db()
    assert can_run_event(amina, made)
    assert (organiser.person, organiser.email) == (amina, "")
    assert list(visible_events(amina).filter(state=Event.State.DRAFT)) == [made]
    assert person_label(amina.pk) in reader_groups(made)
    [told] = deliver()
    assert (told.to, "Amina Shah runs" in told.subject) == ([fatima.email], True)


def test_the_answer_is_the_same_whether_or_not_an_address_has_an_account(made, fatima, amina, signed_in, deliver):
    pages = []
    for address in (amina.email, "nobody@example.org"):
        client = signed_in(fatima)
        page = client.post(reverse("events:organisers", args=[made.slug]), {"email": address}, follow=True)
        pages.append(re.sub(r"value=\"[^\"]*\"|[0-9a-f-]{36}", "", page.content.decode()).replace(address, "ADDRESS"))
        assert [mail.to for mail in deliver()] == [[address]]
        made.organisers.all().delete()

    assert "has not accepted yet" in pages[0]
    assert re.findall(r"ADDRESS[^<]*", pages[0]) == re.findall(r"ADDRESS[^<]*", pages[1])


def test_only_the_facilitator_who_made_the_event_and_the_secretariat_say_who_runs_it(made, fatima, sunita, olga):
    other = UserFactory()
    OrganiserFactory(event=made, person=olga)
    for nobody in (give_role(other, Role.FACILITATOR), olga):
        with pytest.raises(PermissionDenied, match="Only the facilitator who made this event"):
            make_organiser(made, by=nobody, email="x@example.org")
    assert make_organiser(made, by=sunita, email="x@example.org").email == "x@example.org"


def test_nobody_accepts_what_went_to_another_address(made, fatima, ben):
    organiser = make_organiser(made, by=fatima, email="ada@example.org")

    with pytest.raises(PermissionDenied, match="not one of yours"):
        accept_invitation(organiser, by=ben)


def test_whoever_is_asked_at_two_addresses_runs_the_event_once(made, fatima, amina):
    EmailAddress.objects.create(user=amina, email="amina@example.org", verified=True)
    asked = [make_organiser(made, by=fatima, email=email) for email in (amina.email, "amina@example.org")]

    assert [accept_invitation(one, by=amina) for one in asked] == [made, made]

    assert [one.person for one in made.organisers.all()] == [amina]


def test_nobody_is_asked_to_run_what_is_cancelled_or_what_many_run_already(made, fatima, monkeypatch):
    monkeypatch.setattr("events.organisers.operations.MOST_ORGANISERS", 1)
    make_organiser(made, by=fatima, email="ada@example.org")
    with pytest.raises(Refused, match="Remove one first") as refusal:
        make_organiser(made, by=fatima, email="bea@example.org")
    assert refusal.value.field == "email"

    Event.objects.filter(pk=made.pk).update(state=Event.State.CANCELLED)
    with pytest.raises(Refused, match="was cancelled"):
        make_organiser(made, by=fatima, email="ada@example.org")


def test_an_invitation_that_was_taken_back_is_accepted_no_more_and_not_by_a_stranger_removed(made, fatima, amina, ben):
    organiser = make_organiser(made, by=fatima, email=amina.email)
    with pytest.raises(PermissionDenied):
        remove_organiser(organiser, by=ben)
    remove_organiser(organiser, by=fatima)
    remove_organiser(organiser, by=fatima)

    with pytest.raises(Refused, match="taken back"):
        accept_invitation(organiser, by=amina)


def test_it_waits_in_the_week_of_whoever_is_asked_and_not_of_others_or_once_it_is_over(made, fatima, amina, ben):
    make_organiser(made, by=fatima, email=amina.email.upper())

    [line] = events_to_run(Reader(amina, clock.now()))
    assert (line.title, line.closes_at) == (made.title, made.organisers.get().expires_at)
    assert events_to_run(Reader(ben, clock.now())) == []
    Event.objects.filter(pk=made.pk).update(state=Event.State.CANCELLED)
    assert events_to_run(Reader(amina, clock.now())) == []


def test_whoever_made_the_event_runs_it_already_and_the_wrong_account_is_not_told_that_it_is_asked(
    made, fatima, amina, ben, signed_in
):
    with pytest.raises(Refused, match="runs the event already"):
        make_organiser(made, by=fatima, email=fatima.email.title())

    asked = make_organiser(made, by=fatima, email=amina.email)
    assert "You are asked to run this event" in signed_in(amina).get(asked.get_absolute_url()).content.decode()
    assert "You are asked to run this event" not in signed_in(ben).get(asked.get_absolute_url()).content.decode()


def test_an_invitation_is_made_once_and_runs_out_after_two_weeks(made, fatima, amina):
    organiser = make_organiser(made, by=fatima, email=amina.email)
    assert make_organiser(made, by=fatima, email=amina.email.title()) == organiser
    Organiser.objects.filter(pk=organiser.pk).update(at=clock.now() - dt.timedelta(days=15))
    organiser.refresh_from_db()

    with pytest.raises(Refused, match="ran out"):
        accept_invitation(organiser, by=amina)

    assert forget_invitations() == 1
    assert not made.organisers.exists()


def test_opening_the_link_changes_nothing_and_the_button_accepts(made, fatima, amina, signed_in):
    organiser = make_organiser(made, by=fatima, email=amina.email)
    client = signed_in(with_second_factor(amina))

    assert "Accept" in client.get(organiser.get_absolute_url()).content.decode()
    assert not made.organisers.accepted().exists()

    answer = client.post(organiser.get_absolute_url())
    assert answer.headers["Location"] == reverse("events:run", args=[made.slug])
    assert made.organisers.accepted().get().person == amina


def test_a_removed_organiser_is_told_and_finds_nothing_any_more(made, fatima, olga, deliver, signed_in):
    organiser = OrganiserFactory(event=made, person=olga)
    assert can_run_event(olga, made)

    remove_organiser(organiser, by=fatima)

    assert not can_run_event(olga, made)
    assert [mail.to for mail in deliver()] == [[olga.email]]
    assert signed_in(olga).get(reverse("events:run", args=[made.slug])).status_code == 404


def test_an_organiser_steps_down_and_is_not_written_to(ours, olga, deliver):
    remove_organiser(ours.organisers.get(), by=olga)

    assert not can_run_events(olga)
    assert deliver() == []


def test_an_organiser_acts_only_with_a_second_factor_and_is_shown_how_to_set_one_up(ours, signed_in):
    plain = OrganiserFactory(event=ours, person=UserFactory()).person

    assert not can_run_event(plain, ours)
    assert not events_run_by(plain).exists()
    page = signed_in(plain).get(reverse("events:run", args=["ours"]))
    assert (page.status_code, reverse("mfa_index") in page.content.decode()) == (403, True)


# Another's event ----------------------------------------------------------------------------------------------

RUN = [
    (route, entry.name)
    for route, entry in ROUTES
    if getattr(entry.callback, "allowed_by", None) is can_run_events and route.startswith("events/")
]


OF_ONE_EVENT = [(route, entry) for route, entry in ROUTES if route.startswith("events/<slug:slug>/")]


def test_every_address_of_an_event_is_open_to_its_readers_or_guarded_as_one_that_is_run():
    rules = {entry.name: entry.callback.allowed_by for _, entry in OF_ONE_EVENT}

    assert {name for name, rule in rules.items() if rule not in (anyone, signed_in_only, can_run_events)} == {"copy"}, (
        "A copy is a new event, which facilitators alone plan."
    )


def arguments(route: str, event: Event) -> dict[str, object]:
    place = event.sign_ups.get()
    numbered = event.floor_questions if "floor/" in route else event.outputs
    if "speakers/asked/" in route:
        numbered = SpeakerClaim.objects.filter(speaker__item__event=event)
    known = {
        "slug": event.slug,
        "reference": place.reference,
        "number": numbered.values_list("pk", flat=True).first(),
        "pool_id": event.pools.values_list("pk", flat=True).first(),
        "key": event.participant_kinds.get(key="developer").key if "kinds/" in route else event.question_set and "",
    }
    if "questions/" in route:
        known["key"] = event.question_set.questions.first().key
    if "organisers/" in route:
        known["key"] = event.organisers.first().key
    return {name: known[name] for name in re.findall(r"<\w+:(\w+)>", route)}


ON_THE_DAY = {"floor_show", "floor_answered", "floor_back"}  # nobody moderates before


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_address_of_another_event_is_found_by_an_organiser_and_all_of_their_own_are(
    ours, others, olga, signed_in, method
):
    client = signed_in(olga)
    assert len(RUN) > 20
    answers = {}
    for route, name in RUN:
        answers[name] = [
            getattr(client, method)(reverse(f"events:{name}", kwargs=arguments(route, event))).status_code
            for event in (others, ours)
        ]

    assert {name: first for name, (first, _) in answers.items() if first not in {404, 405}} == {}  # 405 whoever asks
    assert {name for name, (_, second) in answers.items() if second in {403, 404}} <= ON_THE_DAY


def test_a_place_of_another_event_is_not_found_and_nothing_of_it_is_in_what_they_read(ours, others, olga, signed_in):
    client = signed_in(olga)
    theirs, own = others.sign_ups.get(), ours.sign_ups.get()

    assert list(visible_sign_ups(olga)) == [own]
    for action in ("", "change/", "cancel/", "pass-on/"):
        assert client.get(f"{theirs.get_absolute_url()}{action}").status_code == 404
        assert client.get(f"{own.get_absolute_url()}{action}").status_code == 200
    organiser = others.organisers.get()
    assert client.post(reverse("events:organiser_remove", args=["others", organiser.key])).status_code == 404
    # A place of another event under the address of one's own.
    for name in ("arrive", "undo_check_in", "release"):
        assert client.post(reverse(f"events:{name}", args=["ours", theirs.reference])).status_code == 404
    for page in ("people", "answers", "check_in"):
        said = client.get(reverse(f"events:{page}", args=["ours"])).content.decode()
        assert "A ramp at others" not in said
    for page in ("people", "answers"):
        file = b"".join(client.get(reverse(f"events:{page}", args=["ours"]), {"format": "csv"})).decode()
        assert own.person.name in file or page == "answers"
        assert theirs.person.name not in file


def test_no_operation_on_another_event_is_done_for_an_organiser(ours, others, olga):
    def calls(event):
        place, question = event.sign_ups.get(), event.question_set.questions.get()
        kind = event.participant_kinds.get(key="policy_expert")
        return {
            "announce_draft": (event, {}),
            "change_event": (event, {"title": "Better"}),
            "set_capacity": (event, {"capacity": 30}),
            "bring_forth": (event, {"needs": []}),
            "check_in": (place, {}),
            "undo_check_in": (place, {}),
            "release": (place, {}),
            "walk_in": (event, {"name": "W", "email": "w@example.org"}),
            "ask_at_sign_up": (event, {"kind": "text", "words": "Your role?"}),
            "switch_built_in": (event, {"name": "asks_diet", "is_asked": True}),
            "change_sign_up": (place, {"access_needs": "A loop"}),
            "offer_place": (place, {"to_email": "ada@example.org"}),
            "add_kind": (event, {"name": "Resident"}),
            "change_kind": (kind, {"name": "Advisers", "is_needed": True}),
            "move_kind": (kind, {"is_up": True}),
            "remove_kind": (kind, {}),
            "write_to_people": (event, {"audience": "place", "subject": "S", "words": "W"}),
            "cancel_sign_up": (place, {}),
            "cancel_event": (event, {"reason": "Snow."}),
        } | {
            name: ((event, question), more)
            for name, more in {
                "change_sign_up_question": {"words": "Who?"},
                "copy_sign_up_question": {},
                "move_sign_up_question": {"is_up": True},
                "remove_sign_up_question": {},
            }.items()
        }

    done = []
    for name, (about, answers) in calls(others).items():
        try:
            OPERATIONS[name](*(about if isinstance(about, tuple) else (about,)), by=olga, **answers)
            done.append(name)
        except PermissionDenied:
            pass
    assert done == []

    refused = []
    for name, (about, answers) in calls(ours).items():
        try:
            OPERATIONS[name](*(about if isinstance(about, tuple) else (about,)), by=olga, **answers)
        except Refused:
            pass  # what the state of the event does not allow
        except PermissionDenied:
            refused.append(name)
    assert refused == []


def test_an_organiser_plans_no_event_and_prepares_votes_of_their_own_alone(ours, others, olga, signed_in):
    client = signed_in(olga)

    assert client.get(reverse("events:new")).status_code == 403
    assert client.get(reverse("voting:new"), {"event": ours.slug}).status_code == 200
    assert client.get(reverse("voting:new"), {"event": others.slug}).status_code == 403


def test_the_event_page_of_an_organiser_leads_to_theirs_and_of_nobody_else(ours, others, olga, signed_in, client, ben):
    page = signed_in(olga).get(ours.get_absolute_url()).content.decode()
    assert reverse("events:run", args=["ours"]) in page
    assert reverse("events:run", args=["others"]) not in client.get(others.get_absolute_url()).content.decode()
    assert reverse("events:run", args=["ours"]) not in signed_in(ben).get(ours.get_absolute_url()).content.decode()


def test_the_week_of_an_organiser_lists_their_own_days_to_run_and_of_nobody_else(ours, others, olga, amina):
    starts_at = clock.now() + dt.timedelta(days=5)
    Event.objects.update(starts_at=starts_at, ends_at=starts_at + dt.timedelta(hours=6))

    (line,) = days_to_run(Reader(olga, clock.now()))
    assert line.title == str(ours)
    assert line.actions[0].url == reverse("events:run", args=["ours"])
    assert days_to_run(Reader(amina, clock.now())) == []


def test_only_an_invitation_whose_address_is_signed_for_it_is_found(client):
    key = OrganiserFactory(person=None, accepted_at=None, email="olga@example.org").key
    assert client.get(reverse("events:organiser", args=[uuid.uuid4()])).status_code == 404
    assert client.get(reverse("events:organiser", args=[key])).status_code == 404
    assert client.get(reverse("events:organiser", args=[token_of("offer", key)])).status_code == 404
    assert client.get(reverse("events:organiser", args=[token_of(Organiser.PURPOSE, key)])).status_code == 200
