"""Changes of synonyms and of pinned results. Each holds the one word list, so that two editors take turns."""

import uuid
from collections.abc import Sequence

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core.errors import Refused
from core.permissions import require
from core.words import series
from search.models import MOST_PINS, PinnedResult, PinnedSearch, SynonymGroup, SynonymPhrase, WordList
from search.models.editors import LONGEST_PHRASE, MOST_PHRASES
from search.permissions import can_edit_search
from search.pins import documents_of
from search.vocabulary import key_of, words_of

NOT_YOURS = "Only Alliance editors and the secretariat change the words of the search."


@transaction.atomic
def add_synonyms(*, phrases: Sequence[str], by: User) -> SynonymGroup:
    """Add a group of phrases that mean the same; in force with the next search."""
    require(can_edit_search(by), NOT_YOURS)
    words = _hold_words()
    fresh = _checked(phrases)
    group = SynonymGroup.objects.create()
    _write_phrases(group, fresh)
    _change(words)
    log_action("search.synonyms_added", by=by, about=group)
    return group


@transaction.atomic
def change_synonyms(group: SynonymGroup, *, phrases: Sequence[str], by: User) -> SynonymGroup:
    """Give a group other phrases; in force with the next search."""
    require(can_edit_search(by), NOT_YOURS)
    words = _hold_words()
    if not SynonymGroup.objects.filter(pk=group.pk).exists():
        raise Refused("Another editor has removed these words meanwhile.", field="phrases")
    fresh = _checked(phrases, group=group)
    group.phrases.all().delete()
    _write_phrases(group, fresh)
    _change(words)
    log_action("search.synonyms_changed", by=by, about=group)
    return group


@transaction.atomic
def remove_synonyms(group: SynonymGroup, *, by: User) -> None:
    """Delete a group: its phrases find only themselves again."""
    require(can_edit_search(by), NOT_YOURS)
    words = _hold_words()
    log_action("search.synonyms_removed", by=by, about=group)
    SynonymGroup.objects.filter(pk=group.pk).delete()
    _change(words)


@transaction.atomic
def pin_results(*, words: str, keys: Sequence[str], by: User, in_place_of: PinnedSearch | None = None) -> PinnedSearch:
    """Show up to three records first for these words, in this order, in place of those pinned for them before.

    `in_place_of` is what an editor gave other words: it moves to them, unless something is pinned for those already.
    """
    require(can_edit_search(by), NOT_YOURS)
    held = _hold_words()
    stems = key_of(words)
    if not stems:
        raise Refused("There is no word to look for in this.", field="words")
    if len(stems) > LONGEST_PHRASE:
        raise Refused("These are too many words. Pin results for a few.", field="words")
    keys = [key for key in keys if key]
    if not keys:
        raise Refused("Choose at least one record.", field="first")
    if len(set(keys)) < len(keys):
        raise Refused("Choose each record once.", field="second" if keys[0] == keys[1] else "third")
    if len(keys) > MOST_PINS:
        raise Refused("Choose three records at most.", field="third")
    if len(documents_of(keys, by)) < len(keys):
        raise Refused("One of these records is not on the site any more. Choose another.", field="first")
    if in_place_of:
        search = _moved(in_place_of, stems)
        search.words, search.stems = words, stems
        search.save(update_fields=["words", "stems"])
    else:
        search, _ = PinnedSearch.objects.update_or_create(stems=stems, defaults={"words": words})
    search.results.all().delete()
    PinnedResult.objects.bulk_create(
        PinnedResult(search=search, position=position, key=key) for position, key in enumerate(keys, start=1)
    )
    _change(held)
    log_action("search.results_pinned", by=by, about=search, keys=keys)
    return search


def _moved(search: PinnedSearch, stems: str) -> PinnedSearch:
    """What is pinned, as it stands now; Refused where it is gone, or where another is pinned for these words."""
    found = PinnedSearch.objects.filter(pk=search.pk).first()
    if found is None:
        raise Refused("Another editor has removed this meanwhile. Pin the results anew.", field="words")
    if other := PinnedSearch.objects.filter(stems=stems).exclude(pk=search.pk).first():
        raise Refused(
            f"Results are pinned for “{other.words}” already. Change those, or choose other words.", field="words"
        )
    return found


@transaction.atomic
def unpin_results(search: PinnedSearch, *, by: User) -> None:
    """Show nothing first for these words any more."""
    require(can_edit_search(by), NOT_YOURS)
    words = _hold_words()
    log_action("search.results_unpinned", by=by, about=search)
    PinnedSearch.objects.filter(pk=search.pk).delete()
    _change(words)


def _hold_words() -> WordList:
    """The word list, locked until the transaction ends."""
    return WordList.objects.select_for_update().get_or_create(pk=1)[0]


def _change(words: WordList) -> None:
    """Say to every process, from the commit on, that its words are old."""
    words.stamp = uuid.uuid4()
    words.save(update_fields=["stamp"])


def _checked(phrases: Sequence[str], *, group: SynonymGroup | None = None) -> dict[str, str]:
    """The phrases by their stems, those of equal stems once; Refused where they are no group of their own."""
    fresh: dict[str, str] = {}
    for phrase in phrases:
        words = words_of(phrase)
        if words:
            fresh.setdefault(key_of(phrase), " ".join(words))
    if len(fresh) < 2:
        raise Refused("Write at least two phrases of different words: each finds the other.", field="phrases")
    if len(fresh) > MOST_PHRASES:
        raise Refused(f"A group has {MOST_PHRASES} phrases at most.", field="phrases")
    if too_long := [text for stems, text in fresh.items() if max(len(stems), len(text)) > LONGEST_PHRASE]:
        raise Refused(f"“{too_long[0][:30]}…” is too long for a phrase.", field="phrases")
    others = SynonymPhrase.objects.filter(stems__in=fresh).exclude(group=group).select_related("group")
    if taken := next(iter(others), None):
        rest = [text for text in str(taken.group).split(", ") if text != taken.text]
        raise Refused(
            f"“{fresh[taken.stems]}” is in another group already, with {series(rest)}. "
            "A phrase stands in one group: change that one, or leave it out here.",
            field="phrases",
        )
    return fresh


def _write_phrases(group: SynonymGroup, fresh: dict[str, str]) -> None:
    SynonymPhrase.objects.bulk_create(
        SynonymPhrase(group=group, text=text, stems=stems) for stems, text in fresh.items()
    )
