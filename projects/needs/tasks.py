"""Mail about needs: takes ids, reads afresh, safe to run twice."""

from accounts.models import User
from core.jobs import retrying_task
from projects.needs import emails
from projects.needs.models import Need, NeedMove


@retrying_task()
def tell_of_merged_need(need_id: int, by_id: int) -> None:
    emails.need_merged(Need.objects.select_related("merged_into").get(pk=need_id), by=by_id)


@retrying_task()
def tell_of_withdrawn_need(need_id: int, by_id: int) -> None:
    emails.need_withdrawn(Need.objects.get(pk=need_id), by=by_id)


@retrying_task()
def tell_of_move(move_id: int, person_id: int, *others: int) -> None:
    """One message to one person about what came of a need; `others` is the same, of other needs of theirs."""
    moves = NeedMove.objects.filter(pk__in=[move_id, *others]).select_related("need")
    emails.needs_moved(User.objects.get(pk=person_id), list(moves))
