"""Pages of what the board is asked to decide by e-mail, and of who votes for a body."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from accounts.models import User
from core import clock
from core.answering import answered, posted, pressed
from core.copies import do_not_keep
from core.permissions import allow, anyone
from core.words import counted, day_in_words
from projects.models import BusinessCase
from steering import operations
from steering.emails import look_at_mails
from steering.forms import ConcludeForm, MotionForm, RepresentativeForm
from steering.models import QUORUM, BoardSeat, Motion
from steering.permissions import can_minute, can_see_who_is_missing, visible_motions
from steering.queries.decisions import coming_decision
from steering.queries.motions import (
    Stood,
    how_it_stood,
    missing_in,
    roll_of,
    seats_without_vote,
)
from voting.models import Ballot
from voting.outcome.queries import how_bodies_stood, voters_behind
from voting.permissions import roll_entry_of

NOT_STAFF = "Only the secretariat asks the board for a decision by e-mail."


@allow(can_minute, because=NOT_STAFF)
def ask(request: SignedInRequest) -> HttpResponse:
    """The form to ask the board by e-mail, with who could not vote; prefilled for a `case`, or `like` a motion."""
    form = MotionForm(posted(request), initial=_asked_before(request) or {"business_case": request.GET.get("case")})
    if done := answered(request, form, operations.ask_board, said=_asked):
        return done
    seats = list(BoardSeat.objects.as_at().select_related("body", "representative"))
    able = sum(seat.can_vote for seat in seats)
    context = {
        "form": form,
        "able": counted(able, "representative"),
        "is_enough": able >= QUORUM,
        "quorum": QUORUM,
        "seats": len(seats),
        "without": seats_without_vote(seats),
    }
    return render(request, "steering/ask.html", context)


def _asked_before(request: HttpRequest) -> dict[str, Any]:
    """The answers of the motion that this one is to be `like`, without its day; empty where none is."""
    if not (reference := request.GET.get("like")):
        return {}
    if "\0" in reference:
        raise Http404("No motion has such an address.")
    record = _motion(request, reference)
    return {"business_case": record.business_case_id, "title": record.title, "wording": record.wording}


def _asked(motion: Motion) -> str:
    return f"The vote is open, and {counted(roll_of(motion).count(), 'mail')} on the way."


def _motion(request: HttpRequest, reference: str) -> Motion:
    seen = visible_motions(request.user).select_related("ballot", "business_case__project", "decision", "asked_by")
    return get_object_or_404(seen, ballot__reference=reference)


@allow(anyone)
def motion(request: HttpRequest, reference: str) -> HttpResponse:
    """The page of a motion: what is asked and until when, who has voted, and once it is shown how the bodies stood."""
    record = _motion(request, reference)
    ballot, minutes = record.ballot, can_minute(request.user)
    roll = list(roll_of(record))
    own = roll_entry_of(request.user, ballot)
    if ballot.is_running:
        do_not_keep(request)
    decided_nothing = ballot.state == Ballot.State.VOID or (record.concluded_on and record.decision is None)
    context = {
        "record": record,
        "ballot": ballot,
        "facts": _facts(record, roll),
        "roll": roll if can_see_who_is_missing(request.user, record) and not ballot.is_revealed else [],
        "own": own if ballot.takes_votes else None,
        "has_voted": any(entry.has_voted for entry in roll if own and entry.pk == own.pk),
        "stood": how_bodies_stood(ballot),
        "said": how_it_stood(record) if ballot.is_revealed else None,
        "can_minute": minutes,
        "can_ask_again": minutes and decided_nothing,
        "can_conclude": minutes and record.is_open and ballot.has_ended,
        "missing": (missing := missing_in(record).count() if minutes and ballot.takes_votes else 0),
        "remind_words": f"Remind {counted(missing, 'representative')}",
        "is_reminded_today": record.reminded_on == clock.today(),
    }
    return render(request, "steering/motion.html", context)


def _facts(record: Motion, roll: list[Any]) -> list[tuple]:
    case = record.business_case
    voted = sum(entry.has_voted for entry in roll)
    return [
        ("Closed on" if record.ballot.ended_at else "Until the end of", day_in_words(record.closes_on)),
        ("Voted", f"{voted} of {counted(len(roll), 'body', 'bodies')}"),
        ("Needed", counted(record.ballot.quorum or 0, "body", "bodies")),
        ("About", case.project, reverse("steering:case", args=[case.pk])) if case else ("About", ""),
        ("Recorded as", record.decision.number, record.decision.get_absolute_url())
        if record.decision
        else ("Recorded as", ""),
    ]


@allow(can_minute, because="Only the secretariat reminds the board.")
@require_POST
def remind(request: SignedInRequest, reference: str) -> HttpResponse:
    """The button that reminds those missing."""
    record = _motion(request, reference)
    return pressed(
        request,
        operations.remind_of_motion,
        record,
        said=lambda people: f"A reminder is on the way to {counted(people, 'representative')}.",
        to=record.get_absolute_url(),
    )


@allow(can_minute, because="Only the secretariat writes down the board's decisions.")
def conclude(request: SignedInRequest, reference: str) -> HttpResponse:
    """The form that shows the result and records what follows, with what that would be, for the secretariat alone."""
    record = _motion(request, reference)
    if request.method != "POST" and not (record.is_open and record.ballot.has_ended):
        return redirect(record)
    form = ConcludeForm(posted(request))
    if done := answered(request, form, operations.conclude_motion, record, said=_concluded):
        return done
    do_not_keep(request)
    said = how_it_stood(record) if record.ballot.has_ended else None
    context = {"form": form, "record": record, "said": said}
    if record.business_case:
        context["voters"] = voters_behind(record.business_case.project)
        context["preview"] = _preview(record, record.business_case, said, request.user)
    response = render(request, "steering/conclude.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def _preview(record: Motion, case: BusinessCase, stood: Stood | None, by: User) -> dict[str, Any]:
    """The mails to voters that recording the result would send; empty where there are none."""
    if stood is None or not stood.is_decided:
        return {}
    coming = coming_decision(
        case,
        result=stood.result,
        wording=record.wording,
        votes=stood.votes,
        decided_on=record.closes_on,
        title=record.title,
    )
    return look_at_mails(coming, by)


def _concluded(record: Motion) -> str:
    if record.decision is None:
        return "The result is shown. No decision is recorded."
    return f"The result is shown, and the decision is written down as {record.decision.number}."


@allow(can_minute, because="Only the secretariat keeps the board's roster.")
def representative(request: SignedInRequest, body: str) -> HttpResponse:
    """The form that says who votes for a body."""
    seat = get_object_or_404(BoardSeat.objects.as_at().select_related("body", "representative"), body__slug=body)
    person = seat.representative
    form = RepresentativeForm(posted(request), initial={"person": person.email if person else ""})
    done = answered(request, form, operations.set_representative, seat, said=_named, to=reverse("steering:board"))
    return done or render(request, "steering/representative.html", {"form": form, "seat": seat, "person": person})


def _named(seat: BoardSeat) -> str:
    return f"{seat.representative} votes for {seat}." if seat.representative else f"Nobody votes for {seat}."
