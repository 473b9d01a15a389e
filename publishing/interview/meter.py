"""How strong the evidence is so far, as a ladder: where it stands, and what would raise it."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.words import one_or_many, series
from publishing.evidence import WORDS, EvidenceLevel

MOST_NAMED = 3
_ASKS = {
    1: "A figure, with its unit and its day.",
    2: "The same measure before and after, with how many it was measured on.",
    3: "Somebody at another organisation verifies the figures. Ask them once it is on the site.",
    4: "Another council that uses it measures the same thing, and its lead confirms it.",
}


@dataclass(frozen=True)
class Rung:
    """One level: its words, whether it is reached, and what it is or asks for."""

    kind: str
    title: str
    state: str
    fact: str


def ladder(evidence: EvidenceLevel, *, using: Sequence[str], measured: Sequence[str]) -> list[Rung]:
    """The four levels from the lowest; the next one says what is still missing, or whom to ask, from the third on.

    `using` are the other councils that use the same asset, `measured` those of them that measured the same.
    """
    asked = max(evidence.level + 1, 3)  # the names stand once, on the rung for which they are asked next
    whom_to_ask = _whom_to_ask(using, measured)
    return [_rung(level, evidence, whom_to_ask if level == asked else "") for level in _ASKS]


def _whom_to_ask(using: Sequence[str], measured: Sequence[str]) -> str:
    """“Luton has measured the same. Ask Luton.”; nothing where nobody else uses it."""
    if not using:
        return ""
    who, does = (measured, ("has measured", "have measured")) if measured else (using, ("uses", "use"))
    names = series(who, most=MOST_NAMED)
    return f"{names} {one_or_many(len(who), *does)} the same. Ask {series(who, last='or', most=MOST_NAMED)}."


def _rung(level: int, evidence: EvidenceLevel, whom_to_ask: str) -> Rung:
    title = WORDS[level].capitalize()
    if level == evidence.level:
        return Rung(f"Level {level}, now", title, "present", "")
    if level < evidence.level:
        return Rung(f"Level {level}", title, "past", "")
    is_next_to_type = level == evidence.level + 1 and level <= 2
    fact = evidence.next_step if is_next_to_type else f"{_ASKS[level]} {whom_to_ask}".strip()
    return Rung(f"Level {level}", title, "future", fact)
