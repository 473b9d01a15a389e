"""Pages of casting a vote: choose, check, count. Plain posts, without JavaScript or sockets."""

import hashlib
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import get_random_string, salted_hmac
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from core.answering import posted, refusal_in, tried
from core.copies import do_not_keep
from core.logs import left_out_of_the_log
from core.panels import panel_context
from core.permissions import SignedOut, allow, require, signed_in
from sealing.receipts import grouped
from voting.ballots.models import Ballot, Option, RollEntry
from voting.ballots.queries import has_voted, options_of, options_to_count
from voting.ballots.sentences import about, body_words, voting_words, weight_words, who_sees_what
from voting.ballots.views import watched_ballot
from voting.casting import operations
from voting.casting.forms import VoteForm, form_of
from voting.casting.operations import AlreadyCounted, TooLate, why_not_now
from voting.casting.queries import own_marks, wait_words, why_not_on_roll
from voting.casting.words import reading_words, rest_of, said_of, secrecy_in_short
from voting.methods.values import VoteMark
from voting.permissions import may_come_to_vote, roll_entry_of, sees_draft

# In the address to which somebody comes back who was signed out as they sent their vote.
CAME_BACK = "again"


def in_order_for(who: int | str, ballot: Ballot, options: list[Option]) -> list[Option]:
    """The options shuffled, always alike for one person or one voting card; where bodies vote, as they stand."""
    if ballot.is_of_bodies:
        return options

    def place(option: Option) -> str:
        return hashlib.sha256(f"{ballot.reference}:{who}:{option.pk}".encode()).hexdigest()

    return sorted(options, key=place)


