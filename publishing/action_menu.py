"""The buttons of the admin's editing page in plain words, in place of Wagtail's “Submit to Case study” and the like."""

from typing import Any

from wagtail.admin.action_menu import (
    ActionMenuItem,
    CancelWorkflowMenuItem,
    PageLockedMenuItem,
    RestartWorkflowMenuItem,
    SubmitForModerationMenuItem,
)
from wagtail.locks import ScheduledForPublishLock, WorkflowLock
from wagtail.models import WorkflowState


class Submit(SubmitForModerationMenuItem):
    """Hands the page to those who approve it, who are named beside the button."""

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        context = super().get_context_data(parent_context)
        page = context.get("page")
        process = page.current_workflow_state if page else None
        was_sent_back = process is not None and process.status == WorkflowState.STATUS_NEEDS_CHANGES
        return {**context, "label": "Submit it again" if was_sent_back else "Submit for approval"}


class SubmitFromTheStart(RestartWorkflowMenuItem):
    label = "Submit it to every step again"


class TakeBack(CancelWorkflowMenuItem):
    label = "Take it back"


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


_OURS: dict[str | None, type[ActionMenuItem]] = {
    item.name: item for item in (Submit, SubmitFromTheStart, TakeBack, Locked)
}


def in_plain_words(items: list[ActionMenuItem]) -> list[ActionMenuItem]:
    """The same buttons, ours where we have one of that name; on a closed page none of them is the main one."""
    ours = [_OURS[item.name](order=item.order) if item.name in _OURS else item for item in items]
    return sorted(ours, key=lambda item: not isinstance(item, Locked))
