"""Pages on which a vote is prepared and opened and its roll added to."""

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import SignedInRequest
from accounts.models import User
from core.answering import answered, posted, pressed, turned_back
from core.copies import do_not_keep
from core.inbox import Action
from core.permissions import allow, require
from core.statements import built_once
from core.words import at_moment, counted
from councils.permissions import only_organisation_of
from events.models import Event, SignUp
from events.permissions import visible_events
from events.places.queries import came_for
from voting.ballots import operations, queries
from voting.ballots.forms import BallotForm, CardsForm, LatecomerForm, OptionsForm, PublicReasonForm, RollForm
from voting.ballots.models import Ballot, RollEntry
from voting.ballots.operations import NOT_STAFF
from voting.ballots.sentences import why_no_slips
from voting.permissions import (
    awaited_ballots,
    can_prepare_ballot,
    can_run_ballot,
    can_run_ballots,
    opened_ballots,
    visible_ballots,
)

facilitators = allow(can_run_ballots, because=NOT_STAFF)


def seen_ballot(request: HttpRequest, reference: str, *, with_rounds: bool = True) -> Ballot:
    """The ballot, or 404 for one that this reader may not see; without its rounds where nothing is said of them."""
    # Whoever asks, so nobody's roles are read for it: a hall asks at once.
    opened = _opened_ballot(reference, with_rounds=with_rounds)
    ballot = (
        opened[0] if opened else get_object_or_404(_with_rounds(visible_ballots(request.user)), reference=reference)
    )
    if ballot.is_running:  # not from the page cache, where its count could be out of date
        do_not_keep(request)
    return ballot


@built_once
def _opened_ballot(reference: str, *, with_rounds: bool) -> QuerySet[Ballot]:
    ballots = opened_ballots().filter(reference=reference).order_by()
    return _with_rounds(ballots) if with_rounds else ballots.select_related("event")


def _with_rounds(ballots: QuerySet[Ballot]) -> QuerySet[Ballot]:
    """The ballots with what their pages name: the event, who opened them, and the rounds before and after."""
    return ballots.select_related("event", "run_off", "run_off_of", "copy", "copy_of", "opened_by")


def watched_ballot(request: HttpRequest, reference: str, *, with_rounds: bool = True) -> Ballot:
    """The ballot as `seen_ballot` returns it, or a draft that this reader waits for."""
    try:
        return seen_ballot(request, reference, with_rounds=with_rounds)
    except Http404:
        return get_object_or_404(awaited_ballots(request.user).select_related("event"), reference=reference)


def ballot_to_run(request: SignedInRequest, reference: str) -> Ballot:
    """The ballot, or 404 for one that this reader may not see, and 403 for one that is run by others."""
    ballot = get_object_or_404(visible_ballots(request.user).select_related("event"), reference=reference)
    require(can_run_ballot(request.user, ballot), NOT_STAFF)
    return ballot


@facilitators
@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: SignedInRequest) -> HttpResponse:
    """The form of a new vote at the event named in the query; without one, a choice of events."""
    slug, like = request.GET.get("event", ""), request.GET.get("like", "")
    if "\0" in slug + like:
        raise Http404
    if not slug:
        with_votes = Q(prototypes__isnull=False) | Q(ballots__reference=like)
        days = visible_events(request.user).filter(with_votes, state=Event.State.PUBLISHED)
        return render(
            request, "voting/choose_day.html", {"days": days.distinct().order_by("-starts_at")[:20], "like": like}
        )
    event = get_object_or_404(visible_events(request.user), slug=slug)
    require(can_prepare_ballot(request.user, event), NOT_STAFF)
    earlier = visible_ballots(request.user).filter(reference=like).first() if like else None
    is_of_the_day = earlier is not None and earlier.event_id == event.pk
    here = {} if is_of_the_day else {"prototypes": list(event.prototypes.values_list("pk", flat=True))}
    form = BallotForm(posted(request), event=event, like=earlier, initial=here)
    said = "The vote is prepared. Only those who run votes see it until you open it."
    done = answered(request, form, operations.prepare_ballot, event, said=said, to=_onward)
    return done or render(request, "voting/prepare.html", {"event": event, "form": form, "like": earlier})


def _onward(ballot: Ballot) -> str:
    """Where a draft goes on: to its list of voters or the prices of its options, where it still needs those."""
    if ballot.roll_from in (Ballot.Roll.LIST, Ballot.Roll.CARDS) and not ballot.roll.exists():
        return reverse("voting:voters", args=[ballot.reference])
    if ballot.method == Ballot.Method.BUDGET and ballot.options.filter(price=None).exists():
        return reverse("voting:options", args=[ballot.reference])
    return ballot.get_absolute_url()


