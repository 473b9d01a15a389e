"""The words and recipients of each message about membership, and of a question to an organisation."""

from django.conf import settings
from django.urls import reverse

from core import mail
from core.words import series
from councils.inbox import row_of
from councils.models import Enquiry, Membership
from councils.permissions import organisations_of
from councils.queries import has_lead, who_answers, who_confirms


def _context(membership: Membership) -> dict[str, object]:
    organisation = membership.organisation
    return {
        "membership": membership,
        "person": membership.person,
        "organisation": organisation,
        "role": membership.get_role_display().partition(":")[0].lower(),
        "row_url": settings.BASE_URL + row_of(membership),
        "account_url": settings.BASE_URL + reverse("account"),
        "organisation_url": settings.BASE_URL + organisation.get_absolute_url(),
    }


def candidate_waits(membership: Membership) -> None:
    """The mail to those who can confirm: the leads, or the secretariat where there is none."""
    if membership.state == Membership.State.CANDIDATE:
        for reader in who_confirms(membership.organisation):
            mail.send(to=reader.email, template="emails/membership_candidate", context=_context(membership))


def membership_confirmed(membership: Membership) -> None:
    if membership.state == Membership.State.CONFIRMED:
        mail.send(to=membership.person.email, template="emails/membership_confirmed", context=_context(membership))


def membership_ended(membership: Membership) -> None:
    if membership.state == Membership.State.ENDED and membership.person.is_active:
        mail.send(to=membership.person.email, template="emails/membership_ended", context=_context(membership))


def asked_to_affirm(membership: Membership) -> None:
    if membership.state == Membership.State.CONFIRMED and membership.asked_to_affirm_at and membership.person.is_active:
        mail.send(to=membership.person.email, template="emails/membership_affirm", context=_context(membership))


def enquiry(asked: Enquiry) -> None:
    """The question to the person asked, else to those who answer for the organisation, without the asker.

    Replies go to the asker.
    """
    if not asked.asker.is_active:
        return
    readers = [asked.person] if asked.person else who_answers(asked.organisation)
    context = {
        "asked": asked,
        "asker": asked.asker,
        "for_whom": series(organisations_of(asked.asker)),
        "organisation": asked.organisation,
        "page_url": settings.BASE_URL + asked.address,
        "has_lead": has_lead(asked.organisation),
    }
    for reader in readers:
        if reader.is_active and reader != asked.asker:
            mail.send(to=reader.email, template="emails/enquiry", context=context, reply_to=asked.asker.email)
