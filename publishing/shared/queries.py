"""Links to drafts, and the drafts behind them."""

from django.db.models import F, QuerySet

from core.signed_links import key_in, token_of
from publishing.models import CaseStudyPage, DraftComment, SharedDraft
from publishing.permissions import can_share_draft

PURPOSE = "publishing.shared_draft"


def token_for(shared: SharedDraft) -> str:
    """What stands in the address of a link."""
    return token_of(PURPOSE, shared.key)


def links_to(page: CaseStudyPage) -> QuerySet[SharedDraft]:
    """The links to a case study's drafts, the newest first, with their comments."""
    return page.shared_drafts.select_related("made_by").prefetch_related("comments")


def comments_on(page: CaseStudyPage) -> tuple[list[DraftComment], int]:
    """What was remarked on the newest version by whoever has a link to it, and how many remarks are on older ones."""
    found = DraftComment.objects.filter(shared__case_study=page.pk)
    newest = list(found.filter(shared__revision=F("shared__case_study__latest_revision")))
    return newest, found.count() - len(newest)


def shared_by(token: str) -> SharedDraft | None:
    """The link of an address; None for one we never gave, or whose maker may no longer show the draft."""
    key = key_in(PURPOSE, token)
    rows = SharedDraft.objects.select_related("case_study__council", "made_by", "revision")
    shared = rows.filter(key=key).first() if key else None
    if shared is None or shared.case_study.is_withdrawn:
        return None
    return shared if shared.made_by.is_active and can_share_draft(shared.made_by, shared.case_study) else None


def version_of(shared: SharedDraft) -> CaseStudyPage:
    """The version that a link shows, without its picture, which only those may see who may see the draft."""
    page = shared.revision.as_object()
    page.picture = None
    return page
