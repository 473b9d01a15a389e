"""What the pages' templates ask for: Wagtail hands a template its page and the request, the rest is read here."""

from collections.abc import Callable
from typing import Any

import nh3
from django import template
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Page as PageOfRows
from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from taggit.models import Tag
from wagtail.blocks import BoundBlock, StreamValue
from wagtail.images.shortcuts import get_rendition_or_not_found
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from accounts.models import AnyUser
from assets_registry.models import Asset
from core.figures import Figure
from core.listing import Found, find
from core.pagination import page_of
from core.words import day_in_words, month_in_words
from design_system import lines
from publishing import queries
from publishing.blocks.live import ShownRecord, record_at
from publishing.evidence import EvidenceLevel, checker_of, compares, evidence_level
from publishing.evidence_facts import Fact, facts_of, in_ledger
from publishing.figures import figure_in_words
from publishing.follow_up_standing import colour_of_follow_ups, standing_of_follow_ups
from publishing.lists import CASE_STUDIES
from publishing.models import CaseStudyPage, NewsPage, PictureRendition
from publishing.models.case_study import FOLLOWED_UP, RICH_TEXTS
from publishing.permissions import can_ask_for_a_check, can_bundle, can_write_case_studies
from publishing.shared.queries import comments_on
from publishing.standing import standing
from take_up.panels import PROMISE_COLUMNS, promise_rows
from take_up.queries import take_up
from take_up.queries.promises import Promise, in_words
from take_up.queries.take_up import TakeUp

register = template.Library()

RICH_TAGS = {"p", "br", "b", "strong", "i", "em", "ul", "ol", "li", "a", "h2", "h3"}
SCHEMES = {"http", "https", "mailto", "tel"}
_BETWEEN = "\x1f"  # which no editor types


@register.simple_tag
def card_picture_of(page: CaseStudyPage | NewsPage) -> PictureRendition | None:
    """The page's own picture in the size of a social card; None where everybody may not see one there."""
    if page.picture is None or not page.live or getattr(page, "is_withdrawn", False):
        return None
    prefetch_related_objects([page.picture], "renditions")  # read once, for the page's words too
    return get_rendition_or_not_found(page.picture, "fill-1200x630|format-jpeg")


@register.simple_tag(takes_context=True)
def case_study_listing(context: dict[str, Any]) -> Found:
    """The case studies that this request asks for."""
    return _read_once(context["request"], lambda request: find(CASE_STUDIES, request))


@register.simple_tag(takes_context=True)
def may_write_case_studies(context: dict[str, Any]) -> bool:
    """Whether the reader writes case studies for a council."""
    return can_write_case_studies(context["request"].user)


@register.simple_tag(takes_context=True)
def news_listing(context: dict[str, Any]) -> PageOfRows:
    """The page of the news that this request asks for."""
    return _read_once(
        context["request"], lambda request: page_of(request, queries.news(request.user, tag=_tag_of(request)))
    )


@register.simple_tag(takes_context=True)
def news_tag(context: dict[str, Any]) -> Tag | None:
    """The tag that this request asks for, where some news has it."""
    slug = _tag_of(context["request"])
    told = queries.news(context["request"].user, tag=slug).order_by()
    return Tag.objects.filter(slug=slug, publishing_newstag_items__content_object__in=told).first() if slug else None


def _tag_of(request: HttpRequest) -> str:
    return slugify(request.GET.get("tag", "")[:100])


@register.simple_tag
def news_facts(page: NewsPage) -> list[tuple[str, ...]]:
    """The line under the heading: its day, who wrote it, whose news it is."""
    pairs: list[tuple[str, ...]] = [("Day", day_in_words(page.published_on)), ("By", page.author)]
    if page.council:
        pairs.append(("News of", page.council.name, page.council.get_absolute_url()))
    return [pair for pair in pairs if pair[1]]


@register.simple_tag
def record_about(page: NewsPage) -> ShownRecord | None:
    """The record that a piece of news is about, while everybody may see it."""
    return record_at(page.about)


def _read_once(request: HttpRequest, read: Callable[[HttpRequest], Any]) -> Any:
    """The list of this request, read once: the title asks for it, then the page."""
    if not hasattr(request, "listing"):
        request.listing = read(request)  # type: ignore[attr-defined]  # ours to remember it by
    return request.listing  # type: ignore[attr-defined]  # kept here above


@register.filter
def evidence_of(page: CaseStudyPage) -> EvidenceLevel:
    """{{ page|evidence_of }} says “Evidence 2: before and after”."""
    return evidence_level(page)


@register.filter
def figure_of(value: Any, unit: str) -> str:
    """{{ study.before|figure_of:study.before_unit }} says “312”, or “£18,000”: the number alone."""
    return Figure(value, unit=unit).number


@register.simple_tag
def evidence_facts(page: CaseStudyPage) -> list[Fact]:
    """Each fact about its figures, with its day, n and source."""
    return facts_of(page, _use_of(page))


@register.simple_tag
def followed_up() -> str:
    """“after 6 and 12 months”: when the author of a case study is asked for a later figure."""
    return FOLLOWED_UP


@register.simple_tag
def follow_up_standing(page: CaseStudyPage) -> SafeString:
    """“Checked May 2015”, “Followed up May 2015, own figure” or “Not followed up”, as a tag."""
    words = standing_of_follow_ups(page) if page.pk else ""
    return lines.tag(words, colour_of_follow_ups(page)) if words else SafeString("")


