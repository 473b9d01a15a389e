import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from assets_registry.models import WHO, Asset
from core.models import Illustrative, Recorded
from core.privacy import Privacy
from councils.kinds import Tier
from projects.models import Project


class TakeUpPlan(Recorded, Illustrative):
    """How many councils are meant to use a project’s result, or an asset, by a day, of those that it is for."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, blank=True, related_name="take_up_plans")
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, null=True, blank=True, related_name="take_up_plans")
    councils = models.PositiveIntegerField("councils meant to use it")
    by_day = models.DateField("by when")
    tier = models.CharField("for which councils", max_length=20, choices=Tier.choices)
    base = models.PositiveIntegerField("of how many", help_text="Councils of that tier on the day of the plan")
    made_on = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    privacy = Privacy(subject="made_by", personal={"made_by": WHO}, impersonal=("source",))

    class Meta:
        ordering = ["by_day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(project__isnull=False, asset__isnull=True) | Q(project__isnull=True, asset__isnull=False),
                name="a_take_up_plan_is_of_a_project_or_an_asset",
            ),
            models.CheckConstraint(
                condition=Q(councils__gt=0, councils__lte=F("base")), name="a_take_up_plan_stays_within_its_base"
            ),
            models.CheckConstraint(condition=Q(by_day__gt=F("made_on")), name="a_take_up_plan_looks_ahead"),
            models.UniqueConstraint(fields=["project", "by_day"], name="one_take_up_plan_of_a_project_for_a_day"),
            models.UniqueConstraint(fields=["asset", "by_day"], name="one_take_up_plan_of_an_asset_for_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.councils} of {self.base} by {self.by_day}"

    def planned_on(self, day: dt.date) -> int | None:
        """How many councils it means by a day, in a straight line from none on its own day; None outside its time."""
        if not self.made_on <= day <= self.by_day:
            return None
        return self.councils * (day - self.made_on).days // (self.by_day - self.made_on).days
