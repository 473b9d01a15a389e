"""What people type about events and places, checked field by field."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from accounts.models import User
from core.forms import OF_SOMEBODY_ELSE, LineField, RowField, RowsField, TextField
from councils.models import Organisation, Service
from councils.permissions import organisations_of
from design_system.forms import DateTimeField
from events import access, agenda
from events.agenda import Entry
from events.models import Access, Event, Feedback, SignUp
from events.queries import brings_prototypes
from projects.models import Discovery, Need, Prototype


class OrganisationChoice(RowField):
    """Names an organisation so that a county and a district of one name can be told apart."""

    def label_from_instance(self, organisation: Organisation) -> str:
        return organisation.full_name


class PlaceForm(forms.Form):
    """What one says when signing up, and may change later."""

    organisation = forms.TypedChoiceField(
        label="Who are you coming for?", required=False, coerce=int, empty_value=None, widget=forms.RadioSelect
    )
    kind = forms.ChoiceField(
        label="Which of these are you?",
        help_text="A Co-Design Day works when service users, heads of service, policy experts and developers "
        "are all in the room.",
        choices=SignUp.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which of these you are."},
    )
    access_needs = TextField(
        label="What do you need to take part?",
        help_text="For example step-free access, a hearing loop or a diet. Only the facilitators see this. "
        "We delete it 14 days after the event.",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    is_listed = forms.BooleanField(
        label="Show my name to others who are signed in", required=False, help_text="Leave empty to stay unnamed."
    )

    def __init__(self, *args: Any, event: Event, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {organisation.pk: organisation for organisation in organisations_of(person)}
        names = [(pk, organisation.full_name) for pk, organisation in self.organisations.items()]
        if names:
            offered = self.fields["organisation"]
            if isinstance(offered, forms.ChoiceField):
                offered.choices = [*names, ("", "Myself")]
            if not kwargs.get("initial"):
                self.initial["organisation"] = names[0][0]
        else:
            del self.fields["organisation"]
        if event.kind != Event.Kind.CO_DESIGN_DAY:
            del self.fields["kind"]

    @property
    def answers(self) -> dict[str, Any]:
        """As the operations take them."""
        answers = dict(self.cleaned_data)
        if "organisation" in answers:
            answers["organisation"] = self.organisations.get(answers["organisation"])
        return answers


class PassOnForm(forms.Form):
    """To whom a place is offered."""

    email = forms.EmailField(
        label="Your colleague’s e-mail address",
        help_text="We write to this address. Your colleague accepts with an account that has it.",
        widget=forms.EmailInput(attrs=OF_SOMEBODY_ELSE),
        error_messages={"required": "Enter your colleague’s e-mail address."},
    )


class WalkInForm(forms.Form):
    """Someone who is there without having signed up."""

    name = LineField(
        label="Name",
        max_length=120,
        widget=forms.TextInput(attrs=OF_SOMEBODY_ELSE),
        error_messages={"required": "Enter their name."},
    )
    email = forms.EmailField(
        label="E-mail address",
        help_text="They can sign in with a code sent to this address.",
        widget=forms.EmailInput(attrs=OF_SOMEBODY_ELSE),
        error_messages={"required": "Enter their e-mail address."},
    )
    organisation = OrganisationChoice(
        label="Organisation",
        queryset=Organisation.objects.none(),
        required=False,
        empty_label="Theirs, if we know it",
    )
    for_themselves = forms.BooleanField(label="They come for themselves, not for an organisation", required=False)
    kind = forms.ChoiceField(label="Kind", choices=SignUp.Kind.choices, initial=SignUp.Kind.OTHER)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "organisation", Organisation.objects.in_force())
        if brings_prototypes(event):
            self.fields["email"].help_text = "They can sign in with a code sent to this address, and vote."
        if event.kind != Event.Kind.CO_DESIGN_DAY:
            del self.fields["kind"]


class AgendaField(forms.Field):
    """The agenda as text, a line for each thing that happens; what was typed stays as it is."""

    widget = forms.Textarea(attrs={"rows": 12})

    def to_python(self, value: Any) -> list[Entry]:
        return agenda.read(value or "")

    def prepare_value(self, value: Any) -> str:
        return value if isinstance(value, str) else agenda.as_text(value or ())


class EventForm(forms.Form):
    """An event as facilitators describe it."""

    heading = "Plan an event"

    title = LineField(label="Title", max_length=120, error_messages={"required": "Enter a title."})
    summary = TextField(
        label="What is it about?",
        help_text="Who should come, and what they will take home.",
        max_length=2000,
        error_messages={"required": "Say what the event is about."},
    )
    stream = forms.ChoiceField(label="Stream", choices=Event.Stream.choices, widget=forms.RadioSelect)
    kind = forms.ChoiceField(label="Kind", choices=Event.Kind.choices, widget=forms.RadioSelect)
    starts_at = DateTimeField(label="Starts", error_messages={"required": "Enter when it starts."})
    ends_at = DateTimeField(label="Ends", error_messages={"required": "Enter when it ends."})
    sign_up_closes_at = DateTimeField(
        label="Sign-up closes", help_text="Leave empty to close it at the start.", required=False
    )
    venue = LineField(
        label="Where",
        help_text="The building and the room, or Online.",
        max_length=200,
        error_messages={"required": "Enter where it takes place."},
    )
    address = LineField(
        label="Address", help_text="Street, town and postcode. The page links to a map of it.", max_length=200,
        required=False,
    )  # fmt: skip
    directions = LineField(
        label="How to get there",
        help_text="For example: 12 minutes on foot from the station.",
        max_length=200,
        required=False,
    )
    join_url = forms.URLField(
        label="Link to join online",
        help_text="Only people with a place see it, on the page and in their mails.",
        max_length=500,
        required=False,
        assume_scheme="https",
    )
    audience = LineField(
        label="Who is it for?",
        help_text="For example: people who run blue badge teams, and one person they serve.",
        max_length=200,
        required=False,
    )
    agenda = AgendaField(
        label="What you will do, by the hour",
        help_text="A line for each thing: the time it begins, what it is and, after a bar, a sentence about it. "
        "For example: 10:45 Four tables, one question each | Residents who applied sit at every table. "
        "Of several days, begin each later one with a line of its own, like Day 2.",
        required=False,
    )
    access_note = LineField(
        label="More about access",
        help_text="For example: two parking bays in Portland Crescent; ask for an interpreter by 25 September.",
        max_length=300,
        required=False,
    )
    capacity = forms.IntegerField(
        label="Places",
        min_value=1,
        max_value=100_000,
        error_messages={
            "required": "Enter how many places there are.",
            "invalid": "Enter how many places there are as a number, like 40.",
            "min_value": "An event has at least one place.",
            "max_value": "Enter 100,000 or fewer.",
        },
    )
    host = OrganisationChoice(
        label="Host",
        queryset=Organisation.objects.none(),
        required=False,
        empty_label="No organisation: nobody can be asked",
    )
    discovery = RowField(
        label="Discovery it belongs to", queryset=Discovery.objects.none(), required=False, empty_label="None"
    )
    service = RowField(
        label="Service it is about", queryset=Service.objects.none(), required=False, empty_label="None in particular"
    )

    contact = forms.ChoiceField(
        label="Who can people ask?",
        help_text="You can put down your own name and nobody else’s. No address is shown.",
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, by: User, event: Event | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "host", Organisation.objects.in_force())
        _choose(self, "discovery", Discovery.objects.order_by("-starts_on", "title"))
        _choose(self, "service", Service.objects.all())
        for name, (label, *_) in access.QUESTIONS.items():
            self.fields[name] = forms.ChoiceField(
                label=label, choices=[("", "Not known"), *Access.choices], required=False
            )
        self.people = {str(person.pk): person for person in (by, event and event.contact) if person}
        field = self.fields["contact"]
        if isinstance(field, forms.ChoiceField):
            names = ((key, f"Me, {one}" if one == by else f"{one}, as before") for key, one in self.people.items())
            field.choices = [("", "Nobody by name: questions go to the host, if there is one"), *names]

    def clean(self) -> dict[str, Any]:
        """Tells of lines outside the event along with the lines that are not understood."""
        cleaned = self.cleaned_data
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts_at and ends_at and starts_at < ends_at:
            lines, _ = agenda.understood(self["agenda"].data or "")
            for sentence in agenda.outside(lines, starts_at, ends_at):
                self.add_error("agenda", sentence)
        return cleaned

    @property
    def access_fields(self) -> list[forms.BoundField]:
        """The questions about access."""
        return [self[name] for name in access.QUESTIONS]

    @property
    def answers(self) -> dict[str, Any]:
        """As the operations take them; the services stay as they are unless another one was chosen."""
        answers = dict(self.cleaned_data)
        answers["contact"] = self.people.get(answers["contact"])
        service = answers.pop("service")
        if "service" in self.changed_data:
            answers["services"] = [service] if service else []
        return answers


def _choose(form: forms.Form, name: str, rows: QuerySet) -> None:
    """The rows that a field of the form offers."""
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = rows


class CancelEventForm(forms.Form):
    """Why an event is called off."""

    reason = LineField(
        label="Why is it cancelled?",
        help_text="Everyone who is signed up reads this.",
        max_length=300,
        error_messages={"required": "Say why the event is cancelled."},
    )


class BroughtForthForm(forms.Form):
    """Which needs and prototypes came out of a day."""

    needs = RowsField(label="Needs", queryset=Need.objects.none(), required=False, widget=forms.CheckboxSelectMultiple)
    prototypes = RowsField(
        label="Prototypes", queryset=Prototype.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Of its discovery where it has one; else needs without a discovery, and any prototype.
        discovery = event.discovery_id
        needs = Need.objects.filter(discovery=discovery).exclude(events=event)
        prototypes = Prototype.objects.filter(Q(discovery=discovery) if discovery else Q()).exclude(events=event)
        _choose(self, "needs", needs.order_by("title"))
        _choose(self, "prototypes", prototypes)
        for name in [
            name
            for name, field in self.fields.items()
            if isinstance(field, forms.ModelMultipleChoiceField) and not field.queryset
        ]:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        if not self.errors and not any(self.cleaned_data.values()):
            raise ValidationError("Choose at least one need or prototype.")
        return self.cleaned_data


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
    """The seven questions; each may be left out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
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

    def clean(self) -> dict[str, Any]:
        if not self.errors and all(answer is None for answer in self.cleaned_data.values()):
            raise ValidationError("Answer at least one question.")
        return self.cleaned_data
