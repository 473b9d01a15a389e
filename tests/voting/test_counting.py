"""The count is exact, per person and per council or body side by side; a tie is a tie."""

import json
import random
import re
from fractions import Fraction

import pytest
from django.urls import reverse

from accounts.roles import Role
from core.errors import Refused
from councils.models import Organisation
from tests.factories.accounts import UserFactory, give_role
from tests.factories.councils import DepartmentFactory, OrganisationFactory
from tests.factories.voting import BallotFactory, OptionFactory, RollEntryFactory, voted
from voting.casting import operations as casting
from voting.casting.turnout import turnout_of
from voting.models import Ballot, Choice
from voting.outcome import operations as outcome
from voting.outcome.counting import frozen
from voting.outcome.queries import other_basis_note, recount, state_of, tally

pytestmark = pytest.mark.sql


@pytest.fixture
def two(db):
    """An open ballot between two options whose tally is seen while it runs."""
    ballot = BallotFactory(open=True, shows_tally=True)
    return ballot, OptionFactory(ballot=ballot, order=0), OptionFactory(ballot=ballot, order=1)


def test_six_of_one_council_outnumber_five_councils_per_person_and_not_per_council(two):
    ballot, big, wide = two
    one = OrganisationFactory()
    for _ in range(6):
        voted(ballot, one, big)
    for _ in range(5):
        voted(ballot, OrganisationFactory(), wide)

    count = tally(ballot)

    assert [(line.people, line.councils) for line in count.lines] == [(6, 1), (5, 5)]
    assert [line.option for line in count.chosen] == [big]
    assert count.bases_differ
    assert f"Counted per council or body, {wide.prototype.title} would lead, 5 to 1." == other_basis_note(count)

    ballot.basis = Ballot.Basis.COUNCIL
    count = tally(ballot)
    assert [line.option for line in count.chosen] == [wide]
    assert f"Counted per person, {big.prototype.title} would lead, 6 to 5." == other_basis_note(count)


def test_a_council_weighs_one_shared_among_those_of_it_who_voted(two):
    ballot, first, second = two
    council = OrganisationFactory()
    voted(ballot, council, first)
    voted(ballot, council, first, second)
    voted(ballot, council, second)
    RollEntryFactory(ballot=ballot, organisation=council)  # did not vote, so does not weigh

    assert [line.councils for line in tally(ballot).lines] == [Fraction(2, 3), Fraction(2, 3)]


def test_a_part_of_a_council_is_written_alike_everywhere(two, client):
    ballot, first, second = two
    council = OrganisationFactory()
    voted(ballot, council, first)
    voted(ballot, council, second)

    for page in ("", "results/", "results/?format=csv", "record/", "state.json", "screen/"):
        words = client.get(f"{ballot.get_absolute_url()}{page}").content.decode()
        assert "1/2" in words, page
        assert not re.search(r"\b0\.5\b", words), page  # which a moment may hold within


def test_thirds_add_up_to_a_whole_exactly(two):
    ballot, first, second = two
    for _ in range(3):
        council = OrganisationFactory()
        voted(ballot, council, first)
        voted(ballot, council, second)
        voted(ballot, council, second)
    voted(ballot, OrganisationFactory(), first)
    ballot.basis = Ballot.Basis.COUNCIL

    count = tally(ballot)

    assert [line.councils for line in count.lines] == [2, 2]
    assert len(count.tied) == 2
    assert count.chosen == ()


def test_every_organisation_weighs_one_and_people_of_none_count_per_person_only(two):
    ballot, first, _ = two
    voted(ballot, DepartmentFactory(), first)
    voted(ballot, None, first)
    voted(ballot, OrganisationFactory(), first)

    count = tally(ballot)

    assert (count.lines[0].people, count.lines[0].councils) == (3, 2)
    assert (count.voted, count.voted_outside, count.councils_voted) == (3, 1, 2)


def test_a_tie_has_no_winner_and_says_so_on_every_screen_once_it_is_shown(two, fatima):
    ballot, first, second = two
    voted(ballot, OrganisationFactory(), first)
    voted(ballot, OrganisationFactory(), second)
    ballot = outcome.close_ballot(ballot, by=fatima)
    state = state_of(ballot)
    assert (state["heading"], state["tally"], state["note"]) == ("Voting has closed", None, "")

    state = state_of(outcome.reveal_ballot(ballot, by=fatima))

    assert state["heading"] == "Two prototypes are tied"
    assert [line["place"] for line in state["tally"]] == ["tied first", "tied first"]
    assert [line["leads"] for line in state["tally"]] == [False, False]
    assert tally(ballot).chosen == ()


def test_nobody_in_front_while_nobody_has_voted(two):
    ballot, *_ = two

    count = tally(ballot)

    assert (count.chosen, count.tied, count.bases_differ) == ((), (), False)
    assert [line["bar"] for line in state_of(ballot)["tally"]] == [0, 0]


