from collections.abc import Sequence
from typing import Any

from django import forms

from core.forms import LineField, RowField, TextField, plain_formfield
from councils.kinds import COUNCIL_KINDS
from councils.models import Organisation
from projects.blocks.models import Block


def bodies() -> Any:
    """Departments, associations and others in force that could be asked to remove a block."""
    return Organisation.objects.in_force().exclude(kind__in=COUNCIL_KINDS)


class BlockForm(forms.ModelForm):
    """What blocks a project, who can remove it, and who waits."""

    class Meta:
        model = Block
        formfield_callback = plain_formfield
        fields = ("title", "what", "who_can_remove", "councils")
        labels = {
            "title": "What blocks it, in one line?",
            "what": "What does it stop, and why?",
            "who_can_remove": "Who can remove it?",
            "councils": "Which councils wait for it?",
        }
        help_texts = {
            "title": "As in “No legal gateway for sharing driver data”.",
            "what": "What cannot be done, what was tried, and what would have to change.",
            "who_can_remove": "The department or body that could decide it. Leave it open if you do not know.",
            "councils": "Hold Ctrl or Command to choose several.",
        }
        error_messages = {
            "title": {"required": "Say in one line what blocks the project."},
            "what": {"required": "Say what it stops, and why."},
            "who_can_remove": {"invalid_choice": "Choose a body from the list, or leave it open."},
            "councils": {"invalid_choice": "Choose councils from the list."},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["who_can_remove"].queryset = bodies()
        fields["who_can_remove"].empty_label = "Not known yet"
        fields["councils"].queryset = Organisation.objects.in_force().filter(kind__in=COUNCIL_KINDS)


class PassUpForm(forms.Form):
    """Why a block is passed up and what is asked, and of whom."""

    words = LineField(
        label="Why, and what is asked?",
        max_length=300,
        help_text="It stands on the block’s ladder, and in the mail to those it goes to.",
        error_messages={"required": "Say why it is passed up, and what is asked."},
    )
    body = RowField(
        Organisation.objects.none(),
        label="Who can remove it?",
        required=False,
        empty_label="Not known yet",
        error_messages={"invalid_choice": "Choose a body from the list."},
    )

    def __init__(self, *args: Any, block: Block, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["body"].queryset = bodies()
        fields["body"].initial = block.who_can_remove_id


class RemoveForm(forms.Form):
    outcome = TextField(
        label="How was it removed?",
        max_length=2000,
        help_text="Who did what, and what is possible now. It stays on this page.",
        error_messages={"required": "Say how it was removed."},
    )


class MergeBlockForm(forms.Form):
    """Which block says the same: one of the candidates, or any other by its address, or the last part of it."""

    OTHER = "other"

    into = forms.ChoiceField(
        label="Which block says the same?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Say which block says the same.",
            "invalid_choice": "Choose one of these blocks, or another by its address.",
        },
    )
    other = LineField(
        label="Address of another block",
        required=False,
        max_length=300,
        help_text="Copy it from the other block’s page, as in /board/blockers/legal-gateway/.",
        error_messages={"required": "Give the address of the block that says the same."},
    )

    def __init__(self, *args: Any, candidates: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["into"].choices = [*candidates, (self.OTHER, "Another block")]
        if not candidates:  # then the address is all that there is
            fields["into"].widget, fields["into"].required, fields["other"].required = forms.HiddenInput(), False, True

    def clean(self) -> dict[str, Any]:
        """The block that was chosen, as `into`."""
        if self.errors:
            return self.cleaned_data
        chosen, address = self.cleaned_data["into"], self.cleaned_data["other"]
        field = "into" if chosen and chosen != self.OTHER else "other"
        if field == "into" and address:
            self.add_error("other", "You chose a block above. Leave the address empty, or choose “Another block”.")
            return {}
        slug = chosen if field == "into" else address.rstrip("/").rpartition("/")[2]
        block = Block.objects.filter(slug=slug).first() if slug else None
        if block is None:
            missing = "There is no block at this address." if slug else "Give the address of the other block."
            self.add_error(field, missing)
            return {}
        return {"into": block}
