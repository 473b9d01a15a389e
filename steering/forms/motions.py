"""Forms of what the board is asked to decide by e-mail."""

from django import forms

from core.forms import LineField, RowField, TextField
from design_system.forms import DateField
from steering.queries.cases import cases_waiting


class MotionForm(forms.Form):
    """The form of what the board is asked to decide by e-mail."""

    business_case = RowField(
        cases_waiting(), label="Which business case is it about?", empty_label="None: something else", required=False
    )
    title = LineField(
        label="What is asked, in a line?",
        help_text="For example: accept the business case of the waste standards",
        max_length=160,
        error_messages={"required": "Say what the board is asked."},
    )
    wording = TextField(
        label="The decision, word for word",
        help_text="As it stands in the register if more bodies are for it than against.",
        max_length=2000,
        error_messages={"required": "Write down what would be decided."},
    )
    closes_on = DateField(
        label="Until which day do the bodies vote?",
        help_text="The vote closes at the end of that day.",
        error_messages={"required": "Say until which day the bodies vote."},
    )


class ConcludeForm(forms.Form):
    """The form with which the result of a motion is shown and recorded."""

    review_on = DateField(
        label="When is the decision looked at again?", help_text="In six months, for example", required=False
    )
