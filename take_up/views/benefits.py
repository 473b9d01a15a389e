"""Promises and what became of them."""

from functools import partial

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from accounts.http import SignedInRequest
from core.answering import answered, posted
from core.figures import Figure
from core.numbers import whole_number
from core.origin import Origin
from core.pagination import page_of
from core.permissions import allow, anyone, require, signed_in
from core.tables import MADE_UP, Table, chunks_of, made_up_cell, table_response, wants_table
from core.words import counted, day_in_words
from projects.models import Project
from projects.portfolio.permissions import visible_projects
from take_up import operations
from take_up.forms import CheckForm, ClaimForm
from take_up.models import Adoption, Benefit
from take_up.panels import PROMISE_COLUMNS, promise_rows
from take_up.permissions import (
    can_check_benefits,
    can_claim_for,
    can_confirm_benefit,
    visible_adoptions,
    visible_benefits,
)
from take_up.queries import sums
from take_up.queries.promises import STATES, in_words


@allow(anyone)
def benefits(request: HttpRequest) -> HttpResponseBase:
    """Every promise, with both sums side by side. `?project=` and `?state=` narrow it."""
    rows = _narrowed(request)
    if wants_table(request):
        return table_response(request, _table(rows, request.GET.get("project", "")[:80]))
    page = page_of(request, rows)
    total = sums(rows)
    context = {
        "page_obj": page,
        "panel": {
            "columns": PROMISE_COLUMNS,
            "rows": promise_rows(in_words(page.object_list, says_who=True), request.user),
            "download": f"?{request.GET.urlencode()}",
        },
        "claimed": Figure(total.claimed.total, unit=total.unit).number,
        "claimed_note": f"in {_promises(total.claimed.n)}, {total.not_checked.n} of them not checked",
        "confirmed": Figure(total.confirmed.total, unit=total.unit).number,
        "confirmed_label": f"a year measured at {total.confirmed.on}" if total.confirmed.on else "measured a year",
        "confirmed_note": f"where {total.confirmed.n} of {_promises(total.confirmed.of)} were checked",
    }
    return render(request, "take_up/benefits.html", context)


def _promises(count: int) -> str:
    return f"{counted(count, 'promise')} in money a year"


def _narrowed(request: HttpRequest) -> QuerySet[Benefit]:
    rows = visible_benefits(request.user).select_related(
        "project", "adoption__asset", "adoption__council", "business_case__project"
    )
    rows = rows.order_by("-claimed_on", "pk")
    if slug := request.GET.get("project", "").replace("\0", "")[:80]:
        rows = rows.filter(project__slug=slug)
    if (state := request.GET.get("state")) in Benefit.State.values:
        rows = rows.filter(state=state)
    return rows


def _table(rows: QuerySet[Benefit], project: str) -> Table:
    columns = (
        "Of", "Promise", "Unit", "Before", "Promised", "Promised in", "Promised on", "Measured", "In words",
        "Measured on", "n", "n of what", "Councils in scope", "State", MADE_UP, "Source", "Result source",
    )  # fmt: skip
    return Table(
        name="benefits",
        title="What was promised, what was measured",
        columns=columns,
        rows=(_cells(row) for chunk in chunks_of(rows) for row in chunk),
        filters=f"project {project}" if project else "none",
    )


def _cells(row: Benefit) -> tuple[object, ...]:
    return (
        row.about,
        row.title,
        row.unit,
        row.baseline,
        row.claimed,
        row.claimed_in,
        row.claimed_on,
        row.result,
        row.result_words,
        row.result_on,
        row.n,
        row.n_words,
        row.scope,
        STATES[Benefit.State(row.state)],
        _made_up(row),
        row.source,
        row.result_source,
    )


def _made_up(row: Benefit) -> str:
    """Of the promise and its result together; where only one of them is made up, which."""
    promise = made_up_cell(row)
    if row.state == Benefit.State.CLAIMED:
        return promise
    result = made_up_cell(Origin(row.result_source, row.result_is_illustrative))
    return promise if promise == result else f"in part (the promise: {promise}, its result: {result})"


@allow(signed_in)
def claim(request: SignedInRequest) -> HttpResponse:
    """A new promise of `?project=` or `?adoption=`."""
    owner = _owner(request)
    require(can_claim_for(request.user, owner), "Only the project's lead or the adopting council can claim this.")
    form = ClaimForm(posted(request))
    about, of = (owner, {"project": owner}) if isinstance(owner, Project) else (owner.asset, {"adoption": owner})
    said = "Written down as a promise. Somebody else will check what became of it."
    done = answered(request, form, partial(operations.claim_benefit, **of), said=said, to=about)
    return done or render(request, "take_up/claim.html", {"form": form, "about": about})


def _owner(request: SignedInRequest) -> Project | Adoption:
    if slug := request.GET.get("project", "").replace("\0", "")[:80]:
        return get_object_or_404(visible_projects(request.user).select_related("lead_council"), slug=slug)
    key = whole_number(request.GET.get("adoption", ""))
    if key is None:
        raise Http404("A promise belongs to a project or an adoption.")
    return get_object_or_404(visible_adoptions(request.user).select_related("asset", "council"), pk=key)


@allow(can_check_benefits, because="Only analysts and the secretariat check benefits.")
def check_benefit(request: SignedInRequest, key: int) -> HttpResponse:
    """Write down what was measured."""
    rows = visible_benefits(request.user).select_related("project", "adoption__asset")
    benefit = get_object_or_404(rows, pk=min(key, 2**63 - 1))
    require(can_confirm_benefit(request.user, benefit), "Somebody else has to check what you claimed.")
    form = CheckForm(posted(request))
    if done := answered(request, form, operations.confirm_benefit, benefit, said="Written down.", to=benefit.about):
        return done
    return render(request, "take_up/check.html", {"form": form, "benefit": benefit, "lede": _claim_in_words(benefit)})


def _claim_in_words(benefit: Benefit) -> str:
    start = "" if benefit.baseline is None else f", from {Figure(benefit.baseline, unit=benefit.unit).number}"
    promised = Figure(benefit.claimed, unit=benefit.unit).with_unit + start
    return f"Promised in “{benefit.claimed_in}”, {day_in_words(benefit.claimed_on)}: {promised}."
