from typing import Any

from django.db.models import QuerySet
from wagtail.models import Task, TaskState

from councils.models import Membership
from councils.permissions import can_publish_for, councils_of
from publishing.models.case_study import CaseStudyPage


class CouncilPublisherTask(Task):
    """A step for the publishers of the council that the page is for, which Wagtail's group step cannot ask."""

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return user.is_superuser or can_publish_for(user, obj.specific.council)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return not self.user_can_access_editor(obj, user)

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        return self.user_can_access_editor(obj, user)

    def user_can_unlock(self, obj: Any, user: Any) -> bool:
        return False

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        if not self.user_can_access_editor(obj, user):
            return []
        return [("reject", "Ask for changes", True), ("approve", "Approve for the council", False)]

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> QuerySet[TaskState]:
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        if user.is_superuser:
            return waiting

        councils = councils_of(user, at_least=Membership.Role.PUBLISHER)
        keys = CaseStudyPage.objects.filter(council__in=councils).values_list("pk", flat=True)
        return waiting.filter(workflow_state__object_id__in=[str(key) for key in keys])

    @classmethod
    def get_description(cls) -> str:
        return "Publishers of the page's council can approve this task"

    class Meta:
        verbose_name = "council publisher's approval"
