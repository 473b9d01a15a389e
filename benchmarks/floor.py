"""The bare things that the portal is measured against, at addresses of their own behind the same middleware."""

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.urls import include, path

from accounts.http import SignedInRequest
from accounts.models import User
from core.permissions import allow, signed_in
from events.models import Event, SignUp
from sealing.models import Mark
from voting.models import Ballot, Choice, Option, RollEntry, Vote


def sign_up(event: Event, person: User) -> None:
    """The least a sign-up can be: a conditional count and a row, in one transaction."""
    with transaction.atomic():
        Event.objects.filter(pk=event.pk, places_taken__lt=F("capacity")).update(
            places_taken=F("places_taken") + 1, next_position=F("next_position") + 1
        )
        SignUp.objects.create(
            event=event, person=person, status=SignUp.Status.CONFIRMED, position=1_000_000 + person.pk
        )


def vote(ballot: Ballot, person: User, option: Option) -> None:
    """The least an open vote can be: two rows and a raised version, in one transaction."""
    with transaction.atomic():
        entry = RollEntry.objects.get(ballot=ballot, person=person)
        cast_vote = Vote.objects.create(ballot=ballot, entry=entry, person=person)
        Choice.objects.create(vote=cast_vote, option=option)
        Ballot.objects.filter(pk=ballot.pk).update(version=F("version") + 1)


@allow(signed_in)
def sign_up_view(request: SignedInRequest, slug: str) -> HttpResponse:
    """The same by post: session and token are checked on the way, and nothing else."""
    sign_up(Event.objects.get(slug=slug), request.user)
    return HttpResponse(status=302)


@allow(signed_in)
def vote_view(request: SignedInRequest, reference: str) -> HttpResponse:
    ballot = Ballot.objects.get(reference=reference)
    vote(ballot, request.user, Option(pk=int(request.POST["options"])))
    return HttpResponse(status=302)


@allow(signed_in)
def mark_view(request: SignedInRequest, round: int) -> HttpResponse:
    """One bare statement: a mark, and nothing else."""
    Mark.objects.create(round_id=round, person=request.user)
    return HttpResponse(status=302)


@allow(signed_in)
def token_view(request: HttpRequest) -> HttpResponse:
    """A page with a token, for whoever is about to post."""
    return HttpResponse(f'<input type="hidden" name="csrfmiddlewaretoken" value="{get_token(request)}">')


urlpatterns = [
    path("bench/token/", token_view),
    path("bench/sign-up/<slug:slug>/", sign_up_view),
    path("bench/vote/<slug:reference>/", vote_view),
    path("bench/mark/<int:round>/", mark_view),
    path("", include("portal.urls")),
]
