"""Who may say and confirm that a council uses an asset, and who may promise and check what gets better."""

from django.db.models import Q, QuerySet

from accounts.models import AnyUser
from accounts.permissions import acts_as, has_role
from accounts.roles import KEEPING_THE_REGISTRY, Role
from assets_registry.models import Asset
from assets_registry.permissions import visible_assets
from core.permissions import is_one_of
from councils.models import Membership, Organisation
from councils.permissions import can_contribute_for, can_lead, can_publish_for, organisations_of
from projects.models import Project
from projects.permissions import can_facilitate
from take_up import told
from take_up.models import Adoption, Benefit, BenefitQuerySet, Commitment, Measurement


def can_see_waiting(user: AnyUser) -> bool:
    """Whether someone has a queue here: publishers and leads of any organisation, editors, the secretariat."""
    return has_role(user, *KEEPING_THE_REGISTRY) or bool(organisations_of(user, at_least=Membership.Role.PUBLISHER))


def leads_with_second_factor(user: AnyUser) -> bool:
    """Whether someone could confirm what some council says."""
    return any(can_lead(user, each) for each in organisations_of(user))


def waiting_adoptions(user: AnyUser) -> QuerySet[Adoption]:
    """The adoptions, and changes of them, that wait for this lead."""
    leads = organisations_of(user, at_least=Membership.Role.LEAD)
    return Adoption.objects.waiting().filter(council__in=leads)


def visible_adoptions(user: AnyUser) -> QuerySet[Adoption]:
    """Confirmed ones of councils that may be named, on assets one may see; one's own council's always."""
    own = organisations_of(user, at_least=Membership.Role.CONTRIBUTOR)
    shown = Q(confirmed_at__isnull=False, may_be_listed=True) | Q(council__in=own)
    return Adoption.objects.filter(shown, is_one_of(visible_assets(user), "asset"))


def can_declare_adoption(user: AnyUser, council: Organisation) -> bool:
    return council.is_council and can_contribute_for(user, council)


def can_change_adoption(user: AnyUser, adoption: Adoption) -> bool:
    return can_contribute_for(user, adoption.council)


def can_confirm_adoption(user: AnyUser, adoption: Adoption) -> bool:
    """The lead of the adopting council, with a second factor."""
    return can_lead(user, adoption.council)


def can_see_unnamed(user: AnyUser, asset: Asset) -> bool:
    """Whether someone sees councils that do not want to be named: the asset's owner, editors, the secretariat."""
    return has_role(user, *KEEPING_THE_REGISTRY) or asset.owner in organisations_of(user)


def visible_commitments(user: AnyUser) -> QuerySet[Commitment]:
    """Confirmed ones of councils that may be named, on assets one may see; one's own council's always."""
    own = organisations_of(user, at_least=Membership.Role.CONTRIBUTOR)
    shown = Q(confirmed_at__isnull=False, may_be_listed=True) | Q(council__in=own)
    return Commitment.objects.filter(shown, is_one_of(visible_assets(user), "asset"))


def waiting_commitments(user: AnyUser) -> QuerySet[Commitment]:
    """The commitments that wait for this lead."""
    return Commitment.objects.waiting().filter(council__in=organisations_of(user, at_least=Membership.Role.LEAD))


def commitments_in_the_name_of(user: AnyUser) -> QuerySet[Commitment]:
    """Those not ended that somebody proposed or took over, of councils that they still write for."""
    own = organisations_of(user, at_least=Membership.Role.CONTRIBUTOR)
    rows = Commitment.objects.filter(ended_on=None, proposed_by=user.pk, council__in=own)
    return rows.select_related("asset", "council")


def can_commit(user: AnyUser, council: Organisation) -> bool:
    return council.is_council and can_contribute_for(user, council)


def can_renew_commitment(user: AnyUser, commitment: Commitment) -> bool:
    return can_contribute_for(user, commitment.council)


def can_adopt_as_committed(user: AnyUser, commitment: Commitment) -> bool:
    return can_contribute_for(user, commitment.council)


def can_confirm_commitment(user: AnyUser, commitment: Commitment) -> bool:
    """The lead of the council that commits, with a second factor."""
    return can_lead(user, commitment.council)


