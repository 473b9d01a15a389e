"""What the strategy remembers: a council's assessments of itself, and what departments' services mean for councils."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from core.models import Illustrative, Recorded
from core.privacy import Personal, Privacy
from core.words import day_in_words
from councils.models import Organisation
from steering.framework import KEYS


class FlagStep(models.IntegerChoices):
    """How far a council has come with an item of Planting the Flag."""

    NOT_BEGUN = 0, "Not begun"
    FIRST_STEPS = 1, "First steps taken"
    UNDER_WAY = 2, "Under way in some services"
    MOSTLY = 3, "In place in most services"
    EVERYWHERE = 4, "In place everywhere, and looked at again"


def _step() -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(choices=FlagStep.choices)


class FlagAssessmentQuerySet(models.QuerySet["FlagAssessment"]):
    def that_count(self) -> Self:
        """Of each council the latest."""
        later = FlagAssessment.objects.filter(council=OuterRef("council"), assessed_on__gt=OuterRef("assessed_on"))
        return self.filter(~Exists(later))


class FlagAssessment(Recorded, Illustrative):
    """How a council's lead saw it by the fifteen items of Planting the Flag on one day; never changed afterwards."""

    council = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="flag_assessments")
    assessed_on = models.DateField()
    assessed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    share = _step()
    redesign = _step()
    empower = _step()
    leadership = _step()
    governance = _step()
    organisational_change = _step()
    commissioning = _step()
    shared_services = _step()
    professionalism = _step()
    information_governance = _step()
    information_management = _step()
    access = _step()
    infrastructure = _step()
    business_change = _step()
    central_policies = _step()

    objects = FlagAssessmentQuerySet.as_manager()

    privacy = Privacy(
        subject="assessed_by",
        personal={
            "assessed_by": Personal(
                "Who assessed their council",
                "So that it can be accounted for",
                "People who are signed in",
                "As long as the assessment; the name goes when the account is closed",
            )
        },
        impersonal=("source",),
    )

    class Meta:
        ordering = ["council__name", "-assessed_on"]
        constraints = [
            models.UniqueConstraint(fields=["council", "assessed_on"], name="one_assessment_of_a_council_a_day"),
            models.CheckConstraint(
                condition=Q(**{f"{key}__lte": max(FlagStep.values) for key in KEYS}), name="each_item_is_at_a_step"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council}, {day_in_words(self.assessed_on)}"

    def get_absolute_url(self) -> str:
        return reverse("steering:flag_of_council", args=[self.council.slug])


class LocalImpactQuerySet(models.QuerySet["LocalImpact"]):
    def standing(self) -> Self:
        """What stands in each cell now."""
        return self.filter(replaced_at=None)


class LocalImpact(Recorded, Illustrative):
    """What the services of one of the seven departments mean for councils in one of their parts, as of one moment."""

    class Part(models.TextChoices):
        # The parts that local government plays, by the Government Digital Strategy of 2012 as the terms quote it.
        PROVIDER = "provider", "Councils as providers of services"
        PARTNER = "partner", "Councils as partners in key transactions"
        INNOVATOR = "innovator", "Councils as a source of innovation"

    class Level(models.TextChoices):
        NONE = "none", "None found"
        SOME = "some", "Some"
        STRONG = "strong", "Strong"

    department = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="local_impacts")
    part = models.CharField(max_length=10, choices=Part.choices)
    level = models.CharField(max_length=10, choices=Level.choices)
    wording = models.TextField(max_length=600)
    filled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(null=True, editable=False, help_text="When another took its place; kept")

    objects = LocalImpactQuerySet.as_manager()

    privacy = Privacy(
        subject="filled_by",
        personal={
            "filled_by": Personal(
                "Who wrote down what a department's services mean for councils",
                "So that it can be accounted for",
                "People who are signed in",
                "As long as the line; the name goes when the account is closed",
            )
        },
        impersonal=("wording", "source"),
    )

    class Meta:
        ordering = ["department__name", "part", "-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "part"], condition=Q(replaced_at=None), name="one_impact_stands_in_a_cell"
            ),
            models.CheckConstraint(condition=~Q(wording=""), name="an_impact_says_what_it_is"),
        ]

    def __str__(self) -> str:
        return f"{self.department}: {self.get_part_display()}"

    def get_absolute_url(self) -> str:
        return reverse("steering:impact", args=[self.department.slug, self.part])
