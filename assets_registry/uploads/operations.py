"""Uploading a list of software, and forgetting uploads."""

import datetime as dt
import hashlib

from django.db import transaction

from accounts.models import User
from assets_registry.bulk import Record
from assets_registry.models import AssetUpload, UploadFault, WaitingEntry
from assets_registry.permissions import can_register_asset
from assets_registry.uploads import running, tasks
from audit.operations import log_action
from core import clock
from core.permissions import require
from councils.models import Organisation

KEPT = dt.timedelta(days=30)
GIVEN_UP_AFTER = dt.timedelta(days=2)


@transaction.atomic
def start_upload(*, by: User, owner: Organisation, file_name: str, records: list[Record]) -> AssetUpload:
    """Keep what a file holds and have the worker import it; the same file while it is under way goes on with that."""
    require(can_register_asset(by, owner), "Only confirmed contributors of the owner can register its assets.")
    # Held, so that the same file sent twice at once makes one run.
    Organisation.objects.select_for_update().get(pk=owner.pk)
    digest = hashlib.sha256()
    for record in records:
        digest.update(len(record.content).to_bytes(8, "big") + record.content + record.fault.encode())
    same = AssetUpload.objects.filter(owner=owner, digest=digest.hexdigest(), ended_at=None).first()
    if same:
        tasks.ask_for(same.pk)
        return same
    faulty = [record for record in records if record.fault]
    upload = AssetUpload.objects.create(
        owner=owner,
        uploaded_by=by,
        file_name=file_name,
        digest=digest.hexdigest(),
        total=len(records),
        refused=len(faulty),
    )
    UploadFault.objects.bulk_create(
        UploadFault(upload=upload, name=record.name, line=record.line, reason=record.fault) for record in faulty
    )
    WaitingEntry.objects.bulk_create(
        WaitingEntry(upload=upload, number=number, name=record.name, line=record.line, content=_as_text(record.content))
        for number, record in enumerate(records, start=1)
        if not record.fault
    )
    log_action("assets_registry.list_uploaded", by=by, about=upload, n=len(records), owner=owner.pk)
    tasks.ask_for(upload.pk)
    return upload


def forget_uploads() -> int:
    """Delete uploads of a month ago, and end those that nobody could finish; returns how many were deleted."""
    for key in AssetUpload.objects.filter(ended_at=None, uploaded_at__lt=clock.now() - GIVEN_UP_AFTER).values_list(
        "pk", flat=True
    ):
        _give_up(key)
    return AssetUpload.objects.filter(ended_at__lt=clock.now() - KEPT).delete()[0]


@transaction.atomic
def _give_up(key: int) -> None:
    upload = AssetUpload.objects.select_for_update().filter(pk=key, ended_at=None).first()
    if upload:
        running.end(upload, because="It could not be finished. Upload the file again.")


def _as_text(content: bytes) -> str:
    """The content as a database keeps it. A NUL, which none does, becomes another sign that no file may have."""
    return content.decode("utf-8", "replace").replace("\0", "\x01")