@facilitators
@require_http_methods(["GET", "HEAD", "POST"])
def arrange(request: SignedInRequest, reference: str) -> HttpResponse:
    """The form of the order of a draft's options, and of their prices; back to a vote that has opened, with why."""
    ballot = ballot_to_run(request, reference)
    if request.method != "POST" and (back := turned_back(request, operations.can_be_arranged, ballot, to=ballot)):
        return back
    form = OptionsForm(posted(request), ballot=ballot, options=queries.options_of(ballot))
    done = answered(request, form, operations.arrange_options, ballot, said="The options are saved.")
    return done or render(request, "voting/options.html", {"ballot": ballot, "form": form})


@facilitators
@require_http_methods(["GET", "HEAD", "POST"])
def voters(request: SignedInRequest, reference: str) -> HttpResponse:
    """The form of the list of who may vote in a draft, or of how many voting cards; else back to the vote, with why."""
    ballot = ballot_to_run(request, reference)
    if ballot.is_by_cards:
        return _cards(request, ballot)
    if request.method != "POST" and (back := turned_back(request, operations.has_a_list, ballot, to=ballot)):
        return back
    form = RollForm(posted(request), request.FILES or None)
    on_roll = ballot.roll.standing().select_related("person", "organisation").order_by("person__name", "pk")

    def said(changed: Ballot) -> str:
        return f"{counted(changed.roll.count(), 'person is', 'people are')} on the list."

    done = answered(request, form, operations.set_roll, ballot, said=said)
    return done or render(request, "voting/voters.html", {"ballot": ballot, "form": form, "on_roll": on_roll})


def _cards(request: SignedInRequest, ballot: Ballot) -> HttpResponse:
    if request.method != "POST" and (back := turned_back(request, operations.takes_cards, ballot, to=ballot)):
        return back
    number = ballot.roll.count()
    form = CardsForm(posted(request), initial={"number": number or None})
    said = "Saved. Now print the cards."
    to = reverse("voting:cards", args=[ballot.reference])
    done = answered(request, form, operations.set_cards, ballot, said=said, to=to)
    return done or render(request, "voting/cards/number.html", {"ballot": ballot, "form": form})


@facilitators
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedInRequest, reference: str) -> HttpResponse:
    """The form to change a draft; of a vote that has opened the reason why it stays as it is."""
    ballot = ballot_to_run(request, reference)
    form = BallotForm(posted(request), event=ballot.event, ballot=ballot)

    def said(changed: Ballot) -> str:
        return "Changed." if changed.version != ballot.version else "Nothing was changed."

    if done := answered(request, form, operations.change_ballot, ballot, said=said, to=_onward):
        return done
    stays = operations.STAYS if ballot.state != Ballot.State.DRAFT and not form.is_bound else ""
    context = {"event": ballot.event, "form": form, "ballot": ballot, "stays": stays}
    return render(request, "voting/prepare.html", context)


@facilitators
@require_POST
def withdraw(request: SignedInRequest, reference: str) -> HttpResponse:
    ballot = ballot_to_run(request, reference)
    said = "The vote is withdrawn."
    return pressed(request, operations.withdraw_ballot, ballot, said=said, to=ballot.event, back=ballot)


@facilitators
@require_POST
def open_ballot(request: SignedInRequest, reference: str) -> HttpResponse:
    ballot = ballot_to_run(request, reference)
    of_whom = "of the first round" if ballot.run_off_of_id else "checked in"
    if ballot.is_by_cards:
        number = counted(ballot.roll.standing().count(), "voting card")
        return pressed(request, operations.open_ballot, ballot, said=f"Voting is open. {number} may be used.")
    said = f"Voting is open. The roll is frozen with those {of_whom}."
    return pressed(request, operations.open_ballot, ballot, said=said)


@facilitators
@require_POST
def pause(request: SignedInRequest, reference: str) -> HttpResponse:
    ballot = ballot_to_run(request, reference)
    return pressed(request, operations.pause_ballot, ballot, said="The vote is paused, and its time stands still.")


@facilitators
@require_POST
def resume(request: SignedInRequest, reference: str) -> HttpResponse:
    ballot = ballot_to_run(request, reference)
    return pressed(request, operations.resume_ballot, ballot, said="The vote goes on.")


@facilitators
@require_POST
def extend(request: SignedInRequest, reference: str) -> HttpResponse:
    ballot = ballot_to_run(request, reference)
    return pressed(request, operations.extend_ballot, ballot, said="Two minutes were added.")


