"""Forms of meetings, of their agenda and papers, and of actions."""

import datetime as dt
from typing import Any

from django import forms

from core.documents import DocumentField
from core.forms import LineField, RowField, TextField
from core.words import time_in_words
from councils.models import Organisation
from design_system.dates import read_time
from design_system.fields import OnlyIf
from design_system.forms import DateField
from steering.models import BoardSeat, BodyAttendance, Meeting, MeetingItem
from steering.models.meetings import MOST_BYTES
from steering.queries.meetings import BodyAtMeeting, MeetingRoll

RESTRICTED, PUBLIC = "restricted", "public"
Came = BodyAttendance.Came


class TimeField(forms.CharField):
    """A time of day as people write it: 9, 9:30, 14:00, 2pm."""

    widget = forms.TextInput(attrs={"class": "govuk-input--width-5"})

    def prepare_value(self, value: Any) -> Any:
        return time_in_words(value) if isinstance(value, dt.time) else value

    def to_python(self, value: Any) -> Any:
        words = super().to_python(value)
        return read_time(words) if words else None


class PlanMeetingForm(forms.Form):
    """The form of a meeting that is planned or moved."""

    day = DateField(label="On which day?", error_messages={"required": "Say when it is to be held."})
    starts_at = TimeField(label="Begins at", help_text="For example: 14:00", required=False)
    ends_at = TimeField(label="Ends at", help_text="For example: 16:00", required=False)
    host = RowField(
        BoardSeat.objects.select_related("body"),
        label="Which body is host, and takes the chair?",
        empty_label=None,
    )
    place = LineField(
        label="Where?",
        help_text="For example: Fry Building, Marsham Street, London",
        max_length=200,
        error_messages={"required": "Say where it is to be held."},
    )

    def add_confirmation(self) -> None:
        """Add the box that confirms two meetings in a row at one host."""
        self.fields["anyway"] = forms.BooleanField(label="It is held there all the same", required=False)

    @property
    def answers(self) -> dict[str, Any]:
        """The cleaned values as `plan_meeting` and `move_meeting` take them."""
        return {name: value for name, value in self.cleaned_data.items() if name != "anyway"}


class CancelForm(forms.Form):
    """The form with which a meeting is cancelled."""

    reason = LineField(
        label="Why is it cancelled?",
        help_text="It is public, and the board is written to with it.",
        max_length=300,
        error_messages={"required": "Say why it is cancelled."},
    )


