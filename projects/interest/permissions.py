"""Who may offer something to a project, read what was offered, and answer it."""

from django.db.models import Q

from accounts.models import AnyUser
from councils.models import Membership, Organisation
from councils.permissions import can_contribute_for, councils_of, organisations_of
from projects.interest.models import Interest, InterestQuerySet
from projects.permissions import can_facilitate
from projects.portfolio.models import Project
from projects.portfolio.permissions import can_edit_project


def can_offer_for(user: AnyUser, council: Organisation) -> bool:
    """Contributors of that council while it exists."""
    return council.is_council and can_contribute_for(user, council)


def councils_to_offer_for(user: AnyUser, project: Project) -> list[Organisation]:
    """The councils for which someone may offer something to a project: all of theirs but the one that leads it."""
    own = councils_of(user, at_least=Membership.Role.CONTRIBUTOR)
    return [council for council in own if council.pk != project.lead_council_id]


def can_answer_interest(user: AnyUser, interest: Interest) -> bool:
    """Whoever may change the project: the leading council's publishers, facilitators, the secretariat."""
    return can_edit_project(user, interest.project)


def visible_interests(user: AnyUser) -> InterestQuerySet:
    """Those of one's own councils, and of the projects that one may change; everybody else sees only counts."""
    if not user.is_authenticated:
        return Interest.objects.none()
    if can_facilitate(user):
        return Interest.objects.all()
    own = organisations_of(user, at_least=Membership.Role.CONTRIBUTOR)
    leads = organisations_of(user, at_least=Membership.Role.PUBLISHER)
    return Interest.objects.filter(Q(council__in=own) | Q(project__lead_council__in=leads))


def interests_to_one_s_projects(user: AnyUser) -> InterestQuerySet:
    """Those to projects that somebody’s councils lead; facilitators and the secretariat answer all."""
    if can_facilitate(user):
        return Interest.objects.all()
    leads = organisations_of(user, at_least=Membership.Role.PUBLISHER)
    return Interest.objects.filter(project__lead_council__in=leads)


def answers_interests(user: AnyUser) -> bool:
    """Whoever may lead a project: publishers and leads of a council, facilitators, the secretariat."""
    return can_facilitate(user) or bool(organisations_of(user, at_least=Membership.Role.PUBLISHER))
