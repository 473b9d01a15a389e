"""What somebody's week holds of the board: to decide, to review, decided."""

from django.db.models import Q
from django.urls import reverse

from core.inbox import MOST, Deed, Line, Reader
from steering.models import Decision
from steering.permissions import can_minute, sits_on_board, visible_decisions
from steering.queries import cases_waiting, reviews_due


def cases_to_decide(reader: Reader) -> list[Line]:
    """For the board to read, and for the secretariat to record."""
    minutes = can_minute(reader.user)
    if not minutes and not sits_on_board(reader.user):
        return []
    page, words = ("decide", "Record the decision") if minutes else ("case", "Read and decide")
    lines = []
    for case in cases_waiting().select_related("written_by")[:MOST]:
        url = reverse(f"steering:{page}", args=[case.pk])
        led = f" of {case.project.lead_council}" if case.project.lead_council else ""
        note = f"Business case{led}, written by {case.written_by}, for the board to decide."
        lines.append(
            Line(case.submitted_at, case.project.title, url, note, at_note="submitted", deeds=(Deed(words, url),))
        )
    return lines


def reviews_to_hold(reader: Reader) -> list[Line]:
    """Decisions that the board meant to look at again by now."""
    minutes = can_minute(reader.user)
    if not minutes and not sits_on_board(reader.user):
        return []
    lines = []
    for decision in reviews_due()[:MOST]:
        url, words = decision.get_absolute_url(), "Read and review"
        if minutes:
            url, words = reverse("steering:review", args=[decision.number]), "Record the review"
        note = f"Decision {decision.number}: its review is due."
        lines.append(
            Line(decision.review_on, decision.title, url, note, at_note="due since", deeds=(Deed(words, url),))
        )
    return lines


def decisions_on_our_projects(reader: Reader) -> list[Line]:
    """What the board decided about projects that our organisations lead or take part in."""
    if not reader.organisations:
        return []
    ours = Q(business_case__project__lead_council__in=reader.organisations) | Q(
        business_case__project__partners__in=reader.organisations
    )
    decided = Decision.objects.filter(ours, created_at__gte=reader.since).values("pk")
    decisions = visible_decisions(reader.user).filter(pk__in=decided).order_by("-created_at", "-pk")
    return [
        Line(
            decision.created_at,
            decision.title,
            decision.get_absolute_url(),
            f"{decision.get_result_display()} by the board: {decision.votes_for} for, "
            f"{decision.votes_against} against, {decision.abstentions} abstained.",
            because=f"{reader.us} is in the project",
        )
        for decision in decisions[:MOST]
    ]
