"""The form to invite people to an event."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from core.forms import OF_SOMEBODY_ELSE, RowsField
from core.words import counted
from councils.models import Organisation


class CouncilsField(RowsField):
    """A choice of councils, each with what is known of it and this event."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, council: Any) -> str:
        known = [words for is_so, words in (
            (council.has_come, "has come before"),
            (council.is_coming, "is coming"),
            (council.is_invited, "is invited"),
        ) if is_so]  # fmt: skip
        known.append(
            f"{counted(council.people, 'person', 'people')} to write to" if council.people else "nobody to write to yet"
        )
        return f"{council.name}: {', '.join(known)}"


class InviteForm(forms.Form):
    """Councils of one cell of the radar, or an address."""

    councils = CouncilsField(
        label="Councils",
        help_text="Their leads, and those who agreed to be asked about them, get one mail.",
        queryset=Organisation.objects.none(),
        required=False,
        error_messages={"invalid_choice": "Choose councils from the list."},
    )
    address = forms.EmailField(
        label="Or an e-mail address",
        help_text="Of somebody who should come and is in no list.",
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs=OF_SOMEBODY_ELSE),
    )

    def __init__(self, *args: Any, councils: QuerySet | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["councils"]
        if councils is None:
            del self.fields["councils"]
        elif isinstance(field, forms.ModelChoiceField):
            field.queryset = councils

    def clean(self) -> dict[str, Any]:
        if not self.errors and not self.cleaned_data.get("councils") and not self.cleaned_data.get("address"):
            raise ValidationError("Choose a council, or enter an address.")
        return self.cleaned_data
