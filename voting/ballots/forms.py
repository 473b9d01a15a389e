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
    method = forms.ChoiceField(
        label="How do people vote?",
        choices=[
            (Ballot.Method.APPROVAL, "Tick as many as one would pursue"),
            (Ballot.Method.SINGLE, "Tick one"),
        ],
        widget=forms.RadioSelect,
        initial=Ballot.Method.APPROVAL,
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
        help_text="Fixed when the vote opens. Both counts are shown. Per council or body, people who are here for no "
        "organisation carry no weight. Of a secret vote nobody can recount this one: choose an open vote if that "
        "matters.",
        choices=[
            (Ballot.Basis.PERSON, "Per person: every vote weighs the same"),
            (Ballot.Basis.COUNCIL, "Per council or body: each weighs one, shared among its people"),
        ],
        widget=forms.RadioSelect,
        initial=Ballot.Basis.PERSON,
    )
    secrecy = forms.ChoiceField(
        label="Who can find out what somebody votes for?",
        choices=[
            (Ballot.Secrecy.SECRET, "Secret: nobody, once it has closed. It takes 5 votes to have a result"),
            (Ballot.Secrecy.OPEN, "Open: the people in the vote and those who run it, once the result is shown"),
        ],
        widget=forms.RadioSelect,
        initial=Ballot.Secrecy.SECRET,
    )
    shows_tally = forms.BooleanField(
        label="Show the tally while people vote",
        help_text="Only in an open vote. It can sway those who have not voted yet.",
        required=False,
    )
    quorum = forms.IntegerField(
        label="How many people have to vote?",
        help_text="With fewer votes nothing is chosen. Leave empty for no such rule.",
        min_value=1,
        max_value=10_000,
        required=False,
    )
    threshold = forms.ChoiceField(
        label="How much support does an option need?",
        choices=Ballot.Threshold.choices,
        required=False,
        widget=forms.RadioSelect,
        initial=Ballot.Threshold.NONE,
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
            for name in self.fields.keys() - {"question", "closes_at"}:
                del self.fields[name]


class ReasonForm(forms.Form):
    """The form of a reason that everybody can read."""

    reason = LineField(
        label="Why?",
        help_text="Everybody can read this.",
        max_length=200,
        error_messages={"required": "Say why."},
    )


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
