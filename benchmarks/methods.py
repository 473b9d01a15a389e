"""Counting 10,000 votes over 20 options by each method, against a plain loop over the same marks."""

import random
import time
from collections.abc import Iterator
from fractions import Fraction

from benchmarks import counting, datasets
from benchmarks.measure import Work, least
from benchmarks.rows import Goal, Row
from voting.methods import METHODS, Method
from voting.methods.values import PlainVote, Rules, VoteMark

WANTS = {datasets.SMALL}
VOTES, OPTIONS = 10_000, tuple(range(1, 21))
PRICES = {option: 1_000 * (5 + option) for option in OPTIONS}
RULES = Rules(OPTIONS, places=3, most=10, pot=100_000, prices=PRICES)
MOST_SECONDS = 1  # for every method but equal shares, which are counted many times over to be completed
MOST_TIMES = {"single": 20, "approval": 6, "dots": 6, "score": 8, "matrix": 6, "ranked": 40}


def run() -> Iterator[Row]:
    for key, method in METHODS.items():
        votes = drawn(key)
        works = {
            "count": Work(lambda votes, method=method: method.count(votes, RULES), lambda votes=votes: votes),
            "loop": Work(plain_loop, lambda votes=votes: votes),
        }
        cost = least(works, rounds=5)
        took = seconds(method, votes)
        goals = (
            Goal("× a plain loop", cost["count"] / cost["loop"], MOST_TIMES.get(key)),
            Goal("s", took, None if key == "budget" else MOST_SECONDS),
        )
        name = f"{key}, {VOTES:,} votes over {len(OPTIONS)} options"
        yield Row("count", name, counting.unit(), cost["count"], None, goals)


def drawn(key: str) -> list[PlainVote]:
    """Votes of a method, each with as many marks as it takes, of weights as a count per council has them."""
    dice = random.Random(f"{key} {VOTES}")
    weights = [Fraction(1, number) for number in range(1, 13)]
    return [PlainVote(tuple(marks(key, dice)), dice.choice(weights)) for _ in range(VOTES)]


def marks(key: str, dice: random.Random) -> Iterator[VoteMark]:
    """The marks of one vote: all options for scores, ranks and the matrix, half of them for ticks and dots."""
    some = dice.sample(OPTIONS, {"single": 1, "approval": 10, "dots": 10, "budget": 10}.get(key, len(OPTIONS)))
    for place, option in enumerate(some, start=1):
        if key == "matrix":
            yield VoteMark(option, dice.randint(1, 5), "impact")
            yield VoteMark(option, dice.randint(1, 5), "feasibility")
        elif key == "score":
            yield VoteMark(option, dice.randint(0, 5))
        else:
            yield VoteMark(option, place if key == "ranked" else 1)


def plain_loop(votes: list[PlainVote]) -> dict[int, int]:
    """The least a count can be: every mark is read once and added to a number."""
    total = dict.fromkeys(OPTIONS, 0)
    for vote in votes:
        for mark in vote.marks:
            total[mark.option] += mark.value
    return total


def seconds(method: Method, votes: list[PlainVote]) -> float:
    """The least processor time of three counts: what the clock would say of a machine with nothing else to do."""
    taken = []
    for _ in range(3):
        began = time.process_time()
        method.count(votes, RULES)
        taken.append(time.process_time() - began)
    return min(taken)