@facilitators
@require_http_methods(["GET", "HEAD", "POST"])
def void(request: SignedInRequest, reference: str) -> HttpResponse:
    """The form to end a running vote without a count."""
    ballot = ballot_to_run(request, reference)
    form = PublicReasonForm(posted(request))
    said = "This round is void. Nothing of it is counted, and what was sealed is never opened."
    done = answered(request, form, operations.void_ballot, ballot, said=said)
    return done or render(request, "voting/void.html", {"ballot": ballot, "form": form})


@facilitators
@require_POST
def copy(request: SignedInRequest, reference: str) -> HttpResponse:
    ballot = ballot_to_run(request, reference)
    said = "The next round is prepared, with the same options and rules. Change what was misread, then open it."
    return pressed(request, operations.copy_ballot, ballot, said=said)


@facilitators
@require_http_methods(["GET", "HEAD", "POST"])
def strike(request: SignedInRequest, reference: str, entry: int) -> HttpResponse:
    """The form to strike somebody who has not voted off the roll; back to a vote that has closed, with why."""
    ballot = ballot_to_run(request, reference)
    if request.method != "POST" and (back := turned_back(request, operations.roll_can_change, ballot, to=ballot)):
        return back
    named = ballot.roll.standing().filter(kind__in=RollEntry.NAMED)
    found = get_object_or_404(named.select_related("person", "organisation"), pk=entry)
    form = PublicReasonForm(posted(request))
    to = reverse("voting:roll", args=[ballot.reference])
    said = f"{found.person} is struck off the roll."
    done = answered(request, form, operations.strike_from_roll, ballot, found.person, said=said, to=to)
    return done or render(request, "voting/strike.html", {"ballot": ballot, "form": form, "entry": found})


@facilitators
@require_http_methods(["GET", "HEAD", "POST"])
def add_to_roll(request: SignedInRequest, reference: str) -> HttpResponse:
    """The form to add latecomers to the roll, and a list of those who are here."""
    ballot = ballot_to_run(request, reference)
    if ballot.is_by_cards:
        return _give_out_card(request, ballot)
    form = LatecomerForm(posted(request))

    def add(*, by: User, email: User, reason: str) -> RollEntry:
        organisation = came_for(ballot.event, email) if ballot.event else only_organisation_of(email)
        return operations.add_to_roll(ballot, person=email, organisation=organisation, reason=reason, by=by)

    if done := answered(request, form, add, said=_added, to=ballot):
        return done
    may_change = ballot.is_under_way
    came_late = queries.came_late(ballot).select_related("person", "organisation")[:50] if may_change else []
    rows = [(place, add_from_the_row(ballot, place)) for place in came_late]
    named = ballot.roll.standing().filter(kind__in=RollEntry.NAMED).select_related("person", "organisation")
    context = {
        "ballot": ballot,
        "form": form,
        "rows": rows,
        "on_roll": named.order_by("person__name", "pk"),
        "unnamed": queries.unnamed_on_roll(ballot),
        "may_change": may_change,
        "takes_paper": not why_no_slips(ballot),
    }
    return render(request, "voting/roll.html", context)


def _give_out_card(request: SignedInRequest, ballot: Ballot) -> HttpResponse:
    """The form to give out one more voting card, and how many are."""
    form = PublicReasonForm(posted(request))
    said = "One more card may be used. Take it from those that are left of the print."
    if done := answered(request, form, operations.give_out_card, ballot, said=said, to=ballot):
        return done
    may_change = ballot.is_under_way
    context = {"ballot": ballot, "form": form, "may_change": may_change, "unnamed": queries.unnamed_on_roll(ballot)}
    return render(request, "voting/cards/roll.html", context)


def _added(entry: RollEntry) -> str:
    whom = f"{entry.person}, {entry.organisation or 'of no organisation'}"
    weight = "" if entry.carries_weight else " The vote is counted per council or body, so theirs carries no weight."
    return f"{whom}: may vote now.{weight}"


def add_from_the_row(ballot: Ballot, place: SignUp) -> Action:
    """The button that adds somebody who is here to the roll, with their check-in time as reason."""
    after = ", after the vote opened" if ballot.opened_at and place.checked_in_at > ballot.opened_at else ""
    reason = f"Checked in {at_moment(place.checked_in_at)}{after}"
    fields = (("email", place.person.email), ("reason", reason))
    address = reverse("voting:roll", args=[ballot.reference])
    return Action("Add to the roll", address, is_post=True, is_second=True, fields=fields)
