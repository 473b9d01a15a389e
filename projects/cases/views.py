"""Pages of a business case: writing it, handing it in, one version to read or print, two versions compared."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.http import SignedInRequest
from accounts.models import User
from core.answering import answered, posted, pressed
from core.errors import Refused
from core.permissions import allow, anyone, require, signed_in
from core.words import day_in_words, moment_in_words
from projects.cases.comparing import has_changed, lines_of, runs_of
from projects.portfolio import operations
from projects.portfolio.forms import CaseForm
from projects.portfolio.models import BusinessCase, Project
from projects.portfolio.operations import BECAUSE
from projects.portfolio.permissions import can_edit_project, visible_cases, visible_projects
from projects.sums.models import BASES, SUMS
from projects.sums.words import COLUMNS, sums_pairs, sums_table


def _project(request: HttpRequest, slug: str) -> Project:
    return get_object_or_404(visible_projects(request.user).select_related("lead_council", "prototype"), slug=slug)


@allow(signed_in)
def case_edit(request: SignedInRequest, slug: str) -> HttpResponse:
    """Write the business case: a draft until it is submitted."""
    project = _project(request, slug)
    require(can_edit_project(request.user, project), BECAUSE)
    form = CaseForm(posted(request), initial=_first_figures(project))
    said = "Draft saved. Submit it once it is ready to be decided."
    done = answered(request, form, operations.draft_case, project, said=said)
    return done or render(request, "projects/case_form.html", {"form": form, "project": project})


def _first_figures(project: Project) -> dict[str, Any]:
    """What the form starts with: the draft, or the case that was rejected, or the prototype's outline."""
    case = project.business_cases.first()
    if case:
        return {name: getattr(case, name) for name in (*SUMS, *BASES, "summary")}
    outline = getattr(project.prototype, "outline", None)
    return {name: getattr(outline, name) for name in SUMS} if outline else {}


@allow(signed_in)
@require_POST
def case_submit(request: SignedInRequest, slug: str) -> HttpResponse:
    project = _project(request, slug)
    require(can_edit_project(request.user, project), BECAUSE)

    def submit(project: Project, *, by: User) -> BusinessCase:
        case = project.business_cases.first()
        if case is None:
            raise Refused("There is no business case yet.")
        return operations.submit_case(case, by=by)

    return pressed(request, submit, project, said="Submitted. The steering board decides on it.")


@allow(anyone)
@require_safe
def case_version(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """One version of a business case by itself, which prints as a document."""
    project = _project(request, slug)
    cases = visible_cases(request.user, project).select_related("written_by", "submitted_by")
    case = get_object_or_404(cases, version=min(version, 32767))
    context = {
        "project": project,
        "case": case,
        "sums": sums_pairs(case),
        "payback": sums_table(case),
        "payback_columns": COLUMNS,
        "stands": [
            ("State", case.get_state_display()),
            ("Written by", case.written_by if request.user.is_authenticated else ""),
            ("Handed in", moment_in_words(case.submitted_at)),
            ("Handed in by", case.submitted_by if request.user.is_authenticated else ""),
            ("Decided by", case.decided_by_body),
            ("On", day_in_words(case.decided_on)),
            ("Decision", case.decision_number),
            ("Because", case.decision_reason),
        ],
        "has_others": visible_cases(request.user, project).count() > 1,
    }
    return render(request, "projects/case_version.html", context)


@allow(anyone)
@require_safe
def case_compare(request: HttpRequest, slug: str) -> HttpResponse:
    """Two versions of a business case, by default the last two; with one version there is nothing to compare."""
    project = _project(request, slug)
    cases = {str(case.version): case for case in visible_cases(request.user, project).order_by("version")}
    if len(cases) < 2:
        return redirect(f"{project.get_absolute_url()}#business-case")
    last_two = list(cases)[-2:]
    chosen = [request.GET.get(name, "") for name in ("from", "to")]
    first, second = chosen if all(each in cases for each in chosen) else last_two
    before, after = cases[first], cases[second]
    for case in (before, after):
        case.project = project
    words = runs_of(before.summary, after.summary)
    lines = lines_of(before, after)
    context = {
        "project": project,
        "before": before,
        "after": after,
        "versions": list(cases.values()),
        "runs": words,
        "words_differ": has_changed(words),
        "figures_differ": sum(not line.is_same for line in lines),
        "columns": ["Figure", f"Version {first}", f"Version {second}", "Changed"],
        "rows": [[line.name, line.before, line.after, "" if line.is_same else "Changed"] for line in lines],
    }
    return render(request, "projects/case_compare.html", context)
