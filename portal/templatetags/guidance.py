"""Template tags of guidance."""

from django import template
from django.db.models import QuerySet

from portal.models import ContentPage
from publishing.permissions import public_pages

register = template.Library()


@register.simple_tag
def pages_below(page: ContentPage) -> QuerySet[ContentPage] | list[ContentPage]:
    """The pages of guidance that stand below one, in the order in which editors put them."""
    return public_pages(ContentPage.objects.child_of(page)).order_by("path") if page.pk else []


@register.simple_tag
def way_to(page: ContentPage) -> list[str]:
    """The titles and addresses of the pages of guidance above one, then its own title; nothing for the uppermost."""
    above = ContentPage.objects.ancestor_of(page).order_by("path") if page.pk else ContentPage.objects.none()
    parts = [part for each in above for part in (each.title, each.url)]
    return [*parts, page.title] if parts else []
