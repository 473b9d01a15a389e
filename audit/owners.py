"""Lines of what people did with something of their own, such as a place at an event, that names them only for a while.

Such a line holds the key of that row instead of the person. Whose it was is read in the row, for as long as that says
so: once its name has gone, nothing leads from the trail to anybody.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Model, Q

from audit.kinds import kind_of, model_of
from audit.models import AuditEvent

OWN = "own"  # the detail of a line that holds the key


class _Owned(NamedTuple):
    key: str
    person: str


_owned: dict[str, _Owned] = {}


def names_owner(model: type[Model], *, key: str, person: str = "person") -> None:
    """Declare that a row of this model says in `person` whose it is, and that a line knows it by the field `key`."""
    _owned[kind_of(model)] = _Owned(key, person)


def own_key(row: Model, by: Any) -> str:
    """The key of a row for a line of what its own person did with it; empty where somebody else did."""
    owned = _owned[kind_of(row)]
    is_own = by is not None and getattr(row, f"{owned.person}_id") == by.pk
    return f"{kind_of(row)} {getattr(row, owned.key)}" if is_own else ""


def owners_of(lines: Iterable[AuditEvent]) -> dict[str, Any]:
    """The people of these lines that are still named, by the key in the line; one query for each kind of row."""
    keys = defaultdict(set)
    for line in lines:
        if own := key_in(line):
            label, _, key = own.partition(" ")
            keys[label].add(key)
    found = {}
    for label in keys.keys() & _owned.keys():
        key, person = _owned[label]
        rows = model_of(label)._default_manager.filter(**{f"{key}__in": keys[label], f"{person}__isnull": False})
        found |= {f"{label} {getattr(row, key)}": getattr(row, person) for row in rows.select_related(person)}
    return found


def key_in(line: AuditEvent) -> str:
    """The key that a line holds instead of a person; empty where it holds none."""
    return str(line.details.get(OWN, "")) if isinstance(line.details, dict) else ""


def done_by(person_id: int) -> Q:
    """The condition that a person did it: under their name, or with a row that says that it is theirs."""
    keys = [
        f"{label} {key}"
        for label, owned in _owned.items()
        for key in model_of(label)
        ._default_manager.filter(**{f"{owned.person}_id": person_id})
        .values_list(owned.key, flat=True)
    ]
    return Q(by=person_id) | Q(**{f"details__{OWN}__in": keys})
