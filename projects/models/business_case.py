from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models import Illustrative, Recorded
from core.privacy import Personal, Privacy
from projects.models.project import Project
from projects.models.prototype import Prototype


@dataclass(frozen=True)
class Payback:
    """How long the one-off cost takes to come back: `months` is None where nothing is saved."""

    yearly_saving: Decimal
    months: int | None


class Sums(models.Model):
    """The figures of a business case: volume × take-up × saving per unit against the one-off cost."""

    volume = models.PositiveIntegerField(help_text="Transactions a year, over all councils in scope")
    unit_cost_now = models.DecimalField(max_digits=9, decimal_places=2, help_text="£ per transaction today")
    saving_per_unit = models.DecimalField(max_digits=9, decimal_places=2, help_text="£ saved per transaction moved")
    take_up = models.DecimalField(
        "take-up assumed", max_digits=4, decimal_places=1, help_text="Per cent of transactions that move"
    )
    one_off_cost = models.DecimalField(max_digits=12, decimal_places=2, help_text="£ to build and launch")

    class Meta:
        abstract = True

    def payback(self, *, savings_change: Decimal = Decimal(0)) -> Payback:
        """With the yearly saving raised or lowered by `savings_change` (0.2 for plus 20 %)."""
        yearly = (self.volume * self.take_up / 100 * self.saving_per_unit * (1 + savings_change)).quantize(
            Decimal("0.01")
        )
        months = int((self.one_off_cost * 12 / yearly).to_integral_value(ROUND_CEILING)) if yearly > 0 else None
        return Payback(yearly, months)

    def sensitivity(self) -> dict[str, Payback]:
        """Payback at 20 % less, as assumed, and 20 % more."""
        return {
            "20% less": self.payback(savings_change=Decimal("-0.2")),
            "as assumed": self.payback(),
            "20% more": self.payback(savings_change=Decimal("0.2")),
        }


def sums_make_sense(prefix: str) -> list[models.BaseConstraint]:
    """Nobody saves more per unit than a unit costs; a share is at most 100 %; nothing is negative."""
    return [
        models.CheckConstraint(
            condition=Q(saving_per_unit__lte=models.F("unit_cost_now")) & Q(saving_per_unit__gte=0),
            name=f"{prefix}_saves_no_more_than_a_unit_costs",
        ),
        models.CheckConstraint(condition=Q(take_up__gte=0, take_up__lte=100), name=f"{prefix}_take_up_is_a_share"),
        models.CheckConstraint(condition=Q(one_off_cost__gte=0), name=f"{prefix}_cost_is_not_negative"),
    ]


class OutlineBusinessCase(Sums, Recorded):
    """The first sums behind a prototype, as made on the day."""

    prototype = models.OneToOneField(Prototype, on_delete=models.CASCADE, related_name="outline")
    note = models.TextField(max_length=2000, blank=True)

    privacy = Privacy(impersonal=("note",))

    class Meta:
        constraints = sums_make_sense("outline")

    def __str__(self) -> str:
        return f"Outline business case of {self.prototype}"


class BusinessCase(Sums, Recorded, Illustrative):
    """The case for building a project: drafted, submitted, then accepted or rejected by a body that is named."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SUBMITTED = "submitted", "Submitted"
        ACCEPTED = "accepted", "Accepted"
        REJECTED = "rejected", "Rejected"

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="business_cases")
    version = models.PositiveSmallIntegerField(default=1)
    summary = models.TextField(max_length=4000)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_by_body = models.CharField("accepting body", max_length=120, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decision_number = models.CharField(max_length=20, blank=True)
    decision_reason = models.TextField(max_length=2000, blank=True)

    privacy = Privacy(
        subject="written_by",
        personal={
            "written_by": Personal(
                "Who wrote it",
                "So that questions can be asked",
                "People who are signed in",
                "As long as the project; the name goes when the account is closed",
            )
        },
        impersonal=("summary", "decided_by_body", "decision_number", "decision_reason", "source"),
    )

    class Meta:
        ordering = ["project", "-version"]
        constraints = [
            *sums_make_sense("case"),
            models.UniqueConstraint(fields=["project", "version"], name="one_business_case_per_version"),
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(state__in=["draft", "submitted"]),
                name="one_living_business_case",
            ),
            models.UniqueConstraint(
                fields=["project"], condition=Q(state="accepted"), name="one_accepted_business_case"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "rejected"])
                | (Q(decided_on__isnull=False) & ~Q(decided_by_body="") & ~Q(decision_number="")),
                name="a_decided_case_says_by_whom_when_and_under_which_number",
            ),
        ]

    def __str__(self) -> str:
        return f"Business case of {self.project}, version {self.version}"

    def get_absolute_url(self) -> str:
        return f"{self.project.get_absolute_url()}#business-case"
