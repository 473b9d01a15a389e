"""A promise is made by its project or adopter, measured by one and checked by another; the sums are never one."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.template.loader import render_to_string

from accounts.roles import Role
from core.errors import Refused
from councils.kinds import Tier
from councils.queries import base_for
from outbox.models import Message
from steering.queries import coverage
from take_up.emails import measurement_turned_down
from take_up.models import Benefit
from take_up.operations import check_measurement, claim_benefit, report_measurement, turn_down_measurement
from take_up.queries import Claimed, Confirmed, sums, sums_of_all
from take_up.queries.benefits import base_as_at, bases_in_words
from take_up.queries.promises import promise
from tests.factories.accounts import UserFactory, give_role
from tests.factories.projects import BusinessCaseFactory, ProjectFactory
from tests.factories.steering import BoardSeatFactory
from tests.factories.take_up import AdoptionFactory, BenefitFactory, MeasurementFactory, TurnedDownFactory
from tests.pages import plain_words
from tests.steering.deciding import decided

pytestmark = [pytest.mark.sql, pytest.mark.django_db]

CLAIM = {
    "title": "Agreements per council a month",
    "unit": "agreements",
    "claimed": Decimal(6),
    "baseline": Decimal(1),
    "claimed_in": "Plan for the launch",
    "claimed_on": dt.date(2014, 12, 10),
}
RESULT = {"value": Decimal(2), "measured_on": dt.date(2015, 12, 10), "n": 4, "n_words": "councils"}
State = Benefit.State


@pytest.fixture
def analyst(db):
    return give_role(UserFactory(), Role.ANALYST)


def test_the_lead_council_of_a_project_claims(amina, harlow):
    benefit = claim_benefit(project=ProjectFactory(lead_council=harlow), by=amina, **CLAIM)

    assert (benefit.state, benefit.baseline, benefit.recorded_by) == (State.NOT_CHECKED, 1, amina)
    assert benefit.due_on == dt.date(2015, 12, 10)


def test_a_facilitator_claims_for_any_project(fatima):
    assert claim_benefit(project=ProjectFactory(), by=fatima, **CLAIM).pk


def test_an_adopting_council_claims(amina, harlow):
    assert claim_benefit(adoption=AdoptionFactory(council=harlow), by=amina, **CLAIM).pk


def test_others_claim_nothing(carlos, ben, harlow):
    for stranger in (carlos, ben):
        with pytest.raises(PermissionDenied):
            claim_benefit(project=ProjectFactory(lead_council=harlow), by=stranger, **CLAIM)
        with pytest.raises(PermissionDenied):
            claim_benefit(adoption=AdoptionFactory(council=harlow), by=stranger, **CLAIM)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"baseline_on": dt.date(2099, 1, 1)}, "baseline_on"),
        ({"baseline_on": dt.date(2014, 12, 11)}, "baseline_on"),
        ({"baseline": None, "baseline_on": dt.date(2014, 12, 1)}, "baseline"),
    ],
)
def test_what_it_was_before_is_measured_before_the_promise_and_not_its_day_alone(amina, harlow, given, field):
    with pytest.raises(Refused) as refusal:
        claim_benefit(project=ProjectFactory(lead_council=harlow), by=amina, **{**CLAIM, **given})

    assert refusal.value.field == field
    assert claim_benefit(
        project=ProjectFactory(lead_council=harlow), by=amina, **CLAIM, baseline_on=CLAIM["claimed_on"]
    ).baseline_on


def test_a_benefit_is_of_a_project_or_of_an_adoption(amina, harlow):
    both = {"project": ProjectFactory(lead_council=harlow), "adoption": AdoptionFactory(council=harlow)}

    for owners in ({}, both):
        with pytest.raises(Refused):
            claim_benefit(by=amina, **CLAIM, **owners)


def measured(promise, *, by, checked_by=None, **given):
    """What `by` measured, checked by somebody where that is said."""
    measurement = report_measurement(promise, by=by, **{**RESULT, **given})
    return check_measurement(measurement, by=checked_by) if checked_by else measurement


def test_whoever_promised_reports_and_analysts_and_the_secretariat_check(amina, harlow, analyst, sunita):
    for checker in (analyst, sunita):
        promise = BenefitFactory(project__lead_council=harlow, claimed=6, unit="agreements", baseline=1)

        measured(promise, by=amina, checked_by=checker)

        promise.refresh_from_db()
        assert (promise.state, promise.latest.value, promise.latest.n) == (State.PARTLY, 2, 4)


def test_what_nobody_else_has_checked_does_not_count(amina, harlow):
    promise = BenefitFactory(project__lead_council=harlow)

    measured(promise, by=amina)

    promise.refresh_from_db()
    assert (promise.state, promise.latest) == (State.NOT_CHECKED, None)


def test_others_report_nothing(carlos, ben, grace, harlow):
    for stranger in (carlos, ben, grace):
        with pytest.raises(PermissionDenied):
            measured(BenefitFactory(), by=stranger)


def test_nobody_else_checks(amina, grace, fatima, edith):
    measurement = MeasurementFactory(waiting=True)
    for person in (amina, grace, fatima, edith):
        with pytest.raises(PermissionDenied):
            check_measurement(measurement, by=person)
        with pytest.raises(PermissionDenied):
            turn_down_measurement(measurement, by=person)


def test_nobody_checks_what_they_promised_or_measured_themselves(analyst):
    for own in ({"promise__recorded_by": analyst}, {"reported_by": analyst}):
        measurement = MeasurementFactory(waiting=True, **own)
        for operation in (check_measurement, turn_down_measurement):
            with pytest.raises(PermissionDenied, match="Somebody else"):
                operation(measurement, by=analyst)


def test_the_database_lets_nobody_check_what_they_measured_themselves(analyst):
    with pytest.raises(IntegrityError):
        MeasurementFactory(reported_by=analyst, checked_by=analyst)


def test_a_measurement_is_checked_once_and_stands_from_then_on(analyst, sunita):
    measurement = check_measurement(MeasurementFactory(waiting=True), by=analyst)

    for operation in (check_measurement, turn_down_measurement):
        with pytest.raises(Refused):
            operation(measurement, by=sunita)


def test_what_does_not_hold_is_turned_down_with_a_reason_that_is_kept_and_mailed(analyst, sunita):
    made = {"promise__claimed_on": dt.date(2025, 1, 6), "promise__title": "Calls", "measured_on": dt.date(2026, 1, 8)}
    measurement = MeasurementFactory(waiting=True, **made)
    with pytest.raises(Refused) as refusal:
        turn_down_measurement(measurement, because=" ", by=analyst)
    assert refusal.value.field == "because"

    kept = turn_down_measurement(measurement, because="It is of another year.", by=analyst)

    assert not measurement.promise.measurements.exists()
    assert (kept.value, kept.reported_by, kept.by) == (measurement.value, measurement.reported_by, analyst)
    assert list(Message.objects.values_list("kind", "person")) == [
        ("take_up.measurement_turned_down", measurement.reported_by_id)
    ]
    letter = measurement_turned_down(kept, measurement.reported_by)
    assert "It is of another year." in render_to_string(f"{letter.template}.txt", letter.context)
    with pytest.raises(Refused, match="meantime"):
        check_measurement(measurement, by=sunita)


def test_the_reason_is_asked_on_a_page_and_shown_to_whoever_reported_it_and_to_nobody_else(client, signed_in, sunita):
    measurement = MeasurementFactory(waiting=True)
    promise, address = measurement.promise, f"/board/promises/measurements/{measurement.pk}/turn-down/"
    assert signed_in(measurement.reported_by).get(address).status_code == 403

    assert "Say why it does not hold" in plain_words(signed_in(sunita).post(address, {"because": ""}))
    signed_in(sunita).post(address, {"because": "It is of another year."})

    for reader, sees in ((measurement.reported_by, True), (sunita, True), (UserFactory(), False)):
        assert ("It is of another year." in plain_words(signed_in(reader).get(promise.get_absolute_url()))) == sees
    client.logout()
    assert "another year" not in plain_words(client.get(promise.get_absolute_url()))


@pytest.mark.parametrize("broken", [{"because": ""}, {"by_reporter": True}])
def test_the_database_keeps_nothing_turned_down_without_a_reason_or_by_whoever_reported_it(broken, sunita, amina):
    by = amina if "by_reporter" in broken else sunita
    with pytest.raises(IntegrityError):
        TurnedDownFactory(reported_by=amina, by=by, because=broken.get("because", "No."))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"n": 0}, "n"),
        ({"n": 327}, "n"),
        ({"measured_on": dt.date(2014, 12, 9)}, "measured_on"),
        ({"measured_on": dt.date(2100, 1, 1)}, "measured_on"),
    ],
)
def test_a_result_has_a_base_and_a_day_after_the_promise(analyst, given, field):
    with pytest.raises(Refused) as refusal:
        measured(BenefitFactory(scope=326), by=analyst, **given)

    assert refusal.value.field == field


def test_a_day_has_one_measurement_and_the_last_day_that_was_checked_counts(analyst, sunita):
    promise = BenefitFactory()
    measured(promise, by=analyst, checked_by=sunita)

    with pytest.raises(Refused, match="stands here already"):
        measured(promise, by=sunita)
    measured(promise, by=analyst, checked_by=sunita, measured_on=dt.date(2016, 12, 10), value=Decimal(5))
    measured(promise, by=analyst, checked_by=sunita, measured_on=dt.date(2015, 6, 10), value=Decimal(1))

    promise.refresh_from_db()
    assert promise.latest.value == 5
    assert promise.measurements.count() == 3


def test_claimed_confirmed_and_not_checked_are_sums_of_their_own():
    project = ProjectFactory()
    BenefitFactory(project=project, claimed=Decimal(100_000))
    MeasurementFactory(promise__project=project, promise__claimed=Decimal(80_000), value=Decimal(20_000), n=4)
    MeasurementFactory(promise__project=project, promise__claimed=Decimal(9_000), value=Decimal(9_500))
    BenefitFactory(project=project, claimed=Decimal(7), unit="visits")

    result = sums(project.benefits.select_related("latest"))

    made, day = dt.date(2014, 12, 10), dt.date(2015, 12, 8)
    assert result.claimed == Claimed(Decimal(189_000), 3, as_at=made)
    assert result.confirmed == Confirmed(Decimal(9_500), n=1, of=3, on="3 councils", as_at=day)
    assert result.in_part == Confirmed(Decimal(20_000), n=1, of=3, on="4 councils", as_at=day)
    assert result.measured == Confirmed(Decimal(29_500), n=2, of=3, on="4 councils and 3 councils", as_at=day)
    assert result.not_checked == Claimed(Decimal(100_000), 1, as_at=made)


def test_what_is_not_due_yet_is_not_among_what_nobody_checked(on_day):
    project = ProjectFactory()
    with on_day(2016, 3, 1):
        for claimed, year in ((100, 2015), (7, 2017)):
            BenefitFactory(project=project, claimed=Decimal(claimed), due_on=dt.date(year, 12, 1))
        found = [sums(project.benefits.select_related("latest")), sums_of_all()]

    for each in found:
        assert (each.not_checked.total, each.not_checked.n) == (100, 1)
        assert (each.not_yet.total, each.not_yet.n) == (7, 1)


def test_more_than_three_bases_are_counted_rather_than_named():
    assert bases_in_words(["4 forms", "3 forms", "4 forms", "", "2 forms"]) == "4 forms, 3 forms and 2 forms"
    assert bases_in_words(f"{number} forms" for number in range(5)) == "5 different bases"


def test_the_database_adds_up_what_the_promises_add_up_to_one_by_one():
    assert sums_of_all() == sums([])
    for n, words in ((4, "councils"), (3, "forms"), (4, "councils")):
        MeasurementFactory(
            promise__claimed=Decimal("80000.50"), promise__scope=326, value=Decimal("0.25"), n=n, n_words=words
        )
    BenefitFactory(claimed=Decimal(7))
    BenefitFactory(claimed=Decimal(9), unit="visits")

    added = sums_of_all()

    assert added == sums(Benefit.objects.select_related("latest"))
    assert added.in_part.on == "4 of 326 councils and 3 forms"
    assert added.claimed.bases == ("326 councils",)


def test_what_a_business_case_promises_is_not_typed_beside_it(amina, harlow):
    project = ProjectFactory(lead_council=harlow)

    with pytest.raises(Refused, match="by itself") as saving:
        claim_benefit(project=project, by=amina, **{**CLAIM, "unit": "£ a year"})
    with pytest.raises(Refused, match="by itself") as case:
        claim_benefit(project=project, by=amina, **{**CLAIM, "claimed_in": "Our business case, page 3"})

    assert (saving.value.field, case.value.field) == ("unit", "claimed_in")
    assert claim_benefit(adoption=AdoptionFactory(council=harlow), by=amina, **{**CLAIM, "unit": "£ a year"}).pk


def test_an_accepted_case_is_a_promise_of_the_same_sum_on_the_same_base(sunita, harlow, analyst):
    case = accepted_case(sunita, harlow, volume=120_000, take_up=35, saving_per_unit=9)

    promised = Benefit.objects.get(business_case=case)

    assert promised.claimed == case.payback().yearly_saving == 378_000
    assert (promised.claimed_on, promised.scope) == (case.decided_on, coverage(case).providers)
    line = promise(promised)
    assert line.promised == "£378,000"
    assert line.where == f"Business case, version 1, {case.decision_number}: 120,000 transactions a year × 35% × £9"
    assert (promised.tier, promised.due_on) == (case.project.providing_tier, dt.date(2016, 12, 10))
    measured(promised, by=sunita, checked_by=analyst)
    after = Benefit.objects.get()
    assert after.state == State.PARTLY
    assert promise(after).base == f"4 of {promised.scope} councils, December 2015"


def test_the_largest_sum_a_case_may_have_can_be_promised(sunita, harlow):
    most = Decimal("9999999.99")
    case = accepted_case(sunita, harlow, volume=2_000_000_000, take_up=100, saving_per_unit=most, unit_cost_now=most)

    assert Benefit.objects.get().claimed == case.payback().yearly_saving


def accepted_case(secretary, lead, **sums):
    BoardSeatFactory.create_batch(9)
    case = BusinessCaseFactory(
        project__lead_council=lead,
        state="submitted",
        submitted_at=dt.datetime(2014, 11, 1, tzinfo=dt.UTC),
        **{"unit_cost_now": Decimal("14.50"), **sums},
    )
    decided(case, by=secretary, letters="FFFFFFFX-")
    case.refresh_from_db()
    return case


@pytest.mark.parametrize("typed", ["£ per year", "£/yr", "GBP p.a.", "pounds a year", " £ annually ", "£ A YEAR"])
def test_pounds_a_year_are_one_unit_however_they_are_typed(amina, harlow, typed):
    project, adoption = ProjectFactory(lead_council=harlow), AdoptionFactory(council=harlow)

    with pytest.raises(Refused, match="business case"):
        claim_benefit(project=project, by=amina, **{**CLAIM, "unit": typed})
    assert claim_benefit(adoption=adoption, by=amina, **{**CLAIM, "unit": typed}).unit == "£ a year"


@pytest.mark.parametrize("typed", ["£", "£ once", "visits a year", "pounds of paper a year"])
def test_what_is_not_pounds_a_year_stays_as_it_was_typed(amina, harlow, typed):
    assert (
        claim_benefit(project=ProjectFactory(lead_council=harlow), by=amina, **{**CLAIM, "unit": typed}).unit == typed
    )


FALLS = {"claimed": 15_000, "baseline": 45_000}
COUNCILS = {"claimed": 378_000, "scope": 152}


@pytest.mark.parametrize(
    ("promised", "given", "state"),
    [
        ({"claimed": 6}, {"value": 6}, State.KEPT),
        ({"claimed": 6}, {"value": 5}, State.PARTLY),
        ({"claimed": 6}, {"value": 0}, State.NOT_KEPT),
        ({"claimed": 6, "baseline": 1}, {"value": 1}, State.NOT_KEPT),
        ({"claimed": 6, "baseline": 1}, {"value": 2}, State.PARTLY),
        (FALLS, {"value": 11_200}, State.KEPT),
        (FALLS, {"value": 15_001}, State.PARTLY),
        (FALLS, {"value": 45_000}, State.NOT_KEPT),
        ({"claimed": 5, "better": "lower"}, {"value": 6}, State.NOT_KEPT),
        ({"claimed": 5, "better": "lower"}, {"value": 5}, State.KEPT),
        # Reached where it was measured, and measured on fewer councils than it was promised for.
        (COUNCILS, {"value": 400_000, "n": 4}, State.PARTLY),
        (COUNCILS, {"value": 400_000, "n": 500, "n_words": "homes"}, State.PARTLY),
        (COUNCILS, {"value": 378_000, "n": 152}, State.KEPT),
        ({"claimed": 6, "due_on": dt.date(2100, 1, 1)}, {"value": 0}, State.NOT_YET),
        ({"claimed": 6, "due_on": dt.date(2100, 1, 1)}, {"value": 1}, State.PARTLY),
        ({"claimed": 6, "due_on": dt.date(2100, 1, 1)}, {"value": 6}, State.KEPT),
        ({"claimed": 6, "due_on": dt.date(2100, 1, 1)}, None, State.NOT_YET),
        ({"claimed": 6}, None, State.NOT_CHECKED),
    ],
)
def test_whether_it_was_kept_follows_from_its_figures_on_a_page_and_in_the_database(db, promised, given, state):
    promise = BenefitFactory(**promised)
    if given is not None:
        MeasurementFactory(promise=promise, **given)

    promise.refresh_from_db()
    assert promise.state == state
    assert [each.value for each in State if Benefit.objects.with_state(each)] == [state]
    assert Benefit.objects.kept().exists() == (state == State.KEPT)
    is_missed = given is not None and promise.due_on.year < 2100 and state != State.KEPT
    assert (Benefit.objects.missed().exists(), promise.missed_on is not None) == (is_missed, is_missed)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"baseline": 10, "claimed": 20, "better": "lower"}, "better"),
        ({"baseline": 20, "claimed": 10, "better": "higher"}, "better"),
        ({"due_on": dt.date(2014, 12, 10)}, "due_on"),
    ],
)
def test_a_promise_betters_what_was_and_is_due_after_it_was_made(amina, harlow, given, field):
    with pytest.raises(Refused) as refusal:
        claim_benefit(adoption=AdoptionFactory(council=harlow), by=amina, **{**CLAIM, **given})

    assert refusal.value.field == field


def test_which_way_is_better_is_taken_from_the_baseline_where_nobody_says_it(amina, harlow):
    for claimed, better in ((Decimal(6), "higher"), (Decimal(0), "lower")):
        promise = claim_benefit(adoption=AdoptionFactory(council=harlow), by=amina, **{**CLAIM, "claimed": claimed})

        assert promise.better == better


def test_a_promise_for_the_councils_of_a_tier_is_for_those_of_its_day(amina, harlow):
    promise = claim_benefit(adoption=AdoptionFactory(council=harlow), by=amina, tier=Tier.UPPER, **CLAIM)

    assert (promise.scope, base_as_at(promise)) == (
        base_for(Tier.UPPER, CLAIM["claimed_on"]),
        f"{promise.scope} counties and single-tier councils, as at 10 December 2014",
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "case_study"},
        {"origin": "adoption"},
        {"project": None, "origin": "project"},
        {"better": "lower", "baseline": 1, "claimed": 2},
        {"scope": 5, "tier": ""},
        {"due_on": dt.date(2014, 12, 10)},
    ],
)
def test_the_database_holds_what_is_always_true_of_a_promise(db, wrong):
    with pytest.raises(IntegrityError):
        BenefitFactory(**wrong)


def test_a_case_study_may_promise_for_neither_a_project_nor_an_adoption(db, client, analyst, signed_in):
    promise = BenefitFactory(project=None, title="Fewer letters")

    assert (promise.origin, promise.about, promise.council) == ("case_study", None, None)
    assert client.get(promise.get_absolute_url()).status_code == 404
    checker = signed_in(analyst)
    assert "Fewer letters" in checker.get("/board/promises/").content.decode()
    assert checker.get(promise.get_absolute_url()).status_code == 200
