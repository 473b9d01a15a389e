"""Operations on the papers of a meeting: added, kept, taken off, and each reading that the board is told of."""

import hashlib

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core.documents import check_document
from core.errors import Refused
from core.permissions import require
from steering.models import Meeting, MeetingItem, Paper
from steering.models.meetings import MOST_BYTES
from steering.operations.agenda import lock_meeting
from steering.permissions import can_minute

NOT_STAFF = "Only the secretariat adds papers and takes them off."
MOST_PAPERS = 40


@transaction.atomic
def add_paper(
    meeting: Meeting,
    *,
    title: str,
    document: UploadedFile,
    by: User,
    item: MeetingItem | None = None,
    is_restricted: bool = False,
    reason: str = "",
    disposition: str = "",
    source: str = "",
    is_illustrative: bool = False,
) -> Paper:
    """Add a paper to a meeting, or to an item of its agenda. Of a restricted one the reason is public, as its title."""
    require(can_minute(by), NOT_STAFF)
    meeting = lock_meeting(meeting)
    if meeting.is_cancelled:
        raise Refused("This meeting was cancelled.")
    if item and item.meeting_id != meeting.pk:
        raise Refused("This item stands on the agenda of another meeting.", field="item")
    if is_restricted and not reason.strip():
        raise Refused("Say why it is restricted. The reason is public.", field="reason")
    if meeting.papers.count() >= MOST_PAPERS:
        raise Refused(f"A meeting has at most {MOST_PAPERS} papers.")
    content = _read(document)
    paper = Paper.objects.create(
        meeting=meeting, item=item, title=title, file_name=(document.name or "paper")[-120:], content=content,
        size=len(content), sha256=hashlib.sha256(content).hexdigest(), is_restricted=is_restricted,
        reason=reason if is_restricted else "", disposition=disposition, added_by=by, source=source,
        is_illustrative=is_illustrative,
    )  # fmt: skip
    log_action("steering.paper_added", by=by, about=meeting, paper=paper.pk, restricted=is_restricted)
    return paper


def _read(document: UploadedFile) -> bytes:
    """The bytes of a document of a kind and a size that a paper may have."""
    try:
        check_document(document, most_bytes=MOST_BYTES)
    except ValidationError as problem:
        raise Refused(problem.messages[0], field="document") from problem
    return document.read()


@transaction.atomic
def keep_paper(paper: Paper, *, disposition: str, is_on_hold: bool, by: User) -> Paper:
    """Say how long a paper is kept, and whether it is on hold, as while somebody has asked for it by law."""
    require(can_minute(by), NOT_STAFF)
    paper = _locked(paper)
    paper.disposition, paper.is_on_hold = disposition, is_on_hold
    paper.save(update_fields=["disposition", "is_on_hold"])
    log_action(
        "steering.paper_kept", by=by, about=paper.meeting, paper=paper.pk, hold=is_on_hold, disposition=disposition
    )
    return paper


@transaction.atomic
def remove_paper(paper: Paper, *, by: User) -> Meeting:
    """Take a paper off a planned meeting, with its content. One on hold, in a pack or of a meeting held stays."""
    require(can_minute(by), NOT_STAFF)
    meeting = lock_meeting(paper.meeting)  # which publishing its pack locks too
    paper = _locked(paper)
    if paper.is_on_hold:
        raise Refused("This paper is on hold, and is kept as it is.")
    if meeting.is_held:
        raise Refused("The board has had this paper before it. It belongs to the record.")
    if meeting.packs.filter(frozen_at__gte=paper.created_at).exists():
        raise Refused("The published pack lists this paper. It belongs to the record.")
    log_action("steering.paper_removed", by=by, about=meeting, paper=paper.pk, sha256=paper.sha256)
    paper.delete()
    return meeting


@transaction.atomic
def log_reading(paper: Paper, *, by: User) -> None:
    """Write down that somebody read a restricted paper only because they keep the site; the board is shown it."""
    log_action("steering.paper_read", by=by, about=paper.meeting, paper=paper.pk)


@transaction.atomic
def log_export(meeting: Meeting, *, by: User) -> None:
    """Write down that the papers of a meeting were taken out together, as to answer a request for information."""
    require(can_minute(by), "Only the secretariat takes out all papers of a meeting.")
    log_action("steering.papers_exported", by=by, about=meeting)


def _locked(paper: Paper) -> Paper:
    rows = Paper.objects.select_for_update(of=("self",)).select_related("meeting").defer("content")
    return rows.get(pk=paper.pk)
