"""What a council that has a need says of it, in one line: after joining, changed and taken back by its people."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from core import clock
from core.errors import Refused
from projects.models import Need
from projects.needs.operations import join_need, say_how_it_looks
from tests.factories.councils import MembershipFactory, ServiceFactory
from tests.factories.projects import NeedFactory

pytestmark = pytest.mark.django_db
WORDS = "Three teams each keep a copy of the same driving licence."


@pytest.fixture
def joined(amina, harlow):
    need = NeedFactory()
    join_need(need, by=amina, council=harlow)
    return need


def test_it_stands_on_the_page_with_council_tier_and_day(joined, client, signed_in, amina):
    address = f"{joined.get_absolute_url()}how-it-looks/harlow/"
    said = signed_in(amina).post(address, {"words": WORDS})

    page = client.get(joined.get_absolute_url()).content.decode()

    assert said["Location"] == joined.get_absolute_url()
    assert "1 of 2 councils has said." in page
    assert f"“{WORDS}”" in page
    assert f"Harlow (district)</a> · {clock.today():%-d %B %Y}" in page


def test_a_council_that_says_it_and_is_not_counted_is_named_where_the_numbers_differ(client, carlos, surrey, harlow):
    need = NeedFactory(council=harlow, service=ServiceFactory(providing_tier="district"))
    join_need(need, by=carlos, council=surrey)
    say_how_it_looks(need, by=carlos, council=surrey, words=WORDS)

    page = client.get(need.get_absolute_url()).content.decode()

    assert "1 of 2 councils has said. 1 of the 2 is not counted above." in page


def test_a_colleague_changes_it_and_takes_it_back(joined, amina, harlow):
    colleague = MembershipFactory(organisation=harlow).person
    say_how_it_looks(joined, by=amina, council=harlow, words=WORDS)

    changed = say_how_it_looks(joined, by=colleague, council=harlow, words="  Two\nteams ")
    assert changed.words == "Two teams"
    emptied = say_how_it_looks(joined, by=colleague, council=harlow, words=" ")

    assert (emptied.words, emptied.said_at) == ("", None)


def test_a_button_takes_it_back(joined, signed_in, amina, harlow):
    say_how_it_looks(joined, by=amina, council=harlow, words=WORDS)

    page = signed_in(amina).post(
        f"{joined.get_absolute_url()}how-it-looks/harlow/", {"words": WORDS, "remove": "yes"}, follow=True
    )

    assert WORDS not in page.content.decode()


def test_the_same_again_leaves_its_day(joined, amina, harlow, on_day):
    first = say_how_it_looks(joined, by=amina, council=harlow, words=WORDS)

    with on_day(2030, 1, 1):
        again = say_how_it_looks(joined, by=amina, council=harlow, words=WORDS)

    assert again.said_at == first.said_at


def test_nobody_speaks_for_another_council_or_one_that_is_not_on(joined, amina, carlos, harlow, surrey):
    with pytest.raises(PermissionDenied):
        say_how_it_looks(joined, by=carlos, council=harlow, words=WORDS)
    with pytest.raises(Refused, match="not among"):
        say_how_it_looks(joined, by=carlos, council=surrey, words=WORDS)


def test_of_a_closed_need_nothing_new_is_said_but_what_was_said_goes(joined, amina, harlow):
    say_how_it_looks(joined, by=amina, council=harlow, words=WORDS)
    Need.objects.update(state="withdrawn", state_reason="Solved")

    with pytest.raises(Refused, match="withdrawn"):
        say_how_it_looks(joined, by=amina, council=harlow, words="Something new")

    assert say_how_it_looks(joined, by=amina, council=harlow, words="").words == ""


def test_more_than_one_line_of_300_characters_is_refused(joined, signed_in, amina):
    response = signed_in(amina).post(f"{joined.get_absolute_url()}how-it-looks/harlow/", {"words": "x" * 301})

    assert response.status_code == 422
    assert not joined.supports.exclude(words="").exists()


def test_words_without_a_day_are_refused_by_the_database(joined, harlow):
    with pytest.raises(IntegrityError):
        joined.supports.filter(council=harlow).update(words=WORDS)
