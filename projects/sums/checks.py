"""The figures of a business case, checked once for outline and case."""

from decimal import Decimal, InvalidOperation
from typing import Any

from core.errors import Refused

MOST_TRANSACTIONS = 2_000_000_000  # about what a database integer holds


def checked_sums(
    *, volume: Any, unit_cost_now: Any, saving_per_unit: Any, take_up: Any, one_off_cost: Any
) -> dict[str, Any]:
    """The five figures as decimals, or a refusal at the field that cannot be."""
    try:
        sums = {
            "unit_cost_now": Decimal(str(unit_cost_now)),
            "saving_per_unit": Decimal(str(saving_per_unit)),
            "take_up": Decimal(str(take_up)),
            "one_off_cost": Decimal(str(one_off_cost)),
        }
    except InvalidOperation:
        raise Refused("The figures of a business case are numbers.") from None
    if not 0 <= int(volume) <= MOST_TRANSACTIONS:
        raise Refused("Transactions a year are a number from 0 to two thousand million.", field="volume")
    for name, amount in sums.items():
        if not amount.is_finite() or amount < 0:
            raise Refused("Enter an amount of 0 or more.", field=name)
    if sums["saving_per_unit"] > sums["unit_cost_now"]:
        raise Refused("No more can be saved per transaction than one costs today.", field="saving_per_unit")
    if sums["take_up"] > 100:
        raise Refused("Take-up is a share: 100% at most.", field="take_up")
    return {"volume": int(volume), **sums}
