"""Changes of memberships: asked for, confirmed, changed, ended."""

import datetime as dt

from django.db import transaction
from django.db.models.functions import Coalesce

from accounts import rights
from accounts.models import User
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.permissions import require
from core.words import day_in_words
from councils import emails
from councils.models import ANSWERED_WITHIN, Membership, Organisation
from councils.permissions import can_confirm_membership, can_end_membership
from councils.queries import leads_of, organisations_for, verified_domains, who_confirms
from outbox.operations import queue_message

State, Role = Membership.State, Membership.Role
AFFIRMED_FOR = dt.timedelta(days=365)


def _locked(membership: Membership) -> Membership:
    rows = Membership.objects.select_for_update(of=("self",)).select_related("person", "organisation")
    return rows.get(pk=membership.pk)


def _take_turns(membership: Membership, by: User) -> None:
    """Lock the organisation, so that one person at a time decides about its members, by their rights at that moment."""
    Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    rights.forget()  # another process may have changed them while this one waited


@transaction.atomic
def ask_to_join(organisation: Organisation, *, by: User, role: str = Role.CONTRIBUTOR) -> Membership:
    """Ask to act for an organisation. Returns the person's place there, confirmed or waiting, if they have one."""
    require(by.is_authenticated and by.is_active, "Sign in to ask for a place.")
    if organisation.has_ended:
        raise Refused(
            f"{organisation.official_name} ended on {day_in_words(organisation.ends_on)}. Join its successor."
        )
    if role not in (Role.READER, Role.CONTRIBUTOR):
        raise Refused("Ask to be a reader or a contributor. Your lead can give you more.", field="role")
    # The person's row is the lock: two requests at once make one place.
    User.objects.select_for_update().get(pk=by.pk)
    living = by.memberships.filter(organisation=organisation).exclude(state=State.ENDED).first()
    if living:
        return living
    own = next((domain for domain in verified_domains(by) if organisation in organisations_for(domain)), "")
    membership = Membership.objects.create(
        person=by, organisation=organisation, role=role, via_domain=own, created_at=clock.now()
    )
    log_action("councils.membership_asked_for", by=by, about=membership, via_domain=own, role=role)
    queue_message(emails.candidate_waits, membership, to=who_confirms(membership.organisation))
    return membership


@transaction.atomic
def confirm_membership(membership: Membership, *, by: User, role: str | None = None) -> Membership:
    """Confirm a membership. The first person of a council whom the secretariat confirms becomes its lead."""
    _take_turns(membership, by)
    require(can_confirm_membership(by, membership), "A lead of the council or the secretariat confirms its members.")
    membership = _locked(membership)
    if membership.state == State.CONFIRMED:
        return membership
    if membership.state == State.ENDED:
        raise Refused("This place has ended. The person can ask to join again.")
    organisation = membership.organisation
    if organisation.has_ended:
        raise Refused(f"{organisation.official_name} has ended, so nobody joins it any more.")
    if role is not None and role not in Role.values:
        raise Refused("Choose one of the roles.", field="role")
    is_first = organisation.is_council and not organisation.memberships.filter(state=State.CONFIRMED).exists()
    membership.role = role or (Role.LEAD if is_first else membership.role)
    membership.state = State.CONFIRMED
    membership.decided_by, membership.decided_at = by, clock.now()
    membership.save()
    log_action("councils.member_confirmed", by=by, about=membership, role=membership.role)
    queue_message(emails.membership_confirmed, membership, to=membership.person)
    return membership


@transaction.atomic
def change_role(membership: Membership, *, by: User, role: str) -> Membership:
    """Give a confirmed member another role. A council keeps a lead, unless the secretariat says otherwise."""
    _take_turns(membership, by)
    require(can_confirm_membership(by, membership), "A lead of the council or the secretariat changes roles.")
    if role not in Role.values:
        raise Refused("Choose one of the roles.", field="role")
    membership = _locked(membership)
    if membership.state != State.CONFIRMED:
        raise Refused("Confirm this person first.")
    before = membership.role
    if before == role:
        return membership
    membership.role = role
    membership.save()
    log_action("councils.role_changed", by=by, about=membership, before=before, after=role)
    return membership


@transaction.atomic
def end_membership(membership: Membership, *, by: User) -> Membership:
    """End a membership or refuse a candidate. The rights are gone with the next request; it cannot be undone."""
    _take_turns(membership, by)
    require(can_end_membership(by, membership), "A lead of the council or the secretariat ends a place.")
    membership = _locked(membership)
    if membership.state == State.ENDED:
        return membership
    is_last_lead = membership.role == Role.LEAD and membership.state == State.CONFIRMED
    if is_last_lead and by == membership.person and leads_of(membership.organisation).count() == 1:
        raise Refused(f"{membership.organisation} would have no lead. Make somebody else lead first.")
    return _end(membership, by=by, reason="left" if by == membership.person else "ended")


