"""Promises and results on pages: in words, with their base, the two sums apart, as CSV too."""

import csv
import datetime as dt
import re
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.roles import Role
from core.figures import Figure
from core.tables import MADE_UP
from take_up.lists import LEDGER
from take_up.models import Benefit, Measurement
from take_up.panels import asset_promises, project_promises
from take_up.queries.promises import Origin, promise
from tests.factories.accounts import UserFactory, give_role
from tests.factories.projects import ProjectFactory
from tests.factories.take_up import AdoptionFactory, BenefitFactory, MeasurementFactory

pytestmark = [pytest.mark.sql, pytest.mark.django_db]


@pytest.fixture
def analyst(db):
    return give_role(UserFactory(), Role.ANALYST)


@pytest.fixture
def checked(db):
    """The promise that three councils' measurement of December 2015 keeps."""
    return MeasurementFactory(
        promise__title="Visits to the calculator, per council in six months",
        promise__unit="visits",
        promise__baseline=Decimal(0),
        promise__claimed=Decimal(200),
        promise__project__slug="calculator",
        promise__project__title="Deferred payment calculator",
        value=Decimal(250),
        value_words="200 to 300",
    ).promise


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (Decimal("180000.00"), "£ a year", "£180,000"),
        (Decimal("2.50"), "visits", "2.5"),
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
    Benefit.objects.update(source="Report of 2014", is_illustrative=False)
    Measurement.objects.update(source="", is_illustrative=True)

    page = client.get(checked.get_absolute_url()).content.decode()

    assert "Report of 2014" in page
    assert "illustrative" in page.split("<main")[1].lower()
    assert promise(Benefit.objects.get(pk=checked.pk)).result_origin == Origin("", True)


def test_an_unchecked_promise_says_so(db):
    line = promise(BenefitFactory())

    assert (line.before, line.promised, line.measured, line.state) == ("–", "£180,000", "–", "Not checked")


def test_a_projects_page_gets_the_table_with_its_file(checked):
    panel = project_promises(checked.project, AnonymousUser())

    assert ["Kept" in row[-1] for row in panel.context["rows"]] == [True]
    assert panel.context["download"] == "/board/promises/?project=calculator"
    assert panel.context["claim_url"] == ""


def test_a_project_without_promises_has_no_table_for_strangers(db):
    assert project_promises(ProjectFactory(), AnonymousUser()) is None


def test_the_lead_council_is_offered_to_add_a_promise(amina, harlow):
    assert project_promises(ProjectFactory(lead_council=harlow), amina).context["claim_url"]


def test_whoever_promised_is_not_offered_to_measure_it_as_an_analyst(db):
    analyst = give_role(UserFactory(), Role.ANALYST)
    own = BenefitFactory(recorded_by=analyst, title="Own")
    BenefitFactory(project=own.project, title="Of somebody else")

    rows = project_promises(own.project, analyst).context["rows"]

    assert {"else" in row[0]: "Measure" in row[-1] for row in rows} == {False: False, True: True}


