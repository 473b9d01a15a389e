"""The pages on which somebody answers by their own link.

They run without a session (`portal.serving.without_session`): no cookie is read or set and no line is logged, so that
nothing of who is signed in, or when, can be laid beside an answer. The link is what no forged post has.
"""

import base64
import secrets
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.limits import is_within
from core.answering import caught_in, posted, refusal_in, refused_or
from core.logs import left_out_of_the_log
from core.permissions import allow, anyone
from questions.queries import asked
from sealing.receipts import grouped
from surveys.fieldwork import operations
from surveys.fieldwork.emails import link_of
from surveys.fieldwork.forms import AnswersPageForm, HandInForm, ReceiptForm
from surveys.fieldwork.models import SurveyInvitation
from surveys.fieldwork.queries import invitation_of, is_taken, saved_answers, why_not_taken
from surveys.fieldwork.steps import AnswerPage, copy_of, lines_of, shown_pages

View = Callable[..., HttpResponse]
WRONG_RECEIPTS = "30/15m/ip"
TOO_MANY = "Many wrong receipts have come from here in a short while. Look at yours again, and wait a few minutes."


def for_whoever_is_invited(view: View) -> View:
    """Decorate a page of somebody's own link: open to whoever has it, in no log, and kept by no browser."""

    @wraps(view)
    def guarded(request: HttpRequest, reference: uuid.UUID, **arguments: Any) -> HttpResponse:
        invitation = invitation_of(reference)
        if invitation is None:
            response = render(request, "surveys/answer/unknown.html", {}, status=404)
        else:
            response = view(request, invitation, **arguments)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex"
        # No page that one goes on to, and no file of ours, is told the link, with or without a session beside it. A
        # form sent from here says `Origin: null`, which nothing on these addresses reads.
        response["Referrer-Policy"] = "no-referrer"
        return response

    return left_out_of_the_log(sensitive_post_parameters()(allow(anyone)(guarded)))


def while_it_is_answered(view: View) -> View:
    """Decorate a page of the time before hand-in and close; afterwards the first page says how it stands instead."""

    @wraps(view)
    def guarded(request: HttpRequest, invitation: SurveyInvitation, **arguments: Any) -> HttpResponse:
        if invitation.state == SurveyInvitation.State.HANDED_IN or not is_taken(invitation.fieldwork):
            return _start(request, invitation, status=200 if request.method in ("GET", "HEAD") else 409)
        return view(request, invitation, **arguments)

    return guarded


@for_whoever_is_invited
@require_safe
def start(request: HttpRequest, invitation: SurveyInvitation) -> HttpResponse:
    """What is asked and who sees what; later, that the answers are handed in, or that the survey has closed."""
    return _start(request, invitation)


