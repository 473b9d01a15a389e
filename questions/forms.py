"""The form that asks a set of questions, and the form of one question."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.forms import LineField, NumberField, TextField
from core.words import counted, series
from design_system.fields import OnlyIf
from questions.checking import Answers, name_of, settle
from questions.definitions import CAN_DECIDE
from questions.fields import as_number, as_typed, field_of
from questions.models import Question, QuestionSet
from questions.queries import asked

Kind, SeenBy = Question.Kind, Question.SeenBy


REMOVED = (
    "A question that you answered is not asked any more. Everything else is still in the form: look at it, and send it."
)


class AnswersForm(forms.Form):
    """The questions of a set after the fields that a subclass declares; `question_answers` are what was answered.

    `over` names what the answers are kept for the days after, and `readers` who sees them. `before` are the answers of
    other pages, where a set is asked page by page: a question that hangs on one of them is asked where it is shown.
    """

    over = "the end"
    readers = "The organisers"
    asks = True  # whether the questions are in this form at all

    def __init__(
        self,
        *args: Any,
        questions: Sequence[Question] = (),
        answered: Mapping[str, Any] | None = None,
        is_draft: bool = False,
        before: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions, self.question_answers, self.before = list(questions), Answers(), before
        by_key = {question.key: question for question in questions}
        for question in self.questions:
            name, field = name_of(question.key), field_of(question)
            field.required = field.required and not is_draft
            if earlier := by_key.get(question.shown_if):
                field.only_if = OnlyIf(  # type: ignore[attr-defined]  # read by the design system
                    name_of(earlier.key), tuple(question.shown_if_values), condition_in_words(question, earlier)
                )
            self.fields[name] = field
            if answered and question.key in answered:
                self.initial[name] = as_typed(question, answered[question.key])

    def clean(self) -> dict[str, Any]:
        """Settle which questions were asked; what was typed for the others counts for nothing and is not wrong."""
        cleaned = super().clean() or self.cleaned_data
        questions = self.question_names
        errors = {name: each for name, each in self.errors.as_data().items() if name in questions}

        def answer_to(question: Question) -> Any:
            name = name_of(question.key)
            if name in errors:
                raise ValidationError(errors[name])
            return cleaned.get(name)

        if self.asks:
            self._refuse_removed()
        self.question_answers, wrong = settle(self.questions, answer_to, before=self.before)
        for name in errors.keys() - {name_of(key) for key in wrong}:
            del self.errors[name]
        return {name: value for name, value in cleaned.items() if name not in questions}

    def _refuse_removed(self) -> None:
        """Say so once where somebody answered a question that has been taken away since they opened the form."""
        known = tuple(self.question_names)
        parts = tuple(f"{name}_" for name in known)
        for name, value in self.data.items():
            if value and name.startswith(name_of("")) and name not in known and not name.startswith(parts):
                raise ValidationError(REMOVED)

    @property
    def answers(self) -> dict[str, Any]:
        """The cleaned values as an operation takes them: own fields by name, and the questions' as `answers`."""
        return self.cleaned_data | {"answers": self.question_answers}

    @property
    def question_names(self) -> set[str]:
        """The names of the questions' fields."""
        return {name_of(question.key) for question in self.questions}

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """The bound fields that are no questions of the set."""
        questions = self.question_names
        return [field for field in self if field.name not in questions]

    @property
    def question_fields(self) -> list[forms.BoundField]:
        """The bound fields of the questions, in order."""
        return [self[name_of(question.key)] for question in self.questions]

    @property
    def promises(self) -> list[str]:
        """Who sees the answers and for how long they are kept, in sentences for the whole set."""
        return promises(self.questions, self.over, self.readers)


def form_for(
    question_set: QuestionSet,
    data: Mapping[str, Any] | None = None,
    *,
    answered: Mapping[str, Any] | None = None,
    is_draft: bool = False,
) -> AnswersForm:
    """The form of a set, filled in with what was answered before. A draft may leave out what must be answered."""
    return AnswersForm(data, questions=asked(question_set), answered=answered, is_draft=is_draft)


def condition_in_words(question: Question, earlier: Question) -> str:
    """When a question counts, as a sentence for those without scripts."""
    words = [f"“{said}”" for key, said in earlier.choices if key in question.shown_if_values]
    return f"Only if you answered {series(words, last='or')} to “{earlier}”."


def promises(questions: Iterable[Question], over: str, readers: str) -> list[str]:
    """A sentence for all questions; where they differ, one for each kind of promise, with the questions it is about."""
    groups: dict[tuple[str, int], list[str]] = {}
    for question in questions:
        groups.setdefault((question.seen_by, question.kept_days), []).append(f"“{question}”")
    said = []
    for (seen_by, days), named in groups.items():
        how = "with your name" if seen_by == SeenBy.NAMED else "only as totals, without your name"
        which = "your answers" if len(groups) == 1 else f"your answers to {series(named)}"
        said.append(f"{readers} see {which} {how}. We delete them {counted(days, 'day')} after {over}.")
    return said


class LinesField(TextField):
    """A list, one entry a line; redisplayed as it was typed."""

    says_optional = False
    widget = forms.Textarea(attrs={"rows": 5})

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]  # of lines, where the base gives one text
        return [line for line in super().to_python(value).split("\n") if line.strip()]

    def prepare_value(self, value: Any) -> str:
        return value if isinstance(value, str) else "\n".join(words for _, words in value or ())


