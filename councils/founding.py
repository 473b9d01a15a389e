"""A council that is to begin: what the secretariat says of it as it takes over from another."""

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from accounts.models import User
from audit.operations import log_action
from core.addresses import save_with_slug
from core.errors import Refused
from councils.kinds import NATIONS
from councils.models import Organisation, Reorganisation

ADDRESSES = ("suggest", "waiting", "left-behind")  # of pages of the directory, which no council takes


@dataclass(frozen=True)
class NewCouncil:
    """A successor that is not in the directory yet. Without a first day it begins on the day after the other's last."""

    name: str
    official_name: str
    kind: str
    region: str
    code: str = ""
    starts_on: dt.date | None = None


def as_council(new: NewCouncil, *, begins_on: dt.date) -> Organisation:
    """The council as it would stand in the directory, not saved; refused where it stands there already."""
    known = Organisation.objects.councils()
    if known.filter(official_name__iexact=new.official_name).exists():
        raise Refused(f"{new.official_name} is in the directory. Choose it there.", field="new_official_name")
    if new.code and (other := known.filter(code=new.code).first()):
        raise Refused(f"{new.code} is the code of {other.official_name}.", field="new_code")
    return Organisation(
        name=new.name,
        official_name=new.official_name,
        kind=new.kind,
        nation=new.region if new.region in NATIONS else NATIONS[0],
        region=new.region,
        code=new.code,
        starts_on=new.starts_on or begins_on,
    )


def found(council: Organisation, *, by: User) -> Organisation:
    """Put a council into the directory; refused where somebody else did so a moment ago."""
    try:
        with transaction.atomic():
            save_with_slug(council, council.name, reserved=ADDRESSES)
    except IntegrityError as problem:
        said = f"{council.official_name} has just been put into the directory. Choose it there."
        raise Refused(said, field="new_official_name") from problem
    log_action("councils.founded", by=by, about=council)
    return council


def move_first_day(said: Reorganisation, was_last: dt.date | None, last: dt.date, founded: Organisation) -> None:
    """Let a council that was founded with a reorganisation begin on the day after its last day, when that moves.

    One that begins on a day of its own, or carries on for another council too, stays as it is.
    """
    for_another = Reorganisation.objects.filter(carried_on_by=founded).exclude(pk=said.pk).exists()
    followed = was_last is not None and founded.starts_on == was_last + dt.timedelta(days=1)
    if said.is_founding and followed and was_last != last and not for_another:
        founded.starts_on = last + dt.timedelta(days=1)
        founded.save(update_fields=["starts_on"])
