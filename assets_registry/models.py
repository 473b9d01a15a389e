from collections.abc import Collection
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from assets_registry import licences
from assets_registry.health.models import (
    CriterionAnswer,
    HandOver,
    LinkCheck,
    ProblemReport,
)
from assets_registry.links.models import AssetLink, NamedBase
from assets_registry.repositories import MOST, repository_key
from assets_registry.uploads.models import AssetUpload, UploadFault, WaitingEntry
from assets_registry.versions.models import AssetVersion
from core import clock
from core.models import Illustrative, Recorded
from core.privacy import Personal, Privacy
from councils.kinds import Tier
from councils.models import Organisation, Service
from projects.models import Project, Purpose

__all__ = [
    "WHO",
    "Asset",
    "AssetLink",
    "AssetUpload",
    "AssetVersion",
    "CriterionAnswer",
    "HandOver",
    "LinkCheck",
    "MovedRepository",
    "NamedBase",
    "ProblemReport",
    "UploadFault",
    "WaitingEntry",
    "repository_key",
]

# Keys to the person behind an entry, on the tables of assets and their use.
WHO = Personal(
    "Who recorded it",
    "So that it can be accounted for",
    "People who are signed in",
    "As long as the entry; the name goes when the account is closed",
)


_MOST_MOVES = 20  # of one repository; no forge keeps that many


class AssetQuerySet(models.QuerySet["Asset"]):
    def listed(self) -> Self:
        """Published, or withdrawn with a tombstone."""
        return self.filter(state__in=[Asset.State.PUBLISHED, Asset.State.WITHDRAWN], published_at__isnull=False)

    def published(self) -> Self:
        return self.filter(state=Asset.State.PUBLISHED)

    def of_repository(self, address: str) -> Self:
        """The entries, not withdrawn, of the repository at `address`, by whichever of its addresses they go."""
        if not (key := repository_key(address)):
            return self.none()
        return self.filter(repository_key__in=MovedRepository.keys_beside(key)).exclude(state=Asset.State.WITHDRAWN)

    def legacy(self) -> Self:
        """From lists of earlier programmes, and verified by nobody."""
        return self.filter(state=Asset.State.LEGACY)


