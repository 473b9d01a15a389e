"""One page of the interview, whatever it asks."""

from typing import Any

from django import forms

from core.pictures import PictureField
from publishing.models import Interview


class InterviewForm(forms.Form):
    """One page of the interview. What was typed is kept whether or not it is right."""

    def __init__(self, *args: Any, interview: Interview, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.interview = interview

    @classmethod
    def names(cls) -> list[str]:
        """The names under which a browser sends what is typed."""
        found = []
        for name, field in cls.base_fields.items():
            parts = getattr(field.widget, "widgets_names", [""])
            found += [] if isinstance(field, PictureField) else [f"{name}{part}" for part in parts]
        return found

    @property
    def typed(self) -> dict[str, str]:
        """What was sent, by name, as it was typed."""
        return {name: self.data.get(name, "") for name in self.names()}
