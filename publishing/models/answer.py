from django.conf import settings
from django.db import models
from django.db.models import Q

from assets_registry.models import Asset
from core import clock
from core.privacy import Personal, Privacy
from councils.models import Organisation
from projects.models import Need
from publishing.models.case_study import CaseStudyPage


def council_of(record: Asset | CaseStudyPage) -> Organisation:
    """Whose asset or case study it is."""
    return record.owner if isinstance(record, Asset) else record.council


class NeedAnswer(models.Model):
    """A council saying of a need: we have done this. One of its own assets or case studies shows how."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="answers")
    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, null=True, blank=True, related_name="answers")
    case_study = models.ForeignKey(
        CaseStudyPage, on_delete=models.CASCADE, null=True, blank=True, related_name="answers"
    )
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    linked_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(
        rows="What answers a need",
        subject="linked_by",
        personal={
            "linked_by": Personal(
                "Who said for a council that it has done this",
                "So that decisions can be accounted for, and they can take it off again",
                "The secretariat",
                "As long as the link; the name goes when the account is closed",
            )
        },
    )

    class Meta:
        ordering = ["-linked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(asset=None, case_study__isnull=False) | Q(asset__isnull=False, case_study=None),
                name="an_answer_is_an_asset_or_a_case_study",
            ),
            models.UniqueConstraint(fields=["need", "asset"], name="an_asset_answers_a_need_once"),
            models.UniqueConstraint(fields=["need", "case_study"], name="a_case_study_answers_a_need_once"),
        ]

    def __str__(self) -> str:
        return f"{self.record}, of {self.council}"

    @property
    def record(self) -> Asset | CaseStudyPage:
        return self.asset or self.case_study  # type: ignore[return-value]  # one of the two by constraint

    @property
    def council(self) -> Organisation:
        return council_of(self.record)

    @property
    def kind(self) -> str:
        return "Asset" if self.asset else "Case study"
