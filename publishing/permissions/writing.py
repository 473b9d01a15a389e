"""Who writes, hands in, approves, shares, bundles and withdraws case studies and news."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.models import Revision, TaskState, WorkflowState

from accounts.models import AnyUser
from accounts.permissions import acts_as
from accounts.roles import Role
from councils.models import Membership
from councils.permissions import can_contribute_for, can_publish_for, contributes, councils_of
from publishing.models import CaseStudyPage, CouncilPublisherTask, EditorTask, Interview, SharedDraft
from publishing.models.editorial import Editorial
from publishing.permissions.reading import case_studies_behind_the_scenes, is_editor


def can_write_case_studies(user: AnyUser) -> bool:
    """Whether someone may write a case study at all: contributors of a council, for theirs, and Alliance editors."""
    return contributes(user) or is_editor(user)


def can_be_interviewed_for(user: AnyUser, council: Any) -> bool:
    """Contributors of a council that exists, for it. Alliance editors belong to none and write in the page editor."""
    return council in councils_of(user, at_least=Membership.Role.CONTRIBUTOR)


def own_interviews(user: AnyUser) -> QuerySet[Interview]:
    """The case studies that somebody has under way, for councils that they still write for."""
    councils = councils_of(user, at_least=Membership.Role.CONTRIBUTOR)
    return Interview.objects.filter(author=user.pk, council__in=councils)


def can_go_on_with_interview(user: AnyUser, interview: Interview) -> bool:
    """Whoever began it, while they write for its council."""
    return interview.author_id == user.pk and can_be_interviewed_for(user, interview.council)


def can_write_news(user: AnyUser) -> bool:
    """Alliance editors and the secretariat; an Alliance editor who did not write it publishes it."""
    return acts_as(user, Role.EDITOR, Role.SECRETARIAT)


def can_write_case_study_for(user: AnyUser, council: Any) -> bool:
    return is_editor(user) or can_contribute_for(user, council)


def can_withdraw_case_study(user: AnyUser, page: CaseStudyPage) -> bool:
    """The council's publisher takes back what the council said; an Alliance editor may too."""
    return is_editor(user) or can_publish_for(user, page.council)


def can_bundle(user: AnyUser) -> bool:
    """Alliance editors say which case studies and news go onto the site together, and when."""
    return is_editor(user)


def can_share_draft(user: AnyUser, page: CaseStudyPage) -> bool:
    """Those who write case studies for its council, and Alliance editors, show its drafts to others by a link."""
    return can_write_case_study_for(user, page.council)


def can_stop_sharing(user: AnyUser, shared: SharedDraft) -> bool:
    """Whoever made the link, the council's publisher and Alliance editors."""
    own = shared.made_by_id == getattr(user, "pk", None) and can_share_draft(user, shared.case_study)
    return own or is_editor(user) or can_publish_for(user, shared.case_study.council)


def can_submit_case_study(user: AnyUser, page: CaseStudyPage) -> bool:
    return can_write_case_study_for(user, page.council)


def can_decide_case_study(user: AnyUser, page: CaseStudyPage) -> bool:
    """Whoever the step at which it waits belongs to."""
    task = page.current_workflow_task
    return task is not None and task.may_decide(page, user)


def waiting_case_studies(user: AnyUser) -> QuerySet[TaskState]:
    """The steps of approval that wait for this person: none for words that another has to approve."""
    states = TaskState.objects.none()
    for kind in (CouncilPublisherTask, EditorTask):
        for step in kind.objects.filter(active=True) if kind.is_of(user) else ():
            states |= step.get_task_states_user_can_moderate(user)
    # `may_decide` is asked only of pages they wrote in: it bars them from no other.
    own = states.filter(workflow_state__object_id__in=_written_by(user)).select_related("task", "workflow_state")
    barred = [
        state.pk for state in own if not state.task.specific.may_decide(state.workflow_state.content_object, user)
    ]
    return states.exclude(pk__in=barred)


def _written_by(user: AnyUser) -> QuerySet[Revision, str]:
    return Revision.page_revisions.filter(user=user.pk).values("object_id")


def publishes_alone(user: AnyUser, page: Editorial) -> bool:
    """Whether these are this person's own words, which nobody else has approved."""
    return user.pk in page.writers() and not page.is_approved_by_another_than(user)


def returned_case_studies(user: AnyUser) -> QuerySet[CaseStudyPage]:
    """Those this person wrote or handed in, and may still change, that were sent back; `why` says what for."""
    sent_back = WorkflowState.objects.filter(
        content_type=ContentType.objects.get_for_model(CaseStudyPage),
        object_id=Cast(OuterRef("pk"), CharField()),
        status=WorkflowState.STATUS_NEEDS_CHANGES,
    )
    mine = Q(owner_id=user.pk) | Exists(sent_back.filter(requested_by_id=user.pk))
    pages = case_studies_behind_the_scenes(user).filter(mine, Exists(sent_back))
    return pages.annotate(why=sent_back.values("current_task_state__comment")[:1]).order_by("pk")
