"""Publishing the pack of a meeting, and having its PDF made again."""

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.content import digest_of
from core.errors import Refused
from core.permissions import require
from core.words import at_moment
from outbox.operations import queue_message
from steering.models import Meeting, Pack, PdfState
from steering.operations.agenda import lock_meeting
from steering.packs.emails import pack_published
from steering.packs.freezing import EMAIL_ADDRESS, address_in, content_of, with_moment
from steering.packs.permissions import can_publish_pack
from steering.packs.tasks import ask_for_print
from steering.queries.meetings import people_of_the_board


@transaction.atomic
def publish_pack(meeting: Meeting, *, by: User, correction: str = "", shown: str | None = None) -> Pack:
    """Freeze the pack of a meeting and tell the board; after a mistake once more, as the next version.

    `shown` is the hash of the draft that was looked at, which a page always hands over: where the records have changed
    since, or it is empty, nothing is published.
    The earlier version stays readable and says that there is a newer one.
    """
    require(can_publish_pack(by), "Only the secretariat publishes the board's pack.")
    meeting = lock_meeting(meeting)  # so that two people who publish at once make one version
    last = Pack.objects.filter(meeting=meeting).defer("content", "pdf").order_by("-version").first()
    _check(meeting, last, correction)
    draft = content_of(meeting)
    if not meeting.agenda.filter(is_removed=False).exists():
        raise Refused("The agenda has no item yet, so the pack would ask nothing of the board. Write the agenda first.")
    if shown is not None and shown != digest_of(draft):
        raise Refused("A record has changed since you opened this draft. Look through it again, then publish.")
    if found := address_in(draft):
        raise Refused(f"{found}. A pack can never be changed, so it holds no e-mail address. Take it out there first.")
    version = last.version + 1 if last else 1
    content = with_moment(draft, version=version, correction=correction.strip())
    pack = Pack.objects.create(
        meeting=meeting,
        version=version,
        correction=correction.strip(),
        content=content,
        sha256=digest_of(content),
        frozen_by=by,
    )
    log_action("steering.pack_published", by=by, about=pack, version=version, sha256=pack.sha256)
    queue_message(pack_published, pack, to=people_of_the_board(meeting.day), key="published")
    ask_for_print(pack)
    return pack


@transaction.atomic
def print_again(pack: Pack, *, by: User) -> Pack:
    """Have the PDF made again, after it could not be made."""
    require(can_publish_pack(by), "Only the secretariat has the board's pack printed.")
    pack = Pack.objects.select_for_update(of=("self",)).defer("content", "pdf").get(pk=pack.pk)
    if pack.pdf_state is PdfState.READY:
        raise Refused("Its PDF is there already.")
    Pack.objects.filter(pk=pack.pk).update(pdf_failed="", pdf_begun_at=None)
    log_action("steering.pack_printed_again", by=by, about=pack)
    ask_for_print(pack)
    return pack


def _check(meeting: Meeting, last: Pack | None, correction: str) -> None:
    """Refuse a pack of a cancelled or past meeting, a second one that corrects nothing, a correction of none."""
    if meeting.state == Meeting.State.CANCELLED:
        raise Refused("This meeting was cancelled, so it has no pack.")
    if meeting.day < clock.today():
        raise Refused("This meeting is over. Its pack is what the board read before it.")
    if last and not correction.strip():
        raise Refused(
            f"Version {last.version} was published {at_moment(last.frozen_at)}. Say what this one corrects.",
            field="correction",
        )
    if correction.strip() and not last:
        raise Refused("This is the first version, so there is nothing to correct.", field="correction")
    if EMAIL_ADDRESS.search(correction):
        raise Refused("A pack can never be changed. Say it without an e-mail address.", field="correction")
