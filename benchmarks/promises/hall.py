"""What a hall that watches a vote is promised: screens that equal the database, and sockets that end with their right."""

import time
from typing import Any

import uvloop

from benchmarks.promises.making import Caller, callers, vote
from benchmarks.promises.site import HOST, Site
from benchmarks.promises.sockets import Place, open_hall
from voting.models import Ballot

Report = dict[str, Any]


def place_of(port: int, ballot: Ballot, caller: Caller | None = None) -> Place:
    cookie = f"__Host-session={caller.session}" if caller else ""
    return Place(port, f"/ws/votes/{ballot.reference}/", f"https://{HOST}", cookie)


def hall(site: Site, *, sockets: int, rounds: int, seed: int, locked: bool = True) -> Report:
    """How long a hall takes until every screen shows the vote again after a restart of the sockets' server."""
    people = callers(sockets, "hall-")
    ballot = vote("hall", [caller.person for caller in people])
    report: Report = {"n": rounds, "sockets": sockets}
    for who, names in (("signed in", people), ("nobody", [None] * sockets)):
        took = []
        for _ in range(rounds):
            process, port = site.serve_sockets()
            began = time.perf_counter()
            screens = uvloop.run(open_hall([place_of(port, ballot, name) for name in names]))
            took.append(time.perf_counter() - began)
            assert all(screen.version == ballot.version for screen in screens), "some screens stayed empty"
            process.terminate()
            process.wait(30)
        report[f"seconds_{who.replace(' ', '_')}"] = [round(each, 2) for each in took]
    return report
