"""What others can check of a case study: the promise that it makes, who was asked to look at its figures, and whether
it was followed up."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from core.privacy import Personal, Privacy
from councils.models import Organisation
from publishing.models.case_study import FOLLOWED_UP_AFTER, CaseStudyPage
from take_up.models import Benefit, Measurement

ANSWERED_WITHIN = dt.timedelta(days=30)  # after which a question that nobody answered counts as silence


def _who(title: str) -> Personal:
    return Personal(
        title,
        "So that readers know who stands for the figures, and decisions can be accounted for",
        "Everyone who reads the case study",
        "As long as the case study; the name goes when the account is closed",
    )


class CaseStudyPromise(models.Model):
    """Which promise of the ledger is a case study's own: its figures, as they were published."""

    case_study = models.OneToOneField(CaseStudyPage, on_delete=models.CASCADE, related_name="own_promise")
    promise = models.OneToOneField(Benefit, on_delete=models.PROTECT, related_name="of_case_study")

    privacy = Privacy()

    def __str__(self) -> str:
        return f"{self.case_study}: {self.promise}"


class EvidenceCheck(models.Model):
    """A person of another organisation who was asked whether the figures of a case study are right, and the answer."""

    case_study = models.ForeignKey(CaseStudyPage, on_delete=models.CASCADE, related_name="checks")
    revision = models.ForeignKey(
        "wagtailcore.Revision", on_delete=models.SET_NULL, null=True, related_name="+", help_text="The version shown"
    )
    figures = models.CharField(max_length=500, help_text="The figures shown: once others are published, it ends")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", help_text="Whom they answer for"
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    is_right = models.BooleanField(null=True, help_text="Empty until they answer")
    reason = models.CharField("what is wrong", max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True, help_text="The day on which other figures were published")

    privacy = Privacy(
        rows="Who was asked to verify the figures of a case study",
        subject="person",
        personal={"person": _who("Who verified the figures"), "asked_by": _who("Who asked for it")},
        impersonal=("figures", "reason"),
    )

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case_study", "person"],
                condition=Q(ended_on=None),
                name="one_check_of_the_same_figures_a_person",
            ),
            models.CheckConstraint(
                condition=Q(is_right__isnull=True, answered_at__isnull=True)
                | Q(is_right__isnull=False, answered_at__isnull=False),
                name="an_answered_check_says_when",
            ),
            models.CheckConstraint(
                condition=Q(is_right=False) & ~Q(reason="")
                | (Q(is_right__isnull=True) | Q(is_right=True)) & Q(reason=""),
                name="only_figures_that_are_wrong_have_a_reason",
            ),
            models.CheckConstraint(condition=~Q(asked_by=models.F("person")), name="nobody_asks_themselves_to_check"),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.organisation}, about {self.case_study}"

    @property
    def is_waiting(self) -> bool:
        return self.answered_at is None and self.ended_on is None


class FollowUp(models.Model):
    """The question that is asked some months after publication: still running, and what is the figure now?"""

    case_study = models.ForeignKey(CaseStudyPage, on_delete=models.CASCADE, related_name="follow_ups")
    months = models.PositiveSmallIntegerField(choices=[(months, f"{months} months") for months in FOLLOWED_UP_AFTER])
    asked_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_running = models.BooleanField(null=True)
    note = models.CharField(max_length=300, blank=True)
    measurement = models.ForeignKey(
        Measurement, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="The figure given"
    )

    privacy = Privacy(
        rows="Questions about a case study some months on",
        subject="answered_by",
        personal={"answered_by": _who("Who answered for the council")},
        impersonal=("note",),
    )

    class Meta:
        ordering = ["asked_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case_study", "months"], name="a_case_study_is_followed_up_once_each_time"),
            models.CheckConstraint(
                condition=Q(answered_on=None, answered_by=None, is_running=None, measurement=None)
                | Q(answered_on__isnull=False, answered_by__isnull=False, is_running__isnull=False),
                name="an_answered_follow_up_says_by_whom_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_study}, after {self.months} months"
