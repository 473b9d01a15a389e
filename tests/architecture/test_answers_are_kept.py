"""Every field of a form that changes a record is one that its operation writes: none is forgotten in silence."""

import inspect
from collections.abc import Callable, Collection

import pytest
from django import forms

from events.programme.forms import EventForm
from events.programme.operations import changing as programme
from projects.needs import operations as needs
from projects.needs.forms import NeedWordsForm
from projects.portfolio import operations as portfolio
from projects.portfolio.forms import ProjectForm

# Fields that the form hands on under another name, or that the operation takes by hand.
ELSEWHERE = {EventForm: {"service": "services", "capacity": "who waits moves up"}}
CHANGES = [
    (NeedWordsForm, needs.change_need, needs.CHANGEABLE),
    (ProjectForm, portfolio.change_project, portfolio.CHANGEABLE),
    (EventForm, programme.change_event, programme.CHANGEABLE),
]


def forgotten(form: type[forms.BaseForm], operation: Callable, changeable: Collection[str]) -> list[str]:
    kept = {*changeable, *inspect.signature(operation).parameters, *ELSEWHERE.get(form, {})}
    return [name for name in form.base_fields if name not in kept]


@pytest.mark.parametrize(("form", "operation", "changeable"), CHANGES)
def test_no_field_of_a_form_is_forgotten_by_the_operation_that_it_is_handed_to(form, operation, changeable):
    assert forgotten(form, operation, changeable) == []


def test_a_field_that_the_operation_does_not_know_is_named():
    less = [name for name in needs.CHANGEABLE if name != "evidence"]

    assert forgotten(NeedWordsForm, needs.change_need, less) == ["evidence"]
