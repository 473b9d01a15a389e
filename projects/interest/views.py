"""The pages on which a council offers a project something, and on which the project answers."""

from functools import partial

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from core.answering import answered, posted
from core.listing import listed
from core.numbers import HIGHEST_KEY
from core.permissions import allow, require, signed_in
from core.words import day_in_words, moment_in_words
from councils.permissions import contributes
from projects.interest import operations
from projects.interest.adopting import adopted_at
from projects.interest.forms import OfferAnswerForm, OfferForm
from projects.interest.lists import OFFERS
from projects.interest.models import Interest
from projects.interest.permissions import (
    answers_interests,
    can_answer_interest,
    councils_to_offer_for,
    visible_interests,
)
from projects.portfolio.permissions import visible_projects

OWNERS = "Only those who lead projects for their council answer what others offer."
CONTRIBUTORS = "Only people whom a council has confirmed as contributors offer something to a project."

COLOUR_OF_OUTCOME: dict[str, str] = {
    "": "amber",
    Interest.Outcome.ACCEPTED: "green",
    Interest.Outcome.DECLINED: "grey",
    Interest.Outcome.LATER: "violet",
}


@allow(answers_interests, because=OWNERS)
@require_safe
def offer_list(request: SignedInRequest) -> HttpResponseBase:
    """What councils offer the projects that the reader answers for."""
    return listed(request, OFFERS, "projects/offer_list.html")


@allow(contributes, because=CONTRIBUTORS)
def project_offer(request: SignedInRequest, slug: str, kind: str) -> HttpResponse:
    """Offer a project something for one of the reader's councils; what can be adopted leads to the asset."""
    projects = visible_projects(request.user).select_related("lead_council")
    project = get_object_or_404(projects, slug=slug)
    if kind not in Interest.Kind.values:
        raise Http404
    if kind == Interest.Kind.ADOPT and (address := adopted_at(project)):
        return redirect(address)
    form = OfferForm(posted(request), user=request.user, project=project, kind=kind)
    offer = partial(operations.offer_interest, kind=kind)
    done = answered(request, form, offer, project, said=_offered, to=project)
    context = {
        "form": form,
        "project": project,
        "what": Interest.Kind(kind).label,
        "can_offer": bool(councils_to_offer_for(request.user, project)) and not project.has_ended,
    }
    return done or render(request, "projects/offer.html", context)


def _offered(interest: Interest) -> str:
    return f"Sent. An answer is due by {day_in_words(interest.due_on)}; it comes to {interest.by.email}."


@allow(signed_in)
def interest(request: SignedInRequest, slug: str, key: int) -> HttpResponse:
    """An offer, for the council that made it and for those who answer; these find the form for it here."""
    found = visible_interests(request.user).select_related("project__lead_council", "council", "by", "answered_by")
    record = get_object_or_404(found, project__slug=slug, pk=min(key, HIGHEST_KEY))
    may_answer = can_answer_interest(request.user, record)
    form = OfferAnswerForm(posted(request)) if may_answer and (record.is_open or request.method == "POST") else None
    if request.method == "POST":
        require(may_answer, "Only those who answer for the project answer this.")
    if form and (done := answered(request, form, operations.answer_interest, record, said=_said, to=record.project)):
        return done
    context = {
        "interest": record,
        "project": record.project,
        "form": form,
        "colour": COLOUR_OF_OUTCOME[record.outcome],
        "facts": [
            ("From", record.council.full_name, record.council.get_absolute_url()),
            ("By", record.by),
            ("On", moment_in_words(record.asked_at)),
        ],
        "answered": [
            ("Answered by", record.answered_by),
            ("On", moment_in_words(record.answered_at)),
        ],
    }
    return render(request, "projects/interest.html", context)


def _said(interest: Interest) -> str:
    return f"Answered: {interest.get_outcome_display().lower()}. Your words go to {interest.by}."
