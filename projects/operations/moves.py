"""Telling those who have a need what came of it. Apps above say so of their own deeds."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from core import clock
from core.jobs import tell
from projects import tasks
from projects.models import Need, NeedMove
from projects.queries import who_has


@transaction.atomic
def tell_need_moved(needs: Iterable[Need], *, what: str, title: str, path: str, by: User) -> None:
    """Write to everybody who raised or joined one of these needs, but the one who moved it: one mail a person.

    `path` is the address of what came of the need. The same again tells nobody twice.
    """
    if clock.is_telling_history():
        return
    moved: dict[int, list[int]] = defaultdict(list)  # the moves that each person hears of
    for need in needs:
        if need.state != Need.State.OPEN:
            continue
        move, is_new = NeedMove.objects.get_or_create(need=need, what=what, path=path, defaults={"title": title[:300]})
        if is_new:
            for person in who_has(need).exclude(pk=by.pk):
                moved[person.pk].append(move.pk)
    for person_key, (first, *others) in moved.items():
        tell(tasks.tell_of_move, first, person_key, *others)
