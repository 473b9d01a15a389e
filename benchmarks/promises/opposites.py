"""What votes promise before the reveal: two ballots with opposite votes look the same, to everybody and everywhere.

What is compared stands in `tests/voting/telling.py`, so that the command and the test ask the same.
"""

import itertools
import logging
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

Report = dict[str, Any]
EVERYWHERE_EACH = 4  # one reader asks for every page in each fourth pair
CONTROL_PAIRS = 4  # in which every page of the portal takes the result for shown


def p10(*, pairs: int, seed: int) -> Report:
    """Pairs of ballots of every kind, state and method, the first as many as there are such, then with other turnouts.

    Everybody looks where the result would stand, and in every fourth pair one by turns asks for every page there is,
    and posts. Each of the two has an index of its own, which follows the votes as the worker's does. In the control the
    pages are made to take the result for shown.
    """
    dice = random.Random(seed)
    with _own_database():
        from voting.models import Ballot

        report = compared(pairs, dice)
        with patch.object(Ballot, "shows_result", True):
            report["control"] = compared(CONTROL_PAIRS, dice, state="closed")
    return report


def compared(pairs: int, dice: random.Random, *, state: str = "") -> Report:
    """How much was compared in so many pairs, and where the two could be told apart."""
    from tests.roles.undoing import undone
    from tests.voting.telling import READERS, STATES, both_told, world_of
    from voting.methods import METHODS

    kinds = [*itertools.product(("open", "secret"), [state] if state else STATES, METHODS)]
    dice.shuffle(kinds)
    answers, walked, by_everywhere = Counter[str](), Counter[str](), Counter[str]()
    found, size = list[str](), 0
    for number in range(pairs):
        secrecy, then, method = kinds[number % len(kinds)]
        voters = 6 if number < len(kinds) else dice.randint(6, 20)
        turn, is_not_yet = divmod(number, EVERYWHERE_EACH)
        everywhere = () if is_not_yet else (READERS[turn % len(READERS)],)
        with tempfile.TemporaryDirectory() as folder, undone():
            world = world_of(secrecy, method, Path(folder), voters=voters)
            first, second = both_told(world, then, everywhere=everywhere)
        for each, said in first.items():
            answers[each[0]] += 1
            size += sum(len(part[-1]) for part in (said, second[each]) if isinstance(part, tuple))
            if said != second[each]:
                found.append(f"{secrecy} {then} {method}: {each[0]}, {each[1]}")
        walked[f"{secrecy}, {then}"] += 1
        for reader in everywhere:
            by_everywhere[reader] += 1
        print(f"{number + 1} of {pairs}: {secrecy}, {then}, {method}; {len(found)} differ", flush=True)
    return {
        "n": pairs,
        "pairs": dict(walked),
        "methods": len(METHODS),
        "answers_by_reader": dict(answers),
        "asked_for_every_page": dict(by_everywhere),
        "answers_compared": answers.total(),
        "bytes_compared": size,
        "leaks": len(found),
        "where": found[:20],
    }


@contextmanager
def _own_database() -> Iterator[None]:
    """A migrated database and folders of one's own, as tests have them."""
    import django
    from django.db import connection
    from django.test.utils import override_settings, setup_test_environment

    django.setup()
    setup_test_environment()
    logging.disable(logging.WARNING)  # most addresses refuse most readers, as they should
    from tests.databases import PostgreSQLTemplate, SQLiteTemplate

    database = (PostgreSQLTemplate if connection.vendor == "postgresql" else SQLiteTemplate)("p10")
    try:
        with tempfile.TemporaryDirectory() as name:
            own = {each: Path(name) / each for each in ("MEDIA_ROOT", "SEARCH_INDEX", "BALLOT_KEYS")}
            with override_settings(**own, EMAIL_BACKEND="outbox.backend.Backend"):
                yield
    finally:
        database.drop()
