"""The words of the weekly mail of what saved searches newly find."""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from core.mail import MailPart
from outbox.kinds import Letter, kind
from search.saved.models import SavedSearch
from search.saved.queries import FoundRecord, lines_for


@kind("search.newly_found", "What the searches that you saved newly find, weekly", about=None, can_be_turned_off=True)
def newly_found(about: None, to: User, new: Mapping[str, Sequence[str]]) -> Letter | None:
    """What is new under the name of each search that still stands; None where its reader may find nothing of it now."""
    searches = SavedSearch.objects.filter(person=to, pk__in=[int(key) for key in new]).defer("found")
    found = [(search, lines_for(to, new[str(search.pk)])) for search in searches]
    sections = tuple(MailPart(search.name, _words(search, lines)) for search, lines in found if lines)
    if not sections:
        return None
    context = {
        "person": to,
        "number": sum(len(lines) for _, lines in found),
        "saved": settings.BASE_URL + reverse("search:saved"),
    }
    return Letter("emails/newly_found", context, sections=sections)


def _words(search: SavedSearch, lines: Sequence[FoundRecord]) -> str:
    shown = [f"{line.title} ({line.what})\n{settings.BASE_URL}{line.url}" for line in lines]
    return "\n\n".join([*shown, f"All that it finds:\n{settings.BASE_URL}{search.url}"])
