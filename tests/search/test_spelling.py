"""A misspelt word is taken for the one meant; nonsense is nothing, however near it is to the name of some council."""

from dataclasses import dataclass, field

import pytest

from core.english import stem
from search.spelling import close_words, corrected, is_like, names_of_councils
from search.words import read
from tests.factories.councils import OrganisationFactory
from tests.factories.projects import NeedFactory
from tests.pages import plain_words

pytestmark = pytest.mark.django_db

# Words of records, beside the names of all councils.
ORDINARY = """
    abandoned address assisted badge bins bulky business calculator care collection council deferred discovery
    eligibility garden housing identity library parking payment permit planning pothole procurement prototype recycling
    refuse resident school standard waste people place wanted dwp drawn
""".split()
NONSENSE = """
    quibble wibble nibble dribble gribble zarlow marlow bluton futon mutton glutton cotton purdy reeds beads
    needs seeds lexicon dessert darby hoover clover plover stale whale dewon lemon melon demon hotel wotan cannon
    fort flurble snorfle xylophone zzyzx qwerty asdfgh blorp grommet widget gadget gizmo foobar lorem ipsum bath hath
    math kart mint dent tent pork fork cork burn turn fury jury sort port wort
""".split()
# Words of the language, two letters away from others in six or seven, or one in three.
OTHER_WORDS = "purple planet winter dragon dfp".split()
SLIPS = {
    "harlwo": "harlow",
    "harrlow": "harlow",
    "lutton": "luton",
    "leds": "leeds",
    "essxe": "essex",
    "wiggan": "wigan",
    "birmigham": "birmingham",
    "nottinghm": "nottingham",
    "warwikshire": "warwickshire",
    "warickshre": "warwickshire",
    "leicstershire": "leicestershire",
    "gloucstershre": "gloucestershire",
    "northhampton": "northampton",
    "camdden": "camden",
    "suffok": "suffolk",
    "ribbel": "ribble",
    # Of other words two letters may be wrong from eight letters on.
    "recyling": "recycling",
    "potholse": "pothole",
    "deffered": "deferred",
    "plannign": "planning",
    "elegibilty": "eligibility",
    "parkign": "parking",
}


@dataclass
class Everything:
    """An index of the names of all councils and some ordinary words."""

    labels: frozenset[str] = frozenset({"everyone"})
    hidden: tuple[str, ...] = ()
    known: set[str] = field(default_factory=lambda: {*ORDINARY, *names_of_councils()})

    @property
    def engine(self) -> "Everything":
        return self

    def similar_words(self, word, *, readers, hidden):
        if has_it := [known for known in self.known if stem(known) == stem(word)]:
            return [(has_it[0], 1)]
        return [(known, 1) for known in sorted(self.known) if is_like(known, word)]


def correction(typed: str) -> str:
    words = read(typed)
    return corrected(words, close_words(Everything(), words))


def test_nonsense_is_taken_for_no_council():
    councils = names_of_councils()

    taken = {word: found for word in NONSENSE if (found := correction(word)) in councils}

    assert len(councils) > 300
    assert taken == {}


def test_a_slip_of_the_hand_is_put_right_in_names_and_in_other_words():
    assert {slip: correction(slip) for slip in SLIPS} == SLIPS


def test_a_short_word_is_taken_for_no_other_that_is_as_far_away():
    assert {word: correction(word) for word in OTHER_WORDS if correction(word)} == {}


def test_what_is_nonsense_finds_nothing_beside_a_council_with_a_name_like_it(client, follow, found):
    OrganisationFactory(name="Ribbledale", official_name="Ribbledale Council")
    OrganisationFactory(name="Ribbley", official_name="Ribbley Council")
    follow()

    assert found("q=quibbley") == found("q=dribbledale") == []
    assert found("q=ribley") == ["Ribbley Council"]


