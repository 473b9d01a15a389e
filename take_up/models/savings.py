from django.db import models
from django.db.models import Q

from assets_registry.models import Asset
from core.privacy import Privacy

LEAST_FIGURES = 5  # in a sum, and between one sum and every other: fewer could tell what one council said


class SavingsShown(models.Model):
    """What councils said that using an asset saved them, as it is shown from a day on; only ever added to."""

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="savings_shown")
    as_at = models.DateField()
    figures = models.JSONField(help_text="The pounds that each council gave, by the key of its adoption; never shown")
    n = models.PositiveIntegerField(help_text="How many figures")
    of = models.PositiveIntegerField(help_text="How many councils used it live on that day")
    is_illustrative = models.BooleanField(default=False)

    privacy = Privacy(impersonal=("figures",))

    class Meta:
        ordering = ["as_at"]
        verbose_name_plural = "savings shown"
        constraints = [
            models.UniqueConstraint(fields=["asset", "as_at"], name="one_sum_of_savings_of_an_asset_a_day"),
            models.CheckConstraint(
                condition=Q(n__gte=LEAST_FIGURES, of__gte=models.F("n")), name="a_sum_of_savings_is_of_five_figures"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asset}: {self.n} figures on {self.as_at}"

    def differs_enough_from(self, other: "SavingsShown") -> bool:
        """Whether five figures or more are new, gone or changed, so that both sums together tell no single one."""
        keys = self.figures.keys() | other.figures.keys()
        return sum(self.figures.get(key) != other.figures.get(key) for key in keys) >= LEAST_FIGURES
