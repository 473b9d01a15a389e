"""Count elections by every method and by a second counter, written from the rules alone, and write the result as JSON.

python -m benchmarks.promises.counts --drawn 10000 --pabutools /tmp/reference/bin/python

Every small election, then so many drawn ones of each method. The control is a counter that gives a tie to the first on
the ballot and says nothing: it must differ wherever there is a tie. With `--pabutools`, a Python that has pabutools
(`tests/voting/methods/freeze_reference.py` says which), equal shares are timed beside it on the same elections.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from typing import Any, TextIO, cast

from benchmarks.datasets import ROOT

TIMED = ((31, 12, 100_000), (100, 20, 100_000), (500, 20, 100_000))  # voters, options, pounds
PEER = """
import json, sys, time
from pabutools.election import ApprovalBallot, ApprovalProfile, Cardinality_Sat, Instance, Project
from pabutools.rules import method_of_equal_shares
for line in sys.stdin:
    case = json.loads(line)
    began = time.process_time()
    projects = {option: Project(option, price) for option, price in case["prices"].items()}
    instance = Instance(projects.values(), budget_limit=case["pot"])
    ballots = [ApprovalBallot(projects[str(option)] for option in vote) for vote in case["votes"]]
    profile = ApprovalProfile(ballots, instance=instance).as_multiprofile()
    found = method_of_equal_shares(instance, profile, Cardinality_Sat, voter_budget_increment=1)
    print(json.dumps([sorted(int(project.name) for project in found), time.process_time() - began]), flush=True)
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.promises.counts", description=__doc__)
    parser.add_argument("--drawn", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=2014)
    parser.add_argument("--pabutools", default="", help="a Python that has pabutools")
    parser.add_argument("--beside-alone", action="store_true", help="only the times beside pabutools")
    chosen = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    from benchmarks.promises.__main__ import made_by, write
    from voting.methods import METHODS

    began = time.monotonic()
    report: dict[str, Any] = {"promise": "p12", "seed": chosen.seed, "sizes": {"drawn": chosen.drawn}, **made_by()}
    methods = {} if chosen.beside_alone else METHODS
    report["methods"] = {key: compared(key, chosen.drawn, chosen.seed) for key in methods}
    if chosen.pabutools:
        report["beside_pabutools"] = beside(chosen.pabutools, chosen.seed)
    report["seconds"] = round(time.monotonic() - began)
    write("p12-pabutools" if chosen.beside_alone else "p12", report)
    broken = faults(report)
    print("Kept." if not broken else f"Broken: {', '.join(broken)}.")
    sys.exit(1 if broken else 0)


def compared(key: str, number: int, seed: int) -> dict[str, Any]:
    """How many elections of a method were counted twice, and in how many the counts differ."""
    from tests.voting.methods.elections import drawn, every

    dice = random.Random(f"{key} {seed}")
    return {"small": counted(key, every(key)), "drawn": counted(key, (drawn(key, dice) for _ in range(number)))}


def counted(key: str, elections: Iterable[Any]) -> dict[str, int]:
    from tests.voting.methods.naive import COUNTERS
    from voting.methods import METHODS

    found = dict.fromkeys(("elections", "tied", "differences", "control_differences"), 0)
    for rules, votes in elections:
        count = METHODS[key].count(votes, rules)
        theirs = COUNTERS[key](votes, rules)
        found["elections"] += 1
        found["tied"] += bool(theirs[1])
        found["differences"] += ({*count.chosen}, {*count.tied}) != theirs
        found["control_differences"] += bool(count.tied) and ({*count.chosen, count.tied[0]}, set()) != theirs
    return found


def beside(python: str, seed: int) -> list[dict[str, Any]]:
    """The processor time that equal shares with completion take here and there, on the same elections by turns.

    `whole_count` is with all orders of what is level, greedy, and what would have been enough for each that lost.
    """
    from tests.voting.methods.elections import ticks
    from voting.methods import METHODS
    from voting.methods.equal_shares import Electorate, completed
    from voting.methods.values import Rules

    dice = random.Random(seed)
    rows = []
    with subprocess.Popen([python, "-c", PEER], cwd=ROOT, stdin=-1, stdout=-1, text=True, bufsize=1) as peer:
        ask, answers = cast(TextIO, peer.stdin), cast(TextIO, peer.stdout)
        for voters, options, pot in TIMED:
            taken = {"ours": 0.0, "pabutools": 0.0, "whole_count": 0.0}
            is_same = True
            for _ in range(3):
                prices = {option: dice.randint(pot // 20, pot // 3) for option in range(1, options + 1)}
                wanted = [dice.sample([*prices], dice.randint(1, 6)) for _ in range(voters)]
                began = time.process_time()
                completed(Electorate(pot, prices, Counter(map(frozenset, wanted))), lambda level: level[0])
                counted_at = time.process_time()
                votes = [ticks(*options) for options in wanted]
                count = METHODS["budget"].count(votes, Rules((*prices,), pot=pot, prices=prices))
                taken["ours"] += counted_at - began
                taken["whole_count"] += time.process_time() - counted_at
                ask.write(json.dumps({"pot": pot, "prices": prices, "votes": wanted}) + "\n")
                funded, took = json.loads(answers.readline())
                taken["pabutools"] += took
                is_same &= {*count.chosen} <= {*funded} <= {*count.chosen, *count.tied}
            said = {name: round(seconds / 3, 3) for name, seconds in taken.items()}
            rows.append({"voters": voters, "options": options, "pot": pot, "is_same": is_same, **said})
    return rows


def faults(report: dict[str, Any]) -> list[str]:
    """Where the counts differ, where the control does not, and where pabutools is faster."""
    broken = []
    for key, parts in report["methods"].items():
        for name, part in parts.items():
            if part["differences"]:
                broken.append(f"{key}, {name}: {part['differences']} differences")
            if not part["tied"] or part["control_differences"] != part["tied"]:
                broken.append(f"{key}, {name}: the control did not differ at every tie")
    for row in report.get("beside_pabutools", ()):
        if not row["is_same"] or row["whole_count"] > row["pabutools"]:
            broken.append(f"pabutools with {row['voters']} voters")
    return broken


if __name__ == "__main__":
    main()
