"""The pages that ask for words: what it is about, what was wrong, what was done and by whom, what others learn."""

from typing import Any

from django import forms
from django.utils.text import slugify

from assets_registry.models import Asset
from core import clock
from core.forms import LineField, RowField, TextField
from councils.models import Service
from design_system.forms import DateField
from projects.models import Project
from publishing.interview.forms.page import InterviewForm
from publishing.interview.queries import assets_of, projects_of


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
        help_text="Councils that look for it find the case study",
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
