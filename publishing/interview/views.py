"""The ten pages of the interview, from one view; what comes before them and after."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.forms import CharField, ChoiceField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import Truncator

from accounts.http import SignedInRequest
from core import clock
from core.answering import answered, posted, pressed, refusal_in
from core.numbers import HIGHEST_KEY
from core.permissions import allow
from core.text import clean_text
from core.words import day_in_words, series
from councils.models import Membership
from councils.permissions import councils_of
from publishing.evidence import evidence_level
from publishing.interview import operations
from publishing.interview.drafting import change_in_words, draft_of, figures_in_words, summary_of
from publishing.interview.forms import (
    LAST,
    QUESTIONS,
    BeginForm,
    InterviewFiguresForm,
    InterviewForm,
    InterviewPictureForm,
    SendInterviewForm,
    TypedForm,
    answered_of,
    form_of,
    forms_of,
    is_answered,
    said_in,
)
from publishing.interview.meter import ladder
from publishing.interview.operations import WRITE_FOR_IT
from publishing.interview.queries import (
    NONE,
    KnownAnswer,
    known_figures,
    known_of,
    note_with_own_words,
    others_using,
    promises_said,
    published_figures,
    publishers_for,
)
from publishing.models import Interview
from publishing.models.interview import KEPT
from publishing.permissions import can_write_case_studies, own_interviews
from publishing.standing import DRAFT, SENT_BACK, TAKEN_OFF, WAITS, where_it_stands

USE = "use-"  # begins what a button says that fills the boxes with figures of the council's own


@allow(can_write_case_studies, because=WRITE_FOR_IT)
def new(request: SignedInRequest) -> HttpResponse:
    """Begin a case study, or go on with one; who belongs to no council is led to the page editor."""
    councils = councils_of(request.user, at_least=Membership.Role.CONTRIBUTOR)
    form = BeginForm(posted(request), councils=councils)
    done = answered(request, form, operations.start_interview, to=lambda made: _address(made, 1))
    under_way = own_interviews(request.user).filter(sent_at=None).select_related("council")
    lines = [(each, answered_of(each)) for each in under_way]
    context = {"form": form, "councils": councils, "lines": lines, "questions": QUESTIONS, "months": KEPT.days // 30}
    return done or render(request, "publishing/interview/new.html", context)


@allow(can_write_case_studies, because=WRITE_FOR_IT)
def resume(request: SignedInRequest, key: int) -> HttpResponse:
    """Redirect to the first question that is not answered, or to the check of them all."""
    interview = _own(request, key)
    number = _next_of(interview)
    return redirect(_address(interview, number) if number else _check_address(interview))


@allow(can_write_case_studies, because=WRITE_FOR_IT)
def question(request: SignedInRequest, key: int, number: int) -> HttpResponse:
    """One question. Whatever was typed is saved; what is wrong with it is said, and keeps nobody from going on."""
    interview = _own(request, key)
    if interview.page and request.method != "POST":  # what was typed meanwhile comes back with the reason
        return redirect(_check_address(interview))
    number = min(max(number, 1), LAST)
    said = said_in(forms_of(interview))
    figures = known_figures(interview, said) if QUESTIONS[number - 1].form is InterviewFiguresForm else []
    known = _known(request, number, interview, said, figures)
    form = _form(request, number, interview, known, figures)
    if number == 1 and published_figures(interview, {}):
        form.fields["service"].help_text += ", and figures that your council published of it are offered to you"
    typed = TypedForm(posted(request), of=form)
    way = request.POST.get("go", "on")
    if way.startswith(USE) and not any(words.strip() for words in form.typed.values()):
        return redirect(_onward(interview, number, way))  # nothing was typed yet, so nothing is answered yet
    done = answered(request, typed, operations.save_answers, interview, to=_onward(interview, number, way))
    if done and (way != "on" or form.is_valid()):
        return done
    if done:
        interview = _own(request, key)  # as it was saved
        said = said_in(forms_of(interview))
    refusal, names = refusal_in(typed), form.names()
    stands_now, is_elsewhere = [], str(refusal) == operations.ANSWERED_SINCE
    if is_elsewhere:
        interview = _own(request, key)
        stands_now = _other_words(form, form_of(number, interview, data=interview.answers))
    said_already = refusal is not None and refusal.field in form.errors  # that it is too long, the field says itself
    context = {
        "form": form,
        "refused": typed if not said_already else None,
        "number": number,
        "question": QUESTIONS[number - 1],
        "known": known,
        "others": [each for each in figures if each != known],
        "use": USE,
        "filled_from": _filled_from(request, known),
        "has_answered": is_answered(number, interview),
        "is_saved_with_errors": bool(done),
        "stands_now": stands_now,
        "read": interview.mark_of(names)
        if done or is_elsewhere
        else request.POST.get("read", interview.mark_of(names)),
        "opened": request.POST.get("opened", int(clock.now().timestamp())),
        **_beside(interview, said),
    }
    return render(request, "publishing/interview/question.html", context)


@allow(can_write_case_studies, because=WRITE_FOR_IT)
def check(request: SignedInRequest, key: int) -> HttpResponse:
    """Every answer, the draft as readers would see it, and the button that sends it."""
    interview = _own(request, key)
    if interview.page:
        word, sentence = where_it_stands(interview.page)
        context = {
            "interview": interview,
            "heading": {DRAFT: "Not sent"}.get(word, word if word in (SENT_BACK, TAKEN_OFF) else "Sent"),
            "standing": sentence,
            "waits": word == WAITS,
            "is_back": word == SENT_BACK,
            "is_unsent": word in (DRAFT, TAKEN_OFF),
        }
        return render(request, "publishing/interview/sent.html", context)
    form = SendInterviewForm(posted(request), interview=interview)
    done = answered(request, form, operations.send_interview, interview, to=_check_address(interview))
    if done:
        return done
    read = forms_of(interview)
    publishers = publishers_for(interview)
    context = {
        "form": form,
        "read": interview.mark_of(),
        "rows": [_row(number, each, interview) for number, each in enumerate(read, start=1)],
        "can_be_sent": all(each.is_valid() for each in read),
        "publishers": series(publishers, last="or", most=3),
        "send_to": str(publishers[0]) if len(publishers) == 1 else f"{interview.council}’s publisher",
        **_beside(interview, said_in(read)),
    }
    return render(request, "publishing/interview/check.html", context)


@allow(can_write_case_studies, because=WRITE_FOR_IT)
def give_up(request: SignedInRequest, key: int) -> HttpResponse:
    """Ask, then delete what was answered; of one that was sent nothing is left to delete."""
    interview = _own(request, key)
    if interview.page and request.method != "POST":
        return redirect(_check_address(interview))
    if request.method == "POST":
        said = "It is thrown away."
        to, back = reverse("publishing:new"), _check_address(interview)
        return pressed(request, operations.give_up_interview, interview, said=said, to=to, back=back)
    return render(request, "publishing/interview/give_up.html", {"interview": interview})


def _own(request: SignedInRequest, key: int) -> Interview:
    rows = own_interviews(request.user).select_related("council", "picture", "page", "author")
    return get_object_or_404(rows, pk=min(key, HIGHEST_KEY))


def _address(interview: Interview, number: int) -> str:
    return reverse("publishing:question", args=[interview.pk, number])


def _check_address(interview: Interview) -> str:
    return reverse("publishing:check_interview", args=[interview.pk])


def _onward(interview: Interview, number: int, way: str) -> str:
    """Where a button leads once the page is saved: on, back, or to the list of what is under way."""
    if way == "later":
        return reverse("publishing:new")
    if way.startswith(USE):
        return f"{_address(interview, number)}?{urlencode({'from': way.removeprefix(USE)})}"
    if way == "back":
        return _address(interview, max(number - 1, 1))
    return _check_address(interview) if number == LAST else _address(interview, number + 1)


def _next_of(interview: Interview) -> int:
    """The first question that nobody has answered; nought where there is none."""
    return next((number for number in range(1, LAST + 1) if not is_answered(number, interview)), 0)


def _form(
    request: HttpRequest, number: int, interview: Interview, known: KnownAnswer | None, figures: list[KnownAnswer]
) -> InterviewForm:
    """What was posted, or what is known, or what was saved; empty where the reader wants the boxes emptied."""
    if request.method == "POST":
        filled = None
        if request.POST.get("go", "").startswith(USE) and (key := _filled_from(request, None)):
            chosen = next((each for each in figures if each.key == key), None)
            filled = _filling(interview, chosen, figures)
        return form_of(number, interview, posted(request), request.FILES, filled=filled)
    if known or request.GET.get("from") == NONE:
        return form_of(number, interview, initial=_filling(interview, known, figures))
    return form_of(number, interview)


def _filling(interview: Interview, known: KnownAnswer | None, figures: list[KnownAnswer]) -> dict[str, Any]:
    """What fills in the boxes; nothing does where they were emptied."""
    if known is None or known not in figures:
        return known.initial if known else {}
    typed = interview.answers.get("figures_note", "")
    return known.initial | {"figures_note": note_with_own_words(known, figures, typed)}


def _filled_from(request: HttpRequest, known: KnownAnswer | None) -> str:
    """Which figures filled in the boxes before anybody typed; `none` where they were emptied, else nothing."""
    if request.method == "POST":
        return request.POST.get("filled_from", "")
    return known.key if known else NONE if request.GET.get("from") == NONE else ""


def _known(
    request: HttpRequest, number: int, interview: Interview, said: dict[str, Any], figures: list[KnownAnswer]
) -> KnownAnswer | None:
    """What fills in this page, unless it was saved already or its boxes were emptied."""
    chosen = request.GET.get("from", "")
    if request.method == "POST" or chosen == NONE or (is_answered(number, interview) and not chosen):
        return None
    name = QUESTIONS[number - 1].form.__name__
    if name == "InterviewSummaryForm":
        return KnownAnswer({"summary": summary_of(said)}, "your own answers")
    if name != "InterviewFiguresForm":
        return known_of(name, interview, said)
    of_what_was_chosen = bool(said.get("project") or said.get("asset"))
    untold = [each for each in figures if each.is_in_ledger and not each.told_in]
    first = untold[0] if untold and of_what_was_chosen and not chosen else None
    return next((each for each in figures if each.key == chosen), first)


def _row(number: int, form: InterviewForm, interview: Interview) -> dict[str, Any]:
    """A line of the check: what is asked, whether it is answered, and what is wrong with it."""
    errors = [str(error) for each in form.errors.values() for error in each]
    answered_it = is_answered(number, interview)
    picture = interview.picture if isinstance(form, InterviewPictureForm) else None
    return {
        "number": number,
        "words": QUESTIONS[number - 1].short,
        "is_answered": answered_it and bool(picture or any(typed.strip() for typed in form.typed.values())),
        "error": errors[0] if errors and answered_it else "",
        "is_needed": bool(errors),
        "said": _said_in_short(form, interview),
    }


def _other_words(form: InterviewForm, saved: InterviewForm) -> list[tuple[str, str]]:
    """What was saved of a page where it is not what was typed now, by label, in the words of the page."""
    saved.is_valid()
    found = []
    for name, field in form.fields.items():
        parts = [] if field.widget.is_hidden else form.names_of(name)
        said = [saved.data.get(part, "") for part in parts]
        if said != [clean_text(form.data.get(part, "")) for part in parts]:
            words = saved.cleaned_data.get(name) or "/".join(said) if any(said) else "Nothing"
            words = dict(getattr(field, "choices", ())).get(words, words) if type(field) is ChoiceField else words
            found.append((field.label or "", day_in_words(words) if isinstance(words, dt.date) else str(words)))
    return found


def _said_in_short(form: InterviewForm, interview: Interview) -> str:
    """The figures, or the beginning of what was typed on a page; empty where nothing but choices was made there."""
    if isinstance(form, InterviewFiguresForm) and (words := figures_in_words(form.cleaned_data)):
        return words
    typed = (interview.answers.get(name, "") for name, field in form.fields.items() if isinstance(field, CharField))
    whole = " ".join(next((words for words in typed if words.strip()), "").split())
    return Truncator(whole).words(14).replace(".…", ". …")


def _beside(interview: Interview, said: dict[str, Any]) -> dict[str, Any]:
    """What stands beside every page: how strong it is, how it will read, how long it took."""
    study = draft_of(interview, said)
    evidence = evidence_level(study)
    using, measured = others_using(study) if evidence.level < 4 else ([], [])
    return {
        "interview": interview,
        "study": study,
        "evidence": evidence,
        "ladder": ladder(evidence, using=using, measured=measured),
        "promised": next(iter(promises_said(study, interview.author)), None),
        "change": change_in_words(said),
        "figures": figures_in_words(said),
        "to_come": series(
            f"{each.short[0].lower()}{each.short[1:]}"
            for n, each in enumerate(QUESTIONS, start=1)
            if not is_answered(n, interview)
        ),
        "questions": [(n, each, is_answered(n, interview)) for n, each in enumerate(QUESTIONS, start=1)],
    }
