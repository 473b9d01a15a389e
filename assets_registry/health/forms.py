"""What people type about the health of assets."""

from typing import Any

from django import forms

from accounts.models import User
from assets_registry.health.queries import writers_of
from assets_registry.health.standard import CRITERIA
from assets_registry.models import Asset, CriterionAnswer, ProblemReport
from core.forms import LineField, RowField, TextField
from councils.lists import council_named
from councils.models import Organisation


class ProblemForm(forms.Form):
    """What is wrong with an entry."""

    reason = forms.ChoiceField(
        label="What is wrong?",
        choices=ProblemReport.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is wrong."},
    )
    note = TextField(
        label="What did you find?",
        help_text="Where you looked, what you expected, what you saw. Its owner reads this with your name.",
        max_length=1000,
        error_messages={"required": "Say what you found, so that it can be mended."},
    )


class ProblemAnswerForm(forms.Form):
    """What the owner says of a problem."""

    outcome = forms.ChoiceField(
        label="What came of it?",
        choices=[(state, ProblemReport.State(state).label) for state in ("mended", "no_problem")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it is mended, or not a problem."},
    )
    answer = LineField(
        label="In a sentence",
        help_text="Whoever reported it gets this by e-mail.",
        max_length=300,
        error_messages={"required": "Answer in a sentence, for whoever reported it."},
    )


class _PersonField(RowField):
    def label_from_instance(self, person: Any) -> str:
        return str(person)


class HandOverForm(forms.Form):
    """Who gets an entry, and why."""

    owner = LineField(
        label="Another council",
        help_text="Its name. It has to agree first; then the secretariat hands the entry over, or somebody who "
        "publishes for both councils. Leave this empty to keep the entry where it is.",
        required=False,
        max_length=120,
    )
    person = _PersonField(User.objects.none(), label="Another person", required=False, empty_label="Nobody else")
    reason = LineField(
        label="Why?",
        help_text="Kept with the entry, for those who look after it.",
        max_length=300,
        error_messages={"required": "Say why, so that others understand."},
    )

    def __init__(self, *args: Any, asset: Asset, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        field.queryset = writers_of(asset.owner).exclude(pk=asset.registered_by_id).order_by("name", "pk")
        field.help_text = f"Of {asset.owner}, to stand behind the entry in place of {asset.registered_by}."

    def clean_owner(self) -> Organisation | None:
        text = self.cleaned_data["owner"]
        found = council_named(text) if text else None
        if text and found is None:
            raise forms.ValidationError("We know no council of this name. Type it as its page does.")
        return found

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("owner") and given.get("person"):
            self.add_error("person", "Choose a council or a person, not both.")
        elif not (given.get("owner") or given.get("person") or self.errors):
            self.add_error("owner", "Choose who gets it: a council, or a person.")
        return given


class ChecklistForm(forms.Form):
    """The requirements of each criterion to tick, and a note on it."""

    def __init__(self, *args: Any, said: dict[str, CriterionAnswer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, each in enumerate(CRITERIA, start=1):
            answer = said.get(each.key)
            self.fields[each.key] = forms.MultipleChoiceField(
                label=f"{number}. {each.title}",
                choices=[(must.key, must.words) for must in each.musts],
                widget=forms.CheckboxSelectMultiple,
                required=False,
                initial=answer.met if answer else [],
            )
            self.fields[f"{each.key}-note"] = LineField(
                label=f"Note on {number}",
                help_text="Where it can be seen, or what is missing.",
                required=False,
                max_length=300,
                initial=answer.note if answer else "",
            )

    @property
    def answers(self) -> dict[str, Any]:
        """What the operation takes."""
        given = self.cleaned_data
        return {"answers": {each.key: (given[each.key], given[f"{each.key}-note"]) for each in CRITERIA}}
