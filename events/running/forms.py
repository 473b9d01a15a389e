"""Forms of those who run an event: a message to its people, and the kinds of people it needs."""

from typing import Any

from django import forms

from core.forms import LineField, TextField
from core.words import counted
from events.event.models import Event
from events.running.models import EventMessage
from events.running.queries import AudienceSize, sizes_of_audiences


def _size_in_words(size: AudienceSize) -> str:
    without = f"; {size.without:,} more gave no address" if size.without else ""
    over = f", {size.over:,} of them let in without a place" if size.over else ""
    return f"{counted(size.people, 'person', 'people')}{over}{without}"


class MessageForm(forms.Form):
    """A message to the people of an event."""

    audience = forms.ChoiceField(
        label="Who is it for?", widget=forms.RadioSelect, error_messages={"required": "Choose who it is for."}
    )
    subject = LineField(
        label="Subject",
        max_length=120,
        help_text="The name of the event stands before it.",
        error_messages={"required": "Enter a subject."},
    )
    words = TextField(
        label="Message",
        max_length=4000,
        help_text="Plain text. When and where the event is stands below it, with a link to each person’s place.",
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Write the message."},
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sizes = sizes_of_audiences(event)
        field = self.fields["audience"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                (value, f"{label} ({_size_in_words(self.sizes[value])})")
                for value, label in EventMessage.Audience.choices
                if value != EventMessage.Audience.CAME or event.check_in_is_open
            ]


class KindForm(forms.Form):
    """A kind of people of an event."""

    name = LineField(
        label="What these people are called",
        max_length=60,
        help_text="For one person, such as “Service user”.",
        error_messages={"required": "Say what these people are called."},
    )
    is_needed = forms.BooleanField(
        label="The event needs somebody of this kind", required=False, help_text="If nobody comes, its page says so."
    )
