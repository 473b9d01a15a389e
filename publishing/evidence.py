"""How strong the evidence of a case study is: computed from what it says and what others measured, never typed.

Each level stands on the one below it: 1 a figure, 2 two figures that can be compared, 3 verified by somebody else,
and 4, on either of these two, measured by another council as well. Use by others is take-up, not evidence.
The rule stands here for one page, with its reason and without, and for a list to be filtered by; tests hold them
together.
"""

from dataclasses import dataclass
from functools import cache

from django.db.models import Case, CharField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat

from core.words import series
from publishing.figures import figures_of
from publishing.models import CaseStudyPage, EvidenceCheck
from take_up.models import Benefit

WORDS = {
    0: "claim",
    1: "own figures",
    2: "before and after",
    3: "independently verified",
    4: "replicated elsewhere",
}
COLOURS = {0: "grey", 1: "violet", 2: "teal", 3: "green", 4: "green"}
CHOICES = [(str(level), f"{level}: {words}") for level, words in WORDS.items()]

_HAS_NO_FIGURE = Q(after=None) | Q(after_on=None) | Q(after_unit="")
_COMPARES = Q(
    before__isnull=False, before_unit=F("after_unit"), before_on__lt=F("after_on"), before_n__gt=0, after_n__gt=0
) & ~Q(measure="")
_IS_CHECKED = ~Q(checked_by="") & Q(checker_organisation__isnull=False) & ~Q(checker_organisation=F("council"))


@dataclass(frozen=True)
class EvidenceLevel:
    """A rung of the ladder from claim to replication, why a page stands on it, and what would raise it."""

    level: int
    reason: str
    next_step: str = ""

    @property
    def words(self) -> str:
        return WORDS[self.level]

    @property
    def colour(self) -> str:
        return COLOURS[self.level]

    def __str__(self) -> str:
        return f"Evidence {self.level}: {self.words}"


def with_replication(pages: QuerySet[CaseStudyPage]) -> QuerySet[CaseStudyPage]:
    """Annotate `is_replicated` and `checker`, so that the level of a page is known without a query of its own."""
    return pages.annotate(is_replicated=_measured_elsewhere(), checker=_checked_from_an_account())


def _standing_checks() -> QuerySet[EvidenceCheck]:
    """The checks that say that the figures of today are right."""
    return EvidenceCheck.objects.filter(is_right=True, ended_on=None).order_by("answered_at", "pk")


# An account that is closed has no name any more.
_PERSON = Case(When(person__name="", then=Value("a former member")), default=F("person__name"))
_CHECKER = Concat(_PERSON, Value(", "), "organisation__name", output_field=CharField())


@cache
def _checked_from_an_account() -> Coalesce:
    checks = _standing_checks().filter(case_study=OuterRef("pk")).exclude(organisation=OuterRef("council"))
    return Coalesce(Subquery(checks.values(who=_CHECKER)[:1]), Value(""), output_field=CharField())


@cache
def _measured_elsewhere() -> Exists:
    alike = _confirmed_measurements().filter(
        adoption__asset=OuterRef("asset"), title=OuterRef("measure"), unit=OuterRef("after_unit")
    )
    is_as_real = Q(is_illustrative=False) | Q(is_illustrative=OuterRef("is_illustrative"))
    return Exists(alike.filter(is_as_real).exclude(adoption__council=OuterRef("council")))


def level_now() -> Case:
    """The level as a number, for lists of case studies that `with_replication` has made."""
    compared = Case(
        When(is_replicated=True, then=Value(4)), When(~Q(checker="") | _IS_CHECKED, then=Value(3)), default=Value(2)
    )
    return Case(
        When(_HAS_NO_FIGURE, then=Value(0)),
        When(_COMPARES, then=compared),
        default=Value(1),
        output_field=IntegerField(),
    )


def evidence_level(page: CaseStudyPage) -> EvidenceLevel:
    """The level of one page, with its reason and what would raise it."""
    if not _gives_a_figure(page):
        return EvidenceLevel(
            0,
            "It gives no result with its unit and the day it was measured.",
            "A figure with its unit and its day makes it level 1.",
        )
    if missing := _missing_to_compare(page):
        return EvidenceLevel(
            1,
            "It gives a result of the council’s own, which cannot be compared yet.",
            f"For level 2 it still needs {missing}.",
        )
    measurement = "another council’s own confirmed measurement, of the same measure in the same unit"
    if _is_replicated(page):
        return EvidenceLevel(4, f"It can be compared before and after, and there is {measurement}.")
    to_replicate = f"For level 4 it needs {measurement}."
    if checker := checker_of(page):
        return EvidenceLevel(3, f"The figures were verified by {checker}.", to_replicate)
    return EvidenceLevel(
        2,
        "It gives the same measure before and after, in one unit, with how many it was measured on.",
        f"Verified by a named person of another organisation, it has level 3. {to_replicate}",
    )


