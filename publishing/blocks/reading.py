"""What blocks read of records: registered when the app is ready, since page types stand below whoever may see what."""

from typing import Any

from django.contrib.auth.models import AnonymousUser

from assets_registry.models import Asset
from assets_registry.permissions import visible_assets
from councils.permissions import visible_organisations
from events.permissions import visible_events
from projects.discoveries.permissions import visible_discoveries
from projects.needs.permissions import visible_needs
from projects.portfolio.permissions import visible_projects
from publishing.blocks import live
from publishing.evidence import evidence_level
from publishing.evidence_facts import facts_of
from publishing.models import CaseStudyPage, Picture
from publishing.permissions import visible_case_studies, visible_news, visible_pictures
from publishing.queries import whole_case_studies

_NOBODY = AnonymousUser()

KINDS = (
    live.RecordKind("needs", "Need", lambda: visible_needs(_NOBODY)),
    live.RecordKind("discoveries", "Discovery", lambda: visible_discoveries(_NOBODY)),
    live.RecordKind("projects", "Project", lambda: visible_projects(_NOBODY)),
    live.RecordKind("events", "Event", lambda: visible_events(_NOBODY)),
    live.RecordKind("assets", "Asset", lambda: visible_assets(_NOBODY).filter(state=Asset.State.PUBLISHED)),
    live.RecordKind("councils", "Council", lambda: visible_organisations(_NOBODY)),
    live.RecordKind("case-studies", "Case study", lambda: visible_case_studies(_NOBODY).filter(withdrawn_on=None)),
    live.RecordKind("news", "News", lambda: visible_news(_NOBODY)),
)


def facts_in_block(page: CaseStudyPage) -> dict[str, Any]:
    """The facts about the figures of a case study, and its level of evidence."""
    whole = whole_case_studies().get(pk=page.pk)
    return {"known": facts_of(whole), "evidence": evidence_level(whole)}


def picture_for_preview(row: None) -> Picture | None:
    """One that everybody sees already."""
    return visible_pictures(_NOBODY).order_by("-pk").first()
