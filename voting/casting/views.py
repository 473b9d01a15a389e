"""Pages of casting a vote: choose, check, count. Plain posts, without JavaScript or sockets."""

import hashlib
import secrets
from collections.abc import Iterable

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from core.answering import caught_in, posted, refusal_in
from core.copies import do_not_keep
from core.numbers import whole_number
from core.permissions import allow, require, signed_in
from core.words import months_in_words, series
from voting.ballots.models import Ballot, Option
from voting.ballots.queries import has_voted, options_of
from voting.ballots.sentences import about, weight_words, who_sees_what
from voting.ballots.views import watched_ballot
from voting.casting import operations
from voting.casting.forms import VoteForm, form_of
from voting.casting.operations import NOT_ON_ROLL, AlreadyCounted, TooLate, check_marks, why_not_now
from voting.casting.queries import own_marks, wait_words
from voting.methods.values import VoteMark
from voting.permissions import may_come_to_vote, roll_entry_of, sees_draft


def in_order_for(person_id: int, ballot: Ballot, options: list[Option]) -> list[Option]:
    """The options shuffled, in an order that is always the same for one person."""

    def place(option: Option) -> str:
        return hashlib.sha256(f"{ballot.reference}:{person_id}:{option.pk}".encode()).hexdigest()

    return sorted(options, key=place)


