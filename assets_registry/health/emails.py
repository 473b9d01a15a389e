"""The words of the messages about the health of an asset."""

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import User
from assets_registry.health.permissions import can_see_problems
from assets_registry.health.queries import open_problems
from assets_registry.models import Asset, ProblemReport
from outbox.kinds import Letter, kind


def _assets() -> QuerySet[Asset]:
    return Asset.objects.select_related("owner", "registered_by")


def _reports() -> QuerySet[ProblemReport]:
    return ProblemReport.objects.select_related("asset__owner", "reported_by")


@kind(
    "assets_registry.problem_reported",
    "Somebody reported a problem with an asset of yours",
    about=_assets,
    can_be_turned_off=True,
)
def problem_reported(asset: Asset, to: User | None) -> Letter | None:
    """What is open when it is sent: one message for several reports."""
    found = list(open_problems(asset)[:10])
    if not found or to is None or not can_see_problems(to, asset):
        return None
    url = settings.BASE_URL + reverse("assets_registry:problems", args=[asset.slug])
    return Letter("emails/problem_reported", {"person": to, "asset": asset, "reports": found, "url": url})


@kind(
    "assets_registry.problem_answered",
    "The problem that you reported was answered",
    about=_reports,
    began="reported_at",
)
def problem_answered(report: ProblemReport, to: User | None) -> Letter | None:
    """What the owner of an asset says to whoever reported a problem."""
    if report.is_open:
        return None
    url = settings.BASE_URL + report.asset.get_absolute_url()
    return Letter("emails/problem_answered", {"person": to, "report": report, "asset": report.asset, "url": url})


@kind("assets_registry.handed_over", "An asset was handed over to you", about=_assets)
def asset_handed_over(asset: Asset, to: User | None) -> Letter | None:
    """Who has an entry now, and why."""
    last = asset.hand_overs.select_related("from_owner", "to_owner", "handed_by").last()
    if last is None:
        return None
    url = settings.BASE_URL + asset.get_absolute_url()
    return Letter("emails/asset_handed_over", {"person": to, "asset": asset, "hand_over": last, "url": url})
