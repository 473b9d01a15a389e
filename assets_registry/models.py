from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse

from core import clock
from core.models import Illustrative, Recorded
from core.privacy import Personal, Privacy
from councils.models import Organisation, Service, Tier
from projects.models import Project

_WHO = Personal(
    "Who recorded it",
    "So that it can be accounted for",
    "People who are signed in",
    "As long as the entry; the name goes when the account is closed",
)


class AssetQuerySet(models.QuerySet["Asset"]):
    def listed(self) -> Self:
        """Published, or withdrawn with a tombstone."""
        return self.filter(state__in=[Asset.State.PUBLISHED, Asset.State.WITHDRAWN])

    def published(self) -> Self:
        return self.filter(state=Asset.State.PUBLISHED)


class Asset(Recorded, Illustrative):
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
    tier = models.CharField("councils it is for", max_length=20, choices=Tier.choices, default=Tier.ALL)
    phase = models.CharField(max_length=10, choices=Phase.choices, default=Phase.LIVE)
    repository_url = models.URLField("where it is kept", max_length=400, blank=True)
    licence = models.CharField(max_length=80, blank=True, help_text="SPDX expression, as in MIT or OGL-UK-3.0")
    version = models.CharField(max_length=40, blank=True)
    released_on = models.DateField(null=True, blank=True)
    publiccode = models.JSONField(default=dict, blank=True, help_text="publiccode.yml as it was read")
    contact = models.CharField(max_length=120, blank=True, help_text="A team's name or shared mailbox, not a person's")
    state = models.CharField(max_length=15, choices=State.choices, default=State.DRAFT)
    state_reason = models.CharField(max_length=300, blank=True)
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField(default=clock.now)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = AssetQuerySet.as_manager()

    privacy = Privacy(
        subject="registered_by",
        personal={
            "registered_by": _WHO,
            "contact": Personal(
                "Team to write to",
                "So that councils can ask about the asset",
                "Everybody",
                "While the asset is listed",
            ),
        },
        impersonal=(
            "name",
            "summary",
            "description",
            "repository_url",
            "licence",
            "version",
            "publiccode",
            "state_reason",
            "source",
        ),
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("repository_url"),
                "kind",
                condition=~Q(repository_url="") & ~Q(state="withdrawn"),
                name="one_entry_per_repository_and_kind",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="a_published_asset_knows_since_when",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("assets_registry:detail", args=[self.slug])


class Adoption(Recorded, Illustrative):
    """One council's use of one asset, declared by a contributor and confirmed by its lead."""

    class Status(models.TextChoices):
        EVALUATING = "evaluating", "Evaluating"
        PILOTING = "piloting", "Piloting"
        LIVE = "live", "Live"
        RETIRED = "retired", "Retired"

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="adoptions")
    council = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="adoptions")
    status = models.CharField(max_length=10, choices=Status.choices)
    since = models.DateField()
    version = models.CharField(max_length=40, blank=True)
    what_we_changed = models.TextField(max_length=2000, blank=True)
    may_be_listed = models.BooleanField("our council may be named", default=True)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(default=clock.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        subject="declared_by",
        personal={"declared_by": _WHO, "confirmed_by": _WHO},
        impersonal=("version", "what_we_changed", "source"),
    )

    class Meta:
        ordering = ["council__name"]
        constraints = [
            models.UniqueConstraint(fields=["asset", "council"], name="a_council_adopts_an_asset_once"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="a_confirmed_adoption_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council}: {self.get_status_display().lower()}"


class Benefit(Recorded, Illustrative):
    """Something that got better, of a project or an adoption: claimed first, later confirmed. Never added together."""

    class State(models.TextChoices):
        CLAIMED = "claimed", "Claimed"
        CONFIRMED = "confirmed", "Confirmed"
        PARTLY = "partly", "Partly reached"
        NOT_REACHED = "not_reached", "Not reached"

    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, blank=True, related_name="benefits")
    adoption = models.ForeignKey(Adoption, on_delete=models.PROTECT, null=True, blank=True, related_name="benefits")
    title = models.CharField(max_length=160, help_text="What gets better: agreements per council a month")
    unit = models.CharField(max_length=40, default="£ a year", help_text="£ a year, visits, days")
    baseline = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    baseline_on = models.DateField(null=True, blank=True)
    claimed = models.DecimalField(max_digits=14, decimal_places=2)
    claimed_in = models.CharField(max_length=200, help_text="Business case, case study")
    claimed_on = models.DateField()
    result = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    result_words = models.CharField(max_length=80, blank=True, help_text="200 to 300, where it is a range")
    result_on = models.DateField(null=True, blank=True)
    n = models.PositiveIntegerField("measured on", null=True, blank=True, help_text="How many councils, forms, cases")
    n_words = models.CharField(max_length=80, blank=True, help_text="councils, forms")
    state = models.CharField(max_length=12, choices=State.choices, default=State.CLAIMED)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    privacy = Privacy(
        subject="recorded_by",
        personal={"recorded_by": _WHO, "confirmed_by": _WHO},
        impersonal=("title", "unit", "claimed_in", "result_words", "n_words", "source"),
    )

    class Meta:
        ordering = ["claimed_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(project__isnull=False, adoption__isnull=True)
                | Q(project__isnull=True, adoption__isnull=False),
                name="a_benefit_belongs_to_a_project_or_an_adoption",
            ),
            models.CheckConstraint(
                condition=Q(state="claimed")
                | (
                    Q(
                        result__isnull=False,
                        result_on__isnull=False,
                        n__isnull=False,
                        confirmed_by__isnull=False,
                    )
                ),
                name="a_checked_benefit_has_result_day_and_base",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_money(self) -> bool:
        return self.unit.startswith("£")
