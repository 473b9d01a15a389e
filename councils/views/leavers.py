"""When somebody leaves a council: what is in whose name there, and the one form that gives it to a colleague."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from accounts.http import SignedInRequest
from accounts.models import User
from accounts.permissions import may_manage_people
from core.answering import answered, posted
from core.numbers import HIGHEST_KEY
from core.permissions import allow, require, signed_in
from councils import leaving
from councils.forms import HandOverWorkForm
from councils.handing_over import FOR_LEADS, NOT_OF_HERE, hand_over_work, in_a_sentence
from councils.models import Membership, Organisation
from councils.permissions import can_hand_over_work, visible_organisations


def _organisation(request: SignedInRequest, slug: str) -> Organisation:
    organisation = get_object_or_404(visible_organisations(request.user), slug=slug)
    require(can_hand_over_work(request.user, organisation), FOR_LEADS)
    return organisation


@allow(signed_in)
def leavers(request: SignedInRequest, slug: str) -> HttpResponse:
    """Everyone who has something in their name at the council, those who have left it first.

    To its leads none but those who belong or belonged to it: others are the secretariat's to hand over for.
    """
    organisation, sees_all = _organisation(request, slug), may_manage_people(request.user)
    people = [each for each in leaving.in_names_at(organisation) if each.is_of_here or sees_all]
    return render(request, "councils/leavers.html", {"organisation": organisation, "people": people})


@allow(signed_in)
def hand_over(request: SignedInRequest, slug: str, person_id: int) -> HttpResponse:
    """Choose a colleague; the page after it says what goes to whom, and its button hands it over."""
    organisation = _organisation(request, slug)
    was = User.objects.filter(pk=min(person_id, HIGHEST_KEY)).first()
    lines = leaving.in_the_name_of(was, organisation) if was else []
    place = organisation.memberships.filter(person=was).exclude(state=Membership.State.ENDED).first() if was else None
    if was is None or not (lines or organisation.memberships.filter(person=was).exists()):
        raise Http404("Nobody who has or had something here.")
    require(leaving.belongs_or_belonged(was, organisation) or may_manage_people(request.user), NOT_OF_HERE)
    form = HandOverWorkForm(posted(request), was=was, organisation=organisation, place=place)
    context = {"organisation": organisation, "was": was, "place": place, "lines": lines, "form": form}
    step = request.POST.get("step")
    if step == "hand_over":
        to = reverse("councils:leavers", args=[organisation.slug])
        done = answered(request, form, hand_over_work, organisation, said=_said(form, was), to=to)
        if done:
            return done
    elif step == "check" and form.is_valid():
        return render(request, "councils/hand_over_check.html", context | {"to": form.cleaned_data["to"]})
    return render(request, "councils/hand_over.html", context)


def _said(form: HandOverWorkForm, was: User):
    return lambda went: f"Handed over from {was} to {form.cleaned_data['to']}: {in_a_sentence(went)}."


@allow(may_manage_people, because="Only the secretariat, with a second factor set up, sees what was left anywhere.")
def left_behind(request: SignedInRequest) -> HttpResponse:
    """The councils at which something is in the name of people who left, those with most first."""
    numbers = leaving.left_behind()
    found = Organisation.objects.filter(pk__in=list(numbers)).order_by("name", "pk")
    councils = sorted(((each, numbers[each.pk]) for each in found), key=lambda pair: -pair[1])
    return render(request, "councils/left_behind.html", {"councils": councils})
