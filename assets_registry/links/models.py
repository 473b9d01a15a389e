"""How assets hang together."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from core.privacy import Privacy


class AssetLink(models.Model):
    """That one asset is based on another, depends on it, or is a part of it. Read from either end."""

    class Relation(models.TextChoices):
        BASED_ON = "based_on", "Based on"
        DEPENDS_ON = "depends_on", "Depends on"
        PART_OF = "part_of", "Part of the suite"

    asset = models.ForeignKey("assets_registry.Asset", on_delete=models.CASCADE, related_name="links")
    relation = models.CharField(max_length=10, choices=Relation.choices)
    other = models.ForeignKey("assets_registry.Asset", on_delete=models.CASCADE, related_name="links_here")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(asset=F("other")), name="no_asset_is_linked_to_itself"),
            models.CheckConstraint(
                condition=Q(relation__in=["based_on", "depends_on", "part_of"]), name="a_link_of_assets_says_which"
            ),
            models.UniqueConstraint(
                "relation", Least("asset", "other"), Greatest("asset", "other"), name="two_assets_are_linked_one_way"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asset}: {self.get_relation_display().lower()} {self.other}"


class NamedBase(models.Model):
    """A repository that an asset's publiccode.yml says it is based on, by its normalised address."""

    asset = models.ForeignKey("assets_registry.Asset", on_delete=models.CASCADE, related_name="named_bases")
    key = models.CharField(max_length=400, db_index=True)

    privacy = Privacy(impersonal=("key",))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["asset", "key"], name="a_file_names_a_base_once"),
        ]

    def __str__(self) -> str:
        return self.key
