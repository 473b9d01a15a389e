"""A lead or the secretariat decides who acts for a council, and a place that ended gives no right."""

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied

from audit.models import AuditEvent
from core.errors import Refused
from councils.models import Membership, Organisation
from councils.operations import (
    ask_again_for_places_given_by_hand,
    ask_to_join,
    change_role,
    confirm_membership,
    end_membership,
    recompute_memberships,
)
from councils.permissions import can_contribute_for, can_lead, contributes, memberships_of, needs_second_factor
from councils.queries import suggested_organisations
from outbox.models import Message
from tests.factories.accounts import UserFactory
from tests.factories.councils import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
State, Role = Membership.State, Membership.Role


@pytest.fixture
def request_of_ben(harlow, ben):
    return ask_to_join(harlow, by=ben)


def test_asking_gives_no_right_and_writes_to_whoever_decides(grace, request_of_ben, harlow, ben):
    assert request_of_ben.state == State.CANDIDATE
    assert not can_contribute_for(ben, harlow)
    message = Message.objects.get()
    assert (message.kind, message.person) == ("councils.candidate_waits", grace)


def test_asking_twice_makes_one_place(request_of_ben, harlow, ben):
    assert ask_to_join(harlow, by=ben) == request_of_ben


def test_nobody_asks_to_be_a_lead(harlow, ben):
    with pytest.raises(Refused):
        ask_to_join(harlow, by=ben, role=Role.LEAD)


def test_a_lead_confirms(request_of_ben, harlow, ben, grace):
    confirm_membership(request_of_ben, by=grace)

    assert can_contribute_for(ben, harlow)
    assert AuditEvent.objects.filter(action="councils.member_confirmed", by=grace).exists()


def test_the_first_person_whom_the_secretariat_confirms_leads_the_council(request_of_ben, harlow, sunita):
    assert confirm_membership(request_of_ben, by=sunita).role == Role.LEAD


def test_the_second_person_gets_what_they_asked_for(request_of_ben, grace, sunita):
    assert confirm_membership(request_of_ben, by=sunita).role == Role.CONTRIBUTOR


def test_no_contributor_and_no_other_councils_lead_confirms(request_of_ben, amina, surrey):
    lead_of_surrey = MembershipFactory(organisation=surrey, role=Role.LEAD).person

    for person in (amina, lead_of_surrey, request_of_ben.person):
        with pytest.raises(PermissionDenied):
            confirm_membership(request_of_ben, by=person)


def test_a_lead_without_a_second_factor_confirms_nobody(request_of_ben, grace):
    grace.authenticator_set.all().delete()

    with pytest.raises(PermissionDenied):
        confirm_membership(request_of_ben, by=grace)
    assert needs_second_factor(grace)


def test_nobody_raises_their_own_role(harlow, grace, sunita):
    own = grace.memberships.get()
    of_the_secretariat = MembershipFactory(person=sunita, organisation=harlow)

    for membership, person in ((own, grace), (of_the_secretariat, sunita)):
        with pytest.raises(PermissionDenied):
            change_role(membership, by=person, role=Role.LEAD)


def test_a_role_changes_with_a_line_of_what_it_was(amina, grace):
    change_role(amina.memberships.get(), by=grace, role=Role.PUBLISHER)

    line = AuditEvent.objects.get(action="councils.role_changed")
    assert (line.details["before"], line.details["after"]) == ("contributor", "publisher")


def test_an_unknown_role_is_refused(amina, grace):
    with pytest.raises(Refused):
        change_role(amina.memberships.get(), by=grace, role="emperor")


def test_a_leaver_loses_every_right_at_once(amina, grace, harlow):
    assert contributes(amina)

    end_membership(amina.memberships.get(), by=grace)

    amina = type(amina).objects.get(pk=amina.pk)
    assert not contributes(amina)


def test_the_last_lead_does_not_leave_the_council_alone(grace, sunita):
    with pytest.raises(Refused, match="no lead"):
        end_membership(grace.memberships.get(), by=grace)

    assert end_membership(grace.memberships.get(), by=sunita).state == State.ENDED


def test_an_ended_place_is_not_confirmed_again(request_of_ben, grace, harlow, ben):
    end_membership(request_of_ben, by=grace)

    with pytest.raises(Refused):
        confirm_membership(request_of_ben, by=grace)
    assert ask_to_join(harlow, by=ben) != request_of_ben


def test_nobody_joins_a_council_that_has_ended(ben):
    with pytest.raises(Refused, match="ended on 31 March 2023"):
        ask_to_join(Organisation.objects.get(slug="somerset-county"), by=ben)


def test_a_place_in_a_council_that_has_ended_gives_no_right(on_day):
    old = Organisation.objects.get(slug="somerset-county")
    person = MembershipFactory(organisation=old).person

    assert memberships_of(person) == []
    with on_day(2014, 6, 1):
        assert contributes(type(person).objects.get(pk=person.pk))


def test_a_new_address_elsewhere_ends_the_place_that_rested_on_the_old_one(harlow, luton, grace):
    person = UserFactory(email="officer@harlow.gov.uk")
    confirm_membership(ask_to_join(harlow, by=person), by=grace)
    EmailAddress.objects.filter(user=person).update(email="officer@luton.gov.uk")

    recompute_memberships(person)

    assert [(m.organisation, m.state) for m in person.memberships.all()] == [(harlow, State.ENDED)]
    assert suggested_organisations(person) == [(luton, "luton.gov.uk")]
    assert not contributes(person)


def test_a_place_given_by_hand_waits_again_after_a_change_of_address(amina, harlow):
    ask_again_for_places_given_by_hand(amina)

    assert amina.memberships.get().state == State.CANDIDATE
    assert not can_contribute_for(amina, harlow)


def test_the_lead_gets_the_message_or_the_secretariat_where_there_is_none(deliver, harlow, ben, sunita):
    ask_to_join(OrganisationFactory(), by=ben)
    assert [(m.to, "Ben Okoro" in m.body) for m in deliver()] == [([sunita.email], True)]

    lead = MembershipFactory(organisation=harlow, role=Role.LEAD).person
    asked = ask_to_join(harlow, by=ben)
    [message] = deliver()
    assert message.to == [lead.email]
    assert "know this person" in message.body
    assert f"/councils/harlow/members/#member-{asked.pk}" in message.body


def test_the_candidate_is_told(deliver, grace, request_of_ben, ben):
    deliver()
    membership = confirm_membership(request_of_ben, by=grace)
    confirmed = deliver()
    end_membership(membership, by=grace)

    assert [m.subject for m in confirmed + deliver()] == ["You can now act for Harlow", "You no longer act for Harlow"]
    assert all(m.to == [ben.email] for m in confirmed)


def test_what_is_no_longer_true_when_it_would_be_sent_is_not_said(deliver, grace, request_of_ben):
    membership = confirm_membership(request_of_ben, by=grace)
    end_membership(membership, by=grace)

    assert [m.subject for m in deliver()] == ["You no longer act for Harlow"]
    assert Message.objects.filter(state=Message.State.NOT_NEEDED).count() == 2


def test_no_mail_is_sent_about_the_past(harlow, ben, grace, on_day):
    with on_day(2014, 6, 1):
        ask_to_join(harlow, by=ben)

    assert not Message.objects.exists()


def test_the_lead_role_needs_its_second_factor(grace, harlow):
    assert can_lead(grace, harlow)
    grace.authenticator_set.all().delete()

    assert not can_lead(type(grace).objects.get(pk=grace.pk), harlow)
