"""Write `reference.json.gz`: what three libraries answer to a thousand drawn elections.

The libraries are large and are no part of this project. They were asked once, in an environment of their own:

    python -m venv /tmp/reference
    /tmp/reference/bin/pip install pabutools==1.2.3 pref_voting==1.18.2 pyrankvote==2.0.6
    /tmp/reference/bin/python tests/voting/methods/freeze_reference.py

pabutools breaks ties by an order: it is asked with every order, and the answers are the sets that come out. pref_voting
tries every way out of a tie. pyrankvote breaks ties by chance: it is asked 40 times, and what differs is left out.
"""

import gzip
import itertools
import json
import random
from pathlib import Path

from pabutools.election import ApprovalBallot, ApprovalProfile, Cardinality_Sat, Cost_Sat, Instance, Project
from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares
from pabutools.tiebreaking import TieBreakingRule
from pref_voting.iterative_methods import instant_runoff_put
from pref_voting.profiles import Profile
from pref_voting.profiles_with_ties import ProfileWithTies
from pyrankvote import Ballot, Candidate, instant_runoff_voting
from pyrankvote.helpers import CompareMethodIfEqual

PATH = Path(__file__).with_name("reference.json.gz")
BUDGETS, FULL, PARTIAL = 400, 400, 200


def budget(dice):
    """A pot, prices and votes, with what may be funded: by equal shares, with completion, and by greedy."""
    number = dice.randint(2, 5)
    dearest = dice.choice([6, 15, 40])
    prices = [dice.randint(1, dearest) for _ in range(number)]
    if dice.random() < 0.3:
        prices = [dice.choice(prices)] * number  # so that ties are common
    pot = dice.randint(max(prices), max(max(prices), sum(prices)))
    votes = [sorted(dice.sample(range(number), dice.randint(1, number))) for _ in range(dice.randint(1, 9))]
    projects = [Project(str(each), price) for each, price in enumerate(prices)]
    instance = Instance(projects, budget_limit=pot)
    profile = ApprovalProfile([ApprovalBallot([projects[each] for each in vote]) for vote in votes], instance=instance)
    found = {"shares": set(), "completed": set(), "greedy": set()}
    for order in itertools.permutations(range(number)):
        ties = TieBreakingRule(lambda instance, profile, project, order=order: order.index(int(project.name)))
        answers = {
            "shares": method_of_equal_shares(instance, profile, Cardinality_Sat, tie_breaking=ties),
            "completed": method_of_equal_shares(
                instance, profile, Cardinality_Sat, tie_breaking=ties, voter_budget_increment=1
            ),
            "greedy": greedy_utilitarian_welfare(instance, profile, Cost_Sat, tie_breaking=ties),
        }
        for rule, answer in answers.items():
            # What nobody supports costs pabutools' greedy nothing to add, and has no place in ours.
            wanted = {each for vote in votes for each in vote}
            found[rule].add(tuple(sorted(int(project.name) for project in answer if int(project.name) in wanted)))
    return {"pot": pot, "prices": prices, "votes": votes, **{rule: sorted(sets) for rule, sets in found.items()}}


def ranked(dice, *, is_partial):
    """Rankings, with who can win by instant run-off, and how many put each before each."""
    number = dice.randint(2, 6)
    votes = [
        dice.sample(range(number), dice.randint(1, number) if is_partial else number)
        for _ in range(dice.randint(1, 12 if dice.random() < 0.6 else 40))
    ]
    if is_partial:
        profile = ProfileWithTies(
            [{option: place for place, option in enumerate(vote, start=1)} for vote in votes],
            candidates=list(range(number)),
        )
        profile.use_extended_strict_preference()
    else:
        profile = Profile(votes)
    pairs = [[profile.support(a, b), profile.support(b, a)] for a, b in itertools.combinations(range(number), 2)]
    candidates = [Candidate(str(option)) for option in range(number)]
    ballots = [Ballot([candidates[option] for option in vote]) for vote in votes]
    by_chance = set()
    for seed in range(40):
        random.seed(seed)
        result = instant_runoff_voting(candidates, ballots, compare_method_if_equal=CompareMethodIfEqual.Random)
        by_chance |= {int(winner.name) for winner in result.get_winners()}
    return {
        "options": number,
        "votes": votes,
        "pref_voting": [int(each) for each in instant_runoff_put(profile)],
        "pyrankvote": by_chance.pop() if len(by_chance) == 1 else None,
        "pairs": [[int(more), int(less)] for more, less in pairs],
    }


def main():
    dice = random.Random(2014)
    kept = {
        "budgets": [budget(dice) for _ in range(BUDGETS)],
        "rankings": [ranked(dice, is_partial=number >= FULL) for number in range(FULL + PARTIAL)],
    }
    PATH.write_bytes(gzip.compress(json.dumps(kept, separators=(",", ":")).encode(), mtime=0))


if __name__ == "__main__":
    main()
