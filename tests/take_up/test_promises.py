"""Promises and results on pages: in words, with their base, the two sums apart, as CSV too."""

import datetime as dt
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.roles import Role
from core.figures import Figure
from take_up.models import Benefit
from take_up.panels import asset_promises, project_promises
from take_up.queries.promises import Origin, promise
from tests.factories.accounts import UserFactory, give_role
from tests.factories.projects import ProjectFactory
from tests.factories.take_up import AdoptionFactory, BenefitFactory

pytestmark = pytest.mark.sql


@pytest.fixture
def checked(db):
    return BenefitFactory(
        title="Visits to the calculator, per council in six months",
        unit="visits",
        baseline=Decimal(0),
        claimed=Decimal(200),
        result=Decimal(250),
        result_words="200 to 300",
        result_on=dt.date(2015, 12, 8),
        n=3,
        n_words="councils",
        state=Benefit.State.CONFIRMED,
        confirmed_by=UserFactory(),
        project__slug="calculator",
        project__title="Deferred payment calculator",
    )


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (Decimal("180000.00"), "£ a year", "£180,000"),
        (Decimal("2.50"), "visits", "2.50"),
        (Decimal("-5"), "£", "−£5"),
        (None, "£", "–"),
    ],
)
def test_amounts_are_told_in_their_unit(value, unit, words):
    assert Figure(value, unit=unit).number == words


def test_a_checked_promise_shows_result_and_base(checked):
    line = promise(checked)

    assert (line.before, line.promised, line.measured) == ("0", "200", "200 to 300")
    assert (line.base, line.state) == ("3 councils, December 2015", "Kept")


def test_a_promise_and_its_result_each_say_where_they_come_from(client, checked):
    type(checked).objects.filter(pk=checked.pk).update(
        source="Report of 2014", is_illustrative=False, result_source="", result_is_illustrative=True
    )

    page = client.get("/assets/benefits/").content.decode()

    assert "Report of 2014" in page
    assert "illustrative" in page.split("<main")[1].lower()
    assert promise(type(checked).objects.get(pk=checked.pk)).result_origin == Origin("", True)


def test_an_unchecked_promise_says_so(db):
    line = promise(BenefitFactory())

    assert (line.before, line.promised, line.measured, line.state) == ("–", "£180,000", "–", "Not checked")


def test_a_projects_page_gets_the_table_with_its_file(checked):
    panel = project_promises(checked.project, AnonymousUser())

    assert ["Kept" in row[-1] for row in panel.context["rows"]] == [True]
    assert panel.context["download"] == "/assets/benefits/?project=calculator"
    assert panel.context["claim_url"] == ""


def test_a_project_without_promises_has_no_table_for_strangers(db):
    assert project_promises(ProjectFactory(), AnonymousUser()) is None


def test_the_lead_council_is_offered_to_add_a_promise(amina, harlow):
    assert project_promises(ProjectFactory(lead_council=harlow), amina).context["claim_url"]


def test_the_claimant_is_not_offered_the_check(db):
    analyst = give_role(UserFactory(), Role.ANALYST)
    own = BenefitFactory(recorded_by=analyst, title="Own")
    BenefitFactory(project=own.project, title="Of somebody else")

    rows = project_promises(own.project, analyst).context["rows"]

    assert {"else" in row[0]: "Check" in row[-1] for row in rows} == {False: False, True: True}


def test_promises_of_an_adopter_that_is_not_named_are_not_shown(client, db):
    adoption = AdoptionFactory(may_be_listed=False)
    BenefitFactory(project=None, adoption=adoption, title="Fewer calls in secret")

    assert asset_promises(adoption.asset, AnonymousUser()) is None
    assert "Fewer calls in secret" not in client.get("/assets/benefits/").content.decode()


def test_the_page_of_all_promises_keeps_the_sums_apart(client, checked):
    BenefitFactory(project=checked.project, claimed=Decimal(180_000))

    page = client.get("/assets/benefits/").content.decode()

    assert "£180,000" in page
    assert "1 of them not checked" in page
    assert "200 to 300" in page


@pytest.mark.parametrize("query", ["project=%00", "state=x", "page=x", "project=" + "x" * 500])
def test_nonsense_is_ignored(client, checked, query):
    assert client.get(f"/assets/benefits/?{query}").status_code == 200


