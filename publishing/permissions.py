"""Who may read which pages, and who may do what with a council's case studies in the admin."""

from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from wagtail.models import Page, PagePermissionTester, PageViewRestriction

from accounts.models import AnyUser
from accounts.permissions import acts_as
from accounts.roles import Role
from councils.models import Membership
from councils.permissions import can_contribute_for, can_publish_for, councils_of
from publishing.models import CaseStudyPage, NewsPage

CONTRIBUTORS = "Council contributors"  # the Django group that opens Wagtail's admin to them; kept by receivers

_RESTRICTED = PageViewRestriction.objects.annotate(
    below=ExpressionWrapper(OuterRef("path"), output_field=CharField())
).filter(below__startswith=F("page__path"))


def public_pages(pages: QuerySet) -> QuerySet:
    """Those of `pages` that are live and that no restriction on them or above them hides."""
    return pages.filter(~Exists(_RESTRICTED), live=True)


def visible_case_studies(user: AnyUser) -> QuerySet[CaseStudyPage]:
    """Published ones, the withdrawn with their tombstone included: what stands at a public address."""
    return public_pages(CaseStudyPage.objects.all())


def visible_news(user: AnyUser) -> QuerySet[NewsPage]:
    return public_pages(NewsPage.objects.all())


def reader_groups(page: Page) -> list[str]:
    """Who may find a page: everyone, the people its restriction names, or nobody while it is a draft."""
    if not page.live:
        return []
    restrictions = list(page.get_view_restrictions().prefetch_related("groups"))
    if not restrictions:
        return ["everyone"]
    if len(restrictions) > 1 or restrictions[0].restriction_type != PageViewRestriction.GROUPS:
        return ["role:nobody"]  # several conditions at once cannot be told to an index: only the page itself answers
    return [f"role:{group.name}" for group in restrictions[0].groups.all()]


def is_editor(user: AnyUser) -> bool:
    return acts_as(user, Role.EDITOR)


def can_write_case_study_for(user: AnyUser, council: Any) -> bool:
    return is_editor(user) or can_contribute_for(user, council)


def can_withdraw_case_study(user: AnyUser, page: CaseStudyPage) -> bool:
    """The council's publisher takes back what the council said; an Alliance editor may too."""
    return page.live and not page.is_withdrawn and (is_editor(user) or can_publish_for(user, page.council))


def case_studies_to_edit(user: AnyUser) -> Q:
    """Which case studies someone may see behind the scenes, as a filter for lists of the admin."""
    return Q(council__in=councils_of(user, at_least=Membership.Role.CONTRIBUTOR))


class CaseStudyPermissionTester(PagePermissionTester):
    """Wagtail's questions about one case study, answered by council; nothing is published past the workflow."""

    def __init__(self, user: Any, page: CaseStudyPage) -> None:
        super().__init__(user, page)
        self._is_editor = user.is_superuser or is_editor(user)
        self._is_theirs = page.council_id is not None and can_contribute_for(user, page.council)

    def can_edit(self) -> bool:
        if not self.user.is_active:
            return False
        if self._is_editor or self._is_theirs:
            return True
        task = self.page.current_workflow_task
        return bool(task and task.user_can_access_editor(self.page, self.user))

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """A contributor deletes drafts that were never public; what was public is withdrawn and leaves a trace."""
        if not self.user.is_active:
            return False
        return self._is_editor or (self._is_theirs and not self.page.live and self.page.first_published_at is None)

    def can_publish(self) -> bool:
        return self.user.is_active and self._is_editor

    def can_unpublish(self) -> bool:
        return super().can_unpublish() and self._is_editor

    def can_submit_for_moderation(self) -> bool:
        return super().can_submit_for_moderation() and self.can_edit()

    def can_view_revisions(self) -> bool:
        return super().can_view_revisions() and self.can_edit()

    def can_lock(self) -> bool:
        return self.can_edit() and super().can_lock()
