"""What a council says of its use that its lead confirms."""

import datetime as dt
from typing import NamedTuple

from core.figures import POUNDS, Figure
from core.words import day_in_words
from take_up.models.adoption import Adoption

AS_IT_IS = -1  # of a number that is not to change


class UseSaid(NamedTuple):
    """What a council says of its use that its lead confirms."""

    status: str
    since: dt.date
    avoided_cost: int | None

    @classmethod
    def that_stands(cls, adoption: Adoption) -> "UseSaid":
        return cls(adoption.status, adoption.since, adoption.avoided_cost)

    @classmethod
    def that_waits(cls, adoption: Adoption) -> "UseSaid":
        """What waits for the lead; what stands where nothing does."""
        if not adoption.asked_status:
            return cls.that_stands(adoption)
        return cls(adoption.asked_status, adoption.asked_since or adoption.since, adoption.asked_avoided_cost)

    @property
    def mark(self) -> str:
        """What a form carries of what was read, so that nobody confirms anything else."""
        return f"{self.status}/{self.since:%Y-%m-%d}/{'' if self.avoided_cost is None else self.avoided_cost}"

    @property
    def in_words(self) -> str:
        """Live since 1 June 2015, a cost of £900 avoided; in small letters."""
        status = Adoption.Status(self.status).label.lower()
        cost = Figure(self.avoided_cost, unit=POUNDS).number if self.avoided_cost is not None else ""
        return f"{status} since {day_in_words(self.since)}" + (f", a cost of {cost} avoided" if cost else "")

    def but(self, status: str | None, since: dt.date | None, avoided_cost: int | None) -> "UseSaid":
        """The same with those of these that are given."""
        cost = self.avoided_cost if avoided_cost == AS_IT_IS else avoided_cost
        return UseSaid(status or self.status, since or self.since, cost)

    def has_other_status(self, other: "UseSaid") -> bool:
        """Whether the status or its first day differ."""
        return (self.status, self.since) != (other.status, other.since)
