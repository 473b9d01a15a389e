"""What a reorganisation would do, shown before the secretariat records it; nothing is changed."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import User
from core import clock
from core.errors import Refused
from core.permissions import require
from core.words import day_in_words, one_or_many, series
from councils.founding import NewCouncil
from councils.models import Organisation, Reorganisation
from councils.permissions import can_reorganise
from councils.queries import leads_of
from councils.reorganisation_rules import check, heir_of
from councils.succession import GoesOver, what_goes_on

ONLY_THE_SECRETARIAT = "Only the secretariat, with a second factor set up, records a reorganisation."


@dataclass(frozen=True)
class Foreseen:
    """What would happen: who takes over from which day, what goes over as it stands today, and who leads then."""

    council: Organisation
    heir: Organisation
    others: list[Organisation]
    ends_on: dt.date
    order: str
    goes_over: list[GoesOver]
    leads: list[str]

    @property
    def is_founded(self) -> bool:
        """Whether the council that carries on is put into the directory with it."""
        return self.heir.pk is None

    @property
    def is_at_once(self) -> bool:
        """Whether the last day is over, so that all goes over as soon as it is recorded."""
        return self.ends_on < clock.today()

    @property
    def takes_over_on(self) -> dt.date:
        return self.ends_on + dt.timedelta(days=1)

    @property
    def facts(self) -> list[tuple[str, str]]:
        heir = self.heir
        carried_on_by = f"{heir.official_name} ({heir.kind_in_words})"
        if self.is_founded:
            place = f"{heir.kind_in_words}, {heir.region}, from {day_in_words(heir.starts_on)}"
            carried_on_by = f"{heir.official_name}, a new council: {place}"
        return [
            ("Last day", day_in_words(self.ends_on)),
            ("Carried on by", carried_on_by),
            ("A part goes to", series(other.official_name for other in self.others)),
            ("By", self.order),
        ]


def foresee(
    council: Organisation,
    *,
    by: User,
    ends_on: dt.date,
    carried_on_by: Organisation | NewCouncil,
    others: Iterable[Organisation] = (),
    order: str,
) -> Foreseen:
    """What `reorganise` would do with the same answers; refused where it would refuse."""
    require(can_reorganise(by), ONLY_THE_SECRETARIAT)
    said = Reorganisation.objects.filter(council=council).select_related("carried_on_by").first()
    if said and said.is_carried_out:
        raise Refused(f"This was carried out: what went on at {council} went to {said.carried_on_by}.")
    heir, others = heir_of(council, carried_on_by, ends_on, said), list(others)
    order = check(council, ends_on, heir, others, order)
    return Foreseen(council, heir, others, ends_on, order, what_goes_on(council), _leads(council, heir))


def _leads(council: Organisation, heir: Organisation) -> list[str]:
    """Who leads before and after, in sentences."""
    theirs, own = list(leads_of(council)), list(leads_of(heir)) if heir.pk else []
    said = []
    if theirs:
        said.append(
            f"{series(map(str, theirs))} {one_or_many(len(theirs), 'leads', 'lead')} {council}, and then {heir}."
        )
    if own:
        word = one_or_many(len(own), "goes", "go")
        said.append(f"{series(map(str, own))} {word} on leading {heir}.")
    if not (theirs or own):
        said.append(
            f"Nobody leads {council}, and nobody leads {heir}: the secretariat answers for it until somebody does."
        )
    return said
