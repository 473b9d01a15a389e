"""The links to a draft, for its authors; the draft itself, for whoever has a link."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from core import clock
from core.answering import answered, posted, pressed
from core.numbers import HIGHEST_KEY
from core.permissions import allow, anyone, require, signed_in
from publishing.models import CaseStudyPage, SharedDraft
from publishing.permissions import can_share_draft, can_stop_sharing, case_studies_behind_the_scenes
from publishing.shared import operations
from publishing.shared.forms import CommentForm
from publishing.shared.queries import links_to, shared_by, token_for, version_of


@allow(signed_in, because=operations.SHARE_THEM)
def share(request: SignedInRequest, key: int) -> HttpResponse:
    """The links to a case study's draft, with what was remarked; a button makes another."""
    page = _page(request, key)
    require(can_share_draft(request.user, page), operations.SHARE_THEM)
    here = reverse("publishing:share", args=[page.pk])
    if request.method == "POST":
        said = "The link is made. Copy it from below and send it yourself."
        return pressed(request, operations.share_draft, page, said=said, to=here)
    links = [(each, _address(each), can_stop_sharing(request.user, each)) for each in links_to(page)]
    return render(request, "publishing/shared/links.html", {"page": page, "links": links})


@allow(signed_in, because=operations.SHARE_THEM)
@require_POST
def stop(request: SignedInRequest, key: int, link: int) -> HttpResponse:
    page = _page(request, key)
    shared = get_object_or_404(page.shared_drafts, pk=min(link, HIGHEST_KEY))
    here = reverse("publishing:share", args=[page.pk])
    return pressed(request, operations.stop_sharing, shared, said="The link has ended.", to=here)


@allow(anyone)
def draft(request: HttpRequest, token: str) -> HttpResponse:
    """One version of a case study to whoever has its link, and a form for a comment."""
    shared = shared_by(token)
    if shared is None:
        raise Http404
    if not shared.is_live:
        return _private(render(request, "publishing/shared/over.html", {"shared": shared}, status=410))
    form = CommentForm(posted(request))
    said = f"Thank you. {shared.made_by} gets your comment."
    if done := answered(request, form, operations.comment_on_draft, shared, said=said, to=request.path):
        return _private(done)
    SharedDraft.objects.filter(pk=shared.pk).update(opened_at=clock.now())
    context = {"shared": shared, "study": version_of(shared), "form": form}
    return _private(render(request, "publishing/shared/draft.html", context))


def _private(answer: HttpResponse) -> HttpResponse:
    """Kept by nobody, and found by no search engine. As everywhere here, no other site is told the address."""
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _page(request: SignedInRequest, key: int) -> CaseStudyPage:
    pages = case_studies_behind_the_scenes(request.user).select_related("council")
    return get_object_or_404(pages, pk=min(key, HIGHEST_KEY))


def _address(shared: SharedDraft) -> str:
    return settings.BASE_URL + reverse("publishing:shared_draft", args=[token_for(shared)])
