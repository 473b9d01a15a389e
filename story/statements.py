"""Statements of chains, built once for each kind of record."""

import datetime as dt
from functools import lru_cache
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model

from core import clock
from core.statements import Statement, stand_ins_for
from story.keys import KEYS, chain_keys
from story.rows import StepRow, union_of

_STAND_INS = stand_ins_for(KEYS)
# Stands in for the present: a moment whose day is the same in London and in UTC, and which nothing else names.
_STAND_IN_MOMENT = dt.datetime(1066, 10, 14, 12, tzinfo=dt.UTC)


def rows_of(record: Model) -> dict[int, StepRow]:
    """The steps of the record's chain that strangers may see, in one query."""
    keys = {name: getattr(record, name, None) for name in KEYS}
    statement = statement_for(type(record), frozenset(name for name, key in keys.items() if key))
    rows = (StepRow(*row) for row in statement.rows(keys | _present()))
    return {row.step: row for row in rows}


@lru_cache(maxsize=256)
def statement_for(model: type[Model], filled: frozenset[str]) -> Statement:
    """The statement for records of `model` whose foreign keys in `filled` are set and whose others are not."""
    record = model()
    for name in filled:
        setattr(record, name, _STAND_INS[name])
    with clock.at(_STAND_IN_MOMENT):
        return Statement.of(union_of(chain_keys(record, AnonymousUser())), _STAND_INS | _present())


def _present() -> dict[str, Any]:
    """Today and the present moment as parameters of the statement."""
    operations = connections[DEFAULT_DB_ALIAS].ops
    return {
        "today": operations.adapt_datefield_value(clock.today()),
        "now": operations.adapt_datetimefield_value(clock.now()),
    }
