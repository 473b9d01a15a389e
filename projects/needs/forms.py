from typing import Any

from django import forms

from accounts.models import AnyUser
from core.forms import LineField, RowField, plain_formfield
from councils.models import Organisation
from projects.needs.models import Need
from projects.needs.permissions import councils_to_speak_for, visible_needs


class CouncilField(RowField):
    """One of somebody's own councils; a hidden field where there is only one."""

    def __init__(self) -> None:
        super().__init__(
            Organisation.objects.none(),
            empty_label=None,
            widget=forms.RadioSelect,
            label="For which council?",
            error_messages={
                "required": "Choose one of your councils.",
                "invalid_choice": "Choose one of your own councils.",
            },
        )

    def label_from_instance(self, council: Any) -> str:
        return council.full_name

    def offer(self, user: AnyUser) -> None:
        councils = councils_to_speak_for(user)
        self.queryset = Organisation.objects.filter(pk__in=[council.pk for council in councils])
        if len(councils) == 1:
            self.widget, self.initial = forms.HiddenInput(), councils[0]


class NeedWordsForm(forms.ModelForm):
    """The words of a need."""

    class Meta:
        model = Need
        formfield_callback = plain_formfield
        fields: tuple[str, ...] = ("title", "who_for", "what", "evidence", "service", "cost_of_problem")
        labels = {
            "title": "What is the need, in one line?",
            "who_for": "Who is it for?",
            "what": "What do they need to be able to do?",
            "evidence": "How do you know?",
            "service": "Which service is it about?",
            "cost_of_problem": "What does the problem cost today?",
        }
        help_texts = {
            "title": "Start with a verb, as in “Tell residents when their bin day changes”.",
            "who_for": "The people, not the department: residents, carers, landlords.",
            "what": "Say what they are trying to do, not what should be built.",
            "evidence": "Research, complaints, calls, figures. Say where they come from.",
            "cost_of_problem": "A figure with its base, as in “1,200 calls a month at £2.83 each”.",
        }
        error_messages = {
            "title": {"required": "Say what the need is, in one line."},
            "who_for": {"required": "Say who needs it."},
            "what": {"required": "Say what they need to be able to do."},
            "service": {"invalid_choice": "Choose a service from the list, or leave it open."},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["service"].empty_label = "Not about one service"


class RaiseNeedForm(NeedWordsForm):
    """A new need, for one of the reader's councils."""

    council = CouncilField()
    field_order = ("council",)

    def __init__(self, *args: Any, user: AnyUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["council"].offer(user)

    class Meta(NeedWordsForm.Meta):
        fields = ("council", *NeedWordsForm.Meta.fields)


class ForCouncilForm(forms.Form):
    """For which of one's councils."""

    council = CouncilField()

    def __init__(self, *args: Any, user: AnyUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["council"].offer(user)


class HowItLooksForm(forms.Form):
    """One line on how a need looks with a council."""

    words = LineField(
        label="How does it look with you?",
        max_length=300,
        required=False,
        help_text=(
            "It stands on the page beside your council, as in “Three teams each keep a copy of the same driving "
            "licence.” Name nobody."
        ),
    )


class WithdrawNeedForm(forms.Form):
    reason = LineField(
        label="Why is it withdrawn?",
        max_length=300,
        help_text="It stays on the page for whoever follows a link to it.",
        error_messages={"required": "Say why the need is withdrawn."},
    )


class MergeForm(forms.Form):
    """Which need says the same: its address, or the last part of it."""

    into = LineField(
        label="Address of the other need",
        max_length=300,
        help_text="Copy it from the other need's page, as in /needs/bin-days/.",
        error_messages={"required": "Give the address of the need that says the same."},
    )
    reason = LineField(label="Why are they the same?", max_length=300, required=False)

    def __init__(self, *args: Any, user: AnyUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_into(self) -> Need:
        slug = self.cleaned_data["into"].rstrip("/").rpartition("/")[2]
        need = visible_needs(self.user).filter(slug=slug).first()
        if need is None:
            raise forms.ValidationError("There is no need at this address.")
        return need