def rated_by_three(ballot, option):
    """Votes whose mean impact is 4 2/3 and mean feasibility 3 2/3."""
    for impact, feasibility in ((5, 3), (5, 4), (4, 4)):
        vote = voted(ballot, OrganisationFactory())
        Choice.objects.create(vote=vote, option=option, question="impact", value=impact)
        Choice.objects.create(vote=vote, option=option, question="feasibility", value=feasibility)


def numbers_in(value):
    """Every number in what JSON holds."""
    if isinstance(value, dict | list):
        return [each for part in (value.values() if isinstance(value, dict) else value) for each in numbers_in(part)]
    return [value] if isinstance(value, int | float) and not isinstance(value, bool) else []


def test_a_mean_of_the_matrix_is_the_same_exact_fraction_on_every_page_and_in_every_file(client, fatima):
    ballot = BallotFactory(open=True, method=Ballot.Method.MATRIX)
    option, _ = OptionFactory(ballot=ballot, order=0), OptionFactory(ballot=ballot, order=1)
    rated_by_three(ballot, option)
    outcome.reveal_ballot(outcome.close_ballot(ballot, by=fatima), by=fatima)

    def read(name, **query):
        return client.get(reverse(f"voting:{name}", args=[ballot.reference]), query).content.decode()

    for page in (read("results"), read("record")):
        assert {"4 2/3", "3 2/3", "17 1/9"} <= set(re.findall(r">\s*(\d+ \d/\d)\s*<", page))
        assert not re.search(r"\d\.\d+\s*<", page.partition("</main>")[0])
    assert "17 1/9" in read("results", format="csv")
    assert '"17 1/9"' in read("state")
    files = [json.loads(read("bundle")), json.loads(read("state")), Ballot.objects.get(pk=ballot.pk).result]
    assert '"154/9"' in json.dumps(files[0])
    assert {type(number) for file in files for number in numbers_in(file)} == {int}


def test_turnout_comes_with_its_base(two):
    ballot, first, _ = two
    voted(ballot, OrganisationFactory(), first)
    RollEntryFactory(ballot=ballot)

    assert str(turnout_of(ballot).share) == str(tally(ballot).turnout) == "1 of 2 (50.0%)"


def test_the_count_reads_options_votes_choices_and_roll_once_each(two, django_assert_num_queries):
    ballot, first, second = two
    for _ in range(30):
        voted(ballot, OrganisationFactory(), first, second)

    with django_assert_num_queries(4):
        tally(ballot)


def test_after_500_random_votes_and_changes_the_count_equals_a_recount_from_the_rows(db):
    """And on the way there after every fiftieth, from a few votes to ones that have been changed many times."""
    dice = random.Random(1)
    ballot = BallotFactory(open=True, most_choices=3)
    facilitator = give_role(UserFactory(), Role.FACILITATOR)
    options = [OptionFactory(ballot=ballot, order=n) for n in range(5)]
    councils = [*Organisation.objects.councils()[:8], DepartmentFactory(), None]
    roll = [RollEntryFactory(ballot=ballot, organisation=dice.choice(councils)) for _ in range(60)]
    expected: dict[int, set[int]] = {}

    for number in range(1, 501):
        entry = dice.choice(roll)
        ticked = dice.sample(options, dice.randint(1, 3))
        casting.cast(ballot, by=entry.person, marks=casting.ticks(ticked))
        expected[entry.person_id] = {option.pk for option in ticked}
        if number % 50:
            continue

        count = tally(ballot)
        assert [line.people for line in count.lines] == [
            sum(option.pk in ticked for ticked in expected.values()) for option in options
        ]
        assert count.voted == len(expected)

    before = tally(ballot)
    closed = outcome.close_ballot(ballot, by=facilitator)
    assert closed.result == frozen(closed, before) == recount(closed)


def test_closing_freezes_the_counts_and_closing_again_changes_nothing(ballot, options, amina, fatima):
    casting.cast(ballot, by=amina, marks=casting.ticks(options[:1]))
    stood = tally(ballot)

    first = outcome.close_ballot(ballot, by=fatima)
    again = outcome.close_ballot(ballot, by=fatima)

    ballot.refresh_from_db()
    assert ballot.result == frozen(ballot, stood) == first.result == again.result == recount(ballot)
    assert again.version == first.version
    assert ballot.result["person"]["lines"][0] == [options[0].pk, "1", "1"]
    assert ballot.result["council"]["lines"][0] == [options[0].pk, "1", "1"]


def test_a_closed_ballot_is_not_counted_again(ballot, options, amina, fatima):
    casting.cast(ballot, by=amina, marks=casting.ticks(options[:1]))
    closed = outcome.close_ballot(ballot, by=fatima)

    Choice.objects.update(option=options[1])

    assert [line.people for line in tally(closed).lines] == [1, 0, 0]
    assert recount(closed) != closed.result


def test_a_draft_cannot_be_closed(draft, fatima):
    with pytest.raises(Refused, match="not opened"):
        outcome.close_ballot(draft, by=fatima)
