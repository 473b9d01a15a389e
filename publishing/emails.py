"""The words of each message about a page on its way to publication."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.urls import reverse
from wagtail.models import Page, TaskState

from accounts.models import User
from outbox.kinds import Letter, kind
from publishing.addresses import editing_address
from publishing.evidence_facts import promise_in_ledger
from publishing.figures import short_figure
from publishing.models import CaseStudyPage, DraftComment, EvidenceCheck, FollowUp, NewsPage
from publishing.models.case_study import FOLLOWED_UP
from publishing.permissions import visible_case_studies
from publishing.standing import standing

# A page that was first published in the years of the record belongs to it, whoever changes it today.
BEGAN = "workflow_state.content_object.first_published_at"


def _steps() -> QuerySet[TaskState]:
    return TaskState.objects.select_related("workflow_state__requested_by")


def _page_of(state: TaskState) -> CaseStudyPage | NewsPage:
    """Wagtail keeps the page as a plain one, without what it says of itself."""
    return state.workflow_state.content_object.specific


def _letter(template: str, state: TaskState, to: User | None) -> Letter:
    page = _page_of(state)
    context = {
        "person": to,
        "page": page,
        "asker": state.workflow_state.requested_by,
        "reason": state.comment,
        "standing": standing(page),
        "url": settings.BASE_URL + editing_address(page),
    }
    return Letter(f"emails/{template}", context)


@kind("publishing.page_waits", "A case study or news waits for your approval", about=_steps, began=BEGAN)
def page_waits(state: TaskState, to: User | None) -> Letter | None:
    waits = state.status == TaskState.STATUS_IN_PROGRESS
    return _letter("case_study_waiting", state, to) if waits else None


@kind("publishing.page_returned", "What you handed in came back with a reason", about=_steps, began=BEGAN)
def page_returned(state: TaskState, to: User | None) -> Letter | None:
    came_back = state.status == TaskState.STATUS_REJECTED
    return _letter("case_study_returned", state, to) if came_back else None


@kind(
    "publishing.page_published",
    "What you handed in is on the site",
    about=Page,
    began="first_published_at",
    can_be_turned_off=True,
)
def page_published(page: Page, to: User | None) -> Letter | None:
    if not page.live:
        return None
    promise = promise_in_ledger(page.specific) if isinstance(page.specific, CaseStudyPage) else None
    ledger = settings.BASE_URL + promise.get_absolute_url() if promise else ""
    url = f"{settings.BASE_URL}{page.url}"
    return Letter("emails/case_study_published", {"person": to, "page": page, "url": url, "ledger": ledger})


def _checks() -> QuerySet[EvidenceCheck]:
    return EvidenceCheck.objects.select_related("case_study__council", "organisation", "person", "asked_by")


def _is_shown(study: CaseStudyPage) -> bool:
    """Whether a stranger finds it on the site, and it was not withdrawn."""
    return visible_case_studies(AnonymousUser()).filter(pk=study.pk, withdrawn_on=None).exists()


def _of_check(check: EvidenceCheck, to: User | None, name: str, *args: object) -> dict[str, object]:
    study = check.case_study
    return {
        "person": to,
        "check": check,
        "study": study,
        "url": settings.BASE_URL + reverse(f"publishing:{name}", args=[study.slug, *args]),
    }


@kind(
    "publishing.check_asked",
    "Somebody asks you to verify the figures of a case study",
    about=_checks,
    began="case_study.first_published_at",
)
def check_asked(check: EvidenceCheck, to: User | None) -> Letter | None:
    """To the person of another organisation; nothing once they answered, or other figures were published."""
    if not check.is_waiting or not _is_shown(check.case_study):
        return None
    return Letter("emails/check_asked", _of_check(check, to, "answer_check", check.pk))


@kind(
    "publishing.check_answered",
    "The figures of your case study were verified, or something is wrong with them",
    about=_checks,
    began="case_study.first_published_at",
)
def check_answered(check: EvidenceCheck, to: User | None) -> Letter | None:
    """To whoever asked: what the verifier says of the figures."""
    if check.answered_at is None or not _is_shown(check.case_study):
        return None
    return Letter("emails/check_answered", {**_of_check(check, to, "ask_for_check"), "said": check.reason})


def _follow_ups() -> QuerySet[FollowUp]:
    return FollowUp.objects.select_related("case_study__council")


@kind(
    "publishing.still_running",
    f"What became of your case study, {FOLLOWED_UP}",
    about=_follow_ups,
    began="case_study.first_published_at",
)
def still_running(asked: FollowUp, to: User | None) -> Letter | None:
    """To whoever answers for it; nothing once somebody did, or it is not on the site."""
    study = asked.case_study
    if asked.answered_on is not None or not _is_shown(study):
        return None
    url = settings.BASE_URL + reverse("publishing:follow_up", args=[study.slug])
    figures = short_figure(study, "after")
    return Letter("emails/still_running", {"person": to, "asked": asked, "study": study, "figure": figures, "url": url})


def _comments() -> QuerySet[DraftComment]:
    return DraftComment.objects.select_related("shared__case_study")


@kind("publishing.draft_commented", "Somebody commented on a draft that you showed them", about=_comments)
def draft_commented(comment: DraftComment, to: User | None) -> Letter:
    page = comment.shared.case_study
    url = settings.BASE_URL + reverse("publishing:share", args=[page.pk])
    return Letter("emails/draft_commented", {"person": to, "comment": comment, "page": page, "url": url})
