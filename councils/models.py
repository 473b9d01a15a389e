import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from core import clock
from core.models import Illustrative, Recorded
from core.privacy import OnErasure, Personal, Privacy
from core.words import day_in_words
from councils.kinds import COUNCIL_KINDS, KINDS_OF_TIER, Kind, Tier, in_words
from councils.names import product_key

ANSWERED_WITHIN = dt.timedelta(days=30)  # whether one still acts for an organisation

# The keys to the people behind a line of a council's profile.
WHO_DECLARED = Personal(
    "Who said what your council runs, and who confirmed it",
    "So that it can be accounted for",
    "People of the council",
    "As long as the line stands; the name goes when the account is closed",
)


def in_force_on(day: dt.date) -> Q:
    """A condition: begun by that day and not ended."""
    return (Q(starts_on=None) | Q(starts_on__lte=day)) & (Q(ends_on=None) | Q(ends_on__gte=day))


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def councils(self) -> Self:
        return self.filter(kind__in=COUNCIL_KINDS)

    def in_force(self, as_at: dt.date | None = None) -> Self:
        """Organisations that existed on that day (today if none is given)."""
        return self.filter(in_force_on(as_at or clock.today()))

    def providing(self, tier: str) -> Self:
        """English councils that provide services of `tier`."""
        return self.filter(nation="England", kind__in=KINDS_OF_TIER[tier])


class Organisation(Recorded):
    """A council, department, association or other body that takes part in the programme."""

    name = models.CharField(max_length=120, help_text="Short name, as people say it: Harlow")
    official_name = models.CharField(max_length=160)
    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    nation = models.CharField(max_length=20, blank=True)
    region = models.CharField(max_length=40, blank=True, help_text="English region; the nation elsewhere")
    gss_code = models.CharField("GSS code", max_length=9, blank=True)
    starts_on = models.DateField(null=True, blank=True, help_text="First day; empty where before 2013")
    ends_on = models.DateField(null=True, blank=True, help_text="Last day in force")
    former_names = models.CharField(max_length=200, blank=True, help_text="Earlier short names, separated by ;")
    successors = models.ManyToManyField("self", symmetrical=False, related_name="predecessors", blank=True)
    about = models.TextField(max_length=2000, blank=True)
    website = models.URLField(blank=True)

    objects = OrganisationQuerySet.as_manager()

    privacy = Privacy(
        impersonal=(
            "name",
            "official_name",
            "former_names",
            "nation",
            "region",
            "gss_code",
            "about",
            "website",
        ),
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
                name="organisation_ends_after_it_starts",
            ),
            models.UniqueConstraint(fields=["official_name", "kind"], name="one_organisation_per_official_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("councils:detail", args=[self.slug])

    @cached_property
    def lineage(self) -> tuple[int, ...]:
        """The keys of this council and of those it took over from, whose records its page shows."""
        return (self.pk, *self.predecessors.order_by().values_list("pk", flat=True))

    @property
    def is_council(self) -> bool:
        return self.kind in COUNCIL_KINDS

    @property
    def has_ended(self) -> bool:
        return self.ends_on is not None and self.ends_on < clock.today()

    @property
    def place(self) -> str:
        """A council's English region, or its nation; empty for other organisations."""
        return (self.region or self.nation) if self.is_council else ""

    @property
    def line(self) -> str:
        """Kind, place and end, in one line: District · East of England."""
        parts = [self.get_kind_display(), self.place]
        if self.has_ended:
            parts.append(f"until {day_in_words(self.ends_on)}")
        return " · ".join(part for part in parts if part)

    @property
    def full_name(self) -> str:
        """Name and kind, to tell a county from the district of its name: Surrey (county)."""
        return f"{self.name} ({self.kind_in_words})" if self.is_council else self.name

    @property
    def kind_in_words(self) -> str:
        """The kind as within a sentence: district, London borough, Welsh council."""
        return in_words(self.kind)


class CouncilManager(models.Manager.from_queryset(OrganisationQuerySet)):  # type: ignore[misc]  # made at run time
    def get_queryset(self) -> OrganisationQuerySet:
        return super().get_queryset().councils()


class Council(Organisation):
    """An organisation that is a council (proxy model)."""

    objects = CouncilManager()  # type: ignore[misc]  # the proxy lists councils only

    class Meta:
        proxy = True


class EmailDomain(models.Model):
    """An e-mail domain that suggests an organisation; an address there makes its holder a candidate, not a member."""

    domain = models.CharField(max_length=120, help_text="harlow.gov.uk")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="domains")
    includes_subdomains = models.BooleanField(default=False)

    privacy = Privacy(impersonal=("domain",))

    class Meta:
        ordering = ["domain"]
        constraints = [
            models.UniqueConstraint(fields=["domain", "organisation"], name="one_row_per_domain_and_organisation"),
        ]

    def __str__(self) -> str:
        return self.domain


