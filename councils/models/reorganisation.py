import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core import clock
from core.privacy import Personal, Privacy
from councils.models.organisations import Organisation


class Reorganisation(models.Model):
    """That a council ends, who carries on what goes on there, and what went there once its last day was over."""

    council = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="reorganisation")
    carried_on_by = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", help_text="The successor that gets what goes on"
    )
    is_founding = models.BooleanField(
        default=False, help_text="The council that carries on was put into the directory with it"
    )
    order = models.CharField(max_length=200, help_text="The order or decision that it rests on")
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField(default=clock.now)
    carried_out_at = models.DateTimeField(
        null=True, blank=True, help_text="When what goes on went over; empty until the last day is over"
    )
    went_over = models.JSONField(default=list, blank=True, help_text="What went over, in words: 3 projects it leads")

    privacy = Privacy(
        subject="said_by",
        personal={
            "said_by": Personal(
                "That you recorded the reorganisation of a council",
                "So that it can be accounted for",
                "The secretariat",
                "For good; the name goes when the account is closed",
            )
        },
        impersonal=("order", "went_over"),
    )

    class Meta:
        ordering = ["-said_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(council=F("carried_on_by")), name="no_council_carries_on_itself"),
            models.CheckConstraint(condition=~Q(order=""), name="a_reorganisation_rests_on_an_order"),
        ]

    def __str__(self) -> str:
        return f"{self.council} to {self.carried_on_by}"

    @property
    def is_carried_out(self) -> bool:
        return self.carried_out_at is not None

    @property
    def takes_over_on(self) -> dt.date:
        """The day after the council's last, the first of its successors."""
        assert self.council.ends_on, "a reorganised council has a last day"
        return self.council.ends_on + dt.timedelta(days=1)
