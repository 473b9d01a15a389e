from django.conf import settings
from django.db import models
from django.db.models import F, Q

from assets_registry.models import WHO
from core import clock
from core.privacy import Privacy
from take_up.models.benefit import Benefit


class TurnedDown(models.Model):
    """What somebody reported of a promise and another did not accept, with the reason; it counts nowhere."""

    promise = models.ForeignKey(Benefit, on_delete=models.CASCADE, related_name="turned_down")
    value = models.DecimalField(max_digits=14, decimal_places=2)
    value_words = models.CharField(max_length=80, blank=True)
    n = models.PositiveIntegerField("measured on", help_text="How many councils, forms, cases")
    n_words = models.CharField(max_length=80, blank=True)
    measured_on = models.DateField()
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=500, help_text="Why it does not hold")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    privacy = Privacy(
        rows="What you measured that was turned down",
        subject="reported_by",
        personal={"reported_by": WHO, "by": WHO},
        impersonal=("value_words", "n_words", "because"),
    )

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(because=""), name="what_is_turned_down_says_why"),
            models.CheckConstraint(condition=~Q(by=F("reported_by")), name="nobody_turns_down_their_own_measurement"),
        ]

    def __str__(self) -> str:
        return f"{self.value_words or self.value} on {self.measured_on}, turned down"
