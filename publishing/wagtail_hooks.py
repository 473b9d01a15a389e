"""How case studies behave beyond their fields: the list as a file, and what a council sees and may do in the admin."""

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry

from core.copies import do_not_keep
from core.listing import list_as_file
from core.tables import wants_table
from publishing.action_menu import in_plain_words
from publishing.acts import act_of, is_done, step_now, why_not_done
from publishing.lists import CASE_STUDIES
from publishing.models import CaseStudyIndexPage, CaseStudyPage
from publishing.models.editorial import Editorial
from publishing.permissions import (
    can_withdraw_case_study,
    case_studies_behind_the_scenes,
    is_editor,
    publishes_alone,
)
from publishing.queries import taken_down
from publishing.rich_text import LinkToPage
from publishing.standing import goes_back_to, standing, went_back


@hooks.register("before_serve_page")
def serve_list_as_file(page: Any, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponseBase | None:
    """`?format=csv` or `xlsx` gives the list of case studies as a file, with the same filters."""
    if not isinstance(page, CaseStudyIndexPage) or not wants_table(request):
        return None
    return list_as_file(request, CASE_STUDIES)


@hooks.register("before_serve_page")
def say_that_it_was_taken_down(page: Any, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse | None:
    """410, with the day and none of the words, at the address of a page that was public once."""
    # Whom a restriction keeps out, Wagtail leads to sign-in next.
    if page.live or not all(restriction.accept_request(request) for restriction in page.get_view_restrictions()):
        return None
    context = {"taken_down": taken_down(page), "parent": page.get_parent()}
    return render(request, "publishing/taken_down.html", context, status=410)


@hooks.register("before_serve_page")
def tell_programs_that_it_was_withdrawn(page: Any, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse | None:
    """410 with the day and the reason of a withdrawn case study, for who asks for JSON; readers get a page."""
    if not isinstance(page, CaseStudyPage) or not page.live or not page.is_withdrawn:
        return None
    do_not_keep(request)  # a program is not answered with the copy that a reader left
    if request.get_preferred_type(["text/html", "application/json"]) != "application/json":
        return None
    if not all(restriction.accept_request(request) for restriction in page.get_view_restrictions()):
        return None
    said = {"withdrawn_on": page.withdrawn_on, "reason": page.withdrawn_reason}
    return JsonResponse(said, status=410, headers={"Cache-Control": "no-store", "Vary": "Accept"})


@hooks.register("before_edit_page")
def refuse_what_the_form_never_sends(request: HttpRequest, page: Any) -> None:
    """Answer 400 to hidden values that Wagtail's form never sends: it reads the two unchecked."""
    extra = request.POST.get("workflow-action-extra-data", "{}")
    version = request.POST.get("overwrite_revision_id") or "0"
    try:
        said = json.loads(extra)
    except (ValueError, RecursionError):
        said = None
    is_said = isinstance(said, dict) and all(isinstance(words, str) for words in said.values())
    if not is_said or not (version.isdecimal() and version.isascii() and len(version) < 19):
        raise BadRequest("The form was not sent by its own page.")


@hooks.register("before_publish_page")
def ask_for_a_second_pair_of_eyes(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Refuse to publish words nobody else approved; asked once they are saved, since saving makes one their writer."""
    if not isinstance(page, Editorial) or not publishes_alone(request.user, page):
        return None
    messages.warning(request, "Saved, not published: you wrote these words, so somebody else approves them. Submit it.")
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_edit_page", order=10)  # once `refuse_what_the_form_never_sends` has read the hidden values
def look_at_the_step_first(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Keep at which step a page waits before anything is done, and say why nothing can be done with it."""
    act = act_of(request.POST)
    if not act or not isinstance(page, Editorial):
        return None
    request.step_before = before = step_now(page)  # type: ignore[attr-defined]  # ours to remember it by
    if act == "Taken back." and before is None:
        messages.warning(request, why_not_done(act, page, request))
        return redirect("wagtailadmin_pages:edit", page.pk)
    lock = page.get_lock()
    if act != "Taken back." and lock is not None and lock.for_user(request.user):
        # Wagtail says that it could not be saved.
        messages.warning(request, f"{why_not_done(act, page, request)} {standing(page)}")
    return None


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def say_who_has_it_now(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Say with whom the page is, in place of Wagtail's “has been updated”, and lead on from what is done with here."""
    if not isinstance(page, Editorial) or "application/json" in request.headers.get("Accept", ""):
        return None
    list(messages.get_messages(request))  # read, so gone
    act, saved = act_of(request.POST), "Nothing was changed." if page.saved_nothing else "Saved."
    if act and not is_done(act, page, request, getattr(request, "step_before", None)):
        messages.warning(request, f"“{page.title}”: {why_not_done(act, page, request)} {saved} {standing(page)}")
        return redirect("wagtailadmin_pages:edit", page.pk)
    said = act or saved
    if people := goes_back_to(page):
        said = f"{said} The words are not those that were approved: on your approval it goes back to {people}."
    elif went_back(page):
        said = "You changed words that had been approved, so it goes back."
    messages.success(request, f"“{page.title}”: {said} {standing(page)}")
    goes_on = _where_one_goes_on(request, page)
    return redirect(goes_on) if goes_on else None


def _where_one_goes_on(request: HttpRequest, page: Page) -> str:
    """The page, once it is on the site; else what waits for whoever decided, or what its author has under way."""
    decided = "action-workflow-action" in request.POST
    handed_in = "action-submit" in request.POST or "action-restart-workflow" in request.POST
    if not (decided or handed_in or "action-publish" in request.POST) or request.POST.get("next"):
        return ""
    stands = Page.objects.filter(pk=page.pk, live=True, has_unpublished_changes=False).first()
    if stands and not handed_in:
        return stands.get_url(request) or ""
    return reverse("account") if handed_in else "/"


@hooks.register("register_rich_text_features", order=10)  # after Wagtail's own
def read_links_at_once(features: FeatureRegistry) -> None:
    features.register_link_type(LinkToPage)


@hooks.register("register_page_header_buttons")
def offer_withdrawal(page: Any, user: Any, view_name: str, next_url: str | None = None) -> list[Button]:
    page = page.specific
    if not isinstance(page, CaseStudyPage) or not page.live or page.is_withdrawn:
        return []
    if not can_withdraw_case_study(user, page):
        return []
    address = reverse("publishing:withdraw", args=[page.slug])
    return [Button("Withdraw", address, icon_name="bin", priority=70)]


@hooks.register("construct_page_action_menu")
def offer_buttons_in_plain_words(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    items[:] = in_plain_words(items, context)


@hooks.register("before_copy_page")
def copy_what_one_may_edit(request: HttpRequest, page: Any) -> None:
    """Wagtail asks about the bare page here; ask about the case study. A live alias would pass the workflow by."""
    specific = page.specific
    if isinstance(specific, CaseStudyPage):
        if not specific.permissions_for_user(request.user).can_copy():
            raise PermissionDenied
        if request.POST.get("alias") and not (request.user.is_superuser or is_editor(request.user)):
            raise PermissionDenied


@hooks.register("construct_page_chooser_queryset")
def choose_what_one_may_see(pages: QuerySet, request: HttpRequest) -> QuerySet:
    """A link may point at what is on the site, or at one's own council's drafts."""
    if request.user.is_superuser or is_editor(request.user):
        return pages
    own = case_studies_behind_the_scenes(request.user).values("pk")
    # Wagtail shows a page's newest title here, which may not be the public one.
    allowed = Page.objects.filter(Q(live=True, draft_title=F("title")) | Q(pk__in=own))
    return pages.filter(pk__in=allowed.values("pk"))
