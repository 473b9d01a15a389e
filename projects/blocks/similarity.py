"""Open blocks of other projects that may say the same, for the secretariat to merge: found as needs are."""

from difflib import SequenceMatcher

from django.db.models import Case, Value, When

from projects.blocks.models import Block, BlockQuerySet
from projects.needs.similarity import shared_words, significant_words, word_scores

MOST_CANDIDATES = 60
ALIKE = 0.6  # so much of two titles is the same, letter by letter


def alike_blocks(blocks: BlockQuerySet, block: Block, *, most: int = 5) -> list[Block]:
    """The open blocks of other projects among `blocks` that may say what `block` says, the closest first.

    Those that share a third of its words or most of its title, then others that the same body can remove; none that is
    merged already.
    """
    words = significant_words(f"{block.title} {block.what}")
    body = block.who_can_remove_id
    is_of_body = Case(When(who_can_remove=body, then=1), default=0) if body else Value(0)
    rows = blocks.open().told_once().exclude(project=block.project_id).with_council_counts()
    rows = rows.annotate(score=word_scores(words)[1] + is_of_body).select_related("project", "who_can_remove")
    closeness: dict[int, tuple[bool, bool, float]] = {}
    found = []
    for each in rows.order_by("-score", "-pk")[:MOST_CANDIDATES]:
        shared, _ = shared_words(words, each.title, each.what)
        letters = SequenceMatcher(None, block.title.lower(), each.title.lower()).ratio()
        says_alike = 3 * shared >= len(words) > 0 or letters >= ALIKE
        is_asked = body is not None and each.who_can_remove_id == body
        if says_alike or is_asked:
            closeness[each.pk] = (says_alike, is_asked, shared + letters)
            found.append(each)
    return sorted(found, key=lambda each: closeness[each.pk], reverse=True)[:most]
