"""What the admin promises for a time: pages go live and expire by the clock."""

from core.schedules import every
from publishing.operations import publish_and_expire_what_is_due


@every(minutes=1)
def publish_and_expire_on_time() -> None:
    publish_and_expire_what_is_due()
