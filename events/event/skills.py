"""The digital skills that events teach, and how many councils asked for each."""

import datetime as dt
from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.figures import PERCENT, Figure, Share
from core.privacy import Privacy

ANSWERED = "answers"


class Skill(models.Model):
    """One of the digital skills that councils were asked about in 2014."""

    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    order = models.PositiveSmallIntegerField(help_text="As in the questionnaire")

    privacy = Privacy(impersonal=("name",))

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("events:skill", args=[self.slug])


class SkillDemand(models.Model):
    """How many said in one survey that their organisation needs to build a skill, and how much."""

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="demand")
    asked_on = models.DateField(help_text="The day at which it was counted")
    not_important = models.PositiveIntegerField()
    important = models.PositiveIntegerField()
    key = models.PositiveIntegerField()
    source = models.CharField(max_length=300)

    privacy = Privacy(impersonal=("source",))

    class Meta:
        ordering = ["-asked_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["skill", "asked_on"], name="one_demand_of_a_skill_a_survey"),
            models.CheckConstraint(
                condition=Q(not_important__gt=0) | Q(important__gt=0) | Q(key__gt=0),
                name="somebody_said_what_they_need",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.skill}: {self.key_share}"

    @property
    def answers(self) -> int:
        """How many answered about this skill: each row of the survey has its own base."""
        return self.not_important + self.important + self.key

    def _share(self, count: int) -> Share:
        return Share(count, self.answers, base_words=ANSWERED, as_at=self.as_at, source=self.source)

    @property
    def as_at(self) -> dt.date:
        return self.asked_on

    @property
    def key_share(self) -> Share:
        """The share for whom the skill is key."""
        return self._share(self.key)

    @property
    def important_share(self) -> Share:
        return self._share(self.important)

    @property
    def not_important_share(self) -> Share:
        return self._share(self.not_important)

    @property
    def important_or_key(self) -> Figure:
        """The two rounded shares added up, as the report of 2014 prints it; the raw ratio may differ by 0.1."""
        both = (self.important_share.value or Decimal()) + (self.key_share.value or Decimal())
        return Figure(both, unit=PERCENT, places=1, as_at=self.as_at, source=self.source)
