"""The forms by which an interview is begun, kept page by page and sent."""

import datetime as dt
from typing import Any

from django import forms

from core.forms import RowField
from core.numbers import whole_number
from councils.models import Organisation
from publishing.interview.drafting import fields_of
from publishing.interview.forms.page import InterviewForm
from publishing.interview.forms.questions import QUESTIONS, forms_of, said_in
from publishing.models import Interview

_LATEST = 10**10  # seconds since 1970: a moment that `datetime` knows


class TypedForm(forms.Form):
    """Takes what was typed on a page as it is."""

    def __init__(self, *args: Any, of: InterviewForm, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = of

    @property
    def answers(self) -> dict[str, Any]:
        """As the operation takes them: with the picture, where it is one."""
        self.of.is_valid()
        picture = self.of.cleaned_data.get("picture")
        goes = bool(self.of.cleaned_data.get("without_picture")) and not picture
        read = (self.of.names(), self.data.get("read", ""))
        seconds = whole_number(self.data.get("opened", ""), most=_LATEST)
        opened = None if seconds is None else dt.datetime.fromtimestamp(seconds, dt.UTC)
        of_picture = {"picture": picture, "without_picture": goes}
        return {"typed": self.of.typed, **of_picture, "read": read, "opened": opened}


class SendInterviewForm(forms.Form):
    """Nothing is typed: every question is checked once more."""

    def __init__(self, *args: Any, interview: Interview, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.forms_read = forms_of(interview)

    def clean(self) -> dict[str, Any]:
        for number, form in enumerate(self.forms_read, start=1):
            if not form.is_valid():
                raise forms.ValidationError(f"Question {number} needs another look: {QUESTIONS[number - 1].title}")
        return {}

    @property
    def answers(self) -> dict[str, Any]:
        """As the operation takes them."""
        return {"words": fields_of(said_in(self.forms_read)), "read": self.data.get("read", "")}


class BeginForm(forms.Form):
    """For which of one's councils."""

    council = RowField(
        label="Which council is it about?",
        queryset=Organisation.objects.none(),
        empty_label=None,
        error_messages={"required": "Choose the council."},
    )

    def __init__(self, *args: Any, councils: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["council"]
        field.queryset = Organisation.objects.filter(pk__in=[council.pk for council in councils])
        self.only = councils[0] if len(councils) == 1 else None
        if self.only:
            del self.fields["council"]

    @property
    def answers(self) -> dict[str, Any]:
        """As the operation takes them."""
        return {"council": self.only or self.cleaned_data["council"]}
