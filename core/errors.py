"""The error that operations raise for people to read."""


class Refused(Exception):
    """A rule forbids an operation; says why to the person who asked. `field` names the form field at fault, if any."""

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


# Whoever saves an older form may be that somebody: nothing tells one's own second tab from another person.
CHANGED_SINCE = (
    "It was changed on another device, in another tab or by somebody else since you opened it. What it says now stands "
    "below, and yours is in the form. Put together what should stand, then save."
)
