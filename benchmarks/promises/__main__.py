"""Keep one promise of sign-up, votes or a hall at a size, then its control without the lock, and write both as JSON.

DATABASE_URL=postgres://… python -m benchmarks.promises p1 --sign-ups 10000 --clients 64 --seats 50

Without DATABASE_URL on SQLite, in a smaller size.
"""

import argparse
import datetime as dt
import json
import os
import platform
import subprocess
import sys
import time
from contextlib import ExitStack, closing, nullcontext
from importlib.metadata import version
from typing import Any

from benchmarks.datasets import ROOT
from benchmarks.promises.cluster import Cluster, own_cluster, own_redis
from benchmarks.promises.engine import home_of_elasticsearch, own_elasticsearch
from benchmarks.promises.site import is_sqlite, migrated, site_on
from benchmarks.promises.verdict import faults
from benchmarks.promises.wire import Wire

SIZES = {
    "p1": {"sign_ups": 10_000, "clients": 64, "seats": 50, "processes": 2},
    "mixed": {"sign_ups": 2_000, "cancels": 500, "edits": 20, "clients": 64, "processes": 2},
    "p2": {"waiting": 10_000, "cancels": 500, "clients": 16, "processes": 2, "kills": 10},
    "p3": {"sign_ups": 2_000, "clients": 64, "processes": 2},
    "p4": {"tickets": 1_000, "orders": 5, "processes": 2},
    "speed": {"rounds": 20, "processes": 2},
    "p6": {"voters": 5_000, "clients": 64, "processes": 2},
    "p7": {"votes": 2_000, "closes": 20, "rounds": 10, "clients": 64, "processes": 2},
    "p8": {"votes": 6_000, "kills": 20, "clients": 16, "processes": 2},
    "p9": {"ballots": 20, "people": 20, "processes": 2},
    "p10": {"pairs": 100},
    "p16": {"published": 200, "withdrawn": 50, "restricted": 50, "minutes": 10, "processes": 2},
    "p33": {"voters": 500, "seconds": 60, "processes": 2},
    "cost": {"rounds": 20, "changes": 5_000, "votes": 400, "processes": 2},
    "p13": {"sockets": 500, "seconds": 20, "killed": 20, "dropped": 10},
    "p19": {"sockets": 200},
    "hall": {"sockets": 100, "rounds": 3},
    "full": {"sockets": 500, "minutes": 20},
    "fan": {"rounds": 3, "votes": 24},
}
# What halls are promised runs with Redis, where REDIS_URL names one.
WITH_REDIS = {"p13", "p19", "hall", "full", "fan"}
# What runs on a PostgreSQL server of its own: to be killed, or to be read file by file.
OWN_SERVER = {"p8", "p9"}
# On SQLite, which one process writes at a time.
SMALLER = {
    "p1": {"sign_ups": 1_000},
    "mixed": {"sign_ups": 200, "cancels": 50},
    "p2": {"waiting": 1_000, "cancels": 50},
    "p3": {"sign_ups": 200},
    "p4": {"tickets": 100},
}
# A control need only be large enough to break.
CONTROLS = {"p1": {"sign_ups": 400, "seats": 50}, "p2": {"waiting": 200, "cancels": 100}, "p3": {"sign_ups": 100}}
CONTROLS["mixed"] = {"sign_ups": 200, "cancels": 100, "edits": 0}
CONTROLS["p4"] = {"tickets": 100}
CONTROLS["p6"] = {"voters": 200}
CONTROLS["p7"] = {"votes": 400, "rounds": 4}
CONTROLS["p8"] = {"votes": 600, "kills": 3}
CONTROLS["p9"] = {"ballots": 2}
CONTROLS["p13"] = {"sockets": 50, "seconds": 3}
CONTROLS["p19"] = {"sockets": 20}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.promises", description=__doc__)
    parser.add_argument("promise", choices=SIZES)
    parser.add_argument("--seed", type=int, default=2014)
    parser.add_argument("--clean", default="", help="a migrated database to copy, else one is made")
    parser.add_argument(
        "--peer", default="", help="for speed: a JSON file with name, address, headers, body of an order"
    )
    parser.add_argument("--control", action="store_true", help="the control alone, as a process of its own")
    parser.add_argument("--alone", action="store_true", help="without the control, printed and not kept, as in a test")
    parser.add_argument("--cluster", default="", help=argparse.SUPPRESS)
    for name in sorted({name for sizes in SIZES.values() for name in sizes}):
        parser.add_argument(f"--{name.replace('_', '-')}", type=int)
    chosen = parser.parse_args()
    if chosen.promise == "p10":
        without_a_site(chosen)
    elif chosen.promise in OWN_SERVER:
        with own_cluster(chosen.cluster) as cluster:
            run(chosen, cluster.address, cluster)
    else:
        run(chosen, os.environ.get("DATABASE_URL", ""), None)


