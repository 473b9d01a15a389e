"""The figures of a business case, which an outline and a case share, and what follows from them."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from django.db import models
from django.db.models import Q

# What a business case is made of, as its forms and operations name it.
SUMS = ("volume", "unit_cost_now", "saving_per_unit", "take_up", "one_off_cost")


@dataclass(frozen=True)
class Payback:
    """How long the one-off cost takes to come back: `months` is None where nothing is saved."""

    yearly_saving: Decimal
    months: int | None


class Sums(models.Model):
    """The figures of a business case: volume × take-up × saving per unit against the one-off cost."""

    volume = models.PositiveIntegerField(help_text="Transactions a year, over all councils in scope")
    unit_cost_now = models.DecimalField(max_digits=9, decimal_places=2, help_text="£ per transaction today")
    saving_per_unit = models.DecimalField(max_digits=9, decimal_places=2, help_text="£ saved per transaction moved")
    take_up = models.DecimalField(
        "take-up assumed", max_digits=4, decimal_places=1, help_text="Per cent of transactions that move"
    )
    one_off_cost = models.DecimalField(max_digits=12, decimal_places=2, help_text="£ to build and launch")

    class Meta:
        abstract = True

    def payback(self, *, savings_change: Decimal = Decimal(0)) -> Payback:
        """With the yearly saving raised or lowered by `savings_change` (0.2 for plus 20 %)."""
        yearly = (self.volume * self.take_up / 100 * self.saving_per_unit * (1 + savings_change)).quantize(
            Decimal("0.01")
        )
        months = int((self.one_off_cost * 12 / yearly).to_integral_value(ROUND_CEILING)) if yearly > 0 else None
        return Payback(yearly, months)

    def sensitivity(self) -> dict[str, Payback]:
        """Payback at 20 % less, as assumed, and 20 % more."""
        return {
            "20% less": self.payback(savings_change=Decimal("-0.2")),
            "as assumed": self.payback(),
            "20% more": self.payback(savings_change=Decimal("0.2")),
        }


def sums_make_sense(prefix: str) -> list[models.BaseConstraint]:
    """Nobody saves more per unit than a unit costs; a share is at most 100 %; nothing is negative."""
    return [
        models.CheckConstraint(
            condition=Q(saving_per_unit__lte=models.F("unit_cost_now")) & Q(saving_per_unit__gte=0),
            name=f"{prefix}_saves_no_more_than_a_unit_costs",
        ),
        models.CheckConstraint(condition=Q(take_up__gte=0, take_up__lte=100), name=f"{prefix}_take_up_is_a_share"),
        models.CheckConstraint(condition=Q(one_off_cost__gte=0), name=f"{prefix}_cost_is_not_negative"),
    ]
