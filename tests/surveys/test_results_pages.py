"""The survey's pages say each figure with its base, its change in points, its rank and its trap; none breaks."""

import csv
import re

import pytest

from surveys.results.files import DICTIONARY
from surveys.waves.models import AskedTable

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("both_waves")]


def text_of(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, address
    words = re.sub(r"<[^>]*>", " ", response.content.decode())
    return " ".join(words.replace("&nbsp;", " ").replace("&#x27;", "’").split())


def test_every_table_of_both_waves_has_a_page_a_file_and_a_dictionary_in_at_most_twelve_queries(
    client, django_assert_max_num_queries
):
    asked = list(AskedTable.objects.values_list("wave__year", "table__slug"))
    assert len(asked) == 26
    for year, slug in asked:
        for address in (f"/surveys/{year}/{slug}/", f"/surveys/{year}/{slug}/?format=csv"):
            with django_assert_max_num_queries(12):
                assert client.get(address).status_code == 200, address
    for address in ("/surveys/", "/surveys/2014/", "/surveys/2013/", "/surveys/2014/skills/dictionary/?format=csv"):
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200, address


def test_the_barriers_are_ranked_and_change_in_points(client):
    said = text_of(client, "/surveys/2014/barriers/")

    assert "1 same Legacy systems and ICT infrastructure 72.7% 86.0% +13.3 points" in said
    assert "13 was 8 Poor local broadband access 40.1% 27.7% −12.4 points" in said
    assert "14= was 15 Lack of supplier digital skills" in said
    assert "14= same Inability to market citizen take up" in said
    assert "six are above a half" in said
    assert "By its own table it is number 8" in said
    assert "As at 31 December 2014" in said
    assert "Nobody answered 0 of 26" in said
    assert re.search(r"Welsh councils 4 of 22 18% Not printed fewer than 10 answered", said)


def test_a_row_that_is_new_says_so_and_rises_from_nothing_nowhere(client):
    said = text_of(client, "/surveys/2014/importance/")
    assert re.search(r"84\.5% new", said)
    assert "+84.5" not in said


def test_a_figure_stands_with_its_counts_where_they_are_known(client):
    assert "47.9% 45 of 94" in text_of(client, "/surveys/2014/strategy/")
    assert "35 of 147" in text_of(client, "/surveys/2014/departments/")
    assert "The report prints neither how many gave an answer" in text_of(client, "/surveys/2014/barriers/")


def test_money_alone_has_a_relative_change(client):
    assert "+£336,749 (+31.6%)" in text_of(client, "/surveys/2014/savings/")


def test_who_leads_is_crossed_with_the_level(client):
    said = text_of(client, "/surveys/2014/leads/")
    assert "Chief Executive 39.6% 52% 22% 34%" in said
    assert "Elected Members 28.8% Not printed Not printed Not printed" in said


def test_what_a_wave_did_not_ask_says_so(client):
    assert "Not asked." in text_of(client, "/surveys/2013/priorities/")
    assert "Not asked before" not in text_of(client, "/surveys/2013/priorities/")


def test_a_row_that_was_asked_and_not_published_stands_with_the_reason(client):
    said = text_of(client, "/surveys/2014/benefits/")
    assert "Give equal access to all citizens” was asked and is not published" in said
    assert "Left out “Give equal access to all citizens”: Asked in 2014" in said


def test_a_skill_and_the_table_of_skills_say_the_same_and_lead_to_one_another(client):
    table = client.get("/surveys/2014/skills/").content.decode()
    skill = client.get("/events/skills/user-needs/").content.decode()
    for page in (table, skill):
        assert "54.6%" in page
    assert "/events/skills/user-needs/" in table
    assert "/surveys/2014/skills/" in skill


def test_the_response_stands_on_both_bases_and_the_sum_of_the_country_is_marked_ours(client):
    said = text_of(client, "/surveys/2014/")
    assert "English counties 22 of 27 81% 11 of 27 40.7%" in said
    assert "English councils 115 of 353 33% 84 of 353 23.8%" in said
    assert "United Kingdom our own sum: the report has no such line 125 of 433 29%" in said
    assert "Web Manager Who leads on digital 51.9% 70.6% +18.7" in said


def test_the_file_has_every_figure_with_its_state_and_its_columns_are_in_the_dictionary(client):
    answer = client.get("/surveys/2014/barriers.csv", follow=True)
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert "Open Government Licence" in "".join(lines[:4])
    rows = list(csv.DictReader(line for line in lines if not line.lstrip('"').startswith("#")))
    assert list(rows[0]) == [name for name, _ in DICTIONARY]
    assert len(rows) == 15
    legacy = next(row for row in rows if row["Row key"] == "legacy-systems")
    assert (legacy["Value"], legacy["Value before"], legacy["Change"], legacy["Rank"]) == ("86.0", "72.7", "13.3", "1")
    assert {row["Change unit"] for row in rows} == {"points"}


def test_all_councils_come_to_what_the_report_says_and_not_to_five_billion(client):
    said = text_of(client, "/surveys/2014/savings/extrapolation/")
    for words in ("£322,302,680", "£494,664,548", "229.097, taken as 230", "£320,901,364", "£3.22bn", "£4.95bn"):
        assert words in said
    assert "Not reached with these figures" in said
    grown = text_of(client, "/surveys/2014/savings/extrapolation/?growth=5")
    assert "Reached with these figures" in grown


def test_the_figures_put_in_stand_with_their_counts_their_day_and_their_source(client):
    said = text_of(client, "/surveys/2014/savings/extrapolation/?growth=5")

    assert "Share that report a saving 64.9%: 61 of 94." in said
    assert "Average saving £1,401,316: of how many is not printed." in said
    assert "Councils Those of England in the directory as at 31 December 2014." in said
    assert "As at 31 December 2014" in said
    assert "Source Local Digital Today 2014" in said


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("share=much", "Enter a share from 0 to 100"),
        ("share=NaN", "Enter a share from 0 to 100"),
        ("average=-1", "Enter a sum in pounds"),
        ("average=1e999999", "Enter a sum in pounds"),
        ("councils=2.5", "Enter a whole number of councils"),
        ("rule=down", "Choose how part of a council is rounded"),
        ("growth=-100", "Enter a growth"),
        ("growth=1000", "Enter a growth"),
        ("years=0", "Enter a whole number of years"),
        ("years=", "Enter a whole number of years"),
    ],
)
def test_what_cannot_be_worked_out_gets_a_sentence(client, query, sentence):
    assert sentence in text_of(client, f"/surveys/2014/savings/extrapolation/?{query}")


@pytest.mark.parametrize(
    "query",
    [
        "share=0",
        "average=0&councils=0",
        "average=99999999999&councils=100000&years=50&growth=50",
        "growth=-99&years=1",
    ],
)
def test_the_ends_of_what_may_be_entered_are_worked_out(client, query):
    assert "The working" in text_of(client, f"/surveys/2014/savings/extrapolation/?{query}")


@pytest.mark.parametrize(
    "address",
    ["/surveys/2012/", "/surveys/2014/no-such/", "/surveys/99999999999999999999999/barriers/",
     "/surveys/99999999999999999999999/", "/surveys/2099/savings/extrapolation/"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code == 404