class ComingForm(forms.Form):
    """The button with which a body says whether it comes."""

    came = forms.ChoiceField(choices=[(Came.EXPECTED, "It comes"), (Came.APOLOGIES, "It sends apologies")])

    def __init__(self, *args: Any, seat: BoardSeat | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seat = seat

    def clean(self) -> dict[str, Any]:
        """Add an error where neither the person nor what they sent names a body."""
        if self.seat is None:
            self.add_error(None, "Say which body it is.")
        return self.cleaned_data

    @property
    def answers(self) -> dict[str, Any]:
        """The cleaned values as `answer_for_body` takes them."""
        return {**self.cleaned_data, "seat": self.seat}


class HeldForm(forms.Form):
    """The form of a meeting that was held: for each body whether it was there, and who came for it.

    What bodies said before stands beside their name and answers nothing; once written down, the form has it to correct.
    """

    def __init__(self, *args: Any, meeting: Meeting, roll: MeetingRoll, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = [body for body in roll.bodies if body.seat.is_of(meeting.day)]  # as `hold_planned_meeting` takes them
        self.seats = [body.seat for body in bodies]
        for body in bodies:
            is_host = body.seat.pk == meeting.host_id
            choices = [(Came.PRESENT, "Was there, as host in the chair" if is_host else "Was there")]
            if not is_host:
                choices += [(Came.APOLOGIES, "Sent apologies"), (Came.ABSENT, "Was absent")]
            self.fields[f"came_{body.seat.pk}"] = forms.ChoiceField(
                label=str(body.seat),
                help_text="" if meeting.is_held else _said_before(body),
                choices=choices,
                initial=body.came if meeting.is_held else "",
                widget=forms.RadioSelect,
                error_messages={"required": f"Say whether {body.seat} was there."},
            )
            self.fields[f"person_{body.seat.pk}"] = LineField(
                label=f"Who came for {body.seat}?",
                help_text="Shown to the board and its secretariat.",
                max_length=120,
                required=False,
                initial=body.person,
            )
        self.fields["note"] = TextField(label="Note", max_length=4000, required=False, initial=meeting.note)

    @property
    def answers(self) -> dict[str, Any]:
        """The cleaned values as `hold_planned_meeting` and `correct_attendance` take them."""
        given = self.cleaned_data
        came = {}
        for seat in self.seats:
            how = given[f"came_{seat.pk}"]
            came[seat] = (how, given[f"person_{seat.pk}"] if how == Came.PRESENT else "")
        return {"came": came, "note": given["note"]}


def _said_before(body: BodyAtMeeting) -> str:
    """What a body said of its coming before the meeting; empty where it said nothing."""
    return {Came.EXPECTED: "It had said that it comes.", Came.APOLOGIES: "It had sent apologies."}.get(body.came, "")  # type: ignore[call-overload]  # a choice as text


class ItemForm(forms.Form):
    """The form of an item of an agenda."""

    title = LineField(label="What is it about?", max_length=160, error_messages={"required": "Say what it is about."})
    kind = forms.ChoiceField(
        label="What is it for?",
        choices=MeetingItem.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say what it is for."},
    )
    words = TextField(label="What is there to know?", max_length=2000, required=False)


class TurnForm(forms.Form):
    """The button beside an item of an agenda: up, down, off, or back on."""

    turn = forms.ChoiceField(choices=[("up", "Up"), ("down", "Down"), ("off", "Take off"), ("back", "Put back")])


class MinutesForm(forms.Form):
    """The form of what was said on an item."""

    minutes = TextField(
        label="What was said?",
        help_text="It is public. Decisions and actions are written down by themselves.",
        max_length=4000,
        error_messages={"required": "Write down what was said."},
    )


class PaperForm(forms.Form):
    """The form of a paper for a meeting."""

    title = LineField(
        label="Title",
        help_text="It is public, also of a restricted paper.",
        max_length=160,
        error_messages={"required": "Enter a title."},
    )
    document = DocumentField(
        most_bytes=MOST_BYTES,
        label="The document",
        help_text="A PDF, or a document, slides or spreadsheet in an OpenDocument or Microsoft format; up to 10 MB.",
        error_messages={"required": "Choose the document."},
        max_length=150,
    )
    item = RowField(
        MeetingItem.objects.none(), label="For which item?", empty_label="For the meeting as a whole", required=False
    )
    access = forms.ChoiceField(
        label="Who may read it?",
        choices=[(PUBLIC, "Everybody"), (RESTRICTED, "The board and its secretariat: it is restricted")],
        initial=PUBLIC,
        widget=forms.RadioSelect,
    )
    reason = LineField(
        label="Why is it restricted?",
        help_text="It is public. For example: its terms are under negotiation until it is signed",
        max_length=300,
        required=False,
    )
    disposition = LineField(
        label="How long is it kept, and what becomes of it then?",
        help_text="For example: seven years, then to the archive. Restricted papers can be asked for by law, too.",
        max_length=160,
        required=False,
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = meeting.agenda.filter(is_removed=False)  # type: ignore[attr-defined]  # a RowField
        self.fields["reason"].only_if = OnlyIf(  # type: ignore[attr-defined]  # read by the design system
            "access", (RESTRICTED,), "Only for a restricted paper."
        )
        self.fields["reason"].says_optional = False  # type: ignore[attr-defined]  # a restricted paper needs it

    @property
    def answers(self) -> dict[str, Any]:
        """The cleaned values as `add_paper` takes them."""
        given = dict(self.cleaned_data)
        given["is_restricted"] = given.pop("access") == RESTRICTED
        return given


class KeepForm(forms.Form):
    """The form of how long a paper is kept."""

    disposition = LineField(label="How long is it kept, and what becomes of it then?", max_length=160, required=False)
    is_on_hold = forms.BooleanField(
        label="It is on hold: kept as it is while a request for information or a dispute is open", required=False
    )


class ActionForm(forms.Form):
    """The form of an action that the board gives."""

    title = LineField(
        label="What is to be done?",
        help_text="For example: write to the four waste suppliers",
        max_length=200,
        error_messages={"required": "Say what is to be done."},
    )
    owner = RowField(
        Organisation.objects.none(),
        label="Which body does it?",
        help_text="One alone. Whoever represents it says when it is done.",
        empty_label=None,
        error_messages={"required": "Say which body does it."},
    )
    due_on = DateField(label="By which day?", error_messages={"required": "Say by which day it is to be done."})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = Organisation.objects.filter(pk__in=BoardSeat.objects.as_at().values("body"))
        self.fields["owner"].queryset = bodies  # type: ignore[attr-defined]  # a RowField


class FinishForm(forms.Form):
    """The form with which an action is done."""

    words = LineField(label="What was done?", max_length=300, error_messages={"required": "Say what was done."})


class MoveActionForm(forms.Form):
    """The form with which an action gets another day."""

    due_on = DateField(label="To which day?", error_messages={"required": "Say to which day it is moved."})
    reason = LineField(
        label="Why is it moved?",
        help_text="It is public.",
        max_length=300,
        error_messages={"required": "Say why it is moved."},
    )
