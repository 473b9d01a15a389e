"""Pages of casting a vote: tick, check, count. Plain posts, without JavaScript or sockets."""

import hashlib

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from core.answering import answered, caught_in, posted, refusal_in
from core.numbers import whole_number
from core.permissions import allow, require, signed_in
from core.words import months_in_words
from voting.ballots.models import Ballot, Option
from voting.ballots.queries import names_of, options_of
from voting.ballots.sentences import WHO_SEES_WHAT, closing_words, weight_words
from voting.ballots.views import watched_ballot
from voting.casting import operations
from voting.casting.forms import VoteForm
from voting.casting.models import Choice, Vote
from voting.casting.operations import NOT_ON_ROLL, TooLate, check_choice, why_not_now
from voting.casting.queries import wait_words
from voting.permissions import can_run_ballots, may_come_to_vote, roll_entry_of


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
    form = VoteForm(posted(request), ballot=ballot)
    if request.method != "POST" and ballot.state == Ballot.State.DRAFT and can_run_ballots(request.user):
        return _page(request, ballot, form, is_preview=True)
    if request.POST.get("step") == "count" and form.is_valid() and (counted := _count(request, ballot, form)):
        return counted
    if request.method != "POST" and ballot.ended_at:
        return _too_late(request, ballot, status=200)
    entry = roll_entry_of(request.user, ballot)
    if request.method != "POST" and entry is None and (waits := _wait(request, ballot)):
        return waits
    require(ballot.state == Ballot.State.DRAFT or entry is not None, NOT_ON_ROLL)
    if entry is None or not ballot.takes_votes:
        return _too_late(request, ballot, status=409)
    if request.method == "POST":
        return _answer(request, ballot, form, weight_words(entry))
    mine = Choice.objects.filter(vote__ballot=ballot, vote__person=request.user)
    ticked = list(mine.values_list("option_id", flat=True))
    return _page(request, ballot, form, ticked=ticked, weight=weight_words(entry))


def _count(request: SignedInRequest, ballot: Ballot, form: VoteForm) -> HttpResponse | None:
    """Cast the confirmed vote and redirect; None where it was refused, with the refusal in the form."""

    def said(_: Vote) -> str:
        return f"Your vote is counted: {names_of(form.cleaned_data['options'])}."

    done = answered(request, form, operations.cast, ballot, said=said, to=ballot)
    if isinstance(refusal_in(form), TooLate):
        ballot.refresh_from_db()
        return _too_late(request, ballot, status=409)
    return done


def _answer(request: SignedInRequest, ballot: Ballot, form: VoteForm, weight: str) -> HttpResponse:
    """The page to check what was ticked; the ballot again where something is wrong or to be changed."""
    if form.is_valid():
        chosen = list(form.cleaned_data["options"])
        if request.POST.get("step") == "change":
            return _page(request, ballot, form, ticked=[option.pk for option in chosen], weight=weight)
        with caught_in(form):
            check_choice(ballot, chosen)
            shown = in_order_for(request.user.pk, ballot, chosen)
            context = {"ballot": ballot, "chosen": shown, "who": WHO_SEES_WHAT, "weight": weight}
            return render(request, "voting/check.html", context)
    ticked = [key for value in request.POST.getlist("options")[:200] if (key := whole_number(value))]
    return _page(request, ballot, form, ticked=ticked, weight=weight, status=422)


def _page(
    request: SignedInRequest,
    ballot: Ballot,
    form: VoteForm,
    *,
    ticked: list[int] | None = None,
    is_preview: bool = False,
    weight: str = "",
    status: int = 200,
) -> HttpResponse:
    lines = [
        {
            "option": option,
            "is_ticked": option.pk in (ticked or []),
            "payback": _payback(option),
        }
        for option in in_order_for(request.user.pk, ballot, options_of(ballot))
    ]
    context = {
        "ballot": ballot,
        "form": form,
        "lines": lines,
        "closing": closing_words(ballot),
        "who_sees_what": WHO_SEES_WHAT,
        "is_preview": is_preview,
        "weight": weight,
    }
    return render(request, "voting/cast.html", context, status=status)


def _payback(option: Option) -> str:
    """How long a prototype takes to pay back, in words; empty where it saves nothing or has no figures."""
    outline = getattr(option.prototype, "outline", None)
    months = outline.payback().months if outline else None
    return "" if months is None else f"pays back in {months_in_words(months)}"


def _wait(request: SignedInRequest, ballot: Ballot) -> HttpResponse | None:
    """The waiting page for somebody with a place at the day, which becomes the ballot once they may vote; else None."""
    if not may_come_to_vote(request.user, ballot):
        return None
    context = {"ballot": ballot, "wait": wait_words(ballot, request.user)}
    return render(request, "voting/wait.html", context)


def _too_late(request: SignedInRequest, ballot: Ballot, *, status: int) -> HttpResponse:
    return render(request, "voting/too_late.html", {"ballot": ballot, "why": why_not_now(ballot)}, status=status)
