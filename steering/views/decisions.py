"""Pages of the register of decisions, one decision, and what follows from it."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from accounts.http import SignedInRequest
from core.answering import answered, posted
from core.listing import listed
from core.permissions import allow, anyone
from core.words import day_in_words
from design_system.lines import noted
from steering import operations
from steering.forms import ConditionsForm, ImplementationForm, ReviewForm
from steering.lists import DECISIONS
from steering.models import BoardSeat, Decision, Motion, SeatStand
from steering.permissions import can_minute, visible_decisions
from steering.queries.roster import seats_on


@allow(anyone)
def decisions(request: HttpRequest) -> HttpResponseBase:
    """The register of decisions."""
    return listed(request, DECISIONS, "steering/decisions.html", can_minute=can_minute(request.user))


@allow(anyone)
def decision(request: HttpRequest, number: str) -> HttpResponse:
    """The page of one decision."""
    rows = visible_decisions(request.user).select_related(
        "meeting", "business_case__project", "project", "block__project", "promise__project", "recorded_by",
        "motion__ballot", "item__meeting",
    )  # fmt: skip
    record = get_object_or_404(rows, number=number)
    seats, stands = seats_on(record.decided_on), list(record.stands.select_related("seat__body"))
    minutes = can_minute(request.user)
    context = {
        "record": record,
        "votes": _votes(record, len(seats)),
        "seats": len(seats),
        "present": record.meeting.present().count() if record.meeting else None,
        "stood": _stood(seats, stands),
        "stood_columns": ["Body", "Stood"],
        "is_by_name": all(stand.seat_id for stand in stands),
        "options": list(record.options.all()),
        "facts": _facts(record),
        "can_review": minutes and record.can_be_reviewed,
        "can_meet": minutes and record.waits_for_conditions,
        "can_implement": minutes and record.is_to_implement and not record.waits_for_conditions,
        "review_url": reverse("steering:review", args=[record.number]),
    }
    return render(request, "steering/decision.html", context)


def _votes(record: Decision, seats: int) -> list[tuple[str, int]]:
    return [
        ("For", record.votes_for),
        ("Against", record.votes_against),
        ("Abstained", record.abstentions),
        ("Took no part", max(seats - record.bodies, 0)),
    ]


def _stood(seats: list[BoardSeat], stands: list[SeatStand]) -> list[list[object]]:
    """A row for each body that had a seat that day: how it stood, and what it wished to have written down."""
    by_seat = {stand.seat_id: stand for stand in stands}
    rows = [(seat, by_seat.get(seat.pk)) for seat in seats]
    return [[seat, noted(_how(stand), stand.note if stand else "")] for seat, stand in rows]


def _how(stand: SeatStand | None) -> str:
    return stand.get_stood_display() if stand else "Took no part"


def _facts(record: Decision) -> list[tuple]:
    subject, project = record.subject, record.project_behind
    about: tuple = ("About", "")
    if subject is not None:
        shown = project if record.business_case else subject
        about = ("About", shown, project.get_absolute_url() if project else "")
    return [
        ("Decided on", day_in_words(record.decided_on)),
        _where(record),
        ("Under", record.item or "", record.item.get_absolute_url() if record.item else ""),
        about,
        ("Conditions met on", day_in_words(record.conditions_met_on)),
        _implemented(record),
        ("Looked at again on", day_in_words(record.reviewed_on)),
        (
            "Review due since" if record.is_review_due else "To be looked at again on",
            day_in_words(record.review_on),
        ),
    ]


def _implemented(record: Decision) -> tuple:
    if record.implemented_on:
        return "Carried out", f"{day_in_words(record.implemented_on)}, by {record.implemented_by}"
    if record.launched_on:
        return "Carried out", f"{day_in_words(record.launched_on)}, by the launch of the project"
    return "Carried out", "Not yet" if record.is_to_implement else ""


def _where(record: Decision) -> tuple:
    """The meeting at which it was decided, or the motion by which it was by e-mail."""
    asked: Motion | None = getattr(record, "motion", None)
    if asked:
        return "Decided", "by e-mail", asked.get_absolute_url()
    return ("At", record.meeting, record.meeting.get_absolute_url()) if record.meeting else ("At", "")


@allow(can_minute, because="Only the secretariat writes down the board's reviews.")
def review(request: SignedInRequest, number: str) -> HttpResponse:
    """The form to record the review of a decision."""
    record = get_object_or_404(visible_decisions(request.user), number=number)
    form = ReviewForm(posted(request))
    if done := answered(request, form, operations.record_review, record, said="The review is written down.", to=record):
        return done
    due = day_in_words(record.review_on)
    none = "It was deferred." if record.can_be_reviewed else "No review of this decision is planned."
    lede = f"It was to be looked at again on {due}." if due else none
    return render(request, "steering/review.html", {"form": form, "record": record, "lede": lede})


@allow(can_minute, because="Only the secretariat writes down the board's decisions.")
def conditions(request: SignedInRequest, number: str) -> HttpResponse:
    """The form to record that the conditions of a decision are met."""
    record = get_object_or_404(visible_decisions(request.user), number=number)
    form = ConditionsForm(posted(request))
    said = "The conditions are met. Step 4 is unlocked." if record.business_case_id else "The conditions are met."
    done = answered(request, form, operations.meet_conditions, record, said=said, to=record)
    return done or render(request, "steering/conditions.html", {"form": form, "record": record})


@allow(can_minute, because="Only the secretariat writes down the board's decisions.")
def implementation(request: SignedInRequest, number: str) -> HttpResponse:
    """The form to record that a decision was carried out, or why it is not."""
    record = get_object_or_404(visible_decisions(request.user), number=number)
    form = ImplementationForm(posted(request), initial={"words": record.implemented_words})
    done = answered(request, form, operations.record_implementation, record, said="It is written down.", to=record)
    return done or render(request, "steering/implementation.html", {"form": form, "record": record})
