"""What a project says about itself in fixed fields, so that every project can be read and compared in the same way."""

import datetime as dt

from django.conf import settings
from django.db import models

# The texts, in the order in which a page shows them: their field and its words.
TEXTS = (
    ("why", "Why it is done"),
    ("users_and_needs", "Users and what they need"),
    ("market_engagement", "What the market offers"),
    ("previous_work", "What was done before"),
)


class Described(models.Model):
    """The fixed fields of a project: who runs it, what it looks for, what it may cost, why and for whom."""

    class Collaboration(models.TextChoices):
        IDEAS = "ideas", "Sharing ideas"
        TESTERS = "testers", "Looking for testers"
        CO_FUNDERS = "co_funders", "Looking for co-funders"
        ADOPTERS = "adopters", "Open to adopt"

    class BudgetBand(models.TextChoices):
        NONE = "none", "No budget of its own"
        TO_10K = "to_10k", "Up to £10,000"
        TO_50K = "to_50k", "£10,001 to £50,000"
        TO_100K = "to_100k", "£50,001 to £100,000"
        TO_500K = "to_500k", "£100,001 to £500,000"
        OVER_500K = "over_500k", "More than £500,000"

    department = models.CharField(max_length=120, blank=True, help_text="The part of the lead council that runs it")
    collaboration = models.CharField(max_length=12, choices=Collaboration.choices, blank=True)
    budget_band = models.CharField(max_length=10, choices=BudgetBand.choices, blank=True)
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who is asked about it, through a form",
    )
    phase_ends_on = models.DateField(null=True, blank=True, help_text="When the present step is expected to end")
    why = models.TextField(max_length=2000, blank=True)
    users_and_needs = models.TextField(max_length=2000, blank=True)
    market_engagement = models.TextField(max_length=2000, blank=True)
    previous_work = models.TextField(max_length=2000, blank=True)

    class Meta:
        abstract = True

    # Of the project that inherits from this.
    started_on: dt.date
    launched_on: dt.date | None

    @property
    def phase_started_on(self) -> dt.date:
        """The day on which the present step began."""
        return self.launched_on or self.started_on

    @property
    def not_said(self) -> list[str]:
        """The fixed fields that say nothing yet, in words."""
        fields = (
            ("department", "the department"),
            ("collaboration", "what it looks for from other councils"),
            ("budget_band", "the budget"),
            ("contact_id", "the key contact"),
            ("phase_ends_on", "when the present step should end"),
            ("why", "why it is done"),
            ("users_and_needs", "its users and what they need"),
            ("market_engagement", "what the market offers"),
            ("previous_work", "what was done before"),
        )
        return [words for name, words in fields if getattr(self, name) in ("", None)]
