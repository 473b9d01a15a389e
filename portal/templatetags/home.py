"""What the home page's template asks for; the page itself holds what the editors chose."""

from dataclasses import asdict
from typing import Any

from django import template

from portal import entrance, queries
from portal.figures import headline
from portal.inbox import week
from portal.models import HomePage
from projects.models import Need

register = template.Library()

STANDING = {"past", "present"}


@register.simple_tag(takes_context=True)
def open_now(context: dict[str, Any]) -> list[queries.Open]:
    return queries.open_now(context["request"].user)


@register.simple_tag(takes_context=True)
def featured_need(context: dict[str, Any], page: HomePage) -> Need | None:
    return queries.featured_need(page.featured_need_id, context["request"].user)


@register.simple_tag
def home_story(page: HomePage) -> list[dict[str, Any]]:
    """The nodes of the story that the editors chose, marked where it stands now."""
    story = queries.story_of(page.story_id)
    now = max((node.step for node in story.happened if node.state != "withdrawn"), default=0)
    return [
        asdict(node) | ({"state": "present" if node.step == now else "past"} if node.state in STANDING else {})
        for node in story.nodes
    ]


@register.simple_tag
def three_figures() -> list[headline.Figure]:
    return headline.three_figures()


@register.simple_tag(takes_context=True)
def this_week(context: dict[str, Any]) -> week.Week:
    """The reader's week, put together once a request."""
    request = context["request"]
    if not hasattr(request, "_this_week"):
        request._this_week = week.week_of(request.user)
    return request._this_week


@register.simple_tag(takes_context=True)
def ways_to_write(context: dict[str, Any]) -> list[entrance.Way]:
    """What the reader may write, and where the pages are edited, for those who edit them."""
    user = context["request"].user
    return [*entrance.writing(user), *entrance.pages_admin(user)]
