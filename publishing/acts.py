"""What somebody presses on the admin's editing page to move a page on, and whether it came of it.

From a tab that was opened before others decided, Wagtail only saves; then that is said, and who decided when.
"""

import json

from django.http import HttpRequest
from wagtail.models import Page, TaskState, WorkflowState

from core.words import day_in_words

DECISIONS = {"approve": "Approved.", "reject": "Sent back."}
_ACTS = {
    "action-submit": "Submitted.",
    "action-restart-workflow": "Submitted.",
    "action-cancel-workflow": "Taken back.",
}
_DECIDED = {TaskState.STATUS_APPROVED: "approved it", TaskState.STATUS_REJECTED: "sent it back"}


def act_of(request: HttpRequest) -> str:
    """“Approved.” and the like, as what was pressed is said once it is done; nothing for plain saving."""
    if "action-workflow-action" in request.POST:
        return DECISIONS.get(request.POST.get("workflow-action-name", ""), "")
    return next((words for name, words in _ACTS.items() if name in request.POST), "")


def step_now(page: Page) -> TaskState | None:
    """The step at which a page waits for a decision now, read anew; None where it waits for none."""
    now = WorkflowState.objects.for_instance(page).filter(status=WorkflowState.STATUS_IN_PROGRESS).first()
    return now.current_task_state if now else None


def is_under_way(page: Page) -> bool:
    """Whether a page is on its way to publication: waiting for approval, or sent back."""
    return WorkflowState.objects.active().for_instance(page).exists()


def is_done(act: str, page: Page, request: HttpRequest, before: TaskState | None) -> bool:
    """Whether what was pressed has been done by whoever pressed; `before` is the step at which the page waited."""
    if act in DECISIONS.values():
        ended = TaskState.objects.filter(pk=before.pk if before else None, finished_by=request.user.pk)
        return ended.exclude(status=TaskState.STATUS_IN_PROGRESS).exists()
    if act == "Taken back.":
        return not is_under_way(page)
    now = step_now(page)
    return now is not None and (before is None or now.workflow_state_id != before.workflow_state_id)


def _not(act: str) -> str:
    """“Not approved” of “Approved.”."""
    return f"Not {act.lower().removesuffix('.')}"


def why_not_done(act: str, page: Page) -> str:
    """“Not approved: Petra Voss approved it on 3 May 2015.”, from what happened last on its way."""
    last = TaskState.objects.filter(workflow_state__in=WorkflowState.objects.for_instance(page))
    decided = last.filter(status__in=_DECIDED).select_related("finished_by").order_by("-finished_at", "-pk").first()
    if act == "Submitted." and step_now(page):
        return "Not submitted: it waits for approval already."
    process = WorkflowState.objects.for_instance(page).order_by("-created_at", "-pk").first()
    if process and process.status == WorkflowState.STATUS_CANCELLED:
        return f"{_not(act)}: it was taken back meanwhile."
    if decided:
        who = decided.finished_by or "somebody"
        return f"{_not(act)}: {who} {_DECIDED[decided.status]} on {day_in_words(decided.finished_at)}."
    return f"{_not(act)}: it does not wait for that."


def changed_since_opened(act: str, page: Page, request: HttpRequest) -> str:
    """Why a decision does not count: others changed the words since this tab showed them; nothing where nobody did."""
    shown, latest = request.POST.get("loaded_revision_id", ""), page.get_latest_revision()
    if act not in DECISIONS.values() or not shown or latest is None or shown == str(latest.pk):
        return ""
    reason = json.loads(request.POST.get("workflow-action-extra-data") or "{}").get("comment", "")
    kept = f" What you wrote was not sent: “{reason}”" if reason else ""
    who = latest.user or "somebody"
    return f"{_not(act)}: {who} changed it since you opened it. Read it as it is now, then decide.{kept}"
