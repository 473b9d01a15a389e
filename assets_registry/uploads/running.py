"""Reading the entries of an upload, some at a time, as the worker is asked to."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from assets_registry.bulk import Record
from assets_registry.models import AssetUpload, UploadFault, WaitingEntry
from assets_registry.operations.importing import Fault, ImportTally, import_assets
from core import clock
from core.words import counted

# A second of work, during which nobody else writes on SQLite: so many entries, and no more than so many characters.
BATCH, BATCH_CHARACTERS = 200, 512 * 1024
MOST_FAULTS = 10  # that are kept of one entry
_LONGEST = 400  # of a reason


@transaction.atomic
def import_some(upload_id: int) -> bool:
    """Import the next entries of an upload in one transaction; returns whether more wait. Ended, it is left alone."""
    upload = AssetUpload.objects.select_for_update().filter(pk=upload_id, ended_at=None).first()
    if upload is None:
        return False
    waiting = _next(upload)
    records = [Record(each.name, each.content.encode("utf-8", "surrogatepass"), each.line) for each in waiting]
    tally = ImportTally()
    try:
        for tally in import_assets(records, owner=upload.owner, by=upload.uploaded_by):
            UploadFault.objects.bulk_create(_kept(upload, tally.faults))
    except PermissionDenied as problem:
        end(upload, because=str(problem))
        return False
    for name in ("registered", "changed", "unchanged", "refused"):
        setattr(upload, name, getattr(upload, name) + getattr(tally, name))
    upload.waiting.filter(pk__in=[each.pk for each in waiting]).delete()
    upload.save()
    if upload.waiting.exists():
        return True
    end(upload)
    return False


def _next(upload: AssetUpload) -> list[WaitingEntry]:
    """The entries to read now: one at least, if any waits."""
    found, size = [], 0
    for each in upload.waiting.all()[:BATCH]:
        size += len(each.content)
        if found and size > BATCH_CHARACTERS:
            break
        found.append(each)
    return found


def end(upload: AssetUpload, *, because: str = "") -> None:
    """Write down that an upload has ended, and forget what waited still. The caller holds its lock."""
    upload.waiting.all().delete()
    upload.ended_at, upload.stopped_because = clock.now(), because[:200]
    upload.save()


def _kept(upload: AssetUpload, faults: list[Fault]) -> list[UploadFault]:
    """The first faults of each entry, and how many others it has."""
    of_each: dict[str, list[Fault]] = {}
    for fault in faults:
        of_each.setdefault(fault.name, []).append(fault)
    kept = []
    for name, found in of_each.items():
        rows = [(each.line, each.reason) for each in found[:MOST_FAULTS]]
        if more := len(found) - MOST_FAULTS:
            rows += [(found[0].line, f"and {counted(more, 'other fault')} of it")] if more > 0 else []
        kept += [UploadFault(upload=upload, name=name, line=line, reason=said[:_LONGEST]) for line, said in rows]
    return kept
