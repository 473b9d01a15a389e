"""Pages of a business case before the board and of the decision on it."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.http import SignedInRequest
from accounts.models import AnyUser, User
from core.answering import answered, posted
from core.permissions import allow, anyone
from projects.models import BusinessCase
from projects.portfolio.permissions import visible_projects
from projects.sums.words import COLUMNS, sums_pairs, sums_table
from steering import operations
from steering.emails import look_at_mails
from steering.forms import DecisionForm
from steering.models import QUORUM, BoardSeat, Decision
from steering.permissions import can_minute
from steering.queries import coverage
from steering.queries.decisions import coming_decision
from steering.queries.motions import open_motion_about
from voting.outcome.queries import voters_behind


def _cases(user: AnyUser) -> QuerySet[BusinessCase]:
    """Business cases of visible projects, without drafts."""
    cases = BusinessCase.objects.exclude(state=BusinessCase.State.DRAFT).filter(project__in=visible_projects(user))
    return cases.select_related("project__lead_council", "project__service").prefetch_related("decisions")


def _on_screen(record: BusinessCase) -> dict:
    """The context of a case: sums, sensitivity and coverage."""
    return {
        "case": record,
        "project": record.project,
        "pairs": sums_pairs(record),
        "columns": COLUMNS,
        "rows": sums_table(record),
        "coverage": coverage(record).pairs(),
        "decision": next(iter(record.decisions.all()), None),
        "case_url": reverse("steering:case", args=[record.pk]),
        "ask_url": f"{reverse('steering:ask')}?case={record.pk}",
        "decide_url": reverse("steering:decide", args=[record.pk]),
    }


@allow(anyone)
def case(request: HttpRequest, key: int) -> HttpResponse:
    """The page of a business case for the board."""
    record = get_object_or_404(_cases(request.user), pk=min(key, 2**63 - 1))
    may = can_minute(request.user) and record.state == BusinessCase.State.SUBMITTED
    asked = open_motion_about(record)
    context = {**_on_screen(record), "can_decide": may and not asked, "asked": asked}
    return render(request, "steering/case.html", context)


@allow(can_minute, because="Only the secretariat writes down the board's decisions.")
def decide(request: SignedInRequest, key: int) -> HttpResponse:
    """The form to record the decision; where voters are mailed it, first with the mails as they would go out."""
    record = get_object_or_404(_cases(request.user), pk=min(key, 2**63 - 1))
    if request.method != "POST" and (made := record.decisions.filter(result__in=Decision.FINAL).first()):
        return redirect(made)
    form = DecisionForm(posted(request))
    preview = _preview(record, form, request.user) if "record" not in request.POST else {}
    if not preview and (done := answered(request, form, operations.decide_gate, record, said=_decided)):
        return done
    terms = {"form": form, "asked": open_motion_about(record), "seats": BoardSeat.objects.count(), "quorum": QUORUM}
    terms["voters"] = voters_behind(record.project)
    context = {**_on_screen(record), **terms, "preview": preview}
    return render(request, "steering/decide.html", context)


def _preview(record: BusinessCase, form: DecisionForm, by: User) -> dict[str, Any]:
    """The mails that what was sent would send, and what to send again; empty where nobody would be mailed."""
    if not (form.is_bound and form.is_valid()):
        return {}
    preview = look_at_mails(coming_decision(record, **form.answers), by)
    # What was looked at is what is recorded: sent again, apart from the form in which it can be changed.
    sent = [(name, value) for name, value in form.data.items() if name not in ("csrfmiddlewaretoken", "form_token")]
    return preview | {"sent": sent} if preview else {}


def _decided(decision: Decision) -> str:
    unlocked = ". Step 4 is unlocked" if decision.result == Decision.Result.ACCEPTED else ""
    return f"{decision.number} is written down{unlocked}."
