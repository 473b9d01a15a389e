"""How far one asset has spread: who commits to it, its use over time, what was avoided, and each status."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from assets_registry.models import Asset
from assets_registry.permissions import visible_assets
from core import clock
from core.permissions import allow, anyone
from core.tables import MADE_UP, Table, format_not_understood, made_up_cell, table_response, wants_table
from core.words import day_in_words, month_in_words
from councils.models import Membership
from councils.permissions import can_contribute_for, can_lead, councils_of, organisations_of
from design_system import charts, lines
from take_up.asset_page import day_asked_for
from take_up.models import LEAST_FIGURES, Adoption, Commitment, TakeUpPlan
from take_up.permissions import can_plan_take_up, can_see_unnamed
from take_up.queries import take_up
from take_up.queries.commitments import Meter, meter, own_commitments, why_not_renewed
from take_up.queries.plans import live_by_day, meant_on, plan_day, planned, plans_of_asset
from take_up.queries.savings import savings
from take_up.queries.spread import SpreadPoint, confirmed_adoptions, statuses
from take_up.queries.spread import spread as spread_of


@allow(anyone)
def spread(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The take-up of an asset on a page of its own, today or on the day of `?as_at=`; its curve as a file."""
    user = request.user
    asked_for, strange, about_day = day_asked_for(request)
    assets = visible_assets(user).select_related("owner", "project")
    record = get_object_or_404(assets.filter(published_at__isnull=False), slug=slug)
    adoptions = confirmed_adoptions(record)
    plans = plans_of_asset(record)
    points = spread_of(record, adoptions, {day for each in plans for day in (each.made_on, each.by_day)})
    if wants_table(request):
        return table_response(request, _table(record, adoptions, points, plans))
    sees_all, committed = can_see_unnamed(user, record), meter(record, asked_for)
    mine = councils_of(user, at_least=Membership.Role.CONTRIBUTOR)
    history = statuses(
        record,
        asked_for or clock.today(),
        are_all_named=sees_all,
        councils=[each.pk for each in organisations_of(user)],
    )
    context = {
        "record": record,
        "strange": [*strange, *format_not_understood(request.GET)],
        "about_day": about_day,
        "asked_for": asked_for,
        "first_day": clock.FIRST_DAY_OF_THE_RECORD,
        "used": (used := take_up(record, asked_for)),
        "used_note": f"as at {day_in_words(used.as_at)}{used.and_since}",
        "meter": committed,
        "meter_note": f"as at {day_in_words(committed.share.as_at)}" if committed.share.as_at else "",
        "committed_columns": ["Council", "Would", "Until"],
        "committed_rows": _committed(committed, sees_all=sees_all),
        "own": _own(own_commitments(record, mine), user),
        "may_commit": record.is_published and (bool(mine) or not user.is_authenticated),
        "chart": _chart(record, points, plans),
        "plans": [planned(each, live_by_day(record, adoptions, plan_day(each))) for each in plans],
        "plan_url": f"{reverse('promises:plan')}?asset={record.slug}" if can_plan_take_up(user, record) else "",
        "saved": savings(record, adoptions, asked_for),
        "least": LEAST_FIGURES,
        "history_columns": ["Council", "Status", "Since"],
        "history_rows": [
            [
                _council_cell(each.adoption.council, is_named=each.adoption.may_be_listed),
                each.get_status_display(),
                each.since,
            ]
            for each in history
        ],
        "sees_all": sees_all,
        "adoptions": adoptions,
    }
    return render(request, "take_up/spread.html", context)


def _own(found: list[Commitment], user: Any) -> list[dict[str, Any]]:
    """What one's councils have said, each beside what the same council has said besides."""
    return [_with_actions(each, [same for same in found if same.council_id == each.council_id], user) for each in found]


def _with_actions(commitment: Commitment, open_now: list[Commitment], user: Any) -> dict[str, Any]:
    holds, contributes = not commitment.is_waiting, can_contribute_for(user, commitment.council)
    leads = can_lead(user, commitment.council)
    return {
        "record": commitment,
        "about": f"what {commitment.council} would do",
        "can_confirm": commitment.is_waiting and leads,
        "can_renew": contributes and not why_not_renewed(commitment, open_now),
        "can_adopt": holds and contributes and commitment.is_to_adopt,
        "can_withdraw": leads if holds else contributes,
    }


def _committed(committed: Meter, *, sees_all: bool) -> list[list[Any]]:
    held = committed.all if sees_all else committed.named
    return [
        [_council_cell(each.council, is_named=each.may_be_listed), each.in_words.capitalize(), each.expires_on]
        for each in held
    ]


def _council_cell(council: Any, *, is_named: bool) -> Any:
    link = lines.link(council.full_name, council.get_absolute_url())
    return link if is_named else lines.noted(link, "Does not want to be named to others")


def _chart(record: Asset, points: list[SpreadPoint], plans: list[TakeUpPlan]) -> charts.Chart:
    """Councils in live use over time, beside the plan where there is one, which may go on after today."""
    ahead = sorted({each.by_day for each in plans if points and each.by_day > points[-1].day})
    labels = [*(each.label for each in points), *(month_in_words(day, in_short=True) for day in ahead)]
    live = [*(each.share.count for each in points), *(None for _ in ahead)]
    days = [*(each.day for each in points), *ahead]
    meant = [("Planned", [meant_on(plans, day) for day in days])] if plans else []
    return charts.lines(
        "spread",
        labels,
        [("Councils live", live), *meant],
        title="Councils that use it live, over time",
        of="At the end of",
        happened=[*(each.happened for each in points), *("" for _ in ahead)],
    )


def _table(record: Asset, adoptions: list[Adoption], points: list[SpreadPoint], plans: list[TakeUpPlan]) -> Table:
    """The curve as rows: numbers of councils, and no names."""
    said = made_up_cell(*adoptions, *plans, record)
    return Table(
        name=f"take-up-{record.slug}",
        title=f"Councils that use {record} live, over time",
        columns=("Day", "Councils live", "Of", "Base", *(("Planned",) if plans else ()), "What happened", MADE_UP),
        rows=[
            (
                each.day,
                each.share.count,
                each.share.base,
                each.share.base_words,
                *((meant_on(plans, each.day),) if plans else ()),
                each.happened,
                said,
            )
            for each in points
        ],
    )
