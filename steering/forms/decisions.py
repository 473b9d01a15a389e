"""Forms of decisions, of what follows from them, and of their reviews."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms

from core.forms import LineField, TextField
from design_system.errors import sentences
from design_system.fields import OnlyIf
from design_system.forms import DateField
from steering.models import BoardSeat, Decision, SeatStand
from steering.queries.decisions import Shown, Weighed

NO_PART = "none"
STOOD = [*SeatStand.Stood.choices, (NO_PART, "Took no part")]
OPTIONS = range(1, 5)


class DecisionForm(forms.Form):
    """The form of a decision: what was decided, and a row for each body that could stand on it."""

    last_number = forms.CharField(widget=forms.HiddenInput, max_length=20, required=False)
    case_hash = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    result = forms.ChoiceField(
        label="What did the board decide?",
        widget=forms.RadioSelect,
        error_messages={"required": "Say what the board decided."},
    )
    title = LineField(
        label="What was decided, in a line?",
        max_length=160,
        error_messages={"required": "Say in a line what was decided."},
    )
    wording = TextField(
        label="The decision, word for word",
        max_length=2000,
        error_messages={"required": "Write down the decision."},
    )
    conditions = TextField(
        label="On which conditions?",
        help_text="Once they are met, you record that, and only then it counts as accepted.",
        max_length=2000,
        required=False,
    )
    review_on = DateField(label="When is it looked at again?", help_text="In six months, for example", required=False)
    basis = TextField(label="What does it rest on?", max_length=2000, required=False)
    dissent = TextField(label="What did those against it wish to have written down?", max_length=2000, required=False)
    chosen = forms.ChoiceField(
        label="Which of them was chosen?",
        choices=[("", "None of them"), *((str(n), f"Option {n}") for n in OPTIONS)],
        required=False,
    )

    def __init__(self, *args: Any, seats: Sequence[BoardSeat], is_about_a_case: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = list(seats)
        what = "the business case" if is_about_a_case else "what was proposed"
        self.fields["result"].choices = [  # type: ignore[attr-defined]  # of a choice field
            (Decision.Result.ACCEPTED, f"Accept {what}"),
            (Decision.Result.REJECTED, f"Do not accept {what}"),
            (Decision.Result.CONDITIONAL, f"Accept {what} on conditions"),
            (Decision.Result.DEFERRED, "Defer it to another meeting"),
            (Decision.Result.NOTED, "Only take note"),
        ]
        self.fields["conditions"].only_if = OnlyIf(  # type: ignore[attr-defined]  # read where fields are drawn
            "result", (Decision.Result.CONDITIONAL,), "Only if it is accepted on conditions."
        )
        if is_about_a_case:
            del self.fields["title"]
        for seat in self.seats:
            self.fields[f"stood_{seat.pk}"] = forms.ChoiceField(
                label=str(seat), choices=STOOD, widget=forms.RadioSelect, required=False
            )
            self.fields[f"note_{seat.pk}"] = LineField(label=f"Note of {seat}", max_length=300, required=False)
        for n in OPTIONS:
            self.fields[f"option_{n}"] = LineField(label=f"Option {n}", max_length=160, required=False)
            self.fields[f"option_note_{n}"] = LineField(
                label=f"What spoke for or against option {n}", max_length=1000, required=False
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("result") == Decision.Result.CONDITIONAL and not given.get("conditions"):
            self.add_error("conditions", "Write down the conditions.")
        if given.get("result") != Decision.Result.NOTED:
            for seat in self.seats:
                if f"stood_{seat.pk}" in given and not given[f"stood_{seat.pk}"]:
                    self.add_error(f"stood_{seat.pk}", f"Say how {seat} stood, or that it took no part.")
        chosen = given.get("chosen")
        if chosen and not given.get(f"option_{chosen}"):
            self.add_error("chosen", f"Option {chosen} is empty. Write it down, or choose another.")
        return given

    @property
    def answers(self) -> dict[str, Any]:
        """The cleaned values as `decide` takes them, apart from the meeting."""
        given = self.cleaned_data
        said = {name: given[name] for name in ("result", "wording", "conditions", "review_on", "basis", "dissent")}
        return {
            **said,
            "title": given.get("title", ""),
            "stands": {
                seat: (stood, given[f"note_{seat.pk}"])
                for seat in self.seats
                if (stood := given[f"stood_{seat.pk}"]) and stood != NO_PART
            },
            "options": [
                Weighed(given[f"option_{n}"], given[f"option_note_{n}"], given["chosen"] == str(n))
                for n in OPTIONS
                if given[f"option_{n}"]
            ],
            "shown": Shown(given["last_number"], given["case_hash"]),
        }

    @property
    def first(self) -> Iterator[forms.BoundField]:
        """The fields before the rows of bodies."""
        return (self[name] for name in ("result", "title", "wording", "conditions") if name in self.fields)

    @property
    def rows(self) -> Iterator[dict[str, Any]]:
        """The rows of bodies: the body, its buttons, its note, and what is wrong."""
        for seat in self.seats:
            stood, note = self[f"stood_{seat.pk}"], self[f"note_{seat.pk}"]
            yield {
                "title": str(seat),
                "marks": list(zip(stood.subwidgets, [words for _, words in STOOD], strict=True)),
                "note": note,
                "stood": stood,
                "sentences": [*sentences(stood), *sentences(note)],
            }

    @property
    def scale(self) -> list[str]:
        """The words above the buttons of the rows."""
        return [str(words) for _, words in STOOD]

    @property
    def options(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        """The fields of each option that was weighed."""
        return ((self[f"option_{n}"], self[f"option_note_{n}"]) for n in OPTIONS)


class ConditionsForm(forms.Form):
    """The form with which the conditions of a decision are written down as met."""

    words = LineField(
        label="What shows that they are met?",
        max_length=300,
        error_messages={"required": "Say what shows that the conditions are met."},
    )
    met_on = DateField(label="On which day were they met?", help_text="Leave it empty for today.", required=False)


class ImplementationForm(forms.Form):
    """The form with which a decision is written down as carried out, or why it is not."""

    is_done = forms.ChoiceField(
        label="Has it been carried out?",
        choices=[("yes", "Yes"), ("no", "Not yet")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it has been carried out."},
    )
    done_on = DateField(label="On which day?", required=False)
    done_by = LineField(label="Who carried it out?", max_length=120, required=False)
    words = LineField(
        label="What was done, or why is it not done yet?",
        max_length=300,
        error_messages={"required": "Say what was done, or why it is not done yet."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("done_on", "done_by"):
            self.fields[name].only_if = OnlyIf(  # type: ignore[attr-defined]  # read where fields are drawn
                "is_done", ("yes",), "Only if it has been carried out."
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("is_done") == "yes" and "done_on" in given and not given["done_on"]:
            self.add_error("done_on", "Say on which day it was carried out.")
        if given.get("is_done") == "yes" and "done_by" in given and not given["done_by"]:
            self.add_error("done_by", "Say who carried it out.")
        return given

    @property
    def answers(self) -> dict[str, Any]:
        """The cleaned values as `record_implementation` takes them."""
        given, is_done = self.cleaned_data, self.cleaned_data["is_done"] == "yes"
        return {
            "words": given["words"],
            "done_on": given["done_on"] if is_done else None,
            "done_by": given["done_by"] if is_done else "",
        }


class ReviewForm(forms.Form):
    """The form of a review of a decision."""

    wording = TextField(
        label="What did the board say?",
        max_length=2000,
        error_messages={"required": "Write down what the board said."},
    )
    reviewed_on = DateField(label="On which day?", help_text="Leave it empty for today.", required=False)
    review_on = DateField(
        label="When is it looked at again?", help_text="Leave it empty if that was the last time.", required=False
    )
