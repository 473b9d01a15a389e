"""The scheduled work of the survey."""

from core.schedules import every
from surveys.release import operations


@every(minutes=1)
def close_surveys() -> None:
    """Open and count the answers of waves whose time has come."""
    operations.close_fieldworks_that_are_due()


@every(days=1)
def forget_invitations() -> None:
    """Delete who was invited, 90 days after the close, also of a wave that never opened."""
    operations.forget_invitations()


@every(days=1)
def forget_texts() -> None:
    """Empty what people wrote in a survey that nobody has published a year after its close."""
    operations.forget_texts()
