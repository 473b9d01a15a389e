"""Case studies that are in somebody's name, from the half-written interview to the published page, for a colleague."""

from django.db.models import CharField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast
from wagtail.models import WorkflowState

from core import clock
from councils.leaving import PersonalWork, WorkHandedOver, gives
from publishing.models import CaseStudyPage, EvidenceCheck, Interview, SharedDraft
from publishing.permissions import may_check_figures_of
from take_up.leaving import promises_to_follow_up

ON_ITS_WAY = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)


def _pages() -> QuerySet[CaseStudyPage]:
    return CaseStudyPage.objects.filter(withdrawn_on=None)


def _handed_in() -> QuerySet[WorkflowState]:
    """The ways of case studies from council to site that are not at their end, with its council as `at_council`."""
    pages = CaseStudyPage.objects.annotate(key=Cast("pk", CharField())).filter(key=OuterRef("object_id"))
    states = WorkflowState.objects.filter(
        content_type__app_label="publishing", content_type__model="casestudypage", status__in=ON_ITS_WAY
    )
    return states.annotate(at_council=Subquery(pages.values("council")[:1]))


def _checks() -> QuerySet[EvidenceCheck]:
    return EvidenceCheck.objects.filter(answered_at=None, ended_on=None)


def _hand_on_check(check: EvidenceCheck, handing: WorkHandedOver) -> bool:
    """A colleague is asked instead, unless they may not check it or are asked already: then nobody is."""
    page, person = check.case_study, handing.to
    is_asked = page.checks.filter(person=person, ended_on=None).exists() or check.asked_by_id == person.pk
    if is_asked or check.organisation not in may_check_figures_of(person, page):
        check.delete()
        return False
    check.person = person
    check.save(update_fields=["person"])
    return True


def _hand_on_asking(check: EvidenceCheck, handing: WorkHandedOver) -> bool:
    """A colleague hears of the answer; nobody hears of their own."""
    if check.person_id == handing.to.pk:
        check.delete()
        return False
    check.asked_by = handing.to
    check.save(update_fields=["asked_by"])
    return True


OF_ONE_PERSON = (
    PersonalWork(
        ("case study half-written in the interview", "case studies half-written in the interview"),
        lambda: Interview.objects.filter(sent_at=None),
        "council",
        "author",
        gives("author"),
    ),
    PersonalWork(
        ("draft of a case study", "drafts of case studies"),
        lambda: _pages().filter(first_published_at=None),
        "council",
        "owner",
        gives("owner"),
    ),
    PersonalWork(
        ("published case study to keep up and follow up", "published case studies to keep up and follow up"),
        lambda: _pages().filter(first_published_at__isnull=False),
        "council",
        "owner",
        gives("owner"),
    ),
    PersonalWork(
        ("case study that they handed in, on its way", "case studies that they handed in, on their way"),
        _handed_in,
        "at_council",
        "requested_by",
        gives("requested_by"),
    ),
    PersonalWork(
        ("link by which others read a draft", "links by which others read drafts"),
        lambda: SharedDraft.objects.filter(stopped_at=None, ends_at__gt=clock.now()),
        "case_study__council",
        "made_by",
        gives("made_by"),
    ),
    PersonalWork(
        ("promise of a case study to follow up", "promises of case studies to follow up"),
        promises_to_follow_up,
        "of_case_study__case_study__council",
        "recorded_by",
        gives("recorded_by"),
    ),
    PersonalWork(
        ("check of another council’s figures to answer", "checks of other councils’ figures to answer"),
        _checks,
        "organisation",
        "person",
        _hand_on_check,
    ),
    PersonalWork(
        ("check of our figures that was asked for", "checks of our figures that were asked for"),
        _checks,
        "case_study__council",
        "asked_by",
        _hand_on_asking,
    ),
)