def leads_back_to_the_ballot(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Decorate the view of a ballot: who sends a vote signed out is led to sign in and back to the ballot.

    Nothing of the vote goes with them: their browser keeps the ticks, and without scripts they tick again.
    """

    @wraps(view)
    def guarded(request: HttpRequest, reference: str) -> HttpResponse:
        try:
            return view(request, reference)
        except SignedOut:
            return redirect_to_login(f"{reverse('voting:cast', args=[reference])}?{CAME_BACK}")

    return guarded


@left_out_of_the_log
@leads_back_to_the_ballot
@sensitive_post_parameters()
@allow(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
def cast(request: SignedInRequest, reference: str) -> HttpResponse:
    """The ballot and its check page, whose post counts the vote; the waiting page for people not on the roll yet."""
    ballot = watched_ballot(request, reference, with_rounds=False)
    is_sent = request.method == "POST"
    form = _form(request, ballot)
    if not is_sent and ballot.state == Ballot.State.DRAFT and sees_draft(request.user, ballot):
        return _page(request, ballot, form, is_preview=True)
    if request.POST.get("step") == "count" and (counted := _count(request, ballot, form)):
        return counted
    is_over = ballot.has_ended or ballot.ended_at or ballot.state == Ballot.State.VOID
    if not is_sent and is_over:
        return _too_late(request, ballot, status=200)
    entry = roll_entry_of(request.user, ballot)
    if not is_sent and entry is None and (waits := _wait(request, ballot)):
        return waits
    require(ballot.state == Ballot.State.DRAFT or entry is not None, why_not_on_roll(ballot, request.user))
    if entry and ballot.is_secret and ballot.is_running and has_voted(ballot, request.user):
        return _counted(request, ballot, receipt="")
    if entry and is_sent and ballot.state == Ballot.State.PAUSED:
        return _page(request, ballot, _refused(form, why_not_now(ballot)), entry=entry, status=409)
    if entry is None or not ballot.takes_votes:
        return _too_late(request, ballot, status=409 if is_sent or is_over else 200)
    if is_sent:
        return _answer(request, ballot, form, entry)
    return _page(request, ballot, _form(request, ballot, () if ballot.is_secret else own_marks(entry)), entry=entry)


def _form(request: SignedInRequest, ballot: Ballot, marks: Iterable[VoteMark] = ()) -> VoteForm:
    """The form of the ballot: with what was sent, else with these marks."""
    read = options_to_count if request.POST.get("step") == "count" else options_of
    options = in_order_for(request.user.pk, ballot, read(ballot))
    form = form_of(ballot)(posted(request), ballot=ballot, options=options, marks=marks)
    if ballot.asks_reason and not has_voted(ballot, request.user):  # with a first vote alone
        form.ask_reason()
    return form


def _refused(form: VoteForm, sentence: str) -> VoteForm:
    """The form that was sent, with a sentence on top that says why it was not taken."""
    if sentence not in form.non_field_errors():
        form.add_error(None, sentence)
    return form


def _count(request: SignedInRequest, ballot: Ballot, form: VoteForm) -> HttpResponse | None:
    """Cast the confirmed vote; None where it was refused, with the refusal in the form.

    Without a redirect: the receipt is shown here alone, and the same form sent again shows it again.
    """
    receipt = tried(request, form, operations.cast, ballot)
    if isinstance(refusal_in(form), AlreadyCounted):
        return _counted(request, ballot, receipt="")
    if isinstance(refusal_in(form), TooLate):
        ballot.refresh_from_db()
        if ballot.state != Ballot.State.PAUSED:
            return _too_late(request, ballot, status=409)
    if receipt is None:
        prefetch_related_objects(form.options, "prototype__outline")  # which its page shows again
        return None
    return _counted(request, ballot, receipt=receipt, form=form)


def _counted(request: SignedInRequest, ballot: Ballot, *, receipt: str, form: VoteForm | None = None) -> HttpResponse:
    """The page that says that the vote is counted, with its receipt where this form has just been counted."""
    context: dict[str, Any] = {"ballot": ballot, "who_sees_what": who_sees_what(ballot)}
    context |= {"receipt": grouped(receipt), "keeps_as": _keeps_as(request, ballot)}
    if form and not ballot.is_secret:
        context["said"] = said_of(ballot, form.options, form.marks)
    do_not_keep(request)
    response = render(request, "voting/counted.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def _answer(request: SignedInRequest, ballot: Ballot, form: VoteForm, entry: RollEntry) -> HttpResponse:
    """The page to check what was chosen; the ballot again where something is wrong or to be changed."""
    if not form.is_valid():
        return _page(request, ballot, form, entry=entry, status=422)
    if request.POST.get("step") == "change":
        return _page(request, ballot, form, entry=entry)
    context = about(ballot, form.options) | what_is_sent(ballot, form)
    context |= {
        "weight": weight_words(entry),
        "votes_for": body_words(entry),
        "keeps_as": _keeps_as(request, ballot),
        "on_roll": ballot.roll.standing().count(),
    }
    return render(request, "voting/check.html", context)


def what_is_sent(ballot: Ballot, form: VoteForm) -> dict[str, Any]:
    """What the page to check a vote shows of it, and sends again."""
    return {
        "said": said_of(ballot, form.options, form.marks),
        "rest": rest_of(ballot, form.options, form.marks),
        "reason": form.cleaned_data.get("reason", ""),
        "sent": form.sent,
        # Of its own for each page to check: what is changed and sent once more is another vote.
        "token": get_random_string(32),
    }


def _page(
    request: SignedInRequest,
    ballot: Ballot,
    form: VoteForm,
    *,
    entry: RollEntry | None = None,
    is_preview: bool = False,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = about(ballot, form.options) | {
        "form": form,
        "reading": reading_words(ballot),
        "secrecy": secrecy_in_short(ballot),
        "is_preview": is_preview,
        "weight": weight_words(entry) if entry else "",
        "votes_for": body_words(entry) if entry else "",
        **panel_context(ballot, request.user),
        "keeps_as": _keeps_as(request, ballot),
        "came_back": CAME_BACK in request.GET and not form.is_bound,
        "on_roll": ballot.roll.standing().count() if ballot.is_running else "",
    }
    return render(request, "voting/cast.html", context, status=status)


def _keeps_as(request: SignedInRequest, ballot: Ballot) -> str:
    """The name under which a browser keeps the ticks of this voter, which no other account in it has."""
    return salted_hmac("voting.ticks", f"{request.user.pk}:{ballot.reference}").hexdigest()[:16]


def _wait(request: SignedInRequest, ballot: Ballot) -> HttpResponse | None:
    """The waiting page for somebody with a place at the day, which becomes the ballot once they may vote; else None."""
    if not may_come_to_vote(request.user, ballot):
        return None
    on_roll = "" if ballot.state == Ballot.State.DRAFT else ballot.roll.standing().count()
    context = {"ballot": ballot, "wait": wait_words(ballot, request.user), "on_roll": on_roll}
    return render(request, "voting/wait.html", context)


def _too_late(request: SignedInRequest, ballot: Ballot, *, status: int) -> HttpResponse:
    context = {"ballot": ballot, "heading": voting_words(ballot), "why": why_not_now(ballot)}
    return render(request, "voting/too_late.html", context, status=status)
