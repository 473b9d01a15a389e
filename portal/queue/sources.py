"""What waits anywhere: for each kind the rows, since when each waits, with whom it is, and who may see it here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from wagtail.models import Page, TaskState

from accounts.models import AnyUser
from accounts.permissions import acts_as
from accounts.roles import Role
from assets_registry.models import Asset, ProblemReport
from core import clock
from core.words import day_in_words
from councils.models import Membership
from portal.models import QueueClaim
from projects.models import Interest, Need
from publishing.addresses import editing_address
from publishing.models import Bundle, BundlePage, CaseStudyPage, CouncilPublisherTask, NeedAnswer, NewsPage
from publishing.permissions import can_bundle, is_editor
from take_up.models import Adoption, Commitment, Measurement
from take_up.permissions import measurements_to_check

BOTH = (Role.EDITOR, Role.SECRETARIAT)
SECRETARIAT = (Role.SECRETARIAT,)


@dataclass(frozen=True)
class Waits:
    """One row in words: what it is, where it is read, and with whom it is now."""

    title: str
    url: str
    whose: str


@dataclass(frozen=True)
class QueueSource:
    """A kind of thing that waits: its rows, the field that says since when, and each row in words."""

    kind: str
    name: str
    roles: tuple[Role, ...]
    rows: Callable[[], QuerySet]
    since: str
    said: Callable[[Any, AnyUser], Waits]
    is_own: Callable[[Any, AnyUser], bool] = lambda row, user: False  # whether somebody else has to deal with it

    def is_seen_by(self, user: AnyUser) -> bool:
        return acts_as(user, *self.roles)


def _unanswered_needs() -> QuerySet[Need]:
    """Open needs that no discovery took up and that no council has answered."""
    answered = NeedAnswer.objects.filter(need=OuterRef("pk"))
    return Need.objects.open().filter(~Exists(answered), discovery=None).select_related("council")


def _need(need: Need, user: AnyUser) -> Waits:
    return Waits(need.title, need.get_absolute_url(), "facilitators")


def _adoptions() -> QuerySet[Adoption]:
    return Adoption.objects.waiting().select_related("asset", "council")


def _of_lead(record: Adoption | Commitment, user: AnyUser) -> Waits:
    return Waits(f"{record.council}: {record.asset}", record.asset.get_absolute_url(), f"{record.council}’s lead")


def _entries() -> QuerySet[Asset]:
    waiting = Asset.objects.filter(state__in=(Asset.State.WITH_PUBLISHER, Asset.State.WITH_EDITOR))
    return waiting.select_related("owner")


def _entry(asset: Asset, user: AnyUser) -> Waits:
    with_owner = asset.state == Asset.State.WITH_PUBLISHER
    return Waits(
        asset.name, asset.get_absolute_url(), f"{asset.owner}’s publisher" if with_owner else "an Alliance editor"
    )


def _pages() -> QuerySet[TaskState]:
    waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    return waiting.select_related("task__content_type", "workflow_state__requested_by")


def _page(state: TaskState, user: AnyUser) -> Waits:
    """A page that waits for approval; its title to editors alone, who see every draft."""
    page: Page = state.waiting_page  # type: ignore[attr-defined]  # read for all of them at once by `rows_of`
    council = page.council if isinstance(page, CaseStudyPage) else None
    kind = f"Case study of {council}" if council else "News"
    is_with_council = state.task.content_type.model_class() is CouncilPublisherTask
    whose = f"{council}’s publisher" if is_with_council else "an Alliance editor"
    if is_editor(user):
        return Waits(f"{page.draft_title} ({kind})", editing_address(page), whose)
    asker = state.workflow_state.requested_by
    return Waits(f"{kind}, handed in by {asker}" if asker else kind, "", whose)


def _asked_for(state: TaskState, user: AnyUser) -> bool:
    """Whether this person asked for the approval: nobody approves alone what they wrote."""
    return state.workflow_state.requested_by_id == user.pk


def _memberships() -> QuerySet[Membership]:
    return Membership.objects.filter(state=Membership.State.CANDIDATE).select_related("person", "organisation")


def _membership(place: Membership, user: AnyUser) -> Waits:
    organisation = place.organisation
    title = f"{place.person} asks to join {organisation}"
    return Waits(title, organisation.get_absolute_url(), f"{organisation}’s lead, or the secretariat")


def _reports() -> QuerySet[ProblemReport]:
    return ProblemReport.objects.filter(state=ProblemReport.State.OPEN).select_related("asset__owner")


def _report(report: ProblemReport, user: AnyUser) -> Waits:
    title = f"{report.asset}: {report.get_reason_display().lower()}"
    return Waits(title, report.asset.get_absolute_url(), f"{report.asset.owner}’s publisher")


def _measurements() -> QuerySet[Measurement]:
    return measurements_to_check().select_related("promise")


def _measurement(measurement: Measurement, user: AnyUser) -> Waits:
    title = f"{measurement.promise}, measured on {day_in_words(measurement.measured_on)}"
    return Waits(title, measurement.promise.get_absolute_url(), "an analyst or the secretariat")


def _offers() -> QuerySet[Interest]:
    return Interest.objects.open().select_related("project__lead_council", "council")


def _offer(offer: Interest, user: AnyUser) -> Waits:
    lead = offer.project.lead_council
    title = f"{offer.council} to “{offer.project}”: {offer.get_kind_display().lower()}"
    return Waits(title, offer.get_absolute_url(), f"{lead}’s publisher" if lead else "facilitators")


def _overdue_bundles() -> QuerySet[Bundle]:
    """The bundles whose moment has come and that are held all the same, because a page in them is not approved."""
    held = Bundle.objects.held().annotate(due_at=Coalesce("releases_at", "event__starts_at"))
    return held.filter(Exists(BundlePage.objects.filter(bundle=OuterRef("pk"))), due_at__lt=clock.now())


def _bundle(bundle: Bundle, user: AnyUser) -> Waits:
    address = reverse("publishing:bundle", args=[bundle.pk]) if can_bundle(user) else ""
    title = f"Bundle “{bundle}” was not released on time: something in it is not approved"
    return Waits(title, address, "Alliance editors")


SOURCES = (
    QueueSource("needs", "Needs", BOTH, _unanswered_needs, "raised_at", _need),
    QueueSource("pages", "Case studies and news", BOTH, _pages, "started_at", _page, is_own=_asked_for),
    QueueSource("bundles", "Bundles not released", BOTH, _overdue_bundles, "due_at", _bundle),
    QueueSource("entries", "First assets", BOTH, _entries, "updated_at", _entry),
    QueueSource("reports", "Reported problems", BOTH, _reports, "reported_at", _report),
    QueueSource("adoptions", "Adoptions", SECRETARIAT, _adoptions, "declared_at", _of_lead),
    QueueSource("commitments", "Commitments", SECRETARIAT, Commitment.objects.waiting, "proposed_at", _of_lead),
    QueueSource("memberships", "Memberships", SECRETARIAT, _memberships, "created_at", _membership),
    QueueSource("measurements", "Measurements", SECRETARIAT, _measurements, "reported_at", _measurement),
    QueueSource("offers", "Offers to projects", SECRETARIAT, _offers, "created_at", _offer),
)
BY_KIND = {source.kind: source for source in SOURCES}


def stands(claim: QueueClaim) -> bool:
    """Whether somebody still sees what they have taken; not after a change of roles or a closed account."""
    return claim.person.is_active and BY_KIND[claim.kind].is_seen_by(claim.person)


def rows_of(source: QueueSource, most: int) -> list[Any]:
    """Its rows that have waited longest, each with what its words need."""
    rows = list(source.rows().order_by(source.since, "pk")[:most])
    if source.kind == "pages":
        keys = [int(state.workflow_state.object_id) for state in rows]
        pages: dict[int, Page] = {**CaseStudyPage.objects.select_related("council").in_bulk(keys)}
        pages |= NewsPage.objects.in_bulk([key for key in keys if key not in pages])
        rows = [state for state in rows if int(state.workflow_state.object_id) in pages]
        for state in rows:
            state.waiting_page = pages[int(state.workflow_state.object_id)]
    return rows
