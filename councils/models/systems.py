from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from core import clock
from core.models import Illustrative, Recorded
from core.privacy import Personal, Privacy
from councils.kinds import Tier
from councils.models.organisations import Organisation
from councils.names import product_key

# The keys to the people behind a line of a council's profile.
WHO_DECLARED = Personal(
    "Who said what your council runs, and who confirmed it",
    "So that it can be accounted for",
    "People of the council",
    "As long as the line stands; the name goes when the account is closed",
)


class Service(models.Model):
    """A council service by its number in the Local Government Services List (LGSL)."""

    lgsl = models.PositiveIntegerField("LGSL number", unique=True)
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=80, unique=True)
    providing_tier = models.CharField(max_length=20, choices=Tier.choices, default=Tier.ALL)

    privacy = Privacy(impersonal=("name",))

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("kpis:service", args=[self.slug])


class SystemQuerySet(models.QuerySet["System"]):
    def standing(self) -> Self:
        """Those that a lead has confirmed and that have not run out."""
        return self.filter(Q(until=None) | Q(until__gte=clock.today()), confirmed_at__isnull=False)


class System(Recorded, Illustrative):
    """A product that a council runs: declared by a contributor, confirmed by its lead."""

    council = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="systems")
    product = models.CharField(max_length=100)
    product_key = models.CharField(max_length=100, editable=False, db_index=True, help_text="The name's normal form")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, blank=True, related_name="systems")
    used_for = models.CharField(max_length=100, blank=True, help_text="What for, where that is no council service")
    supplier = models.CharField(max_length=100, blank=True)
    until = models.DateField(null=True, blank=True, help_text="Last day of the contract, where one is known")
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(default=clock.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = SystemQuerySet.as_manager()

    privacy = Privacy(
        subject="declared_by",
        personal={"declared_by": WHO_DECLARED, "confirmed_by": WHO_DECLARED},
        impersonal=("product", "product_key", "used_for", "supplier", "source"),
    )

    class Meta:
        ordering = ["product", "pk"]
        constraints = [
            models.UniqueConstraint(
                "council",
                "product_key",
                Coalesce("service", Value(0)),
                name="a_council_runs_a_product_for_a_service_once",
            ),
            models.CheckConstraint(condition=~Q(product_key=""), name="a_system_has_a_name"),
            models.CheckConstraint(
                condition=Q(service__isnull=False) | ~Q(used_for=""), name="a_system_says_what_it_is_for"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="a_confirmed_system_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product}, {self.council}"

    def save(self, *args, **kwargs) -> None:
        self.product_key = product_key(self.product)
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "product_key"}
        super().save(*args, **kwargs)

    @property
    def purpose(self) -> str:
        """What it is for: the council service, else what was typed."""
        return self.service.name if self.service else self.used_for

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None

    @property
    def has_run_out(self) -> bool:
        return self.until is not None and self.until < clock.today()


class CouncilFigures(Recorded):
    """What a published table says of a council's people and place; its source stands in every row."""

    council = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="figures")
    population = models.PositiveIntegerField(null=True, blank=True)
    rurality = models.CharField(max_length=60, blank=True, help_text="The class that the source gives, in its words")
    source = models.CharField(max_length=200)
    as_at = models.DateField()

    privacy = Privacy(impersonal=("rurality", "source"))

    class Meta:
        ordering = ["council__name"]
        verbose_name_plural = "council figures"
        constraints = [
            models.CheckConstraint(condition=~Q(source=""), name="council_figures_have_a_source"),
            models.CheckConstraint(
                condition=Q(population__isnull=False, population__gt=0)
                | (Q(population__isnull=True) & ~Q(rurality="")),
                name="council_figures_say_something",
            ),
        ]

    def __str__(self) -> str:
        return f"Figures of {self.council}"
