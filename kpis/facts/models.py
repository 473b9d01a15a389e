"""Fact cards, grouped by the question that they answer. A card is never overwritten: a newer one succeeds it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core.links import check_page
from core.models import Recorded
from core.privacy import Personal, Privacy
from core.words import day_in_words, month_in_words, year_in_words

WHO_ADDED = Personal(
    "Who added a fact card",
    "So that it can be accounted for",
    "Editors and the secretariat",
    "As long as the card stands; the name goes when the account is closed",
)


class FactQuestion(Recorded):
    """What several cards answer, where their sources may disagree."""

    title = models.CharField("question", max_length=120, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    comparison = models.TextField("how the answers stand to each other", max_length=1000, blank=True)
    position = models.PositiveSmallIntegerField(default=100)

    privacy = Privacy(impersonal=("title", "comparison"))

    class Meta:
        ordering = ["position", "title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{reverse('kpis:facts')}#{self.slug}"


class FactCard(Recorded):
    """A number that a source gives."""

    class Bound(models.TextChoices):
        """How the number is meant."""

        EXACT = "exact", "Exactly this"
        ABOUT = "about", "About this"
        OVER = "over", "More than this"
        UNDER = "under", "Less than this"
        RANGE = "range", "From this to another"

    class Precision(models.TextChoices):
        DAY = "day", "Day"
        MONTH = "month", "Month"
        YEAR = "year", "Year"

    question = models.ForeignKey(FactQuestion, on_delete=models.PROTECT, related_name="facts")
    slug = models.SlugField(max_length=80, unique=True)
    printed = models.CharField("the number as its source prints it", max_length=40)
    number = models.DecimalField(max_digits=15, decimal_places=2)  # so many digits SQLite keeps exactly
    number_to = models.DecimalField(max_digits=15, decimal_places=2, null=True, blank=True)
    bound = models.CharField("how it is meant", max_length=8, choices=Bound.choices, default=Bound.EXACT)
    unit = models.CharField("what is counted", max_length=120, help_text="As in “transactions a year with councils”")
    source = models.CharField("who said it, and where", max_length=200)
    source_url = models.URLField("its address", blank=True, validators=[check_page])
    said_on = models.DateField("when it was said", help_text="The first day of its month or year, if that is all")
    said_to = models.CharField("known to the", max_length=5, choices=Precision.choices, default=Precision.DAY)
    basis = models.TextField("what was counted", max_length=600)
    method = models.CharField("kind of number", max_length=120, help_text="As in “rounded estimate; no method given”")
    note = models.TextField(max_length=600, blank=True)
    is_for_scale = models.BooleanField(default=False, help_text="Stands beside the answers only to show their size")
    succeeds = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="successor", help_text="The older card"
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    privacy = Privacy(
        subject="added_by",
        personal={"added_by": WHO_ADDED},
        impersonal=("printed", "unit", "source", "source_url", "basis", "method", "note"),
    )

    class Meta:
        ordering = ["question", "is_for_scale", "said_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(source="") & ~Q(basis=""), name="a_fact_has_source_and_basis"),
            models.CheckConstraint(
                condition=Q(bound="range", number_to__isnull=False, number_to__gt=F("number"))
                | (~Q(bound="range") & Q(number_to=None)),
                name="a_fact_that_is_a_range_has_two_ends",
            ),
            models.CheckConstraint(condition=Q(number__gte=0), name="a_fact_is_0_or_more"),
            models.CheckConstraint(
                condition=Q(succeeds=None) | ~Q(succeeds=F("pk")), name="a_fact_does_not_succeed_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.printed} {self.said_unit}"

    def get_absolute_url(self) -> str:
        return reverse("kpis:fact", args=[self.slug])

    @property
    def said_unit(self) -> str:
        """The unit as it follows the printed number, whose sign of pounds or per cent it does not say again."""
        return self.unit.removeprefix("£ ").removeprefix("% ")

    @property
    def said(self) -> str:
        """When it was said, as far as that is known: 16 November 2012, July 2013, 2013."""
        if self.said_to == self.Precision.DAY:
            return day_in_words(self.said_on)
        return month_in_words(self.said_on) if self.said_to == self.Precision.MONTH else year_in_words(self.said_on)

    @property
    def lines(self) -> list[tuple[str, ...]]:
        """What stands below the number, the same in the same order on every card."""
        return [
            ("Source", self.source, self.source_url),
            ("Said", self.said),
            ("Counted", self.basis),
            ("Kind", self.method),
            ("Note", self.note),
        ]

    @property
    def summary(self) -> str:
        """For lists of records: where it comes from."""
        return f"{self.source}."
