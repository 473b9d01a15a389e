"""What a count comes to in every order in which options that are level can come."""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from voting.methods.equal_shares import FirstOf

Found = TypeVar("Found")
MOST_WAYS = 200  # with more, nothing is taken for decided


class _Order:
    """An order of the options, made up as ties ask for it: first along `path`, then by the order of the ballot."""

    def __init__(self, options: Sequence[int], twins: Mapping[int, Hashable], path: Sequence[int]) -> None:
        self.options = options
        self.path = path
        self.taken: list[int] = []
        self.others: list[list[int]] = []  # what could have been taken instead at each step
        self.above: dict[int, set[int]] = {option: set() for option in options}  # what comes before an option
        for place, option in enumerate(options):  # which twin comes first changes nothing but its name
            self.above[option] |= {each for each in options[:place] if twins[each] == twins[option]}

    def pick(self, level: Sequence[int]) -> int:
        """The first of several options that are level, by what was picked before."""
        able = [option for option in level if not self.above[option] & {*level}]
        if len(able) == 1:
            return able[0]
        step = len(self.taken)
        first = self.path[step] if step < len(self.path) else able[0]
        self.taken.append(first)
        self.others.append([option for option in able if option != first])
        before = {first, *self.above[first]}
        for option in self.options:
            if option != first and (option in level or self.above[option] & {*level} - {first}):
                self.above[option] |= before
        return first


def every_way(
    run: Callable[[FirstOf], Found],
    options: Sequence[int],
    twins: Mapping[int, Hashable],
    *,
    is_too_long: Callable[[], bool] = lambda: False,
) -> tuple[list[Found], bool]:
    """The results of `run` for every order of the options, and whether all were tried.

    Twins are options that nothing but their names tells apart; only one order of them is tried.
    `is_too_long` is asked before each order but the first.
    """
    found: list[Found] = []
    waiting: list[tuple[int, ...]] = [()]
    while waiting:
        if len(found) == MOST_WAYS or (found and is_too_long()):
            return found, False
        path = waiting.pop()
        order = _Order(options, twins, path)
        found.append(run(order.pick))
        for step in range(len(path), len(order.taken)):
            waiting += [(*order.taken[:step], other) for other in order.others[step]]
    return found, True


def in_all_and_in_some(ways: Iterable[Collection[int]], twins: Mapping[int, Hashable]) -> tuple[set[int], set[int]]:
    """The options that every way holds, and those that only some do, whichever twin comes first."""
    in_all, in_some = {*twins}, set()
    for held in ways:
        names = {*held}
        for option in twins:
            own = {each for each in twins if twins[each] == twins[option]}
            if not own <= names:
                in_all.discard(option)
            if own & names:
                in_some.add(option)
    return in_all, in_some - in_all
