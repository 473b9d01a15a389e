"""Forms of one's own place."""

from typing import Any

from django import forms

from core.forms import OF_SOMEBODY_ELSE, LineField, TextField
from councils.permissions import organisations_of
from events.event import keeping
from events.event.forms import KindField, offer_kinds
from events.event.models import Event
from events.places.models import SignUp
from questions.forms import AnswersForm
from questions.queries import asked

SEEN_BY = "Only those who run the event see this."


class PlaceForm(AnswersForm):
    """The form to sign up, and to change what was said then, with the event’s own questions."""

    over, readers = "the event", "Those who run the event"

    organisation = forms.TypedChoiceField(
        label="Who are you coming for?",
        required=False,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "You are no member of this organisation any more. Choose another."},
    )
    kind = KindField(
        label="Which of these are you?",
        help_text="A Co-Design Day works when service users, heads of service, policy experts and developers "
        "are all in the room.",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which of these you are."},
    )
    access_needs = TextField(
        label="What do you need to take part?",
        help_text=f"For example step-free access, a hearing loop or a diet. {SEEN_BY}",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    diet = LineField(
        label="Is there anything that you do not eat?",
        help_text=f"For example meat, or an allergy. {SEEN_BY}",
        max_length=300,
        required=False,
    )
    is_listed = forms.BooleanField(
        label="Show my name to others who are signed in", required=False, help_text="Leave empty to stay unnamed."
    )

    def __init__(self, *args: Any, event: Event, person: Any, is_own: bool = True, **kwargs: Any) -> None:
        """Without the event's own questions where it `is_own` to nobody here: some answers only its holder may see."""
        super().__init__(*args, questions=asked(event.question_set_id) if is_own else (), **kwargs)
        self.asks = is_own
        self.organisations = {organisation.pk: organisation for organisation in organisations_of(person)}
        names = [(pk, organisation.full_name) for pk, organisation in self.organisations.items()]
        if names:
            offered = self.fields["organisation"]
            offered.says_optional = False  # type: ignore[attr-defined]  # one of them is chosen already
            if isinstance(offered, forms.ChoiceField):
                offered.choices = [*names, ("", "Myself: my place counts for no council")]
            if not kwargs.get("initial"):
                self.initial["organisation"] = names[0][0]
        else:
            del self.fields["organisation"]
        offer_kinds(self, event)
        if "kind" in self.fields and event.kind != Event.Kind.CO_DESIGN_DAY:
            self.fields["kind"].help_text = "The event works when all of these are in the room."
        if event.asks_diet:
            self.fields["access_needs"].help_text = f"For example step-free access or a hearing loop. {SEEN_BY}"
        else:
            del self.fields["diet"]
        for name in self.fields.keys() & {*SignUp.HEALTH}:
            self.fields[name].help_text += f" {keeping.HEALTH.sentence(event)}"
        if not event.asks_access_needs:
            del self.fields["access_needs"]

    @property
    def answers(self) -> dict[str, Any]:
        """The cleaned values as `sign_up` and `change_sign_up` take them."""
        answers = super().answers if self.asks else dict(self.cleaned_data)
        if "organisation" in answers:
            answers["organisation"] = self.organisations.get(answers["organisation"])
        return answers


def _name() -> LineField:
    return LineField(
        label="Full name",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Enter your full name."},
    )


def _own_address() -> forms.EmailField:
    return forms.EmailField(
        label="E-mail address",
        help_text="We send a code to it, and hold your place for 30 minutes until you have typed that code.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": "Enter your e-mail address."},
    )


class StrangerForm(PlaceForm):
    """The form to sign up for whoever has not signed in."""

    name = _name()
    email = _own_address()
    field_order = ("name", "email")

    def __init__(self, *args: Any, waits: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if waits:
            self.fields["email"].help_text = "We send a code to it. Once you have typed it, you join the waiting list."


class PassOnForm(forms.Form):
    """The form to offer a place to a colleague."""

    email = forms.EmailField(
        label="Your colleague’s e-mail address",
        help_text="We write to this address. Your colleague accepts with an account that has it.",
        widget=forms.EmailInput(attrs=OF_SOMEBODY_ELSE),
        error_messages={"required": "Enter your colleague’s e-mail address."},
    )

    @property
    def answers(self) -> dict[str, Any]:
        """The cleaned values as `offer_place` takes them."""
        return {"to_email": self.cleaned_data["email"]}