class Membership(Recorded):
    """One person's place in one organisation: asked for, confirmed by its lead or the secretariat, or ended."""

    class State(models.TextChoices):
        CANDIDATE = "candidate", "Waiting to be confirmed"
        CONFIRMED = "confirmed", "Confirmed"
        ENDED = "ended", "Ended"

    class Role(models.TextChoices):
        READER = "reader", "Reader"
        CONTRIBUTOR = "contributor", "Contributor: raises needs, registers assets, writes case studies"
        PUBLISHER = "publisher", "Publisher: publishes for the council"
        LEAD = "lead", "Lead: confirms members and adoptions, and publishes"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.CONTRIBUTOR)
    state = models.CharField(max_length=10, choices=State.choices, default=State.CANDIDATE)
    via_domain = models.CharField(
        max_length=120, blank=True, help_text="The domain of the verified address it rests on; empty: asked for by hand"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    affirmed_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When its person last said that they still act here"
    )
    asked_to_affirm_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When they were asked; empty: it is not yet a year"
    )
    may_be_asked = models.BooleanField(
        default=False, help_text="They agreed to stand on the organisation's page as somebody to ask"
    )

    privacy = Privacy(
        subject="person",
        personal={
            "person": Personal(
                "Which organisation you belong to",
                "So that you can act for it",
                "People who are signed in",
                "Until you leave it or close your account",
                OnErasure.DELETE_ROW,
            ),
            "may_be_asked": Personal(
                "Whether you may be asked about your organisation, by name",
                "So that other councils know whom to ask. Only if you tick it",
                "People who are signed in, with your name and job title; never your address",
                "Until you untick it or leave the organisation",
                OnErasure.DELETE_ROW,
            ),
            "via_domain": Personal(
                "The part of your e-mail address after the @",
                "So that the right ends with the address",
                "The lead of the organisation and the secretariat",
                "As long as the membership",
            ),
            "decided_by": Personal(
                "Who confirmed it",
                "So that rights can be accounted for",
                "The secretariat",
                "As long as the membership",
            ),
        },
    )

    class Meta:
        ordering = ["organisation__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"],
                condition=~Q(state="ended"),
                name="one_living_membership_per_person_and_organisation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line}, {self.organisation}"

    @property
    def line(self) -> str:
        """The role in one word."""
        return self.get_role_display().partition(":")[0]

    @property
    def affirm_by(self) -> dt.date | None:
        """The last day on which its person may say that they still act here, once asked."""
        return timezone.localdate(self.asked_to_affirm_at + ANSWERED_WITHIN) if self.asked_to_affirm_at else None


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


class Enquiry(models.Model):
    """A question that a person sent to an organisation, or to one of its people, without seeing an address."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="enquiries")
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="enquiries")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Empty: whoever answers for the organisation",
    )
    about = models.CharField(max_length=200, help_text="Title of the record it is about; empty: the organisation")
    address = models.CharField(max_length=300, help_text="Its page, from the first slash")
    words = models.TextField(max_length=2000)
    asked_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(
        rows="Questions to organisations",
        subject="asker",
        impersonal=("about", "address"),
        personal={
            "asker": Personal(
                "That you asked an organisation something",
                "So that it can answer you",
                "Those it was sent to, who also see your e-mail address",
                "90 days",
                OnErasure.DELETE_ROW,
            ),
            "person": Personal(
                "That you were asked",
                "So that the question reaches you",
                "Nobody else",
                "90 days",
                OnErasure.CLEAR,
            ),
            "words": Personal(
                "What you asked",
                "So that it can be answered",
                "Those it was sent to",
                "90 days",
                OnErasure.DELETE_ROW,
            ),
        },
    )

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name_plural = "enquiries"
        indexes = [models.Index(fields=["asker", "asked_at"])]

    def __str__(self) -> str:
        return f"Question to {self.organisation}"
