"""The words and recipients of each message about membership."""

from django.conf import settings
from django.urls import reverse

from core import mail
from councils.inbox import row_of
from councils.models import Membership
from councils.queries import who_confirms


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
    """To whoever can confirm: the leads, or the secretariat where there is none."""
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
