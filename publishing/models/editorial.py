"""Pages whose words somebody else than their writer approves: what counts as a change, and who wrote it."""

import datetime as dt
import json
import re
from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import QuerySet
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.locks import BaseLock, ScheduledForPublishLock
from wagtail.models import COMMENTS_RELATION_NAME, Page, PagePermissionTester, Revision, TaskState, WorkflowState

from core import clock
from councils.models import Organisation
from publishing.blocks.field import blocks_in
from publishing.models.bundle import bundle_holding

# What a version carries beside its words.
_BOOKKEEPING = {field.name for field in Page._meta.local_fields} - {
    "title",
    "slug",
    "seo_title",
    "search_description",
    "show_in_menus",
    "go_live_at",
    "expire_at",
}
_BOOKKEEPING |= {"page_ptr", "withdrawn_on", "withdrawn_reason"}
# What the editor of a version keeps in it and no reader reads: when it comes and goes, and what editors remark.
_UNREAD = {"go_live_at", "expire_at", "show_in_menus", COMMENTS_RELATION_NAME}
# Given anew to words that came without; within blocks, whose version is a text of JSON, its quotes are escaped.
_EDITORS_MARK = re.compile(r' data-block-key=(\\?")[^"\\]*\1')


def said_in(content: dict[str, Any]) -> dict[str, Any]:
    """What a version says, so that two can be compared: no bookkeeping, no marks of the editor, single spaces."""
    plain = json.loads(json.dumps(content, cls=DjangoJSONEncoder))
    return {
        name: " ".join(_EDITORS_MARK.sub("", _in_one_order(value)).split()) if isinstance(value, str) else value
        for name, value in plain.items()
        if name not in _BOOKKEEPING
    }


def _in_one_order(text: str) -> str:
    """A text; of blocks with their keys in order, which PostgreSQL keeps in another than they were written in."""
    blocks = blocks_in(text)
    return text if blocks is None else json.dumps(blocks, sort_keys=True)


def words_of(content: dict[str, Any]) -> dict[str, Any]:
    """What readers of a version read, whenever it is to be published."""
    return {name: value for name, value in said_in(content).items() if name not in _UNREAD}


def _steps_under_way(revision: Revision | None) -> QuerySet[TaskState]:
    """The steps at which this version waits, or has been approved, on a way to publication that has not ended."""
    ways = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)
    steps = (TaskState.STATUS_IN_PROGRESS, TaskState.STATUS_APPROVED)
    return TaskState.objects.filter(revision=revision, status__in=steps, workflow_state__status__in=ways)


def title_panel(example: str) -> TitleFieldPanel:
    """The title, with an example of a good one."""
    return TitleFieldPanel("title", heading="Title", placeholder="Title", help_text=f"A few words: “{example}”")


def found_by_panel() -> MultiFieldPanel:
    """What leads readers to a page, in place of Wagtail's second tab: half of that, no page of ours would show."""
    return MultiFieldPanel(
        [
            FieldPanel(
                "slug",
                heading="Last part of the address",
                help_text="Made from the title. If it changes later, the old address leads to the new one.",
            ),
            FieldPanel(
                "search_description",
                heading="Sentence for search engines",
                help_text="Left empty, they are given the summary.",
            ),
        ],
        heading="How it is found",
    )


def hold_councils(keys: Iterable[int | None]) -> None:
    """Lock the councils of these keys, in one order, until the transaction ends; called before any page is locked.

    Whoever reorganises a council or hands its work over holds the council first and then its pages.
    """
    rows = Organisation.objects.select_for_update(no_key=True).filter(pk__in={key for key in keys if key})
    list(rows.order_by("pk"))


class Tested:
    """A page about which Wagtail asks a tester of ours."""

    # Set when the app is ready: page types hold fields, who may do what stands in publishing.permissions.
    permission_tester: type[PagePermissionTester] = PagePermissionTester

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return self.permission_tester(user, self)  # type: ignore[arg-type]  # mixed into a page


