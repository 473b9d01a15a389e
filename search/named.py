"""Services and councils whose name was searched for: answers of their own, above the results."""

import re
from dataclasses import dataclass, replace

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Q

from core.statements import Statement
from core.words import counted, day_in_words
from councils.models import Organisation
from search.asking import SearchQuery, services
from search.vocabulary import Phrase, key_of, telling, words_of

MOST_NAMED = 2  # of each kind
MOST_WORDS = 8  # of a council's name
LETTERS = 4  # of its longest word, by which it is looked up: what follows may be an apostrophe
_STANDS_IN = "stands in"
_built: dict[str, Statement] = {}
_APOSTROPHE = re.compile("[’']")


@dataclass(frozen=True)
class NamedAnswer:
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


def named_service(name: str, asked: SearchQuery, total: int) -> NamedAnswer:
    return NamedAnswer("Service", name, asked.url, f"{counted(total, 'result')} for this service")


def named_councils(text: str) -> list[NamedAnswer]:
    """The councils with this name, today's or a former one; of one that has ended, with those that took over.

    Case, accents, signs and small words make no other name. Endings do: Reading is not called read.
    """
    words, typed = telling(words_of(text)), _forms(text)
    if not words or len(words) > MOST_WORDS:
        return []
    begins = max(words, key=len)[:LETTERS]
    called = [
        pk
        for pk, name, official, former in _with_letters(begins)
        if any(typed & _forms(each) for each in (name, official, *former.split(";")))
    ][:MOST_NAMED]
    found = Organisation.objects.in_bulk(called) if called else {}
    return [_named_council(found[pk], text) for pk in called]


def _with_letters(letters: str) -> list[tuple[int, str, str, str]]:
    """Key, name, official and former names of the councils that have these letters in one of them."""
    vendor = connections[DEFAULT_DB_ALIAS].vendor
    if vendor not in _built:
        alike = Q(name__icontains=_STANDS_IN) | Q(official_name__icontains=_STANDS_IN)
        names = Organisation.objects.councils().filter(alike | Q(former_names__icontains=_STANDS_IN))
        columns = names.order_by("name", "pk").values_list("pk", "name", "official_name", "former_names")
        _built[vendor] = Statement.of(columns, {"letters": _anywhere(_STANDS_IN)})
    return _built[vendor].rows({"letters": _anywhere(letters)})


def _anywhere(letters: str) -> str:
    """The parameter of a lookup that contains these letters, which are no signs."""
    return "%".join(("", letters, ""))


def _forms(name: str) -> set[Phrase]:
    """The telling words of a name: of King’s Lynn with and without the s, as people type it; none of an empty one."""
    return {telling(words_of(each)) for each in (name, _APOSTROPHE.sub("", name))} - {()}


def _named_council(council: Organisation, text: str) -> NamedAnswer:
    names = [name.strip() for name in council.former_names.split(";") if name.strip()]
    former = next((name for name in names if _forms(name) & _forms(text)), "")
    detail = f"formerly {former}" if former else council.place
    if council.has_ended and council.ends_on:
        heirs = ", ".join(heir.name for heir in council.heirs_today)
        detail = f"until {day_in_words(council.ends_on)}" + (f", now {heirs}" if heirs else "")
    return NamedAnswer("Council", council.official_name, council.get_absolute_url(), detail)
