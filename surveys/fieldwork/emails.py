"""The messages to people who are asked to answer. Each holds their own link, which is their right to answer."""

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import User
from core.words import moment_in_words
from outbox.kinds import Letter, kind
from surveys.fieldwork.models import SurveyInvitation
from surveys.fieldwork.queries import is_taken

NO_LONGER = (SurveyInvitation.State.HANDED_IN, SurveyInvitation.State.DECLINED)


def _invitations() -> QuerySet[SurveyInvitation]:
    return SurveyInvitation.objects.select_related("fieldwork__wave", "organisation")


def link_of(invitation: SurveyInvitation) -> str:
    """The whole address at which somebody answers."""
    return settings.BASE_URL + reverse("surveys:answer", args=[invitation.reference])


def _letter(template: str, one: SurveyInvitation) -> Letter:
    context = {"invitation": one, "wave": one.fieldwork.wave, "url": link_of(one)}
    return Letter(f"emails/survey_{template}", context | {"until": moment_in_words(one.fieldwork.closes_at)})


@kind("surveys.invitation", "You are asked to answer the annual survey", about=_invitations, holds_a_right=True)
def invitation(one: SurveyInvitation, to: User | None) -> Letter | None:
    """The invitation, unless the survey has closed meanwhile."""
    return _letter("invitation", one) if is_taken(one.fieldwork) else None


@kind(
    "surveys.reminder",
    "You were asked to answer the annual survey, and have not yet",
    about=_invitations,
    holds_a_right=True,
)
def reminder(one: SurveyInvitation, to: User | None) -> Letter | None:
    """The reminder, unless they have handed in meanwhile, or asked for none."""
    return _letter("reminder", one) if is_taken(one.fieldwork) and one.state not in NO_LONGER else None


@kind("surveys.way_back", "You asked for the link to go on with the survey", about=_invitations, holds_a_right=True)
def way_back(one: SurveyInvitation, to: User | None) -> Letter | None:
    """The link to go on, unless they have handed in meanwhile."""
    is_over = one.state == SurveyInvitation.State.HANDED_IN or not is_taken(one.fieldwork)
    return None if is_over else _letter("way_back", one)
