"""Every address says who may come in: our own by decorator, foreign ones in one table."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from portal.doors import foreign_door


def walk(resolver: URLResolver, prefix: str = ""):
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from walk(entry, route)
        elif isinstance(entry, URLPattern):
            yield route, entry


ROUTES = list(walk(get_resolver()))


@pytest.mark.parametrize(("route", "entry"), ROUTES, ids=[route for route, _ in ROUTES])
def test_a_route_has_a_rule(route, entry):
    assert getattr(entry.callback, "door", None) or foreign_door(route), f"{route} says nothing about who may come in"
