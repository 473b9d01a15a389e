"""Contexts of the pages on which facilitators ask at sign-up and read what was answered."""

from collections.abc import Sequence
from typing import Any

from core.tables import MADE_UP, Table, made_up_cell
from core.words import counted, one_or_many
from events.asking.operations import BUILT_IN
from events.asking.queries import all_questions, places_by_name, said_at
from events.event.models import Event
from events.places.forms import PlaceForm
from events.places.models import SignUp
from questions.fields import number_in_words
from questions.forms import AnswersForm, condition_in_words
from questions.models import Question
from questions.queries import asked
from questions.results import LEAST_FOR_TOTALS, Said, cells_of, columns_of, heading_of, results_of, said_by

SAID_BY = 25  # people on a page


def questions_page(event: Event) -> dict[str, Any]:
    """The context of the list of what is asked, built-in questions first."""
    questions = asked(event.question_set_id)
    fields = PlaceForm.base_fields
    return {
        "event": event,
        "built_in": [
            {"name": name, "words": fields[name.removeprefix("asks_")].label, "is_asked": getattr(event, name)}
            for name in BUILT_IN
        ],
        "lines": _lines(questions),
        "preview": AnswersForm(questions=questions, prefix="preview"),
        "may_change": not event.has_ended and event.state != Event.State.CANCELLED,
    }


def _lines(questions: Sequence[Question]) -> list[dict[str, Any]]:
    by_key = {question.key: question for question in questions}
    return [
        {
            "question": question,
            "facts": facts_of(question, by_key.get(question.shown_if)),
            "is_first": place == 0,
            "is_last": place == len(questions) - 1,
        }
        for place, question in enumerate(questions)
    ]


def facts_of(question: Question, earlier: Question | None = None) -> list[str]:
    """What an organiser wants to know of a question at a glance, each as a few words."""
    facts = [question.get_kind_display()]
    if question.choices and question.kind != Question.Kind.YES_NO:
        facts[0] += f": {', '.join(words for _, words in question.choices)}"
    if question.kind == Question.Kind.MATRIX:
        facts[0] += f" ({counted(len(question.rows), 'statement')})"
    if question.kind == Question.Kind.NUMBER:
        facts[0] += _bounds(question)
    if question.help:
        facts.append(f"Hint: {question.help}")
    facts.append("Must be answered" if question.is_required else "May be left out")
    if earlier:
        facts.append(condition_in_words(question, earlier).removesuffix("."))
    facts.append("Seen with names" if question.seen_by == Question.SeenBy.NAMED else "Seen only as totals")
    facts.append(f"Kept for {counted(question.kept_days, 'day')} after the event")
    return facts


def _bounds(question: Question) -> str:
    """What numbers a question takes, after its kind: `: 0 or more, 60 years or less`."""
    bounds = [
        f"{number_in_words(bound, question.unit)} or {way}"
        for bound, way in ((question.least, "more"), (question.most, "less"))
        if bound is not None
    ]
    return f": {', '.join(bounds) or question.unit}" if bounds or question.unit else ""


def answers_page(event: Event) -> dict[str, Any]:
    """The context of the answers, by question and, with names, by person; `people` is to be cut into pages."""
    questions, places = all_questions(event), list(places_by_name(event))
    said = said_at(event, places)
    return {
        "event": event,
        "built_in": _built_in(places),
        "results": results_of(
            questions,
            [each for _, each in said],
            people=len(places),
            withheld=_why_no_totals(event, places),
        ),
        "people": [(place, pairs) for place, each in said if (pairs := said_by(questions, each.answers))],
        "lede": _lede(len(said), len(places)),
        "has_file": bool(columns_of(questions)),
    }


def _why_no_totals(event: Event, places: Sequence[SignUp]) -> str:
    """Why totals are not shown; empty once the event has ended, if the answers are still those of its end."""
    if not event.has_ended:
        return f"Its totals are shown once the event has ended, if {LEAST_FOR_TOTALS} or more people have answered."
    if any(place.person.erased_at and place.person.erased_at >= event.ends_at for place in places):
        return "Its totals are not shown any more: after the event somebody’s answers were erased, and would be seen."
    return ""


def _lede(answered: int, places: int) -> str:
    has, waits = one_or_many(places, "has", "have"), one_or_many(places, "waits", "wait")
    return f"{answered:,} of {counted(places, 'person', 'people')} who {has} a place or {waits} for one sent answers."


def _built_in(places: Sequence[SignUp]) -> list[dict[str, Any]]:
    """What people need and do not eat, with who said so; left out where nobody said anything."""
    found = []
    for name in SignUp.HEALTH:
        texts = [(str(place.person), getattr(place, name)) for place in places if getattr(place, name)]
        if texts:
            found.append({"words": PlaceForm.base_fields[name].label, "texts": texts})
    return found


def answers_table(event: Event) -> Table:
    """The answers with names as a file; needs and diets are not in it, so that they stay where they are erased."""
    questions = columns_of(all_questions(event))

    def row(place: SignUp, said: Said) -> list[object]:
        council = place.organisation.name if place.organisation else ""
        return [said.who, council, *cells_of(questions, said.answers), made_up_cell(event)]

    return Table(
        name=f"answers-{event.slug}",
        title=f"Answers at sign-up: {event.title}",
        is_personal=True,
        columns=["Person", "Organisation", *map(heading_of, questions), MADE_UP],
        rows=[row(place, said) for place, said in said_at(event, list(places_by_name(event)))],
    )


def now_says(question: Question) -> list[tuple[str, str]]:
    """What a question says now, for whoever changed it at the same time."""
    pairs = [("Question", question.words), ("Hint", question.help)]
    pairs.append(("Kind", "; ".join(facts_of(question))))
    for label, lines in (("Statements", question.rows), ("Scale", question.scale)):
        pairs.append((label, "\n".join(words for _, words in lines)))
    return [(label, words) for label, words in pairs if words]
