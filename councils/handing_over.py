"""Somebody leaves a council: all that is in their name there goes to one colleague, in one step."""

from django.db import transaction

from accounts import rights
from accounts.models import User
from accounts.permissions import may_manage_people
from audit.operations import log_action
from core.errors import Refused
from core.permissions import require
from core.words import series
from councils import emails
from councils.leaving import WorkHandedOver, belongs_or_belonged, hand_all_over
from councils.models import Membership, Organisation
from councils.operations import change_role, end_membership
from councils.permissions import RANK, can_hand_over_work
from councils.queries import who_takes_over
from outbox.operations import queue_message

State, Role = Membership.State, Membership.Role
NOT_OF_HERE = "Only the secretariat hands over what somebody has here who never belonged to this council."
FOR_LEADS = "Only a lead of this council, with a second factor set up, or the secretariat hands work over."


@transaction.atomic
def hand_over_work(
    organisation: Organisation, *, by: User, was: User, to: User, gives_role: bool = False, ends_place: bool = False
) -> list[str]:
    """Give a colleague all that is in one person's name at an organisation; returns what went over, in words.

    With `gives_role` the colleague has the role of whoever leaves, if that is the higher one; with `ends_place` the
    place of whoever leaves ends.
    """
    # The organisation's row is the lock, as of every decision about its members.
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    rights.forget()
    require(can_hand_over_work(by, organisation), FOR_LEADS)
    require(belongs_or_belonged(was, organisation) or may_manage_people(by), NOT_OF_HERE)
    if to == was:
        raise Refused("Choose somebody else than the person whose work it is.", field="to")
    places = Membership.objects.filter(organisation=organisation).exclude(state=State.ENDED)
    left = places.filter(person=was).select_related("person", "organisation").first()
    right = _place_of_who_takes_over(organisation, to)
    all_that_went, was_any = hand_all_over(WorkHandedOver(organisation, was, to, by))
    went = all_that_went.words
    is_higher = left is not None and left.state == State.CONFIRMED and RANK[left.role] > RANK[right.role]
    if gives_role and is_higher:
        assert left is not None  # asked just now
        right = change_role(right, by=by, role=left.role)
        went.append(f"the role of {left.line.lower()}")
    if ends_place and left is not None:
        end_membership(left, by=by)
    elif not (went or was_any):
        raise Refused(f"Nothing at {organisation} is in the name of {was} any more.")
    if went:
        log_action("councils.work_handed_over", by=by, about=right, was=was.pk, went_over=went, rows=all_that_went.rows)
    if went and to != by:
        queue_message(emails.work_handed_over, right, to=to, was=was.pk, went=went)
    if went and was != by and left is not None and left.state == State.CONFIRMED and not ends_place:
        queue_message(emails.work_taken_over, left, to=was, now=to.pk, went=went)
    return went


def _place_of_who_takes_over(organisation: Organisation, to: User) -> Membership:
    """The place of a colleague who writes here, locked with their account until all is theirs.

    An account is closed, and a place ends with its address or after a year, without the organisation's lock: the
    account first and then the place, as those do.
    """
    is_colleague = who_takes_over(organisation).select_for_update(of=("self",)).filter(pk=to.pk).first()
    places = organisation.memberships.filter(person=to, state=State.CONFIRMED, role__in=Role.values[1:])
    locked = places.select_for_update(of=("self",)).select_related("person", "organisation")
    place = locked.first() if is_colleague else None
    if place is None:
        raise Refused(f"{to} does not write for {organisation}. Choose a colleague who does.", field="to")
    return place


def in_a_sentence(went: list[str]) -> str:
    """What went over as a message says it."""
    return series(went) if went else "nothing, for nothing was in their name that could go over"
