"""What facilitators do with a vote until it is open. Every deed is a POST."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import SignedInRequest
from core.answers import say_it_moves
from core.errors import Refused
from core.forms import refuse
from core.inbox import Deed
from core.permissions import door
from core.words import at_moment
from events.models import Event, SignUp
from events.permissions import visible_events
from events.places.queries import came_for
from voting.ballots import operations, queries
from voting.ballots.forms import BallotForm, LatecomerForm
from voting.ballots.models import Ballot
from voting.ballots.operations import ONLY_FACILITATORS
from voting.permissions import awaited_ballots, can_run_ballots, visible_ballots

facilitators = door(can_run_ballots, because=ONLY_FACILITATORS)


def seen_ballot(request: HttpRequest, reference: str) -> Ballot:
    """The ballot, or 404 for one that this reader may not see."""
    ballots = visible_ballots(request.user).select_related("event", "run_off", "run_off_of", "opened_by")
    ballot = get_object_or_404(ballots, reference=reference)
    if ballot.state == Ballot.State.OPEN:  # so that no two pages with its count disagree
        say_it_moves(request)
    return ballot


def watched_ballot(request: HttpRequest, reference: str) -> Ballot:
    """The same, or one being prepared that this reader waits for."""
    try:
        return seen_ballot(request, reference)
    except Http404:
        return get_object_or_404(awaited_ballots(request.user).select_related("event"), reference=reference)


def ballot_to_run(request: SignedInRequest, reference: str) -> Ballot:
    return get_object_or_404(visible_ballots(request.user).select_related("event"), reference=reference)


def typed(request: SignedInRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


@facilitators
@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: SignedInRequest) -> HttpResponse:
    """A vote on the prototypes of the day named in the address; without one, a choice of days."""
    slug = request.GET.get("event", "")
    if "\0" in slug:
        raise Http404
    if not slug:
        days = visible_events(request.user).filter(state=Event.State.PUBLISHED, prototypes__isnull=False)
        return render(request, "voting/choose_day.html", {"days": days.distinct().order_by("-starts_at")[:20]})
    event = get_object_or_404(visible_events(request.user), slug=slug)
    here = list(event.prototypes.values_list("pk", flat=True))
    form = BallotForm(typed(request), event=event, initial={"prototypes": here})
    if request.method == "POST" and form.is_valid():
        try:
            ballot = operations.prepare_ballot(event, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "The vote is prepared. Only facilitators see it until you open it.")
            return redirect(ballot)
    return render(request, "voting/prepare.html", {"event": event, "form": form, "has_prototypes": bool(here)})


@facilitators
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedInRequest, reference: str) -> HttpResponse:
    """Other words, options, rules or another closing time for a draft."""
    ballot = ballot_to_run(request, reference)
    if ballot.state != Ballot.State.DRAFT:
        messages.error(request, "This vote has opened: from then on it stays as people read it.")
        return redirect(ballot)
    form = BallotForm(typed(request), event=ballot.event, ballot=ballot)
    if request.method == "POST" and form.is_valid():
        try:
            changed = operations.change_ballot(ballot, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "Changed." if changed.version != ballot.version else "Nothing was changed.")
            return redirect(ballot)
    context = {"event": ballot.event, "form": form, "has_prototypes": True, "ballot": ballot}
    return render(request, "voting/prepare.html", context)


@facilitators
@require_POST
def withdraw(request: SignedInRequest, reference: str) -> HttpResponse:
    ballot = ballot_to_run(request, reference)
    try:
        operations.withdraw_ballot(ballot, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(ballot)
    messages.success(request, "The vote is withdrawn.")
    return redirect(ballot.event)


def done_or_refused(request: SignedInRequest, ballot: Ballot, deed: Callable[[], object], done: str) -> HttpResponse:
    try:
        deed()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(ballot)


@facilitators
@require_POST
def open_ballot(request: SignedInRequest, reference: str) -> HttpResponse:
    ballot = ballot_to_run(request, reference)
    of_whom = "of the first round" if ballot.run_off_of_id else "checked in"
    done = f"Voting is open. The roll is frozen with those {of_whom}."
    return done_or_refused(request, ballot, lambda: operations.open_ballot(ballot, by=request.user), done)


@facilitators
@require_http_methods(["GET", "HEAD", "POST"])
def add_to_roll(request: SignedInRequest, reference: str) -> HttpResponse:
    """Latecomers, with a reason that everybody can read."""
    ballot = ballot_to_run(request, reference)
    form = LatecomerForm(typed(request))
    if request.method == "POST" and form.is_valid():
        person = form.cleaned_data["email"]
        organisation = came_for(ballot.event, person)
        try:
            entry = operations.add_to_roll(
                ballot,
                person=person,
                organisation=organisation,
                reason=form.cleaned_data["reason"],
                by=request.user,
            )
        except Refused as refusal:
            refuse(form, refusal)
        else:
            whom = f"{person}, {organisation or 'of no organisation'}"
            weight = "" if entry.carries_weight else " The vote is counted per council, so theirs carries no weight."
            messages.success(request, f"{whom}: may vote now.{weight}")
            return redirect(ballot)
    came_late = queries.came_late(ballot).select_related("person", "organisation")[:50] if ballot.takes_votes else []
    rows = [(place, add_from_the_row(ballot, place)) for place in came_late]
    return render(request, "voting/roll.html", {"ballot": ballot, "form": form, "rows": rows})


def add_from_the_row(ballot: Ballot, place: SignUp) -> Deed:
    """Add somebody who is here to the roll of an open vote, for the reason that the desk's clock gives."""
    after = ", after the vote opened" if ballot.opened_at and place.checked_in_at > ballot.opened_at else ""
    reason = f"Checked in {at_moment(place.checked_in_at)}{after}"
    fields = (("email", place.person.email), ("reason", reason))
    address = reverse("voting:roll", args=[ballot.reference])
    return Deed("Add to the roll", address, is_post=True, is_second=True, fields=fields)
