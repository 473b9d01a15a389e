"""What a vote costs: against a bare view of one statement, with ten times the votes, and that the tally stays exact."""

import random
import statistics
import time
from functools import partial
from typing import Any

from django.db import connection

from benchmarks.promises.kept import _at_once, _middle, _times
from benchmarks.promises.making import callers, vote
from benchmarks.promises.site import Answer, Site
from benchmarks.promises.votes import OPEN, SECRET, casts, form_for, what_was_said
from voting.casting.operations import write_choices
from voting.methods.values import VoteMark
from voting.models import Ballot, RollEntry, Vote
from voting.outcome.queries import tally

Report = dict[str, Any]
CLIENTS, A_ROUND, PRESSES = 8, 64, 32
BY_OPTION = (
    "SELECT c.option_id, count(*) FROM voting_choice c JOIN voting_vote v ON v.id = c.vote_id "
    "WHERE v.ballot_id = %s GROUP BY c.option_id"
)


def cost(
    site: Site, *, rounds: int, changes: int, votes: int, processes: int, seed: int, locked: bool = True
) -> Report:
    """Goals C5 and C6: medians of the rounds, in which the sides took turns."""
    dice = random.Random(seed)
    site.serve(processes=processes)
    report: Report = {"n": rounds} | _throughput(site, rounds, dice) | _pressed_together(site, rounds, dice)
    report |= _mixed(site, changes, dice) | _ten_times(site, rounds, votes, dice)
    found = [
        *((f"C5 casts a second, {secrecy}, × one bare statement", report[f"{secrecy}_times_bare"], "≥", 0.3)
          for secrecy in (SECRET, OPEN)),
        ("C5 votes more than people, 32 clients each", report["duplicate"], "≤", 0),
        ("C6 options whose tally is not the count", report["counted_wrong"], "≤", 0),
        ("C6 a post with ten times the votes, ×", report["ten_times"], "≤", 1.15),
    ]  # fmt: skip
    report["goals"] = [
        f"{'met' if (figure <= goal if sign == '≤' else figure >= goal) else 'MISSED'}: {name} {figure} ({sign} {goal})"
        for name, figure, sign, goal in found
    ]
    return report


def _throughput(site: Site, rounds: int, dice: random.Random) -> Report:
    """Posts a second of a secret and an open vote over those of one bare statement behind the same middleware."""
    people = callers(rounds * A_ROUND, "throughput-")
    held = {secrecy: vote(f"throughput-{secrecy}", [each.person for each in people], secrecy=secrecy)
            for secrecy in (SECRET, OPEN)}  # fmt: skip
    bare = vote("throughput-bare", [], secrecy=SECRET)
    ratios: dict[str, list[float]] = {secrecy: [] for secrecy in held}
    rates: list[float] = []
    for number in range(rounds):
        some = people[A_ROUND * number : A_ROUND * (number + 1)]
        works = {"bare": [partial(site.ask, f"/bench/mark/{bare.sealed_id}/", each.session, {}) for each in some]}
        for secrecy, ballot in held.items():
            options = list(ballot.options.values_list("pk", flat=True))
            works[secrecy] = [partial(casts, site, ballot, each, form_for(dice.choice(options))) for each in some]
        rate = {}
        for name in dice.sample([*works], k=len(works)):
            began = time.perf_counter()
            answers = _at_once(CLIENTS, works[name])
            rate[name] = A_ROUND / (time.perf_counter() - began)
            assert {answer.status for answer in answers} <= {200, 302}, name
        rates.append(rate[SECRET])
        for secrecy, each in ratios.items():
            each.append(rate[secrecy] / rate["bare"])
    said: Report = {"secret_a_second": round(statistics.median(rates), 1)}
    for secrecy, each in ratios.items():
        said |= _middle(f"{secrecy}_times_bare", each)
    return said


def _pressed_together(site: Site, number: int, dice: random.Random) -> Report:
    """Votes of so many people whose 32 clients all send a form of their own at once."""
    people = callers(number, "together-")
    duplicate = 0
    for secrecy in (SECRET, OPEN):
        ballot = vote(f"together-{secrecy}", [each.person for each in people], secrecy=secrecy)
        options = list(ballot.options.values_list("pk", flat=True))
        answers: list[Answer] = []
        for each in people:
            works = [partial(casts, site, ballot, each, form_for(dice.choice(options))) for _ in range(PRESSES)]
            answers += _at_once(PRESSES, works)
        counted = ballot.sealed.staged.count() if ballot.sealed else ballot.votes.count()
        receipts = sum(len(what_was_said(answer)) == 10 for answer in answers)
        duplicate += abs(counted - len(people)) + abs(receipts - len(people))
    return {"pressed": 2 * PRESSES * len(people), "duplicate": duplicate}


def _mixed(site: Site, changes: int, dice: random.Random) -> Report:
    """The tally of an open vote against a plain count of its rows, after so many votes cast and changed by turns."""
    people = callers(changes // 2, "mixed-")
    ballot = vote("mixed", [each.person for each in people], secrecy=OPEN)
    options = list(ballot.options.values_list("pk", flat=True))
    works = [partial(casts, site, ballot, dice.choice(people), form_for(dice.choice(options))) for _ in range(changes)]
    answers = _at_once(16, works)
    ballot.refresh_from_db()
    with connection.cursor() as cursor:
        cursor.execute(BY_OPTION, [ballot.pk])
        counted = dict(cursor.fetchall())
    told = tally(ballot)
    return {
        "mixed": changes,
        "voted": ballot.votes.count(),
        "5xx": sum(answer.status >= 500 for answer in answers),
        "untrue": sum(answer.status != 200 for answer in answers),
        "counted_wrong": sum(line.people != counted.get(line.option.pk, 0) for line in told.lines)
        + (told.voted != ballot.votes.count()),
    }


def _ten_times(site: Site, rounds: int, votes: int, dice: random.Random) -> Report:
    """What a post takes with ten times the votes over what it takes: the median, by turns."""
    people = callers(10 * votes, "crowd-")
    held = {}
    for times in (1, 10):
        comes = callers(rounds * 10, f"comes-{times}-")
        ballot = vote(f"crowd-{times}", [each.person for each in (*people[: times * votes], *comes)], secrecy=OPEN)
        _fill(ballot, times * votes)
        held[times] = ballot, iter(comes), list(ballot.options.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    took: dict[int, list[Answer]] = {1: [], 10: []}
    for _ in range(rounds * 10):
        for times, (ballot, comes, options) in held.items():
            took[times].append(casts(site, ballot, next(comes), form_for(dice.choice(options))))
    ms = {times: _times(answers) for times, answers in took.items()}
    return {
        "votes": votes,
        "post_ms": {f"{times}×": each for times, each in ms.items()},
        "ten_times": round(ms[10]["p50_ms"] / ms[1]["p50_ms"], 3),
        "ten_times_p95": round(ms[10]["p95_ms"] / ms[1]["p95_ms"], 3),
    }


def _fill(ballot: Ballot, number: int) -> None:
    """Votes of the first people on the roll, written past the operation."""
    entries = RollEntry.objects.filter(ballot=ballot).order_by("pk")[:number]
    votes = Vote.objects.bulk_create(Vote(ballot=ballot, entry=each, person_id=each.person_id) for each in entries)
    options = list(ballot.options.values_list("pk", flat=True))
    write_choices({each: (VoteMark(options[n % len(options)]),) for n, each in enumerate(votes)})
