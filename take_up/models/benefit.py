import re

from django.conf import settings
from django.db import models
from django.db.models import Q

from assets_registry.models import WHO, Asset
from core.models import Illustrative, Recorded
from core.privacy import Privacy
from projects.models import BusinessCase, Project
from take_up.models.adoption import Adoption

YEARLY_SAVING = "£ a year"
_POUNDS_A_YEAR = re.compile(
    r"(£|gbp|pounds?|pounds? sterling|quid) ?((a|per|each|every|/) ?(year|yr|annum)|p\.?a\.?|yearly|annually)",
    re.IGNORECASE,
)


def unit_in_words(typed: str) -> str:
    """The unit as the ledger writes it: whichever way people spell pounds a year, it is one unit."""
    return YEARLY_SAVING if _POUNDS_A_YEAR.fullmatch(typed.strip()) else typed


class Benefit(Recorded, Illustrative):
    """Something that got better, of a project or an adoption: claimed first, later confirmed. Never added together."""

    class State(models.TextChoices):
        CLAIMED = "claimed", "Claimed"
        CONFIRMED = "confirmed", "Confirmed"
        PARTLY = "partly", "Partly reached"
        NOT_REACHED = "not_reached", "Not reached"

    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, blank=True, related_name="benefits")
    adoption = models.ForeignKey(Adoption, on_delete=models.PROTECT, null=True, blank=True, related_name="benefits")
    business_case = models.OneToOneField(
        BusinessCase,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="promise",
        help_text="The accepted case whose yearly saving this is",
    )
    title = models.CharField(max_length=160, help_text="What gets better: agreements per council a month")
    unit = models.CharField(max_length=40, default=YEARLY_SAVING, help_text="£ a year, visits, days")
    baseline = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    baseline_on = models.DateField(null=True, blank=True)
    claimed = models.DecimalField(max_digits=20, decimal_places=2)
    scope = models.PositiveIntegerField(
        "councils in scope", null=True, blank=True, help_text="For how many councils it is promised, on that day"
    )
    claimed_in = models.CharField(max_length=200, help_text="Business case, case study")
    claimed_on = models.DateField()
    result = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    result_words = models.CharField(max_length=80, blank=True, help_text="200 to 300, where it is a range")
    result_on = models.DateField(null=True, blank=True)
    n = models.PositiveIntegerField("measured on", null=True, blank=True, help_text="How many councils, forms, cases")
    n_words = models.CharField(max_length=80, blank=True, help_text="councils, forms")
    result_source = models.CharField(max_length=200, blank=True, help_text="Where the result can be read")
    result_is_illustrative = models.BooleanField(default=False, help_text="The result is made up")
    state = models.CharField(max_length=12, choices=State.choices, default=State.CLAIMED)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    privacy = Privacy(
        subject="recorded_by",
        personal={"recorded_by": WHO, "confirmed_by": WHO},
        impersonal=("title", "unit", "claimed_in", "result_words", "n_words", "result_source", "source"),
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
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=models.F("recorded_by")),
                name="nobody_confirms_their_own_claim",
            ),
            models.CheckConstraint(
                condition=Q(business_case__isnull=True) | Q(project__isnull=False, unit=YEARLY_SAVING),
                name="what_a_case_promises_is_its_projects_yearly_saving",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_money(self) -> bool:
        return self.unit.startswith("£")

    @property
    def about(self) -> Project | Asset:
        """The project, or the asset that was adopted."""
        return self.project if self.project is not None else self.adoption.asset  # type: ignore[union-attr]  # by constraint
