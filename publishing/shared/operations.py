"""A draft is shown by a link, the link is ended, and whoever has it comments."""

from django.db import transaction

from accounts.models import AnyUser, User
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.permissions import require
from outbox.operations import queue_message
from publishing import emails
from publishing.models import CaseStudyPage, DraftComment, SharedDraft
from publishing.models.shared_draft import LASTS
from publishing.permissions import can_share_draft, can_stop_sharing

SHARE_THEM = "Those who write for the council, and Alliance editors, show its drafts to others."
MOST_LINKS, MOST_COMMENTS = 10, 20
OVER = "This link has ended. Ask whoever sent it to you for a new one."


@transaction.atomic
def share_draft(page: CaseStudyPage, *, by: User) -> SharedDraft:
    """Make a link to the newest version, for fourteen days. A later version is not shown by it."""
    page = CaseStudyPage.objects.select_for_update(of=("self",)).select_related("council").get(pk=page.pk)
    require(can_share_draft(by, page), SHARE_THEM)
    if page.is_withdrawn:
        raise Refused("This case study was withdrawn.")
    revision, now = page.latest_revision, clock.now()
    if revision is None:
        raise Refused("Save the draft first: there is no version to show yet.")
    if page.shared_drafts.filter(stopped_at=None, ends_at__gt=now).count() >= MOST_LINKS:
        raise Refused(f"There are {MOST_LINKS} links already. End one that is no longer needed.")
    shared = SharedDraft.objects.create(
        case_study=page, revision=revision, made_by=by, made_at=now, ends_at=now + LASTS
    )
    log_action("publishing.draft_shared", by=by, about=page, revision=revision.pk)
    return shared


@transaction.atomic
def stop_sharing(shared: SharedDraft, *, by: User) -> None:
    """End a link. One that has ended stays so."""
    shared = SharedDraft.objects.select_for_update(of=("self",)).select_related("case_study__council").get(pk=shared.pk)
    require(can_stop_sharing(by, shared), "Whoever made the link, the council’s publisher and editors end it.")
    if shared.stopped_at is None:
        shared.stopped_at = clock.now()
        shared.save(update_fields=["stopped_at"])
        log_action("publishing.draft_no_longer_shared", by=by, about=shared.case_study)


@transaction.atomic
def comment_on_draft(shared: SharedDraft, *, words: str, name: str = "", by: AnyUser) -> DraftComment:
    """Write down what somebody who has the link remarks, and mail it to whoever made the link."""
    shared = SharedDraft.objects.select_for_update(of=("self",)).select_related("made_by").get(pk=shared.pk)
    if not shared.is_live:
        raise Refused(OVER)
    if not words.strip():
        raise Refused("Say what you would change.", field="words")
    if shared.comments.filter(words=words).exists():
        raise Refused("This comment has arrived already.", field="words")
    if shared.comments.count() >= MOST_COMMENTS:
        raise Refused(f"{MOST_COMMENTS} comments were made here. Write to whoever sent you the link.")
    comment = DraftComment.objects.create(shared=shared, words=words, name=name)
    queue_message(emails.draft_commented, comment, to=shared.made_by)
    return comment
