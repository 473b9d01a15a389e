"""A second counter, written from the rules and not from the code: slow, obvious, one voter at a time.

Each function returns the options that are chosen and those that are tied, as sets.
"""

import itertools
from fractions import Fraction


def by_score(score, support, *, votes, rules):
    """The best of those with support that reach the threshold; who is level with the last place is tied."""
    voted = sum((vote.weight for vote in votes), Fraction(0))
    able = [
        option
        for option in rules.options
        if score[option] > 0 and (rules.threshold is None or support[option] >= rules.threshold * voted)
    ]
    chosen, tied = set(), set()
    for option in able:
        better = [other for other in able if score[other] > score[option]]
        level = [other for other in able if score[other] == score[option]]
        if len(better) + len(level) <= rules.places:
            chosen.add(option)
        elif len(better) < rules.places:
            tied.add(option)
    if rules.has_order:
        while tied and len(chosen) < rules.places:
            first = min(tied, key=rules.options.index)
            chosen.add(first)
            tied.discard(first)
        tied = set()
    return chosen, tied


def added_up(votes, rules):
    """Single choice, approval, dots and scores."""
    score = {option: Fraction(0) for option in rules.options}
    support = {option: Fraction(0) for option in rules.options}
    for vote in votes:
        for mark in vote.marks:
            score[mark.option] = score[mark.option] + vote.weight * mark.value
            if mark.value > 0:
                support[mark.option] = support[mark.option] + vote.weight
    return by_score(score, support, votes=votes, rules=rules)


def matrix(votes, rules):
    """Mean impact times mean feasibility, of those rated above the lowest by anybody."""
    score, support = {}, {}
    for option in rules.options:
        rated = []
        for vote in votes:
            answers = {mark.question: mark.value for mark in vote.marks if mark.option == option}
            if answers:
                rated.append((vote.weight, answers["impact"], answers["feasibility"]))
        weight = sum((weight for weight, _, _ in rated), Fraction(0))
        support[option] = sum((weight for weight, *answers in rated if answers != [1, 1]), Fraction(0))
        if support[option]:
            impact = sum(weight * impact for weight, impact, _ in rated) / weight
            feasibility = sum(weight * feasibility for weight, _, feasibility in rated) / weight
            score[option] = impact * feasibility
        else:
            score[option] = 0
    return by_score(score, support, votes=votes, rules=rules)


# Instant run-off ------------------------------------------------------------------------------------------


def first_choices(votes, still):
    counts = dict.fromkeys(still, Fraction(0))
    for vote in votes:
        ranking = [mark.option for mark in sorted(vote.marks, key=lambda mark: mark.value)]
        for option in ranking:
            if option in still:
                counts[option] += vote.weight
                break
    return counts


def run_off_winners(votes, still, *, enough=0, looks_back=True, order=None, past=()):
    """Everybody who can win when each of those level for last is out in turn; None where it can be nobody.

    With `looks_back` those level for last are told apart by earlier rounds while more than two are left, unless
    together they have fewer votes than the next. With an `order` the lowest in it is out, and the first of two wins.
    """
    counts = first_choices(votes, still)
    if not any(counts.values()):
        return {None}
    best = max(counts.values())
    if len(still) <= 2 or (2 * best > sum(counts.values()) and best >= enough):
        leading = [option for option in still if counts[option] == best]
        if order:
            leading = [min(leading, key=order.index)]
        return {*leading} if best >= enough else {None}
    last = [option for option in still if counts[option] == min(counts.values())]
    others = [counts[option] for option in still if option not in last]
    if others and sum(counts[option] for option in last) < min(others):
        outs = [set(last)]
    else:
        if looks_back:
            for before in reversed(past):
                last = [option for option in last if before[option] == min(before[each] for each in last)]
        outs = [{max(last, key=order.index)}] if order else [{option} for option in last]
    possible = set()
    for out in outs:
        rest = [option for option in still if option not in out]
        past_now = (*past, counts)
        possible |= run_off_winners(votes, rest, enough=enough, looks_back=looks_back, order=order, past=past_now)
    return possible


