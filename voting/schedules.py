from core.schedules import every
from voting.outcome import operations


@every(minutes=1)
def close_ballots() -> None:
    """Close votes at their announced time."""
    operations.close_ballots_that_are_due()
