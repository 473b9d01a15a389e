"""What time triggers."""

import datetime as dt

from core.schedules import every
from councils import asking, operations, reorganising


@every(days=1, offset=dt.timedelta(hours=7))
def ask_who_still_acts() -> None:
    operations.ask_who_still_acts()


@every(days=1, offset=dt.timedelta(hours=7))
def end_unaffirmed() -> None:
    operations.end_unaffirmed()


@every(days=1, offset=dt.timedelta(hours=3))
def forget_old_enquiries() -> None:
    asking.forget_old_enquiries()


@every(days=1, offset=dt.timedelta(minutes=10))
def carry_out_reorganisations() -> None:
    reorganising.carry_out_what_is_due()
