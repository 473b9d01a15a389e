"""The words of each message about a page on its way to publication."""

from django.conf import settings
from django.db.models import QuerySet
from wagtail.models import Page, TaskState

from accounts.models import User
from outbox.kinds import Letter, kind
from publishing.addresses import editing_address
from publishing.models import CaseStudyPage, NewsPage
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
    return Letter("emails/case_study_published", {"person": to, "page": page, "url": f"{settings.BASE_URL}{page.url}"})
