"""What came out of a day: prototypes written down on it, and the needs and prototypes it brought forth."""

from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core.errors import Refused
from core.permissions import require
from events.event.models import Event
from events.permissions import can_run_event
from events.places.operations import lock
from events.programme.rules import NOT_STAFF
from projects.discoveries.operations import make_prototype
from projects.models import Need, Prototype


@transaction.atomic
def record_prototype(
    event: Event,
    *,
    by: User,
    title: str,
    summary: str,
    volume: int,
    unit_cost_now: Decimal,
    unit_cost_then: Decimal,
    take_up: Decimal,
    one_off_cost: Decimal,
    made_by: str = "",
) -> Prototype:
    """Write down a prototype with its five figures and tie it to the day and to the day's discovery, all or nothing.

    Sent again, it returns the one that is there. For those who run the event, from its day on.
    """
    require(can_run_event(by, event), NOT_STAFF)
    event = lock(event)
    refuse_prototype(event)
    if unit_cost_then > unit_cost_now:
        raise Refused("It would cost more than now. A prototype for a vote saves something.", field="unit_cost_then")
    sums = {
        "volume": volume,
        "unit_cost_now": unit_cost_now,
        "saving_per_unit": unit_cost_now - unit_cost_then,
        "take_up": take_up,
        "one_off_cost": one_off_cost,
    }
    assert event.discovery is not None  # refuse_prototype has refused
    prototype = make_prototype(event.discovery, by=by, title=title, summary=summary, made_by=made_by, sums=sums)
    bring_forth(event, by=by, prototypes=[prototype])
    return prototype


def refuse_prototype(event: Event) -> None:
    """Refuse where a day makes no prototypes: it was cancelled, has not begun, or belongs to no discovery."""
    if event.state == Event.State.CANCELLED:
        raise Refused("This event was cancelled.")
    if not event.check_in_is_open:
        raise Refused("The day of this event has not come yet, so it has made nothing.")
    if event.discovery is None:
        raise Refused("This event belongs to no discovery. Choose one under “Change the event” first.")


@transaction.atomic
def bring_forth(event: Event, *, by: User, needs: Iterable[Need] = (), prototypes: Iterable[Prototype] = ()) -> Event:
    """Add needs and prototypes to those that came out of a day."""
    require(can_run_event(by, event), NOT_STAFF)
    event = lock(event)
    needs, prototypes = list(needs), list(prototypes)
    if event.state == Event.State.CANCELLED:
        raise Refused("This event was cancelled.")
    if needs:
        event.needs.add(*needs)
    if prototypes:
        event.prototypes.add(*prototypes)
    # Sets `updated_at`, so that whoever follows changes sees it.
    event.save(update_fields=["updated_at"])
    log_action(
        "events.brought_forth",
        by=by,
        about=event,
        needs=[need.pk for need in needs],
        prototypes=[prototype.pk for prototype in prototypes],
    )
    return event
