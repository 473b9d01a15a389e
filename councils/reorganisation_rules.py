"""What must hold for a council to end and for others to take over from it."""

import datetime as dt
from collections.abc import Sequence

from core import clock
from core.errors import Refused
from core.words import day_in_words
from councils.founding import NewCouncil, as_council
from councils.models import Organisation, Reorganisation, all_take_overs, lineage_among


def heir_of(
    council: Organisation, carried_on_by: Organisation | NewCouncil, ends_on: dt.date, said: Reorganisation | None
) -> Organisation:
    """The council that carries on; one that is to be founded is not saved yet, unless it was with the same answers."""
    if isinstance(carried_on_by, Organisation):
        return carried_on_by
    begins_on = ends_on + dt.timedelta(days=1)
    if said and said.carried_on_by.official_name == carried_on_by.official_name:
        _check_same(carried_on_by, said.carried_on_by, begins_on)
        return said.carried_on_by
    return as_council(carried_on_by, begins_on=begins_on)


def _check_same(new: NewCouncil, stands: Organisation, begins_on: dt.date) -> None:
    """Refused where a council that was founded before is described anew: this form founds, and changes none."""
    answers = (new.name, new.kind, new.region, new.code, new.starts_on or begins_on)
    if answers != (stands.name, stands.kind, stands.region, stands.code, stands.starts_on):
        raise Refused(
            f"{stands.official_name} is in the directory with other answers. Choose it there, or take this back first.",
            field="new_official_name",
        )


def check(
    council: Organisation, ends_on: dt.date, heir: Organisation, others: Sequence[Organisation], order: str
) -> str:
    """The order without spaces around it; refused with a sentence where the reorganisation cannot be."""
    if not (order := order.strip()):
        raise Refused("Name the order or decision that it rests on.", field="order")
    _check_end(council, ends_on)
    if heir in others:
        raise Refused(f"{heir} carries on what goes on: name here only those that take over a part.", field="others")
    own = lineage_among(council.pk, all_take_overs())
    for successor in (heir, *others):
        field = "others" if successor in others else "carried_on_by" if successor.pk else "new_starts_on"
        _check_successor(council, successor, ends_on + dt.timedelta(days=1), field)
        if successor.pk in {*own.whole, *own.part}:
            raise Refused(f"{council} itself took over from {successor}.", field=field)
    if heir.has_ended:
        raise Refused(f"{heir} has ended, so it carries nothing on. Choose its successor.", field="carried_on_by")
    return order


def _check_end(council: Organisation, ends_on: dt.date) -> None:
    if not council.is_council:
        raise Refused(f"{council.official_name} is no council.")
    if council.starts_on and ends_on < council.starts_on:
        raise Refused(f"{council} began on {day_in_words(council.starts_on)}.", field="ends_on")
    if ends_on <= clock.LAST_DAY_OF_THE_RECORD:
        last = day_in_words(clock.LAST_DAY_OF_THE_RECORD)
        raise Refused(f"Give a day after {last}: what was counted up to then stays as it is.", field="ends_on")
    was_said = Reorganisation.objects.filter(council=council).exists()
    if council.has_ended and not was_said and ends_on != council.ends_on:
        raise Refused(f"By the register its last day was {day_in_words(council.ends_on)}.", field="ends_on")
    waits = Reorganisation.objects.filter(carried_on_by=council, carried_out_at=None, council__ends_on__gte=ends_on)
    if first := waits.select_related("council").first():
        raise Refused(
            f"{council} itself is to carry on the work of {first.council} after that day. Change that first.",
            field="ends_on",
        )


def _check_successor(council: Organisation, successor: Organisation, begins_on: dt.date, field: str) -> None:
    if not successor.is_council or successor == council:
        raise Refused(f"{successor.official_name} cannot take over from {council}.", field=field)
    if successor.starts_on and successor.starts_on > begins_on:
        began = day_in_words(successor.starts_on)
        raise Refused(f"{successor} begins on {began}, later than on the day after the last.", field=field)
    if successor.ends_on and successor.ends_on < begins_on:
        raise Refused(f"{successor} has ended by then. Choose its successor.", field=field)
