"""The pages on which analysts and the secretariat run a wave: its response, whom it invites, the day it closes.

No answer stands on any of them, and no total: there is none before the close.
"""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import SignedInRequest
from core.answering import answered, posted, pressed
from core.listing import listed
from core.permissions import allow
from core.tables import table_response, wants_table
from core.words import counted
from surveys.fieldwork import operations
from surveys.fieldwork.forms import CloseForm, InvitationForm, PeopleForm
from surveys.fieldwork.lists import invitations_to
from surveys.fieldwork.models import Fieldwork, SurveyInvitation
from surveys.fieldwork.pages import not_named, running_page
from surveys.fieldwork.permissions import BECAUSE, can_run_surveys
from surveys.fieldwork.queries import people_asked, roles_of, runnings, to_remind
from surveys.fieldwork.reading import template

for_those_who_run_it = allow(can_run_surveys, because=BECAUSE)


def running_of(year: int) -> Fieldwork:
    """The running of a year's wave; not found where that year is not run here."""
    return get_object_or_404(runnings(), wave__year=year)


@for_those_who_run_it
@require_safe
def running(request: SignedInRequest, year: int) -> HttpResponse:
    """How a wave stands: its state, who has answered by type of council, and what to do next."""
    return render(request, "surveys/running.html", running_page(running_of(year)))


@for_those_who_run_it
@require_http_methods(["GET", "HEAD", "POST"])
def open_survey(request: SignedInRequest, year: int) -> HttpResponse:
    """What opening does; by post it opens."""
    fieldwork = running_of(year)
    home = reverse("surveys:running", args=[year])
    if request.method == "POST":
        return pressed(
            request, operations.open_fieldwork, fieldwork,
            said="The survey is open. Everybody who is invited is sent their link.", to=home,
        )  # fmt: skip
    context = {
        "fieldwork": fieldwork,
        "wave": fieldwork.wave,
        "why_not": operations.why_not_opened(fieldwork),
        "invited": people_asked(fieldwork).invited,
    }
    return render(request, "surveys/open.html", context)


@for_those_who_run_it
@require_http_methods(["GET", "HEAD", "POST"])
def remind(request: SignedInRequest, year: int) -> HttpResponse:
    """Whom a reminder goes to; by post it goes."""
    fieldwork = running_of(year)
    home = reverse("surveys:running", args=[year])
    if request.method == "POST":
        return pressed(
            request, operations.remind, fieldwork,
            said=lambda number: f"{counted(number, 'person is', 'people are')} reminded.", to=home, back=home,
        )  # fmt: skip
    context = {"fieldwork": fieldwork, "wave": fieldwork.wave, "number": to_remind(fieldwork).count()}
    return render(request, "surveys/remind.html", context)


@for_those_who_run_it
@require_http_methods(["GET", "HEAD", "POST"])
def change_close(request: SignedInRequest, year: int) -> HttpResponse:
    """The form of the moment at which a wave closes."""
    fieldwork = running_of(year)
    form = CloseForm(posted(request), initial={"closes_at": fieldwork.closes_at})
    home = reverse("surveys:running", args=[year])
    done = answered(request, form, operations.move_close, fieldwork, said="The survey closes then.", to=home)
    return done or render(
        request, "surveys/close_day.html", {"fieldwork": fieldwork, "wave": fieldwork.wave, "form": form}
    )


@for_those_who_run_it
@require_safe
def invitations(request: SignedInRequest, year: int) -> HttpResponseBase:
    """Who is invited; as a file too."""
    fieldwork = running_of(year)

    def beside(one: SurveyInvitation) -> str:
        if one.state == SurveyInvitation.State.HANDED_IN or fieldwork.has_ended:
            return ""
        address = reverse("surveys:invitation_withdraw", args=[year, one.pk])
        hidden = format_html('<span class="govuk-visually-hidden"> the invitation of {}</span>', one.name or one.email)
        return format_html('<a class="govuk-link" href="{}">Take back{}</a>', address, hidden)

    about = {
        "fieldwork": fieldwork,
        "wave": fieldwork.wave,
        "not_named": not_named(fieldwork, fieldwork.invitations.count()),
    }
    return listed(request, invitations_to(fieldwork), "surveys/invitations.html", beside=beside, **about)


@for_those_who_run_it
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: SignedInRequest, year: int) -> HttpResponse:
    """The form of one person to invite."""
    fieldwork = running_of(year)
    form = InvitationForm(posted(request), fieldwork=fieldwork)
    done = answered(
        request, form, operations.invite_to_survey, fieldwork,
        said=lambda one: f"{one.name or one.email} is invited, at level {one.level}.",
        to=reverse("surveys:invite", args=[year]),
    )  # fmt: skip
    return done or render(
        request, "surveys/invite.html", {"fieldwork": fieldwork, "wave": fieldwork.wave, "form": form}
    )


@for_those_who_run_it
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: SignedInRequest, year: int) -> HttpResponseBase:
    """The form of a file of people to invite; with `format` the empty table."""
    fieldwork = running_of(year)
    if wants_table(request):
        return table_response(request, template())
    form = PeopleForm(posted(request), request.FILES or None, fieldwork=fieldwork)

    def said(number: int) -> str:
        known = len(form.answers["people"]) - number
        rest = f" {counted(known, 'person was invited or has', 'people were invited or have')} answered already."
        return f"{counted(number, 'person is', 'people are')} invited.{rest if known else ''}"

    to = reverse("surveys:invitations", args=[year])
    done = answered(request, form, operations.invite_all, fieldwork, said=said, to=to)
    context: dict[str, Any] = {"fieldwork": fieldwork, "wave": fieldwork.wave, "form": form}
    return done or render(request, "surveys/upload.html", context | {"roles": roles_of(fieldwork)})


@for_those_who_run_it
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedInRequest, year: int, key: int) -> HttpResponse:
    """What taking an invitation back does; by post it is taken back."""
    invitation = get_object_or_404(
        SurveyInvitation.objects.select_related("organisation", "fieldwork__wave"), pk=key, fieldwork__wave__year=year
    )
    to = reverse("surveys:invitations", args=[year])
    if request.method == "POST":
        return pressed(request, operations.withdraw_invitation, invitation, said="The invitation is taken back.", to=to)
    return render(request, "surveys/withdraw.html", {"invitation": invitation, "wave": invitation.fieldwork.wave})
