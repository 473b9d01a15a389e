"""Where documents' rows are found, asked of the rows each time: an index does not decide who may see what."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import CharField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

from accounts.models import AnyUser
from core.statements import Statement, stand_ins_for
from search.documents import MOST_LINKS, Source
from search.sources import SOURCES, numbers_of

# A statement built once looks for so many rows of a kind: those of a page, the pinned ones and those suggested.
AT_ONCE = 24
_PLACES = [f"row {number}" for number in range(AT_ONCE)]
_built: dict[tuple[str, str], Statement] = {}


class RecordPlace(NamedTuple):
    """Where a document's row is found, the chain that it belongs to (project:12), and the council whose it is."""

    url: str
    chain: str = ""
    owner: int | None = None


def addresses(keys: Iterable[str], user: AnyUser) -> dict[str, str]:
    """The addresses of these documents, of those that `user` may find now; one query for all kinds."""
    return {key: place.url for key, place in places(keys, user).items()}


def places(keys: Iterable[str], user: AnyUser) -> dict[str, RecordPlace]:
    """The places of these documents, of those that `user` may find now; one query for all kinds."""
    numbers = numbers_of(keys)
    if not numbers:
        return {}
    is_built_once = not user.is_authenticated and max(map(len, numbers.values())) <= AT_ONCE
    rows = _found_by_strangers(numbers, user) if is_built_once else _found(numbers, user)
    return {
        f"{name}:{pk}": RecordPlace(SOURCES[name].url(value), _chain(SOURCES[name], links), owner or None)
        for name, pk, value, owner, *links in rows
    }


def _found(numbers: Mapping[str, list[int]], user: AnyUser) -> Iterable[tuple]:
    """The rows with these keys, by source, that `user` may find now."""
    queries = [_rows(SOURCES[name], some, user) for name, some in numbers.items()]
    return queries[0].union(*queries[1:], all=True)


def _found_by_strangers(numbers: Mapping[str, list[int]], stranger: AnyUser) -> Iterable[tuple]:
    """The same for somebody who has not signed in, by the same queries, built once since they are the same for all."""
    texts, parameters = [], []
    for name, some in numbers.items():
        statement = _statement(name, stranger)
        values = dict(zip(_PLACES, [*some, *[some[0]] * (AT_ONCE - len(some))], strict=True))
        texts.append(statement.text)
        parameters += statement.parameters_for(values)
    with connections[DEFAULT_DB_ALIAS].cursor() as database:
        database.execute(" UNION ALL ".join(texts), parameters)
        return database.fetchall()


def _statement(name: str, stranger: AnyUser) -> Statement:
    """What asks for rows of a source that everyone may find."""
    known = (name, connections[DEFAULT_DB_ALIAS].vendor)
    if known not in _built:
        stand_ins = stand_ins_for(_PLACES)
        _built[known] = Statement.of(_rows(SOURCES[name], stand_ins.values(), stranger), stand_ins)
    return _built[known]


def _rows(source: Source, numbers: Iterable[int], user: AnyUser) -> QuerySet:
    """The rows of a source with these keys that `user` may find now: name, key, address, council and chain."""
    return (
        source.visible(user)
        .filter(pk__in=list(numbers))
        .order_by()
        .values_list(
            Value(source.name, output_field=CharField()),
            "pk",
            Cast(F(source.address), CharField(max_length=400)),
            *_numbers(source),
        )
    )


def _numbers(source: Source) -> list[F | Value]:
    """The columns of a row’s council and chain, as many for each source; 0 is no key."""
    lookups = [source.council, *(lookup for _, lookup in source.chain)]
    lookups += [""] * (MOST_LINKS + 1 - len(lookups))
    return [F(lookup) if lookup else Value(0, output_field=IntegerField()) for lookup in lookups]


def _chain(source: Source, links: Iterable[int | None]) -> str:
    """The first link that is filled, with what it leads to: project:12."""
    for (name, _), key in zip(source.chain, links, strict=False):
        if key:
            return f"{name}:{key}"
    return ""
