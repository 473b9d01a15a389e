"""Pages on the health of assets: report and answer a problem, hand over, the checklist, the stewards' table."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from accounts.http import SignedInRequest
from accounts.models import AnyUser
from assets_registry.health import operations
from assets_registry.health.forms import ChecklistForm, HandOverForm, ProblemAnswerForm, ProblemForm
from assets_registry.health.lists import STEWARDS, care_counts
from assets_registry.health.permissions import (
    can_answer_checklist,
    can_answer_problem,
    can_hand_over_asset,
    can_report_problem,
    can_see_problems,
    can_see_stewards,
    visible_problems,
)
from assets_registry.health.queries import checklist, open_problems
from assets_registry.health.standard import SOURCE, VERSION
from assets_registry.models import Asset
from assets_registry.permissions import visible_assets
from core.answering import answered, posted
from core.listing import listed
from core.permissions import allow, anyone, require, signed_in
from core.words import counted


def _asset(user: AnyUser, slug: str) -> Asset:
    rows = visible_assets(user).select_related("owner", "registered_by", "link_check")
    return get_object_or_404(rows, slug=slug)


def on_page(user: AnyUser, record: Asset) -> dict[str, Any]:
    """What the page of an asset says of its care: what one may do, and for those who keep it, how much is open."""
    sees = can_see_problems(user, record)
    return {
        "may_report": record.is_published,
        "open_count": open_problems(record).count() if sees else 0,
        "hand_overs": list(record.hand_overs.select_related("from_owner", "to_owner", "to_person")) if sees else [],
        "can_hand_over": can_hand_over_asset(user, record),
        "checklist": checklist(record) if is_for_checklist(record) else None,
        "can_answer_checklist": can_answer_checklist(user, record),
    }


def is_for_checklist(record: Asset) -> bool:
    """Whether the Standard for Public Code is about it: code and interfaces."""
    return record.kind in {Asset.Kind.CODE, Asset.Kind.API} and not record.is_withdrawn


@allow(signed_in)
def report_problem(request: SignedInRequest, slug: str) -> HttpResponse:
    """Tell the owner of an asset what is wrong with its entry."""
    record = _asset(request.user, slug)
    require(can_report_problem(request.user, record), "Problems are reported with what is published.")
    form = ProblemForm(posted(request))
    said = f"Thank you. {record.owner} has your report. You get the answer by e-mail."
    done = answered(request, form, operations.report_problem, record, said=said, to=record)
    return done or render(request, "assets_registry/report_problem.html", {"record": record, "form": form})


@allow(signed_in)
def problems(request: SignedInRequest, slug: str) -> HttpResponse:
    """The problems reported with an asset, those to answer first."""
    record = _asset(request.user, slug)
    require(can_see_problems(request.user, record), "Problems are read by those who keep the entry.")
    found = list(record.problems.select_related("reported_by", "answered_by").order_by("-reported_at", "-pk")[:100])
    context = {
        "record": record,
        "waiting": [each for each in found if each.is_open],
        "settled": [each for each in found if not each.is_open],
        "may_answer": bool(found) and can_answer_problem(request.user, found[0]),
    }
    return render(request, "assets_registry/problems.html", context)


@allow(signed_in)
def answer_problem(request: SignedInRequest, key: int) -> HttpResponse:
    """Say what came of a problem."""
    found = visible_problems(request.user).select_related("asset__owner", "reported_by")
    report = get_object_or_404(found, pk=key)
    require(can_answer_problem(request.user, report), "Only those who keep the entry answer what was reported.")
    form = ProblemAnswerForm(posted(request))
    left = open_problems(report.asset).exclude(pk=report.pk).count()
    said = f"Answered. {counted(left, 'problem')} left to answer." if left else "Answered. None is left to answer."
    to = reverse("assets_registry:problems", args=[report.asset.slug])
    if done := answered(request, form, operations.answer_problem, report, said=said, to=to):
        return done
    return render(request, "assets_registry/answer_problem.html", {"report": report, "form": form})


@allow(signed_in)
def hand_over(request: SignedInRequest, slug: str) -> HttpResponse:
    """Give an entry to another council, or to another person of its owner."""
    record = _asset(request.user, slug)
    require(can_hand_over_asset(request.user, record), "Only the lead of its owner or the secretariat may.")
    form = HandOverForm(posted(request), asset=record)
    done = answered(request, form, operations.hand_over_asset, record, said=_handed, to=record)
    return done or render(request, "assets_registry/hand_over.html", {"record": record, "form": form})


def _handed(record: Asset) -> str:
    return f"{record} is with {record.owner}, and {record.registered_by} stands behind it."


@allow(anyone)
def public_code(request: HttpRequest, slug: str) -> HttpResponse:
    """Which criteria of the Standard for Public Code an asset meets, as its owner says."""
    return _checklist_page(request, slug, is_for_print=False)


@allow(anyone)
def public_code_to_print(request: HttpRequest, slug: str) -> HttpResponse:
    """The same with all criteria open, to be printed."""
    return _checklist_page(request, slug, is_for_print=True)


def _checklist_page(request: HttpRequest, slug: str, *, is_for_print: bool) -> HttpResponse:
    record = _asset(request.user, slug)
    context = {
        "record": record,
        "checklist": checklist(record),
        "may_answer": can_answer_checklist(request.user, record),
        "version": VERSION,
        "source": SOURCE,
        "is_for_print": is_for_print,
    }
    return render(request, "assets_registry/public_code.html", context)


@allow(signed_in)
def answer_public_code(request: SignedInRequest, slug: str) -> HttpResponse:
    """Tick which requirements of the standard are met."""
    record = _asset(request.user, slug)
    require(can_answer_checklist(request.user, record), "Only those who write for the owner can answer for it.")
    form = ChecklistForm(posted(request), said={each.criterion: each for each in record.criteria.all()})
    to = reverse("assets_registry:public_code", args=[record.slug])
    if done := answered(request, form, operations.answer_checklist, record, said="Saved.", to=to):
        return done
    context = {"record": record, "form": form, "version": VERSION, "source": SOURCE}
    return render(request, "assets_registry/answer_public_code.html", context)


@allow(can_see_stewards)
def stewards(request: HttpRequest) -> HttpResponseBase:
    """The entries that need care: no owner, link dead, overdue, building on what is gone, problems to answer."""
    return listed(request, STEWARDS, "assets_registry/stewards.html", counts=care_counts(request.user))
