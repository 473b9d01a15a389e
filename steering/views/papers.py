"""The papers of a meeting: the one view that serves their content, and the forms of the secretariat."""

import datetime as dt
import mimetypes
import tempfile
import zipfile
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from accounts.http import SignedInRequest
from core.answering import answered, posted, pressed
from core.copies import do_not_keep
from core.permissions import allow, anyone
from core.tables import Table, written_as_csv
from steering import operations
from steering.forms.planning import KeepForm, PaperForm
from steering.models import Paper
from steering.permissions import can_minute, reads_as_superuser_only, visible_papers
from steering.views.meetings import meeting_or_404

KEEPS = "Only the secretariat adds papers and takes them off."


@allow(anyone)
@require_safe
def paper(request: HttpRequest, number: int) -> HttpResponse:
    """The content of a paper, to be saved rather than opened here; a restricted one is not found by others.

    Every request is asked anew, whatever it says of parts or of what it has already; nothing on the way keeps a copy.
    """
    do_not_keep(request)
    found = get_object_or_404(visible_papers(request.user), pk=number)
    if found.is_restricted and reads_as_superuser_only(request.user):
        operations.log_reading(found, by=request.user)
    response = HttpResponse(bytes(found.content), content_type=_media_type(found))
    response["Content-Disposition"] = f'attachment; filename="{_file_name(found)}"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return _kept_nowhere(response)


def _kept_nowhere(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex"
    return response


def _media_type(found: Paper) -> str:
    return mimetypes.guess_type(found.file_name)[0] or "application/octet-stream"


def _file_name(found: Paper) -> str:
    return f"{slugify(found.title)[:80] or 'paper'}{Path(found.file_name).suffix.lower()}"


@allow(can_minute, because=KEEPS)
def add_paper(request: SignedInRequest, day: dt.date) -> HttpResponse:
    """The form of a paper for a meeting, for the item that the address names."""
    record = meeting_or_404(request.user, day)
    files = request.FILES if request.method == "POST" else None
    form = PaperForm(
        posted(request), files, meeting=record, initial={"item": request.GET.get("item"), "access": "public"}
    )
    done = answered(request, form, operations.add_paper, record, said="The paper is added.", to=record)
    return done or render(request, "steering/paper.html", {"form": form, "record": record})


@allow(can_minute, because=KEEPS)
def keep_paper(request: SignedInRequest, number: int) -> HttpResponse:
    """The form of how long a paper is kept, with the button that takes it off."""
    found = _without_content(number)
    form = KeepForm(posted(request), initial={"disposition": found.disposition, "is_on_hold": found.is_on_hold})
    done = answered(request, form, operations.keep_paper, found, said="Saved.", to=found.meeting)
    return done or render(request, "steering/keep_paper.html", {"form": form, "paper": found, "record": found.meeting})


@allow(can_minute, because=KEEPS)
@require_POST
def remove_paper(request: SignedInRequest, number: int) -> HttpResponse:
    """The button that takes a paper off."""
    found = _without_content(number)
    back = found.meeting.get_absolute_url()
    return pressed(request, operations.remove_paper, found, said=f"“{found}” is taken off.", to=back, back=back)


def _without_content(number: int) -> Paper:
    return get_object_or_404(Paper.objects.select_related("meeting").defer("content"), pk=number)


@allow(can_minute, because="Only the secretariat takes out all papers of a meeting.")
@require_POST
def export_papers(request: SignedInRequest, day: dt.date) -> HttpResponse | FileResponse:
    """All papers of a meeting in one file with a list of them, as to answer a request for information."""
    record = meeting_or_404(request.user, day)
    operations.log_export(record, by=request.user)
    if reads_as_superuser_only(request.user):
        for each in record.papers.filter(is_restricted=True).defer("content"):
            operations.log_reading(each, by=request.user)
    packed = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        lines = []
        for each in record.papers.iterator(chunk_size=1):
            name = f"{each.pk}-{_file_name(each)}"
            archive.writestr(name, bytes(each.content))
            access = "restricted" if each.is_restricted else "public"
            hold = "yes" if each.is_on_hold else "no"
            lines.append((name, each.title, access, each.reason, each.disposition, hold, each.size, each.sha256))
        archive.writestr("papers.csv", written_as_csv(_list_of(str(record), lines)))
    packed.seek(0)
    response = FileResponse(packed, as_attachment=True, filename=f"papers-{record.day.isoformat()}.zip")
    return _kept_nowhere(response)  # type: ignore[arg-type]  # it has headers, too


def _list_of(title: str, lines: list[tuple]) -> Table:
    columns = ("File", "Title", "Access", "Reason", "Kept until, and then", "On hold", "Bytes", "SHA-256")
    return Table(name="papers", title=f"Papers: {title}", columns=columns, rows=lines, is_personal=True)
