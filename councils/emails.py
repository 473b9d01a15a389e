"""The words of each message about membership, and of a question to an organisation."""

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import User
from core.words import series
from councils.inbox import row_of
from councils.models import Enquiry, Membership
from councils.permissions import organisations_of
from councils.queries import has_lead
from outbox.kinds import Letter, kind

State = Membership.State


def _memberships() -> QuerySet[Membership]:
    return Membership.objects.select_related("person", "organisation")


def _letter(template: str, membership: Membership) -> Letter:
    organisation = membership.organisation
    context = {
        "membership": membership,
        "person": membership.person,
        "organisation": organisation,
        "role": membership.get_role_display().partition(":")[0].lower(),
        "row_url": settings.BASE_URL + row_of(membership),
        "home_url": f"{settings.BASE_URL}/",
        "account_url": settings.BASE_URL + reverse("account"),
        "organisation_url": settings.BASE_URL + organisation.get_absolute_url(),
    }
    return Letter(f"emails/membership_{template}", context)


@kind("councils.candidate_waits", "Somebody asks to join your council", about=_memberships)
def candidate_waits(membership: Membership, to: User | None) -> Letter | None:
    return _letter("candidate", membership) if membership.state == State.CANDIDATE else None


@kind("councils.membership_confirmed", "You can act for a council", about=_memberships)
def membership_confirmed(membership: Membership, to: User | None) -> Letter | None:
    return _letter("confirmed", membership) if membership.state == State.CONFIRMED else None


@kind("councils.membership_went_over", "Your council was reorganised", about=_memberships)
def membership_went_over(membership: Membership, to: User | None) -> Letter | None:
    return _letter("went_over", membership) if membership.state != State.ENDED else None


@kind("councils.membership_ended", "You no longer act for a council", about=_memberships)
def membership_ended(membership: Membership, to: User | None, reason: str = "") -> Letter | None:
    """Why it ended, where that was written down: as in the audit trail."""
    if membership.state != State.ENDED:
        return None
    letter = _letter("ended", membership)
    return Letter(letter.template, {**letter.context, "reason": reason})


@kind("councils.work_handed_over", "A colleague’s work was handed over to you", about=_memberships)
def work_handed_over(membership: Membership, to: User | None, was: int, went: list[str]) -> Letter | None:
    """Who had it, and how much of what; titles stand on the pages that its reader may open."""
    if membership.state != State.CONFIRMED:
        return None
    letter = _letter("handed_over", membership)
    return Letter(letter.template, {**letter.context, "was": User.objects.filter(pk=was).first(), "went": went})


@kind("councils.work_taken_over", "Your work at a council was handed to a colleague", about=_memberships)
def work_taken_over(membership: Membership, to: User | None, now: int, went: list[str]) -> Letter | None:
    """Who has it now, and how much of what; for somebody who stays."""
    if membership.state != State.CONFIRMED:
        return None
    letter = _letter("taken_over", membership)
    return Letter(letter.template, {**letter.context, "now": User.objects.filter(pk=now).first(), "went": went})


@kind("councils.asked_to_affirm", "Whether you still act for a council, once a year", about=_memberships)
def asked_to_affirm(membership: Membership, to: User | None) -> Letter | None:
    is_open = membership.state == State.CONFIRMED and membership.asked_to_affirm_at
    return _letter("affirm", membership) if is_open else None


@kind(
    "councils.enquiry",
    "Somebody has a question for you or your council",
    about=lambda: Enquiry.objects.select_related("asker", "organisation", "person"),
)
def enquiry(asked: Enquiry, to: User | None) -> Letter | None:
    """The question, whose answer goes to the asker."""
    if not asked.asker.is_active:
        return None
    context = {
        "asked": asked,
        "asker": asked.asker,
        "for_whom": series(organisations_of(asked.asker)),
        "organisation": asked.organisation,
        "page_url": settings.BASE_URL + asked.address,
        "has_lead": has_lead(asked.organisation),
    }
    return Letter("emails/enquiry", context, reply_to=asked.asker.email)