def test_the_csv_is_narrowed_to_a_project(client, checked):
    BenefitFactory(title="Of another")

    text = client.get("/assets/benefits/?project=calculator&format=csv").content.decode()

    assert "Visits to the calculator" in text
    assert "Of another" not in text


@pytest.mark.parametrize(
    ("promise_is", "result_is", "said"),
    [
        (True, True, "yes"),
        (False, False, "no"),
        (False, True, "in part (the promise: no, its result: yes)"),
        (True, False, "in part (the promise: yes, its result: no)"),
    ],
)
def test_the_file_says_in_one_column_whether_promise_and_result_are_made_up(
    client, checked, promise_is, result_is, said
):
    type(checked).objects.filter(pk=checked.pk).update(is_illustrative=promise_is, result_is_illustrative=result_is)

    assert f",{said}," in client.get("/assets/benefits/?format=csv").content.decode().replace('"', "")


CLAIM = {
    "title": "Fewer calls",
    "unit": "calls",
    "claimed": "100",
    "claimed_in": "Business case",
    "claimed_on_day": "10",
    "claimed_on_month": "12",
    "claimed_on_year": "2014",
}
CHECK = {
    "result": "40",
    "result_on_day": "8",
    "result_on_month": "12",
    "result_on_year": "2015",
    "n": "3",
    "n_words": "councils",
    "state": "partly",
}


def test_an_adopter_claims_and_an_analyst_checks(signed_in, amina, harlow):
    adoption = AdoptionFactory(council=harlow)
    signed_in(amina).post(f"/assets/benefits/claim/?adoption={adoption.pk}", CLAIM)
    benefit = Benefit.objects.get()
    assert benefit.claimed == 100

    signed_in(give_role(UserFactory(), Role.ANALYST)).post(f"/assets/benefits/{benefit.pk}/check/", CHECK)

    benefit.refresh_from_db()
    assert (benefit.state, benefit.result, benefit.n) == (Benefit.State.PARTLY, 40, 3)


@pytest.mark.parametrize(
    "given", [{"claimed": "lots"}, {"claimed": "1e30"}, {"claimed": "NaN"}, {"title": ""}, {"claimed_on_year": "2999"}]
)
def test_a_wrong_claim_is_not_saved(signed_in, amina, harlow, given):
    adoption = AdoptionFactory(council=harlow)

    response = signed_in(amina).post(f"/assets/benefits/claim/?adoption={adoption.pk}", {**CLAIM, **given})

    assert response.status_code == 422
    assert not Benefit.objects.exists()


@pytest.mark.parametrize(
    "given", [{"n": "0"}, {"n": "9" * 30}, {"result": "x"}, {"state": "claimed"}, {"result_on_year": "2013"}]
)
def test_a_wrong_check_is_not_saved(signed_in, checked, given):
    benefit = BenefitFactory(adoption=AdoptionFactory(), project=None)

    response = signed_in(give_role(UserFactory(), Role.ANALYST)).post(
        f"/assets/benefits/{benefit.pk}/check/", {**CHECK, **given}
    )

    assert response.status_code == 422
    benefit.refresh_from_db()
    assert benefit.state == Benefit.State.CLAIMED


def test_claiming_and_checking_are_403_for_others_and_404_where_nothing_is(signed_in, client, carlos, harlow):
    benefit = BenefitFactory(project=None, adoption=AdoptionFactory(council=harlow))
    assert client.get(f"/assets/benefits/claim/?adoption={benefit.adoption_id}").status_code == 302
    stranger = signed_in(carlos)

    assert stranger.get(f"/assets/benefits/claim/?adoption={benefit.adoption_id}").status_code == 403
    assert stranger.get(f"/assets/benefits/{benefit.pk}/check/").status_code == 403
    for address in ("", "?adoption=x", "?adoption=999999", "?project=nowhere", "?adoption=²"):
        assert stranger.get(f"/assets/benefits/claim/{address}").status_code == 404


@pytest.mark.parametrize("how_many", [3, 30])
def test_the_page_of_promises_takes_as_many_queries_however_long_it_is(
    client, db, how_many, django_assert_max_num_queries
):
    for _ in range(how_many):
        BenefitFactory(project=None, adoption=AdoptionFactory())
    client.get("/assets/benefits/")

    with django_assert_max_num_queries(12):
        client.get("/assets/benefits/")
