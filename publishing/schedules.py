"""Pages go live and expire at the times that were set in the admin."""

from core.schedules import every
from publishing.operations import publish_and_expire_what_is_due


@every(minutes=1)
def publish_and_expire_on_time() -> None:
    publish_and_expire_what_is_due()
