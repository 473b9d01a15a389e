"""What Wagtail’s admin asks about pages, answered by who writes for which council."""

from typing import Any

from django.db.models import F, QuerySet
from wagtail.models import Page, PagePermissionTester
from wagtail.permission_policies.pages import PagePermissionPolicy

from accounts.models import AnyUser
from councils.permissions import can_contribute_for
from publishing.models import CaseStudyPage
from publishing.models.bundle import bundle_holding
from publishing.permissions.reading import case_studies_behind_the_scenes, is_editor
from publishing.permissions.writing import publishes_alone

CONTRIBUTORS = "Council contributors"  # the Django group that opens Wagtail's admin to them; kept by receivers


def may_meet_in_admin(user: AnyUser, page_keys: list[int]) -> bool:
    """Whether none of these pages is another council's case study with words that are not on the site."""
    if user.is_superuser or is_editor(user):
        return True
    unpublished = CaseStudyPage.objects.filter(pk__in=page_keys).exclude(live=True, draft_title=F("title"))
    return not unpublished.exclude(pk__in=case_studies_behind_the_scenes(user).values("pk")).exists()


class CouncilPagePolicy(PagePermissionPolicy):
    """Wagtail's rule for pages, except that contributors find no other council's case studies in the admin's lists."""

    def explorable_instances(self, user: Any) -> QuerySet[Page]:
        pages = super().explorable_instances(user)
        if user.is_superuser or is_editor(user):
            return pages
        others = CaseStudyPage.objects.exclude(pk__in=case_studies_behind_the_scenes(user).values("pk"))
        return pages.exclude(pk__in=others.values("pk"))


class IndexPermissionTester(PagePermissionTester):
    """Wagtail's questions about the page that others stand under."""

    def can_publish_subpage(self) -> bool:
        """Whoever begins a page would publish it alone."""
        return False

    def can_edit(self) -> bool:
        """Whoever writes what stands in a list does not write the list."""
        return super().can_edit() and (self.user.is_superuser or is_editor(self.user))


class EditorialPermissionTester(PagePermissionTester):
    """Wagtail's questions about a page that two people publish, and whose address stays once it was public."""

    def can_publish(self) -> bool:
        """Whoever publishes, but not past the bundle that holds the page."""
        return self.gives_approval() and (self.page.pk is None or bundle_holding(self.page.pk) is None)

    def gives_approval(self) -> bool:
        """Whether a version may go onto the site by this person's word, at once or with its bundle."""
        return self._publishes() and not publishes_alone(self.user, self.page)

    def _publishes(self) -> bool:
        return super().can_publish()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Whoever began a draft, and editors. What was public leaves a trace: only superusers remove it whole."""
        was_public = self.page.live or self.page.first_published_at is not None
        is_theirs = self.page.owner_id == self.user.pk or is_editor(self.user)
        return super().can_delete(ignore_bulk) and (self.user.is_superuser or (is_theirs and not was_public))


class CaseStudyPermissionTester(EditorialPermissionTester):
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
        """Its council and the editors delete drafts that were never public."""
        if not self.user.is_active:
            return False
        was_public = self.page.live or self.page.first_published_at is not None
        return self.user.is_superuser or ((self._is_editor or self._is_theirs) and not was_public)

    def _publishes(self) -> bool:
        return self.user.is_active and self._is_editor

    def can_unpublish(self) -> bool:
        return super().can_unpublish() and self._is_editor

    def can_submit_for_moderation(self) -> bool:
        return super().can_submit_for_moderation() and self.can_edit()

    def can_view_revisions(self) -> bool:
        return super().can_view_revisions() and self.can_edit()

    def can_lock(self) -> bool:
        return self.can_edit() and super().can_lock()
