"""Pages on which a council joins a need, says how it looks there, and leaves."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.http import SignedInRequest
from accounts.models import User
from core.answering import answered, posted, pressed
from core.figures import Share
from core.permissions import allow
from core.words import day_in_words
from councils.models import Organisation
from councils.permissions import contributes
from projects.needs import operations
from projects.needs.forms import ForCouncilForm, HowItLooksForm
from projects.needs.models import Need, NeedSupport
from projects.needs.permissions import councils_to_speak_for
from projects.needs.queries import supports_of
from projects.needs.reach import not_counted, share_of
from projects.needs.views.register import CONTRIBUTORS, find_need


def _share(need: Need) -> Share:
    """How many have it now."""
    return share_of(need, supports_of(need))


def _joined(need: Need, council: Organisation) -> str:
    """What to say of a council that has joined: how many have the need now, or why this one does not count."""
    share = _share(need)
    uncounted = not_counted([council], need, share)
    return f"joined. {uncounted[0]}" if uncounted else f"this too: {share.of_base}."


@allow(contributes, because=CONTRIBUTORS)
def need_join(request: SignedInRequest, slug: str) -> HttpResponse:
    """Join for one of the reader's councils, asking which where there are several; then ask how it looks there."""
    need = find_need(request, slug)
    form = ForCouncilForm(posted(request), user=request.user)

    def join(*, by: User, council: Organisation) -> NeedSupport:
        was_in = need.supports.filter(council=council).exists()
        support = operations.join_need(need, by=by, council=council)
        if was_in:
            since = day_in_words(support.joined_at)
            messages.info(request, f"{council} is among these councils already, since {since}.")
        else:
            messages.success(request, f"{council} has {_joined(need, council)} We write to you when it moves.")
        return support

    def to(support: NeedSupport) -> Need | str:
        return need if support.words else reverse("projects:need_say", args=[need.slug, support.council.slug])

    if done := answered(request, form, join, to=to):
        return done
    share = _share(need)
    uncounted = not_counted(councils_to_speak_for(request.user), need, share)
    context = {"need": need, "form": form, "standing": share.of_base, "not_counted": uncounted}
    return render(request, "projects/need_join.html", context)


def _own(request: SignedInRequest, slug: str) -> Organisation:
    """One of the reader's own councils."""
    for council in councils_to_speak_for(request.user):
        if council.slug == slug:
            return council
    raise Http404


@allow(contributes, because=CONTRIBUTORS)
def need_say(request: SignedInRequest, slug: str, council: str) -> HttpResponse:
    """Ask for the line on how the need looks with a council. It may be left out, changed and taken back."""
    need, own = find_need(request, slug), _own(request, council)
    support = need.supports.filter(council=own).first()
    if support is None:
        return redirect(need)
    form = HowItLooksForm(posted(request), initial={"words": support.words})

    def say(*, by: User, words: str) -> NeedSupport:
        words = "" if "remove" in request.POST else words
        return operations.say_how_it_looks(need, by=by, council=own, words=words)

    def said(support: NeedSupport) -> str:
        return f"Saved. {'It' if support.words else 'Nothing'} stands beside your council."

    done = answered(request, form, say, said=said, to=need)
    return done or render(
        request, "projects/need_say.html", {"need": need, "council": own, "support": support, "form": form}
    )


@allow(contributes, because=CONTRIBUTORS)
def need_leave(request: SignedInRequest, slug: str, council: str) -> HttpResponse:
    """Ask for confirmation, then take a council off the need."""
    need, own = find_need(request, slug), _own(request, council)
    if request.method == "POST":
        leave = partial(operations.leave_need, council=own)
        said = f"{own} is no longer among the councils with this need."
        return pressed(request, leave, need, said=said, to=need)
    support = need.supports.filter(council=own).first()
    if support is None:
        return redirect(need)
    return render(request, "projects/need_leave.html", {"need": need, "council": own, "support": support})
