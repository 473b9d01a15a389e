"""Forms of a ballot and its roll."""

import csv
import io
from collections.abc import Collection
from typing import Any

from django import forms
from django.db.models import Q

from accounts.models import User
from accounts.queries import people_at, person_at
from core.forms import OF_SOMEBODY_ELSE, LineField, RowsField, TextField
from core.words import series
from design_system.dates import DateTimeField
from design_system.fields import OnlyIf
from events.models import Event
from projects.models import Prototype
from voting.ballots.drafts import NewOption
from voting.ballots.models import Ballot, Option
from voting.ballots.queries import FIXED_BEFORE_OPENING
from voting.ballots.sentences import CARDS_BETWEEN, EXACT_OR_NOT, FEWEST, MOST_CARDS
from voting.methods import METHODS


class PrototypesField(RowsField):
    """A choice of prototypes that says what each still lacks."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, prototype: Prototype) -> str:
        if prototype.is_ready_for_vote:
            return prototype.title
        return f"{prototype.title} (still lacks {series(prototype.lacks)})"


class BallotForm(forms.Form):
    """The form of a vote: at an event on its prototypes and other options, or without an event on options alone."""

    question = LineField(
        label="Question",
        help_text="As people read it, on their phones and on the big screen.",
        max_length=200,
        initial="Which prototypes should we pursue?",
        error_messages={"required": "Enter the question people vote on."},
    )
    method = forms.ChoiceField(
        label="What should the answer tell you?",
        choices=[
            (key, f"{METHODS[key].asks[:1].upper()}{METHODS[key].asks[1:]}: {how}")
            for key, how in {
                Ballot.Method.DOTS: "each person spreads a few dots over the options",
                Ballot.Method.APPROVAL: "each person ticks all that they support",
                Ballot.Method.RANKED: "each person puts the options in order",
                Ballot.Method.SINGLE: "each person ticks one",
                Ballot.Method.SCORE: "each person gives each option 0 to 5",
                Ballot.Method.MATRIX: "each person gives each option two marks, for impact and feasibility",
                Ballot.Method.BUDGET: "each person ticks what they would fund, and equal shares of a pot pay for it",
            }.items()
        ],
        widget=forms.RadioSelect,
        initial=Ballot.Method.APPROVAL,
    )
    dots = forms.IntegerField(
        label="How many dots does each person have?", min_value=1, max_value=100, required=False, initial=5
    )
    most_per_option = forms.IntegerField(
        label="How many dots may one option get from one person?",
        help_text="Leave empty for all of them.",
        min_value=1,
        max_value=100,
        required=False,
        initial=2,
    )
    most_choices = forms.IntegerField(
        label="How many may one person tick or rank?",
        help_text="Leave empty for as many as they like.",
        min_value=1,
        max_value=50,
        required=False,
    )
    pot = forms.IntegerField(
        label="How many pounds are there to spend?",
        help_text="Give each option its price on the next page.",
        min_value=1,
        max_value=2_000_000_000,
        required=False,
    )
    prototypes = PrototypesField(
        label="Prototypes",
        help_text="The vote opens once each has a summary and an outline business case.",
        queryset=Prototype.objects.none(),
        required=False,
        error_messages={"invalid_choice": "Choose only prototypes of this day."},
    )
    others = TextField(
        label="Other options",
        help_text="One a line: its title, and after a bar what it is. Evening opening | Until 8, one day a week.",
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    to_pursue = forms.IntegerField(
        label="How many are chosen?",
        min_value=1,
        max_value=50,
        initial=1,
    )
    basis = forms.ChoiceField(
        label="Which count decides?",
        help_text="Fixed when the vote opens; the other is shown beside it. Per council or body, people who are here "
        f"for no organisation carry no weight, and nobody votes on paper or by card. {EXACT_OR_NOT}",
        choices=[
            (Ballot.Basis.PERSON, "Per person: every vote weighs the same"),
            (Ballot.Basis.COUNCIL, "Per council or body: each weighs one, shared among its people"),
        ],
        widget=forms.RadioSelect,
        initial=Ballot.Basis.PERSON,
    )
    tie_rule = forms.ChoiceField(
        label="What happens in a tie?",
        choices=Ballot.TieRule.choices,
        widget=forms.RadioSelect,
        initial=Ballot.TieRule.RUN_OFF,
    )
    budget_tie_rule = forms.ChoiceField(
        label="What happens in a tie for the money?",
        choices=[choice for choice in Ballot.TieRule.choices if choice[0] != Ballot.TieRule.RUN_OFF],
        widget=forms.RadioSelect,
        required=False,
        initial=Ballot.TieRule.FACILITATOR,
    )
    quorum = forms.IntegerField(
        label="How many people have to vote?",
        help_text="With fewer votes nothing is chosen. Leave empty for no such rule.",
        min_value=1,
        max_value=10_000,
        required=False,
    )
    threshold = forms.ChoiceField(
        label="How much support does an option need?",
        choices=Ballot.Threshold.choices,
        required=False,
        widget=forms.RadioSelect,
        initial=Ballot.Threshold.NONE,
    )
    secrecy = forms.ChoiceField(
        label="Who can find out what somebody votes for?",
        choices=[
            (Ballot.Secrecy.SECRET, "Secret: nobody, once it has closed. It takes 5 votes to have a result"),
            (Ballot.Secrecy.OPEN, "Open: the people in the vote and those who run it, once the result is shown"),
        ],
        widget=forms.RadioSelect,
        initial=Ballot.Secrecy.SECRET,
    )
    shows_tally = forms.BooleanField(
        label="Show the tally while people vote",
        help_text="It can sway those who have not voted yet.",
        required=False,
    )
    asks_reason = forms.BooleanField(
        label="Voters may add one sentence why",
        help_text="Sealed apart from the votes. You read them once the result is shown, and those that you let through "
        "stand beside it, without names, from 5 on.",
        required=False,
    )
    roll_from = forms.ChoiceField(
        label="Who may vote?",
        choices=[
            (Ballot.Roll.CHECK_IN, "Everybody checked in when it opens"),
            (Ballot.Roll.LIST, "A list of people, which you enter on the next page"),
            (Ballot.Roll.CARDS, "Whoever holds a voting card: printed, dealt in the room, and tied to nobody"),
        ],
        widget=forms.RadioSelect,
        initial=Ballot.Roll.CHECK_IN,
    )
    closes_at = DateTimeField(
        label="When does it close?",
        help_text="Leave empty to close it by hand. With a time, votes sent later are refused.",
        required=False,
    )

    PARTS = (
        ("What do you want to find out?", ("question", "method", "dots", "most_per_option", "most_choices", "pot")),
        ("What people choose from", ("prototypes", "others")),
        ("How it is decided", ("to_pursue", "basis", "tie_rule", "budget_tie_rule")),
        ("Who votes, and until when", ("secrecy", "shows_tally", "asks_reason", "roll_from", "closes_at")),
    )
    # Folded away, as most votes have neither.
    CONDITIONS = ("quorum", "threshold")
    # Shown only where the method has them; `says_optional` only where leaving it empty means something.
    OF_METHODS = {
        "dots": (Ballot.Method.DOTS,),
        "most_per_option": (Ballot.Method.DOTS,),
        "most_choices": (Ballot.Method.APPROVAL, Ballot.Method.RANKED),
        "pot": (Ballot.Method.BUDGET,),
        "to_pursue": tuple(key for key in METHODS if key != Ballot.Method.BUDGET),
        "tie_rule": tuple(key for key in METHODS if key != Ballot.Method.BUDGET),
        "budget_tie_rule": (Ballot.Method.BUDGET,),
    }
    NEEDED = ("dots", "pot", "budget_tie_rule")
    NOT_OF_A_RUN_OFF = [
        *(name for _, names in PARTS for name in names if name not in ("question", "closes_at")),
        *CONDITIONS,
    ]

    def __init__(
        self, *args: Any, event: Event | None, ballot: Ballot | None = None, like: Ballot | None = None, **kwargs: Any
    ) -> None:
        """With `ballot`, a form to change that draft; of a run-off, without what the first vote fixed.

        With `like`, a new vote that starts from the question, rules and options of an earlier one.
        """
        if ballot:
            kwargs["initial"] = initial_of(ballot)
        elif like:
            kwargs["initial"] = initial_of(like) | kwargs.get("initial", {}) | {"closes_at": None}
        super().__init__(*args, **kwargs)
        at_event = Q(events=event) if event else Q(pk__in=[])
        of_the_day = Prototype.objects.filter(at_event | Q(options__ballot=ballot) if ballot else at_event)
        self.fields["prototypes"].queryset = of_the_day.select_related("outline").distinct()  # type: ignore[attr-defined]  # a model choice field has one
        if event and event.kind == Event.Kind.CO_DESIGN_DAY:
            del self.fields["others"]
        if event is None:
            del self.fields["prototypes"], self.fields["roll_from"]
        for name in ("prototypes", "others"):  # a vote is between two of either
            if name in self.fields:
                self.fields[name].says_optional = False  # type: ignore[attr-defined]  # read by the design system
        for name, methods in self.OF_METHODS.items():
            self.fields[name].only_if = _only_for(methods)  # type: ignore[attr-defined]  # read by the design system
            self.fields[name].says_optional = name not in self.NEEDED  # type: ignore[attr-defined]  # the same
        self.fields["shows_tally"].only_if = OnlyIf(  # type: ignore[attr-defined]  # the same
            "secrecy", (str(Ballot.Secrecy.OPEN),), "Only for an open vote."
        )
        if ballot and ballot.run_off_of_id:
            for name in self.NOT_OF_A_RUN_OFF:
                self.fields.pop(name, None)

    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields below their headings, in order."""
        found = [(heading, [self[name] for name in names if name in self.fields]) for heading, names in self.PARTS]
        return [(heading, fields) for heading, fields in found if fields]

    def conditions(self) -> list[forms.BoundField]:
        """The fields of what has to be reached for anything to be chosen."""
        return [self[name] for name in self.CONDITIONS if name in self.fields]

    def has_conditions(self) -> bool:
        """Whether any of these is set or wrong, so that the page shows them unasked."""
        return any(field.errors or field.value() for field in self.conditions())

    def clean(self) -> dict[str, Any]:
        """Take back what is wrong with fields that the method does not have: they are not even seen."""
        cleaned = self.cleaned_data
        for name, methods in self.OF_METHODS.items():
            if name in self.fields and cleaned.get("method") not in (None, *methods):
                self.errors.pop(name, None)
                cleaned[name] = cleaned.get(name) or self.fields[name].initial
        return cleaned

    def clean_others(self) -> list[NewOption]:
        """The other options, one a line, with a summary after a bar."""
        found = []
        for line in filter(None, map(str.strip, self.cleaned_data["others"].splitlines())):
            title, _, summary = (part.strip() for part in line.partition("|"))
            if not title:
                raise forms.ValidationError("Give every option a title before the bar.")
            if len(title) > 200 or len(summary) > 1000:
                raise forms.ValidationError(f"Keep a title to 200 characters and a summary to 1,000: {title[:60]}…")
            found.append(NewOption(title, summary))
        if len(found) > MOST_OPTIONS:
            raise forms.ValidationError(f"Keep it to {MOST_OPTIONS} options: nobody reads more.")
        return found

    @property
    def answers(self) -> dict[str, Any]:
        """What the operation takes: dots are how many one may give, and other options stand after prototypes."""
        answers = dict(self.cleaned_data)
        method, dots = answers.get("method"), answers.pop("dots", None)
        if method == Ballot.Method.DOTS:
            answers["most_choices"] = dots
        elif method not in self.OF_METHODS["most_choices"] and "most_choices" in answers:
            answers["most_choices"] = None
        if (tie_rule := answers.pop("budget_tie_rule", "")) and method == Ballot.Method.BUDGET:
            answers["tie_rule"] = tie_rule
        if "others" in answers:
            answers["options"] = answers.pop("others")
        return answers


