"""How strong the evidence of a case study is: computed from what it says and from who uses its asset, never typed.

The rule stands here twice, for one page and for a list to be filtered by; a test holds the two together.
"""

from dataclasses import dataclass

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from assets_registry.models import Adoption
from publishing.models import CaseStudyPage

WORDS = {
    0: "claim",
    1: "own figures",
    2: "before and after",
    3: "independently checked",
    4: "replicated elsewhere",
}
COLOURS = {0: "grey", 1: "violet", 2: "teal", 3: "green", 4: "green"}
CHOICES = [(str(level), f"{level}: {words}") for level, words in WORDS.items()]

_HAS_FIGURE = ~Q(result="") & Q(measured_on__isnull=False)


@dataclass(frozen=True)
class EvidenceLevel:
    """A rung of the ladder from claim to replication, with the reason why a page stands on it."""

    level: int
    reason: str

    @property
    def words(self) -> str:
        return WORDS[self.level]

    @property
    def colour(self) -> str:
        return COLOURS[self.level]

    def __str__(self) -> str:
        return f"Evidence {self.level}: {self.words}"


def with_evidence(pages: QuerySet[CaseStudyPage]) -> QuerySet[CaseStudyPage]:
    """Annotate `is_replicated` and `evidence`, the level as a number."""
    live = Adoption.objects.filter(asset=OuterRef("asset"), status=Adoption.Status.LIVE, confirmed_at__isnull=False)
    return pages.annotate(is_replicated=Exists(live.exclude(council=OuterRef("council")))).annotate(
        evidence=Case(
            When(~_HAS_FIGURE, then=Value(0)),
            When(is_replicated=True, then=Value(4)),
            When(Q(is_independently_checked=True) & ~Q(checked_by=""), then=Value(3)),
            When(~Q(baseline=""), then=Value(2)),
            default=Value(1),
            output_field=IntegerField(),
        )
    )


def evidence_level(page: CaseStudyPage) -> EvidenceLevel:
    """The level of one page. Without a figure it is a claim, however many councils use what it describes."""
    if not (page.result and page.measured_on):
        return EvidenceLevel(0, "It gives no result with the day it was measured.")
    if _is_replicated(page):
        return EvidenceLevel(4, "Another council uses the same asset live, and its lead has confirmed it.")
    if page.is_independently_checked and page.checked_by:
        return EvidenceLevel(3, f"The figures were checked by {page.checked_by}.")
    if page.baseline:
        return EvidenceLevel(2, "It gives what was before, what came after, and when it was measured.")
    return EvidenceLevel(1, "It gives a result of the council's own, with nothing to compare it with.")


def _is_replicated(page: CaseStudyPage) -> bool:
    if (known := getattr(page, "is_replicated", None)) is not None:
        return known
    if page.asset_id is None:
        return False
    live = Adoption.objects.filter(asset=page.asset_id, status=Adoption.Status.LIVE, confirmed_at__isnull=False)
    return live.exclude(council=page.council_id).exists()
