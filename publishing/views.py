"""The ways to a new case study and to new news, withdrawing, answers to needs, and the pictures: what Wagtail has no
address for."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import SignedInRequest
from core.answering import answered, posted, pressed
from core.permissions import allow, anyone, require, signed_in
from core.pictures import file_answer
from councils.permissions import contributes
from councils.views.ask import ask
from projects.needs.permissions import visible_needs
from publishing.forms import AnswerForm, WithdrawCaseStudyForm
from publishing.models import CaseStudyIndexPage, NewsIndexPage, Picture, PictureRendition
from publishing.operations import answer_need, take_answer_off, withdraw_case_study
from publishing.permissions import (
    TAKES_ANSWERS_OFF,
    can_see_picture,
    can_take_answer_off,
    can_withdraw_case_study,
    can_write_case_studies,
    can_write_news,
    case_studies_behind_the_scenes,
    councils_to_answer_for,
    is_editor,
    visible_case_studies,
)
from publishing.queries import answers_to, could_answer


@allow(
    can_write_case_studies, because="Contributors of a council write its case studies. Ask your council’s lead to join."
)
def new_in_editor(request: HttpRequest) -> HttpResponse:
    """Redirect to the admin's form, wherever in the tree the case studies stand."""
    index = get_object_or_404(CaseStudyIndexPage)
    return redirect("wagtailadmin_pages:add", "publishing", "casestudypage", index.pk)


@allow(can_write_news, because="Alliance editors and the secretariat write news.")
def write_news(request: HttpRequest) -> HttpResponse:
    """Redirect to the admin's form, wherever in the tree the news stands."""
    index = get_object_or_404(NewsIndexPage)
    return redirect("wagtailadmin_pages:add", "publishing", "newspage", index.pk)


@allow(signed_in, because="Publishers of the council and Alliance editors withdraw case studies.")
def withdraw(request: SignedInRequest, slug: str) -> HttpResponse:
    """Ask for the reason, then leave a tombstone at the page's address."""
    page = get_object_or_404(case_studies_behind_the_scenes(request.user), slug=slug)
    require(can_withdraw_case_study(request.user, page), "Only its council's publisher or an editor withdraws it.")
    form = WithdrawCaseStudyForm(posted(request))
    said = "Withdrawn. Its address now says so, with the reason."
    done = answered(request, form, withdraw_case_study, page, said=said, to=page)
    return done or render(request, "publishing/withdraw.html", {"page": page, "form": form})


@allow(contributes, because="Only people whom a council has confirmed as contributors say what it has done.")
def need_done(request: SignedInRequest, slug: str) -> HttpResponse:
    """Choose the asset or case study of one's council that answers a need."""
    need = get_object_or_404(visible_needs(request.user), slug=slug)
    councils = councils_to_answer_for(request.user, need)
    form = AnswerForm(posted(request), could_answer=could_answer(need, request.user))
    said = "Linked. Whoever raised or joined this need hears of it."
    done = answered(request, form, answer_need, need, said=said, to=need)
    return done or render(request, "publishing/need_done.html", {"need": need, "form": form, "councils": councils})


@allow(signed_in)
def need_undone(request: SignedInRequest, slug: str, key: int) -> HttpResponse:
    """Ask, then take an answer off the need's page."""
    need = get_object_or_404(visible_needs(request.user), slug=slug)
    answer = answers_to(need, request.user).filter(pk=key).first()
    if answer is None:  # sent twice, or withdrawn
        return redirect(need)
    require(can_take_answer_off(request.user, answer), TAKES_ANSWERS_OFF)
    if request.method == "POST":
        said = f"“{answer.record}” no longer stands on this page."
        return pressed(request, take_answer_off, answer, said=said, to=need)
    return render(request, "publishing/need_undone.html", {"need": need, "answer": answer})


@allow(signed_in)
def ask_council(request: SignedInRequest, slug: str) -> HttpResponse:
    """Ask the council that wrote a case study about it."""
    study = get_object_or_404(visible_case_studies(request.user).select_related("council"), slug=slug)
    return ask(request, study.council, about=study)


@allow(anyone)
def picture(request: HttpRequest, name: str) -> FileResponse:
    """A picture at one of its sizes, to whoever may see a page that shows it."""
    rendition = PictureRendition.objects.filter(file=f"images/{name}").select_related("image").first()
    if rendition is None or not can_see_picture(request.user, rendition.image):
        raise Http404
    return file_answer(rendition.file)


@allow(anyone)
def uploaded_picture(request: HttpRequest, name: str) -> FileResponse:
    """The file as it was uploaded, for editors: a camera may have written into it where it was taken."""
    if not is_editor(request.user):
        raise Http404
    return file_answer(get_object_or_404(Picture, file=f"original_images/{name}").file)
