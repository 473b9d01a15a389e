from dataclasses import replace
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from assets_registry.models import WHO
from core import clock
from core.models import Illustrative, Recorded
from core.privacy import Privacy

COUNCILS = "councils"  # what was counted, where a measurement is of councils


class MeasurementQuerySet(models.QuerySet["Measurement"]):
    def waiting(self) -> Self:
        """Those that nobody has checked, and that say something once they are.

        What a case study first gave of itself is its claim, which no check confirms.
        """
        own_claim = Q(promise__origin="case_study", measured_on__lte=F("promise__claimed_on"))
        return self.filter(checked_by__isnull=True).exclude(own_claim)


class Measurement(Recorded, Illustrative):
    """What somebody measured of a promise on one day, on how many; it counts once somebody else has checked it."""

    promise = models.ForeignKey("take_up.Benefit", on_delete=models.CASCADE, related_name="measurements")
    value = models.DecimalField(max_digits=14, decimal_places=2)
    value_words = models.CharField(max_length=80, blank=True, help_text="200 to 300, where it is a range")
    n = models.PositiveIntegerField("measured on", help_text="How many councils, forms, cases")
    n_words = models.CharField(max_length=80, blank=True, help_text="councils, forms")
    measured_on = models.DateField()
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(default=clock.now)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    checked_at = models.DateTimeField(null=True, blank=True)
    explanation = models.TextField(
        max_length=2000, blank=True, help_text="Why the promise was missed, where this measurement says so"
    )
    explained_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    explained_at = models.DateTimeField(null=True, blank=True)

    objects = MeasurementQuerySet.as_manager()

    privacy = Privacy(
        subject="reported_by",
        personal={
            "reported_by": WHO,
            "checked_by": replace(WHO, what="Who checked it"),
            "explained_by": replace(WHO, what="Who explained it"),
        },
        impersonal=("value_words", "n_words", "explanation", "source"),
    )

    class Meta:
        ordering = ["measured_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["promise", "measured_on"], name="one_measurement_of_a_promise_a_day"),
            models.CheckConstraint(condition=Q(n__gt=0), name="a_measurement_is_made_on_something"),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("reported_by")),
                name="nobody_checks_their_own_measurement",
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True, checked_at__isnull=True)
                | Q(checked_by__isnull=False, checked_at__isnull=False),
                name="a_checked_measurement_says_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=Q(explanation="", explained_by__isnull=True, explained_at__isnull=True)
                | (
                    ~Q(explanation="")
                    & Q(explained_by__isnull=False, explained_at__isnull=False, checked_by__isnull=False)
                ),
                name="an_explanation_is_of_a_checked_measurement_and_says_whose",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value_words or self.value} on {self.measured_on}"

    @property
    def is_checked(self) -> bool:
        return self.checked_by_id is not None

    @property
    def is_of_councils(self) -> bool:
        return self.n_words == COUNCILS
