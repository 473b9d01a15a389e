"""A commitment ends where the council's confirmed use keeps it."""

from core import clock
from take_up.models import Adoption, Commitment

# What a confirmed status keeps: whoever pilots has kept a promise to pilot, not one to use.
_KEEPS = {
    Adoption.Status.PILOTING: [Commitment.Would.PILOT],
    Adoption.Status.LIVE: [Commitment.Would.PILOT, Commitment.Would.USE],
}


def fulfil_commitments(adoption: Adoption) -> int:
    """End the open commitments that a confirmed adoption keeps, in the caller's transaction; how many there were."""
    kept = Commitment.objects.filter(
        asset=adoption.asset_id,
        council=adoption.council_id,
        ended_on__isnull=True,
        would__in=_KEEPS.get(Adoption.Status(adoption.status), []),
    )
    return kept.update(ended_on=clock.today(), ending=Commitment.Ending.ADOPTED, updated_at=clock.now())