class ApprovedForLater(ScheduledForPublishLock):
    """Closes a page that is approved and not on the site yet. The day that Wagtail gives is not true in a bundle."""

    def get_message(self, user: Any) -> str:
        closed = "Approved, and closed until it goes onto the site: “Where it stands” says when."
        if bundle_holding(self.object.pk):
            return f"{closed} To change it before, an Alliance editor takes it out of its bundle."
        return f"{closed} To change it before, somebody who may publish it cancels that."

    def get_locked_by(self, user: Any) -> str:
        return "Approved"

    def get_description(self, user: Any) -> str:
        return "Closed until it goes onto the site. “Where it stands” says when."


class Editorial(Tested):
    """A page that two people publish: one writes, another approves. Saving it without a change makes no new version."""

    saved_nothing = False

    def save_revision(
        self,
        *args: Any,
        previous_revision: Revision | None = None,
        overwrite_revision: Revision | None = None,
        **kwargs: Any,
    ) -> Revision:
        """A new version; or the last one, where nothing was changed.

        With words that readers read as before, the new one has the approvals of the last. A version that somebody
        has approved is not written over.
        """
        latest, now = self.get_latest_revision(), self.serializable_data()  # type: ignore[attr-defined]  # a page has both
        if latest is not None and previous_revision is None and said_in(latest.content) == said_in(now):
            self.saved_nothing = True
            return latest
        steps = _steps_under_way(latest)
        if overwrite_revision is not None and steps.filter(status=TaskState.STATUS_APPROVED).exists():
            overwrite_revision = None
        has_same_words = latest is not None and words_of(latest.content) == words_of(now)
        revision = super().save_revision(  # type: ignore[misc]  # of the class it is mixed into
            *args, previous_revision=previous_revision, overwrite_revision=overwrite_revision, **kwargs
        )
        if has_same_words:
            steps.update(revision=revision)
        return revision

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> Any:
        """Put a version onto the site; while a bundle holds the page, it is only approved and waits for the release."""
        with transaction.atomic():
            hold_councils([self.council_key, revision.content.get("council")])
            # Locked, so that it is put into no bundle meanwhile.
            Page.objects.select_for_update(of=("self",)).get(pk=self.pk)  # type: ignore[attr-defined]  # mixed into a page
            if bundle := bundle_holding(self.pk):  # type: ignore[attr-defined]  # mixed into a page
                # Wagtail keeps a version off the site whose own moment has not come; what is stored keeps its own.
                later = max(bundle.moment or clock.now(), clock.now() + dt.timedelta(minutes=1))
                revision.content = {**revision.content, "go_live_at": later.isoformat()}
                # Nobody publishes what is held, but whoever approves it says that it may go out with the others.
                user = kwargs.get("user")
                kwargs["skip_permission_checks"] = user is None or self.permissions_for_user(user).gives_approval()  # type: ignore[attr-defined]  # a tester of ours
            return super().publish(revision, *args, **kwargs)  # type: ignore[misc]  # of the class it is mixed into

    def unpublish(self, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            hold_councils([self.council_key])
            return super().unpublish(*args, **kwargs)  # type: ignore[misc]  # of the class it is mixed into

    @property
    def council_key(self) -> int | None:
        """The council whose page it is, where it is a council's."""
        return getattr(self, "council_id", None)

    def get_lock(self) -> BaseLock | None:
        """Why nobody changes it for now, in our words."""
        lock = super().get_lock()  # type: ignore[misc]  # of the class it is mixed into
        return ApprovedForLater(self) if isinstance(lock, ScheduledForPublishLock) else lock

    def writers(self) -> set[int]:
        """The keys of those who changed the words since they were last published."""
        if self.pk is None:  # type: ignore[attr-defined]  # mixed into a page
            return set()
        revisions = self.revisions.order_by("created_at", "pk")  # type: ignore[attr-defined]  # mixed into a page
        live = self.live_revision  # type: ignore[attr-defined]  # mixed into a page
        said: dict[str, Any] = words_of(live.content) if live else {}
        found = set()
        for revision in revisions.filter(created_at__gt=live.created_at) if live else revisions:
            words = words_of(revision.content)
            if words != said and revision.user_id:
                found.add(revision.user_id)
            said = words
        return found

    def is_approved_by_another_than(self, user: Any) -> bool:
        """Whether somebody else has approved the last version."""
        approvals = TaskState.objects.filter(
            revision=self.latest_revision_id,  # type: ignore[attr-defined]  # mixed into a page
            status=TaskState.STATUS_APPROVED,
        )
        return approvals.exclude(finished_by=user).exists()
