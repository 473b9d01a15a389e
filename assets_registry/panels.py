"""What the registry shows on other records' pages, and on its own."""

from typing import Any

from django.urls import reverse

from assets_registry.models import Asset, Benefit
from assets_registry.permissions import can_check_benefits, can_claim_for_project
from assets_registry.queries.promises import Promise, in_words, of_asset, of_project
from core.panels import Panel
from projects.models import Project

_TEMPLATE = "assets_registry/parts/promises.html"


def project_promises(project: Project, user: Any) -> Panel | None:
    """“What it promised, what it did”: nothing where there is nothing to show or to add."""
    claim_url = ""
    if can_claim_for_project(user, project):
        claim_url = f"{reverse('assets_registry:claim')}?project={project.slug}"
    rows = in_words(of_project(project))
    if not rows and not claim_url:
        return None
    csv_url = f"{reverse('assets_registry:benefits')}?project={project.slug}&format=csv" if rows else ""
    return Panel(
        _TEMPLATE,
        {"rows": with_checks(rows, user), "csv_url": csv_url, "claim_url": claim_url},
        order=30,
    )


def asset_promises(asset: Asset, user: Any) -> Panel | None:
    """What its adopters promised themselves, and what became of it."""
    rows = in_words(of_asset(asset, user), says_who=True)
    return Panel(_TEMPLATE, {"rows": with_checks(rows, user)}, order=30) if rows else None


def with_checks(rows: list[Promise], user: Any) -> list[dict[str, Any]]:
    """The rows, with the address of the check for those who may make it."""
    may = can_check_benefits(user)
    return [{**vars(row), "check_url": _check_url(row.record, user) if may else ""} for row in rows]


def _check_url(benefit: Benefit, user: Any) -> str:
    if benefit.recorded_by_id == user.pk:
        return ""
    return reverse("assets_registry:check_benefit", args=[benefit.pk])
