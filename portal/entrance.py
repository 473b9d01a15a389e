"""The quick ways of whoever writes for the site: a new page of news, a new case study, and the admin of the pages."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.models import AnyUser
from councils.permissions import needs_second_factor
from portal.foreign_routes import enters_admin
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


def desk(user: AnyUser) -> str:
    """What the front page of the admin is called for this person."""
    if can_write_news(user):
        return "Pages and news"
    return "Your case studies" if can_write_case_studies(user) else "Look things up"


def pages_admin(user: AnyUser) -> list[Way]:
    """The admin, for everybody whom its door lets in."""
    return [Way(desk(user), reverse("wagtailadmin_home"))] if enters_admin(user) else []