def without_a_site(chosen: argparse.Namespace) -> None:
    """Keep the promise of what is told before a reveal, in this process alone, as tests ask for pages."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
    from benchmarks.promises.opposites import p10

    made, began = made_by(), time.monotonic()
    sizes = {"pairs": chosen.pairs or SIZES["p10"]["pairs"]}
    report = {"promise": "p10", "seed": chosen.seed, "sizes": sizes, **made, **p10(**sizes, seed=chosen.seed)}
    conclude("p10", report | {"seconds": round(time.monotonic() - began)})


def run(chosen: argparse.Namespace, server: str, cluster: Cluster | None) -> None:
    """Keep the promise that was chosen on this server, then its control; or the control alone."""
    if is_sqlite(server) and chosen.promise not in SMALLER:
        sys.exit("DATABASE_URL must name a PostgreSQL server.")
    sizes = SIZES[chosen.promise] | (SMALLER[chosen.promise] if is_sqlite(server) else {})
    sizes |= {name: given for name in sizes if (given := getattr(chosen, name)) is not None}
    said: dict[str, Any] = {"seed": chosen.seed} | ({"cluster": cluster} if cluster else {})
    if chosen.control:
        sizes |= {name: min(size, sizes[name]) for name, size in CONTROLS[chosen.promise].items()}
        print(json.dumps(keep(chosen.promise, server, chosen.clean, sizes | said | {"locked": False})))
        return
    made = made_by()  # before it runs, as the work goes on meanwhile
    with nullcontext(chosen.clean) if chosen.clean else migrated(server) as clean:
        peer = {"peer": chosen.peer} if chosen.promise == "speed" else {}
        report = keep(chosen.promise, server, clean, sizes | peer | said)
        print(json.dumps(report), flush=True)
        if chosen.alone:
            return
        # SQLite has its controls in `tests/events/test_races.py`: no lock of a row can be left out there.
        has_control = chosen.promise in CONTROLS and not is_sqlite(server)
        there = ["--cluster", f"{cluster.folder}:{cluster.port}"] if cluster else []
        report["control"] = control(server, [*sys.argv[1:], *there, "--clean", clean]) if has_control else None
    report = {"promise": chosen.promise, "seed": chosen.seed, "sizes": sizes, **made, **report}
    conclude(f"{chosen.promise}-sqlite" if is_sqlite(server) else chosen.promise, report)


def conclude(name: str, report: dict[str, Any]) -> None:
    """Write the report, and end with 1 where the promise is broken."""
    write(name, report)
    broken = faults(report)
    print("Kept." if not broken else f"Broken: {', '.join(broken)}.")
    if broken:
        sys.exit(1)


def keep(promise: str, server: str, clean: str, arguments: dict[str, Any]) -> dict[str, Any]:
    began = time.monotonic()
    with ExitStack() as beside:
        redis = os.environ.get("REDIS_URL", "") if promise in WITH_REDIS else ""
        if promise == "p8":
            arguments["redis"] = beside.enter_context(own_redis())
            redis = arguments["redis"].address
        if promise == "p16":
            arguments["wire"] = beside.enter_context(closing(Wire(os.environ.get("ELASTICSEARCH_URL", ""))))
        search = arguments["wire"].address if promise == "p16" else ""
        if promise == "p8":
            home = home_of_elasticsearch()
            if home is None:
                sys.exit("ELASTICSEARCH_HOME must name the folder of an Elasticsearch.")
            arguments["elasticsearch"] = beside.enter_context(own_elasticsearch(home))
            search = arguments["elasticsearch"].address
        site = beside.enter_context(site_on(server, clean, redis=redis, search=search))
        from benchmarks.promises import casts, crash, door, fan_out, hall, kept, outage, secrecy, votes

        modules = (kept, door, votes, crash, secrecy, casts, hall, fan_out, outage)
        where = next(module for module in modules if hasattr(module, promise))
        report = database() | getattr(where, promise)(site, **arguments)
    return report | {"seconds": round(time.monotonic() - began)}


def database() -> dict[str, str]:
    """Which database it was, and its version."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        return {"database": f"{connection.display_name} {cursor.fetchone()[0]}"}


def control(server: str, arguments: list[str]) -> dict[str, Any]:
    """The same without the lock and the constraints under it, in a process of its own: it must go wrong."""
    said = subprocess.run(
        [sys.executable, "-m", "benchmarks.promises", *arguments, "--control"],
        cwd=ROOT, env=os.environ | {"DATABASE_URL": server, "DJANGO_SETTINGS_MODULE": ""}, check=True,
        stdout=subprocess.PIPE, text=True,
    ).stdout  # fmt: skip
    return json.loads(said.splitlines()[-1])


def made_by() -> dict[str, Any]:
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True).stdout
    packages = {name: version(name) for name in ("django", "wagtail", "gunicorn", "psycopg")}
    machine = f"{os.cpu_count()} cores"
    return {"commit": commit.strip(), "versions": {"python": platform.python_version(), **packages}, "machine": machine}


def write(name: str, report: dict[str, Any]) -> None:
    path = ROOT / "benchmarks" / "results" / "promises" / f"{dt.date.today().isoformat()}-{name}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n")
    print(json.dumps(report, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