def test_a_word_of_records_is_meant_two_letters_away_though_a_council_is_nearer(follow, found):
    OrganisationFactory(name="Cubbleham", official_name="Cubbleham Council")
    NeedFactory(title="Scrubbleham")
    follow()

    assert found("q=srubblehan") == ["Scrubbleham"]


def test_where_the_first_letter_is_wrong_nothing_else_may_be(follow, found):
    NeedFactory(title="Forms online")
    follow()

    assert found("q=engine") == []  # two letters from “online”
    assert found("q=inline") == found("q=onlien") == ["Forms online"]


def test_a_word_that_only_synonyms_have_is_put_right_too(follow, found):
    NeedFactory(title="A road defect")
    follow()

    assert found("q=pothoel") == found("q=a+pothoel") == ["A road defect"]
    assert found("q=pothoel&exact=1") == []


def test_a_word_of_synonyms_that_finds_nothing_is_not_said_to_be_close(client, follow):
    NeedFactory(title="A calculator")
    follow()

    assert "Close to what you typed" not in plain_words(client.get("/search/?q=pothoel"))
    assert "Close to what you typed: calculator" in plain_words(client.get("/search/?q=calculatr+zebra"))


def test_a_misspelt_council_is_named_above_what_is_found(client, follow):
    OrganisationFactory(name="Ribbley", official_name="Ribbley Borough Council")
    follow()

    page = plain_words(client.get("/search/?q=ribley"))

    assert "Ribbley Borough Council" in page.partition("1 result for")[0]


RIGHT = [
    ("weed", "need"),
    ("snow", "know"),
    ("weeds", "weeks"),
    ("trees", "tries"),
    ("taxi", "tax"),
    ("rats", "rates"),
    ("food", "flood"),
    ("planting", "planning"),
]


@pytest.mark.parametrize(("typed", "near"), RIGHT)
def test_a_word_that_is_spelt_right_is_taken_for_no_other(client, follow, found, typed, near):
    NeedFactory(title=f"Zebra {near}")
    follow()

    page = plain_words(client.get("/search/", {"q": f"zebra {typed}"}))

    assert found(f"q=zebra+{typed}") == []
    assert f"Nothing matches “zebra {typed}”" in page


def test_a_word_that_is_spelt_right_is_offered_what_is_close_to_it(client, follow):
    NeedFactory(title="Zebra planning")
    follow()

    assert "Close to what you typed: planning" in plain_words(client.get("/search/?q=planting"))


def test_two_words_that_are_spelt_right_are_no_misspelt_phrase(follow, found):
    NeedFactory(title="A bad boat")
    follow()

    assert found("q=bat+boot") == []


def test_of_a_short_word_no_letter_is_taken_for_another(follow, found):
    NeedFactory(title="Blorp")
    follow()

    assert found("q=blurp") == found("q=glorp") == []
    assert found("q=blopr") == found("q=blorpp") == found("q=blrp") == ["Blorp"]


def test_what_is_shown_for_another_word_says_so_and_what_was_typed_is_searched_and_raised(client, amina, follow):
    NeedFactory(title="A calculator")
    follow()
    client.force_login(amina)

    page = client.get("/search/?q=calculatr").content.decode()

    assert "Nothing matches <b>calculatr</b>. Showing results for <b>calculator</b>." in page
    assert 'href="/search/save/?q=calculator">Save this search for calculator</a>' in page
    assert "/needs/new/?title=calculatr" in page
    assert 'href="?q=calculatr&amp;exact=1">Search for calculatr all the same</a>' in page
    assert "Nothing matches “calculatr”" in plain_words(client.get("/search/?q=calculatr&exact=1"))


def test_a_file_of_what_is_shown_for_another_word_says_so(client, follow):
    NeedFactory(title="A calculator")
    follow()

    table = client.get("/search/?q=calculatr&format=csv").content.decode()

    assert "words “calculatr”; nothing matches them, so for “calculator”" in table
