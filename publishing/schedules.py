"""What time does to pages: they go live and expire, alone or in bundles, are followed up; old interviews go."""

from core.schedules import every
from publishing.bundles.operations import release_due_bundles
from publishing.following_up import ask_for_follow_ups, tell_of_silence
from publishing.interview import operations as interviews
from publishing.operations import publish_and_expire_what_is_due


@every(minutes=1)
def publish_and_expire_on_time() -> None:
    publish_and_expire_what_is_due()
    release_due_bundles()


@every(days=1)
def follow_case_studies_up() -> None:
    ask_for_follow_ups()
    tell_of_silence()


@every(days=1)
def forget_interviews() -> None:
    """Delete interviews that nobody has gone on with for half a year."""
    interviews.forget_interviews()
