"""Every change of state of case studies and answers to needs, one function each.

Writing and approving case studies runs in Wagtail's own workflow.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import structlog
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import CharField, Q
from django.db.models.functions import Cast
from wagtail.models import Page, Revision, TaskState

from accounts.models import User
from assets_registry.models import Asset
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.permissions import require
from core.text import clean_line
from councils.models import Membership
from councils.permissions import contributes, makes_contributor
from projects.models import Need, NeedMove
from projects.needs.operations import tell_need_moved
from publishing.models import Bundle, BundlePage, CaseStudyPage, NeedAnswer, Picture
from publishing.models.answer import council_of
from publishing.models.editorial import hold_councils
from publishing.permissions import (
    CONTRIBUTORS,
    TAKES_ANSWERS_OFF,
    can_answer_with,
    can_decide_case_study,
    can_submit_case_study,
    can_take_answer_off,
    can_withdraw_case_study,
    is_picture_in_use,
    visible_answers,
)
from publishing.promising import keep_promises_told_by

log = structlog.get_logger(__name__)


@transaction.atomic
def submit_case_study(page: CaseStudyPage, *, by: User) -> TaskState:
    """Hand a draft to the council's publisher, the first step of its workflow."""
    require(can_submit_case_study(by, page), "Only contributors of the council submit its case studies.")
    if page.workflow_in_progress:
        raise Refused("This case study is already waiting for approval.")
    page.get_workflow().start(page, by)
    return page.current_workflow_task_state


@transaction.atomic
def approve_case_study(page: CaseStudyPage, *, by: User, comment: str = "") -> None:
    """Pass the step that waits: the council's publisher hands on to the editor, whose approval publishes."""
    state = _waiting_state(page, by)
    if clock.is_entering_history() and page.first_published_at is None:
        # Wagtail keeps a first publication that is set already: here the one of the record.
        CaseStudyPage.objects.filter(pk=page.pk).update(first_published_at=clock.now())
    state.task.specific.on_action(state, by, "approve", comment=comment)


@transaction.atomic
def return_case_study(page: CaseStudyPage, *, by: User, reason: str) -> None:
    """Send it back to its author, who sees the reason."""
    state = _waiting_state(page, by)
    if not (reason := clean_line(reason)):
        raise Refused("Say what should change.", field="reason")
    state.task.specific.on_action(state, by, "reject", comment=reason)


def _waiting_state(page: CaseStudyPage, by: User) -> TaskState:
    # Lock the page, so that two who decide at once do not both decide about the same step.
    hold_councils([page.council_id])
    page = CaseStudyPage.objects.select_for_update(of=("self",)).get(pk=page.pk)
    state = page.current_workflow_task_state
    if state is None:
        raise Refused("This case study is not waiting for approval.")
    require(can_decide_case_study(by, page), "This case study does not wait for you.")
    return state


@transaction.atomic
def withdraw_case_study(page: CaseStudyPage, *, by: User, reason: str) -> CaseStudyPage:
    """Take back what was published. The address stays and says why; the words are no longer shown."""
    council, measure = page.council_id, page.measure
    hold_councils([council])
    same = Q(pk=page.pk) | (Q(council=council, measure__iexact=measure) & ~Q(measure=""))
    # Those of its measure are held in one order: two that are withdrawn together do not wait for one another.
    held = CaseStudyPage.objects.select_for_update(of=("self",)).filter(same).order_by("pk")
    page = next(each for each in held if each.pk == page.pk)
    require(can_withdraw_case_study(by, page), "Its council's publisher or an Alliance editor withdraws a case study.")
    if page.is_withdrawn or not page.live:
        raise Refused("This case study is not on the site.")
    if not (reason := clean_line(reason)):
        raise Refused("Enter the reason: it stands on the page.", field="reason")
    page.withdrawn_on, page.withdrawn_reason = clock.today(), reason
    page.save(update_fields=["withdrawn_on", "withdrawn_reason"])
    log_action("publishing.case_study_withdrawn", by=by, about=page, reason=reason)
    keep_promises_told_by(page, by=by)
    return page


