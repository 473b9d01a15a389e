"""How a rule says no."""


class Refused(Exception):
    """A rule said no, in words for the person who asked. `field` names the form field it belongs to, if any."""

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field