def can_withdraw_commitment(user: AnyUser, commitment: Commitment) -> bool:
    """What waits: contributors of the council. What its lead confirmed: its lead, with a second factor."""
    if commitment.is_waiting:
        return can_contribute_for(user, commitment.council)
    return can_lead(user, commitment.council)


def can_claim_for_project(user: AnyUser, project: Project) -> bool:
    """Those who write for the lead council, facilitators and the secretariat."""
    if can_facilitate(user):
        return True
    return project.lead_council is not None and can_contribute_for(user, project.lead_council)


def can_claim_for_adoption(user: AnyUser, adoption: Adoption) -> bool:
    return can_contribute_for(user, adoption.council)


def can_claim_for(user: AnyUser, owner: Project | Adoption | None) -> bool:
    """A promise's project or adoption, whichever it is."""
    if isinstance(owner, Project):
        return can_claim_for_project(user, owner)
    return owner is not None and can_claim_for_adoption(user, owner)


def can_check_benefits(user: AnyUser) -> bool:
    """Analysts and the secretariat."""
    return acts_as(user, Role.ANALYST, Role.SECRETARIAT)


def can_answer_for_promise(user: AnyUser, promise: Benefit) -> bool:
    """Those who may promise for its project or adoption; of a case study's promise those who write for its council."""
    if promise.origin == Benefit.Origin.CASE_STUDY:
        return (
            user.is_authenticated and Benefit.objects.filter(told.known().answered_for_by(user), pk=promise.pk).exists()
        )
    return can_claim_for(user, promise.project or promise.adoption)


def can_measure_promise(user: AnyUser, promise: Benefit) -> bool:
    """Those who answer for it, and those who check what others measured."""
    return can_check_benefits(user) or can_answer_for_promise(user, promise)


def can_check_measurement(user: AnyUser, measurement: Measurement) -> bool:
    """Never whoever reported it, nor whoever made the promise."""
    own = {measurement.reported_by_id, measurement.promise.recorded_by_id}
    return can_check_benefits(user) and getattr(user, "pk", None) not in own


def can_plan_take_up(user: AnyUser, owner: Project | Asset | None) -> bool:
    """Of a project whoever may promise for it; of an asset those who publish for its owner, and facilitators."""
    if isinstance(owner, Project):
        return can_claim_for_project(user, owner)
    return owner is not None and (can_facilitate(user) or can_publish_for(user, owner.owner))


def measurements_to_check() -> QuerySet[Measurement]:
    """Those that wait for a check, without those of case studies that were withdrawn, which promise nothing."""
    return Measurement.objects.waiting().exclude(promise__in=_withdrawn())


def _withdrawn() -> BenefitQuerySet:
    return Benefit.objects.filter(told.known().withdrawn())


def waiting_measurements(user: AnyUser) -> QuerySet[Measurement]:
    """Reported measurements that this person may check; nothing asked of the database for anybody else."""
    if not can_check_benefits(user):
        return Measurement.objects.none()
    return measurements_to_check().exclude(Q(reported_by_id=user.pk) | Q(promise__recorded_by_id=user.pk))


def unmeasured_promises(user: AnyUser) -> QuerySet[Benefit]:
    """Promises whose day has come, of which nothing was measured, for those who check them."""
    if not can_check_benefits(user):
        return Benefit.objects.none()
    unmeasured = Benefit.objects.with_state(Benefit.State.NOT_CHECKED).filter(measurements__isnull=True)
    return unmeasured.exclude(recorded_by_id=user.pk).exclude(pk__in=_withdrawn())


def promises_answered_for(user: AnyUser) -> QuerySet[Benefit]:
    """The promises of the councils that this person writes for, those of their case studies included."""
    councils = organisations_of(user, at_least=Membership.Role.CONTRIBUTOR)
    ours = Q(project__lead_council__in=councils) | Q(adoption__council__in=councils)
    return Benefit.objects.filter(ours | told.known().answered_for_by(user) if councils else ours)


def visible_benefits(user: AnyUser) -> BenefitQuerySet:
    """Those of projects, of adoptions and case studies one may see, and for those who check them all."""
    if has_role(user, Role.ANALYST, Role.SECRETARIAT):
        return Benefit.objects.all()
    adoptions = visible_adoptions(user)
    return Benefit.objects.filter(Q(project__isnull=False) | Q(adoption__in=adoptions) | told.known().shown_to(user))
