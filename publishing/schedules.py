"""Pages go live and expire at the times that were set in the admin, bundles at theirs; case studies are followed up."""

from core.schedules import every
from publishing.bundles.operations import release_due_bundles
from publishing.following_up import ask_for_follow_ups
from publishing.operations import publish_and_expire_what_is_due


@every(minutes=1)
def publish_and_expire_on_time() -> None:
    publish_and_expire_what_is_due()
    release_due_bundles()


@every(days=1)
def follow_case_studies_up() -> None:
    ask_for_follow_ups()
