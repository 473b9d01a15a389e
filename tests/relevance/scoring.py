"""How well the search answers what people ask: each query of judgements.csv with the records worth finding, by 0 to 3.

3 answers it, 2 helps, 1 is near, 0 is not worth a place; what has no judgement counts as 0. To a query with no record,
nothing is the right answer. Judged by reading the demo programme, not by what an engine found. The measure is nDCG@10
with the gain 2^grade - 1 (Järvelin and Kekäläinen 2002, in the form of Burges et al. 2005).
"""

import csv
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.contrib.auth.models import AnonymousUser

from search.asking import SearchQuery
from search.port import SearchEngine
from search.queries import search_with

DEPTH = 10
# Of the mean; just below what both engines reach, so that a few queries gone wrong take them under it.
FLOOR = 0.88
FILE = Path(__file__).parent / "judgements.csv"


@cache
def judgements() -> Mapping[str, Mapping[str, int]]:
    """The grades of each query's records, by their addresses."""
    judged: dict[str, dict[str, int]] = {}
    with FILE.open(newline="") as file:
        for row in csv.DictReader(file):
            grades = judged.setdefault(row["query"], {})
            if row["record"]:
                grades[row["record"]] = int(row["grade"])
    return judged


def ndcg(found: Iterable[str], grades: Mapping[str, int]) -> float:
    """nDCG@10 of these addresses, the best first: 1 for the best order there is, 0 for none worth finding.

    Where nothing is worth finding, 1 if nothing was found.
    """
    found = list(found)[:DEPTH]
    best = _gain(sorted(grades.values(), reverse=True)[:DEPTH])
    return _gain(grades.get(address, 0) for address in found) / best if best else float(not found)


def _gain(grades: Iterable[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, start=1))


@dataclass(frozen=True)
class Scored:
    """A query with its nDCG@10 and what was found, the best first."""

    query: str
    score: float
    found: tuple[str, ...]

    def __str__(self) -> str:
        grades = judgements()[self.query]
        told = ", ".join(f"{address} ({grades.get(address, 0)})" for address in self.found) or "nothing"
        missed = ", ".join(f"{address} ({grade})" for address, grade in grades.items() if address not in self.found)
        return f"{self.score:.2f}  {self.query}: found {told}; missed {missed or 'nothing'}"


def score(engine: SearchEngine) -> list[Scored]:
    """Every judged query as a stranger asks it of this engine, the worst first."""
    scored = []
    for query, grades in judgements().items():
        results = search_with(engine, AnonymousUser(), SearchQuery(q=query), size=DEPTH).results
        found = tuple(result.url for result in results)
        scored.append(Scored(query, ndcg(found, grades), found))
    return sorted(scored, key=lambda one: one.score)


def mean(scored: Iterable[Scored]) -> float:
    """The mean nDCG@10 over all queries."""
    scores = [one.score for one in scored]
    return sum(scores) / len(scores)


def worst(scored: list[Scored], many: int = 10) -> str:
    """The queries answered worst, a line each, with what was found and what was not."""
    return "\n".join((f"The worst {many} of {len(scored)} queries:", *map(str, scored[:many])))
