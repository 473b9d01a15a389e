"""The chapters of the demo programme, in order."""

import time
from collections.abc import Callable

from portal.demo import (
    asset_more,
    assets,
    blocks,
    board,
    bodies,
    campaign,
    care,
    casework,
    chosen,
    commitments,
    editorial,
    evidence,
    facts,
    fieldwork,
    follows,
    gates,
    guidance,
    indicators,
    meetings,
    neighbours,
    packs,
    people,
    promises,
    reach,
    reorganised,
    searched,
    status,
    strategy,
    survey,
    survey_2015,
    systems,
    today,
)

# In order of time and of dependence.
CHAPTERS: list[tuple[str, Callable[[], object]]] = [
    ("People and bodies", lambda: (bodies.build(), people.build())),
    ("Board of 2013 and 2014", board.build_meetings),
    ("Discoveries, days and votes of 2014", campaign.build),
    (
        "Decisions of the board, and launches",
        lambda: (board.build_decisions(), campaign.build_launches(), board.build_reviews()),
    ),
    ("The annual survey of 2013 and 2014", survey.build),
    ("Services in numbers, as others counted them", facts.build),
    ("A made-up survey of 2015", survey_2015.build),
    ("What blocked projects in 2014", blocks.build_history),
    ("Assets, take-up and promises", lambda: (assets.build(), promises.build(), asset_more.build())),
    ("Neighbours, and whom to ask", neighbours.build),
    ("What councils run", systems.build),
    ("What services cost and who uses them", indicators.build),
    ("Home, news and case studies", lambda: (editorial.build(), evidence.build())),
    ("How far the campaign reached", reach.build),
    ("A council that was reorganised", reorganised.build),
    ("The programme of today", lambda: (today.build(), care.build())),
    ("Commitments to assets", commitments.build),
    ("What people follow", follows.build),
    (
        "The board of today",
        lambda: (
            board.build_today(),
            status.build(),
            promises.build_today(),
            meetings.build_before(),
            blocks.build_before(),
            packs.build_last(),  # of what was known then
            gates.build_gates(),
            board.build_since(),
            chosen.hand_in(),
            board.build_motions(),
            meetings.build(),
        ),
    ),
    ("What projects say of themselves, and what councils offer them", casework.build),
    ("What blocks projects today, and how they stand", lambda: (blocks.build_today(), status.build_latest())),
    ("The agenda of the next meeting", packs.build_coming),
    ("What the board steers by", strategy.build),
    ("The annual survey of this year", fieldwork.build),
    ("What was searched for", searched.build),
    ("Guidance", guidance.build),
]


def build(say: Callable[[str], object]) -> None:
    """Build every chapter, saying how long each took."""
    for title, chapter in CHAPTERS:
        began = time.monotonic()
        chapter()
        say(f"  {title}: {time.monotonic() - began:.1f} s")
