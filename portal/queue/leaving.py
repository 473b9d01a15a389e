"""What somebody has taken from the queue, for a colleague who sees it too, or for whoever takes it next."""

from django.db.models import OuterRef, QuerySet, Subquery

from councils.leaving import PersonalWork, WorkHandedOver
from councils.models import Membership
from portal.models import QueueClaim
from portal.queue.sources import BY_KIND


def _taken() -> QuerySet[QueueClaim]:
    """The claims, each with the organisation that its person had a place at last as `at_council`."""
    places = Membership.objects.filter(person=OuterRef("person")).exclude(state=Membership.State.CANDIDATE)
    return QueueClaim.objects.annotate(at_council=Subquery(places.order_by("-pk").values("organisation")[:1]))


def _hand_on(claim: QueueClaim, handing: WorkHandedOver) -> bool:
    """A colleague who does not see the queue gets nothing of it: it waits for whoever takes it next."""
    if BY_KIND[claim.kind].is_seen_by(handing.to):
        claim.person = handing.to
        claim.save(update_fields=["person"])
        return True
    claim.delete()
    return False


OF_ONE_PERSON = (
    PersonalWork(
        ("line taken from the Alliance’s queue", "lines taken from the Alliance’s queue"),
        _taken,
        "at_council",
        "person",
        _hand_on,
    ),
)
