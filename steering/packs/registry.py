"""The sections of a pack, in order: those of the board, and those that apps further up add in `AppConfig.ready()`."""

from collections.abc import Callable

from steering.models import Meeting
from steering.packs.section import PackSection, Since

# Returns the section, several of them, or None where there is nothing to say; at most twelve queries each.
SectionFunction = Callable[[Meeting, Since], PackSection | list[PackSection] | None]

_sections: dict[SectionFunction, int] = {}


def register(function: SectionFunction, *, order: int) -> None:
    """Have the section of `function(meeting, since)` in every pack; registering again has no effect."""
    _sections.setdefault(function, order)


def section_functions() -> list[SectionFunction]:
    """All functions, in the order of their sections."""
    return sorted(_sections, key=_sections.__getitem__)


def sections_of(meeting: Meeting, since: Since) -> list[PackSection]:
    """The sections for a meeting, in order."""
    said: list[PackSection] = []
    for function in section_functions():
        answer = function(meeting, since)
        said += answer if isinstance(answer, list) else [answer] if answer else []
    return said
