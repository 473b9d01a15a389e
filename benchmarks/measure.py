"""How two things compare: run by turns in one process, so that whatever else the machine does hits both."""

import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Ratio:
    """`ours` ÷ `floor`, median of the rounds with the least and the most; milliseconds are medians."""

    name: str
    floor: str
    ratio: float
    least: float
    most: float
    ours_ms: float
    floor_ms: float
    others: float  # share of the machine that other processes used meanwhile

    def as_row(self) -> str:
        return (
            f"| {self.name} | {self.floor} | **{self.ratio:.1f}×** ({self.least:.1f} to {self.most:.1f}) "
            f"| {self.ours_ms:.1f} | {self.floor_ms:.2f} | {self.others:.0%} |"
        )

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def compare(
    name: str,
    ours: Callable[[], object],
    floor: Callable[[], object],
    *,
    floor_name: str,
    rounds: int = 9,
    seconds: float = 0.4,
) -> Ratio:
    """Alternate `ours` and `floor` for `rounds`, each for about `seconds`; both are run once before, to warm up."""
    ours()
    floor()
    before = _cpu()
    pairs = [(_per_call(ours, seconds), _per_call(floor, seconds)) for _ in range(rounds)]
    ratios = [mine / bare for mine, bare in pairs]
    return Ratio(
        name,
        floor_name,
        statistics.median(ratios),
        min(ratios),
        max(ratios),
        1000 * statistics.median(mine for mine, _ in pairs),
        1000 * statistics.median(bare for _, bare in pairs),
        _others(before, _cpu()),
    )


def _per_call(run: Callable[[], object], seconds: float) -> float:
    """Seconds a call, over as many calls as fit."""
    began, calls = time.perf_counter(), 0
    while time.perf_counter() - began < seconds:
        run()
        calls += 1
    return (time.perf_counter() - began) / calls


def _cpu() -> tuple[float, float, float]:
    """Busy and total seconds of the machine, busy seconds of this process."""
    try:
        fields = [float(n) for n in Path("/proc/stat").read_text().splitlines()[0].split()[1:]]
    except OSError:
        return 0.0, 0.0, 0.0
    return (sum(fields) - fields[3] - fields[4]) / 100, sum(fields) / 100, time.process_time()


def _others(before: tuple[float, float, float], after: tuple[float, float, float]) -> float:
    busy, total, mine = (b - a for a, b in zip(before, after, strict=True))
    return max(0.0, min(1.0, (busy - mine) / total)) if total else 0.0
