"""What secret votes promise whoever has everything: database, backup, files, WAL, logs, sessions, receipts."""

import random
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings

from benchmarks.promises.cluster import Cluster
from benchmarks.promises.kept import _at_once
from benchmarks.promises.making import Caller, callers, facilitators, vote
from benchmarks.promises.site import Site
from benchmarks.promises.votes import SECRET, casts, what_was_said
from tests.sealing import forensics
from tests.sealing.forensics import Evidence, Guess

Report = dict[str, Any]
OPTIONS, SURELY_NOT_CHANCE = 6, 0.0001
KEYS = ("accounts_user", "sealing_round", "voting_ballot", "voting_option", "voting_vote", "voting_rollentry")


def p9(
    site: Site, cluster: Cluster, *, ballots: int, people: int, processes: int, seed: int, locked: bool = True
) -> Report:
    """No way to find out who voted for what does better than chance over all ballots; unsealed, ways find everybody.

    Each of a ballot's people votes otherwise than the others, over HTTP. What is found is what PostgreSQL's own files,
    the site's folders and the logs hold after the close, with a backup of while it was open and every receipt shown.
    """
    dice = random.Random(seed)
    forensics.use_keys_that_stand_nowhere_else(*KEYS)
    voters, (by,) = callers(people, "p9-"), facilitators(1, "p9-closes")
    site.serve(processes=processes, application="portal.wsgi" if locked else "benchmarks.promises.unsealed")
    rounds = [_held(site, cluster, f"p9-{n}", voters, by, dice, is_closed=locked) for n in range(ballots)]
    assert forensics.server_folder(), "the WAL of the server cannot be read"
    right = {name: forensics.right(way, rounds) for name, way in forensics.WAYS.items()}
    chances = forensics.found_by_each(rounds)
    best = sorted(chances, key=lambda name: (chances[name], -right[name]))
    return {
        "n": ballots,
        "votes": sum(len(known.answers) for _, known in rounds),
        "lost": sum(people - len(known.answers) for _, known in rounds),
        "untrue": sum(people - len(known.shown) for _, known in rounds),
        "ways": len(forensics.WAYS),
        "leaks": [name for name in best if chances[name] < SURELY_NOT_CHANCE],
        "found_all": sum(number == ballots * people for number in right.values()),
        "best": {name: {"right": right[name], "p": float(f"{chances[name]:.2g}")} for name in best[:8]},
        "by_chance": ballots,
        "wal_bytes": sum(len(known.wal) for _, known in rounds),
        "log_lines": sum(len(known.log) for _, known in rounds),
    }


def _held(
    site: Site, cluster: Cluster, name: str, voters: list[Caller], by: Caller, dice: random.Random, *, is_closed: bool
) -> tuple[Guess, Evidence]:
    """One ballot: who voted for what, and what can be known of it afterwards."""
    begin, seen = forensics.wal_position(), _written(site, cluster)
    ballot = vote(name, [voter.person for voter in voters], options=OPTIONS, secrecy=SECRET)
    names = tuple(ballot.options.order_by("pk").values_list("pk", flat=True))
    answers = dice.sample(forensics.subsets(OPTIONS), k=len(voters))
    truth = {voter.person.pk: answer for voter, answer in zip(voters, answers, strict=True)}
    assert ballot.sealed_id is not None  # it is secret
    known = Evidence(forensics.VOTES, ballot.pk, ballot.sealed_id, names)

    def votes(voter: Caller) -> None:
        ticked = [str(option) for option, is_in in zip(names, truth[voter.person.pk], strict=True) if is_in]
        form = {"step": "check", "options": ticked, "token": secrets.token_hex(16)}
        casts(site, ballot, voter, form)
        said = what_was_said(casts(site, ballot, voter, form | {"step": "count"}))
        if len(said) == 10:
            known.shown[said] = voter.person.pk

    _at_once(2, [lambda voter=voter: votes(voter) for voter in dice.sample(voters, k=len(voters))])
    forensics.read_while_open(known)
    known.drafts = forensics.rows_that_name_a_question(known)
    if is_closed:
        site.ask(f"/votes/{ballot.reference}/close/", by.session, {})
    known.log = _lines_since(_written(site, cluster), seen)
    forensics.read_afterwards(known, since=begin)
    return truth, known


def _written(site: Site, cluster: Cluster) -> dict[Path, bytes]:
    """What the site and the server have written into files, the oldest first."""
    folders = (site.folder, Path(settings.BALLOT_KEYS), Path(settings.MEDIA_ROOT))
    paths = {path for folder in folders for path in folder.rglob("*") if path.is_file()}
    return {path: path.read_bytes() for path in sorted({*paths, cluster.log}, key=lambda path: path.stat().st_mtime)}


def _lines_since(written: dict[Path, bytes], before: dict[Path, bytes]) -> list[str]:
    """The lines that have come to these files."""
    found = (content.removeprefix(before.get(path, b"")) for path, content in written.items())
    return [line for content in found for line in content.decode(errors="replace").splitlines()]
