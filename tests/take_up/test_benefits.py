"""A benefit is claimed by its project or adopter and checked by somebody else; the two sums are never one."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from accounts.roles import Role
from core.errors import Refused
from steering.queries import coverage
from take_up.models import Benefit
from take_up.operations import claim_benefit, confirm_benefit
from take_up.queries import Claimed, Confirmed, sums, sums_of_all
from take_up.queries.promises import promise
from tests.factories.accounts import UserFactory, give_role
from tests.factories.projects import BusinessCaseFactory, ProjectFactory
from tests.factories.steering import BoardSeatFactory
from tests.factories.take_up import AdoptionFactory, BenefitFactory
from tests.steering.deciding import decided

pytestmark = pytest.mark.sql

CLAIM = {
    "title": "Agreements per council a month",
    "unit": "agreements",
    "claimed": Decimal(6),
    "baseline": Decimal(1),
    "claimed_in": "Plan for the launch",
    "claimed_on": dt.date(2014, 12, 10),
}
RESULT = {
    "result": Decimal(2),
    "result_on": dt.date(2015, 12, 10),
    "n": 4,
    "n_words": "councils",
    "state": Benefit.State.PARTLY,
}


@pytest.fixture
def analyst(db):
    return give_role(UserFactory(), Role.ANALYST)


def test_the_lead_council_of_a_project_claims(amina, harlow):
    benefit = claim_benefit(project=ProjectFactory(lead_council=harlow), by=amina, **CLAIM)

    assert (benefit.state, benefit.baseline, benefit.recorded_by) == (Benefit.State.CLAIMED, 1, amina)


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


def test_a_benefit_is_of_a_project_or_of_an_adoption(amina, harlow):
    both = {"project": ProjectFactory(lead_council=harlow), "adoption": AdoptionFactory(council=harlow)}

    for owners in ({}, both):
        with pytest.raises(Refused):
            claim_benefit(by=amina, **CLAIM, **owners)


def test_analysts_and_the_secretariat_check(analyst, sunita):
    for checker in (analyst, sunita):
        benefit = confirm_benefit(BenefitFactory(), by=checker, **RESULT)

        assert (benefit.state, benefit.result, benefit.n) == (Benefit.State.PARTLY, 2, 4)


def test_nobody_else_checks(amina, grace, fatima, edith):
    for person in (amina, grace, fatima, edith):
        with pytest.raises(PermissionDenied):
            confirm_benefit(BenefitFactory(), by=person, **RESULT)


def test_nobody_checks_their_own_claim(analyst):
    with pytest.raises(PermissionDenied, match="Somebody else"):
        confirm_benefit(BenefitFactory(recorded_by=analyst), by=analyst, **RESULT)


def test_the_database_lets_nobody_check_their_own_claim(analyst):
    with pytest.raises(IntegrityError):
        BenefitFactory(recorded_by=analyst, confirmed_by=analyst, **RESULT)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"n": 0}, "n"),
        ({"state": Benefit.State.CLAIMED}, "state"),
        ({"state": "splendid"}, "state"),
        ({"result_on": dt.date(2014, 12, 9)}, "result_on"),
        ({"result_on": dt.date(2100, 1, 1)}, "result_on"),
    ],
)
def test_a_result_has_a_base_a_verdict_and_a_day_after_the_claim(analyst, given, field):
    with pytest.raises(Refused) as refusal:
        confirm_benefit(BenefitFactory(), by=analyst, **{**RESULT, **given})

    assert refusal.value.field == field


def test_a_later_check_replaces_an_earlier_one_but_not_the_other_way(analyst, sunita):
    benefit = confirm_benefit(BenefitFactory(), by=analyst, **RESULT)

    with pytest.raises(Refused, match="later"):
        confirm_benefit(benefit, by=sunita, **RESULT)
    again = confirm_benefit(benefit, by=sunita, **{**RESULT, "result_on": dt.date(2016, 12, 10), "result": 5})
    assert again.result == 5


def test_claimed_and_confirmed_are_two_sums(analyst):
    project = ProjectFactory()
    BenefitFactory(project=project, claimed=Decimal(100_000))
    checked = BenefitFactory(project=project, claimed=Decimal(80_000))
    confirm_benefit(checked, by=analyst, **{**RESULT, "result": Decimal(20_000)})
    BenefitFactory(project=project, claimed=Decimal(7), unit="visits")

    result = sums(project.benefits.all())

    assert result.claimed == Claimed(Decimal(180_000), 2)
    assert result.confirmed == Confirmed(Decimal(20_000), n=1, of=2, on="4 councils")
    assert result.not_checked == Claimed(Decimal(100_000), 1)


def test_the_database_adds_up_what_the_promises_add_up_to_one_by_one(analyst):
    assert sums_of_all() == sums([])
    for n, words in ((4, "councils"), (3, "forms"), (4, "councils")):
        promised = BenefitFactory(claimed=Decimal("80000.50"), scope=326)
        confirm_benefit(promised, by=analyst, **{**RESULT, "result": Decimal("0.25"), "n": n, "n_words": words})
    BenefitFactory(claimed=Decimal(7))
    BenefitFactory(claimed=Decimal(9), unit="visits")

    added = sums_of_all()

    assert added == sums(Benefit.objects.all())
    assert added.confirmed.on == "4 of 326 councils and 3 forms"


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
    assert confirm_benefit(promised, by=analyst, **RESULT).state == Benefit.State.PARTLY
    assert promise(Benefit.objects.get()).base == f"4 of {promised.scope} councils, December 2015"


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


@pytest.mark.parametrize(
    ("promised", "given", "field"),
    [
        ({"claimed": 6}, {"result": 5, "state": "confirmed"}, "state"),
        ({"claimed": 6}, {"result": 6, "state": "not_reached"}, "state"),
        ({"claimed": 15_000, "baseline": 45_000}, {"result": 15_001, "state": "confirmed"}, "state"),
        ({"claimed": 15_000, "baseline": 45_000}, {"result": 11_200, "state": "not_reached"}, "state"),
        ({"claimed": 378_000, "scope": 152}, {"result": 5, "n": 5_000, "state": "partly"}, "n"),
        ({"claimed": 378_000, "scope": 152}, {"result": 400_000, "n": 4, "state": "confirmed"}, "state"),
    ],
)
def test_a_verdict_does_not_go_against_its_own_figures(analyst, promised, given, field):
    with pytest.raises(Refused) as refusal:
        confirm_benefit(BenefitFactory(**promised), by=analyst, **{**RESULT, **given})

    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("promised", "given"),
    [
        ({"claimed": 6}, {"result": 6, "state": "confirmed"}),
        ({"claimed": 15_000, "baseline": 45_000}, {"result": 11_200, "state": "confirmed"}),
        ({"claimed": 378_000, "scope": 4}, {"result": 378_000, "n": 4, "state": "confirmed"}),
        ({"claimed": 378_000, "scope": 152}, {"result": 500_000, "n": 4, "state": "not_reached"}),
    ],
)
def test_a_verdict_that_its_figures_bear_is_taken(analyst, promised, given):
    assert confirm_benefit(BenefitFactory(**promised), by=analyst, **{**RESULT, **given}).state == given["state"]
