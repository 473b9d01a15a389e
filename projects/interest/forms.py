from django import forms

from accounts.models import AnyUser
from core.forms import TextField
from councils.models import Organisation
from projects.interest.models import Interest
from projects.interest.permissions import councils_to_offer_for
from projects.needs.forms import CouncilField
from projects.portfolio.models import Project

# What is asked of whoever offers something of a kind.
_ASKED: dict[str, tuple[str, str]] = {
    Interest.Kind.IDEAS: ("What would you like to share?", "What you have tried, what worked, what did not"),
    Interest.Kind.TEST: ("What could you test, and when?", "Which service, how many people, from when"),
    Interest.Kind.FUND: ("What could you pay for?", "Up to how much, for what, until when"),
    Interest.Kind.ADOPT: ("How would you use it?", "Which service, from when, what you would need first"),
}


class OfferForm(forms.Form):
    """What one of the reader's councils offers a project."""

    council = CouncilField()
    words = TextField(
        max_length=1000, most_words=150, error_messages={"required": "Say what your council offers."}
    )  # fmt: skip

    def __init__(self, *args, user: AnyUser, project: Project, kind: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        council, words = self.fields["council"], self.fields["words"]
        mine = councils_to_offer_for(user, project)
        council.queryset = Organisation.objects.filter(pk__in=[each.pk for each in mine])
        if len(mine) == 1:
            council.widget, council.initial = forms.HiddenInput(), mine[0]
        words.label, words.help_text = _ASKED[kind]


class OfferAnswerForm(forms.Form):
    """The answer to an offer."""

    outcome = forms.ChoiceField(
        label="What do you answer?",
        choices=[
            (Interest.Outcome.ACCEPTED, "Yes, we take it up"),
            (Interest.Outcome.LATER, "Not now, later"),
            (Interest.Outcome.DECLINED, "No, thank you"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose an answer.", "invalid_choice": "Choose one of the three answers."},
    )
    answer = TextField(
        label="What do you say to them?",
        max_length=1000,
        most_words=150,
        help_text="It is mailed to whoever made the offer. Say what happens next, and whom to talk to",
        error_messages={"required": "Say something to the council: it waits for your words."},
    )
