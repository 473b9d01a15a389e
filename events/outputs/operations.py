"""Operations of those who run an event on what came out of it: slides, recordings, notes, decisions."""

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core.documents import check_document
from core.errors import Refused
from core.links import check_page
from core.permissions import require
from events.event.models import Event
from events.outputs.models import Output
from events.permissions import can_run_event
from events.places.operations import lock

NOT_STAFF = "Only those who run the event say what came out of it."
MOST_OUTPUTS = 60


def refuse_unless_begun(event: Event) -> None:
    """Refuse where nothing can have come out of an event: it was cancelled, or has not started."""
    if event.state == Event.State.CANCELLED:
        raise Refused("This event was cancelled, so nothing came out of it.")
    if event.state == Event.State.DRAFT or not event.has_started:
        raise Refused("This event has not started yet, so nothing came out of it.")


@transaction.atomic
def add_output(
    event: Event, *, by: User, kind: str, title: str, link: str = "", document: UploadedFile | None = None
) -> Output:
    """Add a link or a document to what came out of a day. The same link twice changes nothing."""
    require(can_run_event(by, event), NOT_STAFF)
    event = lock(event)
    refuse_unless_begun(event)
    if bool(link) == bool(document):
        raise Refused("Give a link or a document, and not both.", field="link")
    _check(link, document)
    if link and (there := event.outputs.filter(link=link).first()):
        return there
    if event.outputs.count() >= MOST_OUTPUTS:
        raise Refused(f"An event has at most {MOST_OUTPUTS} of these. Take one off first.")
    output = Output(event=event, kind=kind, title=title, link=link, added_by=by)
    if document:
        output.document = document  # type: ignore[assignment]  # Django stores it as it saves the row
    output.save()
    _say_changed(event)
    log_action("events.added_output", by=by, about=event, output=output.pk, kind=kind)
    return output


def _check(link: str, document: UploadedFile | None) -> None:
    field = "document" if document else "link"
    try:
        check_document(document) if document else check_page(link)
    except ValidationError as problem:
        raise Refused(problem.messages[0], field=field) from problem


@transaction.atomic
def remove_output(output: Output, *, by: User) -> Event:
    """Take something off again, with its document."""
    require(can_run_event(by, output.event), NOT_STAFF)
    event = lock(output.event)
    storage, name, key = output.document.storage, output.document.name, output.pk
    gone, _ = event.outputs.filter(pk=key).delete()
    if gone:
        _say_changed(event)
        log_action("events.removed_output", by=by, about=event, output=key)
    if name:
        transaction.on_commit(lambda: storage.delete(name))
    return event


def _say_changed(event: Event) -> None:
    # Sets `updated_at`, so that search and whoever follows changes see it.
    event.save(update_fields=["updated_at"])