def level_of(page: CaseStudyPage) -> EvidenceLevel:
    """The level of one page without its reason, for those who name nobody: who verified it is not read."""
    if not compares(page):
        return EvidenceLevel(1 if _gives_a_figure(page) else 0, "")
    if _is_replicated(page):
        return EvidenceLevel(4, "")
    return EvidenceLevel(3 if _checks_of(page).exists() or _checker_as_written(page) else 2, "")


def _gives_a_figure(page: CaseStudyPage) -> bool:
    return page.after is not None and bool(page.after_unit) and page.after_on is not None


def compares(page: CaseStudyPage) -> bool:
    """Whether it gives two figures that can be compared: level 2 or above."""
    return _gives_a_figure(page) and not _missing_to_compare(page)


def _missing_to_compare(page: CaseStudyPage) -> str:
    """What two figures still lack to be compared, in words; nothing where they can be."""
    if page.before is None or page.before_on is None:
        return "the figure before, with its unit, its day and how many it was measured on"
    lacks = []
    if not page.measure:
        lacks.append("the name of the measure")
    if page.before_unit != page.after_unit:
        lacks.append("both figures in one unit")
    if page.before_on >= page.after_on:  # type: ignore[operator]  # asked for a page with a result, which has a day
        lacks.append("a figure from an earlier day")
    if not (page.before_n or page.after_n):
        lacks.append("how many each figure was measured on")
    elif not (page.before_n and page.after_n):
        lacks.append(f"how many the figure {'after' if page.before_n else 'before'} was measured on")
    return series(lacks)


def checker_of(page: CaseStudyPage) -> str:
    """Who of another organisation verified the figures: from their account, or as an editor once wrote it.

    A draft or another version with other figures was not verified. The list needs not ask: it reads what is published,
    and a verification ends as other figures are.
    """
    if (known := getattr(page, "checker", None)) is None:
        known = _checks_of(page).values_list(_CHECKER, flat=True).first() or ""
        page.checker = known  # type: ignore[attr-defined]  # as the annotation is called
    return known or _checker_as_written(page)


def _checks_of(page: CaseStudyPage) -> QuerySet[EvidenceCheck]:
    """Those of the very figures of this page, or of this version of it."""
    checks = _standing_checks().filter(case_study=page.pk, figures=figures_of(page))
    return checks.exclude(organisation=page.council_id)


def _checker_as_written(page: CaseStudyPage) -> str:
    is_another = page.checker_organisation_id and page.checker_organisation_id != page.council_id
    return f"{page.checked_by}, {page.checker_organisation}" if page.checked_by and is_another else ""


def _confirmed_measurements() -> QuerySet[Benefit]:
    """What councils that use an asset measured themselves, and an analyst confirmed."""
    return Benefit.objects.kept().filter(adoption__confirmed_at__isnull=False)


def _is_replicated(page: CaseStudyPage) -> bool:
    if (known := getattr(page, "is_replicated", None)) is not None:
        return known
    return bool(same_measured_elsewhere(page))


def same_measured_elsewhere(page: CaseStudyPage) -> list[Benefit]:
    """What other councils that use its asset measured of the same measure in the same unit, confirmed; read once."""
    if page.asset_id is None or getattr(page, "is_replicated", None) is False:
        return []
    if (known := getattr(page, "measured_elsewhere", None)) is None:
        alike = _confirmed_measurements().filter(
            adoption__asset=page.asset_id, title=page.measure, unit=page.after_unit
        )
        if not page.is_illustrative:
            alike = alike.filter(is_illustrative=False)  # what is made up is no evidence of a real figure
        elsewhere = alike.exclude(adoption__council=page.council_id).select_related("adoption__council", "latest")
        known = list(elsewhere.order_by("latest__measured_on", "pk"))
        page.measured_elsewhere = known  # type: ignore[attr-defined]  # ours to remember them by
    return known
