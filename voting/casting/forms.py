"""The forms of a vote, one for each way to vote."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib.humanize.templatetags.humanize import ordinal
from django.core.exceptions import ValidationError
from django.forms import BoundField

from core.forms import LineField
from core.numbers import whole_number
from voting.ballots.models import LONGEST_REASON, Ballot, Option
from voting.ballots.rules import method_of, rules_of
from voting.casting.words import note_of
from voting.methods.values import VoteMark, WrongVote

# As many as the column of a value holds.
_HIGHEST = 32_767
_ONLY_OF_THIS = "Vote only for options of this vote."


@dataclass(frozen=True)
class BallotLine:
    """One option as it stands on a ballot, with its own fields where it has any."""

    option: Option
    note: str
    is_ticked: bool = False
    boxes: tuple[BoundField, ...] = ()


class VoteForm(forms.Form):
    """What one person votes for; each thing that breaks the rules of the ballot is a sentence at its field.

    `options` come in the order of the page, and `marks` are the vote that it shows before anything is sent. `token`
    tells a page to check that is sent again from another. What concerns the whole vote stands at the field `options`.
    """

    paper: ClassVar[str]  # the template of its options

    token = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, ballot: Ballot, options: list[Option], marks: Iterable[VoteMark] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.ballot, self.options = ballot, options
        self.method, self.rules = method_of(ballot), rules_of(ballot, options)
        self.begin(marks)

    def ask_reason(self) -> None:
        """Add the field in which a voter may say why."""
        self.fields["reason"] = LineField(
            label="Why do you vote this way? In one sentence (optional)",
            help_text="It is sealed apart from your vote and cannot be changed. Those who run the vote read it without "
            "a name, and may show it beside the result once there are 5 or more.",
            max_length=LONGEST_REASON,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
            error_messages={"max_length": f"Keep the reason to {LONGEST_REASON} characters."},
        )

    def begin(self, marks: Iterable[VoteMark]) -> None:
        """Add the fields of the options, filled in with these marks."""
        raise NotImplementedError

    @property
    def marks(self) -> tuple[VoteMark, ...]:
        """The vote as plain values."""
        raise NotImplementedError

    @property
    def lines(self) -> list[BallotLine]:
        """The options in the order of the page."""
        raise NotImplementedError

    @property
    def answers(self) -> dict[str, Any]:
        given = {"marks": self.marks, "token": self.cleaned_data["token"]}
        return given | ({"reason": self.cleaned_data["reason"]} if "reason" in self.fields else {})

    @property
    def sent(self) -> list[tuple[str, str]]:
        """The names and values of the vote as they were sent, to be sent again from the page to check it."""
        names = [name for name in self.fields if name != "token" and name in self.data]
        return [(name, value) for name in names for value in self.data.getlist(name)]

    def clean(self) -> None:
        super().clean()
        if self.errors:
            return
        try:
            self.method.check(self.marks, self.rules)
        except WrongVote as wrong:
            beside = field_of(wrong.option, wrong.question)
            self.add_error(beside if beside in self.fields else "options", str(wrong))


class TicksForm(VoteForm):
    """The options that one person ticked."""

    paper = "voting/paper/ticks.html"

    def begin(self, marks: Iterable[VoteMark]) -> None:
        self.fields["options"] = forms.TypedMultipleChoiceField(
            label="Options",
            choices=[(option.pk, option.title) for option in self.options],
            coerce=int,
            widget=forms.CheckboxSelectMultiple,  # ids as on the ballot, so that an error links to the first box
            required=False,  # the method refuses with the words of the rule
            error_messages={"invalid_choice": "Tick only options of this vote."},
        )
        self.initial["options"] = [mark.option for mark in marks]

    @property
    def marks(self) -> tuple[VoteMark, ...]:
        return tuple(VoteMark(option) for option in self.cleaned_data["options"])

    @property
    def lines(self) -> list[BallotLine]:
        ticked = {str(value) for value in self["options"].value() or ()}
        return [BallotLine(option, note_of(option), str(option.pk) in ticked) for option in self.options]


class ValueField(forms.Field):
    """A whole number given to an option in answer to a question, or none.

    `sentence` is said of anything else. `choices` are the numbers one may choose from, with their words.
    """

    def __init__(
        self, *, sentence: str, question: str = "", choices: Iterable[tuple[str, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(required=False, **kwargs)
        self.sentence, self.question, self.choices = sentence, question, list(choices)

    def to_python(self, value: Any) -> int | None:
        text = str(value or "").strip()
        if not text:
            return None
        if (number := whole_number(text, most=_HIGHEST)) is None:
            raise ValidationError(self.sentence, code="invalid")
        return number


class ValuesForm(VoteForm):
    """A number for each option, or none."""

    widget: ClassVar[type[forms.Widget]]

    def choices(self) -> list[tuple[str, str]]:
        """The numbers that one may choose from, with their words; empty where one types them."""
        return []

    def begin(self, marks: Iterable[VoteMark]) -> None:
        for option in self.options:
            for question in self.method.questions:
                self.fields[field_of(option.pk, question)] = ValueField(
                    label=f"{option.title}, {question}" if question else option.title,
                    sentence=self.method.not_a_value,
                    question=question,
                    choices=self.choices(),
                    widget=self.widget,
                )
        self.initial |= {field_of(mark.option, mark.question): mark.value for mark in marks}
        # Not on the page: what is wrong with the whole vote is listed under it, and leads to the first control.
        first = f"id_{field_of(self.options[0].pk, self.method.questions[0])}" if self.options else ""
        first += "_0" if issubclass(self.widget, forms.RadioSelect) else ""
        whole = forms.CharField(label="Options", required=False, widget=forms.TextInput(attrs={"id": first}))
        self.fields["options"] = whole

    @property
    def marks(self) -> tuple[VoteMark, ...]:
        given = (
            VoteMark(option.pk, value, question)
            for option in self.options
            for question in self.method.questions
            if (value := self.cleaned_data[field_of(option.pk, question)]) is not None
        )
        return tuple(mark for mark in given if self.says_something(mark))

    def says_something(self, mark: VoteMark) -> bool:
        """Whether a mark is handed in: a 0 may say as much as nothing."""
        return True

    @property
    def lines(self) -> list[BallotLine]:
        names = self.method.questions
        return [
            BallotLine(option, note_of(option), boxes=tuple(self[field_of(option.pk, name)] for name in names))
            for option in self.options
        ]

    def clean(self) -> None:
        for name in self.data:
            if name in self.fields and len(self.data.getlist(name)) > 1:
                self.add_error(name, "Mark each option once.")
            elif name.startswith("option") and (name == "options" or name not in self.fields):
                self.add_error("options", _ONLY_OF_THIS)
                break
        super().clean()


class DotsForm(ValuesForm):
    """The dots that one person gave."""

    paper = "voting/paper/dots.html"
    widget = forms.TextInput

    @property
    def cap(self) -> int:
        """The most dots that one option takes."""
        most = self.rules.most or 0
        return min(most, self.rules.cap or most)

    def says_something(self, mark: VoteMark) -> bool:
        return mark.value > 0


class RanksForm(ValuesForm):
    """The options that one person ranked."""

    paper = "voting/paper/ranks.html"
    widget = forms.Select

    def choices(self) -> list[tuple[str, str]]:
        most = min(self.rules.most or len(self.options), len(self.options))
        return [(str(rank), str(ordinal(rank))) for rank in range(1, most + 1)]


class ScalesForm(ValuesForm):
    """A number on a scale for each option and question."""

    paper = "voting/paper/scales.html"
    widget = forms.RadioSelect

    def choices(self) -> list[tuple[str, str]]:
        return [(str(value), str(value)) for value in range(self.method.lowest, (self.method.highest or 0) + 1)]


FORMS: dict[str, type[VoteForm]] = {
    Ballot.Method.SINGLE: TicksForm,
    Ballot.Method.APPROVAL: TicksForm,
    Ballot.Method.DOTS: DotsForm,
    Ballot.Method.SCORE: ScalesForm,
    Ballot.Method.RANKED: RanksForm,
    Ballot.Method.MATRIX: ScalesForm,
    Ballot.Method.BUDGET: TicksForm,
}


def form_of(ballot: Ballot) -> type[VoteForm]:
    """The form of a ballot's method."""
    return FORMS[method_of(ballot).key]


def field_of(option: int | None, question: str = "") -> str:
    """The name of the field in which something is given to an option."""
    return f"option-{option}-{question}" if question else f"option-{option}"
