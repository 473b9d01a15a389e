"""The calculator of channel shift, its file, and the way of its result into a business case."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from core.answering import answered, posted
from core.figures import POUNDS, Figure
from core.permissions import allow, anyone, signed_in
from core.tables import Table, table_response, wants_table
from kpis.shift.forms import IntoCaseForm, ShiftForm, shift_form
from kpis.shift.operations import put_shift_into_case
from kpis.shift.sums import CAVEAT, CHANNELS, SOURCE, WHY, Shift, saved_in_words

COLUMNS = (
    "From", "To", "Visits", "Cost of a visit before, £", "Cost of a visit after, £", "Saved, £", "How it is counted",
)  # fmt: skip
PAGE_COLUMNS = [
    "Move", ("Visits", "numeric"), ("Before", "numeric"), ("After", "numeric"), ("Saved", "numeric"),
]  # fmt: skip


@allow(anyone)
@require_safe
def channel_shift(request: HttpRequest) -> HttpResponseBase:
    """What visits that move to another channel save, each step shown."""
    form = shift_form(request.GET)
    context = {"form": form, "caveat": CAVEAT, "why": WHY, "source": SOURCE}
    if form.is_valid():
        shift, query = form.shift(), _query(form)
        if wants_table(request):
            return table_response(request, _table(shift))
        address = f"{reverse('kpis:channel_shift')}?{query}"
        into_case = f"{reverse('kpis:shift_into_case')}?{query}"
        context |= {"shift": shift, "address": address, "into_case": into_case, **_rows(shift)}
    return render(request, "kpis/shift/calculator.html", context)


@allow(signed_in)
def shift_into_case(request: SignedInRequest) -> HttpResponseBase:
    """Choose the project whose draft the result goes into."""
    worked_out = shift_form(request.GET)
    if not worked_out.is_valid():
        return redirect(f"{reverse('kpis:channel_shift')}?{request.GET.urlencode()}")
    shift = worked_out.shift()
    form = IntoCaseForm(posted(request), user=request.user)
    done = answered(
        request,
        form,
        lambda *, by, project: put_shift_into_case(project, by=by, shift=shift),
        said="The saving and its working stand in the draft. Its own figures are as they were.",
        to=lambda project: reverse("projects:case_edit", args=[project.slug]),
    )
    back = f"{reverse('kpis:channel_shift')}?{_query(worked_out)}"
    has_drafts = bool(form.fields["project"].queryset)  # type: ignore[attr-defined]  # of rows
    context = {"form": form, "shift": shift, "back": back, "has_drafts": has_drafts or form.is_bound}
    return done or render(request, "kpis/shift/into_case.html", context)


def _query(form: ShiftForm) -> str:
    """What was entered, as an address says it."""
    return urlencode({name: value for name, value in form.data.items() if value not in ("", None)})


def _rows(shift: Shift) -> dict[str, object]:
    rows = [
        [
            f"{CHANNELS[move.leaves]} to {CHANNELS[move.comes]}".capitalize(),
            f"{move.volume:,}",
            Figure(move.cost_before, unit=POUNDS, places=2).with_unit,
            Figure(move.cost_after, unit=POUNDS, places=2).with_unit,
            saved_in_words(move.saved),
        ]
        for move in shift.moves
    ]
    if len(rows) > 1:
        rows.append(["Together", "", "", "", saved_in_words(shift.saved)])
    return {"columns": PAGE_COLUMNS, "rows": rows}


def _table(shift: Shift) -> Table:
    return Table(
        name="channel-shift",
        title=f"What channel shift would save. {CAVEAT}",
        columns=COLUMNS,
        rows=[
            (CHANNELS[m.leaves], CHANNELS[m.comes], m.volume, m.cost_before, m.cost_after, m.saved, CAVEAT)
            for m in shift.moves
        ],
        filters=f"cost of a visit: {shift.costs_words}; source: {shift.costs_source}",
    )
