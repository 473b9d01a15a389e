"""A post becomes an operation, a message and a redirect; a refusal stands where it is read and loses nothing typed."""

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import RequestFactory

from core.answering import answered, caught_in, is_done, is_refused, posted, pressed, refusal_in, turned_back
from core.errors import Refused
from design_system.errors import status_of


class TeaForm(forms.Form):
    leaf = forms.CharField(error_messages={"required": "Say which tea."})
    cups = forms.IntegerField(required=False)


class ShapedTeaForm(TeaForm):
    @property
    def answers(self):
        return {"of": self.cleaned_data["leaf"].lower()}


TYPED = {"leaf": "Assam", "cups": "3"}


@pytest.fixture
def request_for():
    def make(typed=None):
        rf = RequestFactory()
        request = rf.get("/tea") if typed is None else rf.post("/tea", typed)
        request.user, request._messages = "amina", CookieStorage(rf.get("/"))
        return request

    return make


@pytest.fixture
def brewed():
    """What the operation was called with."""
    return []


@pytest.fixture
def brew(brewed):
    def operation(*about, **typed):
        brewed.append((about, typed))
        return "/pot/7"

    return operation


def refuse_to_brew(field=None):
    def operation(*about, **typed):
        raise Refused("There is no Assam left.", field=field)

    return operation


def said_in(request):
    return [(message.level_tag, str(message)) for message in get_messages(request)]


# A form


def test_a_page_that_is_only_asked_for_shows_a_form_that_nobody_examines(request_for, brew, brewed):
    request = request_for()
    form = TeaForm(posted(request))

    assert answered(request, form, brew) is None
    assert (form.is_bound, brewed) == (False, [])


def test_a_post_with_nothing_in_it_is_examined_too(request_for, brew, brewed):
    request = request_for({})
    form = TeaForm(posted(request))

    assert answered(request, form, brew) is None
    assert form.errors["leaf"] == ["Say which tea."]
    assert (status_of([form]), brewed) == (422, [])


def test_the_operation_gets_the_records_the_person_and_what_was_typed(request_for, brew, brewed):
    request = request_for(TYPED)

    answered(request, TeaForm(posted(request)), brew, "pot")

    assert brewed == [(("pot",), {"by": "amina", "leaf": "Assam", "cups": 3})]


def test_a_form_may_say_itself_what_the_operation_takes(request_for, brew, brewed):
    request = request_for(TYPED)

    answered(request, ShapedTeaForm(posted(request)), brew)

    assert brewed == [((), {"by": "amina", "of": "assam"})]


def test_once_it_is_done_the_reader_is_told_and_led_on(request_for, brew):
    request = request_for(TYPED)

    done = answered(request, TeaForm(posted(request)), brew, said="It draws.", to="/kitchen")

    assert (done.status_code, done["Location"]) == (302, "/kitchen")
    assert said_in(request) == [("success", "It draws.")]


def test_unless_told_otherwise_it_leads_to_what_was_made_and_says_nothing(request_for, brew):
    request = request_for(TYPED)

    assert answered(request, TeaForm(posted(request)), brew)["Location"] == "/pot/7"
    assert said_in(request) == []


def test_message_and_address_may_be_read_from_what_was_made(request_for, brew):
    request = request_for(TYPED)

    done = answered(
        request, TeaForm(posted(request)), brew, said=lambda made: f"In {made}.", to=lambda made: f"{made}/pour"
    )

    assert done["Location"] == "/pot/7/pour"
    assert said_in(request) == [("success", "In /pot/7.")]


@pytest.mark.parametrize(
    ("field", "place", "status"), [("leaf", "leaf", 422), (None, "__all__", 409), ("x", "__all__", 409)]
)
def test_a_refusal_stands_beside_its_field_else_on_top_and_loses_nothing_typed(request_for, field, place, status):
    request = request_for(TYPED)
    form = TeaForm(posted(request))

    assert answered(request, form, refuse_to_brew(field), said="It draws.") is None

    assert form.errors == {place: ["There is no Assam left."]}
    assert {name: form[name].value() for name in TYPED} == TYPED
    assert (status_of([form]), said_in(request)) == (status, [])


def test_a_view_can_read_which_refusal_it_was(request_for):
    request = request_for(TYPED)
    form = TeaForm(posted(request))
    assert refusal_in(form) is None

    answered(request, form, refuse_to_brew())

    assert str(refusal_in(form)) == "There is no Assam left."


@pytest.mark.parametrize("field", ["leaf", None])
def test_what_was_refused_can_still_be_read_from_the_form(request_for, field):
    request = request_for(TYPED)
    form, as_cleaned = TeaForm(posted(request)), TeaForm(TYPED)
    assert as_cleaned.is_valid()

    answered(request, form, refuse_to_brew(field))

    assert form.cleaned_data == as_cleaned.cleaned_data
    assert not form.is_valid()


def test_a_check_before_the_operation_refuses_in_the_same_way(request_for, brew, brewed):
    request = request_for(TYPED)
    form = TeaForm(posted(request))

    with caught_in(form):
        refuse_to_brew("leaf")()

    assert answered(request, form, brew) is None
    assert (form.errors, brewed) == ({"leaf": ["There is no Assam left."]}, [])


# A button


def test_a_button_does_tells_and_leads_on(request_for, brew, brewed):
    request = request_for({})

    done = pressed(request, brew, "pot", said="It draws.", to="/kitchen")

    assert brewed == [(("pot",), {"by": "amina"})]
    assert (done["Location"], is_done(request, done)) == ("/kitchen", True)
    assert said_in(request) == [("success", "It draws.")]


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ({}, "/pot"),
        ({"to": "/kitchen"}, "/kitchen"),
        ({"to": lambda pot: f"{pot}/pour"}, "/pot/pour"),
        ({"to": "/kitchen", "back": "/shelf"}, "/shelf"),
    ],
)
def test_refused_it_says_why_and_leads_to_where_things_are_as_they_were(request_for, told, address):
    request = request_for({})

    answer = pressed(request, refuse_to_brew(), "/pot", said="It draws.", **told)

    assert (answer["Location"], is_refused(request), is_done(request, answer)) == (address, True, False)
    assert said_in(request) == [("error", "There is no Assam left.")]


def test_a_field_beside_a_button_goes_along(request_for, brew, brewed):
    request = request_for(TYPED)

    pressed(request, brew, "pot", form=TeaForm(request.POST), said="It draws.")

    assert brewed == [(("pot",), {"by": "amina", "leaf": "Assam", "cups": 3})]


def test_what_is_wrong_with_it_is_a_refusal(request_for, brew, brewed):
    request = request_for({})

    pressed(request, brew, "/pot", form=TeaForm(request.POST), said="It draws.")

    assert brewed == []
    assert said_in(request) == [("error", "Say which tea.")]


def test_a_form_that_would_be_refused_anyway_is_not_shown(request_for):
    def rule(tea):
        if tea == "gone":
            raise Refused("There is none left.")

    request = request_for()

    assert turned_back(request, rule, "Assam", to="/teas") is None
    assert turned_back(request, rule, "gone", to="/teas")["Location"] == "/teas"
    assert [str(message) for message in get_messages(request)] == ["There is none left."]
