"""Open blocks that say much the same, for the secretariat to merge: found as needs are."""

from collections.abc import Iterable

from projects.blocks.models import Block, BlockQuerySet
from projects.needs.similarity import shared_words, significant_words, word_scores

MOST_CANDIDATES = 60


def alike_blocks(blocks: BlockQuerySet, block: Block, *, most: int = 5) -> list[Block]:
    """The open blocks among `blocks` that share most of the words of `block`, the closest first.

    Without itself and what is merged already, those with the same body to remove them before others.
    """
    words = significant_words(f"{block.title} {block.what}")
    if not words:
        return []
    anywhere, score = word_scores(words)
    rows = blocks.open().told_once().exclude(pk=block.pk).filter(anywhere).annotate(score=score)
    candidates = rows.with_council_counts().select_related("project").order_by("-score", "-pk")[:MOST_CANDIDATES]
    return _closest(words, candidates, block)[:most]


def _closest(words: list[str], candidates: Iterable[Block], block: Block) -> list[Block]:
    needed = max(1, -(-len(words) // 3))
    close = [(shared_words(words, each.title, each.what), each) for each in candidates]
    close = [(shared, each) for shared, each in close if shared[0] >= needed]
    same_body = block.who_can_remove_id
    close.sort(
        key=lambda pair: (same_body is not None and pair[1].who_can_remove_id == same_body, pair[0]), reverse=True
    )
    return [each for _, each in close]
