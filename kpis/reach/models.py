"""How far the campaign reaches: monthly snapshots, running totals, and views of news counted here."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from wagtail.models import Page

from core.models import Illustrative, Recorded
from core.privacy import Personal, Privacy

WHO_ENTERED = Personal(
    "Who entered how far the campaign reached",
    "So that it can be accounted for",
    "Editors and the secretariat",
    "As long as the number stands; the name goes when the account is closed",
)


class ReachMetric(models.Model):
    """One thing that is counted, with its definition. Different ones are never added up, nor shown as people."""

    class Kind(models.TextChoices):
        MONTHLY = "monthly", "In a month"
        TOTAL = "total", "In total until a day"

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    unit = models.CharField(max_length=40, help_text="As in “opens”")
    definition = models.TextField(max_length=600)
    is_approximate = models.BooleanField(default=False)
    is_counted_here = models.BooleanField(default=False, help_text="Comes from the views that the portal counts")
    position = models.PositiveSmallIntegerField(default=100)

    privacy = Privacy(impersonal=("name", "unit", "definition"))

    class Meta:
        ordering = ["position", "name"]
        constraints = [models.CheckConstraint(condition=~Q(definition=""), name="a_reach_metric_says_what_it_counts")]

    def __str__(self) -> str:
        return self.name


class ReachValue(Recorded, Illustrative):
    """A metric's number for the month that begins on a day, or, of a total, until that day."""

    metric = models.ForeignKey(ReachMetric, on_delete=models.PROTECT, related_name="values")
    day = models.DateField()
    number = models.PositiveBigIntegerField()
    is_at_least = models.BooleanField("more than this", default=False, help_text="The source says “over”")
    note = models.CharField(max_length=300, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    privacy = Privacy(subject="entered_by", personal={"entered_by": WHO_ENTERED}, impersonal=("note", "source"))

    class Meta:
        ordering = ["metric", "day"]
        constraints = [
            models.UniqueConstraint(fields=["metric", "day"], name="one_value_of_a_reach_metric_for_a_day"),
            models.CheckConstraint(
                condition=~Q(source="") | Q(is_illustrative=True), name="a_reach_value_has_a_source_or_is_made_up"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metric}, {self.day}: {self.number}"


class PageViews(models.Model):
    """How often a page of news was sent on a day, to whom is not known."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    views = models.PositiveIntegerField()

    privacy = Privacy()

    class Meta:
        ordering = ["-day"]
        verbose_name_plural = "page views"
        constraints = [models.UniqueConstraint(fields=["page", "day"], name="one_count_of_views_a_page_and_day")]

    def __str__(self) -> str:
        return f"{self.page_id}, {self.day}: {self.views}"
