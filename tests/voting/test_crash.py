"""Whoever was told that their vote is counted finds it in the count, once: through a crash of server and database.

300 people vote in two processes, each sending the same form until it is counted, on a PostgreSQL server of the test's
own. One of the processes is killed with SIGKILL, and so is the whole server, which then starts again. With page
servers, worker, Redis and Elasticsearch, by the thousand and with the control: `python -m benchmarks.promises p8`.
"""

import os
import signal
import subprocess
import time
import traceback

import pytest
from django.db import InterfaceError, OperationalError, connection, connections

from accounts.models import User
from benchmarks.promises.cluster import own_cluster, program
from core import clock
from sealing.operations import open_round
from tests import servers
from tests.factories.voting import BallotFactory, OptionFactory
from voting.casting.operations import cast, ticks
from voting.models import Ballot, Receipt, RollEntry, Vote
from voting.outcome.operations import close_ballot

VOTES, PROCESSES = 300, 2
NO_SERVER = "The proof that votes outlive a crash was left out, since the programs of a PostgreSQL server are not here."


@pytest.fixture
def ballots(transactional_db, sunita):
    """A secret and an open ballot, each with half of the people on its roll; Sunita may close them."""
    people = User.objects.bulk_create(
        User(email=f"voter{n}@crash.example", name=f"Voter {n}", password="!") for n in range(VOTES)
    )
    secret = BallotFactory(
        open=True, secrecy=Ballot.Secrecy.SECRET, sealed=open_round("Votes", length=512), opened_at=clock.now()
    )
    found = [secret, BallotFactory(open=True)]
    for number, ballot in enumerate(found):
        OptionFactory(ballot=ballot)
        RollEntry.objects.bulk_create(RollEntry(ballot=ballot, person=person) for person in people[number::2])
    return found


@pytest.fixture
def cluster(ballots):
    """A PostgreSQL server of the test's own, with a copy of the test's database in it."""
    if not program("initdb"):
        servers.leave_out_part(NO_SERVER)
        pytest.skip(NO_SERVER)
    known = connection.settings_dict
    told = {"PGHOST": known["HOST"], "PGPORT": known["PORT"], "PGUSER": known["USER"], "PGPASSWORD": known["PASSWORD"]}
    with own_cluster() as own:
        dump = subprocess.run(
            [program("pg_dump"), "--no-owner", "--no-privileges", known["NAME"]],
            env=os.environ | {name: str(value) for name, value in told.items()}, check=True, stdout=subprocess.PIPE,
        ).stdout  # fmt: skip
        load = [program("psql"), "-q1", "-v", "ON_ERROR_STOP=1", "-d", own.address]
        subprocess.run(load, input=dump, check=True, stdout=subprocess.DEVNULL)
        yield own


def in_a_process(cluster, work) -> int:
    """Do the work in a process of its own, which uses the test's own server and commits as in production."""
    connections.close_all()  # a process does not share them
    if child := os.fork():
        return child
    code = 1
    try:
        connection.settings_dict |= {
            "HOST": "127.0.0.1", "PORT": str(cluster.port), "USER": "postgres", "PASSWORD": "", "NAME": "postgres",
            "OPTIONS": connection.settings_dict["OPTIONS"] | {"options": "-c synchronous_commit=on"},
        }  # fmt: skip
        work()
        code = 0
    except Exception:
        traceback.print_exc()
    finally:
        os._exit(code)


def vote_all(ballots, told):
    """Each of the people who has no receipt yet sends the same form until one comes, which is then written down."""
    has_receipt = {line.split()[0] for line in told.read_text().splitlines()}
    for ballot in ballots:
        options = list(ballot.options.all())
        for entry in ballot.roll.select_related("person"):
            if str(entry.person_id) in has_receipt or entry.person_id % PROCESSES != int(told.suffix[1:]):
                continue
            while not (receipt := _sent(ballot, entry.person, options)):
                time.sleep(0.05)
            with told.open("a") as file:
                file.write(f"{entry.person_id} {receipt}\n")


def _sent(ballot, person, options) -> str:
    try:
        return cast(ballot, by=person, marks=ticks(options), token=f"the form of {person.pk}")
    except (OperationalError, InterfaceError):
        connection.close()
        return ""


def receipts_in(told) -> list[str]:
    return [line.split()[1] for file in told for line in file.read_text().splitlines() if line.count(" ") == 1]


@pytest.mark.postgresql
def test_of_300_votes_none_is_lost_or_counted_twice_though_process_and_server_are_killed(
    ballots, cluster, tmp_path, sunita
):
    told = [tmp_path / f"told.{n}" for n in range(PROCESSES)]
    for file in told:
        file.touch()

    def wait_for(number):
        deadline = time.monotonic() + 120
        while len(receipts_in(told)) < number:
            assert time.monotonic() < deadline, f"{len(receipts_in(told))} votes were counted in two minutes"
            time.sleep(0.005)

    voting = [in_a_process(cluster, lambda file=file: vote_all(ballots, file)) for file in told]
    wait_for(VOTES // 4)
    os.kill(voting[0], signal.SIGKILL)
    os.waitpid(voting[0], 0)
    voting[0] = in_a_process(cluster, lambda: vote_all(ballots, told[0]))
    wait_for(VOTES // 2)
    cluster.kill()
    cluster.start()
    for process in voting:
        assert os.waitpid(process, 0)[1] == 0

    def close_and_count():
        for ballot in ballots:
            close_ballot(ballot, by=sunita)
        (tmp_path / "counted").write_text("\n".join(Receipt.objects.values_list("code", flat=True)))
        (tmp_path / "votes").write_text(str(Vote.objects.count()))

    assert os.waitpid(in_a_process(cluster, close_and_count), 0)[1] == 0
    assert sorted((tmp_path / "counted").read_text().split()) == sorted(receipts_in(told))
    assert (tmp_path / "votes").read_text() == str(VOTES) == str(len(receipts_in(told)))
