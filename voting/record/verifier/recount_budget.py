"""The Method of Equal Shares for recount_bundle.py: what a pot pays for, in exact numbers."""
from collections import Counter
from fractions import Fraction
from itertools import permutations
from math import ceil


def plus(one, other, times=1):
    """Money is a pair: an amount, and how it grows with each £1 that shares are raised by."""
    return one[0] + times * other[0], one[1] + times * other[1]

def shares(wants, price, pot, raised, order, met):
    """What is funded, in `order` where options are level (noted in `met`), and the next raise that may change it."""
    turns, funded = [], []  # after how many pounds more a comparison turns out otherwise
    purse = dict.fromkeys(wants, (Fraction(pot) / sum(wants.values()) + raised, 1))

    def is_less(one, other):
        gap, gains = other[0] - one[0], other[1] - one[1]
        turns.extend([-gap / gains] if gains and gap / gains <= 0 else [])
        return gap > 0

    def each_pays(option):
        """What each supporter pays: all alike, but who has less pays all that is left. None if it is too much."""
        fans = sorted((purse[some], wants[some]) for some in wants if option in some)
        rest, weight, total = (price[option], 0), sum(each for _, each in fans), (0, 0)
        for money, each in fans:
            total = plus(total, money, each)
        if is_less(total, rest):
            return None
        for money, each in fans:
            if money[0] * weight >= rest[0]:
                break
            rest, weight = plus(rest, money, -each), weight - each
        pays = plus((0, 0), rest, 1 / weight)
        return [is_less(money, pays) for money, _ in fans] and pays

    while offers := {option: pays for option in order if option not in funded and (pays := each_pays(option))}:
        least = min(offers.values())
        level = [option for option in offers if not is_less(least, offers[option])]
        for some in wants:  # the order matters where somebody wants several and cannot pay for all of them
            if len(several := {*level} & some) > 1 and is_less(purse[some], plus((0, 0), least, len(several))):
                met |= several
        pays = offers[level[0]]
        funded.append(level[0])
        for some in wants:
            if level[0] in some:
                purse[some] = (0, 0) if is_less(purse[some], pays) else plus(purse[some], pays, -1)
    return funded, raised + max(1, ceil(min(turns))) if turns else None

def spent_on(wants, price, pot, order, met):
    """Shares raised by £1 until the pot has money for no other option, or would be overspent; idle raises left out."""
    funded, raised = shares(wants, price, pot, 0, order, met)
    while raised and any(price[o] <= pot - sum(price[f] for f in funded) for o in order if o not in funded):
        more, raised = shares(wants, price, pot, raised, order, met)
        if sum(price[option] for option in more) > pot:
            break
        funded = more
    return funded

def ways_to_spend(votes, rules, options):
    """What is funded in every order of the options that are level, or by the order of the ballot where so declared."""
    wants, met, tried = Counter(), set(), None
    price = dict(zip(rules["options"], rules["prices"], strict=True))
    for vote, weight in votes:
        wants[frozenset(option for option, _, _ in vote)] += weight
    if not wants or rules["by_order"]:
        return [spent_on(wants, price, rules["pot"], options, met)] if wants else [[]]
    # Nothing but their names tells twins apart, so one order of them stands for all.
    tells = {option: (price[option], {some for some in wants if option in some}) for option in options}
    twins = {option: {each for each in options if tells[each] == tells[option]} for option in options}
    while tried != met:
        tried, ways = {*met}, []
        for first in permutations(sorted(tried)):
            if all(max(twins[option] & {*first[: place + 1]}) == option for place, option in enumerate(first)):
                order = [*first, *(option for option in options if option not in tried)]
                funded = {*spent_on(wants, price, rules["pot"], order, met)}
                ways.append([option for option in options if twins[option] <= funded])
                ways.append([option for option in options if twins[option] & funded])
    return ways
