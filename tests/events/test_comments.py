"""Comments are sealed with feedback, parted from it as it is opened, and read by those who run the day."""

import datetime as dt
import json

import pytest

from core import clock
from core.errors import Refused
from events.feedback import operations
from events.feedback.operations import LENGTH, close_feedback, give_feedback, open_feedback
from events.feedback.queries import comments_on, results_for
from events.models import Event, Feedback, FeedbackComment
from sealing import boxes
from sealing.models import Staged
from sealing.operations import open_round
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory
from tests.factories.voting import checked_in
from tests.pages import words

pytestmark = pytest.mark.django_db


def a_day(people):
    event = EventFactory(started=True)
    for _ in range(people):
        checked_in(event, UserFactory())
    open_feedback()
    event.refresh_from_db()
    return event


def all_write(event, **answers):
    for number, place in enumerate(event.sign_ups.order_by("position")):
        give_feedback(event, answers=answers, comment=f"Comment {number}.", place_reference=place.reference)


def opened(event):
    """The event two weeks later, its forms opened."""
    Event.objects.filter(pk=event.pk).update(
        starts_at=event.starts_at - dt.timedelta(days=15), ends_at=event.ends_at - dt.timedelta(days=15)
    )
    close_feedback()
    event.refresh_from_db()
    return event


def test_a_comment_is_sealed_with_its_form_and_makes_no_box_longer():
    event = a_day(2)
    first, second = event.sign_ups.order_by("position")
    give_feedback(event, answers={"would_recommend": True}, place_reference=first.reference)
    give_feedback(event, answers={}, comment="Too loud. " * 90, place_reference=second.reference)

    assert not FeedbackComment.objects.exists()
    assert b"loud" not in b"".join(bytes(each.box) for each in Staged.objects.all())
    assert len({len(each.box) for each in Staged.objects.all()}) == 1


def test_every_comment_that_the_form_takes_fits_into_its_box():
    longest = {**dict.fromkeys(Feedback.OUTCOMES, False), "comment": "\U0001f600" * FeedbackComment.MOST}
    quoted = {**dict.fromkeys(Feedback.OUTCOMES, False), "comment": '"\n' * (FeedbackComment.MOST // 2)}

    for answer in (longest, quoted):
        assert boxes.sealed(answer, public_key=bytes(boxes.public_half(bytes(range(32)))), length=LENGTH)
        assert len(json.dumps(answer, ensure_ascii=False).encode()) < LENGTH


def test_opened_comments_lead_to_no_form_and_stand_in_an_order_of_their_own(monkeypatch):
    event, orders = a_day(6), []
    all_write(event, would_recommend=True)

    class Chance:
        def shuffle(self, rows):
            orders.append(len(rows))
            rows.sort(key=str, reverse=True)

    monkeypatch.setattr(operations, "_chance", Chance())
    opened(event)

    assert orders == [6]
    assert list(FeedbackComment.objects.values_list("text", flat=True).order_by("text")) == [
        f"Comment {number}." for number in range(6)
    ]
    assert event.feedback.filter(would_recommend=True).count() == 6
    fields = {field.name for field in FeedbackComment._meta.get_fields()}
    assert fields == {"id", "event", "text", "is_illustrative"}
    assert FeedbackComment._meta.pk.get_internal_type() == "UUIDField"


@pytest.mark.parametrize(("people", "seen"), [(4, 0), (5, 5)])
def test_those_who_run_the_day_read_comments_by_the_rule_of_the_forms(people, seen):
    event = a_day(people)
    all_write(event, would_recommend=True)
    assert comments_on(event, results_for(event, is_staff=True)) == []

    opened(event)

    assert len(comments_on(event, results_for(event, is_staff=True))) == seen


def test_comments_are_on_no_public_page_and_in_no_file(client, signed_in, fatima, amina):
    event = a_day(12)
    all_write(event, would_recommend=True)
    opened(event)
    address = event.get_absolute_url()

    assert "Comment 3." in words(signed_in(fatima).get(address))
    for reader in (client, signed_in(amina)):
        for page in (address, f"{address}report/", f"{address}report/?format=csv", "/figures/?year=2026"):
            assert "Comment 3." not in words(reader.get(page)), page


def test_a_round_that_was_opened_before_comments_were_taken_asks_for_none_and_takes_answers(signed_in):
    event = EventFactory(started=True)
    place, late = checked_in(event, UserFactory()), checked_in(event, UserFactory())
    Event.objects.filter(pk=event.pk).update(feedback_round=open_round("Feedback", length=512))
    event.refresh_from_db()

    page = words(signed_in(place.person).get(f"/events/{event.slug}/feedback/"))
    with pytest.raises(Refused, match="takes none"):
        give_feedback(event, answers={}, comment="Too loud.", place_reference=place.reference)
    sent = signed_in(late.person).post(f"/events/{event.slug}/feedback/", {"would_recommend": "yes"})

    assert 'name="comment"' not in page
    assert sent.status_code == 302
    assert Staged.objects.count() == 1


def test_the_form_says_who_reads_a_comment_and_keeps_one_that_is_too_long(signed_in):
    event = a_day(1)
    reader, address = signed_in(event.sign_ups.get().person), f"/events/{event.slug}/feedback/"

    page = words(reader.get(address))
    answer = reader.post(address, {"comment": "x" * 1001, "would_recommend": "no"})

    assert "if 5 people or more have given theirs. It is never published." in page
    assert answer.status_code == 422
    assert "x" * 1001 in answer.content.decode()
    assert not Staged.objects.exists()


def test_a_comment_alone_is_feedback(signed_in):
    event = a_day(1)
    place = event.sign_ups.get()

    signed_in(place.person).post(f"/events/{event.slug}/feedback/", {"comment": "Too loud."})

    place.refresh_from_db()
    assert place.has_given_feedback
    with clock.at(event.feedback_closes_at):
        close_feedback()
    assert FeedbackComment.objects.get().text == "Too loud."
