"""Pages of uploads: sending a list of software, and what has become of it."""

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from assets_registry.models import AssetUpload
from assets_registry.uploads.forms import UploadForm
from assets_registry.uploads.operations import start_upload
from assets_registry.uploads.permissions import visible_uploads
from assets_registry.uploads.reading import columns_in_words, template
from core.answering import answered, posted
from core.permissions import allow, signed_in
from core.tables import Table, table_response, wants_table
from councils.permissions import contributes

SHOWN = 200  # faults on the page; the file has them all
RECENT = 5


@allow(contributes, because="Only confirmed contributors of a council can register assets.")
def upload(request: SignedInRequest) -> HttpResponseBase:
    """Upload a list of software as JSON or CSV, or get the empty table."""
    if wants_table(request):
        return table_response(request, template())
    form = UploadForm(posted(request), request.FILES or None, user=request.user)
    if done := answered(request, form, start_upload):
        return done
    context = {
        "form": form,
        "columns": columns_in_words(),
        "heads": ("Column", "Meaning", "What may stand there"),
        "recent": visible_uploads(request.user).select_related("owner")[:RECENT],
    }
    return render(request, "assets_registry/upload.html", context)


@allow(signed_in)
@require_safe
def upload_progress(request: SignedInRequest, key: int) -> HttpResponseBase:
    """How far an upload is, and why entries of it did not come in."""
    record = get_object_or_404(visible_uploads(request.user).select_related("owner"), pk=key)
    if wants_table(request):
        return table_response(request, _faults(record))
    faults = [(each.name, each.line or "", each.reason) for each in record.faults.all()[: SHOWN + 1]]
    context = {
        "record": record,
        "counts": [(words, f"{number:,}") for words, number in record.counts],
        "heads": ("Entry", "Line", "Reason"),
        "faults": faults[:SHOWN],
        "are_more": len(faults) > SHOWN,
        "shown": SHOWN,
    }
    return render(request, "assets_registry/upload_progress.html", context)


def _faults(record: AssetUpload) -> Table:
    return Table(
        name="not-entered",
        title=f"What did not come in of {record.file_name}",
        columns=("Entry", "Line", "Reason"),
        rows=((each.name, each.line or "", each.reason) for each in record.faults.iterator(chunk_size=1000)),
        is_personal=True,
    )
