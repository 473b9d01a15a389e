"""The task that wrote about adoptions before the outbox did: one that still waits when a site is updated asks for its
message now. Nothing queues it any more; the release after the next deletes it.
"""

from core.jobs import retrying_task
from councils.queries import who_confirms
from outbox.operations import queue_message
from take_up import emails
from take_up.models import Adoption


@retrying_task()
def tell_of_waiting_adoption(adoption_id: int) -> None:
    """Ask about an adoption, unless it was turned down, and so deleted, in the meantime; twice asks once."""
    if adoption := Adoption.objects.select_related("council").filter(pk=adoption_id).first():
        queue_message(emails.adoption_waits, adoption, to=who_confirms(adoption.council), key="before the outbox")
