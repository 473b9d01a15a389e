"""Before an operation registered functions of upper apps are called: each may stop it, act on it, or return a value."""

import pytest

from core.errors import Refused
from core.guards import Guards


def test_each_is_asked_once_in_the_order_of_registering():
    guards, first, second = Guards(), lambda record, by: f"{record} {by}", lambda record, by: ""
    for function in (first, second, first):
        guards.register(function)

    assert guards.ask("event", by="amina") == ["event amina", ""]


def test_one_that_refuses_stops_it_and_those_after_it():
    def refuse(record):
        raise Refused("People are voting.")

    guards, asked = Guards(), []
    guards.register(refuse)
    guards.register(asked.append)

    with pytest.raises(Refused):
        guards.ask("event")
    assert asked == []


def test_nobody_asked_is_nobody_against():
    assert Guards().ask("event") == []