MOST_OPTIONS = 50


def initial_of(ballot: Ballot) -> dict[str, Any]:
    """A ballot as the form shows it."""
    initial = {name: getattr(ballot, name) for name in FIXED_BEFORE_OPENING}
    options = list(ballot.options.all())
    initial["prototypes"] = [option.prototype_id for option in options if option.prototype_id]
    lines = (f"{option.title} | {option.summary}".strip(" |") for option in options if not option.prototype_id)
    initial["others"] = "\n".join(lines)
    if ballot.method == Ballot.Method.DOTS:
        initial["dots"], initial["most_choices"] = ballot.most_choices, None
    else:  # what is proposed should the method be changed
        del initial["most_per_option"]
    if ballot.method == Ballot.Method.BUDGET:
        initial["budget_tie_rule"] = initial.pop("tie_rule")
    return initial


def _only_for(methods: Collection[str]) -> OnlyIf:
    """The condition of a field that only these methods have, in words by what each asks."""
    if len(methods) > len(METHODS) / 2:
        others = [f"“{METHODS[key].asks}”" for key in METHODS if key not in methods]
        words = f"For all but {series(others)}."
    else:
        words = f"Only for {series([f'“{METHODS[key].asks}”' for key in methods], last='or')}."
    return OnlyIf("method", tuple(map(str, methods)), words)


