"""What forges say of where repositories are."""

from django.db import transaction

from accounts.models import User
from assets_registry.fetching import FromForge, from_forge
from assets_registry.models import MovedRepository
from assets_registry.repositories import repository_key
from audit.operations import log_action
from core import clock
from core.permissions import require
from councils.permissions import contributes


def read_repository(*, address: str, by: User) -> FromForge:
    """What the forge of a repository says of it. The forge is asked before anything is written or locked."""
    require(contributes(by), "Only confirmed contributors of a council can register assets.")
    found = from_forge(address)
    note_repository(found.asked.address, now_at=found.repository.address, by=by)
    return found


@transaction.atomic
def note_repository(address: str, *, now_at: str, by: User) -> None:
    """Write down that a forge leads from one address of a repository to another; where it does not, forget an old move.

    So an entry is found by each address that its repository ever had.
    """
    require(contributes(by), "Only confirmed contributors of a council can register assets.")
    key, now_key = repository_key(address), repository_key(now_at)
    known = MovedRepository.objects.select_for_update().filter(key=key).first()
    if key == now_key:
        if known:
            known.delete()
            log_action("assets_registry.repository_settled", by=by)
        return
    if known and known.now_key == now_key:
        return
    MovedRepository.objects.filter(key=now_key, now_key=key).delete()  # it moved back
    MovedRepository.objects.update_or_create(key=key, defaults={"now_key": now_key, "seen_at": clock.now()})
    log_action("assets_registry.repository_moved", by=by)