class Asset(Recorded, Illustrative):  # type: ignore[django-manager-missing]  # Wagtail's pages have their own manager
    """Something a council made that others can reuse: code, a standard, a design, research, practice."""

    class Kind(models.TextChoices):
        CODE = "code", "Code"
        STANDARD = "standard", "Standard"
        API = "api", "API"
        DESIGN_PATTERN = "design_pattern", "Design pattern"
        RESEARCH = "research", "User research"
        BUSINESS_CASE = "business_case", "Business case"
        PROCUREMENT = "procurement", "Procurement template"
        TRAINING = "training", "Training"
        POLICY = "policy", "Policy"

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        WITH_PUBLISHER = "with_publisher", "With the council's publisher"
        WITH_EDITOR = "with_editor", "With the Alliance editor"
        PUBLISHED = "published", "Published"
        WITHDRAWN = "withdrawn", "Withdrawn"
        LEGACY = "legacy", "Legacy, unverified"

    ON_THE_WAY = (State.DRAFT, State.WITH_PUBLISHER, State.WITH_EDITOR)

    class Phase(models.TextChoices):
        DISCOVERY = "discovery", "Discovery"
        ALPHA = "alpha", "Alpha"
        BETA = "beta", "Beta"
        LIVE = "live", "Live"
        RETIRED = "retired", "Retired"

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    summary = models.CharField(max_length=150)
    description = models.TextField(max_length=10000, blank=True, help_text="Markdown")
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="assets")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, blank=True, related_name="assets")
    services = models.ManyToManyField(Service, blank=True, related_name="assets")
    purposes = models.ManyToManyField(Purpose, blank=True, related_name="assets")
    tier = models.CharField("councils it is for", max_length=20, choices=Tier.choices, default=Tier.ALL)
    phase = models.CharField(max_length=10, choices=Phase.choices, default=Phase.LIVE)
    repository_url = models.URLField("where it is kept", max_length=MOST, blank=True)
    repository_key = models.CharField(max_length=MOST, blank=True, editable=False)
    licence = models.CharField(
        max_length=licences.MOST, blank=True, help_text="SPDX expression, as in MIT or OGL-UK-3.0"
    )
    version = models.CharField(max_length=40, blank=True)
    released_on = models.DateField(null=True, blank=True)
    publiccode = models.JSONField(default=dict, blank=True, help_text="publiccode.yml as it was read")
    left_out = models.JSONField(default=list, blank=True, help_text="What of its publiccode.yml is not kept, by key")
    import_hash = models.CharField(
        max_length=64, blank=True, db_index=True, editable=False, help_text="Of the file that it was imported from"
    )
    checked_on = models.DateField(
        null=True, blank=True, help_text="When its owner last said that the entry still holds"
    )
    contact = models.CharField(max_length=120, blank=True, help_text="A team's name or shared mailbox, not a person's")
    leaving = models.CharField("leaving it", max_length=300, blank=True, help_text="How a council stops using it")
    picture = models.FileField(upload_to="assets", blank=True)
    picture_alt = models.CharField("what the picture shows", max_length=250, blank=True)
    picture_width = models.PositiveSmallIntegerField(default=0)
    picture_height = models.PositiveSmallIntegerField(default=0)
    details = models.JSONField(default=dict, blank=True, help_text="What entries of its kind say, by key")
    demonstration_url = models.URLField("a demonstration", max_length=400, blank=True)
    legacy_year = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Of a legacy entry: the year that its list gives"
    )
    state = models.CharField(max_length=15, choices=State.choices, default=State.DRAFT)
    state_reason = models.CharField(max_length=300, blank=True)
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField(default=clock.now)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = AssetQuerySet.as_manager()

    privacy = Privacy(
        subject="registered_by",
        personal={
            "registered_by": WHO,
            "contact": Personal(
                "Team to write to",
                "So that councils can ask about the asset",
                "Everybody",
                "While the asset is listed",
            ),
            "publiccode": Personal(
                "The asset’s publiccode.yml, which can name who made it; people to write to are left out",
                "So that the file comes back whole",
                "Everybody",
                "While the asset is listed",
            ),
        },
        impersonal=(
            "name",
            "summary",
            "description",
            "repository_url",
            "repository_key",
            "licence",
            "version",
            "left_out",
            "import_hash",
            "leaving",
            "picture",
            "picture_alt",
            "details",
            "demonstration_url",
            "state_reason",
            "source",
        ),
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["repository_key"],
                condition=~Q(repository_key="") & ~Q(state="withdrawn"),
                name="one_entry_per_repository",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="a_published_asset_knows_since_when",
            ),
            models.CheckConstraint(
                condition=Q(picture="") | ~Q(picture_alt=""), name="a_picture_of_an_asset_says_what_it_shows"
            ),
            models.CheckConstraint(
                condition=~Q(state="legacy") | (~Q(source="") & Q(published_at__isnull=True)),
                name="a_legacy_entry_has_a_source_and_is_not_published",
            ),
            models.UniqueConstraint(
                fields=["owner", "name"], condition=Q(state="legacy"), name="one_legacy_entry_per_owner_and_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.repository_key = repository_key(self.repository_url)
        if "repository_url" in (fields := kwargs.get("update_fields") or ()):
            kwargs["update_fields"] = {*fields, "repository_key"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("assets_registry:detail", args=[self.slug])

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED

    @property
    def is_withdrawn(self) -> bool:
        return self.state == self.State.WITHDRAWN

    @property
    def is_legacy(self) -> bool:
        return self.state == self.State.LEGACY


class MovedRepository(models.Model):
    """That a forge leads from an address, which a repository had before, to the one it has now."""

    key = models.CharField(max_length=MOST, unique=True)
    now_key = models.CharField(max_length=MOST, db_index=True)
    seen_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(impersonal=("key", "now_key"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(key=models.F("now_key")), name="a_repository_moves_somewhere_else"),
        ]

    def __str__(self) -> str:
        return f"{self.key} is now {self.now_key}"

    @classmethod
    def keys_beside(cls, key: str) -> set[str]:
        """The keys of one repository: this one, those that lead to it, and those that it leads to."""
        return cls.keys_beside_each({key})[key]

    @classmethod
    def keys_beside_each(cls, keys: Collection[str]) -> dict[str, set[str]]:
        """For each key those of its repository, as `keys_beside`; in one query where none has moved."""
        groups = {key: {key} for key in keys}
        asked, ask = set(), set(keys)
        for _ in range(_MOST_MOVES):
            if not ask:
                break
            asked |= ask
            rows = list(cls.objects.filter(Q(key__in=ask) | Q(now_key__in=ask)).values_list("key", "now_key"))
            for row in rows:
                joined = {*row}.union(*(groups.get(each, ()) for each in row))
                groups |= dict.fromkeys(joined, joined)
            ask = {each for row in rows for each in row} - asked
        return {key: groups[key] for key in keys}