@register.simple_tag(takes_context=True)
def can_ask_for_check(context: dict[str, Any], page: CaseStudyPage) -> bool:
    """Whether the reader may ask another organisation to check the figures."""
    user = context["request"].user
    return user.is_authenticated and compares(page) and can_ask_for_a_check(user, page)


@register.filter
def may_bundle(user: AnyUser) -> bool:
    """Whether this person says which pages go onto the site together."""
    return can_bundle(user)


@register.filter
def standing_of(page: Page) -> str:
    """{{ page|standing_of }} says “With Priya Nair since today.”"""
    return standing(page)


@register.inclusion_tag("publishing/shared/comments.html")
def comments_on_draft(page: Page) -> dict[str, Any]:
    """What readers of a shared draft remarked, for whoever goes on with it or approves it."""
    if not isinstance(page, CaseStudyPage):
        return {}
    newest, older = comments_on(page)
    return {"page": page, "newest": newest, "older": older}


@register.simple_tag
def case_study_facts(page: CaseStudyPage) -> list[tuple[str, ...]]:
    """The line under the heading: whose it is, when it happened, who took part."""
    council = page.council
    pairs: list[tuple[str, ...]] = [("By", council.full_name, council.get_absolute_url())]
    if page.happened_on:
        pairs.append(("When", month_in_words(page.happened_on)))
    if page.first_published_at:
        pairs.append(("Published", month_in_words(page.first_published_at)))
    if page.checked_on:
        pairs.append(("Followed up", month_in_words(page.checked_on)))
    return pairs


@register.simple_tag
def case_study_evidence(page: CaseStudyPage) -> list[tuple[str, str]]:
    """What was measured, before and after, on what base and when."""
    if page.after is None:
        return []
    pairs = [
        ("Measured", page.measure),
        ("Before", figure_in_words(page, "before") or "Not given"),
        ("After", figure_in_words(page, "after")),
        ("About the figures", page.figures_note),
        ("Checked by", checker_of(page)),
    ]
    return [(key, value) for key, value in pairs if value]


@register.simple_tag
def case_study_take_up(page: CaseStudyPage) -> str:
    """“3 of 326 districts and single-tier councils”: who uses the asset, which says nothing of what it did for them."""
    use = _use_of(page)
    return "" if use is None else str(use)


def _use_of(page: CaseStudyPage) -> TakeUp | None:
    """Who uses its asset, read once for the page; None where it has none that readers may see."""
    if page.asset is None or page.asset.state not in (Asset.State.PUBLISHED, Asset.State.WITHDRAWN):
        return None
    known = getattr(page, "use_of_asset", None)
    if known is None:
        known = page.use_of_asset = take_up(page.asset)  # type: ignore[attr-defined]  # ours to remember it by
    return known


@register.simple_tag
def case_study_in_ledger(page: CaseStudyPage) -> Promise | None:
    """The line of the ledger that its figures are; None where there is none."""
    return in_ledger(page)


@register.simple_tag
def case_study_links(page: CaseStudyPage) -> list[tuple[str, ...]]:
    """Service, project, asset, what it cost and whom to ask."""
    pairs: list[tuple[str, ...]] = []
    if page.service:
        pairs.append(("Service", page.service.name, f"/case-studies/?service={page.service.slug}"))
    if page.project:
        pairs.append(("Project", page.project.title, page.project.get_absolute_url()))
    if page.asset and page.asset.state in (Asset.State.PUBLISHED, Asset.State.WITHDRAWN):
        pairs.append(("Asset", page.asset.name, page.asset.get_absolute_url()))
    words = (("Who took part", page.who), ("What it cost", page.cost), ("Whom to ask", page.contact))
    return pairs + [(key, value) for key, value in words if value]


@register.simple_tag
def benefit_rows(page: CaseStudyPage) -> dict[str, list[Any]]:
    """Its promises in the columns that every page gives them."""
    promises = in_words(page.benefits.all())
    return {"columns": PROMISE_COLUMNS, "rows": promise_rows(promises, AnonymousUser())}


@register.simple_tag(takes_context=True)
def blocks(context: template.Context, body: StreamValue) -> SafeString:
    """The blocks of a page, one below the other."""
    return format_html_join("\n", "{}", ((part.render(context.flatten()),) for part in body))


@register.simple_tag(takes_context=True)
def shown_block(context: template.Context, block: BoundBlock) -> SafeString:
    """One block as readers see it."""
    return block.render(context.flatten())


@register.filter
def safe_richtext(value: str) -> SafeString:
    """Rich text as Wagtail expands it, cleaned once more: the editor's whitelist guards the form, not the database."""
    return _cleaned(expand_db_html(value or ""))


@register.simple_tag
def case_study_words(page: CaseStudyPage) -> dict[str, SafeString]:
    """Its rich texts by their names, as `safe_richtext` shows them; the links of all are read at once."""
    texts = [getattr(page, name) or "" for name in RICH_TEXTS]
    parts = expand_db_html(_BETWEEN.join(texts)).split(_BETWEEN)
    if len(parts) != len(texts):  # one of them holds the mark
        parts = [expand_db_html(text) for text in texts]
    return dict(zip(RICH_TEXTS, map(_cleaned, parts), strict=True))


def _cleaned(html: str) -> SafeString:
    html = nh3.clean(html, tags=RICH_TAGS, attributes={"a": {"href"}}, url_schemes=SCHEMES)
    return mark_safe(html)  # noqa: S308 - nh3 has just cleaned it
