"""A council has this too: join, say how it looks there, be taken off again."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from accounts.http import SignedInRequest
from core.errors import Refused
from core.figures import Share
from core.forms import refuse
from core.permissions import door
from core.words import day_in_words
from councils.models import Organisation
from councils.permissions import contributes
from projects.needs import operations
from projects.needs.forms import ForCouncilForm, HowItLooksForm
from projects.needs.models import Need
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


@door(contributes, because=CONTRIBUTORS)
def need_join(request: SignedInRequest, slug: str) -> HttpResponse:
    """My council has this too. Whoever belongs to several councils says which; then, how it looks there."""
    need = find_need(request, slug)
    form = ForCouncilForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        council = form.cleaned_data["council"]
        before = need.supports.filter(council=council).first()
        try:
            support = operations.join_need(need, by=request.user, council=council)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            if before:
                since = day_in_words(support.joined_at)
                messages.info(request, f"{council} is among these councils already, since {since}.")
            else:
                messages.success(request, f"{council} has {_joined(need, council)} We write to you when it moves.")
            return redirect(need) if support.words else redirect("projects:need_say", need.slug, council.slug)
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


@door(contributes, because=CONTRIBUTORS)
def need_say(request: SignedInRequest, slug: str, council: str) -> HttpResponse:
    """How does it look with you? One line, which may be left out, changed and taken back."""
    need, own = find_need(request, slug), _own(request, council)
    support = need.supports.filter(council=own).first()
    if support is None:
        return redirect(need)
    form = HowItLooksForm(request.POST or None, initial={"words": support.words})
    if request.method == "POST" and form.is_valid():
        words = "" if "remove" in request.POST else form.cleaned_data["words"]
        try:
            operations.say_how_it_looks(need, by=request.user, council=own, words=words)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            said = "It stands beside your council." if words else "Nothing stands beside your council."
            messages.success(request, f"Saved. {said}")
            return redirect(need)
    return render(request, "projects/need_say.html", {"need": need, "council": own, "support": support, "form": form})


@door(contributes, because=CONTRIBUTORS)
def need_leave(request: SignedInRequest, slug: str, council: str) -> HttpResponse:
    """Ask, then take a council off."""
    need, own = find_need(request, slug), _own(request, council)
    if request.method == "POST":
        try:
            operations.leave_need(need, by=request.user, council=own)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"{own} is no longer among the councils with this need.")
        return redirect(need)
    support = need.supports.filter(council=own).first()
    if support is None:
        return redirect(need)
    return render(request, "projects/need_leave.html", {"need": need, "council": own, "support": support})
