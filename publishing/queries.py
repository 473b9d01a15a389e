"""Reads shaped for the case studies' and the news' pages."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import (
    Case,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncDate
from wagtail.models import Page, PageLogEntry, PageViewRestriction

from accounts.models import AnyUser
from assets_registry.models import Asset
from councils.models import Organisation
from projects.models import Need
from publishing.evidence import checker_of, compares, with_replication
from publishing.models import CaseStudyPage, CaseStudyPromise, FollowUp, NeedAnswer, NewsPage
from publishing.permissions import councils_to_answer_for, visible_answers, visible_case_studies, visible_news
from take_up.models import Benefit, BenefitQuerySet, Measurement
from take_up.permissions import visible_benefits

# The day a case study is filed under: when it happened, or else when it was published.
DAY = Coalesce("happened_on", TruncDate("first_published_at"))
# What a line of a list says of a case study, its evidence included.
_OF_A_LINE = (
    "title", "url_path", "first_published_at", "summary", "happened_on", "source", "is_illustrative",
    "measure", "before", "before_unit", "before_n", "before_on", "after", "after_unit", "after_n", "after_on",
    "checked_by", "council__name", "council__kind", "checker_organisation__name", "service__name",
)  # fmt: skip


def whole_case_studies() -> QuerySet[CaseStudyPage]:
    """Case studies with everything their template shows, at one query and one for their benefits."""
    pages = with_replication(
        CaseStudyPage.objects.select_related(
            "council", "checker_organisation", "service", "project", "asset", "picture", "own_promise__promise__latest"
        )
    )
    asked = FollowUp.objects.filter(case_study=OuterRef("pk"))
    promises = visible_benefits(AnonymousUser()).select_related(
        "latest", "project__lead_council", "adoption__council", "business_case__project"
    )
    later = Measurement.objects.filter(
        promise__of_case_study__case_study=OuterRef("pk"), measured_on__gt=OuterRef("after_on")
    )
    pages = pages.annotate(
        was_asked=Exists(asked),
        last_measured=Subquery(later.order_by("-measured_on").values("pk")[:1]),
        is_restricted=_may_be_restricted(),
    )
    return pages.prefetch_related(Prefetch("benefits", promises))


def _may_be_restricted() -> Q:
    """Whether somebody is kept from a page or one above it, or one of these is an alias, whose readers another has."""
    above = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    restrictions = PageViewRestriction.objects.alias(asked=above).filter(asked__startswith=F("page__path"))
    aliases = Page.objects.filter(alias_of__isnull=False).alias(asked=above).filter(asked__startswith=F("path"))
    return Exists(restrictions) | Exists(aliases)


def lines_of(pages: QuerySet[CaseStudyPage]) -> QuerySet[CaseStudyPage]:
    """The same pages, with no more of each than a line of a list says."""
    return pages.select_related("council", "checker_organisation", "service").only(*_OF_A_LINE)


def case_studies_of(council: Organisation, user: AnyUser) -> QuerySet[CaseStudyPage]:
    """A council's own first, then those of the councils that it succeeded (`council` says whose each was)."""
    is_own = Case(When(council=council, then=Value(0)), default=Value(1))
    theirs = visible_case_studies(user).filter(council__in=council.lineage, withdrawn_on=None)
    return with_replication(theirs).annotate(day=DAY).order_by(is_own, "-day", "-pk")


def with_name_of_council(promises: BenefitQuerySet) -> BenefitQuerySet:
    """The same promises, each with the name of the council whose case study makes it; empty where none does."""
    name = Coalesce("of_case_study__case_study__council__name", Value(""))
    return promises.annotate(told_by=name)


def council_of_promise(promise: Benefit) -> Organisation | None:
    """The council whose case study makes a promise; None where none does any more."""
    own = CaseStudyPromise.objects.filter(promise=promise).select_related("case_study__council").first()
    return own.case_study.council if own else None


def verifier_of(measured: Measurement) -> str:
    """Who of another organisation verified a figure, where it is the one that a case study on the site gives."""
    told = CaseStudyPage.objects.filter(own_promise__promise=measured.promise_id, withdrawn_on=None)
    page = told.select_related("checker_organisation").first()
    if page is None or not compares(page) or (page.after, page.after_on) != (measured.value, measured.measured_on):
        return ""
    return checker_of(page)


def answers_to(need: Need, user: AnyUser) -> QuerySet[NeedAnswer]:
    """What others have done about a need, the newest first."""
    return visible_answers(user).filter(need=need).select_related("asset__owner", "case_study__council")


def could_answer(need: Need, user: AnyUser) -> list[Asset | CaseStudyPage]:
    """What the reader's councils have published, and have not linked with the need yet."""
    own = councils_to_answer_for(user, need)
    assets = Asset.objects.published().filter(owner__in=own).exclude(answers__need=need).select_related("owner")
    studies = visible_case_studies(user).filter(council__in=own, withdrawn_on=None).exclude(answers__need=need)
    return [*assets.order_by("name", "pk"), *studies.select_related("council").order_by("title", "pk")]


def news(user: AnyUser, *, tag: str = "") -> QuerySet[NewsPage]:
    """All news, or those with a tag, by its slug; the newest first."""
    found = visible_news(user).order_by("-published_on", "-pk")
    return found.filter(tagged_items__tag__slug=tag) if tag else found


def taken_down(page: Page) -> PageLogEntry | None:
    """When a page was last taken off the site, and by whom; by nobody where its time was over."""
    entries = PageLogEntry.objects.filter(page=page.pk, action__startswith="wagtail.unpublish")
    return entries.select_related("user").order_by("-timestamp").first()
