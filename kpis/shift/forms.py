"""What the calculator of channel shift asks, and into which business case its result goes."""

from collections.abc import Mapping
from typing import Any

from django import forms

from accounts.models import AnyUser
from core.forms import RowField
from kpis.shift.queries import projects_with_a_draft_of
from kpis.shift.sums import CHANNELS, COSTS_2011, PHONE, WEB, Shift, shift_of
from projects.portfolio.models import Project
from projects.sums.checks import MOST_TRANSACTIONS
from projects.sums.forms import AmountField, WholeField

ROWS = (1, 2, 3)
MOST_COST = 10_000
_FIRST = {"volume_1": "100,000", "from_1": PHONE, "to_1": WEB}


def _cost(channel: str) -> AmountField:
    sentence = f"Enter what a visit costs, in pounds from 0 to {MOST_COST:,}, as in 2.83."
    return AmountField(
        label=f"Cost of a visit, {CHANNELS[channel]}",
        help_text=f"In pounds; {COSTS_2011[channel]} in 2011",
        min_value=0,
        max_value=MOST_COST,
        decimal_places=2,
        error_messages=_all(sentence),
    )


def _all(sentence: str) -> dict[str, str]:
    kinds = "required invalid invalid_choice min_value max_value max_digits max_decimal_places max_whole_digits"
    return dict.fromkeys(kinds.split(), sentence)


class ShiftForm(forms.Form):
    """Unit costs, and up to three moves: how many visits, from which channel, to which."""

    cost_face, cost_phone, cost_web = (_cost(channel) for channel in CHANNELS)

    def __init__(self, data: Mapping[str, Any], **more: Any) -> None:
        super().__init__(data, **more)
        channels = [("", "Choose"), *((key, words.capitalize()) for key, words in CHANNELS.items())]
        for row in ROWS:
            self.fields[f"volume_{row}"] = WholeField(
                label=f"Move {row}: how many visits a year",
                required=row == 1,
                min_value=0,
                max_value=MOST_TRANSACTIONS,
                error_messages=_all("Enter a whole number from 0 to two thousand million, as in 100,000."),
            )
            for name, words in (("from", "from"), ("to", "to")):
                self.fields[f"{name}_{row}"] = forms.ChoiceField(
                    label=f"Move {row}: {words}",
                    choices=channels,
                    required=row == 1,
                    error_messages=_all("Choose face to face, phone or web."),
                )
            for name in (f"volume_{row}", f"from_{row}", f"to_{row}"):
                self.fields[name].says_optional = row == 1  # type: ignore[attr-defined]  # of the design system
        self.order_fields([f"{name}_{row}" for row in ROWS for name in ("volume", "from", "to")])

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for row in ROWS:
            names = (f"volume_{row}", f"from_{row}", f"to_{row}")
            if any(name in self.errors for name in names):
                continue
            volume, leaves, comes = (found.get(name) for name in names)
            if volume is None and not leaves and not comes:
                continue
            if volume is None:
                self.add_error(names[0], "Say how many visits move, or leave the whole move empty.")
            elif not leaves or not comes:
                missing, words = (names[1], "from") if not leaves else (names[2], "to")
                self.add_error(missing, f"Choose the channel that they move {words}, or leave the whole move empty.")
            elif leaves == comes:
                self.add_error(names[2], f"They are there already: choose another channel than {CHANNELS[leaves]}.")
        return found

    def shift(self) -> Shift:
        """What was entered, worked out."""
        found = self.cleaned_data
        moves = [(found[f"volume_{row}"], found[f"from_{row}"], found[f"to_{row}"]) for row in ROWS]
        return shift_of(
            {channel: found[f"cost_{channel}"] for channel in CHANNELS},
            [move for move in moves if move[0] is not None],
        )


def shift_form(asked: Mapping[str, str]) -> ShiftForm:
    """The form with what an address says; what it leaves out is as at first, no second or third move."""
    names = [*ShiftForm.base_fields, *(f"{name}_{row}" for row in ROWS for name in ("volume", "from", "to"))]
    costs = {f"cost_{channel}": cost for channel, cost in COSTS_2011.items()}
    said = {name: asked[name] for name in names if name in asked}
    has_moves = any(not name.startswith("cost") for name in said)
    return ShiftForm({**costs, **({} if has_moves else _FIRST), **said}, auto_id="id_%s")


class IntoCaseForm(forms.Form):
    """Into which business case: one whose draft the reader may write."""

    project = RowField(
        queryset=Project.objects.none(),
        label="Project",
        empty_label="Choose a project",
        help_text="Those with a draft of a business case that you may write",
        error_messages={
            "required": "Choose the project.",
            "invalid_choice": "Choose one of the projects with a draft that you may write.",
        },
    )

    def __init__(self, data: Any = None, *, user: AnyUser, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["project"].queryset = projects_with_a_draft_of(user)  # type: ignore[attr-defined]  # of rows
