"""The buttons of the admin's editing page in plain words, in place of Wagtail's “Submit to Case study” and the like."""

from typing import Any

from wagtail.admin.action_menu import (
    ActionMenuItem,
    CancelWorkflowMenuItem,
    PageLockedMenuItem,
    RestartWorkflowMenuItem,
    SubmitForModerationMenuItem,
    WorkflowMenuItem,
)
from wagtail.locks import ScheduledForPublishLock, WorkflowLock
from wagtail.models import WorkflowState

from publishing.acts import step_now


class Submit(SubmitForModerationMenuItem):
    """Hands the page to those who approve it, who are named beside the button."""

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        context = super().get_context_data(parent_context)
        page = context.get("page")
        process = page.current_workflow_state if page else None
        was_sent_back = process is not None and process.status == WorkflowState.STATUS_NEEDS_CHANGES
        return {**context, "label": "Submit it again" if was_sent_back else "Submit for approval"}


class Decide(ActionMenuItem):
    """Both decisions of the step that waits, side by side."""

    name = "decide"
    template_name = "publishing/decide.html"

    def __init__(self, decisions: list[ActionMenuItem]) -> None:
        super().__init__()
        self.decisions = decisions

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        shown = [item.render_html(parent_context) for item in self.decisions]
        return {**super().get_context_data(parent_context), "decisions": shown}


class TakeBack(CancelWorkflowMenuItem):
    """Ends the way to publication while the page waits; once it was sent back, that would drop what should change."""

    label = "Take it back"

    def is_shown(self, context: dict[str, Any]) -> bool:
        return step_now(context["page"]) is not None


class Locked(PageLockedMenuItem):
    """A page that waits is closed to everybody but those who approve it; one that is approved, to all."""

    template_name = "publishing/locked.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        lock, label = parent_context.get("lock"), self.label
        if isinstance(lock, WorkflowLock):
            label = "Waits for approval"
        elif isinstance(lock, ScheduledForPublishLock):
            label = "Approved, not on the site yet"
        return {**super().get_context_data(parent_context), "label": label}


_OURS: dict[str | None, type[ActionMenuItem]] = {item.name: item for item in (Submit, TakeBack, Locked)}


def in_plain_words(items: list[ActionMenuItem], context: dict[str, Any]) -> list[ActionMenuItem]:
    """The same buttons, ours where we have one of that name, the main one first; of two ways to submit again, one.

    On a closed page no button is the main one, then it is what waits for the reader: to decide, or to submit what is
    begun.
    """
    kept = [item for item in items if not isinstance(item, RestartWorkflowMenuItem)]  # what changed goes back by itself
    ours = [_OURS[item.name](order=item.order) if item.name in _OURS else item for item in kept]
    ours = [item for item in ours if not isinstance(item, TakeBack) or item.is_shown(context)]
    if decisions := [item for item in ours if isinstance(item, WorkflowMenuItem)]:
        ours = [Decide(decisions), *(item for item in ours if item not in decisions)]
    main = (Locked, Decide, Submit) if context["view"] == "edit" else (Locked, Decide)
    return sorted(ours, key=lambda item: not isinstance(item, main))