CHOOSE_KIND = "Choose what kind of question it is."


class QuestionForm(forms.Form):
    """The form of one question, for whoever makes them."""

    words = LineField(label="Question", max_length=300, error_messages={"required": "Write the question."})
    help = LineField(
        label="Hint", help_text="For example what you need the answer for.", max_length=500, required=False
    )
    kind = forms.ChoiceField(
        label="What kind of answer?",
        choices=Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE_KIND, "invalid_choice": CHOOSE_KIND},
    )
    options = LinesField(
        label="Answers to choose from",
        help_text="One a line. Of a top three: leave empty, and people write their own.",
        required=False,
    )
    rows = LinesField(label="Statements", help_text="One a line.", required=False)
    scale = LinesField(
        label="Scale", help_text="From one end to the other, one a line. For example: agree, neither, disagree.",
        required=False,
    )  # fmt: skip
    unit = LineField(label="Unit", help_text="For example £, % or people.", max_length=40, required=False)
    least = NumberField(label="Lowest number", decimal_places=4, required=False)
    most = NumberField(label="Highest number", decimal_places=4, required=False)
    decimals = forms.IntegerField(label="Digits after the point", min_value=0, max_value=4, required=False, initial=0)
    is_required = forms.BooleanField(label="It must be answered", required=False)
    shown_if = forms.ChoiceField(
        label="Ask it", required=False, error_messages={"invalid_choice": "Choose when it is asked."}
    )
    seen_by = forms.ChoiceField(
        label="Who may see the answers?",
        help_text="People read this beside the questions. "
        "Totals are shown after the end of what they are for, if 5 or more have answered.",
        choices=SeenBy.choices,
        widget=forms.RadioSelect,
        initial=SeenBy.NAMED,
        error_messages={"invalid_choice": "Choose who may see the answers."},
    )
    kept_days = forms.IntegerField(
        label="For how many days are the answers kept?",
        help_text="From the end of what they are for. As short as you can.",
        min_value=1,
        max_value=3650,
        initial=60,
        error_messages={"required": "Enter for how many days the answers are kept."},
    )
    ONLY_FOR = {
        "options": (Kind.ONE, Kind.SEVERAL, Kind.TOP_THREE),
        "rows": (Kind.MATRIX,),
        "scale": (Kind.MATRIX,),
        "unit": (Kind.NUMBER,),
        "least": (Kind.NUMBER,),
        "most": (Kind.NUMBER,),
        "decimals": (Kind.NUMBER,),
    }

    def __init__(self, *args: Any, earlier: Sequence[Question] = (), question: Question | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        kinds = dict(Kind.choices)
        for name, fitting in self.ONLY_FOR.items():
            words = series([f"“{kinds[kind]}”" for kind in fitting], last="or")
            self.fields[name].only_if = OnlyIf(  # type: ignore[attr-defined]  # read by the design system
                "kind", tuple(map(str, fitting)), f"Only for {words}."
            )
        self.conditions = {"": ("", list[str]())}
        names = [("", "always")]
        for key, values, said in _conditions(earlier, question):
            name = f"{key}={'+'.join(values)}"
            if name not in self.conditions:
                self.conditions[name] = (key, values)
                names.append((name, said))
        field = self.fields["shown_if"]
        field.says_optional = False  # type: ignore[attr-defined]  # read by the design system
        if isinstance(field, forms.ChoiceField):
            field.choices = names
        if len(names) == 1:
            del self.fields["shown_if"]

    def clean(self) -> dict[str, Any]:
        """Take back what is wrong with fields that the kind does not use: they are not even seen."""
        for name, fitting in self.ONLY_FOR.items():
            if self.cleaned_data.get("kind") not in fitting:
                self.errors.pop(name, None)
        return self.cleaned_data

    @property
    def answers(self) -> dict[str, Any]:
        """The cleaned values as the operations take them; what its kind does not use is left out."""
        answers = dict(self.cleaned_data)
        for name, fitting in self.ONLY_FOR.items():
            if answers["kind"] not in fitting:
                answers[name] = {"unit": "", "least": None, "most": None, "decimals": 0}.get(name, ())
        answers["decimals"] = answers["decimals"] or 0
        answers["shown_if"], answers["shown_if_values"] = self.conditions[answers.pop("shown_if", "")]
        return answers


def _conditions(earlier: Sequence[Question], question: Question | None) -> Iterable[tuple[str, list[str], str]]:
    """The conditions to choose from: each answer of each earlier question, and what the question has now."""
    for other in (other for other in earlier if other.kind in CAN_DECIDE):
        if question and question.shown_if == other.key:
            words = [f"“{said}”" for key, said in other.choices if key in question.shown_if_values]
            yield other.key, question.shown_if_values, f"after {series(words, last='or')} to “{other}”"
        for key, said in other.choices:
            yield other.key, [key], f"after “{said}” to “{other}”"


def initial_of(question: Question) -> dict[str, Any]:
    """The initial values of the form for a question."""
    names = QuestionForm.base_fields.keys() - {"shown_if"}
    condition = f"{question.shown_if}={'+'.join(question.shown_if_values)}" if question.shown_if else ""
    bounds = {name: as_number(getattr(question, name)) for name in ("least", "most")}
    return {name: getattr(question, name) for name in names} | {"shown_if": condition} | bounds
