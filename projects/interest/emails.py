"""The words of each message about what councils offer projects."""

from django.conf import settings
from django.db.models import QuerySet

from accounts.models import User
from outbox.kinds import Letter, kind
from projects.interest.models import Interest

BEGAN = "asked_at"


def _interests() -> QuerySet[Interest]:
    return Interest.objects.select_related("project", "council", "by", "answered_by")


def _letter(template: str, interest: Interest, to: User | None) -> Letter:
    url = settings.BASE_URL + interest.get_absolute_url()
    return Letter(f"emails/{template}", {"person": to, "interest": interest, "url": url})


@kind("projects.interest_offered", "A council offers something to your project", about=_interests, began=BEGAN)
def interest_offered(interest: Interest, to: User | None) -> Letter | None:
    return _letter("interest_offered", interest, to) if interest.is_open else None


@kind("projects.interest_overdue", "The answer to what a council offers is overdue", about=_interests, began=BEGAN)
def interest_overdue(interest: Interest, to: User | None) -> Letter | None:
    return _letter("interest_overdue", interest, to) if interest.is_open else None


@kind("projects.interest_answered", "A project has answered your offer", about=_interests, began=BEGAN)
def interest_answered(interest: Interest, to: User | None) -> Letter | None:
    return None if interest.is_open else _letter("interest_answered", interest, to)
