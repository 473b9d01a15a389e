"""Pages go live and expire at the times that were set in the admin; case studies are followed up; interviews go."""

from core.schedules import every
from publishing.following_up import ask_for_follow_ups
from publishing.interview import operations as interviews
from publishing.operations import publish_and_expire_what_is_due


@every(minutes=1)
def publish_and_expire_on_time() -> None:
    publish_and_expire_what_is_due()


@every(days=1)
def follow_case_studies_up() -> None:
    ask_for_follow_ups()


@every(days=1)
def forget_interviews() -> None:
    """Delete interviews that nobody has gone on with for half a year."""
    interviews.forget_interviews()