def _end(membership: Membership, *, by: User | None, reason: str) -> Membership:
    membership.state, membership.may_be_asked = State.ENDED, False
    membership.decided_by, membership.decided_at = by, clock.now()
    membership.save()
    log_action("councils.membership_ended", by=by, about=membership, reason=reason)
    queue_message(emails.membership_ended, membership, to=membership.person, reason=reason)
    return membership


@transaction.atomic
def recompute_memberships(person: User) -> None:
    """After a change of address, end the memberships that rested on the old one."""
    User.objects.select_for_update().get(pk=person.pk)
    domains = verified_domains(person)
    living = Membership.objects.select_for_update(of=("self",)).filter(person=person).exclude(state=State.ENDED)
    for membership in living.select_related("organisation", "person"):
        if membership.via_domain and membership.via_domain not in domains:
            _end(membership, by=None, reason="address changed")


@transaction.atomic
def ask_again_for_places_given_by_hand(person: User) -> None:
    """After a new primary address, let memberships that were confirmed by hand wait to be confirmed again."""
    given = Membership.objects.select_for_update(of=("self",)).filter(
        person=person, via_domain="", state=State.CONFIRMED
    )
    for membership in given.select_related("organisation", "person"):
        membership.state, membership.role, membership.may_be_asked = State.CANDIDATE, Role.CONTRIBUTOR, False
        membership.save()
        log_action("councils.membership_asked_for", by=None, about=membership, reason="address changed")
        queue_message(emails.candidate_waits, membership, to=who_confirms(membership.organisation))


@transaction.atomic
def affirm_membership(membership: Membership, *, by: User) -> Membership:
    """Record that the person still acts for their organisation, as everybody is asked once a year."""
    require(by == membership.person, "Only the person themselves says that they still act here.")
    membership = _locked(membership)
    if membership.state != State.CONFIRMED:
        raise Refused("This place has ended. You can ask to join again.")
    membership.affirmed_at, membership.asked_to_affirm_at = clock.now(), None
    membership.save(update_fields=["affirmed_at", "asked_to_affirm_at"])
    log_action("councils.membership_affirmed", by=by, about=membership)
    return membership


def put_name_down(membership: Membership, *, by: User) -> Membership:
    """Name the member on the organisation's page as a person to ask, for readers who are signed in."""
    return _answer_whether_to_ask(membership, by=by, may_be_asked=True)


def take_name_off(membership: Membership, *, by: User) -> Membership:
    """No longer name the member on the organisation's page as a person to ask."""
    return _answer_whether_to_ask(membership, by=by, may_be_asked=False)


@transaction.atomic
def _answer_whether_to_ask(membership: Membership, *, by: User, may_be_asked: bool) -> Membership:
    require(by == membership.person, "Only the person themselves says whether they may be asked.")
    membership = _locked(membership)
    if membership.state != State.CONFIRMED:
        raise Refused("Your place here is not confirmed, so you cannot be asked for it.")
    if membership.may_be_asked != may_be_asked:
        membership.may_be_asked = may_be_asked
        membership.save(update_fields=["may_be_asked"])
        log_action("councils.name_put_down" if may_be_asked else "councils.name_taken_off", by=by, about=membership)
    return membership


@transaction.atomic
def ask_who_still_acts() -> int:
    """Ask members who last affirmed a year ago whether they still act; returns how many."""
    due = (
        Membership.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(state=State.CONFIRMED, asked_to_affirm_at=None, decided_at__gte=clock.HISTORY_ENDS)
        .select_related("person")
        .annotate(last_word=Coalesce("affirmed_at", "decided_at"))
        .filter(last_word__lt=clock.now() - AFFIRMED_FOR)
    )
    for membership in due:
        membership.asked_to_affirm_at = clock.now()
        membership.save(update_fields=["asked_to_affirm_at"])
        queue_message(emails.asked_to_affirm, membership, to=membership.person)
    return len(due)


@transaction.atomic
def end_unaffirmed() -> int:
    """End the memberships of those who did not answer in time; returns how many. They can ask to join again."""
    silent = (
        Membership.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(state=State.CONFIRMED, asked_to_affirm_at__lt=clock.now() - ANSWERED_WITHIN)
        .select_related("person", "organisation")
    )
    for membership in silent:
        _end(membership, by=None, reason="did not say that they still act here")
    return len(silent)
