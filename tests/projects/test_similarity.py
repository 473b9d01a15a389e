"""Similar needs are found by the words that carry the meaning, quickly, whatever the size of the register."""

import pytest

from core.english import SMALL_WORDS
from projects.models import Need
from projects.needs.similarity import MOST_WORDS, significant_words, similar_needs
from tests.factories.councils import OrganisationFactory
from tests.factories.projects import NeedFactory


def found(text):
    return [need.title for need in similar_needs(Need.objects.all(), text)]


def test_common_words_and_endings_carry_no_meaning():
    assert significant_words("The residents should be able to report missed collections online") == [
        "resid",
        "report",
        "miss",
        "collect",
    ]


def test_a_long_text_is_cut_to_what_matters_first():
    assert len(significant_words(" ".join(f"word{letter}x" for letter in "abcdefghijklmnop"))) <= MOST_WORDS


def test_words_are_brought_to_the_stems_of_the_search_which_has_the_same_small_words():
    assert significant_words("library libraries") == significant_words("libraries") == ["librar"]
    assert significant_words("running runs") == ["run"]  # an ending alone would leave runn
    assert significant_words("tying " + "x" * 99) == ["tying", "x" * 99]  # neither ever leaves a letter or nothing
    assert significant_words(" ".join(SMALL_WORDS)) == []


@pytest.fixture
def register(db):
    for title in (
        "Report a missed bin",
        "Tell residents about bin days",
        "Apply for a Blue Badge",
        "Pay a parking fine",
    ):
        NeedFactory(title=title, what="")


def test_other_forms_of_the_same_words_are_found_the_closest_first(register):
    assert found("Reporting bins that were missed") == ["Report a missed bin", "Tell residents about bin days"]
    assert found("Reporting bins that were missed by the blue badge lorry")[0] == "Report a missed bin"
    assert found("bins")[0] in {"Report a missed bin", "Tell residents about bin days"}
    assert len(found("bins")) == 2


@pytest.mark.parametrize("text", ["", "   ", "the and of", "!!!", "12345", "🚀🚀", "%", "_", "'; drop table"])
def test_words_that_mean_nothing_find_nothing(register, text):
    assert found(text) == []


def test_half_a_word_in_common_is_not_a_likeness(register):
    """Bin is in cabinet too, but no word of it begins so."""
    NeedFactory(title="Follow the cabinet", what="")

    assert "Follow the cabinet" not in found("bin")


def test_closed_needs_are_not_offered(register):
    Need.objects.filter(title="Report a missed bin").update(state="withdrawn")

    assert "Report a missed bin" not in found("missed bin")


def test_two_thousand_needs_cost_one_query(register, django_assert_num_queries):
    council, person = OrganisationFactory(), NeedFactory().raised_by
    words = ("street", "garden", "waste", "permit", "licence", "school", "library", "care", "bin", "missed")
    Need.objects.bulk_create(
        Need(
            title=f"Need about {words[n % 10]} and {words[(n // 10) % 10]} {n}",
            slug=f"bulk-{n}",
            who_for="Residents",
            what=f"To do something with {words[(n * 7) % 10]} " * 20,
            council=council,
            raised_by=person,
        )
        for n in range(2000)
    )

    with django_assert_num_queries(1):
        near = similar_needs(Need.objects.all(), "Reporting bins that were missed at the library or the school")

    assert 0 < len(near) <= 5
