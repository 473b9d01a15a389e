"""The ten questions. They are a fixed form, not a set of `questions`: each answer is a field of the case study, several
are checked against one another, and no organiser adds one.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.text import slugify

from assets_registry.models import Asset
from core import clock
from core.forms import LineField, NumberField, RowField, TextField
from core.pictures import PictureField
from councils.models import Organisation, Service
from design_system.forms import DateField
from projects.models import Project
from publishing.forms import check_description
from publishing.interview.drafting import MOST_WORDS, fields_of
from publishing.interview.queries import assets_of, projects_of
from publishing.models import Interview


class InterviewForm(forms.Form):
    """One page of the interview. What was typed is kept whether or not it is right."""

    def __init__(self, *args: Any, interview: Interview, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.interview = interview

    @classmethod
    def names(cls) -> list[str]:
        """The names under which a browser sends what is typed."""
        found = []
        for name, field in cls.base_fields.items():
            parts = getattr(field.widget, "widgets_names", [""])
            found += [] if isinstance(field, PictureField) else [f"{name}{part}" for part in parts]
        return found

    @property
    def typed(self) -> dict[str, str]:
        """What was sent, by name, as it was typed."""
        return {name: self.data.get(name, "") for name in self.names()}


class InterviewSubjectForm(InterviewForm):
    """What it is about, from which the figures and the rest are suggested."""

    title = LineField(
        label="Title",
        help_text="A few words that say what got better: “Fewer calls about missed bins”",
        max_length=120,
        error_messages={"required": "Give it a title. You can change it later."},
    )

    def clean_title(self) -> str:
        title = self.cleaned_data["title"]
        if not slugify(title, allow_unicode=True):
            raise forms.ValidationError("Use letters or numbers in the title: its address is made of them.")
        return title

    project = RowField(
        label="Project of the Alliance",
        help_text="Its dates and figures are then filled in for you",
        queryset=Project.objects.none(),
        required=False,
        empty_label="None of these",
    )
    asset = RowField(
        label="What you used or made",
        help_text="An asset of the registry that your council owns or uses",
        queryset=Asset.objects.none(),
        required=False,
        empty_label="None of these",
    )
    service = RowField(
        label="Service",
        help_text="Councils that look for this service find the case study",
        queryset=Service.objects.all(),
        required=False,
        empty_label="Not about one service",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = {"project": projects_of(self.interview), "asset": assets_of(self.interview)}
        for name, rows in offered.items():
            field: Any = self.fields[name]
            field.queryset = rows
            field.label_from_instance = _as_offered
            if not rows.exists():
                del self.fields[name]


def _as_offered(record: Project | Asset) -> str:
    """A project, or an asset with what keeps it off the page for now."""
    is_kept_back = isinstance(record, Asset) and not record.is_published
    return f"{record} (not published yet: the case study names it once it is)" if is_kept_back else str(record)


class InterviewProblemForm(InterviewForm):
    """What did not work."""

    problem = TextField(
        label="The problem",
        help_text="Two or three sentences are enough. Write as you would tell a colleague.",
        max_length=3000,
        error_messages={"required": "Say what did not work, and for whom."},
    )


class InterviewStoryForm(InterviewForm):
    """What was done, and when."""

    what_we_did = TextField(
        label="What you did",
        help_text="In the order in which you did it. An empty line begins a new paragraph; lines with “-” make a list.",
        max_length=4000,
        widget=forms.Textarea({"rows": 8}),
        error_messages={"required": "Say what you made or changed."},
    )
    happened_on = DateField(label="When it went live", required=False)

    def clean_happened_on(self) -> Any:
        day = self.cleaned_data["happened_on"]
        if day and day > clock.today():
            raise forms.ValidationError("This day is still to come. Leave it empty until it has gone live.")
        return day


class InterviewPeopleForm(InterviewForm):
    """Who took part."""

    who = LineField(
        label="Who took part",
        help_text="Teams, partners and suppliers, rather than people: the waste crew, our web team, Luton",
        max_length=300,
        required=False,
    )


def _number(label: str, hint: str = "", **bounds: Any) -> NumberField:
    return NumberField(label=label, help_text=hint, required=False, **bounds)


class InterviewFiguresForm(InterviewForm):
    """One measure, before and after."""

    measure = LineField(label="What you measured", help_text="Calls about missed bins", max_length=160, required=False)
    unit = LineField(label="Unit", help_text="calls a month, £ a year, %", max_length=40, required=False)
    before = _number("How many before", max_digits=14, decimal_places=2)
    before_n = _number("Measured on how many", "3 for three months, 200 for 200 homes", min_value=1, max_digits=9)
    before_on = DateField(label="Before: last day that it counts", required=False)
    after = _number("How many after", max_digits=14, decimal_places=2)
    after_n = _number("Measured on how many", "Counted in the same way as before", min_value=1, max_digits=9)
    after_on = DateField(label="After: last day that it counts", required=False)
    counted_by = forms.ChoiceField(
        label="Who counted?",
        choices=[("us", "We did"), ("supplier", "Our supplier"), ("estimate", "It is an estimate")],
        widget=forms.RadioSelect,
        required=False,
    )
    figures_note = LineField(
        label="What was counted",
        help_text="Three months before, and the same three a year later",
        max_length=240,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.says_optional = False  # type: ignore[attr-defined]  # read by the renderer: some need one another

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        today = clock.today()
        for name in ("before", "after"):
            day = said.get(f"{name}_on")
            if said.get(name) is not None and day is None and f"{name}_on" not in self.errors:
                self.add_error(f"{name}_on", "Enter the day: month and year are what readers look for.")
            elif day and day > today:
                self.add_error(f"{name}_on", "Enter a day that has been, not one still to come.")
        if said.get("before") is None and said.get("after") is None:
            return said
        for name, sentence in (
            ("measure", "Say what you measured."),
            ("unit", "Say of what: calls a month, £ a year."),
        ):
            if not said.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        if said.get("after") is None and "after" not in self.errors:
            self.add_error("after", "What is it now? Enter it beside what it was before.")
        if said.get("before") is None and "before" not in self.errors and said.get("counted_by") != "estimate":
            self.add_error("before", "What was it before? If nobody counted, mark it as an estimate below.")
        first, last = said.get("before_on"), said.get("after_on")
        if first and last and first >= last:
            self.add_error("after_on", "Enter a day after the first figure’s.")
        return said


class InterviewCostForm(InterviewForm):
    """What it took."""

    cost = LineField(
        label="What it cost",
        help_text="Money and days of work: £18,000 and 40 officer days",
        max_length=300,
        required=False,
    )


class InterviewTroubleForm(InterviewForm):
    """What went wrong."""

    what_went_wrong = TextField(
        label="What went wrong",
        help_text="Others learn most from what you would not like to go through again",
        max_length=3000,
        required=False,
    )


class InterviewAdviceForm(InterviewForm):
    """What others take from it."""

    what_we_would_do_differently = TextField(
        label="What you would do differently",
        help_text="What you would tell a council that begins tomorrow",
        max_length=3000,
        required=False,
    )
    reuse = TextField(
        label="What others can reuse",
        help_text="Code, forms, words or contracts that others may take, and where they are",
        max_length=3000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )


class InterviewPictureForm(InterviewForm):
    """A picture, which says what it shows."""

    picture = PictureField(label="Picture", help_text="JPEG, PNG or WebP, up to 5 MB", required=False)
    description = LineField(
        label="What it shows",
        help_text="In a sentence, for people who cannot see it: “A crew empties a bin and ticks it off in the cab”",
        max_length=255,
        required=False,
    )
    credit = LineField(
        label="Who made it", help_text="And under which licence, if you know", max_length=160, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.interview.picture:
            self.fields["picture"].label = "Another picture instead"
            # No answer of the interview: what it asks for is done, and it is asked anew.
            self.fields["without_picture"] = forms.BooleanField(label="Take the picture out", required=False)
            self.order_fields(["without_picture", "picture", "description", "credit"])
        self.fields["description"].says_optional = False  # type: ignore[attr-defined]  # read by the renderer

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        keeps_it = self.interview.picture and not said.get("without_picture")
        if (said.get("picture") or keeps_it) and "description" not in self.errors:
            try:
                if not said.get("description"):
                    raise forms.ValidationError("Say in a sentence what the picture shows.")
                said["description"] = check_description(said["description"])
            except forms.ValidationError as problem:
                self.add_error("description", problem)
        return said


class InterviewSummaryForm(InterviewForm):
    """The whole in sixty words, and whom to ask."""

    summary = TextField(
        label="Summary",
        help_text="It stands in lists and in the newsletter",
        most_words=MOST_WORDS,
        max_length=500,
        error_messages={"required": "Sum it up in a sentence or two."},
    )
    contact = LineField(
        label="Whom to ask",
        help_text="A team’s name or shared mailbox, rather than a person",
        max_length=120,
        required=False,
    )


@dataclass(frozen=True)
class InterviewPage:
    """One page: what is asked, what helps to answer it, and its fields."""

    title: str
    lede: str
    form: type[InterviewForm]
    short: str


QUESTIONS = (
    InterviewPage(
        "What got better?", "A working title, and where it belongs.", InterviewSubjectForm, "What it is about"
    ),
    InterviewPage(
        "What was the problem?", "What did not work, for whom, and how you knew.", InterviewProblemForm, "The problem"
    ),
    InterviewPage("What did you do?", "What you made or changed.", InterviewStoryForm, "What you did"),
    InterviewPage("Who took part?", "So that others know what it takes.", InterviewPeopleForm, "Who took part"),
    InterviewPage(
        "What changed, in figures?",
        "One measure is enough, if it is the same before and after.",
        InterviewFiguresForm,
        "The figures",
    ),
    InterviewPage("What did it cost?", "Roughly is better than not at all.", InterviewCostForm, "What it cost"),
    InterviewPage(
        "What went wrong?", "Something did. It is what others read first.", InterviewTroubleForm, "What went wrong"
    ),
    InterviewPage("What would you tell others?", "And what may they take from you?", InterviewAdviceForm, "Advice"),
    InterviewPage(
        "Is there a picture?", "One that shows what was done. You can leave it out.", InterviewPictureForm, "A picture"
    ),
    InterviewPage(
        "How would you sum it up?",
        f"At most {MOST_WORDS} words, for lists and the newsletter.",
        InterviewSummaryForm,
        "The summary",
    ),
)


LAST = len(QUESTIONS)


def form_of(
    number: int, interview: Interview, data: Any = None, files: Any = None, initial: dict[str, Any] | None = None
) -> InterviewForm:
    """The form of a question, bound to `data`, or to what was saved of it; with `initial` it is bound to nothing."""
    form = QUESTIONS[number - 1].form
    if data is None and initial is None and is_answered(number, interview):
        data, files = interview.answers, {}
    return form(data, files, interview=interview, initial=initial)


def is_answered(number: int, interview: Interview) -> bool:
    """Whether a page was saved, right or wrong."""
    return any(name in interview.answers for name in QUESTIONS[number - 1].form.names())


def answered_of(interview: Interview) -> int:
    """How many of the pages were saved."""
    return sum(is_answered(number, interview) for number in range(1, LAST + 1))


def forms_of(interview: Interview) -> list[InterviewForm]:
    """Every form, bound to what was saved."""
    return [question.form(interview.answers, {}, interview=interview) for question in QUESTIONS]


def said_in(forms_read: list[InterviewForm]) -> dict[str, Any]:
    """The answers that are right, by field, from all pages."""
    said: dict[str, Any] = {}
    for form in forms_read:
        form.is_valid()
        said |= form.cleaned_data
    return said


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
        return {"typed": self.of.typed, "picture": picture, "without_picture": goes}


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
        return {"words": fields_of(said_in(self.forms_read))}


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
