"""Reads of what people were asked at sign-up, and of what they answered."""

from django.db.models import QuerySet
from django.db.models.functions import Lower

from events.event.models import Event
from events.places.models import SignUp
from questions.models import AnswerSheet, Question
from questions.results import Said


def all_questions(event: Event) -> list[Question]:
    """The event's own questions, those that are not asked any more at the end."""
    found = Question.objects.filter(set=event.question_set_id) if event.question_set_id else Question.objects.none()
    return sorted(found, key=lambda question: question.archived_at is not None)


def places_by_name(event: Event) -> QuerySet[SignUp]:
    """The living places, in the order of people's names."""
    living = event.sign_ups.living().named().select_related("person", "organisation")
    return living.order_by(Lower("person__name"), "pk")


def said_at(event: Event, places: list[SignUp]) -> list[tuple[SignUp, Said]]:
    """What those with these places answered; who has no sheet answered nothing."""
    sheets = dict(AnswerSheet.objects.filter(set=event.question_set_id).values_list("person", "answers"))
    return [
        (place, Said(str(place.person), sheets[place.person_id] or {})) for place in places if place.person_id in sheets
    ]
