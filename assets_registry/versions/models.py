"""The versions of an asset."""

from django.db import models
from django.db.models import F

from core.privacy import Privacy


class AssetVersion(models.Model):
    """One version of an asset, the day on which it came out, and what changed with it."""

    asset = models.ForeignKey("assets_registry.Asset", on_delete=models.CASCADE, related_name="versions")
    version = models.CharField(max_length=40)
    released_on = models.DateField("when it came out", null=True, blank=True)
    notes = models.TextField("what changed", max_length=4000, blank=True, help_text="Plain text")

    privacy = Privacy(impersonal=("version", "notes"))

    class Meta:
        ordering = [F("released_on").desc(nulls_last=True), "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["asset", "version"], name="a_version_of_an_asset_stands_once"),
            models.CheckConstraint(condition=~models.Q(version=""), name="a_version_of_an_asset_has_a_number"),
        ]

    def __str__(self) -> str:
        return self.version
