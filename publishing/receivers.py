"""What follows from Wagtail's signals: a line in the audit trail, mail, and who is in the contributors' group.

Wagtail's own mails go out inside the request and know nothing of councils, so they are disconnected; ours are the
outbox's.
"""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.models.signals import post_delete, post_save
from django.dispatch import Signal
from wagtail.log_actions import get_active_log_context
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import (
    page_published,
    page_unpublished,
    task_approved,
    task_rejected,
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)

from accounts.models import User
from audit.operations import log_action
from core.signals import rows_changed
from councils.models import Membership
from outbox.operations import queue_message
from publishing import emails
from publishing.models import CaseStudyPage, CaseStudyPromise, Interview, NewsPage
from publishing.models.bundle import bundle_holding
from publishing.operations import drop_picture, keep_group_in_step
from publishing.promising import keep_promise_of, keep_promises_told_by
from publishing.standing import people_to_decide
from take_up.operations.benefit import take_out_promise_of_figures


def step_begins(sender: Any, instance: TaskState, user: Any = None, **kwargs: Any) -> None:
    queue_message(emails.page_waits, instance, to=people_to_decide(instance))


def submitted(sender: Any, instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    log_action("publishing.submitted", by=user, about=instance.content_object.specific)


def step_passed(sender: Any, instance: TaskState, user: Any = None, **kwargs: Any) -> None:
    page = instance.workflow_state.content_object.specific
    log_action("publishing.approved", by=user, about=page, step=instance.task.name, revision=instance.revision_id)


def sent_back(sender: Any, instance: TaskState, user: Any = None, **kwargs: Any) -> None:
    page = instance.workflow_state.content_object.specific
    log_action("publishing.returned", by=user, about=page, step=instance.task.name, reason=instance.comment)
    if author := instance.workflow_state.requested_by:
        queue_message(emails.page_returned, instance, to=author)


def all_passed(sender: Any, instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    if instance.requested_by and not bundle_holding(instance.content_object.pk):  # whose release tells
        queue_message(emails.page_published, instance.content_object, to=instance.requested_by)


def published(sender: Any, instance: Any, revision: Any = None, **kwargs: Any) -> None:
    """Log who published: whoever pressed, else who gave the last approval; nobody where the time had come."""
    by = get_active_log_context().user
    if by is None and not (instance.live and revision.approved_go_live_at):
        last = revision.task_states.filter(status=TaskState.STATUS_APPROVED).order_by("-finished_at", "-pk").first()
        by = last.finished_by if last else None
    log_action("publishing.published" if instance.live else "publishing.set_for_later", by=by, about=instance)
    if instance.live and isinstance(instance, CaseStudyPage):
        keep_promise_of(instance, by=by)


def unpublished(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Log who unpublished: whoever pressed; of a page that expired, the author of the version that said when."""
    by = get_active_log_context().user
    if by is None and instance.expired and (revision := instance.revisions.order_by("-created_at").first()):
        log_action("publishing.unpublished", by=revision.user, about=instance, because="its time was over")
    else:
        log_action("publishing.unpublished", by=by, about=instance)
    if isinstance(instance, CaseStudyPage):
        keep_promises_told_by(instance, by=by)


def interview_left(sender: Any, instance: Interview, **kwargs: Any) -> None:
    """The picture of an interview that was never sent goes with it, however it goes."""
    if instance.sent_at is None and instance.picture_id and (picture := instance.picture):
        drop_picture(picture)


def promise_left(sender: Any, instance: CaseStudyPromise, **kwargs: Any) -> None:
    """A case study that is deleted, or gives no figures now, takes its promise along, unless that was checked."""
    take_out_promise_of_figures(instance.promise)


def membership_changed(
    sender: Any, instance: Membership, created: bool | None = None, update_fields: Any = None, **kwargs: Any
) -> None:
    """Follow a change of state or role; a new candidate or another date changes no right."""
    gives_nothing = created and instance.state != Membership.State.CONFIRMED
    if not gives_nothing and (update_fields is None or {"state", "role"} & set(update_fields)):
        is_there = created is not None  # as after saving; of a deleted one nobody says it
        keep_group_in_step(instance.person, saved=instance if is_there else None)


def memberships_changed(sender: Any, keys: Any = (), **kwargs: Any) -> None:
    """The same of memberships written in bulk, past save()."""
    for person in User.objects.filter(memberships__in=list(keys)).distinct():
        keep_group_in_step(person)


def connect() -> None:
    """Connect every receiver; called once, when the app is ready."""
    task_submitted.connect(step_begins, sender=TaskState, dispatch_uid="publishing.step_begins")
    workflow_submitted.connect(submitted, sender=WorkflowState, dispatch_uid="publishing.submitted")
    workflow_approved.connect(all_passed, sender=WorkflowState, dispatch_uid="publishing.all_passed")
    task_approved.connect(step_passed, dispatch_uid="publishing.step_passed")
    task_rejected.connect(sent_back, dispatch_uid="publishing.sent_back")
    for model in (CaseStudyPage, NewsPage):
        page_published.connect(published, sender=model, dispatch_uid=f"publishing.published.{model.__name__}")
        page_unpublished.connect(unpublished, sender=model, dispatch_uid=f"publishing.unpublished.{model.__name__}")
    post_delete.connect(interview_left, sender=Interview, dispatch_uid="publishing.interview_left")
    post_delete.connect(promise_left, sender=CaseStudyPromise, dispatch_uid="publishing.promise_left")
    post_save.connect(membership_changed, sender=Membership, dispatch_uid="publishing.membership_saved")
    post_delete.connect(membership_changed, sender=Membership, dispatch_uid="publishing.membership_deleted")
    rows_changed.connect(memberships_changed, sender=Membership, dispatch_uid="publishing.memberships_changed")


# Wagtail's own mails: the signal, its sender and the name under which Wagtail connects the receiver.
MAILS_OF_WAGTAIL: tuple[tuple[Signal, type, str], ...] = (
    (task_submitted, TaskState, "group_approval_task_submitted_email_notification"),
    (workflow_submitted, WorkflowState, "workflow_state_submitted_email_notification"),
    (workflow_approved, WorkflowState, "workflow_state_approved_email_notification"),
    (workflow_rejected, WorkflowState, "workflow_state_rejected_email_notification"),
)


def silence_wagtail() -> None:
    """Disconnect Wagtail's own mails, once Wagtail is ready; fails where a new Wagtail has other names for them."""
    for signal, sender, name in MAILS_OF_WAGTAIL:
        if not signal.disconnect(sender=sender, dispatch_uid=name):
            raise ImproperlyConfigured(f"Wagtail connects no {name}: see which mails it sends of its own now.")
