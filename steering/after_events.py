"""What the page of a day says of the board: its decisions on projects that came out of the day."""

import datetime as dt
from typing import Any

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from core.words import day_in_words
from events.event.models import Event
from events.outputs.following import Following, OutputLine
from projects.portfolio.permissions import visible_projects
from steering.models import Decision
from steering.permissions import visible_decisions
from steering.queries.decisions import about_projects


def _decisions(event: Event, user: Any) -> QuerySet[Decision]:
    projects = visible_projects(user).filter(prototype__events=event)
    result_and_day = Concat(F("result"), Value(" "), Cast("decided_on", TextField()), output_field=TextField())
    decided = visible_decisions(user).filter(about_projects(projects.values("pk")))
    return decided.annotate(way=Cast("number", TextField()), note=result_and_day)


def _line(title: str, number: str, result_and_day: str) -> OutputLine:
    result, day = result_and_day.split(" ")
    words = f"{Decision.Result(result).label} on {day_in_words(dt.date.fromisoformat(day))} ({number})"
    return {"title": title, "url": reverse("steering:decision", args=[number]), "note": words}


DECISIONS = Following("board", "What the board decided", _decisions, _line)