@allow(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
def cast(request: SignedInRequest, reference: str) -> HttpResponse:
    """The ballot and its check page, whose post counts the vote; the waiting page for people not on the roll yet."""
    ballot = watched_ballot(request, reference)
    options = options_of(ballot)
    form = form_of(ballot)(posted(request), ballot=ballot, options=options)
    if request.method != "POST" and ballot.state == Ballot.State.DRAFT and sees_draft(request.user, ballot):
        return _page(request, ballot, form, is_preview=True)
    if request.POST.get("step") == "count" and form.is_valid() and (counted := _count(request, ballot, form)):
        return counted
    is_over = ballot.has_ended or ballot.ended_at or ballot.state == Ballot.State.VOID
    if request.method != "POST" and is_over:
        return _too_late(request, ballot, status=200)
    entry = roll_entry_of(request.user, ballot)
    if request.method != "POST" and entry is None and (waits := _wait(request, ballot)):
        return waits
    require(ballot.state == Ballot.State.DRAFT or entry is not None, NOT_ON_ROLL)
    if entry and ballot.is_secret and ballot.is_running and has_voted(ballot, request.user):
        return _counted(request, ballot, receipt="")
    if entry is None or not ballot.takes_votes:
        return _too_late(request, ballot, status=409 if request.method == "POST" or is_over else 200)
    if request.method == "POST":
        return _answer(request, ballot, form, weight_words(entry))
    return _page(request, ballot, form, marks=own_marks(entry), weight=weight_words(entry))


def _count(request: SignedInRequest, ballot: Ballot, form: VoteForm) -> HttpResponse | None:
    """Cast the confirmed vote; None where it was refused, with the refusal in the form.

    Without a redirect: the receipt is shown here alone, and the same form sent again shows it again.
    """
    receipt = None
    with caught_in(form):
        receipt = operations.cast(ballot, by=request.user, **form.answers)
    if isinstance(refusal_in(form), AlreadyCounted):
        return _counted(request, ballot, receipt="")
    if isinstance(refusal_in(form), TooLate):
        ballot.refresh_from_db()
        return _too_late(request, ballot, status=409)
    return None if receipt is None else _counted(request, ballot, receipt=receipt, form=form)


def _counted(request: SignedInRequest, ballot: Ballot, *, receipt: str, form: VoteForm | None = None) -> HttpResponse:
    """The page that says that the vote is counted, with its receipt where this form has just been counted."""
    shown = [] if ballot.is_secret or form is None else said_of(ballot, form.options, form.marks)
    context = {"ballot": ballot, "receipt": receipt, "said": shown, "who_sees_what": who_sees_what(ballot)}
    do_not_keep(request)
    response = render(request, "voting/counted.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def _answer(request: SignedInRequest, ballot: Ballot, form: VoteForm, weight: str) -> HttpResponse:
    """The page to check what was chosen; the ballot again where something is wrong or to be changed."""
    if form.is_valid():
        if request.POST.get("step") == "change":
            return _page(request, ballot, form, marks=form.marks, weight=weight)
        with caught_in(form):
            marks = check_marks(ballot, form.marks)
            context = {
                "ballot": ballot,
                "said": said_of(ballot, in_order_for(request.user.pk, ballot, form.options), marks),
                "sent": _sent(request),
                "token": form.cleaned_data["token"] or secrets.token_urlsafe(24),
                "who_sees_what": who_sees_what(ballot),
                "weight": weight,
            }
            return render(request, "voting/check.html", context)
    return _page(request, ballot, form, marks=form.marks if form.is_valid() else (), weight=weight, status=422)


def _sent(request: SignedInRequest) -> list[tuple[str, str]]:
    """The fields of the vote as they were sent, to be sent again from the check page."""
    names = request.POST.keys() - {"csrfmiddlewaretoken", "step", "token"}
    return [(name, value) for name in sorted(names) for value in request.POST.getlist(name)]


def said_of(ballot: Ballot, options: list[Option], marks: Iterable[VoteMark]) -> list[str]:
    """What a vote says, a line for each option that it names."""
    given: dict[int, list[VoteMark]] = {}
    for mark in marks:
        given.setdefault(mark.option, []).append(mark)
    return [_line(ballot, option, given[option.pk]) for option in options if option.pk in given]


def _line(ballot: Ballot, option: Option, marks: list[VoteMark]) -> str:
    if ballot.method in (Ballot.Method.APPROVAL, Ballot.Method.SINGLE, Ballot.Method.BUDGET):
        return option.title
    return f"{option.title}: {series(f'{mark.question} {mark.value}'.strip() for mark in marks)}"


def _page(
    request: SignedInRequest,
    ballot: Ballot,
    form: VoteForm,
    *,
    marks: Iterable[VoteMark] = (),
    is_preview: bool = False,
    weight: str = "",
    status: int = 200,
) -> HttpResponse:
    ticked = {mark.option for mark in marks}
    if form.is_bound and not form.is_valid():
        ticked |= {key for value in request.POST.getlist("options")[:200] if (key := whole_number(value))}
    lines = [
        {"option": option, "is_ticked": option.pk in ticked, "payback": _payback(option)}
        for option in in_order_for(request.user.pk, ballot, form.options)
    ]
    context = about(ballot, form.options) | {
        "form": form,
        "lines": lines,
        "is_preview": is_preview,
        "weight": weight,
    }
    return render(request, "voting/cast.html", context, status=status)


def _payback(option: Option) -> str:
    """How long a prototype takes to pay back, in words; empty where it saves nothing or has no figures."""
    outline = getattr(option.prototype, "outline", None) if option.prototype else None
    months = outline.payback().months if outline else None
    return "" if months is None else f"pays back in {months_in_words(months)}"


def _wait(request: SignedInRequest, ballot: Ballot) -> HttpResponse | None:
    """The waiting page for somebody with a place at the day, which becomes the ballot once they may vote; else None."""
    if not may_come_to_vote(request.user, ballot):
        return None
    context = {"ballot": ballot, "wait": wait_words(ballot, request.user)}
    return render(request, "voting/wait.html", context)


def _too_late(request: SignedInRequest, ballot: Ballot, *, status: int) -> HttpResponse:
    heading = {
        Ballot.State.DRAFT: "Voting has not opened yet",
        Ballot.State.PAUSED: "Voting is paused",
        Ballot.State.VOID: "This round is void",
    }.get(Ballot.State(ballot.state), "Voting has closed")
    context = {"ballot": ballot, "heading": heading, "why": why_not_now(ballot)}
    return render(request, "voting/too_late.html", context, status=status)
