"""The form with which a draft is published."""

from typing import Any

from django import forms

from core.forms import LineField


class PublishForm(forms.Form):
    """What a later version corrects; the hash of the draft that was looked at comes with it."""

    correction = LineField(
        label="What does this version correct?",
        help_text="Its readers see this. The earlier version stays readable.",
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, is_first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_first:
            del self.fields["correction"]

    @property
    def answers(self) -> dict[str, Any]:
        """The cleaned values as `publish_pack` takes them."""
        return {**self.cleaned_data, "shown": str(self.data.get("shown", ""))}
