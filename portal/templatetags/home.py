"""Template tags of the home page."""

from dataclasses import asdict
from typing import Any

from django import template

from portal import entrance, queries
from portal.figures import headline
from portal.inbox import week
from portal.models import HomePage
from projects.models import Need
from projects.portfolio.standing import ProjectStanding

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
    """The nodes of the story that the editors chose, with its present step marked."""
    story = queries.story_of(page.story_id)
    now = max((node.step for node in story.happened if node.state != "withdrawn"), default=0)
    return [
        asdict(node) | ({"state": "present" if node.step == now else "past"} if node.state in STANDING else {})
        for node in story.nodes
    ]


@register.simple_tag
def story_standing(page: HomePage) -> ProjectStanding | None:
    return queries.standing_of_story(page.story_id)


@register.simple_tag
def three_figures() -> list[headline.Figure]:
    return headline.three_figures()


@register.simple_tag(takes_context=True)
def this_week(context: dict[str, Any]) -> week.Week:
    """The reader's week, built once for each request."""
    request = context["request"]
    if not hasattr(request, "_this_week"):
        request._this_week = week.week_of(request.user)
    return request._this_week


@register.simple_tag(takes_context=True)
def ways_to_write(context: dict[str, Any]) -> list[entrance.Way]:
    """Links to what the reader may write, and to the admin for those who may open it."""
    user = context["request"].user
    return [*entrance.writing(user), *entrance.pages_admin(user)]
