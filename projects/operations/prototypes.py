from collections.abc import Iterable
from typing import Any

from django.db import transaction

from accounts.models import User
from audit.operations import record
from core import clock
from core.addresses import save_with_slug
from core.errors import Refused
from core.permissions import require
from projects.models import Discovery, Need, NeedMove, OutlineBusinessCase, Prototype
from projects.operations.moves import tell_need_moved
from projects.operations.sums import checked_sums
from projects.permissions import can_facilitate

BECAUSE = "Only a facilitator writes down what a Co-Design Day made."


@transaction.atomic
def add_prototype(
    discovery: Discovery,
    *,
    by: User,
    title: str,
    summary: str = "",
    made_by: str = "",
    needs: Iterable[Need] = (),
    source: str = "",
    is_illustrative: bool = False,
) -> Prototype:
    """What a Co-Design Day made. Sent twice in the same words, it stands once."""
    require(can_facilitate(by), BECAUSE)
    discovery = Discovery.objects.select_for_update().get(pk=discovery.pk)
    if discovery.step != Discovery.Step.CO_DESIGN_DAY:
        raise Refused("Prototypes are made at step 2. This discovery is not there.")
    same = Prototype.objects.filter(discovery=discovery, title=title, summary=summary, made_by=made_by).first()
    if same:
        return same
    prototype = Prototype(
        title=title,
        summary=summary,
        made_by=made_by,
        discovery=discovery,
        source=source,
        is_illustrative=is_illustrative,
    )
    save_with_slug(prototype, title)
    _meet(prototype, needs, by=by)
    record("projects.added_prototype", by=by, about=prototype, discovery=discovery.pk)
    return prototype


@transaction.atomic
def change_prototype(
    prototype: Prototype, *, by: User, title: str, summary: str, made_by: str, needs: Iterable[Need]
) -> Prototype:
    """Say it better, until a ballot freezes it."""
    prototype = _locked_unfrozen(prototype, by=by)
    prototype.title, prototype.summary, prototype.made_by = title, summary, made_by
    prototype.save()
    _meet(prototype, needs, by=by)
    record("projects.changed_prototype", by=by, about=prototype)
    return prototype


@transaction.atomic
def outline_case(
    prototype: Prototype,
    *,
    by: User,
    volume: Any,
    unit_cost_now: Any,
    saving_per_unit: Any,
    take_up: Any,
    one_off_cost: Any,
    note: str = "",
) -> OutlineBusinessCase:
    """The first sums of a prototype; written again they replace the ones before, until a ballot freezes them."""
    prototype = _locked_unfrozen(prototype, by=by)
    sums = checked_sums(
        volume=volume,
        unit_cost_now=unit_cost_now,
        saving_per_unit=saving_per_unit,
        take_up=take_up,
        one_off_cost=one_off_cost,
    )
    outline, _ = OutlineBusinessCase.objects.update_or_create(prototype=prototype, defaults={**sums, "note": note})
    prototype.save()
    record("projects.outlined_case", by=by, about=prototype)
    return outline


def _meet(prototype: Prototype, needs: Iterable[Need], *, by: User) -> None:
    """Say which needs it is for; who has one of those hears of it."""
    needs = list(needs)
    prototype.needs.set(needs)
    tell_need_moved(
        needs, what=NeedMove.What.PROTOTYPE, title=prototype.title, path=prototype.get_absolute_url(), by=by
    )


@transaction.atomic
def freeze_prototypes(prototypes: Iterable[Prototype]) -> None:
    """From now on these say what they say: a ballot on them opens. Asked for by the ballot, which records it."""
    keys = [prototype.pk for prototype in prototypes]
    Prototype.objects.filter(pk__in=keys, frozen_at=None).update(frozen_at=clock.now())


def _locked_unfrozen(prototype: Prototype, *, by: User) -> Prototype:
    require(can_facilitate(by), BECAUSE)
    prototype = Prototype.objects.select_for_update().get(pk=prototype.pk)
    if prototype.frozen_at:
        raise Refused("A vote on this prototype has been opened, so it stays as it was voted on.")
    return prototype
