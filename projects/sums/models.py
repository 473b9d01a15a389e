"""The figures of a business case, which an outline and a case share, and what follows from them."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import models
from django.db.models import Q

from projects.sums.precision import digits_for, rounded, rounded_up

# What a business case is made of, as its forms and operations name it.
SUMS = ("volume", "unit_cost_now", "saving_per_unit", "take_up", "one_off_cost")
# On what its cost and its saving rest.
BASES = ("cost_base", "cost_councils", "cost_as_at", "saving_base", "saving_councils", "saving_as_at")


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
        """With the yearly saving raised or lowered by `savings_change` (0.2 for plus 20 %).

        Neither is more precise than the figures that it is made of.
        """
        take_up, saving, cost = self._kept
        digits = digits_for((take_up, saving))
        exact = self.volume * take_up / 100 * saving * (1 + savings_change)
        months = rounded_up(cost * 12 / exact, digits_for((take_up, saving, cost))) if exact > 0 else None
        return Payback(rounded(exact, digits), months)

    @property
    def _kept(self) -> tuple[Decimal, Decimal, Decimal]:
        """Take-up, saving and cost as the database keeps them: to a tenth of a per cent, and to the penny."""
        penny = Decimal("0.01")
        share = Decimal(self.take_up).quantize(Decimal("0.1"))
        return share, Decimal(self.saving_per_unit).quantize(penny), Decimal(self.one_off_cost).quantize(penny)

    @property
    def moved(self) -> int:
        """How many transactions move, no more precise than the share that moves."""
        take_up = self._kept[0]
        return int(rounded(self.volume * take_up / 100, digits_for((take_up,))))

    def sensitivity(self) -> dict[str, Payback]:
        """Payback at 20 % less, as assumed, and 20 % more."""
        return {
            "20% less": self.payback(savings_change=Decimal("-0.2")),
            "as assumed": self.payback(),
            "20% more": self.payback(savings_change=Decimal("0.2")),
        }


class Based(models.Model):
    """On what the cost and the saving of a business case rest: which councils, how many, as at which day."""

    cost_base = models.CharField("councils behind the cost", max_length=200, blank=True)
    cost_councils = models.PositiveSmallIntegerField("how many councils", null=True, blank=True)
    cost_as_at = models.DateField("as at", null=True, blank=True)
    saving_base = models.CharField("councils behind the saving", max_length=200, blank=True)
    saving_councils = models.PositiveSmallIntegerField("how many councils", null=True, blank=True)
    saving_as_at = models.DateField("as at", null=True, blank=True)

    class Meta:
        abstract = True


def bases_are_whole(prefix: str) -> list[models.BaseConstraint]:
    """A base names its councils, says how many and as at which day, or nothing of it is said."""
    return [
        models.CheckConstraint(
            condition=Q(**{f"{of}_base": "", f"{of}_councils": None, f"{of}_as_at": None})
            | (
                ~Q(**{f"{of}_base": ""})
                & Q(**{f"{of}_councils__isnull": False, f"{of}_councils__gt": 0, f"{of}_as_at__isnull": False})
            ),
            name=f"{prefix}_{of}_has_a_whole_base_or_none",
        )
        for of in ("cost", "saving")
    ]


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
