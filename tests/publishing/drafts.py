"""Drafts of case studies, and what the admin's form posts of one."""

import json

from wagtail.models import Page, Revision

from publishing.models import CaseStudyIndexPage, CaseStudyPage


def draft_of(council, by, title="Fewer missed bins") -> CaseStudyPage:
    page = CaseStudyPage(
        title=title,
        slug=title.lower().replace(" ", "-"),
        council=council,
        summary="What changed.",
        problem="<p>Bins were missed.</p>",
        what_we_did="<p>We told people.</p>",
        owner=by,
        live=False,
    )
    CaseStudyIndexPage.objects.get().add_child(instance=page)
    page.save_revision(user=by)
    return page


def fresh(page) -> CaseStudyPage:
    return CaseStudyPage.objects.get(pk=page.pk)


def _version_shown(page) -> dict[str, str]:
    """What the form says of the version that it shows."""
    latest = Revision.page_revisions.filter(pk__in=Page.objects.filter(pk=page.pk).values("latest_revision")).first()
    if latest is None:
        return {}
    return {"loaded_revision_id": str(latest.pk), "loaded_revision_created_at": latest.created_at.isoformat()}


def typed(page, **changed):
    """What the admin's form posts for a case study."""
    fields = {
        "title": page.title,
        "slug": page.slug,
        "council": str(page.council_id),
        "summary": page.summary,
        "seo_title": "",
        "search_description": "",
        **_version_shown(page),
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "0",
    }
    block = {"key": "a", "text": "Words", "type": "unstyled", "depth": 0}
    block |= {"inlineStyleRanges": [], "entityRanges": [], "data": {}}
    rich = json.dumps({"blocks": [block], "entityMap": {}})
    for name in ("problem", "what_we_did", "what_went_wrong", "what_we_would_do_differently", "reuse"):
        fields[name] = rich
    for name in (
        "who",
        "cost",
        "measure",
        "before",
        "before_unit",
        "after",
        "after_unit",
        "figures_note",
        "contact",
        "source",
    ):
        fields[name] = ""
    return fields | changed
