"""Every route of the site, for the tests that walk them."""

from django.urls import URLPattern, URLResolver, get_resolver

from portal.doors import foreign_door


def walk(resolver: URLResolver, prefix: str = ""):
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from walk(entry, route)
        elif isinstance(entry, URLPattern):
            yield route, entry


def rule_of(route, entry):
    """The rule that guards a route: the view's own, else the table's."""
    if rule := getattr(entry.callback, "door", None):
        return rule
    return door.rule if (door := foreign_door(route)) else None


ROUTES = list(walk(get_resolver("portal.urls")))
PLAIN = [(route, entry) for route, entry in ROUTES if not any(mark in route for mark in "<^(")]
OURS = [(route, entry) for route, entry in PLAIN if hasattr(entry.callback, "door")]
FOREIGN = [(route, entry) for route, entry in PLAIN if not hasattr(entry.callback, "door")]
OURS_WITH_ARGUMENTS = [(r, e) for r, e in ROUTES if hasattr(e.callback, "door") and "<" in r]