class OptionsForm(forms.Form):
    """The order of a draft's options, and in a vote on a budget their prices."""

    def __init__(self, *args: Any, ballot: Ballot, options: list[Option], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.options, self.has_prices = options, ballot.method == Ballot.Method.BUDGET
        for number, option in enumerate(options, start=1):
            self.fields[f"place-{option.pk}"] = forms.IntegerField(
                label=f"Place of {option.title}", min_value=1, max_value=999, initial=number
            )
            if self.has_prices:
                self.fields[f"price-{option.pk}"] = forms.IntegerField(
                    label=f"Price of {option.title}, in pounds",
                    min_value=1,
                    max_value=2_000_000_000,
                    initial=option.price,
                    required=False,
                )

    def lines(self) -> list[dict[str, Any]]:
        """Each option with its fields."""
        return [
            {
                "option": option,
                "place": self[f"place-{option.pk}"],
                "price": self[f"price-{option.pk}"] if self.has_prices else None,
            }
            for option in self.options
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse two options of one place, at the second: nobody could tell which comes first."""
        first: dict[int, Option] = {}
        for option in self.options:
            place = self.cleaned_data.get(f"place-{option.pk}")
            if place is not None and (other := first.setdefault(place, option)) is not option:
                self.add_error(f"place-{option.pk}", f"{other.title} has place {place} too. Give each its own.")
        return self.cleaned_data

    @property
    def answers(self) -> dict[str, Any]:
        """The options in their new order, with their prices."""
        prices = {option.pk: self.cleaned_data.get(f"price-{option.pk}") for option in self.options}
        in_order = sorted(self.options, key=lambda option: self.cleaned_data[f"place-{option.pk}"])
        return {"in_order": [(option, prices[option.pk]) for option in in_order]}


class RollForm(forms.Form):
    """The list of those who may vote: e-mail addresses of accounts, typed or from a file."""

    addresses = TextField(
        label="E-mail addresses",
        help_text="One a line. Everybody needs an account. The list takes the place of the one before.",
        max_length=200_000,
        required=False,
    )
    file = forms.FileField(
        label="Or a file",
        help_text="A text or CSV file with the addresses in its first column.",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt"}),
    )

    def clean_file(self) -> list[str]:
        file = self.cleaned_data["file"]
        if not file:
            return []
        if file.size > LARGEST_LIST:
            raise forms.ValidationError("This file is larger than 1 MB. A list of addresses is smaller.")
        try:
            text = file.read().decode("utf-8-sig")
            if "\0" in text:
                raise csv.Error
            rows = csv.reader(io.StringIO(text))
            return [row[0] for row in rows if row and "@" in row[0]]
        except (UnicodeDecodeError, csv.Error):
            raise forms.ValidationError("This file cannot be read. Save it as CSV (UTF-8).") from None

    def clean(self) -> dict[str, Any]:
        """`people`: an account for each address; one error that names every address without."""
        cleaned = self.cleaned_data
        typed = cleaned.get("addresses", "").splitlines()
        addresses = list(
            dict.fromkeys(line.strip().lower() for line in [*typed, *cleaned.get("file", [])] if line.strip())
        )
        if self.errors:
            return cleaned
        if not addresses:
            self.add_error("addresses", "Enter at least one address.")
            return cleaned
        if len(addresses) > MOST_ON_A_LIST:
            self.add_error("addresses", f"Keep a list to {MOST_ON_A_LIST:,} addresses.")
            return cleaned
        found = people_at(addresses)
        if missing := [address for address in addresses if address not in found]:
            self.add_error("addresses", f"Nobody has an account with {series(missing, most=10)}.")
        cleaned["people"] = list(dict.fromkeys(found.values()))
        return cleaned

    @property
    def answers(self) -> dict[str, Any]:
        return {"people": self.cleaned_data["people"]}


LARGEST_LIST = 1024 * 1024
MOST_ON_A_LIST = 5_000


class CardsForm(forms.Form):
    """How many voting cards are handed out."""

    number = forms.IntegerField(
        label="How many voting cards are handed out?",
        help_text="As many as people vote. It is fixed when the vote opens. More are printed, to spare.",
        min_value=FEWEST,
        max_value=MOST_CARDS,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), CARDS_BETWEEN),
    )


class PublicReasonForm(forms.Form):
    """The form of a reason that everybody can read."""

    reason = LineField(
        label="Why?",
        help_text="Everybody can read this.",
        max_length=200,
        error_messages={"required": "Say why."},
    )


class LatecomerForm(forms.Form):
    """The form to add somebody to the roll of an open vote."""

    email = forms.EmailField(
        label="E-mail address of their account",
        max_length=254,
        widget=forms.EmailInput(attrs=OF_SOMEBODY_ELSE),
        error_messages={
            "required": "Enter the e-mail address of their account.",
            "invalid": "Enter an e-mail address like name@council.gov.uk.",
        },
    )
    reason = LineField(
        label="Why were they not checked in when the vote opened?",
        help_text="Everybody can read this, beside the result.",
        max_length=200,
        error_messages={"required": "Say why this person was not checked in when the vote opened."},
    )

    def clean_email(self) -> User:
        """The person with that e-mail address and an open account."""
        person = person_at(self.cleaned_data["email"])
        if person is None or not person.is_active:
            raise forms.ValidationError("Nobody has an account with this address. They can make one at the door.")
        return person