def test_promises_of_an_adopter_that_is_not_named_are_not_shown(client, db):
    adoption = AdoptionFactory(may_be_listed=False)
    BenefitFactory(project=None, adoption=adoption, title="Fewer calls in secret")

    assert asset_promises(adoption.asset, AnonymousUser()) is None
    assert "Fewer calls in secret" not in client.get("/board/promises/").content.decode()


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_ledger_keeps_the_sums_apart_each_with_its_number_base_and_day(client, checked):
    BenefitFactory(project=checked.project, claimed=Decimal(180_000), scope=326, tier="district/unitary")
    MeasurementFactory(promise__claimed=Decimal(100_000), promise__scope=152, value=Decimal(120_000), n=4)
    MeasurementFactory(promise__claimed=Decimal(5_000), value=Decimal(6_000), n=2, n_words="contracts")

    page = text_of(client.get("/board/promises/").content.decode())

    assert (
        "£285,000 claimed a year in 3 promises, each for the councils of its day: 326 districts and single-tier "
        "councils and 152 councils; as at 10 December 2014"
    ) in page
    assert "£6,000 confirmed a year 1 of 3 promises kept, measured at 2 contracts; as at 8 December 2015" in page
    assert (
        "Measured in part, and so not confirmed: £120,000 a year, 1 of 3 promises checked and not kept, measured at "
        "4 of 152 councils; as at 8 December 2015."
    ) in page
    assert "£180,000 not checked in 1 promise" in page
    assert "£405,000" not in page
    assert "Promised 200 visits, from 0; measured 200 to 300 (3 councils, 8 December 2015)." in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=kept", {"Visits"}),
        ("state=partly", {"Agreements"}),
        ("unit=visits", {"Visits"}),
        ("due=2016", {"Later"}),
        ("project=calculator", {"Visits"}),
        ("missed=1", {"Agreements"}),
        ("unexplained=1", {"Agreements"}),
        ("council=harlow", {"Later"}),
        ("q=later", {"Later"}),
        ("q=later&state=kept", set()),
    ],
)
def test_the_ledger_is_narrowed(client, checked, harlow, query, found):
    MeasurementFactory(promise__title="Agreements", promise__claimed=6, promise__unit="agreements")
    BenefitFactory(title="Later", project__lead_council=harlow, due_on=dt.date(2016, 12, 10))

    page = client.get(f"/board/promises/?{query}").content.decode().partition("<main")[2]

    # Filters name units and projects too, so only the titles of rows are looked at.
    titles = re.findall(r'<a[^>]* href="/board/promises/\d+/"[^>]*>([^<]+)</a>', page)
    assert {title.split(",")[0].split(" ")[0] for title in titles} == found


def test_an_address_names_no_unit_of_a_promise_that_strangers_do_not_see(checked):
    unseen = AdoptionFactory(confirmed_at=None, confirmed_by=None)
    BenefitFactory(project=None, adoption=unseen, unit="secret visits")
    unit = next(each for each in LEDGER.fields if each.name == "unit")

    def named_in(value):
        return unit.understood([value])

    assert "secret visits" not in named_in("secret visits")
    assert "visits" in named_in("visits")


@pytest.mark.parametrize(
    ("former", "now"),
    [
        ("", ""),
        ("?state=claimed", "?state=not_checked"),
        ("?state=confirmed&project=bins", "?state=kept&project=bins"),
        ("?state=partly", "?state=partly"),
    ],
)
def test_the_former_address_leads_to_the_ledger_with_its_filters(client, db, former, now):
    response = client.get(f"/assets/benefits/{former}")

    assert (response.status_code, response["Location"]) == (302, f"/board/promises/{now}")


@pytest.mark.parametrize("query", ["project=%00", "state=x", "page=x", "project=" + "x" * 500])
def test_nonsense_is_ignored(client, checked, query):
    assert client.get(f"/board/promises/?{query}").status_code == 200


def test_the_csv_is_narrowed_to_a_project(client, checked):
    BenefitFactory(title="Of another")

    text = client.get("/board/promises/?project=calculator&format=csv").content.decode()

    assert "Visits to the calculator" in text
    assert "Of another" not in text


def test_the_file_says_apart_whether_promise_and_result_are_made_up(client, checked):
    Benefit.objects.update(is_illustrative=False)
    Measurement.objects.update(is_illustrative=True)

    text = client.get("/board/promises/?format=csv").content.decode()

    (row,) = csv.DictReader(text[text.index("Of,Council") :].splitlines())
    assert (row["Result made up"], row[MADE_UP], row["State"], row["n"]) == ("yes", "no", "Kept", "3")


CLAIM = {
    "title": "Fewer calls",
    "unit": "calls",
    "claimed": "100",
    "claimed_in": "Business case",
    "claimed_on_day": "10",
    "claimed_on_month": "12",
    "claimed_on_year": "2014",
}
MEASURED = {
    "value": "40",
    "measured_on_day": "8",
    "measured_on_month": "12",
    "measured_on_year": "2015",
    "n": "3",
    "n_words": "Councils",
}


