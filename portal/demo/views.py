"""Pages to sign in as one of the demo people and to read the mails that were sent. Only with DEMO=1."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.models import User
from core.answering import way_back
from core.permissions import allow, anyone
from portal.demo.fieldwork import link as survey_link
from portal.demo.mailbox import messages as sent_mail

# By the part of a demo person's address before the @: what to try as them, and where.
TO_TRY: dict[str, list[tuple[str, str]]] = {
    "officer": [
        ("Raise a need and see a similar one", "/needs/new/?title=Prove+who+you+are+once"),
        ("Wait for a full event", "/events/agile-for-heads-of-service-2/"),
        ("Vote in secret, in the vote that is open", "/votes/"),
        ("Register an asset, by form or from its publiccode.yml", "/assets/register/"),
        ("Say that Harlow uses an asset", "/assets/discovery-day-in-a-box/adopt/"),
        ("Go on with a case study of which four of ten questions are answered, or begin one", "/case-studies/new/"),
        ("Submit a draft for approval: open it, and press its main button", "/account/#case-studies"),
    ],
    "county": [
        ("Join a need for a second council", "/needs/book-a-garden-waste-collection-in-two-minutes/"),
        ("Vote in the same vote, for Surrey", "/votes/"),
        ("Give back the place that somebody waits for", "/account/#places"),
    ],
    "lead": [
        ("Confirm that Harlow uses an asset, and see its take-up change", "/#waiting"),
        ("Confirm members of Harlow", "/councils/harlow/members/"),
    ],
    "publisher": [
        ("Publish Harlow’s asset; being its first, it goes to Edith next", "/assets/bin-day-texts/"),
        ("Approve Harlow’s case study, once Amina has submitted it", "/cms/#waiting"),
    ],
    "facilitator": [
        ("End step 1 of a discovery that still lacks something", "/discoveries/moving-house-telling-everyone-once/"),
        ("Plan the Co-Design Day of a discovery", "/discoveries/a-school-place-in-the-middle-of-a-year/"),
        ("Close the secret vote, look at its result before the room does, and show it", "/votes/"),
        ("Open the vote that is prepared, close it, show its result and turn its winner into a project", "/votes/"),
        ("Give a full event more places: those who wait move up", "/events/agile-for-heads-of-service-2/edit/"),
        (
            "See which councils have not come, and invite them",
            "/events/agile-for-heads-of-service-what-came-of-it/invite/",
        ),
        ("Write down a prototype of the day", "/events/co-design-day-proving-who-you-are/prototype/"),
        ("Check people in", "/events/co-design-day-proving-who-you-are/check-in/"),
        ("Put what channel shift saves into the draft of a business case", "/services/channel-shift/"),
    ],
    "facilitator2": [
        ("Post the overdue update on a project that Fatima started", "/projects/potholes-whoever-owns-the-road/")
    ],
    "secretariat": [
        ("Record the board’s decision on a business case, and the result of its vote by e-mail", "/board/"),
        ("Give and take roles", "/people/"),
        ("Answer a problem with an asset, and hand an entry over", "/assets/stewards/"),
        ("Read the audit trail", "/audit/"),
    ],
    "board": [
        ("See what the board decides next and which projects are late, and vote for the LGA by e-mail", "/board/")
    ],
    "board2": [("See the same as SOCITM’s member of the board", "/board/")],
    "editor": [
        ("Publish Harlow’s asset and case study, once Priya has approved them", "/cms/#waiting"),
        ("Compose the home page and news", "/cms/"),
    ],
    "editor2": [("Approve the news that another editor has written", "/#waiting")],
    "analyst": [
        ("See who has answered the survey of this year, and remind the others", "/#waiting"),
        (
            "Check what others measured, and read which promises nobody has measured",
            "/board/promises/?state=not_checked",
        ),
    ],
    "admin": [("Open every page, picture and setting in the admin", "/cms/")],
}


def _only_in_the_demo() -> None:
    if not settings.DEMO:
        raise Http404


@allow(anyone)
def people(request: HttpRequest) -> HttpResponse:
    """The list of demo people with what to try as each."""
    _only_in_the_demo()
    found = User.objects.filter(email__in=[f"{name}@demo.example" for name in TO_TRY]).prefetch_related(
        "memberships__organisation"
    )
    by_name = {user.email.partition("@")[0]: user for user in found}
    cast = [(by_name[name], name, actions) for name, actions in TO_TRY.items() if name in by_name]
    return render(
        request, "portal/demo.html", {"cast": cast, "next": request.GET.get("next", ""), "survey": survey_link()}
    )


@allow(anyone)
@require_POST
def become(request: HttpRequest, name: str) -> HttpResponse:
    """Sign in as one of them, without password or code."""
    _only_in_the_demo()
    if name not in TO_TRY:
        raise Http404
    user = get_object_or_404(User, email=f"{name}@demo.example")
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    messages.success(request, f"You are now {user}, {user.job_title}.")
    return redirect(way_back(request) or "account")


@allow(anyone)
def mail(request: HttpRequest) -> HttpResponse:
    """The mails that the site has sent, newest first."""
    _only_in_the_demo()
    return render(request, "portal/demo_mail.html", {"mail": sent_mail()})
