"""Forms with which events are planned."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from accounts.models import User
from core.forms import LineField, RowField, RowsField, TextField
from core.words import counted
from councils.models import Organisation, Service
from design_system.fields import OnlyIf
from design_system.forms import DateTimeField
from events.event import access, agenda
from events.event.agenda import AgendaEntry
from events.event.forms import OrganisationChoice, choose
from events.event.models import Access, Event
from events.event.skills import Skill
from events.programme.moving import WHY, asks_why
from projects.models import Discovery, Need, Prototype, Purpose
from projects.sums.forms import amount, volume


def over_by(typed: Any, event: Event) -> int:
    """How many of the places taken are over another number of places, which was typed; none where it is no other."""
    words = str(typed).strip()
    if not words.isdecimal() or len(words) > 9 or int(words) in {0, event.capacity}:
        return 0
    return max(event.places_taken - int(words), 0)


class AgendaField(forms.Field):
    """The agenda as text, one entry a line; redisplayed as it was typed."""

    widget = forms.Textarea(attrs={"rows": 12})

    def to_python(self, value: Any) -> list[AgendaEntry]:
        return agenda.read(value or "")

    def prepare_value(self, value: Any) -> str:
        return value if isinstance(value, str) else self.as_text(value)

    def as_text(self, value: Any) -> str:
        return agenda.as_text(value or ())


class EventForm(forms.Form):
    """The form of an event."""

    heading = "Plan an event"

    title = LineField(label="Title", max_length=120, error_messages={"required": "Enter a title."})
    summary = TextField(
        label="What is it about?",
        help_text="Who should come, and what they will take home.",
        max_length=2000,
        error_messages={"required": "Say what the event is about."},
    )
    stream = forms.ChoiceField(label="Stream", choices=Event.Stream.choices, widget=forms.RadioSelect)
    skills = RowsField(
        label="Which skills does it teach?",
        help_text="Those that councils were asked about in 2014. Each has a page that lists its events.",
        queryset=Skill.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    kind = forms.ChoiceField(label="Kind", choices=Event.Kind.choices, widget=forms.RadioSelect)
    purposes = RowsField(
        label="Which purposes does it serve?",
        help_text="Of the Alliance and its campaign. The board sees which of them have no event.",
        queryset=Purpose.objects.of_any_record(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
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
        help_text="Only people with a place get it, on the event’s page from 15 minutes before the start.",
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
        "Who speaks comes last: | Speakers: Sara Patel, head of benefits, Leeds City Council; Tom Hall, Luton. "
        "Name only people who have agreed to be named. "
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
    those_over = forms.ChoiceField(
        label="What becomes of those over the new number?",
        widget=forms.RadioSelect,
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
        # How many are over; asked about only where fewer places are entered than are taken.
        self.over = over_by(self["capacity"].value(), event) if event else 0
        self._ask_those_over(event.places_taken if event else 0)
        choose(self, "host", Organisation.objects.in_force())
        choose(self, "discovery", Discovery.objects.order_by("-starts_on", "title"))
        choose(self, "service", Service.objects.all())
        self.fields["skills"].only_if = OnlyIf(  # type: ignore[attr-defined]  # read by the design system
            "stream", (Event.Stream.SKILLS,), "Only for events of the stream Skills."
        )
        for name, (label, *_) in access.QUESTIONS.items():
            self.fields[name] = forms.ChoiceField(
                label=label, choices=[("", "Not known"), *Access.choices], required=False
            )
        self.people = {str(person.pk): person for person in (by, event and event.contact) if person}
        field = self.fields["contact"]
        if isinstance(field, forms.ChoiceField):
            names = ((key, f"Me, {one}" if one == by else f"{one}, as before") for key, one in self.people.items())
            field.choices = [("", "Nobody by name: questions go to the host, if there is one"), *names]

    def _ask_those_over(self, taken: int) -> None:
        field = self.fields["those_over"]
        if not self.over:
            del self.fields["those_over"]
        elif isinstance(field, forms.ChoiceField):
            field.error_messages["required"] = (
                f"{counted(taken, 'place is', 'places are')} taken already. Choose what becomes of those over the new "
                f"number, or enter {taken:,} places or more."
            )
            last = "the last person" if self.over == 1 else f"the last {self.over:,} people"
            field.choices = [
                ("keep", "Keep everybody, and take nobody new until fewer have a place"),
                ("move_back", f"Move {last} to sign up to the waiting list, and write to them"),
            ]

    def clean(self) -> dict[str, Any]:
        """Add errors for lines outside the event's hours to those for lines that are not understood."""
        cleaned = self.cleaned_data
        if cleaned.get("stream") != Event.Stream.SKILLS:  # then they are not even seen
            self.errors.pop("skills", None)
            cleaned["skills"] = []
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts_at and ends_at and starts_at < ends_at:
            lines, _ = agenda.understood(self["agenda"].data or "")
            for sentence in agenda.outside(lines, starts_at, ends_at):
                self.add_error("agenda", sentence)
        return cleaned

    @property
    def access_fields(self) -> list[forms.BoundField]:
        """The bound fields of the questions about access."""
        return [self[name] for name in access.QUESTIONS]

    @property
    def answers(self) -> dict[str, Any]:
        """The cleaned values as the operations take them; without `services` unless another service was chosen."""
        answers = dict(self.cleaned_data)
        answers["skills"] = list(answers["skills"])
        answers["purposes"] = list(answers["purposes"])
        answers["contact"] = self.people.get(answers["contact"])
        service = answers.pop("service")
        if "service" in self.changed_data:
            answers["services"] = [service] if service else []
        return answers


