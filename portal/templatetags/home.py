"""Template tags of the home page."""

from typing import Any

from django import template

from portal import entrance, queries
from portal.inbox import account, week
from projects.models import Need

register = template.Library()


@register.simple_tag(takes_context=True)
def open_now(context: dict[str, Any]) -> list[queries.Open]:
    return queries.open_now(context["request"].user)


@register.simple_tag(takes_context=True)
def featured_need(context: dict[str, Any], address: str) -> Need | None:
    return queries.featured_need(address, context["request"].user)


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
    return [*entrance.writing(user), *account.anywhere(user), *entrance.pages_admin(user)]
