"""What the pages of projects, assets and councils show of promises and of use."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from assets_registry.models import Asset
from core.panels import Panel
from core.words import counted, day_in_words, series
from councils.models import Membership, Organisation
from councils.permissions import councils_of
from design_system import lines
from projects.models import Project
from take_up.models import Benefit
from take_up.permissions import can_check_benefits, can_claim_for_project, can_plan_take_up
from take_up.queries.alike import Alike, councils_alike
from take_up.queries.commitments import meter_and_own
from take_up.queries.plans import plans_of_project
from take_up.queries.promises import Promise, in_words, of_asset, of_project
from take_up.queries.take_up import TakeUp

_TEMPLATE = "take_up/parts/promises.html"
NAMED = 3  # of the assets of one council like this one
PROMISE_COLUMNS = ["Promise", ("Before", "numeric"), ("Promised", "numeric"), ("Measured", "numeric"), "State"]


def project_promises(project: Project, user: Any) -> Panel | None:
    """“What it promised, what it did”: nothing where there is nothing to show or to add."""
    claim_url = ""
    if can_claim_for_project(user, project):
        claim_url = f"{reverse('take_up:claim')}?project={project.slug}"
    rows = in_words(of_project(project))
    if not rows and not claim_url:
        return None
    download = f"{reverse('promises:promises')}?project={project.slug}" if rows else ""
    return Panel(
        _TEMPLATE,
        {"columns": PROMISE_COLUMNS, "rows": promise_rows(rows, user), "download": download, "claim_url": claim_url},
        order=30,
    )


def asset_promises(asset: Asset, user: Any) -> Panel | None:
    """What its adopters promised themselves, and what became of it."""
    rows = in_words(of_asset(asset, user), says_who=True)
    return Panel(_TEMPLATE, {"columns": PROMISE_COLUMNS, "rows": promise_rows(rows, user)}, order=30) if rows else None


def commitments_panel(asset: Asset, user: Any, used: TakeUp) -> Iterator[Panel]:
    """What councils would do for it, with the way to say so and to how it spread; for an asset that was published."""
    if asset.published_at is None:
        return
    councils = councils_of(user, at_least=Membership.Role.CONTRIBUTOR)
    may_commit = asset.is_published and (bool(councils) or not user.is_authenticated)
    committed, own = meter_and_own(asset, councils, used.in_force)
    context = {"meter": committed, "own": own, "may_commit": may_commit}
    yield Panel("take_up/parts/meter.html", context, place="side", order=110)


def alike_panel(council: Organisation, user: Any) -> Panel | None:
    """“Councils like Harlow use 4 things that it does not”: for councils in force."""
    if not council.is_council or council.has_ended or council.is_to_come:
        return None
    found = councils_alike(council, user)
    context = {
        "things": len({asset for each in found for asset in each.others}),
        "columns": ["Council", f"Like {council} in", f"Uses, and {council} does not"],
        "rows": [_cells_of_alike(each) for each in found],
    }
    return Panel("take_up/parts/councils_alike.html", context, place="first")


def _cells_of_alike(each: Alike) -> list[Any]:
    both = f"both use {counted(each.in_common, 'asset')}" if each.in_common else ""
    council, address = each.likeness.council, each.likeness.council.get_absolute_url()
    named = [lines.link(name, reverse("assets_registry:detail", args=[slug])) for name, slug in each.others[:NAMED]]
    if (more := len(each.others) - NAMED) > 0:
        named.append(lines.link(f"{more} more", f"{address}#uses", about=f"that {council} uses"))
    why = lines.noted(each.likeness.in_words, both)
    return [(council.name, address), why, mark_safe(series(named))]  # noqa: S308 - links of ours


def project_plan(project: Project, user: Any) -> Panel | None:
    """Of a launched project how many councils were meant to use it by when, beside how many do."""
    if project.launched_on is None:
        return None
    plan_url = f"{reverse('promises:plan')}?project={project.slug}" if can_plan_take_up(user, project) else ""
    planned = plans_of_project(project)
    if not planned and not plan_url:
        return None
    columns = ["By", ("Meant", "numeric"), ("In live use", "numeric")]
    rows = [
        [
            lines.noted(day_in_words(each.plan.by_day), lines.origin(each.plan)),
            lines.noted(each.meant.counts, f"{each.meant.base_words}, as at {day_in_words(each.meant.as_at)}"),
            lines.noted(each.live.counts, f"{each.live.base_words}, as at {day_in_words(each.live.as_at)}"),
        ]
        for each in planned
    ]
    context = {"columns": columns, "rows": rows, "plan_url": plan_url}
    return Panel("take_up/parts/plan.html", context, order=31)


def promise_rows(promises: list[Promise], user: Any) -> list[list[Any]]:
    """The cells of each promise, with the way to measure it for those who check them."""
    may = can_check_benefits(user)
    return [_cells(each, _measure_url(each.record, user) if may else "") for each in promises]


def _cells(each: Promise, measure_url: str) -> list[Any]:
    name = f"{each.title}, {each.who}" if each.who else each.title
    where = lines.link(each.where, each.where_url) if each.where_url else each.where
    origin = lines.origin(each.result_origin) if each.result_origin else ""
    state = lines.noted(lines.tag(each.state, each.colour), each.asked)
    title = lines.link(name, each.record.get_absolute_url())
    return [
        lines.noted(format_html("{} {}", title, lines.origin(each.record)), where),
        each.before,
        each.promised,
        lines.noted(each.measured, each.base, origin),
        format_html("{}<br>{}", state, lines.link("Measure", measure_url, about=each.title)) if measure_url else state,
    ]


def _measure_url(benefit: Benefit, user: Any) -> str:
    if benefit.recorded_by_id == user.pk:
        return ""
    return reverse("promises:measure", args=[benefit.pk])
