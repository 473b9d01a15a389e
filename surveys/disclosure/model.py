"""A small integer programme for HiGHS: whole counts, sums of them that lie in a span, the least and most of a sum."""

from collections.abc import Hashable, Mapping

ALMOST = 1e-6  # a count that is this near to a whole one is meant to be it
A_FEW, MANY = 5, 300  # branches tried; the best found by then is narrower than the truth if anything
NEAR = 0.3  # of the least, for a solution that need not be the least
Key = Hashable
Terms = list[tuple[Key, int]]


class NoSolution(ValueError):
    """Nothing fits all that the programme asks for."""


class Model:
    """Whole counts from 0 to a most each, and what is known of sums of them.

    Every solution is remembered for what it shows of other sums: `spread` costs nothing.
    """

    def __init__(self) -> None:
        self.keys: dict[Key, int] = {}
        self._low: list[int] = []
        self._top: list[int] = []
        self._rows: list[tuple[list[int], list[int], float, float]] = []
        self._points: list = []
        self._frozen: tuple | None = None
        self._known: dict[tuple, int] = {}

    def variable(self, key: Key, top: int) -> int:
        """The place of a count, new or not."""
        if key not in self.keys:
            self.keys[key] = len(self.keys)
            self._low.append(0)
            self._top.append(top)
            self._frozen = None
        return self.keys[key]

    def top(self, key: Key) -> int:
        return self._top[self.keys[key]]

    def limit(self, key: Key, low: int, top: int) -> None:
        """Let a count lie between these. Forgets the solutions of before."""
        at = self.keys[key]
        self._low[at], self._top[at] = low, top
        self._forget()

    def require(self, terms: list[tuple[int, int]], low: int | None, high: int | None) -> None:
        """Let a sum of counts, by their places, lie between these; None is no limit."""
        least, most = float("-inf") if low is None else low, float("inf") if high is None else high
        self._rows.append(([place for place, _ in terms], [times for _, times in terms], least, most))
        self._forget()

    def require_keys(self, terms: Terms, low: int | None, high: int | None) -> None:
        """Let a sum of counts, by their keys, lie between these; None is no limit."""
        self.require([(self.keys[key], times) for key, times in terms], low, high)

    def visit(self, terms: Terms) -> None:
        """Meet some solution where a sum is small, whole and near the least: for what it shows of other sums."""
        self._solve(terms, 1, options={"mip_rel_gap": NEAR, "node_limit": A_FEW})

    def point(self, terms: Terms) -> Mapping[Key, int]:
        """The counts where a sum is least."""
        solution = self._solve(terms, 1)
        return {key: solution[place] for key, place in self.keys.items()}

    def span(self, terms: Terms, *, enough: int | None = None) -> tuple[int, int]:
        """The least and the most that a sum can be; a span that is `enough` may be less than the whole."""
        most = self._end(terms, -1)
        if enough is not None and self.spread(terms) >= enough:
            return self._seen(terms)
        return self._end(terms, 1), most

    def spread(self, terms: Terms) -> int:
        """How far apart two values of a sum lie that have been met already."""
        if not self._points:
            return 0
        low, high = self._seen(terms)
        return high - low

    def _seen(self, terms: Terms) -> tuple[int, int]:
        places = [(self.keys[key], times) for key, times in terms]
        sums = [sum(times * point[place] for place, times in places) for point in self._points]
        return min(sums), max(sums)

    def _end(self, terms: Terms, sign: int) -> int:
        asked = (sign, *terms)
        if asked not in self._known:
            solution = self._solve(terms, sign, options={"node_limit": MANY})
            self._known[asked] = sum(times * solution[self.keys[key]] for key, times in terms)
        return self._known[asked]

    def _solve(self, terms: Terms, sign: int, *, options: Mapping[str, float] | None = None) -> list[int]:
        import numpy as np  # here, so that the processes that answer pages never load them
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array

        if self._frozen is None:
            at = [place for places, _, _, _ in self._rows for place in places]
            times = [time for _, all_times, _, _ in self._rows for time in all_times]
            ends = np.cumsum([0, *(len(places) for places, _, _, _ in self._rows)])
            matrix = csr_array((np.array(times, float), at, ends), shape=(len(self._rows), len(self.keys)))
            matrix.sum_duplicates()  # a count may stand twice in a sum, which HiGHS refuses
            low, high = [row[2] for row in self._rows], [row[3] for row in self._rows]
            self._frozen = LinearConstraint(matrix, low, high), Bounds(self._low, self._top), np.ones(len(self.keys))
        sums, bounds, whole = self._frozen
        costs = np.zeros(len(self.keys))
        for key, factor in terms:
            costs[self.keys[key]] += sign * factor
        found = milp(
            costs, constraints=sums, bounds=bounds, options={"presolve": False}
        )  # ten times as fast, and most of its ends are whole
        if found.status != 0 or np.abs(found.x - found.x.round()).max() > ALMOST:
            found = milp(costs, constraints=sums, bounds=bounds, integrality=whole, options=dict(options or {}))
            if found.x is None and options:
                found = milp(costs, constraints=sums, bounds=bounds, integrality=whole)
        if found.x is None:
            raise NoSolution(found.message)
        solution = [round(value) for value in found.x]
        self._points.append(solution)
        return solution

    def _forget(self) -> None:
        self._points, self._known, self._frozen = [], {}, None
