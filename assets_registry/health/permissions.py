"""Who may report a problem, answer it, hand an entry over, and see what stewards look after."""

from django.db.models import QuerySet

from accounts.models import AnyUser
from accounts.permissions import acts_as, has_role
from accounts.roles import KEEPING_THE_REGISTRY, Role
from assets_registry.models import Asset, ProblemReport
from assets_registry.permissions import can_approve_assets, can_edit_asset
from assets_registry.queries import has_published
from councils.models import Membership, Organisation
from councils.permissions import can_contribute_for, can_lead, can_publish_for, organisations_of


def can_report_problem(user: AnyUser, asset: Asset) -> bool:
    """Whoever is signed in, of what is published."""
    return user.is_authenticated and user.is_active and asset.is_published


def can_see_problems(user: AnyUser, asset: Asset) -> bool:
    """Whether someone sees how many problems are open: those who write for the owner, editors, the secretariat."""
    return has_role(user, *KEEPING_THE_REGISTRY) or can_contribute_for(user, asset.owner)


def visible_problems(user: AnyUser) -> QuerySet[ProblemReport]:
    """The reports that someone may read whole: those on entries that their organisations publish; stewards' all."""
    if has_role(user, *KEEPING_THE_REGISTRY):
        return ProblemReport.objects.all()
    return ProblemReport.objects.filter(asset__owner__in=organisations_of(user, at_least=Membership.Role.PUBLISHER))


def can_answer_problem(user: AnyUser, report: ProblemReport) -> bool:
    """Those who may change what is published."""
    return can_edit_asset(user, report.asset)


def can_hand_over_asset(user: AnyUser, asset: Asset) -> bool:
    """The lead of the organisation that owns it, or the secretariat."""
    return not asset.is_withdrawn and (can_lead(user, asset.owner) or acts_as(user, Role.SECRETARIAT))


def can_hand_asset_to(user: AnyUser, to: Organisation) -> bool:
    """Whether an organisation gets an entry of another by this person's word.

    Those who pass first entries give it to any, once it has agreed; who publishes for it takes it, where it has
    published an entry of its own.
    """
    return can_approve_assets(user) or (can_publish_for(user, to) and has_published(to))


def can_answer_checklist(user: AnyUser, asset: Asset) -> bool:
    """Those who may change the entry."""
    return can_edit_asset(user, asset)


def can_see_stewards(user: AnyUser) -> bool:
    """Whether someone has the table of entries that need care: stewards of all, publishers and leads of their own."""
    own = organisations_of(user, at_least=Membership.Role.PUBLISHER)
    return has_role(user, *KEEPING_THE_REGISTRY) or bool(own)


def stewarded_assets(user: AnyUser) -> QuerySet[Asset]:
    """The published entries whose health someone looks after."""
    published = Asset.objects.filter(state=Asset.State.PUBLISHED)
    if has_role(user, *KEEPING_THE_REGISTRY):
        return published
    return published.filter(owner__in=organisations_of(user, at_least=Membership.Role.PUBLISHER))
