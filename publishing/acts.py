"""What somebody presses on the admin's editing page to move a page on, and whether it came of it.

From a tab that was opened before others decided, Wagtail only saves; then that is said, and who decided when.
"""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page, Revision, TaskState, WorkflowState

from core.words import day_in_words

DECISIONS = {"approve": "Approved.", "reject": "Sent back."}
_ACTS = {
    "action-submit": "Submitted.",
    "action-restart-workflow": "Submitted.",
    "action-cancel-workflow": "Taken back.",
}
_DECIDED = {TaskState.STATUS_APPROVED: "approved it", TaskState.STATUS_REJECTED: "sent it back"}


def act_of(sent: Mapping[str, Any]) -> str:
    """“Approved.” and the like, as what was pressed is said once it is done; nothing for plain saving."""
    if "action-workflow-action" in sent:
        return DECISIONS.get(sent.get("workflow-action-name", ""), "")
    return next((words for name, words in _ACTS.items() if name in sent), "")


def reason_in(sent: Mapping[str, Any]) -> str:
    """The reason that was typed with a decision; nothing where none was."""
    is_decision = act_of(sent) in DECISIONS.values()
    return json.loads(sent.get("workflow-action-extra-data") or "{}").get("comment", "") if is_decision else ""


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


def not_done(act: str) -> str:
    """“Not approved” of “Approved.”."""
    return f"Not {act.lower().removesuffix('.')}"


def why_not_done(act: str, page: Page, request: HttpRequest) -> str:
    """“Not approved: Petra Voss approved it on 3 May 2015.”, of the way it is on now; and the reason typed with it."""
    return f"{not_done(act)}: {_why(act, page, request.user)}{_not_sent(reason_in(request.POST))}"


def why_nothing_is_decided(act: str, page: Page, user: Any, *, reason: str) -> str:
    """Why a decision sent from elsewhere than the page’s words does not count; and the reason typed with it."""
    step = step_now(page)
    is_theirs = step is not None and step.task.specific.may_decide(page, user)
    why = "read the words below as they are now, then decide here." if is_theirs else _why(act, page, user)
    return f"{not_done(act)}: {why}{_not_sent(reason)}"


def _why(act: str, page: Page, user: Any) -> str:
    process = WorkflowState.objects.for_instance(page).order_by("-created_at", "-pk").first()
    if process is None:
        return "it does not wait for that."
    waits = process.current_task_state if process.status == WorkflowState.STATUS_IN_PROGRESS else None
    if act == "Submitted." and waits:
        return "it waits for approval already."
    if act in DECISIONS.values() and waits and waits.task.specific.is_barred_as_writer(page, user):
        return "you wrote some of these words, so somebody else decides on them."
    if process.status == WorkflowState.STATUS_CANCELLED:
        return "it was taken back meanwhile."
    ended = process.task_states.filter(status__in=_DECIDED).select_related("finished_by")
    last = ended.order_by("-finished_at", "-pk").first()
    if waits and (last is None or last.status == TaskState.STATUS_REJECTED):  # and handed in anew since
        return "it waits for somebody else."
    if last is None:
        return "it does not wait for that."
    return f"{last.finished_by or 'somebody'} {_DECIDED[last.status]} on {day_in_words(last.finished_at)}."


def _not_sent(reason: str) -> str:
    return f" What you wrote was not sent: “{reason}”" if reason else ""


def changed_since_opened(sent: Mapping[str, Any], page: Page) -> str:
    """Why a decision does not count: others changed the words since this tab showed them; nothing where nobody did.

    One that does not say which words were shown counts no more.
    """
    act, latest = act_of(sent), page.get_latest_revision()
    if act not in DECISIONS.values() or latest is None or _shows(sent, latest):
        return ""
    not_sent = _not_sent(reason_in(sent))
    if not sent.get("loaded_revision_id"):
        said = "it was not said which words you read. Open the page anew, read it, then decide there."
        return f"{not_done(act)}: {said}{not_sent}"
    return (
        f"{not_done(act)}: {latest.user or 'somebody'} changed it since you opened it. Open it in another tab, read it "
        "as it is now, then decide there. What you typed is below and not saved: saved here, it takes the place of "
        f"theirs.{not_sent}"
    )


def _shows(sent: Mapping[str, Any], latest: Revision) -> bool:
    """Whether a tab shows the last version: it has saved that itself, or nobody saved over it since it was opened."""
    if saved_here := sent.get("overwrite_revision_id"):
        return str(latest.pk) == saved_here
    shown, then = sent.get("loaded_revision_id"), sent.get("loaded_revision_created_at")
    return (shown, then) == (str(latest.pk), latest.created_at.isoformat())
