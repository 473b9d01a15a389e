"""Services and councils whose name was searched for: answers of their own, above the results."""

from dataclasses import dataclass, replace

from django.db.models import Q

from core.words import counted, day_in_words
from councils.models import Organisation
from search.asking import SearchQuery, services
from search.vocabulary import key_of

MOST_NAMED = 2  # of each kind
MOST_WORDS = 8  # of a council's name


@dataclass(frozen=True)
class Named:
    """A service or a council with the name that was searched for."""

    kind: str
    name: str
    url: str
    detail: str


def named_services(asked: SearchQuery) -> list[tuple[str, SearchQuery]]:
    """The services with this name or, by a synonym, one that means the same, each with the search that shows it."""
    keys = {key_of(asked.q)}
    if len(asked.words.terms) == 1:
        keys |= {key_of(" ".join(phrase)) for phrase in asked.words.terms[0].also}
    return [
        (name, replace(asked, q="", kind="", filters={"service": (slug,)}, page=1, sort="relevance"))
        for slug, name in services().items()
        if key_of(name) in keys
    ][:MOST_NAMED]


def named_service(name: str, asked: SearchQuery, total: int) -> Named:
    return Named("Service", name, asked.address(), f"{counted(total, 'result')} for this service")


def named_councils(text: str) -> list[Named]:
    """The councils with this name, today's or a former one; of one that has ended, with those that took over."""
    if not text or len(text.split()) > MOST_WORDS:
        return []
    alike = Q(name__iexact=text) | Q(official_name__iexact=text) | Q(former_names__icontains=text)
    found = [
        each for each in Organisation.objects.councils().filter(alike).order_by("name")[:20] if _is_called(each, text)
    ]
    return [_named_council(council, text) for council in found[:MOST_NAMED]]


def _former_names(council: Organisation) -> list[str]:
    return [name.strip() for name in council.former_names.split(";") if name.strip()]


def _is_called(council: Organisation, text: str) -> bool:
    names = (council.name, council.official_name, *_former_names(council))
    return text.casefold() in {name.casefold() for name in names}


def _named_council(council: Organisation, text: str) -> Named:
    former = next((name for name in _former_names(council) if name.casefold() == text.casefold()), "")
    detail = f"formerly {former}" if former else council.place
    if council.has_ended and council.ends_on:
        heirs = ", ".join(council.successors.order_by("name").values_list("name", flat=True))
        detail = f"until {day_in_words(council.ends_on)}" + (f", now {heirs}" if heirs else "")
    return Named("Council", council.official_name, council.get_absolute_url(), detail)
