"""Every route of the site, for the tests that walk them."""

import re
import uuid

from django.urls import URLPattern, URLResolver, get_resolver

from portal.foreign_routes import foreign_rule


def walk(resolver: URLResolver, prefix: str = ""):
    """Each route as a request knows it: Django joins them without the `^` of the parts."""
    for entry in resolver.url_patterns:
        route = prefix + (str(entry.pattern).removeprefix("^") if prefix else str(entry.pattern))
        if isinstance(entry, URLResolver):
            yield from walk(entry, route)
        elif isinstance(entry, URLPattern):
            yield route, entry


def rule_of(route, entry):
    """The rule that guards a route: the view's own, else the table's."""
    if rule := getattr(entry.callback, "allowed_by", None):
        return rule
    return foreign.rule if (foreign := foreign_rule(route)) else None


ROUTES = list(walk(get_resolver("portal.urls")))
PLAIN = [(route, entry) for route, entry in ROUTES if not any(mark in route for mark in "<^($")]
OURS = [(route, entry) for route, entry in PLAIN if hasattr(entry.callback, "allowed_by")]
FOREIGN = [(route, entry) for route, entry in PLAIN if not hasattr(entry.callback, "allowed_by")]
OURS_WITH_ARGUMENTS = [(r, e) for r, e in ROUTES if hasattr(e.callback, "allowed_by") and "<" in r]

_ARGUMENT = re.compile(r"<(?:(\w+):)?(\w+)>")
_NONSENSE = {
    "slug": "no-such-thing",
    "int": "987654321",
    "day": "1815-06-18",
    "uuid": str(uuid.UUID(int=7)),
    "str": "no such thing",
    "": "x",
}


def nonsense(route):
    return "/" + _ARGUMENT.sub(lambda m: _NONSENSE.get(m[1] or "", "no-such-thing"), route)


def filled_with(route, text):
    """The address with `text` for each argument."""
    return "/" + _ARGUMENT.sub(lambda m: text, route)


def of_a_record(route, records):
    """The route with its first argument filled in, or None where there is no such record."""
    beginning = next((each for each in records if route.startswith(f"{each}/")), None)
    return beginning and _ARGUMENT.sub(str(records[beginning]), route, count=1)


def real(route, records):
    """The address of a record that is there, or None where this test has none."""
    first = of_a_record(route, records)
    return first and nonsense(first)


def addresses(records):
    for route, entry in OURS_WITH_ARGUMENTS:
        yield rule_of(route, entry), nonsense(route)
        if address := real(route, records):
            yield rule_of(route, entry), address
