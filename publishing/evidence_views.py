"""The forms about the figures of a case study: who is asked to verify them, the answer, what became of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import SignedInRequest
from core.answering import answered, posted, turned_back
from core.errors import Refused
from core.numbers import HIGHEST_KEY
from core.permissions import allow, require, signed_in
from publishing import following_up
from publishing.evidence_forms import AskForCheckForm, CheckForm, FollowUpForm
from publishing.figures import figure_in_words
from publishing.models import CaseStudyPage, EvidenceCheck
from publishing.permissions import can_ask_for_a_check, can_follow_up, visible_case_studies


@allow(signed_in, because="Those who write for the council, and Alliance editors, ask to have its figures verified.")
def ask_for_a_check(request: SignedInRequest, slug: str) -> HttpResponse:
    """Name somebody of another organisation, who is written to."""
    page = _page(request, slug)
    if page.is_withdrawn:
        return redirect(page)  # which says so, with the reason
    require(
        can_ask_for_a_check(request.user, page),
        "Those who write for its council, and editors, ask to have its figures verified.",
    )
    form = AskForCheckForm(posted(request))
    said = "Asked. They get a message, and you hear what they say."
    if done := answered(request, form, following_up.ask_for_check, page, said=said, to=page):
        return done
    asked = [(check, _state(check)) for check in page.checks.select_related("person", "organisation")]
    context = {"page": page, "form": form, "figures": _figures(page), "asked": asked}
    return render(request, "publishing/ask_for_check.html", context)


@allow(signed_in, because="Whoever was asked to verify the figures answers.")
def answer_a_check(request: SignedInRequest, slug: str, key: int) -> HttpResponse:
    """See the figures of the very version, and say whether they are right."""
    page = _page(request, slug)
    if page.is_withdrawn:
        return redirect(page)  # which says so, with the reason
    rows = EvidenceCheck.objects.select_related("organisation", "asked_by")
    check = get_object_or_404(rows, pk=min(key, HIGHEST_KEY), case_study=page, person=request.user)
    check.case_study = page
    if away := turned_back(request, _refuse_what_is_over, check, to=page):
        return away
    form = CheckForm(posted(request))
    said = "Thank you. Whoever asked hears of it."
    if done := answered(request, form, following_up.answer_check, check, said=said, to=page):
        return done
    context = {"page": page, "form": form, "check": check, "figures": _figures(page)}
    return render(request, "publishing/answer_check.html", context)


@allow(signed_in, because="Those who write for the council, and the secretariat, say what became of it.")
def follow_up(request: SignedInRequest, slug: str) -> HttpResponse:
    """Say whether it still runs and what the figure is now."""
    page = _page(request, slug)
    if page.is_withdrawn:
        return redirect(page)  # which says so, with the reason
    said = "Those who write for its council, and the secretariat, say what became of it."
    require(can_follow_up(request.user, page), said)
    if away := turned_back(request, _refuse_what_is_not_asked, page, to=page):
        return away
    form = FollowUpForm(posted(request), asks_which_way=following_up.asks_which_way(page))
    said = "Thank you. It stands on the page. In the ledger it counts once somebody else has checked it."
    if done := answered(request, form, following_up.answer_follow_up, page, said=said, to=page):
        return done
    return render(request, "publishing/still_running.html", {"page": page, "form": form, "figures": _figures(page)})


def _page(request: HttpRequest, slug: str) -> CaseStudyPage:
    return get_object_or_404(visible_case_studies(request.user).select_related("council"), slug=slug)


def _figures(page: CaseStudyPage) -> list[tuple[str, str]]:
    pairs = [
        ("Measured", page.measure),
        ("Before", figure_in_words(page, "before")),
        ("After", figure_in_words(page, "after")),
        ("About the figures", page.figures_note),
    ]
    return [(key, value) for key, value in pairs if value]


def _state(check: EvidenceCheck) -> str:
    if check.ended_on is not None:
        return "ended, since other figures were published"
    if check.is_right is None:
        return "has not answered yet"
    return "says that they are right" if check.is_right else f"says what is wrong: {check.reason}"


def _refuse_what_is_over(check: EvidenceCheck) -> None:
    if check.ended_on is not None:
        raise Refused(following_up.OTHER_FIGURES)
    if check.answered_at is not None:
        raise Refused("You have answered already.")


def _refuse_what_is_not_asked(page: CaseStudyPage) -> None:
    if not page.follow_ups.filter(answered_on=None).exists():
        raise Refused("Nothing is asked about this case study today.")
