"""The figures of a business case, checked once for outline and case."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from core import clock
from core.errors import Refused

MOST_COUNCILS = 1000
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


def checked_bases(bases: Mapping[str, Any]) -> dict[str, Any]:
    """The six fields of the bases of cost and saving, empty where nothing is said, or a refusal at the one at fault."""
    checked: dict[str, Any] = {}
    for of in ("cost", "saving"):
        councils, number, day = (bases.get(f"{of}_{part}") or None for part in ("base", "councils", "as_at"))
        said = [each is not None for each in (councils, number, day)]
        if any(said) and not all(said):
            missing = next(
                part for part, is_said in zip(("base", "councils", "as_at"), said, strict=True) if not is_said
            )
            raise Refused(
                "Say which councils, how many, and as at which day, or nothing of it.", field=f"{of}_{missing}"
            )
        if isinstance(day, dt.date) and day > clock.today():
            raise Refused("Figures are as at a day that has been.", field=f"{of}_as_at")
        if number is not None and not 0 < int(number) <= MOST_COUNCILS:
            raise Refused("Enter how many councils, as in 15.", field=f"{of}_councils")
        checked |= {f"{of}_base": councils or "", f"{of}_councils": number, f"{of}_as_at": day}
    return checked
