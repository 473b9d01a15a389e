"""What an editor says of a bundle, and which page goes into it."""

from typing import Any

from django import forms
from wagtail.models import Page

from core.forms import LineField, RowField
from design_system.forms import DateTimeField
from events.models import Event


class BundleForm(forms.Form):
    """Name and moment of a bundle."""

    name = LineField(
        label="Name",
        help_text="Editors and the pages’ authors read it: the newsletter of June",
        max_length=120,
        error_messages={"required": "Give the bundle a name."},
    )
    releases_at = DateTimeField(
        label="When is it released?",
        help_text="Leave it empty if it goes with an event, or if you release it yourself with a newsletter.",
        required=False,
    )
    event = RowField(
        label="With which event?",
        help_text="It is released as the event begins, also where that is moved.",
        queryset=Event.objects.none(),
        required=False,
        empty_label="With no event",
        error_messages={"invalid_choice": "Choose an event that is still to come."},
    )

    def __init__(self, *args: Any, now: Event | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        coming = Event.objects.upcoming()
        field = self.fields["event"]
        field.queryset = coming if now is None else coming | Event.objects.filter(pk=now.pk)  # type: ignore[attr-defined]  # a choice of rows


class PutInForm(forms.Form):
    """The page that goes into a bundle."""

    page = RowField(
        label="Case study or news",
        help_text="What is not on the site yet. It may still wait for approval.",
        queryset=Page.objects.none(),
        error_messages={
            "required": "Choose a page.",
            "invalid_choice": "Choose a page that is not on the site, and in no other bundle.",
        },
    )

    def __init__(self, *args: Any, pages: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["page"]
        field.queryset = pages  # type: ignore[attr-defined]  # a choice of rows
        field.label_from_instance = lambda page: page.draft_title  # type: ignore[attr-defined]  # likewise
