"""Who says that what a council has published answers a need."""

from django.db.models import Q, QuerySet

from accounts.models import AnyUser
from assets_registry.models import Asset
from councils.models import Membership, Organisation
from councils.permissions import can_contribute_for, can_lead, councils_of
from projects.models import Need
from publishing.models import CaseStudyPage, NeedAnswer
from publishing.models.answer import council_of
from publishing.permissions.reading import visible_case_studies

TAKES_ANSWERS_OFF = "Whoever linked it for its council, or the council’s lead, takes it off."


def can_answer_with(user: AnyUser, record: Asset | CaseStudyPage) -> bool:
    """Contributors say which needs their own council's assets and case studies answer."""
    return can_contribute_for(user, council_of(record))


def councils_to_answer_for(user: AnyUser, need: Need) -> list[Organisation]:
    """The reader's councils that may have done it elsewhere: the one that raised the need does not answer itself."""
    own = councils_of(user, at_least=Membership.Role.CONTRIBUTOR)
    return [council for council in own if council.pk != need.council_id]


def can_take_answer_off(user: AnyUser, answer: NeedAnswer) -> bool:
    """Whoever put it there while they contribute for its council, and the council's lead."""
    linked_it = answer.linked_by_id == user.pk and can_contribute_for(user, answer.council)
    return linked_it or can_lead(user, answer.council)


def visible_answers(user: AnyUser) -> QuerySet[NeedAnswer]:
    """Those whose asset or case study stands on the site and is not withdrawn."""
    assets = Asset.objects.published()
    studies = visible_case_studies(user).filter(withdrawn_on=None)
    return NeedAnswer.objects.filter(Q(asset__in=assets.values("pk")) | Q(case_study__in=studies.values("pk")))
