"""A promise is followed up 6, 12 and 24 months after its launch or its claim; who answers for it is reminded once."""

import datetime as dt

import pytest

from core.months import months_after
from outbox.models import Message
from take_up.emails import promise_due
from take_up.models import FOLLOW_UPS, Benefit
from take_up.operations import remind_of_follow_ups
from take_up.queries.follow_ups import follow_ups
from tests.factories.accounts import UserFactory
from tests.factories.projects import ProjectFactory
from tests.factories.take_up import AdoptionFactory, BenefitFactory, MeasurementFactory

pytestmark = [pytest.mark.sql, pytest.mark.django_db]

MADE = dt.date(2024, 1, 31)
State = Benefit.State


def made(**given) -> Benefit:
    """A promise of 31 January 2024, from 10 to 20 within a year."""
    return BenefitFactory(claimed_on=MADE, baseline=10, claimed=20, **given)


def states(promise: Benefit) -> list[str]:
    return [each.state for each in follow_ups(promise, promise.measurements.all())]


def test_its_days_are_months_after_the_claim_or_after_a_launch_that_came_later():
    launched = ProjectFactory(stage="launch", launched_on=dt.date(2024, 3, 1), case_accepted_on=dt.date(2023, 12, 1))

    def days(promise):
        return [each.day for each in follow_ups(promise, [])]

    assert days(made()) == [dt.date(2024, 7, 31), dt.date(2025, 1, 31), dt.date(2026, 1, 31)]
    assert days(made(project=launched)) == [dt.date(2024, 9, 1), dt.date(2025, 3, 1), dt.date(2026, 3, 1)]
    assert FOLLOW_UPS == (6, 12, 24)


@pytest.mark.parametrize(
    ("measured", "expected"),
    [
        ([], [State.NOT_CHECKED, State.NOT_CHECKED, State.NOT_YET]),
        # Each measurement counts for the follow-up that is nearest to its day.
        ([(dt.date(2024, 10, 31), 20)], [State.KEPT, State.NOT_CHECKED, State.NOT_YET]),
        ([(dt.date(2024, 11, 1), 20)], [State.NOT_CHECKED, State.KEPT, State.NOT_YET]),
        ([(dt.date(2024, 8, 1), 15), (dt.date(2025, 1, 15), 20)], [State.PARTLY, State.KEPT, State.NOT_YET]),
        ([(dt.date(2024, 8, 1), 20), (dt.date(2025, 1, 15), 15)], [State.KEPT, State.PARTLY, State.NOT_YET]),
        # Nothing better before its day is not yet, and from its day on not kept.
        ([(dt.date(2024, 8, 1), 10), (dt.date(2025, 1, 15), 10)], [State.NOT_YET, State.NOT_KEPT, State.NOT_YET]),
    ],
)
def test_each_follow_up_has_a_state_of_its_own(on_day, measured, expected):
    promise = made()
    with on_day(2025, 6, 1):
        for day, value in measured:
            MeasurementFactory(promise=promise, measured_on=day, value=value)

        assert states(promise) == expected


def test_what_nobody_else_has_checked_is_not_checked(on_day):
    promise = made()
    MeasurementFactory(promise=promise, measured_on=dt.date(2024, 7, 31), value=20, waiting=True)

    with on_day(2024, 8, 1):
        assert states(promise)[0] == State.NOT_CHECKED


def test_fewer_councils_than_the_base_are_part_of_it_however_much_they_reached(on_day):
    promise = made(scope=152)
    MeasurementFactory(promise=promise, measured_on=dt.date(2024, 7, 31), value=90, n=151)

    with on_day(2024, 8, 1):
        assert states(promise)[0] == State.PARTLY


@pytest.fixture
def fresh(monkeypatch):
    """The day that the schedule and the mails see, without the clock being set, which sends nothing."""

    def on(day: dt.date) -> None:
        for module in ("take_up.operations.benefit.follow_up", "take_up.queries.follow_ups"):
            monkeypatch.setattr(f"{module}.clock.today", lambda: day)

    return on


def asked() -> list[tuple]:
    rows = Message.objects.filter(kind="take_up.promise_due").order_by("asked_at", "pk")
    return [(row.person, row.about_id, row.details["months"]) for row in rows]


def test_whoever_answers_for_it_is_reminded_once_at_each_follow_up(fresh, grace, harlow):
    promise = made(project__lead_council=harlow)
    for months in FOLLOW_UPS:
        day = months_after(MADE, months)
        fresh(day - dt.timedelta(days=1))
        remind_of_follow_ups()
        before = len(asked())
        for later in (0, 1, 29):
            fresh(day + dt.timedelta(days=later))
            remind_of_follow_ups()
        assert len(asked()) == before + 1

    assert asked() == [(grace, promise.pk, 6), (grace, promise.pk, 12), (grace, promise.pk, 24)]


def test_nobody_is_reminded_of_what_was_measured_or_is_told_history_or_long_ago(fresh, grace, harlow):
    day = months_after(MADE, 6)
    MeasurementFactory(promise=made(project__lead_council=harlow), measured_on=day, value=20)
    BenefitFactory(project__lead_council=harlow, claimed_on=dt.date(2015, 12, 31))
    made(project__lead_council=harlow)
    fresh(day + dt.timedelta(days=30))

    assert remind_of_follow_ups() == 0


def test_a_council_is_reminded_of_what_its_use_of_an_asset_promised(fresh, grace, harlow, amina):
    made(project=None, adoption=AdoptionFactory(council=harlow), recorded_by=amina)
    made(project=None, recorded_by=UserFactory())  # of a case study, whose own question asks after it
    fresh(months_after(MADE, 6))

    assert remind_of_follow_ups() == 1
    assert {person for person, _, _ in asked()} == {grace, amina}


def test_the_mail_says_what_was_promised_and_nothing_once_it_was_measured(fresh, grace, harlow):
    promise = made(project__lead_council=harlow, unit="agreements")
    fresh(months_after(MADE, 6))

    letter = promise_due(promise, grace, months=6)
    assert letter.context["promised"] == "20 agreements"
    assert letter.context["url"].endswith(f"/board/promises/{promise.pk}/")
    MeasurementFactory(promise=promise, measured_on=months_after(MADE, 6), waiting=True)
    assert promise_due(promise, grace, months=6) is None
