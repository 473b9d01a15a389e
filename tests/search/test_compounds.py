"""What some write as one word and others as two is found by either; an acronym in capitals is no other word."""

import pytest

from search.compounds import parts_of, spellings
from search.vocabulary import Vocabulary
from search.words import read
from tests.factories.projects import NeedFactory
from tests.factories.search import SynonymGroupFactory

pytestmark = pytest.mark.django_db
FORMS = ("flytipping", "fly tipping", "fly-tipping", "Fly Tipping")


@pytest.fixture
def needs(follow):
    """A function: needs with these titles, which the index holds."""

    def made(*titles: str) -> None:
        for title in titles:
            NeedFactory(title=title, what="To do it once.", evidence="")
        follow()

    return made


def test_one_word_finds_two_and_two_find_one(needs, found):
    needs("Flytipping in lanes", "Fly tipping on farms", "Fly-tipping after dark")

    assert {len(found(f"q={typed}")) for typed in FORMS} == {3}


def test_what_stands_apart_is_no_compound(needs, found):
    needs("Tipping lorries that fly past")

    assert found("q=flytipping") == []
    assert len(found("q=fly+tipping")) == 1


def test_two_words_that_are_one_are_found_among_others(needs, found):
    needs("Filling potholes in the snow", "Emails about snow")

    assert found("q=pot+holes") == found("q=pot+holes+snow") == ["Filling potholes in the snow"]
    assert found("q=e-mail+snow") == ["Emails about snow"]
    assert found("q=pot+holes+sun") == []


def test_two_words_with_a_small_one_between_them_are_no_compound(needs, found):
    needs("Carpet recycling", "A car for a pet")

    assert found("q=car+or+pet") == found("q=car+and+a+pet") == ["A car for a pet"]
    assert sorted(found("q=car+pet")) == ["A car for a pet", "Carpet recycling"]
    assert read("pot or holes").also == []


def test_a_compound_has_the_synonyms_of_its_other_spelling():
    SynonymGroupFactory(phrases=["fly tipping", "dumped rubbish"])

    assert {tuple(read(typed).also) for typed in FORMS} == {("dumped rubbish",)}
    assert read("pot holes").also == read("potholes").also != []


def test_exact_words_are_not_written_otherwise():
    assert [term.spelt for term in read("flytipping pot holes", exact=True).terms] == [(), (), ()]


def test_small_words_short_ones_and_numbers_are_no_parts():
    assert ("not", "ice") in parts_of("notice")
    assert ("for", "get") not in parts_of("forget")
    assert parts_of("together") == (("tog", "ether"), ("toge", "ther"), ("toget", "her"))
    assert parts_of("bins") == parts_of("w900") == ()
    assert ("co", "design") in parts_of("codesign")
    assert spellings(["bin", "day", "", "x"]) == [(("binday",),), (("binday",),), (), ()]


def test_an_acronym_in_capitals_is_not_the_word_of_its_letters(needs, found):
    needs("A place for SEND", "Send the letter once", "Sending SENDs on")

    assert sorted(found("q=SEND")) == ["A place for SEND", "Sending SENDs on"]
    assert len(found("q=send")) == 3
    assert sorted(found("q=special+educational+needs")) == ["A place for SEND", "Sending SENDs on"]


def test_a_form_of_a_word_is_no_acronym_and_neither_is_a_sentence_in_capitals():
    assert read("sending").also == []
    assert [term.words for term in read("SEND A LETTER").terms] == [("send",), ("letter",)]
    assert [term.words for term in read("SEND letters").terms] == [("SEND",), ("letters",)]
    assert [term.words for term in read("BINS").terms] == [("bins",)]


def test_only_the_acronym_is_marked(client, needs):
    needs("A place for SEND that we send on")

    page = client.get("/search/?q=SEND").content.decode()

    assert "A place for <mark>SEND</mark> that we send on" in page


def test_two_words_each_mistyped_are_put_right_where_their_phrase_stands(client, needs, found):
    needs("A blue badge", "A bold bad thing")

    assert found("q=blu+badg") == found("q=blu+bagde") == ["A blue badge"]
    assert "Showing results for <b>blue badge</b>" in client.get("/search/?q=blu+badg").content.decode()


@pytest.mark.parametrize("typed", ["blq", "blq+badge", "blq+thing", "blq+dadg", "blq+zzz"])
def test_a_short_word_is_put_right_nowhere_else(needs, found, typed):
    needs("A blue badge", "Bad thing")

    assert found(f"q={typed}") == []


def test_a_word_that_only_begins_as_a_phrase_does_is_no_acronym():
    groups = {("bin",): (("bulky", "items"), ("refuse",)), ("send",): (("special", "educational", "needs"),)}
    said = Vocabulary(synonyms={**groups, ("refus",): (("bins",),), ("x",): (("send",),)})

    assert said.acronyms == {"send"}
