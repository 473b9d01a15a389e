"""One page of the interview, whatever it asks."""

from typing import Any

from django import forms

from core.pictures import PictureField
from publishing.models import Interview


class InterviewForm(forms.Form):
    """One page of the interview. What was typed is kept whether or not it is right."""

    def __init__(self, *args: Any, interview: Interview, filled: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.interview = interview
        self.filled = filled
        if filled is not None:
            self.initial = filled

    @classmethod
    def names(cls) -> list[str]:
        """The names under which a browser sends what is typed."""
        return [name for field in cls.base_fields for name in cls.names_of(field)]

    @classmethod
    def names_of(cls, name: str) -> list[str]:
        """The names under which a browser sends one field; of a picture none, whose file is not typed."""
        field = cls.base_fields.get(name)
        if field is None or isinstance(field, PictureField):
            return []
        return [f"{name}{part}" for part in getattr(field.widget, "widgets_names", [""])]

    @property
    def typed(self) -> dict[str, str]:
        """What was sent, by name, as it was typed; of `filled` boxes, those that no longer say what was filled in."""
        names = self.names()
        if self.filled is not None:
            as_filled = {name for name, value in self.filled.items() if self.data.get(name) == str(value)}
            changed = [name for name in self.changed_data if name not in as_filled]
            names = [name for field in changed for name in self.names_of(field)]
        return {name: self.data.get(name, "") for name in names}
