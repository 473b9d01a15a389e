"""Check and recount a vote: python recount_bundle.py bundle.json CODE-AS-MAILED (budgets need recount_budget.py)"""
import json
import sys
from collections import Counter
from fractions import Fraction
from hashlib import sha256

VALUES = {"single": (1, 1), "approval": (1, 1), "budget": (1, 1), "score": (0, 5), "matrix": (1, 5)}
canonical = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode

def faults_of(text, code=""):
    """What is wrong with a bundle, as sentences: none where nothing was altered and the count is as told."""
    bundle = json.loads(text)
    faults = [] if text == canonical(bundle) else ["The file is not as it was written."]
    digests = [sha256(bundle["format"].encode())]
    for name, content, said in bundle["parts"]:
        digests.append(sha256((digests[-1].hexdigest() + canonical([name, content])).encode()))
        faults += [] if digests[-1].hexdigest() == said else [f"The {name} or something before it was altered."]
    head = "".join("23456789ABCDEFGHJKLMNPQRSTUVWXYZ"[byte % 32] for byte in digests[7].digest()[:16])
    codes = {said.upper().replace("-", "") for said in (bundle["code"], code or head)}
    if codes != {head} or faults:
        return [*faults, *(f"The code is {head}, not {other}: something was altered." for other in codes - {head})]
    _, _, rules, turnout, votes, receipts, told, own = [each[1] for each in [*bundle["parts"], [0, []]]][:8]
    paper = turnout.get("paper", [])  # [batch, slips, votes, blank, unreadable]; older bundles do not tell of it
    faults = [f"Slips of batch {n} do not add up." for n, slips, *each in paper if sum(each) != slips or min(each) < 0]
    on_paper, places = sum(each[2] for each in paper), turnout["on_roll"] - sum(each[1] - each[2] for each in paper)
    if told["withheld"]:
        return faults + ["Votes are told that were never opened."] * bool(votes)
    if not len(votes) == turnout["voted"] <= places or not len(receipts) == len({*receipts}) <= len(votes) - on_paper:
        faults.append("Votes, receipts, turnout and roll do not go together.")
    faults += [f"Vote {number} breaks the rules." for number, vote in enumerate(votes, 1) if not keeps(vote, rules)]
    # An organisation weighs one, shared among its votes; a vote of none, 0, weighs nothing.
    weights = {"person": [Fraction(1)] * len(votes), "council": [Fraction(one > 0, own.count(one)) for one in own]}
    for basis in [each for each in weights if (own or each == "person") and not told[each]["too_many_ways"]]:
        again, said = count([v for v in zip(votes, weights[basis], strict=True) if v[1]], rules), told[basis]
        faults += [f"Counted per {basis}, {it}: {again[it]}, not {said[it]}." for it in again if again[it] != said[it]]
    decides = told[rules["basis"]] if turnout["voted"] >= (rules["quorum"] or 0) else {"chosen": [], "tied": []}
    return faults + [f"What is {it} is not what counts." for it in ("chosen", "tied") if told[it] != decides[it]]

def keeps(vote, rules):
    """Whether a vote, a list of [option, value, question], could be handed in."""
    marked, values, method = {option for option, _, _ in vote}, [value for _, value, _ in vote], rules["method"]
    most = 1 if method == "single" else rules["most"] or len(rules["options"])
    low, high = VALUES.get(method) or ((1, len(vote)) if method == "ranked" else (0, rules["cap"] or most))
    asked = sorted([option, question] for option in marked & {*rules["options"]} for question in rules["questions"])
    return (sorted([o, q] for o, _, q in vote) == asked and (method != "ranked" or len({*values}) == len(values))
            and all(type(value) is int and low <= value <= high for value in values)
            and 0 < (sum(values) if method == "dots" else len(marked)) <= most)

def count(votes, rules):
    """Of votes with their weights: lines [option, score, supporters], what is chosen and what tied, sorted."""
    options, places, by_order, sums, by = rules["options"], rules["places"], rules["by_order"], Counter(), Counter()
    for option, value, question, weight in [(*mark, weight) for vote, weight in votes for mark in vote]:
        sums[option, question] += weight * value
        by[option] += weight * (value > 0) / len(rules["questions"])
    score, least = {o: sums[o, ""] for o in options}, Fraction(rules["threshold"] or 0) * sum(w for _, w in votes)
    for o in options if rules["method"] == "matrix" else ():  # the product of its means; 1 and 1 is no support
        against = sum(weight for vote, weight in votes if [o, 1, "impact"] in vote and [o, 1, "feasibility"] in vote)
        score[o] = sums[o, "impact"] * sums[o, "feasibility"] / by[o] ** 2 if by[o] > against else 0
        by[o] -= against
    able = sorted((o for o in options if score[o] and by[o] >= least), key=lambda o: -score[o])
    last = score[able[places - 1]] if len(able) > places else 0
    sure, some = [o for o in able if score[o] > last], [o for o in able if score[o] >= last]
    ways = [some[:places]] if by_order or len(some) <= places else [sure, some]  # what can come of ties
    if rules["method"] == "ranked":
        score, ways = race(votes, options, least, by_order)[1], list(ends(set(), votes, rules, least))
    if rules["method"] == "budget":
        ways = __import__("recount_budget").ways_to_spend(votes, rules, sorted(able, key=options.index))
    sure = set.intersection(*map(set, ways))
    lines = sorted([option, str(Fraction(score[option])), str(Fraction(by[option]))] for option in options)
    return {"lines": lines, "chosen": sorted(sure), "tied": sorted(set().union(*ways) - sure)}

def race(votes, left, least, by_order, *past):
    """Instant run-off: who can win (None: nobody), as those level for last go out in turn; votes in the last round."""
    now = dict.fromkeys(left, Fraction(0))
    for vote, weight in votes:
        for _, option in sorted((rank, option) for option, rank, _ in vote if option in now)[:1]:
            now[option] += weight
    most, low = max(now.values()), min(now.values())
    if len(left) <= 2 or (2 * most > sum(now.values()) and most >= least):
        return ({option for option in left if now[option] == most} if most and most >= least else {None}), now
    outs, above = [last := [o for o in left if now[o] == low]], [n for n in now.values() if n > low]
    if len(last) == 1 or not above or low * len(last) >= min(above):  # else none of them could catch up
        for before in reversed(past):
            last = [o for o in last if before[o] == min(before[each] for each in last)]
        outs = [[o] for o in (last[-1:] if by_order else last)]
    ways = [race(votes, [o for o in left if o not in out], least, by_order, *past, now) for out in outs]
    winners = set().union(*(way[0] for way in ways))
    return winners, now | (ways[0][1] if 1 in (len(ways), len(winners)) else {})

def ends(chosen, votes, rules, least):
    """Every set that can be chosen in the end: for each place a run-off among those who are not chosen yet."""
    left = [option for option in rules["options"] if option not in chosen]
    winners = race(votes, left, least, rules["by_order"])[0] if left and len(chosen) < rules["places"] else {None}
    for winner in [o for o in left if o in winners][:1] if rules["by_order"] and winners != {None} else winners:
        yield from ends({*chosen, winner}, votes, rules, least) if winner else [chosen]

if __name__ == "__main__":
    found = faults_of(open(sys.argv[1], "rb").read().decode(), *sys.argv[2:])  # noqa: SIM115  # ends with the program
    sys.exit("\n".join(found) or print("Nothing was altered, and the count is as told."))
