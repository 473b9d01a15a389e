"""The ways to a new case study and to new news, withdrawing, and the pictures: what Wagtail has no address for."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import SignedInRequest
from core.errors import Refused
from core.forms import refuse
from core.permissions import anyone, door, require, signed_in
from core.pictures import file_answer
from councils.views.ask import ask
from publishing.forms import WithdrawForm
from publishing.models import CaseStudyIndexPage, NewsIndexPage, Picture, PictureRendition
from publishing.operations import withdraw_case_study
from publishing.permissions import (
    can_see_picture,
    can_withdraw_case_study,
    can_write_case_studies,
    can_write_news,
    case_studies_behind_the_scenes,
    is_editor,
    visible_case_studies,
)


@door(
    can_write_case_studies, because="Contributors of a council write its case studies. Ask your council’s lead to join."
)
def new(request: HttpRequest) -> HttpResponse:
    """To the form in the admin, wherever in the tree the case studies stand."""
    index = get_object_or_404(CaseStudyIndexPage)
    return redirect("wagtailadmin_pages:add", "publishing", "casestudypage", index.pk)


@door(can_write_news, because="Alliance editors and the secretariat write news.")
def write_news(request: HttpRequest) -> HttpResponse:
    """To the form in the admin, wherever in the tree the news stands."""
    index = get_object_or_404(NewsIndexPage)
    return redirect("wagtailadmin_pages:add", "publishing", "newspage", index.pk)


@door(signed_in, because="Publishers of the council and Alliance editors withdraw case studies.")
def withdraw(request: SignedInRequest, slug: str) -> HttpResponse:
    """Ask for the reason, then leave a tombstone at the page's address."""
    page = get_object_or_404(case_studies_behind_the_scenes(request.user), slug=slug)
    require(can_withdraw_case_study(request.user, page), "Only its council's publisher or an editor withdraws it.")
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_case_study(page, by=request.user, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "Withdrawn. Its address now says so, with the reason.")
            return redirect(page)
    return render(request, "publishing/withdraw.html", {"page": page, "form": form})


@door(signed_in)
def ask_council(request: SignedInRequest, slug: str) -> HttpResponse:
    """Ask the council that wrote a case study about it."""
    study = get_object_or_404(visible_case_studies(request.user).select_related("council"), slug=slug)
    return ask(request, study.council, about=study)


@door(anyone)
def picture(request: HttpRequest, name: str) -> FileResponse:
    """A picture at one of its sizes, to whoever may see a page that shows it."""
    rendition = PictureRendition.objects.filter(file=f"images/{name}").select_related("image").first()
    if rendition is None or not can_see_picture(request.user, rendition.image):
        raise Http404
    return file_answer(rendition.file)


@door(anyone)
def uploaded_picture(request: HttpRequest, name: str) -> FileResponse:
    """The file as it was uploaded, for editors: a camera may have written into it where it was taken."""
    if not is_editor(request.user):
        raise Http404
    return file_answer(get_object_or_404(Picture, file=f"original_images/{name}").file)