@transaction.atomic
def answer_need(need: Need, answer_with: Asset | CaseStudyPage, *, by: User) -> NeedAnswer:
    """Say that what a council has published shows how it met a need. The same again returns the one that is there."""
    council = council_of(answer_with)
    require(can_answer_with(by, answer_with), f"Only a confirmed contributor of {council} says what it has done.")
    need = Need.objects.select_for_update().get(pk=need.pk)
    if need.state != Need.State.OPEN:
        raise Refused("This need is no longer open.")
    if council.pk == need.council_id:
        raise Refused(f"{council} raised this need. What was done elsewhere is linked by others.", field="answer")
    named = {"asset" if isinstance(answer_with, Asset) else "case_study": answer_with}
    answer, is_new = NeedAnswer.objects.get_or_create(need=need, **named, defaults={"linked_by": by})
    if not visible_answers(by).contains(answer):
        raise Refused(f"“{answer_with}” is not published.", field="answer")
    if is_new:
        log_action("publishing.answered_need", by=by, about=need, council=council.pk, answer=answer.pk)
        title, path = f"{answer_with} ({council})", answer_with.get_absolute_url()
        tell_need_moved([need], what=NeedMove.What.DONE, title=title, path=path, by=by)
    return answer


@transaction.atomic
def take_answer_off(answer: NeedAnswer, *, by: User) -> None:
    """Take an answer off the need's page. One that is gone already changes nothing."""
    require(can_take_answer_off(by, answer), TAKES_ANSWERS_OFF)
    gone, _ = NeedAnswer.objects.filter(pk=answer.pk).delete()
    if gone:
        log_action("publishing.took_answer_off", by=by, about=answer.need, council=answer.council.pk)


def keep_group_in_step(person: User, *, saved: Membership | None = None) -> None:
    """Put a person who contributes for a council into the group that enters Wagtail's admin; take out one who does not.

    The group lets them in, no more: each page asks for which council they contribute. Where `saved`, which has just
    been written, makes them a contributor, no other place is read.
    """
    group = Group.objects.get(name=CONTRIBUTORS)
    is_told = saved is not None and person.is_active and makes_contributor(saved)
    # A fresh copy: the person in hand may remember memberships from before the change.
    if is_told or contributes(User.objects.get(pk=person.pk)):
        person.groups.add(group)
    else:
        person.groups.remove(group)


def publish_and_expire_what_is_due() -> None:
    """Take down the pages whose time is over, and publish the versions whose time has come.

    Each in its own transaction with its audit line: a page that cannot be published holds up no other. What a bundle
    holds goes out with it.
    """
    now = clock.now()
    for page in Page.objects.filter(live=True, expire_at__lte=now).order_by("expire_at").specific():
        _by_the_clock(page, partial(page.unpublish, set_expired=True, log_action="wagtail.unpublish.scheduled"))
    held = BundlePage.objects.filter(bundle__in=Bundle.objects.held())
    due = (
        Revision.page_revisions.filter(approved_go_live_at__lte=now)
        .exclude(object_id__in=held.annotate(key=Cast("page", CharField())).values("key"))
        .order_by("approved_go_live_at")
    )
    for revision in due:
        _by_the_clock(revision, partial(revision.publish, log_action="wagtail.publish.scheduled"))


def _by_the_clock(row: Any, action: Callable[[], None]) -> None:
    try:
        with transaction.atomic():
            action()
    except (ValidationError, DatabaseError):
        log.exception("not_done_on_time", kind=row._meta.label, key=row.pk)


def drop_picture(picture: Picture) -> None:
    """Delete a picture, unless a page shows it in any version of its words."""
    if not is_picture_in_use(picture):
        picture.delete()