def _start(
    request: HttpRequest, invitation: SurveyInvitation, *, form: ReceiptForm | None = None, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {"why_not": why_not_taken(invitation.fieldwork)}
    if invitation.state == SurveyInvitation.State.HANDED_IN:
        context["form"] = None if context["why_not"] else form or ReceiptForm()
        return _page(request, "surveys/answer/done.html", invitation, context, status=status)
    if context["why_not"]:
        return _page(request, "surveys/answer/closed.html", invitation, context, status=status)
    saved = saved_answers(invitation)
    pages = shown_pages(asked(invitation.fieldwork.wave.questions), saved or {})
    context |= {
        "pages": pages,
        "go_on": _first_open(pages, saved or {}) if saved else pages[0],
        "has_begun": bool(saved),
        "is_unreadable": saved is None,
    }
    return _page(request, "surveys/answer/start.html", invitation, context, status=status)


def _first_open(pages: list[AnswerPage], answers: dict[str, Any]) -> AnswerPage | None:
    """The first page behind the last that was answered; None where that was the last."""
    answered = [n for n, page in enumerate(pages) if any(key in answers for key in page.keys)]
    behind = answered[-1] + 1 if answered else 0
    return pages[behind] if behind < len(pages) else None


@for_whoever_is_invited
@require_http_methods(["GET", "HEAD", "POST"])
@while_it_is_answered
def page(request: HttpRequest, invitation: SurveyInvitation, key: str) -> HttpResponse:
    """One page of the questionnaire; every press of its buttons saves it."""
    questions, saved = asked(invitation.fieldwork.wave.questions), saved_answers(invitation) or {}
    pages = shown_pages(questions, saved)
    here = next((n for n, each in enumerate(pages) if each.key == key), None)
    if here is None:
        return HttpResponseRedirect(reverse("surveys:answer", args=[invitation.reference]))
    shown = pages[here]
    form = AnswersPageForm(posted(request), questions=shown.questions, answered=saved, before=saved)
    if form.is_bound and form.is_valid():
        with caught_in(form):
            invitation = operations.save_answers(invitation, keys=shown.keys, answers=form.question_answers)
            return HttpResponseRedirect(_onward(request, invitation, shown))
    context = {
        "form": form,
        "here": shown,
        "number": here + 1,
        "where": f"Page {here + 1} of {len(pages)}",
        "pages": len(pages),
        "is_first": here == 0,
        "is_last": here == len(pages) - 1,
    }
    return _page(request, "surveys/answer/page.html", invitation, context, status=_status(form))


def _onward(request: HttpRequest, invitation: SurveyInvitation, from_page: AnswerPage) -> str:
    """Where the pressed button leads once a page is saved: back, out, or to the next page that is shown."""
    if request.POST.get("go") == "later":
        operations.send_way_back(invitation)
        return reverse("surveys:answer_later", args=[invitation.reference])
    pages = shown_pages(asked(invitation.fieldwork.wave.questions), saved_answers(invitation) or {})
    here = next((n for n, each in enumerate(pages) if each.key == from_page.key), -1)  # -1: changed on another device
    there = here - 1 if request.POST.get("go") == "back" else here + 1
    if there < 0 or here < 0:
        return reverse("surveys:answer", args=[invitation.reference])
    if there == len(pages):
        return reverse("surveys:answer_check", args=[invitation.reference])
    return reverse("surveys:answer_page", args=[invitation.reference, pages[there].key])


@for_whoever_is_invited
@require_safe
@while_it_is_answered
def later(request: HttpRequest, invitation: SurveyInvitation) -> HttpResponse:
    """That everything is saved, with the link to go on."""
    return _page(request, "surveys/answer/later.html", invitation, {"link": link_of(invitation)})


@for_whoever_is_invited
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, invitation: SurveyInvitation) -> HttpResponse:
    """All answers before they are handed in; by post the receipt, shown this once with a copy of the answers."""
    questions = asked(invitation.fieldwork.wave.questions)
    form = HandInForm(posted(request), initial={"token": secrets.token_urlsafe(24)})
    if form.is_bound and form.is_valid():
        with caught_in(form):
            token = form.cleaned_data["token"] or secrets.token_urlsafe(24)
            handed_in = operations.hand_in_survey(invitation, token=token)
            return _receipt(request, invitation, handed_in)
    if invitation.state == SurveyInvitation.State.HANDED_IN or not is_taken(invitation.fieldwork):
        return _start(request, invitation, status=409 if form.is_bound else 200)
    saved = saved_answers(invitation)
    lines = lines_of(questions, saved or {})
    context = {"form": form, "lines": lines, "is_unreadable": saved is None, "skipped": _skipped(lines)}
    return _page(request, "surveys/answer/check.html", invitation, context, status=_status(form))


def _skipped(lines: list[Any]) -> int:
    return sum(not line.said for line in lines)


def _receipt(request: HttpRequest, invitation: SurveyInvitation, handed_in: operations.HandedIn) -> HttpResponse:
    lines = lines_of(asked(invitation.fieldwork.wave.questions), handed_in.answers) if handed_in.answers else []
    copy = base64.b64encode(copy_of(f"My answers to {invitation.fieldwork.wave}", lines).encode()).decode()
    context = {
        "receipt": grouped(handed_in.receipt),
        "lines": lines,
        "copy": f"data:text/plain;charset=utf-8;base64,{copy}",
        "file": f"my-answers-{invitation.fieldwork.wave.year}.txt",
    }
    return _page(request, "surveys/answer/receipt.html", invitation, context)


@for_whoever_is_invited
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, invitation: SurveyInvitation) -> HttpResponse:
    """Take back what was handed in, with its receipt. Only asked for, it is the first page, which has the form."""
    form = ReceiptForm(posted(request))
    if not form.is_bound:
        return _start(request, invitation)
    if form.is_valid():
        with caught_in(form):
            if not is_within(request, "survey_receipt", WRONG_RECEIPTS):
                form.add_error("receipt", TOO_MANY)
                return _start(request, invitation, form=form, status=429)
            operations.take_answers_back(invitation, receipt=form.cleaned_data["receipt"])
            return _page(request, "surveys/answer/taken_back.html", invitation, {})
    return _start(request, invitation, form=form, status=_status(form))


@for_whoever_is_invited
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: HttpRequest, invitation: SurveyInvitation) -> HttpResponse:
    """Ask for no reminder, by post; either way back to the first page."""
    if request.method == "POST":
        refused_or(operations.decline_reminders, invitation)
    return HttpResponseRedirect(reverse("surveys:answer", args=[invitation.reference]))


def _status(form: Any) -> int:
    """422 for a form with something wrong, 409 for one that was refused: `portal.serving.answers` is not asked here."""
    if not form.is_bound or form.is_valid():
        return 200
    return 409 if refusal_in(form) else 422


def _page(
    request: HttpRequest, template: str, invitation: SurveyInvitation, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    about = {"invitation": invitation, "fieldwork": invitation.fieldwork, "wave": invitation.fieldwork.wave}
    return render(request, template, about | context, status=status)
