from typing import Any

import factory

from events.models import Event
from questions.models import Question, QuestionSet
from questions.operations import add_question

KIND = Question.Kind
# What a question of each kind is made of, and an answer to it: as a browser sends it, and as it is stored.
EVERY_KIND: dict[str, tuple[dict[str, Any], dict[str, Any], Any]] = {
    KIND.TEXT: ({"words": "Your role?"}, {"": "Web  manager"}, "Web manager"),
    KIND.LONG_TEXT: ({"words": "What would help?"}, {"": "Time.\r\nMoney."}, "Time.\nMoney."),
    KIND.ONE: ({"words": "Who leads?", "options": ["Members", "Officers"]}, {"": "officers"}, "officers"),
    KIND.SEVERAL: (
        {"words": "Which days?", "options": ["Monday", "Tuesday", "Friday"]},
        {"": ["monday", "friday"]},
        ["monday", "friday"],
    ),
    KIND.YES_NO: ({"words": "Did you save?"}, {"": "unknown"}, "unknown"),
    KIND.MATRIX: (
        {"words": "What holds you back?", "rows": ["Legacy", "Skills"], "scale": ["Agree", "Neither", "Disagree"]},
        {"_legacy": "agree"},
        {"legacy": "agree"},
    ),
    KIND.NUMBER: (
        {"words": "How much?", "unit": "£", "least": 0, "most": 10_000_000},
        {"": "£1,401,316"},
        "1401316",
    ),
    KIND.TOP_THREE: (
        {"words": "Your priorities?", "options": ["Cost", "Care", "Standards"]},
        {"_first": "care", "_third": "cost"},
        ["care", "cost"],
    ),
    KIND.DATE: ({"words": "Since when?"}, {"_day": "31", "_month": "3", "_year": "2014"}, "2014-03-31"),
}


class QuestionSetFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = QuestionSet

    title = factory.Sequence(lambda n: f"Sign-up {n}")


def a_question(question_set: QuestionSet | None = None, kind: str = KIND.ONE, **fields: Any) -> Question:
    """A question of that kind, added to the set or to one made up."""
    given = EVERY_KIND[kind][0] | fields
    return add_question(question_set or QuestionSetFactory(), kind=kind, **given)


def every_kind(**fields: Any) -> QuestionSet:
    """A set with a question of each kind, whose key is its kind."""
    question_set = QuestionSetFactory(**fields)
    for kind in EVERY_KIND:
        a_question(question_set, kind, key=str(kind).replace("_", "-"))
    return question_set


def sent() -> dict[str, Any]:
    """What a browser sends of a filled-in form of `every_kind`."""
    answers = {kind.replace("_", "-"): parts for kind, (_, parts, _) in EVERY_KIND.items()}
    return {f"q-{key}{name}": value for key, parts in answers.items() for name, value in parts.items()}


def stored() -> dict[str, Any]:
    """The same answers as they are stored."""
    return {kind.replace("_", "-"): value for kind, (_, _, value) in EVERY_KIND.items()}


def sign_up_question(event: Event, kind: str = KIND.ONE, **fields: Any) -> Question:
    """A question of that kind at the sign-up of an event."""
    if event.question_set is None:
        event.question_set = QuestionSetFactory()
        event.save(update_fields=["question_set"])
    return a_question(event.question_set, kind, **fields)
