"""Mail about the use of assets: takes ids, reads afresh, safe to run twice."""

from core.jobs import retrying_task
from take_up import emails
from take_up.models import Adoption


@retrying_task()
def tell_of_waiting_adoption(adoption_id: int) -> None:
    """Mail about an adoption, unless it was turned down, and so deleted, in the meantime."""
    if adoption := Adoption.objects.select_related("asset", "council").filter(pk=adoption_id).first():
        emails.adoption_waits(adoption)
