"""Fact cards: sourced, side by side where they disagree, never overwritten, one embedded in a page."""

import datetime as dt
import json
import re
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from core import clock
from core.errors import Refused
from kpis.facts import triggers
from kpis.facts.cards import answers_to
from kpis.facts.models import FactCard, FactQuestion
from kpis.facts.operations import add_fact, import_facts, succeed_fact
from kpis.facts.queries import questions_with_cards
from portal.demo.facts import CARDS
from portal.models import ContentPage, HomePage
from publishing.blocks.kinds import FactPart
from tests.factories.facts import FactCardFactory

pytestmark = pytest.mark.django_db
SAID = {
    "printed": "75%", "number": Decimal(75), "number_to": None, "bound": "exact", "unit": "% are online",
    "source": "A paper, 2013", "source_url": "", "said_on": dt.date(2013, 7, 1), "said_to": "month",
    "basis": "“75 % of all applications”", "method": "Share; no method given", "note": "", "is_for_scale": False,
}  # fmt: skip
SENT = {
    "question": "", "new_question": "How many apply online?", "printed": "75%", "number": "75", "bound": "exact",
    "number_to": "", "unit": "% of applications are online", "source": "A paper", "source_url": "", "year": "2013",
    "month": "7", "day": "", "basis": "Of all applications", "method": "Share", "note": "",
}  # fmt: skip


@pytest.fixture
def seeds() -> dict[str, FactCard]:
    import_facts(CARDS)
    return {card.slug: card for card in FactCard.objects.all()}


def test_the_facts_of_the_documents_stand_each_with_source_date_and_basis(seeds, client):
    said = {card.printed for card in seeds.values()}
    assert {"570m", "572 million", "978 million", "600", "more than 700", "650", "c60%", "66%", "42%", "24%"} <= said
    assert {"£134-334m", "£134m to £421m", "£8.62", "£2.83", "£0.15", "75 %", "over one million"} <= said
    assert {"£530m", "£150m", "c50%"} <= said

    page = client.get("/facts/").content.decode()
    for card in seeds.values():
        assert card.printed.replace("'", "&#x27;") in page
        assert card.said in page


def test_two_that_disagree_stand_side_by_side_with_how_far_they_are_apart(seeds):
    apart = {each.question.slug: each.apart for each in answers_to(questions_with_cards())}

    assert apart["transactions-a-year"] == "2 million apart, 0.4% of 570 million."
    assert apart["services-of-a-council"] == "More than 100 apart."
    assert apart["share-online"] == "6 points apart."
    assert apart["channel-shift"] == apart["school-admissions"] == ""


def test_what_is_there_for_scale_is_outlined_and_no_answer(seeds):
    [answers] = answers_to(FactQuestion.objects.filter(slug="transactions-a-year").prefetch_related("facts"))

    assert [card.printed for card in answers.cards] == ["572 million", "570m"]
    assert answers.chart.drawing.count("lda-chart__outline") == 1
    assert answers.chart.drawing.count("lda-chart__fill") == 2


def test_importing_a_second_time_adds_nothing_and_a_changed_card_is_refused(seeds, tmp_path):
    assert import_facts(CARDS) == 0
    cards = json.loads(CARDS.read_text())
    cards[0]["cards"][0]["number"] = "571000000"
    file = tmp_path / "facts.json"
    file.write_text(json.dumps(cards))

    with pytest.raises(Refused, match="transactions-570m stands with another number"):
        import_facts(file)
    file.write_text('[{"slug": 5}]')
    with pytest.raises(CommandError, match="cannot be read as fact cards"):
        call_command("import_facts", str(file))


ROADS = ["UPDATE kpis_factcard SET number = 1", "DELETE FROM kpis_factcard"]


@pytest.mark.parametrize("road", ROADS)
def test_the_database_changes_and_removes_no_card(seeds, road):
    with pytest.raises((DatabaseError, IntegrityError), match="stays as it is"):
        _run(road)


@pytest.mark.parametrize("road", ROADS)
def test_without_the_triggers_it_would(seeds, road):
    """The control."""
    connection.check_constraints()
    triggers.remove(connection)
    try:
        _run("DELETE FROM kpis_factcard WHERE succeeds_id IS NOT NULL")
        _run(road)
        assert not FactCard.objects.filter(number=570_000_000).exists()
    finally:
        triggers.install(connection)


@pytest.mark.postgresql
def test_postgresql_does_not_empty_their_table_and_without_the_trigger_would(seeds):
    connection.check_constraints()
    with pytest.raises((DatabaseError, IntegrityError), match="stays as it is"), transaction.atomic():
        _run("TRUNCATE kpis_factcard CASCADE")
    triggers.remove(connection)
    try:
        _run("TRUNCATE kpis_factcard CASCADE")
        assert not FactCard.objects.exists()
    finally:
        triggers.install(connection)


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        connection.check_constraints()


def test_a_newer_figure_succeeds_the_older_which_stays(edith, client):
    question = FactQuestion.objects.create(title="How many?", slug="how-many")
    old = add_fact(question=question, by=edith, **SAID)
    newer = {**SAID, "printed": "80%", "number": Decimal(80), "said_on": dt.date(2014, 1, 1), "said_to": "year"}
    new = succeed_fact(old, by=edith, **newer)

    assert succeed_fact(old, by=edith, **newer) == new  # sent twice
    with pytest.raises(Refused, match="took its place already"):
        succeed_fact(old, by=edith, **{**newer, "printed": "81%"})
    with pytest.raises(Refused, match="said later"):
        succeed_fact(new, by=edith, **{**newer, "said_on": dt.date(2013, 1, 1)})
    [answers] = answers_to(questions_with_cards())
    assert (answers.cards, answers.older) == ([new], [old])
    assert "A newer figure took its place" in client.get(old.get_absolute_url()).content.decode()


