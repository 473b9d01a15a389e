"""An interview begins, is saved page by page, and is sent: only then is there a page."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.permissions import require
from core.pictures import CleanPicture
from core.text import clean_text
from councils.models import Organisation
from publishing.interview.queries import promises_said
from publishing.models import CaseStudyIndexPage, CaseStudyPage, Interview, Picture
from publishing.models.editorial import hold_councils
from publishing.models.interview import KEPT, PAUSE
from publishing.operations import drop_picture, submit_case_study
from publishing.permissions import can_be_interviewed_for, can_go_on_with_interview, is_picture_in_use

WRITE_FOR_IT = "Contributors of a council write its case studies. Ask your council’s lead to join."
LONGEST_ANSWER = 10_000
SENT = "This case study was sent already. Go on with it in the page editor."
CHANGED = (
    "It was changed on another device or in another tab since this page was opened. Read it once more, then send it."
)
ANSWERED_SINCE = (
    "This question was answered on another device or in another tab since you opened it here. What you typed is in the "
    "boxes, what stands now is above them. Take over what you need, then press a button: what is in the boxes is kept."
)


@transaction.atomic
def start_interview(council: Organisation, *, by: User) -> Interview:
    """Begin a case study of a council. One of theirs in which nothing is answered yet is gone on with instead."""
    require(can_be_interviewed_for(by, council), WRITE_FOR_IT)
    User.objects.select_for_update().get(pk=by.pk)  # pressed twice, the second finds what the first began
    now = clock.now()
    empty = by.interviews.filter(council=council, sent_at=None, answers={}, picture=None).first()
    return empty or Interview.objects.create(author=by, council=council, started_at=now, saved_at=now)


@transaction.atomic
def save_answers(
    interview: Interview,
    *,
    by: User,
    typed: dict[str, str],
    picture: CleanPicture | None = None,
    without_picture: bool = False,
    read: tuple[Collection[str], str] | None = None,
    opened: dt.datetime | None = None,
) -> Interview:
    """Keep what was typed on one page, right or wrong, beside what stands on the others; and the time it took.

    `without_picture` takes out the one that it has, with what was said of it. `read` are the names that the page
    asks for and the mark of their answers as it showed them: what came in since is not written over with other words.
    `opened` is when the page was opened, as a browser says it: only time since then and since the last save counts.
    """
    interview = _own(interview, by)
    if interview.page_id:
        raise Refused(SENT)
    if long := next((name for name, words in typed.items() if len(words) > LONGEST_ANSWER), None):
        raise Refused(f"Keep each answer to {LONGEST_ANSWER:,} characters.", field=long)
    words = {name: clean_text(each) for name, each in typed.items()}
    is_news = any(interview.answers.get(name, "") != each for name, each in words.items())
    if read and is_news and interview.mark_of(read[0]) != read[1]:
        raise Refused(ANSWERED_SINCE)
    interview.answers |= words
    before = interview.picture
    if picture:
        interview.picture = _kept(picture, interview)
    elif without_picture:
        interview.picture = None
        interview.answers |= {"description": "", "credit": ""}
    if (shown := interview.picture) and not is_picture_in_use(shown):
        shown.description = interview.answers.get("description", "")[:255]
        shown.credit = interview.answers.get("credit", "")[:160]
        shown.save(update_fields=["description", "credit"])
    now = clock.now()
    spent = now - max(interview.saved_at, opened or now)
    interview.seconds += int(min(max(spent, dt.timedelta()), PAUSE).total_seconds())
    interview.saved_at = max(now, interview.saved_at)
    interview.save()
    if before and before != interview.picture:
        drop_picture(before)
    return interview


@transaction.atomic
def send_interview(interview: Interview, *, by: User, words: dict[str, Any], read: str | None = None) -> CaseStudyPage:
    """Make the draft page and hand it to the council's publisher. Sent twice, it makes one page.

    `words` are the fields of the page, read from the answers of `interview` as the caller holds it; `read` is the mark
    of all answers as its author was shown them, where that was before.
    """
    marks = {interview.mark_of(), interview.mark_of() if read is None else read}
    hold_councils([interview.council_id])
    interview = _own(interview, by)
    if page := interview.page:
        return page
    if marks != {interview.mark_of()}:
        raise Refused(CHANGED)
    if picture := interview.picture:
        picture.council = interview.council
        picture.save(update_fields=["council"])
    page = CaseStudyPage(council=interview.council, picture=picture, owner=by, live=False, **words)
    CaseStudyIndexPage.objects.select_for_update().get().add_child(instance=page)  # held: it counts its children
    page.benefits = promises_said(page, by)
    page.save_revision(user=by)
    # The page says it now: what was typed is kept once.
    interview.page, interview.sent_at, interview.answers = page, clock.now(), {}
    interview.save()
    log_action("publishing.made_from_interview", by=by, about=page)
    submit_case_study(page, by=by)
    return page


@transaction.atomic
def give_up_interview(interview: Interview, *, by: User) -> None:
    """Delete what was answered, with its picture. The page of one that was sent stays."""
    interview = _own(interview, by)
    if interview.page_id:
        raise Refused(SENT)
    interview.delete()


def forget_interviews() -> int:
    """Delete interviews that were last saved half a year ago; returns how many."""
    old = Interview.objects.filter(saved_at__lt=clock.now() - KEPT).values_list("pk", flat=True)
    return sum(_forget(key) for key in list(old))


@transaction.atomic
def _forget(key: int) -> int:
    """Delete one interview, unless somebody has gone on with it since; returns how many it were."""
    old = Interview.objects.select_for_update(of=("self",)).filter(pk=key, saved_at__lt=clock.now() - KEPT).first()
    if old is None:
        return 0
    old.delete()
    return 1


def _own(interview: Interview, by: User) -> Interview:
    # Without what it leads to: of a row that one waited for, PostgreSQL joins what stood there before.
    locked = Interview.objects.select_for_update().filter(pk=interview.pk).first()
    if locked is None:
        raise Refused("It was thrown away. Begin a new one.")
    require(can_go_on_with_interview(by, locked), "Only whoever began it goes on with it.")
    return locked


def _kept(picture: CleanPicture, interview: Interview) -> Picture:
    """The picture, of no council until it is sent: nobody else sees it."""
    file = ImageFile(ContentFile(picture.content), name="picture.webp")
    size = {"width": picture.width, "height": picture.height}
    return Picture.objects.create(
        title=interview.title or "A picture",
        uploaded_by_user=interview.author,
        file=file,
        **size,
    )
