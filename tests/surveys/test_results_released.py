"""Of a wave run here each figure has its counts, and each cell without one the reason that is true of it."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser

from councils.models import Organisation
from surveys.disclosure.release import WHY_NO_BREAKDOWN
from surveys.release import operations
from surveys.release.operations import close_fieldwork
from surveys.results.council import survey_of_council
from tests.factories.councils import OrganisationFactory
from tests.surveys.files import in_file
from tests.surveys.running import answer, answered_by_many, councils, due, opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("both_waves")]


@pytest.fixture
def published(anna, other_analyst):
    """A function: a wave of one table, in which a district for each of these levels answered, closed and published."""

    def publish(plan, levels, answers):
        fieldwork = opened(plan, texts=())
        for number, council in enumerate(councils({"district": len(levels)})):
            answer(fieldwork, number, council, level=levels[number], **answers(number))
        wave = close_fieldwork(due(fieldwork))
        operations.propose_release(wave, by=anna)
        return operations.confirm_release(wave, by=other_analyst)

    return publish


def leads(number):
    return {"leads": {"chief-executive": "yes" if number % 3 else "no", "web-manager": "yes"}}


def skills(number):
    return {"skills": {"agile": ("key", "important", "not-important")[number % 3]}}


def savings(number):
    return {"savings": "yes", "savings-pounds": str(1000 + number)}


def by_level(client, row):
    """By level, what the file says of a row: its state and why."""
    rows = [each for each in in_file(client, "leads") if each["Row key"] == row and each["Measure key"][:6] == "level-"]
    return {each["Measure key"][6:]: (each["State"], each["Why"]) for each in rows}


def test_a_level_that_is_merged_is_withheld_with_the_reason_of_its_group(published, client):
    published({"leads": ["level"]}, "1" * 4 + "2" * 20 + "3" * 20, leads)

    told = by_level(client, "chief-executive")

    assert told["1"] == (
        "Withheld",
        "Level 1: only 4 people responded, so it is shown together with Level 2 as “Levels 1 and 2”.",
    )
    assert told["2"][0] == "Withheld"
    assert told["2"][1].startswith("Level 2: it hides a smaller group")
    assert told["3"] == ("Printed", "")
    # All said the same of this row, so that the whole of it is not broken down; its level stands with that reason.
    assert by_level(client, "web-manager")["3"] == ("Withheld", WHY_NO_BREAKDOWN)


def test_a_level_of_which_nobody_responded_says_so(published, client):
    published({"leads": ["level"]}, "2" * 20 + "3" * 20, leads)

    assert by_level(client, "chief-executive")["1"] == ("Nobody answered", "Level 1: nobody responded.")


def test_a_level_by_which_the_plan_prints_nothing_is_not_printed(published, client):
    published({"leads": []}, "1" * 20 + "2" * 20, leads)

    assert {state for state, _ in by_level(client, "chief-executive").values()} == {"Not printed"}


def test_two_shares_that_are_added_up_have_their_counts_added_up(published, client):
    published({"skills": []}, "2" * 40, skills)

    [both] = [
        each for each in in_file(client, "skills")
        if each["Row key"] == "agile" and each["Measure key"] == "important-or-key"
    ]  # fmt: skip

    assert (both["Value"], both["Numerator"], both["Denominator"]) == ("68", "30", "40")
    assert both["Counts"] == "Rounded to the nearest 5; the counts of both shares"
    assert "about 30 of about 40" in client.get("/surveys/2015/skills/").content.decode()


def test_a_mean_stands_with_its_base(published, client):
    published({"savings": []}, "2" * 40, savings)

    [mean] = [each for each in in_file(client, "savings") if each["Row key"] == "average" and each["Value"]]

    assert (mean["Numerator"], mean["Denominator"]) == ("", "40")
    assert mean["Counts"] == "Rounded to the nearest 5; a mean has no numerator"
    assert "mean of about 40" in client.get("/surveys/2015/savings/").content.decode()


def test_a_file_of_a_report_says_of_each_figure_what_its_counts_are(client):
    def counts(slug):
        return {each["Row key"]: each for each in in_file(client, slug, 2014) if each["Measure key"] != "important"}

    strategy, mean = counts("strategy")["yes"], counts("digital-today")["services"]
    [agile] = [
        each for each in in_file(client, "skills", 2014)
        if each["Row key"] == "agile" and each["Measure key"] == "important-or-key"
    ]  # fmt: skip

    assert strategy["Counts"] == "Recovered: the only number that fits every share"
    assert mean["Counts"] == "None: the source gives no numerator and no denominator, and none can be recovered"
    assert (agile["Value"], agile["Numerator"], agile["Denominator"]) == ("86.4", "83", "96")
    assert agile["Counts"] == "Recovered: each row has its own; the counts of both shares"


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        (
            "barriers",
            "The report prints neither how many gave an answer nor of how many, and neither can be recovered.",
        ),
        ("savings", "Where no counts stand beside a figure, the report prints none."),
    ],
)
def test_a_page_of_a_report_says_once_where_it_has_no_counts(client, slug, said):
    assert client.get(f"/surveys/2014/{slug}/").content.decode().count(said) == 1


def test_a_page_says_where_the_day_as_at_which_it_counts_is_not_known(client):
    assert "The day as at which it counts is not known." in client.get("/surveys/2013/barriers/").content.decode()
    assert "The day as at which it counts is not known." not in client.get("/surveys/2014/barriers/").content.decode()


# A council compares itself -------------------------------------------------------------------------------------------


def test_a_council_goes_from_its_page_to_the_published_figures_of_its_type(anna, other_analyst, signed_in, amina):
    fieldwork = opened({"strategy": ["level", "council-type"]}, texts=())
    answered_by_many(fieldwork)
    wave = close_fieldwork(due(fieldwork))
    operations.propose_release(wave, by=anna)
    officer = signed_in(amina)
    before = officer.get("/surveys/?group=districts")
    operations.confirm_release(wave, by=other_analyst)

    council = officer.get("/councils/harlow/").content.decode()
    answer = officer.get("/surveys/?group=districts", follow=True)
    table = answer.content.decode().split('id="one-group"')[1].split("</section>")[0]

    assert 'href="/surveys/?group=districts"' in council
    assert before.url == "/surveys/2014/#response"  # nothing of a wave that is not published
    assert answer.redirect_chain == [("/surveys/2015/strategy/?group=districts#one-group", 302)]
    assert "people responded." in table
    assert re.search(r"\d+%.{0,80}about \d+ of \d+", table, flags=re.S)
    assert "Harlow" not in answer.content.decode().split("<main")[1].split("</main>")[0]


def test_only_councils_that_stand_are_led_to_figures_of_their_type(client):
    body = OrganisationFactory(kind="other")

    assert "/surveys/?group=" not in client.get(body.get_absolute_url()).content.decode()
    assert client.get("/surveys/?group=other").status_code == 200
    assert client.get("/surveys/?group=%00").status_code == 200


def test_the_way_to_the_figures_of_its_type_costs_a_councils_page_no_query(django_assert_num_queries):
    harlow = Organisation.objects.get(slug="harlow")

    with django_assert_num_queries(0):
        assert survey_of_council(harlow, AnonymousUser()) is not None


def test_the_methods_of_a_table_say_each_rule_once(published, client):
    published({"leads": ["level"]}, "2" * 20 + "3" * 20, leads)

    methods = client.get("/surveys/2015/leads/").context["methods"]

    names = [name for name, _ in methods]
    assert len(names) == len({*names})
    assert str(methods).count("carries on its work") == 1
