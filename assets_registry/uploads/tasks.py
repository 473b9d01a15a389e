"""The task that imports an upload, in steps between which the worker does what else waits."""

from assets_registry.uploads.running import import_some
from core.jobs import retrying_task
from core.wake import wake


@retrying_task()
def import_upload(upload_id: int) -> None:
    """Import the next entries, and ask for those after them."""
    if import_some(upload_id):
        ask_for(upload_id)


def ask_for(upload_id: int) -> None:
    """Queue the task and wake the worker."""
    import_upload.enqueue(upload_id)
    wake()