def ranked(votes, rules):
    """Instant run-off for each place among those not yet chosen."""
    voted = sum((vote.weight for vote in votes), Fraction(0))
    enough = rules.threshold * voted if rules.threshold else 0

    def ends(chosen):
        rest = [option for option in rules.options if option not in chosen]
        if len(chosen) == rules.places or not rest:
            return {frozenset(chosen)}
        found = set()
        for winner in run_off_winners(votes, rest, enough=enough, order=rules.options if rules.has_order else None):
            found |= {frozenset(chosen)} if winner is None else ends([*chosen, winner])
        return found

    found = ends([])
    return set(frozenset.intersection(*found)), set(frozenset.union(*found) - frozenset.intersection(*found))


def pairs(votes, one, other):
    """How many put one before the other: it is ranked and the other is ranked later or not at all."""
    total = Fraction(0)
    for vote in votes:
        place = {mark.option: mark.value for mark in vote.marks}
        if one in place and (other not in place or place[one] < place[other]):
            total += vote.weight
    return total


# Equal shares ---------------------------------------------------------------------------------------------


def funded(votes, rules, order, raised):
    """Equal shares with each voter's purse on its own; what is level goes by `order`."""
    total = sum((vote.weight for vote in votes), Fraction(0))
    purse = [vote.weight * (rules.pot / total + raised) for vote in votes]
    wants = [{mark.option for mark in vote.marks if mark.value} for vote in votes]
    got = []
    while True:
        offers = []
        for option in order:
            fans = [voter for voter in range(len(votes)) if option in wants[voter] and votes[voter].weight]
            if option in got or not fans or sum(purse[voter] for voter in fans) < rules.prices[option]:
                continue
            # Who is poorest in proportion pays all, until the rest can pay alike.
            fans.sort(key=lambda voter: purse[voter] / votes[voter].weight)
            rest = Fraction(rules.prices[option])
            while True:
                each = rest / sum(votes[voter].weight for voter in fans)
                if purse[fans[0]] >= each * votes[fans[0]].weight:
                    break
                rest -= purse[fans.pop(0)]
            offers.append((each, option))
        if not offers:
            return got
        each, option = min(offers, key=lambda offer: offer[0])
        got.append(option)
        for voter in range(len(votes)):
            if option in wants[voter]:
                purse[voter] -= min(purse[voter], each * votes[voter].weight)


def completed(votes, rules, order):
    """Shares raised by a pound at a time, until the pot has money for nothing that is wanted, or would be passed."""
    if not any(vote.weight for vote in votes):
        return []
    wanted = {mark.option for vote in votes for mark in vote.marks if mark.value and vote.weight}
    raised, before = 0, []
    while True:
        got = funded(votes, rules, order, raised)
        spent = sum(rules.prices[option] for option in got)
        if spent > rules.pot:
            return before
        if all(option in got or spent + rules.prices[option] > rules.pot for option in wanted & {*order}):
            return got
        raised, before = raised + 1, got


def budget(votes, rules):
    """Equal shares in every order of what is level."""
    voted = sum((vote.weight for vote in votes), Fraction(0))
    support = {
        option: sum((v.weight for v in votes if any(m.option == option and m.value for m in v.marks)), Fraction(0))
        for option in rules.options
    }
    able = [option for option in rules.options if not rules.threshold or support[option] >= rules.threshold * voted]
    orders = [able] if rules.has_order else itertools.permutations(able)
    found = {frozenset(completed(votes, rules, order)) for order in orders}
    return set(frozenset.intersection(*found)), set(frozenset.union(*found) - frozenset.intersection(*found))


COUNTERS = {
    "single": added_up,
    "approval": added_up,
    "dots": added_up,
    "score": added_up,
    "ranked": ranked,
    "matrix": matrix,
    "budget": budget,
}
