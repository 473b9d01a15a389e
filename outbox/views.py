"""What one is sent: choosing it, and turning it off by the address in a message; sending something again."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import SignedInRequest
from core.answering import answered, posted, pressed
from core.copies import do_not_keep
from core.listing import listed
from core.permissions import allow, anyone, signed_in
from outbox import operations, unsubscribing
from outbox.forms import ChoicesForm, by_subject
from outbox.kinds import DIGEST, discover
from outbox.lists import SENT
from outbox.models import Message
from outbox.permissions import can_send_again
from outbox.queries import paused_address_of


@allow(signed_in)
def messages(request: SignedInRequest) -> HttpResponseBase:
    """What can be turned off and how often it comes, what is always sent, and what was sent lately."""
    form = ChoicesForm(posted(request), person=request.user)
    said = "What we send you is saved."
    if done := answered(request, form, operations.choose_messages, request.user, said=said, to="outbox:messages"):
        return done
    always = [one for one in discover().values() if not one.can_be_turned_off and one.name != DIGEST]
    return listed(
        request,
        SENT,
        "outbox/messages.html",
        form=form,
        always=[(subject, [one.title for one in kinds]) for _, subject, kinds in by_subject(always)],
        paused=paused_address_of(request.user),
    )


@allow(signed_in)
@require_POST
def everything_off(request: SignedInRequest) -> HttpResponse:
    said = "Everything that can be turned off is turned off."
    return pressed(request, operations.turn_everything_off, request.user, said=said, to="outbox:messages")


@allow(signed_in)
@require_POST
def try_again(request: SignedInRequest) -> HttpResponse:
    said = f"We write to {request.user.email} again, beginning with what was held back."
    return pressed(request, operations.try_again, request.user, said=said, to="account")


# Pressed in a mail program, without a session or a page of ours before it; what may be done stands in the address.
@csrf_exempt
@allow(anyone)
@require_http_methods(["GET", "HEAD", "POST"])
def turn_off(request: HttpRequest, token: str) -> HttpResponse:
    """Turn off the kind of the message that had this address (RFC 8058): reading changes nothing, posting does it.

    The answer to a post is a page and no redirect, as a mail program wants it; a second post changes nothing more.
    """
    do_not_keep(request)
    named = unsubscribing.read(token)
    if named is None:
        return render(request, "outbox/turn_off.html", {"state": "unknown"}, status=404)
    person, kind = named
    kinds = unsubscribing.turned_off_by(kind, person)
    context = {"titles": [one.title for one in kinds], "title": kind.title, "state": "asked"}
    if not kinds:
        context["state"], status = ("nothing", 200) if kind.name == DIGEST else ("always", 409)
        return render(request, "outbox/turn_off.html", context, status=status)
    if request.method == "POST":
        operations.turn_off(person, kinds)
        context["state"] = "done"
    return render(request, "outbox/turn_off.html", context)


@allow(can_send_again, because="Only the secretariat has a message sent again.")
@require_POST
def send_it_again(request: HttpRequest, pk: int) -> HttpResponse:
    """The button on a message's page in the admin."""
    message = get_object_or_404(Message, pk=pk)
    return pressed(
        request,
        operations.send_again,
        message,
        said="The message is sent again.",
        to=reverse("messages:inspect", args=[pk]),
    )
