from core.schedules import every
from voting.outcome import operations


@every(minutes=1)
def close_ballots() -> None:
    """Votes with an announced end close by themselves."""
    operations.close_ballots_that_are_due()
