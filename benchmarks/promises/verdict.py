"""What a report breaks of its promise."""

from typing import Any

NONE = (
    "lost",
    "duplicate",
    "oversold",
    "order_errors",
    "untrue",
    "5xx",
    "counted_wrong",
    "not_cancelled",
    "left_free",
    "edits_lost",
    "unlike_the_presses",
    "unequal",
    "late",
    "outlived",
    "ended_with_them",
    "never_told",
    "closed",
    "leaks",
    "slow",
    "missing",
    "stale",
    "forbidden",
)


# What a control has to go wrong in for its promise to count as kept.
BREAKS = {
    "p1": ("oversold",),
    "mixed": ("oversold", "counted_wrong"),
    "p2": ("lost", "duplicate", "oversold", "order_errors"),
    "p3": ("duplicate",),
    "p4": ("duplicate",),
    "p6": ("duplicate",),
    "p7": ("lost", "duplicate", "counted_wrong"),
    "p8": ("lost",),
    "p9": ("found_all",),
    "p10": ("leaks",),
    "p13": ("unequal",),
    "p19": ("outlived",),
}


def faults(report: dict[str, Any]) -> list[str]:
    """What should be none and is not, and a control that did not go wrong."""
    parts = {"": report, "replayed: ": report.get("replayed") or {}}
    found = [f"{where}{name} {part[name]}" for where, part in parts.items() for name in NONE if part.get(name)]
    if "mails" in report:
        expected = 2 * report["n"] if "killed" in report else report["n"]  # whoever cancels is written to as well
        found += [f"mails {report['mails']}, not {expected}"] * (report["mails"] != expected)
    if "statements" in report:
        found += _too_slow(report)
    found += [goal for goal in report.get("goals", ()) if goal.startswith("MISSED")]
    if report.get("growth", 1) > 1.1:
        found.append(f"memory grew {report['growth']} times")
    broke = report.get("control")
    if broke is not None and not any(broke.get(name) for name in BREAKS[report["promise"]]):
        found.append("the control did not go wrong")
    return found


def _too_slow(report: dict[str, Any]) -> list[str]:
    """Which goals of speed are missed."""
    statements = [*report["statements"].values()]
    goals = {
        f"95th percentile {report['p95_ratio']} times that with 50": report["p95_ratio"] <= 1.15,
        f"{report['times_the_bare_update']} times the bare update": report["times_the_bare_update"] >= 0.25,
        f"{report.get('times_the_peer')} times the peer": report.get("times_the_peer", 10) >= 10,
        f"statements {statements}": len({*statements}) == 1 and statements[0] <= 12,
    }
    return [missed for missed, is_met in goals.items() if not is_met]
