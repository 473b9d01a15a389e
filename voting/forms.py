"""What facilitators and voters type, checked field by field."""

from typing import Any

from django import forms
from django.db.models import Q

from accounts.models import User
from core.forms import OF_SOMEBODY_ELSE, LineField, RowField, RowsField, TextField
from councils.models import Organisation
from design_system.dates import DateTimeField
from events.models import Event
from projects.models import Prototype
from voting.models import Ballot, Option


class PrototypesField(RowsField):
    """The prototypes of a day, each saying whether it is ready."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, prototype: Prototype) -> str:
        if prototype.is_ready_for_vote:
            return prototype.title
        return f"{prototype.title} (still lacks {' and '.join(prototype.lacks)})"


class BallotForm(forms.Form):
    """A vote on the prototypes of one day."""

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
        """With `ballot`, to change that draft: in a run-off only what is not fixed by the first round."""
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


class VoteForm(forms.Form):
    """What one person ticked. Ids of other ballots, words and rubbish are one sentence at the field."""

    options = RowsField(
        label="Prototypes",
        queryset=Option.objects.none(),
        widget=forms.CheckboxSelectMultiple,  # as the ballot draws them, so that an error leads to the first box
        required=False,  # the operation says it in the words of the rule
        error_messages={
            "invalid_choice": "Tick only prototypes of this vote.",
            "invalid_list": "Tick only prototypes of this vote.",
        },
    )

    def __init__(self, *args: Any, ballot: Ballot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["options"].queryset = ballot.options.select_related("prototype")  # type: ignore[attr-defined]  # a model choice field has one


class LatecomerForm(forms.Form):
    """Somebody to add to the roll of an open vote."""

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
        """The person behind the address."""
        person = User.objects.filter(email=self.cleaned_data["email"].lower(), is_active=True).first()
        if person is None:
            raise forms.ValidationError("Nobody has an account with this address. They can make one at the door.")
        return person


class OutcomeForm(forms.Form):
    """What was decided, in words."""

    text = TextField(
        label="Outcome",
        help_text="What was decided, why, and who acts next.",
        max_length=2000,
        error_messages={"required": "Say what was decided, why, and who acts next."},
    )


class ProjectForm(forms.Form):
    """Turning what was chosen into a project."""

    option = RowField(
        label="Prototype",
        queryset=Option.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": "Choose the prototype that becomes a project.",
            "invalid_choice": "Choose a prototype that the vote chose.",
        },
    )
    lead_council = RowField(
        label="Lead council",
        help_text="It runs the project and posts its updates.",
        queryset=Organisation.objects.none(),
        empty_label="Choose a council",
        error_messages={
            "required": "Choose the council that leads the project.",
            "invalid_choice": "Choose a council from the list.",
        },
    )
    reason = LineField(
        label="Reason",
        help_text="Only where several were tied and the facilitator chooses.",
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, options: list[Option], needs_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [option.pk for option in options]
        self.fields["option"].queryset = Option.objects.filter(pk__in=keys).select_related("prototype")  # type: ignore[attr-defined]  # a model choice field has one
        self.fields["lead_council"].queryset = Organisation.objects.councils().in_force()  # type: ignore[attr-defined]  # a model choice field has one
        if not needs_reason:
            del self.fields["reason"]
