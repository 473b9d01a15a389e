"""What somebody's week holds of case studies and news: to decide, to change, new."""

from dataclasses import replace

from wagtail.models import Page, Task, TaskState

from core.inbox import MOST, Action, Item, Reader, change_of
from councils.inbox import set_up_factor_first
from councils.permissions import needs_second_factor
from publishing.addresses import editing_address
from publishing.models import CaseStudyPage, Interview
from publishing.permissions import (
    own_interviews,
    returned_case_studies,
    visible_case_studies,
    visible_news,
    waiting_case_studies,
)


def pages_to_decide(reader: Reader) -> list[Item]:
    """Case studies and news that wait for this person's approval, the longest first."""
    waiting = waiting_case_studies(reader.user).select_related("workflow_state__requested_by")
    states = list(waiting.order_by("started_at", "pk")[:MOST])
    if not states:
        return []
    pages = Page.objects.in_bulk([int(state.workflow_state.object_id) for state in states])
    councils = dict(CaseStudyPage.objects.filter(pk__in=pages).values_list("pk", "council__name"))
    steps = {task.pk: task for task in Task.objects.filter(pk__in={state.task_id for state in states}).specific()}
    found = ((state, pages.get(int(state.workflow_state.object_id))) for state in states)
    lines = [
        _to_decide(state, page, councils.get(page.pk, ""), steps[state.task_id].asks) for state, page in found if page
    ]
    return [_reachable(line, reader) for line in lines]


def _reachable(line: Item, reader: Reader) -> Item:
    """The line without its links into the admin, while that is closed to the reader for want of a second factor."""
    return replace(line, url="", actions=(set_up_factor_first(),)) if needs_second_factor(reader.user) else line


def _to_decide(state: TaskState, page: Page, council: str, asks: str) -> Item:
    kind = f"Case study of {council}" if council else "News"
    by = f", handed in by {state.workflow_state.requested_by}" if state.workflow_state.requested_by else ""
    url = editing_address(page)
    return Item(
        state.started_at,
        page.draft_title,
        url,
        f"{kind} {asks}{by}.",
        at_note="handed in",
        actions=(Action("Read and decide", url),),
    )


def case_studies_sent_back(reader: Reader) -> list[Item]:
    """Case studies this person wrote that were sent back with a reason."""
    lines = [
        Item(
            page.latest_revision_created_at,
            page.draft_title,
            editing_address(page),
            f"Case study, sent back: {page.why}",
            at_note="sent back",
            actions=(Action("Change it", editing_address(page)),),
        )
        for page in returned_case_studies(reader.user)[:MOST]
    ]
    return [_reachable(line, reader) for line in lines]


def interviews_under_way(reader: Reader) -> list[Item]:
    """Case studies half-written in the interview, whether this person began them or was handed them."""
    under_way = own_interviews(reader.user).filter(sent_at=None).select_related("council").order_by("saved_at", "pk")
    return [_under_way(each) for each in under_way[:MOST]]


def _under_way(interview: Interview) -> Item:
    return Item(
        interview.saved_at,
        str(interview),
        interview.get_absolute_url(),
        f"Case study of {interview.council}, not sent yet. Nobody else sees it.",
        at_note="saved",
        actions=(Action("Go on with it", interview.get_absolute_url(), is_second=True),),
    )


def case_studies_for_our_services(reader: Reader) -> list[Item]:
    """Case studies of others in services where our organisations have needs or assets."""
    if not reader.services:
        return []
    news = visible_case_studies(reader.user).filter(
        service__in=reader.services, first_published_at__gte=reader.since, withdrawn_on=None
    )
    news = news.exclude(council__in=reader.organisations).select_related("council", "service")
    return [
        Item(
            page.first_published_at,
            page.title,
            page.get_absolute_url(),
            f"Case study of {page.council}. {page.summary}",
            because=str(page.service),
            about=page,
            change=change_of(page, "published"),
        )
        for page in news.order_by("-first_published_at", "-pk")[: reader.most]
    ]


def pages_of_followed_councils(reader: Reader) -> list[Item]:
    """Case studies and news of the councils that this person follows."""
    if not (followed := reader.followed("organisation")):
        return []
    of_them = {"council__in": followed, "first_published_at__gte": reader.since}
    told = visible_case_studies(reader.user).filter(withdrawn_on=None, **of_them)
    news = visible_news(reader.user).filter(**of_them)
    return [
        Item(
            page.first_published_at,
            page.title,
            page.get_absolute_url(),
            f"{kind} of {page.council}. {page.summary}",
            because=f"you follow {page.council}",
            about=page,
            change=change_of(page, "published"),
        )
        for kind, pages in (("Case study", told), ("News", news))
        for page in pages.select_related("council").order_by("-first_published_at", "-pk")[: reader.most]
    ]
