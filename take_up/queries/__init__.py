"""How far assets have spread, and what was promised beside what was measured."""

from take_up.queries.benefits import BenefitSums, Claimed, Confirmed, sums, sums_of_all
from take_up.queries.take_up import (
    KindTakeUp,
    TakeUp,
    live_on_record,
    most_used_first,
    take_up,
    take_ups,
    take_ups_with_adopters,
    use_on_record,
)

__all__ = [
    "BenefitSums",
    "Claimed",
    "Confirmed",
    "KindTakeUp",
    "TakeUp",
    "live_on_record",
    "most_used_first",
    "sums",
    "sums_of_all",
    "take_up",
    "take_ups",
    "take_ups_with_adopters",
    "use_on_record",
]
