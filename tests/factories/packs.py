import datetime as dt

import factory

from core import clock
from core.content import digest_of
from steering.models import MeetingItem, Pack
from tests.factories.accounts import UserFactory
from tests.factories.steering import MeetingFactory

FROZEN = {
    "form": 1,
    "day": "2014-12-10",
    "day_words": "10 December 2014",
    "title": "Steering board, 10 December 2014",
    "line": "Smith Square · chair: LGA, as host",
    "asked": "1 decision: Portfolio (1).",
    "since": "",
    "sections": [
        {
            "name": "agenda",
            "title": "Agenda",
            "shape": "table",
            "columns": ["No.", "Item", "For"],
            "rows": [{"cells": [{"text": "1"}, {"text": "Portfolio", "strong": True}, {"text": "decision"}]}],
        }
    ],
    "state": {},
    "version": 1,
    "correction": "",
    "frozen_at": "2014-12-03T17:00:00+00:00",
    "frozen_words": "3 December 2014, 17:00",
}


class PackFactory(factory.django.DjangoModelFactory):
    """Published for a meeting in a week, with its PDF."""

    class Meta:
        model = Pack

    meeting = factory.SubFactory(
        MeetingFactory, state="planned", day=factory.LazyFunction(lambda: clock.today() + dt.timedelta(days=7))
    )
    content = factory.LazyFunction(lambda: FROZEN)
    sha256 = factory.LazyAttribute(lambda pack: digest_of(pack.content))
    frozen_by = factory.SubFactory(UserFactory)
    pdf, pdf_size, pages = b"%PDF-1.7", 8, 14


def on_the_agenda(**given) -> MeetingItem:
    """The one item of the agenda of a meeting in three weeks."""
    meeting = MeetingFactory(state="planned", day=clock.today() + dt.timedelta(days=21))
    return MeetingItem.objects.create(meeting=meeting, order=1, kind="discussion", title="Portfolio", **given)
