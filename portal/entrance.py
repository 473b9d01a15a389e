"""The quick ways of whoever writes for the site: a new page of news, a new case study, and the admin of the pages."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.models import AnyUser
from councils.permissions import needs_second_factor
from publishing.permissions import can_write_case_studies, can_write_news


@dataclass(frozen=True)
class Way:
    """What one may begin, and where."""

    text: str
    url: str


def writing(user: AnyUser) -> list[Way]:
    """News and case studies: those that this person may write."""
    if needs_second_factor(user):
        return []  # the admin, in which they are written, is shut until then
    offered = (
        (can_write_news, Way("Write news", reverse("publishing:write_news"))),
        (can_write_case_studies, Way("Write a case study", reverse("publishing:new"))),
    )
    return [way for rule, way in offered if rule(user)]


def pages_admin(user: AnyUser) -> list[Way]:
    """The admin of the pages, for those who have more to do there than write for their council."""
    if needs_second_factor(user) or not can_write_news(user):
        return []
    return [Way("Pages and news", reverse("wagtailadmin_home"))]
