"""How strong the evidence is so far, as a ladder: where it stands, and what would raise it."""

from dataclasses import dataclass

from publishing.evidence import WORDS, EvidenceLevel

_ASKS = {
    1: "A figure, with its unit and its day.",
    2: "The same measure before and after, with how many it was measured on.",
    3: "Somebody at another organisation verifies the figures. Ask them once it is on the site.",
    4: "Another council that uses the same measures the same, and its lead confirms.",
}


@dataclass(frozen=True)
class Rung:
    """One level: its words, whether it is reached, and what it is or asks for."""

    kind: str
    title: str
    state: str
    fact: str


def ladder(evidence: EvidenceLevel) -> list[Rung]:
    """The four levels from the lowest; the next one says what is still missing."""
    return [_rung(level, evidence) for level in _ASKS]


def _rung(level: int, evidence: EvidenceLevel) -> Rung:
    title = WORDS[level].capitalize()
    if level == evidence.level:
        return Rung(f"Level {level}, now", title, "present", "")
    if level < evidence.level:
        return Rung(f"Level {level}", title, "past", "")
    is_next_to_type = level == evidence.level + 1 and level <= 2
    return Rung(f"Level {level}", title, "future", evidence.next_step if is_next_to_type else _ASKS[level])
