"""What moving visits from one channel to another saves: unit costs, moves, and the working in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.figures import POUNDS, Figure
from core.words import counted, series

FACE, PHONE, WEB = "face", "phone", "web"
CHANNELS = {FACE: "face to face", PHONE: "phone", WEB: "web"}
COSTS_2011 = {FACE: Decimal("8.62"), PHONE: Decimal("2.83"), WEB: Decimal("0.15")}
SOURCE = "Socitm, 2011, as quoted by Wired-Gov on 29 May 2012"
CAVEAT = "Per visit, not per completed transaction."
WHY = "Somebody who visits a page and then calls all the same counts as a visit, and nothing is saved."


def money(amount: Decimal) -> Figure:
    """A sum in pounds, with pence only where there are any."""
    return Figure(amount, unit=POUNDS, places=0 if amount == amount.to_integral_value() else 2)


def saved_in_words(saved: Decimal) -> str:
    """`£268,000`, or, of a saving below 0, `costs £26.80 more`."""
    return money(saved).with_unit if saved >= 0 else f"costs {money(-saved).with_unit} more"


@dataclass(frozen=True)
class ChannelMove:
    """So many visits that leave one channel for another, with what a visit costs in each."""

    volume: int
    leaves: str
    comes: str
    cost_before: Decimal
    cost_after: Decimal

    @property
    def saved(self) -> Decimal:
        """What is saved, in pounds; below 0 where the other channel costs more."""
        return self.volume * (self.cost_before - self.cost_after)

    @property
    def words(self) -> str:
        """`100,000 visits from phone to web`."""
        return f"{counted(self.volume, 'visit')} from {CHANNELS[self.leaves]} to {CHANNELS[self.comes]}"

    @property
    def working(self) -> str:
        """`100,000 × (£2.83 − £0.15) = £268,000`; where that is below 0 it says that the move costs more."""
        before, after = (Figure(cost, unit=POUNDS, places=2).with_unit for cost in (self.cost_before, self.cost_after))
        loss = f", which {saved_in_words(self.saved)}" if self.saved < 0 else ""
        return f"{self.volume:,} × ({before} − {after}) = {money(self.saved).with_unit}{loss}"


@dataclass(frozen=True)
class Shift:
    """Several moves, and what they save together."""

    costs: Mapping[str, Decimal]
    moves: Sequence[ChannelMove]

    @property
    def saved(self) -> Decimal:
        return sum((move.saved for move in self.moves), Decimal(0))

    @property
    def figure(self) -> Figure:
        """What is saved, or, as `label` says then, what it costs more; with where its unit costs come from."""
        amount = abs(self.saved)
        return Figure(amount, unit=POUNDS, places=money(amount).places, source=self.costs_source)

    @property
    def label(self) -> str:
        """What the figure is: saved, or, where the moves cost more than they save, more than today."""
        return "saved a year" if self.saved >= 0 else "more a year than today: it costs more, nothing is saved"

    @property
    def costs_source(self) -> str:
        return SOURCE if dict(self.costs) == COSTS_2011 else "Unit costs put in by whoever worked it out"

    @property
    def costs_words(self) -> str:
        """`face to face £8.62, phone £2.83 and web £0.15`."""
        return series(
            f"{CHANNELS[key]} {Figure(cost, unit=POUNDS, places=2).with_unit}" for key, cost in self.costs.items()
        )

    @property
    def in_words(self) -> str:
        """The saving with its working, its unit costs and the caveat, as it is copied and put into a business case."""
        lines = [f"{move.words}: {move.working}." for move in self.moves]
        if len(self.moves) > 1:
            lines.append(f"Together: {saved_in_words(self.saved)}.")
        return f"Channel shift. {' '.join(lines)} {CAVEAT} Cost of a visit: {self.costs_words} ({self.costs_source})."


def shift_of(costs: Mapping[str, Decimal], moves: Sequence[tuple[int, str, str]]) -> Shift:
    """The shift of moves as `(volume, from, to)` at these unit costs."""
    return Shift(costs, [ChannelMove(n, leaves, comes, costs[leaves], costs[comes]) for n, leaves, comes in moves])
