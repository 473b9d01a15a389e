"""Who verifies and follows up what a case study says in figures, and whose its promises are."""

from django.db.models import Q, QuerySet

from accounts.models import AnyUser
from accounts.permissions import acts_as
from accounts.roles import Role
from councils.models import Membership, Organisation
from councils.permissions import can_contribute_for, councils_of, organisations_of
from publishing.models import CaseStudyPage, EvidenceCheck
from publishing.permissions.reading import public_pages, visible_case_studies
from publishing.permissions.writing import can_write_case_study_for


def can_ask_for_a_check(user: AnyUser, page: CaseStudyPage) -> bool:
    """Those who write for its council, and Alliance editors."""
    return can_write_case_study_for(user, page.council)


def may_check_figures_of(user: AnyUser, page: CaseStudyPage) -> list[Organisation]:
    """The other organisations for which this person may verify its figures.

    None for whoever wrote in it, or belongs to its council as well: a council does not verify itself.
    """
    if page.owner_id == user.pk or page.revisions.filter(user=user.pk).exists():
        return []
    organisations = organisations_of(user)
    return [] if page.council in organisations else list(organisations)


def can_answer_check(user: AnyUser, check: EvidenceCheck) -> bool:
    """The person who was asked, while they belong to the organisation they were asked for."""
    return check.person_id == user.pk and check.organisation in may_check_figures_of(user, check.case_study)


def can_follow_up(user: AnyUser, page: CaseStudyPage) -> bool:
    """Those who write for its council, and the secretariat, say whether it still runs, and what the figure is."""
    return can_contribute_for(user, page.council) or acts_as(user, Role.SECRETARIAT)


def promises_of_visible_case_studies(user: AnyUser) -> Q:
    """The promises that published case studies make, for the ledger; a withdrawn one promises nothing."""
    return Q(of_case_study__case_study__in=visible_case_studies(user).filter(withdrawn_on=None).values("pk"))


def promises_of_withdrawn_case_studies() -> Q:
    """The promises that nobody makes any more."""
    return Q(of_case_study__case_study__withdrawn_on__isnull=False)


def promises_told_by(council: Organisation) -> Q:
    """The promises that case studies of one council make, as far as they are on the site."""
    told = public_pages(CaseStudyPage.objects.filter(council=council, withdrawn_on=None))
    return Q(of_case_study__case_study__in=told.values("pk"))


def promises_of_case_studies_by(councils: QuerySet[Organisation]) -> Q:
    """The promises that case studies of these councils make."""
    return Q(of_case_study__case_study__council__in=councils)


def promises_of_own_case_studies(user: AnyUser) -> Q:
    """The promises for which those who write for the council answer, while the case study is on the site."""
    councils = councils_of(user, at_least=Membership.Role.CONTRIBUTOR)
    own = visible_case_studies(user).filter(withdrawn_on=None, council__in=councils)
    return Q(of_case_study__case_study__in=own.values("pk"))
