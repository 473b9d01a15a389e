import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property

from core import clock
from core.models import Recorded
from core.privacy import Privacy
from core.words import day_in_words
from councils.kinds import COUNCIL_KINDS, KINDS_OF_TIER, Kind, in_words
from councils.models.lineage import TakenOver, leads_to, lineage_among, taken_over


def in_force_on(day: dt.date) -> Q:
    """A condition: begun by that day and not ended."""
    return (Q(starts_on=None) | Q(starts_on__lte=day)) & (Q(ends_on=None) | Q(ends_on__gte=day))


def all_take_overs(as_at: dt.date | None = None) -> list[TakenOver]:
    """Which council takes over from which, those to come by that day (today if none is given) included. One query."""
    old = "from_organisation"
    columns = (old, "to_organisation", f"{old}__reorganisation__carried_on_by", f"{old}__ends_on")
    pairs = Organisation.successors.through.objects.order_by("pk").values_list(*columns)
    return taken_over(pairs, as_at=as_at or clock.today())


def take_overs(as_at: dt.date | None = None) -> list[TakenOver]:
    """Which council took over from which by that day (today if none is given)."""
    return [each for each in all_take_overs(as_at) if each.has_ended]


def lineage_of(key: int) -> tuple[int, ...]:
    """The key of a council and those of all that it took over whole, whose doings are counted with its own."""
    return lineage_among(key, take_overs()).counted


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
    code = models.CharField(
        "three-letter code", max_length=3, blank=True, help_text="As in local registers: ALL for Allerdale"
    )
    county = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="districts",
        help_text="Of a district: the county council that provides the rest of its services",
    )
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
            "code",
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
            models.CheckConstraint(
                condition=Q(county=None) | (Q(kind=Kind.DISTRICT) & ~Q(county=F("id"))),
                name="only_a_district_lies_in_a_county",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("councils:detail", args=[self.slug])

    @cached_property
    def lineage(self) -> tuple[int, ...]:
        """The keys of this council and of all that it took over whole, whose doings its page tells and counts."""
        return lineage_of(self.pk)

    @property
    def heirs_today(self) -> list["Organisation"]:
        """Of one that has ended: the councils in which it goes on today, over any number of steps, by name."""
        return list(Organisation.objects.filter(pk__in=leads_to(self.pk, take_overs())))

    @property
    def is_council(self) -> bool:
        return self.kind in COUNCIL_KINDS

    @property
    def has_ended(self) -> bool:
        return self.ends_on is not None and self.ends_on < clock.today()

    @property
    def is_to_come(self) -> bool:
        return self.starts_on is not None and self.starts_on > clock.today()

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
