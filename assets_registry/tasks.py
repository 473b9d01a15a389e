"""The task that wrote about assets before the outbox did: one that still waits when a site is updated asks for its
message now. Nothing queues it any more; the release after the next deletes it.
"""

from assets_registry import emails
from assets_registry.models import Asset
from assets_registry.queries import whose_turn
from core.jobs import retrying_task
from outbox.operations import queue_message


@retrying_task()
def tell_of_waiting_asset(asset_id: int, by_id: int) -> None:
    """Ask for the message to whoever decides next, except the person who handed it on; twice asks once."""
    asset = Asset.objects.select_related("owner").get(pk=asset_id)
    readers = [person for person in whose_turn(asset) if person.pk != by_id]
    queue_message(emails.asset_waits, asset, to=readers, key="before the outbox")
