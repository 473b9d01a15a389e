"""The feedback form."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.forms import TextField
from events.feedback.models import Feedback, FeedbackComment

QUESTIONS = {
    "would_recommend": "Would you recommend this event to others?",
    "rated_good_or_better": "Was it good, or better than good?",
    "identified_improvements": "Did you find improvements to make to services?",
    "identified_new_ways_of_working": "Did you find new ways of working?",
    "identified_collaboration": "Did you find others to work with, local or central?",
    "identified_efficiencies": "Did you find ways to work more efficiently?",
    "identified_savings": "Did you find savings to make?",
}


class FeedbackForm(forms.Form):
    """The seven questions and a box to write in; each may be left out."""

    def __init__(self, *args: Any, takes_comment: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in Feedback.OUTCOMES:
            self.fields[name] = forms.TypedChoiceField(
                label=QUESTIONS[name],
                choices=[("yes", "Yes"), ("no", "No")],
                coerce=lambda value: value == "yes",
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )
        if takes_comment:
            self.fields["comment"] = TextField(
                label="Is there anything else you want to say?",
                help_text=f"Up to {FeedbackComment.MOST:,} characters. Kept apart from your answers and without your "
                "name. Leave out whatever would tell who you are.",
                max_length=FeedbackComment.MOST,
                required=False,
                widget=forms.Textarea(attrs={"rows": 5}),
            )

    def clean(self) -> dict[str, Any]:
        if not self.errors and all(answer in (None, "") for answer in self.cleaned_data.values()):
            raise ValidationError("Answer at least one question, or write something.")
        return self.cleaned_data
