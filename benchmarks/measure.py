"""Works measured by turns in one process, so that whatever else the machine does hits all of them."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks import counting, datasets

ROUNDS = 15
FEWEST_ROUNDS = 2
LONG_ENOUGH = 1.2  # seconds for one work: those that take long get fewer rounds


def nothing() -> None:
    """Prepares nothing."""


@dataclass(frozen=True)
class Work:
    """Something to run. `ready` makes what is handed to it; that, and opening the data, is not measured."""

    run: Callable[[Any], object]
    ready: Callable[[], Any] = nothing
    data: str = datasets.SMALL


def least(works: Mapping[str, Work], *, rounds: int = ROUNDS) -> dict[str, float]:
    """The least that each work cost, over rounds in which they take turns: noise only ever adds."""
    costs: dict[str, list[float]] = {name: [] for name in works}
    taken = dict.fromkeys(works, 0.0)
    for number in range(rounds):
        for name, work in works.items():
            if number >= FEWEST_ROUNDS and taken[name] > LONG_ENOUGH:
                continue
            began = time.monotonic()
            # Once to warm up: the round before left the caches to other data.
            if datasets.go_to(work.data) or number == 0:
                work.run(work.ready())
            prepared = work.ready()
            before = counting.spent()
            work.run(prepared)
            costs[name].append(counting.spent() - before)
            taken[name] += time.monotonic() - began
    return {name: min(found) for name, found in costs.items()}
