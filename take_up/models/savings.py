from collections.abc import Iterable

from django.db import models
from django.db.models import Q

from assets_registry.models import Asset
from core.privacy import Privacy

LEAST_FIGURES = 5  # in a sum that no sum before it had: fewer could tell what one council said


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

    def has_enough_beside(self, others: Iterable["SavingsShown"]) -> bool:
        """Whether five of its figures or more stand in none of the sums that were shown before.

        Then no sums, added and subtracted in whatever way, come to the figure of one council: the latest of them brings
        five figures along that no other takes away again.
        """
        known = {figure for each in others for figure in each.figures.items()}
        return len(self.figures.items() - known) >= LEAST_FIGURES
