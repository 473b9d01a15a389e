"""Where a page stands on its way to publication: “With Priya Nair since today.”"""

from collections.abc import Iterable

from wagtail.models import Page, TaskState, WorkflowState

from accounts.models import User
from core.words import day_in_words, moment_in_words, series, since
from publishing.bundles.queries import until_in_words
from publishing.models import CaseStudyPage, CouncilPublisherTask
from publishing.models.bundle import bundle_holding
from publishing.queries import taken_down

MOST_NAMES = 3
TAKEN_OFF = "Taken off the site"
WAITS, SENT_BACK, DRAFT = "Waits for approval", "Sent back", "Draft"


def people_to_decide(state: TaskState) -> list[User]:
    """Those who may pass the step that waits, by name."""
    task, page = state.task.specific, state.workflow_state.content_object
    people = [person for person in task.deciders(page) if task.may_decide(page, person)]
    return sorted(people, key=str)


def standing(page: Page) -> str:
    """A sentence on where a page stands: with whom and since when, or that it is on the site."""
    return where_it_stands(page)[1]


def where_it_stands(page: Page) -> tuple[str, str]:
    """Where a page stands, in a word or two and as a sentence."""
    page = type(page).objects.get(pk=page.pk)  # the one in hand may be a version, or remember the step before
    if isinstance(page, CaseStudyPage) and page.is_withdrawn:
        return "Withdrawn", f"Withdrawn on {day_in_words(page.withdrawn_on)}: {page.withdrawn_reason}"
    process: WorkflowState | None = page.current_workflow_state
    bundle = None if page.live else bundle_holding(page.pk)
    if process and process.status == WorkflowState.STATUS_IN_PROGRESS:
        held = f" Once approved, it is held {until_in_words(bundle)}." if bundle else ""
        return WAITS, _with_the_deciders(page, process.current_task_state) + held
    if process and process.status == WorkflowState.STATUS_NEEDS_CHANGES:
        return SENT_BACK, _with_its_author(process, process.current_task_state)
    if bundle and page.scheduled_revision:
        with_others = f"with what else is in the bundle “{bundle}”"
        return "Held", f"It is approved and held {until_in_words(bundle)}, {with_others}."
    if revision := page.scheduled_revision:
        return "Set for later", f"It will be published on {moment_in_words(revision.approved_go_live_at)}."
    return _of_itself(page)


def _of_itself(page: Page) -> tuple[str, str]:
    """The same of a page that waits for nobody."""
    if page.live and page.has_unpublished_changes:
        changed = "Changed since it was published"
        return changed, "On the site, with changes that nobody has been asked to approve yet."
    if page.live:
        return (
            "On the site",
            f"On the site {since(page.last_published_at)}." if page.last_published_at else "On the site.",
        )
    if page.first_published_at and (entry := taken_down(page)):
        day = day_in_words(entry.timestamp)
        by = f", by {entry.user}" if entry.user else ": its time was over"
        return TAKEN_OFF, f"Taken off the site on {day}{by}."
    return DRAFT, "With its authors: nobody has been asked to approve it yet."


def goes_back_to(page: Page) -> str:
    """“Petra Voss”, where words were changed that somebody had approved at an earlier step; nothing otherwise."""
    process = page.current_workflow_state
    if process is None or process.status != WorkflowState.STATUS_IN_PROGRESS:
        return ""
    following, now = process.get_next_task(), process.current_task_state.task
    if following is None or following.pk == now.pk:
        return ""
    task = following.specific
    return names(person for person in task.deciders(page) if task.may_decide(page, person)) or following.name


def went_back(page: Page) -> bool:
    """Whether the last approval led to a step that had been passed before."""
    process = page.current_workflow_state
    if process is None:
        return False
    order = list(process.workflow.tasks.values_list("pk", flat=True))
    last = list(process.task_states.order_by("-pk")[:2])
    if len(last) < 2 or last[1].status != TaskState.STATUS_APPROVED:
        return False
    return order.index(last[0].task_id) <= order.index(last[1].task_id)


def _with_its_author(process: WorkflowState, state: TaskState) -> str:
    """“With Amina Shah since today. Edith Moss asked for changes: “Which year?””"""
    asked = f"{state.finished_by} asked for changes" if state.finished_by else "Changes were asked for"
    reason = f": “{state.comment}”" if state.comment else "."
    return f"With {process.requested_by or 'its authors'} {since(state.finished_at)}. {asked}{reason}"


def _with_the_deciders(page: Page, state: TaskState) -> str:
    if people := names(people_to_decide(state)):
        return f"With {people} {since(state.started_at)}."
    if isinstance(state.task.specific, CouncilPublisherTask):
        return f"It waits {since(state.started_at)}: {page.council} has no publisher or lead to approve it yet."
    return f"It waits {since(state.started_at)} for an Alliance editor who did not write it."


def names(people: Iterable[User]) -> str:
    """“Petra Voss”, “Grace Holt or Petra Voss”, “Ann, Bob, Cy or 4 others”."""
    return series(people, last="or", most=MOST_NAMES)
