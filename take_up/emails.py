"""The words of the message about an adoption that waits."""

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import User
from councils.queries import leads_of
from outbox.kinds import Letter, kind
from take_up import inbox
from take_up.models import Adoption


def _adoptions() -> QuerySet[Adoption]:
    return Adoption.objects.select_related("asset", "council", "asked_by", "declared_by")


@kind(
    "take_up.adoption_waits",
    "Your council’s use of an asset waits to be confirmed",
    about=_adoptions,
    began="declared_at",
)
def adoption_waits(adoption: Adoption, to: User | None) -> Letter | None:
    """That an adoption, or a change of it, waits; to somebody of the secretariat also that the council has no lead."""
    if not adoption.is_waiting:
        return None
    status = Adoption.Status(adoption.asked_status or adoption.status).label
    context = {
        "person": to,
        "is_lead": to in leads_of(adoption.council),
        "adoption": adoption,
        "asker": adoption.asked_by or adoption.declared_by,
        "council": adoption.council,
        "status": status.lower(),
        "since": adoption.asked_since or adoption.since,
        "url": settings.BASE_URL + adoption.asset.get_absolute_url(),
        "row_url": f"{settings.BASE_URL}{reverse('take_up:waiting')}#{inbox.key_of(adoption)}",
    }
    return Letter("emails/adoption_waiting", context)
