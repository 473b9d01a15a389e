"""How a post is answered: the form or the button becomes an operation, then a message and a redirect, or the refusal.

A view with a form binds it to `posted(request)` and ends with `answered(…) or render(…)`; a view of a button, where
nothing is typed, ends with `pressed(…)`. Both call the operation with the records, the person as `by`, and the answers
of the form by name.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from core.errors import Refused

Made = TypeVar("Made")


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, for a form to be bound to; None where the page was only asked for."""
    return request.POST if request.method == "POST" else None


def answered(
    request: HttpRequest,
    form: forms.BaseForm,
    operation: Callable[..., Made],
    *about: Any,
    said: str | Callable[[Made], str] = "",
    to: Any = None,
) -> HttpResponse | None:
    """The redirect after the operation; None where nothing was sent, something is wrong, or it was refused.

    The operation gets `form.answers` where the form has them, else its `cleaned_data`. A refusal stands in the form,
    beside the field that it names. `said` is the message; `to` is what `redirect` takes, by default what the operation
    returned. Both may be functions of what it returned.
    """
    if request.method == "POST" and form.is_valid():
        with caught_in(form):
            return _done(request, operation(*about, by=request.user, **_answers(form)), said, to)
    return None


def tried(request: HttpRequest, form: forms.BaseForm, operation: Callable[..., Made], *about: Any) -> Made | None:
    """What the operation returned; None where something is wrong, or it was refused, with the refusal in the form.

    For an answer that is shown once and has no address to redirect to; any other form is for `answered`.
    """
    made = None
    if request.method == "POST" and form.is_valid():
        with caught_in(form):
            made = operation(*about, by=request.user, **_answers(form))
    return made


def pressed(
    request: HttpRequest,
    operation: Callable[..., Made],
    *about: Any,
    form: forms.BaseForm | None = None,
    said: str | Callable[[Made], str],
    to: Any = None,
    back: Any = None,
) -> HttpResponse:
    """The redirect after the operation of a button; a refusal becomes an error message.

    `said` and `to` are as in `answered`. After a refusal the redirect goes to `back`. Without `back` it goes where `to`
    says; where `to` is a function or left out, the first of `about` stands in for what the operation returns.

    `form` holds choices beside the button, and what is wrong with them is a refusal too. A form in which people type
    is for `answered`, which keeps what they typed.
    """
    try:
        if form and not form.is_valid():
            raise Refused(str(next(iter(form.errors.values()))[0]))
        made = operation(*about, by=request.user, **(_answers(form) if form else {}))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(back or _value(to, about[0]))
    return _done(request, made, said, to)


@contextmanager
def caught_in(form: forms.BaseForm) -> Iterator[None]:
    """Put a refusal from inside into the form: beside its field where it has one, else on top.

    `cleaned_data` stays whole, for a page that says more about what was refused.
    """
    try:
        yield
    except Refused as refusal:
        form.refusal = refusal  # type: ignore[attr-defined]  # read below
        cleaned = dict(form.cleaned_data) if form.is_valid() else {}
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        form.cleaned_data |= cleaned  # Django takes the field out


def refused_or(operation: Callable[..., Made], *about: Any, **more: Any) -> tuple[Made | None, str]:
    """What the operation returned, or None and why it was refused: for one of a list that a program sends."""
    try:
        return operation(*about, **more), ""
    except Refused as refusal:
        return None, str(refusal)


def turned_back(request: HttpRequest, rule: Callable[..., object], *about: Any, to: Any) -> HttpResponse | None:
    """The redirect with the refusal as a message where `rule` refuses what a form is for; None where it does not.

    For a form that nobody should have to fill in before they hear it.
    """
    try:
        rule(*about)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(to)
    return None


def refusal_in(form: forms.BaseForm) -> Refused | None:
    """The refusal that stands in a form, if its operation said no."""
    return getattr(form, "refusal", None)


def _answers(form: forms.BaseForm) -> dict[str, Any]:
    has_its_own = hasattr(type(form), "answers")  # asked of the class, so that no mistake inside looks like absence
    return form.answers if has_its_own else form.cleaned_data  # type: ignore[attr-defined]  # asked just now


def _done(request: HttpRequest, made: Made, said: str | Callable[[Made], str], to: Any) -> HttpResponse:
    if message := said(made) if callable(said) else said:
        messages.success(request, message)
    return redirect(_value(to, made))


def _value(to: Any, of: Any) -> Any:
    return to(of) if callable(to) else to or of


def way_back(request: HttpRequest) -> str:
    """The page of this site that a form asks to be led back to, as `next`; empty where it names none."""
    onward = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        onward, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return onward if is_ours and onward.startswith("/") else ""


def is_refused(request: HttpRequest) -> bool:
    """Whether the operation has left an error message for the reader: a rule said no."""
    # Which messages are new is private to Django.
    said = getattr(getattr(request, "_messages", None), "_queued_messages", ())
    return any(message.level >= messages.ERROR for message in said)


def is_done(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether a post has done what was asked: it leads on, and nothing was refused."""
    return 300 <= response.status_code < 400 and not is_refused(request)
