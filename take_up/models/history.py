from dataclasses import replace

from django.conf import settings
from django.db import models

from assets_registry.models import WHO
from core import clock
from core.privacy import Privacy
from take_up.models.adoption import Adoption


class StatusConfirmed(models.Model):
    """A status of a council's use of an asset as its lead confirmed it; only ever added to."""

    adoption = models.ForeignKey(Adoption, on_delete=models.CASCADE, related_name="statuses")
    status = models.CharField(max_length=10, choices=Adoption.Status.choices)
    since = models.DateField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(
        subject="said_by", personal={"said_by": WHO, "confirmed_by": replace(WHO, what="Who confirmed it")}
    )

    class Meta:
        ordering = ["since", "confirmed_at", "pk"]
        verbose_name_plural = "statuses confirmed"

    def __str__(self) -> str:
        return f"{self.get_status_display()} since {self.since}"