def test_a_card_is_added_by_a_form_once_and_what_is_wrong_stands_beside_the_field(edith, amina, signed_in):
    client = signed_in(edith)
    for _ in range(2):
        answer = client.post("/facts/new/", SENT, follow=True)
        assert answer.status_code == 200
    card = FactCard.objects.get()
    assert (card.said, card.question.title, card.added_by) == ("July 2013", "How many apply online?", edith)

    wrong = {
        "number": "1,2oo", "bound": "range", "year": "2013", "month": "2", "day": "30", "new_question": "",
    }  # fmt: skip
    page = client.post("/facts/new/", SENT | wrong)
    text = page.content.decode()
    assert page.status_code == 422
    for sentence in ("Enter a number, like 1,200.", "no such day", "Choose a question, or write a new one."):
        assert sentence in text
    assert 'value="1,2oo"' in text
    later = client.post("/facts/new/", SENT | {"printed": "1", "year": str(clock.today().year + 1)})
    assert "today or before" in later.content.decode()
    assert signed_in(amina).get("/facts/new/").status_code == 403


def test_a_range_says_both_ends_and_the_upper_one_is_larger(edith, signed_in):
    client = signed_in(edith)
    wrong = client.post("/facts/new/", SENT | {"bound": "range", "number": "334", "number_to": "134"})
    assert "The upper end is larger" in wrong.content.decode()
    without = client.post("/facts/new/", SENT | {"bound": "range", "number": "334", "number_to": ""})
    assert "Give the upper end of the range." in without.content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        FactCardFactory(bound="range", number_to=None)

    client.post("/facts/new/", SENT | {"bound": "range", "number": "134", "number_to": "334", "printed": "134-334"})
    assert FactCard.objects.get().number_to == 334


def test_what_would_change_a_card_is_said_and_not_thrown_away(edith, signed_in):
    client = signed_in(edith)
    client.post("/facts/new/", SENT)

    answer = client.post("/facts/new/", SENT | {"number": "76"})

    assert answer.status_code == 409
    assert "stands already, with other words" in answer.content.decode()
    assert FactCard.objects.get().number == 75


@pytest.mark.parametrize(
    "url", ["ftp://a.example/", "http://127.0.0.1/", "javascript:alert(1)", "https://u:p@a.example/"]
)
def test_a_source_is_a_page_that_everybody_can_open(edith, signed_in, url):
    assert signed_in(edith).post("/facts/new/", SENT | {"source_url": url}).status_code == 422
    assert not FactCard.objects.exists()


def test_the_largest_number_that_fits_is_read_back_as_it_was_given(edith, signed_in, client):
    largest = "9999999999999.99"
    assert signed_in(edith).post("/facts/new/", SENT | {"number": f"1{largest}"}).status_code == 422
    signed_in(edith).post("/facts/new/", SENT | {"number": largest})

    assert FactCard.objects.get().number == Decimal(largest)
    assert client.get("/facts/").status_code == 200


@pytest.mark.parametrize(
    ("less", "more", "unit", "said"),
    [
        ("2.83", "4.10", "£ a call", "£1.27 apart, 44.9% of £2.83."),
        ("60", "61", "% online", "1 point apart."),
        ("0.15", "0.20", "£ a visit", "£0.05 apart, 33.3% of £0.15."),
    ],
)
def test_pence_and_points_are_apart_by_what_they_are(less, more, unit, said):
    question = FactQuestion.objects.create(title="What does it cost?", slug="cost")
    for number in (less, more):
        FactCardFactory(question=question, number=Decimal(number), printed=number, unit=unit)

    [answers] = answers_to(questions_with_cards())
    assert answers.apart == said
    assert answers.chart


def test_a_page_embeds_a_card_and_the_card_says_so(seeds, client):
    card = seeds["transactions-570m"]
    page = HomePage.objects.get().add_child(instance=ContentPage(title="About us", slug="about-us"))
    page.body = [("fact", {"case_study": card.get_absolute_url()})]
    page.save_revision().publish()

    assert "Rounded estimate; no method given" in client.get(page.url).content.decode()
    assert "About us" in client.get(card.get_absolute_url()).content.decode()
    listed = client.get("/facts/").content.decode()
    assert re.findall(r"Used in: <a [^>]*>([^<]*)</a></p>", listed) == ["About us"]
    assert listed.index("570m") < listed.index("Used in: ") < listed.index('id="services-of-a-council"')
    assert "No page of this site shows it yet" in client.get(seeds["cost-web"].get_absolute_url()).content.decode()


def test_the_block_has_a_preview_and_takes_no_other_address(seeds):
    part = FactPart()

    assert part.get_context({"case_study": "/facts/transactions-570m/"})["card"] == seeds["transactions-570m"]
    assert part.get_context({"case_study": "/facts/none/"})["record"] is None


def test_the_file_has_every_card_with_its_numbers(seeds, client):
    text = client.get("/facts/?format=csv").content.decode()
    dictionary = client.get("/facts/dictionary/").content.decode()

    assert "Licence: Open Government Licence" in text
    assert text.count(",/facts/") == len(seeds)
    assert "What is counted" in dictionary


def test_pages_ask_the_same_number_of_queries_for_many_cards(seeds, client, django_assert_max_num_queries):
    for n in range(40):
        question = FactQuestion.objects.create(title=f"Question {n}?", slug=f"q-{n}")
        FactCard.objects.create(question=question, slug=f"c-{n}", **SAID)
    with django_assert_max_num_queries(8):
        client.get("/facts/")
    with django_assert_max_num_queries(12):
        client.get("/facts/c-3/")
