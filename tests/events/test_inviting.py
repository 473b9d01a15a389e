"""Councils that have not come are seen at a glance; their people are invited once, by a mail they may turn off."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from core import clock
from core.errors import Refused
from councils.models import Membership, Organisation
from events.inviting.operations import forget_who_was_invited, invite
from events.inviting.queries import cells_of, councils_in, invitations_of, scopes_of
from events.models import Event, Invitation
from events.places.operations import sign_up
from outbox.models import Message, MessageChoice, Pace
from tests.factories.accounts import UserFactory
from tests.factories.councils import MembershipFactory, OrganisationFactory
from tests.factories.events import EventFactory, OrganiserFactory, SignUpFactory
from tests.factories.projects import DiscoveryFactory

pytestmark = pytest.mark.django_db


def came(event, *councils):
    for council in councils:
        SignUpFactory(event=event, organisation=council, checked_in_at=event.starts_at)


def cell(event, kind, region, scope="stream"):
    return next(each for each in cells_of(event, scopes_of(event)[scope]) if (each.kind, each.region) == (kind, region))


def test_a_cell_counts_councils_of_one_type_and_region_with_those_in_force_as_its_base(harlow, surrey):
    event, before = EventFactory(), EventFactory(ended=True)
    came(before, harlow, harlow, surrey)
    SignUpFactory(event=before, organisation=Organisation.objects.get(slug="luton"))  # had a place and did not come
    districts = Organisation.objects.in_force().filter(kind="district", region="East of England").count()

    found = cell(event, "district", "East of England")

    assert (found.came, found.councils) == (1, districts)
    assert cell(event, "county", "South East").came == 1
    assert cell(event, "unitary", "East of England").came == 0


def test_days_of_another_stream_days_to_come_and_cancelled_ones_do_not_count(harlow):
    event = EventFactory()
    came(EventFactory(ended=True, stream=Event.Stream.FUTURES), harlow)
    came(EventFactory(ended=True, state=Event.State.CANCELLED), harlow)
    came(EventFactory(started=True), harlow)

    assert cell(event, "district", "East of England").came == 0


def test_a_discoverys_own_days_come_first(harlow, surrey):
    discovery = DiscoveryFactory()
    event = EventFactory(discovery=discovery)
    came(EventFactory(ended=True, discovery=discovery), harlow)
    came(EventFactory(ended=True), surrey)

    assert list(scopes_of(event)) == ["discovery", "stream"]
    assert cell(event, "county", "South East", "discovery").came == 0
    assert cell(event, "county", "South East", "stream").came == 1


def test_who_came_for_a_council_that_has_ended_came_for_the_one_that_took_it_over(harlow):
    ended = OrganisationFactory(kind="district", region="East of England", ends_on=dt.date(2020, 3, 31))
    ended.successors.add(harlow)
    event = EventFactory()
    came(EventFactory(ended=True), ended)

    assert cell(event, "district", "East of England").came == 1


def test_empty_cells_come_first_the_largest_on_top(harlow):
    event = EventFactory()
    came(EventFactory(ended=True), harlow)

    cells = cells_of(event, scopes_of(event)["stream"])

    empty = [each.councils for each in cells if not each.came]
    assert cells[-1].region == "East of England"
    assert empty == sorted(empty, reverse=True)
    assert sum(each.councils for each in cells) == Organisation.objects.in_force().councils().count()


def test_so_many_councils_are_invited_at_once_and_no_more(fatima, harlow, surrey, monkeypatch):
    monkeypatch.setattr("events.inviting.operations.MOST_AT_ONCE", 1)
    event = EventFactory()
    invite(event, by=fatima, councils=[harlow])

    with pytest.raises(Refused, match="Invite 1 councils or fewer") as refusal:
        invite(event, by=fatima, councils=[harlow, surrey])
    assert refusal.value.field == "councils"


def test_leads_and_those_who_may_be_asked_get_one_mail(fatima, grace, amina, harlow, surrey, deliver):
    contact = MembershipFactory(organisation=harlow, may_be_asked=True).person
    MembershipFactory(person=contact, organisation=surrey, role=Membership.Role.LEAD)
    MembershipFactory(organisation=harlow, role=Membership.Role.LEAD, state=Membership.State.CANDIDATE)
    event = EventFactory(venue="Leeds")

    new = invite(event, by=fatima, councils=[harlow, surrey])

    assert {one.person for one in new} == {grace, contact}, "Amina is neither"
    mails = deliver()
    assert sorted(mail.to[0] for mail in mails) == sorted([grace.email, contact.email])
    assert "Fatima Khan invites Harlow" in mails[0].body
    assert event.get_absolute_url() in mails[0].body
    assert invite(event, by=fatima, councils=[harlow, surrey]) == []
    assert deliver() == []


def test_nobody_who_has_signed_up_is_invited(fatima, grace, harlow):
    event = EventFactory()
    sign_up(event, by=grace)

    assert invite(event, by=fatima, councils=[harlow]) == []


def test_whoever_turned_invitations_off_gets_none(fatima, grace, harlow, deliver):
    MessageChoice.objects.create(person=grace, kind="events.invitation", pace=Pace.OFF)

    invite(EventFactory(), by=fatima, councils=[harlow])

    assert deliver() == []
    assert Message.objects.get().state == Message.State.TURNED_OFF


@pytest.mark.parametrize("has_account", [True, False])
def test_an_address_is_invited_once_whoever_has_it(fatima, deliver, has_account):
    if has_account:
        UserFactory(email="ada@example.org")
    event = EventFactory()

    [one] = invite(event, by=fatima, address=" Ada@Example.org ")

    assert (one.address, one.person is not None) == ("ada@example.org", has_account)
    assert [mail.to for mail in deliver()] == [["ada@example.org"]]
    assert invite(event, by=fatima, address="ada@example.org") == []


def test_an_invitation_to_a_day_that_closed_meanwhile_is_not_sent(fatima, grace, harlow, deliver):
    event = EventFactory()
    invite(event, by=fatima, councils=[harlow])
    Event.objects.filter(pk=event.pk).update(state=Event.State.CANCELLED)

    assert deliver() == []


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"state": Event.State.CANCELLED}, "was cancelled"),
        ({"state": Event.State.DRAFT}, "is a draft"),
        ({"started": True}, "has closed"),
    ],
)
def test_nobody_is_invited_to_what_they_cannot_sign_up_for(fatima, harlow, fields, why):
    with pytest.raises(Refused, match=why):
        invite(EventFactory(**fields), by=fatima, councils=[harlow])


def test_only_those_who_run_the_event_invite(signed_in, amina, grace, harlow):
    organiser = OrganiserFactory()
    assert invite(organiser.event, by=organiser.person, councils=[harlow])
    other = EventFactory()

    for person in (amina, organiser.person):
        with pytest.raises(PermissionDenied):
            invite(other, by=person, councils=[harlow])
    assert signed_in(organiser.person).get(f"{other.get_absolute_url()}invite/").status_code == 404
    assert signed_in(organiser.person).get(f"{organiser.event.get_absolute_url()}invite/").status_code == 200


def test_the_database_keeps_an_invitation_to_one_of_each(fatima, amina):
    event = EventFactory()
    Invitation.objects.create(event=event, person=amina, invited_by=fatima)
    Invitation.objects.create(event=event, address="a@example.org", invited_by=fatima)
    for wrong in ({"person": amina}, {"address": "a@example.org"}, {}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Invitation.objects.create(event=event, invited_by=fatima, **wrong)


def test_who_was_invited_is_deleted_30_days_after_the_event(fatima, amina):
    for days in (29, 31):
        end = clock.now() - dt.timedelta(days=days)
        event = EventFactory(starts_at=end - dt.timedelta(hours=6), ends_at=end)
        Invitation.objects.create(event=event, person=amina, invited_by=fatima)

    assert forget_who_was_invited() == 1
    assert Invitation.objects.get().event.ends_at > clock.now() - dt.timedelta(days=30)


def test_the_page_lists_the_councils_of_a_cell_and_who_of_those_invited_has_signed_up(signed_in, fatima, grace, harlow):
    event, client = EventFactory(), signed_in(fatima)
    address = f"{event.get_absolute_url()}invite/"
    of_cell = f"{address}?cell=district.east-of-england"
    assert "Harlow: 1 person" in client.get(of_cell).content.decode()

    of_the_east = councils_in(event, scopes_of(event)["stream"], cell(event, "district", "East of England"))
    other = next(one for one in of_the_east if not one.people)
    done = client.post(of_cell, {"councils": [harlow.pk, other.pk], "address": ""}, follow=True).content.decode()
    assert f"1 invitation on the way. Nobody can be written to yet at {other.full_name}." in done
    assert "Harlow: is invited, 1 person" in done
    sign_up(event, by=grace)

    assert [one.has_signed_up for one in invitations_of(event)] == [True]
    assert "1 invitation, 1 signed up." in client.get(address).content.decode()


def test_what_is_wrong_gets_a_sentence_and_what_was_typed_stays(signed_in, fatima, surrey):
    event, client = EventFactory(), signed_in(fatima)
    address = f"{event.get_absolute_url()}invite/?cell=district.east-of-england"

    for sent, says in (
        ({}, "Choose a council, or enter an address."),
        ({"councils": [surrey.pk]}, "Choose councils from the list."),
        ({"councils": ["x"]}, "Choose councils from the list."),
        ({"address": "a@b"}, 'value="a@b"'),
    ):
        answer = client.post(address, sent)
        assert (answer.status_code, says in answer.content.decode()) == (422, True), sent
    assert client.get(f"{event.get_absolute_url()}invite/?cell=%00&of=x").status_code == 200
    assert not Invitation.objects.exists()


def test_the_file_has_each_cell_with_its_base(signed_in, fatima, harlow):
    event = EventFactory()
    came(EventFactory(ended=True), harlow)

    text = signed_in(fatima).get(f"{event.get_absolute_url()}invite/?format=csv").content.decode()

    found = cell(event, "district", "East of England")
    assert f"District,East of England,{found.councils},1,1," in text


def test_it_asks_as_few_questions_with_many_days_and_councils_as_with_few(signed_in, fatima, harlow, surrey, asked):
    event, client = EventFactory(), signed_in(fatima)
    address = f"{event.get_absolute_url()}invite/?cell=district.east-of-england"
    client.get(address)
    with asked() as few:
        client.get(address)
    came(EventFactory(ended=True), harlow, surrey)
    came(EventFactory(ended=True), *Organisation.objects.filter(kind="district")[:8])
    invite(event, by=fatima, address="a@example.org")
    invite(event, by=fatima, address="b@example.org")

    with asked() as many:
        client.get(address)

    assert len(many) == len(few)


def test_the_councils_of_every_cell_together_are_all(harlow):
    event = EventFactory()
    scope = scopes_of(event)["stream"]

    for each in cells_of(event, scope)[:3]:
        assert councils_in(event, scope, each).count() == each.councils
