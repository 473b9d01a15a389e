"""The form for a question to an organisation; upper apps give it an address under their own records."""

from functools import partial

from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.http import SignedInRequest
from accounts.models import User
from core.answering import answered, posted
from core.permissions import allow, signed_in
from councils import asking
from councils.forms import AskForm
from councils.models import Organisation
from councils.permissions import visible_organisations
from councils.queries import askable_members, has_lead


def ask(
    request: SignedInRequest, organisation: Organisation, *, about: Model | None = None, person: User | None = None
) -> HttpResponse:
    """The page of the form, and its post; called by views under `@allow(signed_in)`.

    `about` is a record with a page of its own, to which the asker returns; `person` is who is asked, if given.
    """
    form = AskForm(posted(request))
    answers_itself = person is not None or has_lead(organisation)
    whom = person.get_short_name() if person else str(organisation)
    back = about or organisation
    reader = whom if answers_itself else "the secretariat"
    said = f"We have sent your question to {reader}. The answer comes to {request.user.email}."
    put = partial(asking.ask, about=about, person=person)
    if done := answered(request, form, put, organisation, said=said, to=back):
        return done
    context = {
        "organisation": organisation,
        "person": person,
        "whom": whom,
        "back": back,
        "form": form,
        "answers_itself": answers_itself,
        "is_own": asking.goes_to_oneself(organisation, by=request.user, person=person),
    }
    return render(request, "councils/ask.html", context)


@allow(signed_in)
def ask_council(request: SignedInRequest, slug: str) -> HttpResponse:
    """Ask an organisation about itself."""
    return ask(request, get_object_or_404(visible_organisations(request.user), slug=slug))


@allow(signed_in)
def ask_member(request: SignedInRequest, slug: str, membership_id: int) -> HttpResponse:
    """Ask one of its people who agreed to be asked by name."""
    organisation = get_object_or_404(visible_organisations(request.user), slug=slug)
    place = get_object_or_404(askable_members(organisation), pk=membership_id)
    return ask(request, organisation, person=place.person)
