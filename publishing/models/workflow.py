from typing import Any

from django import forms
from django.db import transaction
from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from wagtail.locks import WorkflowLock
from wagtail.models import Task, TaskState, WorkflowState

from accounts.models import User
from accounts.permissions import acts_as, acts_as_superuser, holders_of
from accounts.roles import Role
from core.permissions import require
from councils.models import Membership
from councils.permissions import can_publish_for, councils_of, members_of
from publishing.models.case_study import CaseStudyPage
from publishing.models.editorial import hold_councils


class WaitsForApproval(WorkflowLock):
    """Closes a page that waits to everybody but those who approve it."""

    def get_message(self, user: Any) -> str | None:
        if not self.for_user(user):
            return None
        return (
            "It waits for approval. Whoever is asked to approve it can change it meanwhile: “Where it stands” says who."
        )


class ApprovalStep(Task):
    """A step of approval whose rule is asked page by page; sending back needs a reason."""

    lock_class = WaitsForApproval
    reason_form: type[forms.Form] | None = None  # set when the app is ready
    approve_words = "Approve"
    asks = "to approve"  # “Case study to approve”

    class Meta:
        abstract = True

    @classmethod
    def is_of(cls, user: Any) -> bool:
        """Whether pages could wait in such a step for this person, by their rights alone."""
        raise NotImplementedError

    def deciders(self, page: Any) -> QuerySet[User]:
        """The people whose step this is, whoever wrote the page."""
        raise NotImplementedError

    def has_right(self, page: Any, user: Any) -> bool:
        """Whether this step is this person's, whoever wrote the page."""
        raise NotImplementedError

    def may_decide(self, page: Any, user: Any) -> bool:
        """Whether this person may pass the page on now. Nobody approves alone what they wrote."""
        raise NotImplementedError

    def is_barred_as_writer(self, page: Any, user: Any) -> bool:
        """Whether this person would decide here, had they not written in it."""
        return self.has_right(page, user) and not self.may_decide(page, user)

    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        """Begin; but words that were changed since an earlier step approved them go back to that step first."""
        first = workflow_state.get_next_task()
        if first is not None and first.pk != self.pk:
            return first.specific.start(workflow_state, user=user)
        return super().start(workflow_state, user=user)

    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> Any:
        # Asked again here: Wagtail asks about the page in the address, which need not be the one waiting.
        with transaction.atomic():
            page = _held(task_state)
            if self.is_barred_as_writer(page, user):
                return None  # by words saved with the same press: `say_who_has_it_now` says so, and the words are kept
            require(self.may_decide(page, user), "It does not wait for you.")
            return super().on_action(task_state, user, action_name, **kwargs)

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return self.may_decide(obj, user)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return not self.may_decide(obj, user)

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        return self.may_decide(obj, user)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        if not self.may_decide(obj, user):
            return []
        return [("reject", "Ask for changes", True), ("approve", self.approve_words, False)]

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        return self.reason_form if action == "reject" and self.reason_form else super().get_form_for_action(action)

    def _waiting(self) -> QuerySet[TaskState]:
        return self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)


def _held(task_state: TaskState) -> Any:
    """The page that waits, locked after its council, so that two who decide at once take turns."""
    page = task_state.workflow_state.content_object.specific
    hold_councils([page.council_key])
    return type(page).objects.select_for_update(of=("self",)).get(pk=page.pk)


class CouncilPublisherTask(ApprovalStep):
    """The step of the publishers of the council that the page is for, which Wagtail's group step cannot ask."""

    approve_words = "Approve for the council"
    asks = "to approve for your council"

    class Meta:
        verbose_name = "council publisher's approval"

    @classmethod
    def is_of(cls, user: Any) -> bool:
        return acts_as_superuser(user) or bool(councils_of(user, at_least=Membership.Role.PUBLISHER))

    def deciders(self, page: Any) -> QuerySet[User]:
        roles = [Membership.Role.PUBLISHER, Membership.Role.LEAD]
        return members_of(page.specific.council).filter(memberships__role__in=roles).distinct()

    def has_right(self, page: Any, user: Any) -> bool:
        return acts_as_superuser(user) or can_publish_for(user, page.specific.council)

    def may_decide(self, page: Any, user: Any) -> bool:
        """Another publisher than the writers; where the council has none, the editor's step is the second pair."""
        page = page.specific
        if not self.has_right(page, user):
            return False
        writers = page.writers()
        return user.pk not in writers or not self.deciders(page).exclude(pk__in=writers).exists()

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> QuerySet[TaskState]:
        if acts_as_superuser(user):
            return self._waiting()
        councils = councils_of(user, at_least=Membership.Role.PUBLISHER)
        pages = CaseStudyPage.objects.filter(council__in=councils, live=False) | CaseStudyPage.objects.filter(
            council__in=councils, has_unpublished_changes=True
        )
        keys = pages.annotate(key=Cast("pk", CharField())).values("key")
        return self._waiting().filter(workflow_state__object_id__in=keys)

    @classmethod
    def get_description(cls) -> str:
        return "Publishers and leads of the page's council approve it."


class EditorTask(ApprovalStep):
    """The Alliance editors' step, with the second factor that the role asks for."""

    approve_words = "Approve and publish"
    asks = "to approve and publish"

    class Meta:
        verbose_name = "Alliance editor's approval"

    @classmethod
    def is_of(cls, user: Any) -> bool:
        return acts_as(user, Role.EDITOR)

    def deciders(self, page: Any) -> QuerySet[User]:
        return holders_of(Role.EDITOR)

    def has_right(self, page: Any, user: Any) -> bool:
        return acts_as(user, Role.EDITOR)

    def may_decide(self, page: Any, user: Any) -> bool:
        """An editor who did not write the words, or whose words somebody else has approved or will be asked to."""
        page = page.specific
        if not self.has_right(page, user):
            return False
        if user.pk not in page.writers() or page.is_approved_by_another_than(user):
            return True
        process = page.current_workflow_state
        following = process.get_next_task() if process else None
        return following is not None and following.pk != self.pk  # it goes back to the council first

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> QuerySet[TaskState]:
        return self._waiting() if self.is_of(user) else TaskState.objects.none()

    @classmethod
    def get_description(cls) -> str:
        return "Alliance editors approve it, and with that it is published."
