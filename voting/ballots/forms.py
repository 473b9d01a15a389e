"""Forms of a ballot and its roll."""

from typing import Any

from django import forms
from django.db.models import Q

from accounts.models import User
from accounts.queries import person_at
from core.forms import OF_SOMEBODY_ELSE, LineField, RowsField
from core.words import series
from design_system.dates import DateTimeField
from events.models import Event
from projects.models import Prototype
from voting.ballots.models import Ballot


class PrototypesField(RowsField):
    """A choice of prototypes that says what each still lacks."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, prototype: Prototype) -> str:
        if prototype.is_ready_for_vote:
            return prototype.title
        return f"{prototype.title} (still lacks {series(prototype.lacks)})"


class BallotForm(forms.Form):
    """The form of a vote on the prototypes of one day."""

    question = LineField(
        label="Question",
        max_length=200,
        initial="Which prototypes should we pursue?",
        error_messages={"required": "Enter the question people vote on."},
    )
    prototypes = PrototypesField(
        label="Prototypes",
        help_text="The options. The vote opens once each has a summary and an outline business case.",
        queryset=Prototype.objects.none(),
        error_messages={
            "required": "Choose at least two prototypes: a vote is between options.",
            "invalid_choice": "Choose only prototypes of this day.",
        },
    )
    most_choices = forms.IntegerField(
        label="How many may one person tick?",
        help_text="Leave empty for as many as they like.",
        min_value=1,
        max_value=50,
        required=False,
    )
    to_pursue = forms.IntegerField(label="How many are chosen?", min_value=1, max_value=50, initial=1)
    basis = forms.ChoiceField(
        label="Which count decides?",
        help_text="Fixed when the vote opens. Both counts are always shown. Per council, people who are here for no "
        "council carry no weight.",
        choices=[
            (Ballot.Basis.PERSON, "Per person: every vote weighs the same"),
            (Ballot.Basis.COUNCIL, "Per council: each weighs one, shared among its voters"),
        ],
        widget=forms.RadioSelect,
        initial=Ballot.Basis.PERSON,
    )
    tie_rule = forms.ChoiceField(
        label="What happens in a tie?",
        choices=Ballot.TieRule.choices,
        widget=forms.RadioSelect,
        initial=Ballot.TieRule.RUN_OFF,
    )
    closes_at = DateTimeField(
        label="When does it close?",
        help_text="Leave empty to close it by hand. With a time, votes sent later are refused.",
        required=False,
    )

    def __init__(self, *args: Any, event: Event, ballot: Ballot | None = None, **kwargs: Any) -> None:
        """With `ballot`, a form to change that draft; of a run-off, without what the first vote fixed."""
        if ballot:
            kwargs["initial"] = {name: getattr(ballot, name) for name in self.base_fields if name != "prototypes"}
            kwargs["initial"]["prototypes"] = list(ballot.options.values_list("prototype", flat=True))
        super().__init__(*args, **kwargs)
        of_the_day = Prototype.objects.filter(
            Q(events=event) | Q(options__ballot=ballot) if ballot else Q(events=event)
        )
        self.fields["prototypes"].queryset = of_the_day.select_related("outline").distinct()  # type: ignore[attr-defined]  # a model choice field has one
        if ballot and ballot.run_off_of_id:
            for name in ("prototypes", "most_choices", "to_pursue", "basis", "tie_rule"):
                del self.fields[name]


class LatecomerForm(forms.Form):
    """The form to add somebody to the roll of an open vote."""

    email = forms.EmailField(
        label="E-mail address of their account",
        max_length=254,
        widget=forms.EmailInput(attrs=OF_SOMEBODY_ELSE),
        error_messages={
            "required": "Enter the e-mail address of their account.",
            "invalid": "Enter an e-mail address like name@council.gov.uk.",
        },
    )
    reason = LineField(
        label="Why were they not checked in when the vote opened?",
        help_text="Everybody can read this, beside the result.",
        max_length=200,
        error_messages={"required": "Say why this person was not checked in when the vote opened."},
    )

    def clean_email(self) -> User:
        """The person with that e-mail address and an open account."""
        person = person_at(self.cleaned_data["email"])
        if person is None or not person.is_active:
            raise forms.ValidationError("Nobody has an account with this address. They can make one at the door.")
        return person
