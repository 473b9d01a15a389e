"""What facilitators do with a vote. Every deed is a POST."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import SignedInRequest
from core.errors import Refused
from core.forms import refuse
from core.permissions import door
from events.models import Event
from events.permissions import visible_events
from events.places.queries import came_for
from voting import operations, queries
from voting.deeds import add_from_the_row
from voting.forms import BallotForm, LatecomerForm, OutcomeForm, ProjectForm
from voting.models import Ballot
from voting.operations.ballot import ONLY_FACILITATORS
from voting.permissions import can_run_ballots, visible_ballots

facilitators = door(can_run_ballots, because=ONLY_FACILITATORS)


def _ballot(request: SignedInRequest, reference: str) -> Ballot:
    return get_object_or_404(visible_ballots(request.user).select_related("event"), reference=reference)


def _typed(request: SignedInRequest) -> QueryDict | None:
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
    form = BallotForm(_typed(request), event=event, initial={"prototypes": here})
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
    ballot = _ballot(request, reference)
    if ballot.state != Ballot.State.DRAFT:
        messages.error(request, "This vote has opened: from then on it stays as people read it.")
        return redirect(ballot)
    form = BallotForm(_typed(request), event=ballot.event, ballot=ballot)
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
    ballot = _ballot(request, reference)
    try:
        operations.withdraw_ballot(ballot, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(ballot)
    messages.success(request, "The vote is withdrawn.")
    return redirect(ballot.event)


def _do(request: SignedInRequest, ballot: Ballot, deed: Callable[[], object], done: str) -> HttpResponse:
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
    ballot = _ballot(request, reference)
    of_whom = "of the first round" if ballot.run_off_of_id else "checked in"
    done = f"Voting is open. The roll is frozen with those {of_whom}."
    return _do(request, ballot, lambda: operations.open_ballot(ballot, by=request.user), done)


@facilitators
@require_POST
def close_ballot(request: SignedInRequest, reference: str) -> HttpResponse:
    ballot = _ballot(request, reference)
    return _do(request, ballot, lambda: operations.close_ballot(ballot, by=request.user), "Voting is closed.")


@facilitators
@require_POST
def prepare_run_off(request: SignedInRequest, reference: str) -> HttpResponse:
    ballot = _ballot(request, reference)
    try:
        run_off = operations.prepare_run_off(ballot, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(ballot)
    messages.success(request, "The run-off is prepared, with the same roll. Open it when the room is ready.")
    return redirect(run_off)


@facilitators
@require_http_methods(["GET", "HEAD", "POST"])
def add_to_roll(request: SignedInRequest, reference: str) -> HttpResponse:
    """Latecomers, with a reason that everybody can read."""
    ballot = _ballot(request, reference)
    form = LatecomerForm(_typed(request))
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


@facilitators
@require_http_methods(["GET", "HEAD", "POST"])
def publish_outcome(request: SignedInRequest, reference: str) -> HttpResponse:
    ballot = _ballot(request, reference)
    form = OutcomeForm(_typed(request), initial={"text": ballot.outcome})
    if request.method == "POST" and form.is_valid():
        try:
            operations.publish_outcome(ballot, by=request.user, text=form.cleaned_data["text"])
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "The outcome stands beside the result.")
            return redirect("voting:results", reference=ballot.reference)
    return render(request, "voting/outcome.html", {"ballot": ballot, "form": form})


@facilitators
@require_http_methods(["GET", "HEAD", "POST"])
def make_project(request: SignedInRequest, reference: str) -> HttpResponse:
    """From what was chosen to a project at step 3."""
    ballot = _ballot(request, reference)
    count = queries.tally(ballot)
    made = set(ballot.led_to.values_list("option_id", flat=True))
    choosable = [line.option for line in (*count.chosen, *count.tied) if line.option.pk not in made]
    form = ProjectForm(
        _typed(request),
        options=choosable,
        needs_reason=bool(count.tied),
        initial={"option": choosable[0].pk if len(choosable) == 1 else None},
    )
    if request.method == "POST" and form.is_valid():
        try:
            project = operations.make_project(ballot, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, f"{project} is a project now, at step 3.")
            return redirect(project)
    return render(request, "voting/project.html", {"ballot": ballot, "form": form, "choosable": choosable})
