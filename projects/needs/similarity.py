"""Needs that say much the same, found in plain database terms: no search engine, the same on every database."""

import re
from itertools import takewhile
from typing import cast

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

from core.english import SMALL_WORDS, stem
from projects.needs.models import Need

MOST_WORDS = 8  # looked for; people put what matters first
MOST_CANDIDATES = 60  # ranked in memory, whatever the size of the register
# Said in every need, beside the small words of English.
_SAID_EVERYWHERE = frozenset(
    (
        "not had his her why may one two all any out use get new see too about after again also another any because "
        "been before being between both could council councils doing each having here into just know known like make "
        "more most much must need needs only other over people same service services should some such than them then "
        "there these they this those through under until user users very want wants well were while will without "
        "would tell online able "
    ).split()
)


def significant_words(text: str) -> list[str]:
    """The words that carry the meaning, without their endings, each once, in order."""
    stems: list[str] = []
    for word in re.findall(r"[^\W\d_]{3,}", text.lower()):
        if word not in SMALL_WORDS | _SAID_EVERYWHERE and (found := _beginning(word)) not in stems:
            stems.append(found)
    return stems[:MOST_WORDS]


def _beginning(word: str) -> str:
    """What a word and its stem begin with, for the database to look for: librar of library and libraries."""
    root = stem(word)
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(word, root, strict=False))
    beginning = "".join(letter for letter, _ in alike)
    if root != word:
        beginning = beginning.removesuffix("i")  # a stem has i for y
    return beginning if len(beginning) >= 3 else word


def similar_needs(needs: QuerySet[Need], text: str, *, most: int = 5) -> list[Need]:
    """The open needs among `needs` that share most of the significant words of `text`, the closest first, each with
    its `council_count`.

    A word in the title counts thrice. At least a third of the words must be shared.
    """
    words = significant_words(text)
    if not words:
        return []
    anywhere, score = word_scores(words)
    candidates = (
        needs.filter(anywhere, state=Need.State.OPEN)
        .with_council_counts()
        .annotate(score=score)
        .select_related("council")
        .order_by("-score", "-pk")[:MOST_CANDIDATES]
    )
    needed = max(1, -(-len(words) // 3))
    close = [
        (shared, need) for need in candidates if (shared := shared_words(words, need.title, need.what))[0] >= needed
    ]
    close.sort(key=lambda pair: pair[0], reverse=True)
    return [need for _, need in close[:most]]


def word_scores(words: list[str]) -> tuple[Q, Combinable]:
    """For rows with a `title` and a `what`: that a word stands in them, and how many do, thrice in a title."""
    anywhere, score = Q(), cast(Combinable, Value(0))
    for word in words:
        in_title, in_text = Q(title__icontains=word), Q(what__icontains=word)
        anywhere |= in_title | in_text
        score = score + Case(When(in_title, then=3), When(in_text, then=1), default=0, output_field=IntegerField())
    return anywhere, score


def shared_words(words: list[str], title: str, text: str) -> tuple[int, int]:
    """How many of the words stand at the start of one of a record's own, and how many of them in its title."""
    of_title = re.findall(r"[^\W\d_]+", title.lower())
    of_text = re.findall(r"[^\W\d_]+", text.lower())
    in_title = [word for word in words if any(other.startswith(word) for other in of_title)]
    in_text = [word for word in words if word in in_title or any(other.startswith(word) for other in of_text)]
    return len(in_text), len(in_title)
