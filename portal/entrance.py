"""Links for people who write for the site: a new page of news, a new case study, and the Wagtail admin."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.models import AnyUser
from councils.permissions import needs_second_factor
from portal.foreign_routes import enters_admin
from publishing.permissions import can_write_case_studies, can_write_news


@dataclass(frozen=True)
class Way:
    """A link to something new: its words and its address."""

    text: str
    url: str


def writing(user: AnyUser) -> list[Way]:
    """The links to new news and case studies, for those that this person may write."""
    if needs_second_factor(user):
        return []  # the admin, in which they are written, is shut until then
    offered = (
        (can_write_news, Way("Write news", reverse("publishing:write_news"))),
        (can_write_case_studies, Way("Write a case study", reverse("publishing:new"))),
    )
    return [way for rule, way in offered if rule(user)]


def desk(user: AnyUser) -> str:
    """The title of the admin's home page for this person."""
    if can_write_news(user):
        return "Pages and news"
    return "Your case studies" if can_write_case_studies(user) else "Look things up"


def pages_admin(user: AnyUser) -> list[Way]:
    """The link to the admin, in a list; empty for those who may not open it."""
    return [Way(desk(user), reverse("wagtailadmin_home"))] if enters_admin(user) else []