class EditEventForm(EventForm):
    """The form of an event that stands, which asks why it moves."""

    reason = LineField(
        label="If it moves to another time or place: why?",
        help_text="Everyone who is signed up reads this in the mail about it.",
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, event=event, **kwargs)
        self.event = event

    def clean(self) -> dict[str, Any]:
        """Ask for the missing reason together with whatever else is wrong; otherwise the operation asks."""
        cleaned = super().clean()
        if self.errors and not cleaned.get("reason") and asks_why(self.event, cleaned):
            self.add_error("reason", WHY)
        return cleaned


class CancelEventForm(forms.Form):
    """The form to cancel an event, with the reason."""

    reason = LineField(
        label="Why is it cancelled?",
        help_text="Everyone who is signed up reads this.",
        max_length=300,
        error_messages={"required": "Say why the event is cancelled."},
    )


class PrototypeOfTheDayForm(forms.Form):
    """What a table made: a title, two sentences and five figures."""

    title = LineField(label="Title", max_length=120, error_messages={"required": "Give the prototype a title."})
    summary = TextField(
        label="What is it? Two sentences",
        help_text="In words that someone who was not there understands.",
        max_length=1000,
        most_words=60,
        error_messages={"required": "Say what it is, in two sentences."},
    )
    made_by = LineField(
        label="Who made it?", help_text="The table, by organisation, as in “Harlow and Kent”", max_length=300,
        required=False,
    )  # fmt: skip
    volume = volume("How many are there a year?")
    unit_cost_now = amount("What does one cost now, in £?", "As in 10.10")
    unit_cost_then = amount("What would one cost, in £?", "No more than now")
    take_up = amount("Who would use it, in %?", "Of all of them, how many would move: 40", digits=4, places=1, most=100)
    one_off_cost = amount("What does it take to build, in £?", "Once, until it is in use", digits=12)

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        now, then = found.get("unit_cost_now"), found.get("unit_cost_then")
        if now is not None and then is not None and then > now:
            self.add_error("unit_cost_then", "Enter no more than one costs now.")
        return found


class BroughtForthForm(forms.Form):
    """The form of the needs and prototypes that came out of a day."""

    needs = RowsField(label="Needs", queryset=Need.objects.none(), required=False, widget=forms.CheckboxSelectMultiple)
    prototypes = RowsField(
        label="Prototypes", queryset=Prototype.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Those of its discovery, if it has one; else needs without a discovery, and any prototype.
        discovery = event.discovery_id
        needs = Need.objects.filter(discovery=discovery).exclude(events=event)
        prototypes = Prototype.objects.filter(Q(discovery=discovery) if discovery else Q()).exclude(events=event)
        choose(self, "needs", needs.order_by("title"))
        choose(self, "prototypes", prototypes)
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
