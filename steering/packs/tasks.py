"""The task that makes the PDF of a published pack."""

from core import clock
from core.jobs import retrying_task
from core.wake import wake
from steering.models import Pack
from steering.packs.printing import BROKEN, NotPrinted, print_of


@retrying_task(most=2)
def print_pack(pack_id: int) -> None:
    """Make the PDF and keep it; why there is none is kept in its place. One that is there stays."""
    pack = Pack.objects.defer("pdf").filter(pk=pack_id, pages=None).first()
    if pack is None:
        return
    rows = Pack.objects.filter(pk=pack_id, pages=None)
    rows.update(pdf_begun_at=clock.now(), pdf_failed="")
    try:
        printed = print_of(pack)
    except NotPrinted as problem:
        rows.update(pdf_failed=str(problem), pdf_begun_at=None)
        return
    except Exception:
        # The page says so until the next try; without it a PDF would be "being made" for ever.
        rows.update(pdf_failed=BROKEN, pdf_begun_at=None)
        raise
    rows.update(pdf=printed.pdf, pdf_size=len(printed.pdf), pages=printed.pages, pdf_failed="")


def ask_for_print(pack: Pack) -> None:
    """Queue the task and wake the worker."""
    print_pack.enqueue(pack.pk)
    wake()