def test_an_adopter_promises_and_measures_and_an_analyst_checks(signed_in, amina, harlow, analyst):
    adoption = AdoptionFactory(council=harlow)
    signed_in(amina).post(f"/assets/benefits/claim/?adoption={adoption.pk}", CLAIM)
    benefit = Benefit.objects.get()
    assert benefit.claimed == 100

    signed_in(amina).post(f"{benefit.get_absolute_url()}measure/", MEASURED)
    reported = Measurement.objects.get()
    checker = signed_in(analyst)
    assert "It holds" in checker.get(benefit.get_absolute_url()).content.decode()
    checker.post(f"/board/promises/measurements/{reported.pk}/check/")

    benefit.refresh_from_db()
    assert (benefit.state, benefit.latest.value, benefit.latest.n_words) == (Benefit.State.PARTLY, 40, "councils")


@pytest.mark.parametrize(
    "given", [{"claimed": "lots"}, {"claimed": "1e30"}, {"claimed": "NaN"}, {"title": ""}, {"claimed_on_year": "2999"}]
)
def test_a_wrong_claim_is_not_saved(signed_in, amina, harlow, given):
    adoption = AdoptionFactory(council=harlow)

    response = signed_in(amina).post(f"/assets/benefits/claim/?adoption={adoption.pk}", {**CLAIM, **given})

    assert response.status_code == 422
    assert not Benefit.objects.exists()


@pytest.mark.parametrize("given", [{"n": "0"}, {"n": "9" * 30}, {"value": "x"}, {"measured_on_year": "2013"}])
def test_a_wrong_measurement_is_not_saved_and_stays_in_the_form(signed_in, analyst, given):
    benefit = BenefitFactory(adoption=AdoptionFactory(), project=None)

    response = signed_in(analyst).post(f"{benefit.get_absolute_url()}measure/", {**MEASURED, **given})

    assert response.status_code == 422
    assert not Measurement.objects.exists()
    assert all(f'value="{value}"' in response.content.decode() for value in given.values())


def test_promising_and_measuring_are_403_for_others_and_404_where_nothing_is(signed_in, client, carlos, harlow):
    benefit = BenefitFactory(project=None, adoption=AdoptionFactory(council=harlow))
    assert client.get(f"/assets/benefits/claim/?adoption={benefit.adoption_id}").status_code == 302
    stranger = signed_in(carlos)

    assert stranger.get(f"/assets/benefits/claim/?adoption={benefit.adoption_id}").status_code == 403
    for action in ("measure", "explain"):
        assert stranger.get(f"{benefit.get_absolute_url()}{action}/").status_code == 403
        assert stranger.get(f"/board/promises/99999999999999999999/{action}/").status_code == 404
    for address in ("", "?adoption=x", "?adoption=999999", "?project=nowhere", "?adoption=²"):
        assert stranger.get(f"/assets/benefits/claim/{address}").status_code == 404


def test_a_promise_of_an_adopter_that_is_not_named_has_no_page_for_others(client, db):
    hidden = BenefitFactory(project=None, adoption=AdoptionFactory(may_be_listed=False))

    assert client.get(hidden.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("how_many", [3, 30])
def test_the_ledger_takes_as_many_queries_however_long_it_is(client, db, how_many, django_assert_max_num_queries):
    for _ in range(how_many):
        MeasurementFactory(promise__project=None, promise__adoption=AdoptionFactory())
    client.get("/board/promises/")

    with django_assert_max_num_queries(12):
        client.get("/board/promises/")


@pytest.mark.parametrize("how_many", [1, 12])
def test_the_page_of_a_promise_takes_as_many_queries_however_often_it_was_measured(
    client, checked, how_many, django_assert_max_num_queries
):
    for n in range(how_many):
        MeasurementFactory(promise=checked, measured_on=dt.date(2016, 1 + n, 1))
    client.get(checked.get_absolute_url())

    with django_assert_max_num_queries(8):
        client.get(checked.get_absolute_url())


def test_what_was_measured_over_time_is_drawn_beside_what_was_promised(client, checked):
    page = client.get(checked.get_absolute_url()).content.decode()

    assert 'aria-describedby="measured-desc"' in page
    assert "At the end Measured: 250; Promised: 200." in page
