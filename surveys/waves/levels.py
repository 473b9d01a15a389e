"""Which level of seniority a title and a role suggest, by the rules of the report of 2014, section 3."""

import re
from enum import IntEnum


class Level(IntEnum):
    """Chief executives, directors, members and heads of IT; heads and senior managers; everybody else."""

    ONE = 1
    TWO = 2
    THREE = 3


# What a role of question 4 suggests where no rule fits the title.
ROLES = {
    "member": Level.ONE,
    "chief-executive": Level.ONE,
    "it": Level.TWO,
    "customer-or-transformation": Level.TWO,
    "service-head": Level.TWO,
    "practitioner": Level.THREE,
    "front-line": Level.THREE,
}
# The first that fits a title decides.
RULES = (
    (r"\b(councillor|cllr|(cabinet|lead) member|(political|deputy|council) leader|chair(man|woman)?)\b", Level.ONE),
    (r"\bchief (executive|constable|(operating|fire|information|digital|technology) officer)\b", Level.ONE),
    (r"\bhead of (it|ict|information (systems|services|technology))\b", Level.ONE),
    (r"\b((assistant|deputy|programme|project) director)\b", Level.TWO),
    (r"\bdirector\b", Level.ONE),
    (r"\b(head of|chief officer|group manager|senior [\w ,&-]*manager)\b", Level.TWO),
)  # fmt: skip


def suggested_level(title: str, *, role: str = "", is_central: bool = False, override: int | None = None) -> Level:
    """The level that a title suggests, or the one that somebody set instead.

    Assistant and deputy directors are of level 1 in central government (`is_central`).
    """
    if override is not None:
        return Level(override)
    words = " ".join(title.lower().split())
    for pattern, level in RULES:
        if re.search(pattern, words):
            is_raised = is_central and re.search(r"\b(assistant|deputy) director\b", words)
            return Level.ONE if is_raised else level
    return ROLES.get(role, Level.THREE)
