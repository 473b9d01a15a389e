"""Whoever was told that their vote is counted finds it in the count, once, whatever is killed meanwhile.

The command of this promise in small: 300 people vote over HTTP in a site of its own, and page servers, worker,
PostgreSQL, Redis and Elasticsearch are each killed with SIGKILL once. By the thousand, twenty times each, and with the
control: `python -m benchmarks.promises p8`.
"""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from benchmarks.promises.cluster import own_cluster, program
from benchmarks.promises.crash import KILLED
from benchmarks.promises.engine import home_of_elasticsearch
from benchmarks.promises.verdict import faults
from tests import servers

VOTES = 300
NO_SERVER = "The proof that votes outlive a crash was left out, since the programs of the servers are not all here."


@pytest.fixture
def cluster(transactional_db):
    """A PostgreSQL server of the test's own, and in it a database `clean` as the test's own is, migrated and empty."""
    if not (program("initdb") and program("redis-server") and home_of_elasticsearch()):
        servers.leave_out_part(NO_SERVER)
        pytest.skip(NO_SERVER)
    known = connection.settings_dict
    told = {"PGHOST": known["HOST"], "PGPORT": known["PORT"], "PGUSER": known["USER"], "PGPASSWORD": known["PASSWORD"]}
    with own_cluster() as own:
        dump = subprocess.run(
            [program("pg_dump"), "--no-owner", "--no-privileges", known["NAME"]],
            env=os.environ | {name: str(value) for name, value in told.items()}, check=True, stdout=subprocess.PIPE,
        ).stdout  # fmt: skip
        subprocess.run([program("psql"), "-qc", "CREATE DATABASE clean", own.address], check=True)
        load = [program("psql"), "-q1", "-v", "ON_ERROR_STOP=1", "-d", own.address.removesuffix("postgres") + "clean"]
        subprocess.run(load, input=dump, check=True, stdout=subprocess.DEVNULL)
        yield own


@pytest.mark.postgresql
@pytest.mark.redis
@pytest.mark.elasticsearch
def test_of_300_votes_none_is_lost_or_counted_twice_though_each_server_is_killed_once(cluster):
    command = [sys.executable, "-m", "benchmarks.promises", "p8", "--alone", "--votes", str(VOTES), "--kills", "1"]
    there = ["--cluster", f"{cluster.folder}:{cluster.port}", "--clean", "clean"]
    run = subprocess.run([*command, *there], cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stderr[-2000:]
    report = json.loads(run.stdout.splitlines()[-1])

    assert faults({"promise": "p8", **report}) == []
    assert report["killed"] == dict.fromkeys(KILLED, 1)
    assert (report["acked"], report["counted"]) == (VOTES, VOTES)
