"""Inviting people to answer: one by one, or all of a file."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core.errors import Refused
from core.permissions import require
from councils.kinds import Kind
from councils.models import Organisation
from surveys.fieldwork.models import Fieldwork, SurveyInvitation
from surveys.fieldwork.once import AddressesOfWave
from surveys.fieldwork.operations.locks import locked, locked_with
from surveys.fieldwork.operations.running import send_invitations
from surveys.fieldwork.permissions import BECAUSE, can_run_surveys
from surveys.fieldwork.queries import why_not_taken
from surveys.waves.levels import suggested_level

# By this address, another of the same account, or one that was: which of them, nobody has to know.
ONCE = "Whoever has this address was invited already. Everybody answers once."
MOST_INVITED = 20_000  # to one wave


@dataclass(frozen=True)
class Person:
    """Whom to invite, as entered."""

    organisation: Organisation
    email: str
    name: str = ""
    title: str = ""
    role: str = ""


@transaction.atomic
def invite_to_survey(
    fieldwork: Fieldwork,
    *,
    by: User,
    organisation: Organisation,
    email: str,
    name: str = "",
    title: str = "",
    role: str = "",
) -> SurveyInvitation:
    """Invite one person, whose level is suggested by title and role; to an open wave they are sent their link."""
    require(can_run_surveys(by), BECAUSE)
    fieldwork = locked(fieldwork)
    one = Person(organisation, email.lower(), name, title, role)
    if AddressesOfWave(fieldwork).is_known(one.email):
        raise Refused(ONCE, field="email")
    _invite(fieldwork, [one], by=by)
    return SurveyInvitation.objects.get(fieldwork=fieldwork, email=one.email)


@transaction.atomic
def invite_all(fieldwork: Fieldwork, *, by: User | None, people: Sequence[Person]) -> int:
    """Invite everybody of a list who neither is invited yet nor has answered; how many. `by` is None for the demo."""
    if by is not None:
        require(can_run_surveys(by), BECAUSE)
    fieldwork = locked(fieldwork)
    known, new = AddressesOfWave(fieldwork), []
    for each in people:
        if not known.is_known(address := each.email.lower()):
            known.add(address)
            new.append(each)
    _invite(fieldwork, new, by=by)
    return len(new)


def _invite(fieldwork: Fieldwork, people: Sequence[Person], *, by: User | None) -> None:
    """Invite people to a locked wave."""
    if fieldwork.state != Fieldwork.State.PREPARED and (why := why_not_taken(fieldwork)):
        raise Refused(why)
    if fieldwork.invitations.count() + len(people) > MOST_INVITED:
        raise Refused(f"A wave invites {MOST_INVITED:,} people at most.")
    if not people:
        return
    SurveyInvitation.objects.bulk_create(
        SurveyInvitation(
            fieldwork=fieldwork,
            organisation=each.organisation,
            email=each.email.lower(),
            name=each.name,
            title=each.title,
            role=each.role,
            level=suggested_level(
                each.title, role=each.role, is_central=each.organisation.kind == Kind.DEPARTMENT
            ).value,
        )
        for each in people
    )
    if fieldwork.is_open:
        send_invitations(fieldwork)
    log_action("surveys.invited", by=by, about=fieldwork, year=fieldwork.wave.year, invitations=len(people))


@transaction.atomic
def withdraw_invitation(invitation: SurveyInvitation, *, by: User) -> Fieldwork:
    """Take back an invitation with whatever was saved of its answers, as of a wrong address; its link then ends.

    Not once its answers are handed in: nobody could find them.
    """
    require(can_run_surveys(by), BECAUSE)
    fieldwork, invitation = locked_with(invitation)
    if invitation.state == SurveyInvitation.State.HANDED_IN:
        raise Refused("Answers were handed in by this link. Only whoever has their receipt takes them back.")
    if fieldwork.has_ended:
        raise Refused(why_not_taken(fieldwork))
    invitation.delete()
    log_action("surveys.invitation_withdrawn", by=by, about=fieldwork, year=fieldwork.wave.year)
    return fieldwork
