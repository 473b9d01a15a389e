"""Bundles of drawn elections, made from plain values as a closed ballot's is from its rows."""

from fractions import Fraction

from tests.voting.methods.elections import drawn
from voting.methods import METHODS
from voting.methods.values import PlainVote
from voting.record.bundle import count_part, plain_marks, rules_part
from voting.record.chain import chained


def drawn_bundle(key, dice):
    """The bundle of a drawn election, with an organisation for each vote."""
    rules, votes = drawn(key, dice)
    organisations = [dice.randint(0, 4) for _ in votes]
    return bundle_of(key, rules, [vote.marks for vote in votes], organisations)


def bundle_of(key, rules, votes, organisations=()):
    """The bundle of an election between options that are called by their numbers."""
    method = METHODS[key]
    organisations = [*organisations] or [0] * len(votes)
    lines = sorted(zip(map(plain_marks, votes), organisations, votes, strict=True), key=lambda line: line[:2])
    weighted = [PlainVote(marks, Fraction(1, organisations.count(one))) for _, one, marks in lines if one]
    person, council = (
        count_part(method.count(counted, rules)) for counted in ([PlainVote(marks) for *_, marks in lines], weighted)
    )
    parts = {
        "ballot": {"reference": "drawn", "question": "Which?", "round": 1, "secrecy": "open", "made_up": True},
        "options": [
            {"number": option, "title": f"Option {option}", "price": rules.prices.get(option)}
            for option in rules.options
        ],
        "rules": rules_part(method, rules),
        "turnout": {"on_roll": len(votes) + 3, "voted": len(votes)},
        "votes": [marks for marks, *_ in lines],
        "receipts": [f"RECEIPT{number:03}" for number in range(len(votes))],
        "result": {
            "withheld": False,
            "chosen": person["chosen"],
            "tied": person["tied"],
            "person": person,
            "council": council,
        },
    }
    return chained(parts | ({"organisations": [one for _, one, _ in lines]} if any(organisations) else {}))
