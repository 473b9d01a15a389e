"""The words and recipients of the message about an adoption that waits."""

from django.conf import settings
from django.urls import reverse

from core import mail
from councils.models import Membership
from councils.queries import who_confirms
from take_up import inbox
from take_up.models import Adoption


def adoption_waits(adoption: Adoption) -> None:
    """To the council's leads; where it has none, to the secretariat, so that it gets one."""
    if not adoption.is_waiting:
        return
    status = Adoption.Status(adoption.asked_status or adoption.status).label
    context = {
        "adoption": adoption,
        "asker": adoption.asked_by or adoption.declared_by,
        "council": adoption.council,
        "status": status.lower(),
        "since": adoption.asked_since or adoption.since,
        "url": settings.BASE_URL + adoption.asset.get_absolute_url(),
        "row_url": f"{settings.BASE_URL}{reverse('take_up:waiting')}#{inbox.key_of(adoption)}",
    }
    for person in who_confirms(adoption.council):
        is_lead = person.memberships.filter(
            organisation=adoption.council, role=Membership.Role.LEAD, state=Membership.State.CONFIRMED
        ).exists()
        context |= {"person": person, "is_lead": is_lead}
        mail.send(to=person.email, template="emails/adoption_waiting", context=context)
