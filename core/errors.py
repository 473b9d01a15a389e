"""The error that operations raise for people to read."""


class Refused(Exception):
    """A rule forbids an operation; says why to the person who asked. `field` names the form field at fault, if any."""

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field
