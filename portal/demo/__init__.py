"""The demo programme: the Local Digital campaign of 2013 to 2015, and a small programme of today to try things on.

Everything is built through the operations that people use, under a clock set to when it happened. What a published
document states is used exactly and names its source; what had to be made up to fill rows is marked illustrative.
"""

import time
from collections.abc import Callable

from portal.demo import assets, board, bodies, campaign, editorial, people, today

# In the order in which things happened, and in which one rests on another.
CHAPTERS: list[tuple[str, Callable[[], object]]] = [
    ("People and bodies", lambda: (bodies.build(), people.build())),
    ("Board of 2013 and 2014", board.build_meetings),
    ("Discoveries, days and votes of 2014", campaign.build),
    ("Decisions of the board, and launches", lambda: (board.build_decisions(), campaign.build_launches())),
    ("Assets, take-up and benefits", assets.build),
    ("Home, news and case studies", editorial.build),
    ("The programme of today", today.build),
]


def build(say: Callable[[str], object]) -> None:
    """Build every chapter, saying how long each took."""
    for title, chapter in CHAPTERS:
        began = time.monotonic()
        chapter()
        say(f"  {title}: {time.monotonic() - began:.1f} s")
