"""The analyst's bench: levels while a wave is open, coding and what is left out once it has closed."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.http import SignedInRequest
from core.answering import answered, posted, pressed
from core.numbers import whole_number
from core.permissions import allow
from core.words import counted
from surveys.fieldwork.models import Fieldwork, SurveyInvitation
from surveys.fieldwork.permissions import BECAUSE, can_run_surveys
from surveys.fieldwork.queries import people_asked
from surveys.fieldwork.views.running import running_of
from surveys.release import operations, pages
from surveys.release.forms import CodeForm, LeaveOutForm, LevelsForm, RuleForm
from surveys.release.models import CodingRule
from surveys.release.queries import groups_of, rows_that_can_be_left_out, rows_to_code_to, top_three_tables
from surveys.waves.models import AskedRow, AskedTable

A_PAGE = 50  # people


@allow(can_run_surveys, because=BECAUSE)
@require_safe
def bench(request: SignedInRequest, year: int) -> HttpResponse:
    """What analysts do with a wave now, and how far it is."""
    return render(request, "surveys/bench.html", pages.bench_page(running_of(year), request.user))


@allow(can_run_surveys, because=BECAUSE)
def levels(request: SignedInRequest, year: int) -> HttpResponse:
    """The levels of those who are invited and have not handed in, fifty a page, all saved together."""
    fieldwork = running_of(year)
    waiting = SurveyInvitation.objects.filter(fieldwork=fieldwork).exclude(state=SurveyInvitation.State.HANDED_IN)
    shown = Paginator(waiting.select_related("organisation").order_by("title", "pk"), A_PAGE).get_page(
        request.GET.get("page")
    )
    people = list(shown)
    if request.method == "POST":
        # As they were listed: whoever has handed in meanwhile would let others move up to whom nobody gave a level.
        keys = [name.removeprefix("level-") for name in request.POST if name.startswith("level-")]
        listed = SurveyInvitation.objects.filter(
            fieldwork=fieldwork, pk__in=[key for key in keys if whole_number(key) is not None][:A_PAGE]
        )
        people = list(listed.select_related("organisation").order_by("title", "pk"))
    form = LevelsForm(people, posted(request))
    to = f"{reverse('surveys:levels', args=[year])}?page={shown.number}"

    def said(found: operations.LevelsSet) -> str:
        told = f"{counted(found.changed, 'level')} changed." if found.changed else "Nothing has changed."
        late = [
            f"{each.name or each.email} has handed in meanwhile, with level {each.level}, which stays."
            for each in found.late
        ]
        return " ".join([told, *late])

    if done := answered(request, form, operations.set_levels, fieldwork, said=said, to=to):
        return done
    context = {
        "wave": fieldwork.wave,
        "form": form,
        "page_obj": shown,
        "people": [(each, form[f"level-{each.pk}"]) for each in people],
        "handed_in": people_asked(fieldwork).handed_in,
        "can_change": not fieldwork.has_ended,
    }
    return render(request, "surveys/levels.html", context)


@allow(can_run_surveys, because=BECAUSE)
def code(request: SignedInRequest, year: int, slug: str) -> HttpResponse:
    """The texts of a table, equal ones together: those to be coded with a form, those coded below."""
    fieldwork, asked = _coded(year, slug)
    groups = groups_of(fieldwork, slug)
    left = [each for each in groups if not each.row]
    form = CodeForm(left, rows_to_code_to(fieldwork, slug), posted(request))
    here = reverse("surveys:code", args=[year, slug])

    def code_them(fieldwork: Fieldwork, **answers: Any) -> int:
        return operations.code_texts(fieldwork, table=slug, **answers)

    def said(number: int) -> str:
        return f"{counted(number, 'text')} coded."

    if done := answered(request, form, code_them, fieldwork, said=said, to=here):
        return done
    context = pages.coding_page(fieldwork, asked, groups) | {"form": form if left else None}
    return render(request, "surveys/code.html", context)


@allow(can_run_surveys, because=BECAUSE)
@require_POST
def uncode(request: SignedInRequest, year: int, slug: str) -> HttpResponse:
    """The button beside a coded text."""
    fieldwork, _ = _coded(year, slug)

    def undo_it(fieldwork: Fieldwork, *, by: Any) -> int:
        return operations.undo_coding(fieldwork, table=slug, texts=[request.POST.get("text", "")], by=by)

    return pressed(request, undo_it, fieldwork, said=_undone, to=reverse("surveys:code", args=[year, slug]))


def _undone(number: int) -> str:
    return f"{counted(number, 'text')} to be coded again."


@allow(can_run_surveys, because=BECAUSE)
def rule(request: SignedInRequest, year: int, slug: str) -> HttpResponse:
    """The form of the rule by which a table is coded."""
    fieldwork, asked = _coded(year, slug)
    stands = CodingRule.objects.filter(asked=asked).first()
    form = RuleForm(posted(request), initial={"words": stands.words if stands else ""})

    def write_it(fieldwork: Fieldwork, **answers: Any) -> CodingRule:
        return operations.write_coding_rule(fieldwork, table=slug, **answers)

    to = reverse("surveys:code", args=[year, slug])
    return answered(request, form, write_it, fieldwork, said="The rule is saved.", to=to) or render(
        request, "surveys/rule.html", {"wave": fieldwork.wave, "asked": asked, "form": form}
    )


@allow(can_run_surveys, because=BECAUSE)
def leave_out(request: SignedInRequest, year: int) -> HttpResponse:
    """The form with which a row is left out of what is published, with the reason."""
    fieldwork = running_of(year)
    rows = [each for each in rows_that_can_be_left_out(fieldwork) if each.is_published]
    form = LeaveOutForm(rows, posted(request))
    to = reverse("surveys:bench", args=[year])
    said = "Left out, with the reason that its page prints."
    return answered(request, form, operations.leave_out, fieldwork, said=said, to=to) or render(
        request, "surveys/leave_out.html", {"wave": fieldwork.wave, "form": form}
    )


@allow(can_run_surveys, because=BECAUSE)
@require_POST
def print_again(request: SignedInRequest, year: int, key: int) -> HttpResponse:
    """The button beside a row that was left out."""
    fieldwork = running_of(year)
    row = get_object_or_404(AskedRow.objects.select_related("row"), pk=key, wave=fieldwork.wave)

    def print_it(fieldwork: Fieldwork, *, by: Any) -> AskedRow:
        return operations.publish_row_after_all(fieldwork, row=row, by=by)

    return pressed(
        request, print_it, fieldwork, said="It will be published after all.", to=reverse("surveys:bench", args=[year])
    )


def _coded(year: int, slug: str) -> tuple[Fieldwork, AskedTable]:
    fieldwork = running_of(year)
    asked = next((each for each in top_three_tables(fieldwork) if each.table.slug == slug), None)
    if asked is None or fieldwork.state != Fieldwork.State.CLOSED:
        raise Http404
    return fieldwork, asked
