"""At the close confirmed paper becomes votes without a name, and everybody who counts again finds the same."""

import datetime as dt
import io
import json
import re
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.http import QueryDict
from django.urls import reverse

from core import clock
from core.errors import Refused
from core.inbox import Reader
from tests.factories.accounts import UserFactory
from tests.factories.councils import DepartmentFactory, OrganisationFactory
from tests.factories.voting import BallotFactory, OptionFactory, RollEntryFactory
from tests.pages import words
from tests.roles.undoing import undone
from tests.voting.paper.counting import CARD, SLIP, confirmed, entered
from tests.voting.papers import RULES, filled_in, open_ballot
from voting.ballots import operations as ballots
from voting.ballots.queries import options_of
from voting.casting import operations as casting
from voting.casting.forms import form_of
from voting.casting.operations import ticks
from voting.inbox import votes_to_close
from voting.models import Ballot, Choice, PaperBatch, PaperPile, Receipt, Vote
from voting.outcome import operations as outcome
from voting.outcome.next_steps import next_action
from voting.outcome.queries import recount, tally
from voting.paper import operations as paper
from voting.record.queries import bundle_of
from voting.record.views import VERIFIER


def ticked(ballot, *places):
    options = list(ballot.options.all())
    return ticks([options[place] for place in places])


def marks_filled_in(ballot):
    form = form_of(ballot)(_posted(filled_in(ballot)), ballot=ballot, options=options_of(ballot))
    assert form.is_valid()
    return form.marks


def _posted(data):
    query = QueryDict(mutable=True)
    for name, value in data.items():
        query.setlist(name, [str(one) for one in value] if isinstance(value, list) else [value])
    return query


def named(ballot):
    return [entry.person for entry in ballot.roll.standing().filter(kind="person").select_related("person")]


def counted_on_paper(ballot, voters, fatima, second, *piles):
    paper.hand_out(ballot, *voters[: sum(slips for _, slips in piles)], kind=SLIP, by=fatima)
    return confirmed(entered(ballot, fatima, *piles), second)


@pytest.mark.parametrize("secrecy", ["open", "secret"])
@pytest.mark.parametrize("method", RULES)
def test_a_pile_counts_as_the_same_votes_on_screens_do(day, fatima, second, voters, method, secrecy):
    ballot = open_ballot(day, fatima, method, *voters, secrecy=secrecy)
    marks = marks_filled_in(ballot)
    with undone():
        for n, person in enumerate(voters):
            casting.cast(ballot, by=person, marks=marks, token=f"t{n}")
        on_screens = outcome.close_ballot(ballot, by=fatima).result["person"]

    for person in voters[4:]:
        casting.cast(ballot, by=person, marks=marks, token="t")
    counted_on_paper(ballot, voters, fatima, second, (marks, 4))
    closed = outcome.close_ballot(ballot, by=fatima)

    assert closed.result["person"] == on_screens
    assert recount(closed) == closed.result


def test_of_a_secret_vote_paper_is_mixed_with_what_was_sealed_and_its_piles_are_forgotten(
    secret, voters, fatima, second
):
    for person in voters[4:]:
        casting.cast(secret, by=person, marks=ticked(secret, 0), token="t")
    counted_on_paper(secret, voters, fatima, second, (ticked(secret, 1), 4))

    closed = outcome.close_ballot(secret, by=fatima)

    assert Vote.objects.count() == 9
    assert not Vote.objects.exclude(entry=None, person=None, organisation=None, cast_at=None).exists()
    assert Receipt.objects.count() == 5
    assert not PaperPile.objects.exists()
    assert [line.people for line in tally(closed).lines][:2] == [5, 4]
    assert closed.roll.filter(voted=True, kind=SLIP).count() == 4


def test_votes_are_written_in_an_order_that_tells_no_paper_from_a_screen(secret, voters, fatima, second, monkeypatch):
    for person in voters[4:]:
        casting.cast(secret, by=person, marks=ticked(secret, 0), token="t")
    counted_on_paper(secret, voters, fatima, second, (ticked(secret, 1), 4))
    shuffled = []
    monkeypatch.setattr(outcome._chance, "shuffle", lambda answers: shuffled.append(len(answers)))

    outcome.close_ballot(secret, by=fatima)

    assert shuffled == [9]


def test_an_open_vote_keeps_names_on_screens_and_none_on_paper(ballot, voters, fatima, second):
    casting.cast(ballot, by=voters[8], marks=ticked(ballot, 0), token="t")
    counted_on_paper(ballot, voters, fatima, second, (ticked(ballot, 1), 3))

    closed = outcome.close_ballot(ballot, by=fatima)

    assert Vote.objects.filter(person=None, entry=None).count() == 3
    assert Choice.objects.count() == 4
    count = tally(closed)
    assert (count.voted, count.councils_voted, count.voted_outside) == (4, 1, 0)
    assert recount(closed) == closed.result


def test_fewer_than_five_with_paper_have_no_result_and_nothing_of_it_is_told(secret, voters, fatima, second, signed_in):
    casting.cast(secret, by=voters[8], marks=ticked(secret, 0), token="t")
    counted_on_paper(secret, voters, fatima, second, (ticked(secret, 1), 3))

    closed = outcome.close_ballot(secret, by=fatima)

    assert tally(closed).is_withheld
    assert (Vote.objects.count(), PaperPile.objects.count()) == (0, 0)
    said = words(signed_in(fatima).get(reverse("voting:batch", args=[secret.reference, 1])))
    assert "slips say" not in said
    assert "What was entered" not in said


def test_a_lone_vote_on_a_screen_is_not_told_to_those_who_counted_the_paper(secret, voters, fatima, second, signed_in):
    """Five slips, which both counters know, and one sealed vote: the result less the piles is that vote."""
    casting.cast(secret, by=voters[8], marks=ticked(secret, 0), token="t")
    counted_on_paper(secret, voters, fatima, second, (ticked(secret, 1), 5))

    closed = outcome.reveal_ballot(outcome.close_ballot(secret, by=fatima), by=fatima)

    assert tally(closed).is_withheld
    assert not Vote.objects.exists()
    assert "person" not in closed.result
    assert recount(closed) == closed.result
    assert bundle_of(closed, options_of(closed))
    for name in ("results", "record", "receipts"):
        said = words(signed_in(fatima).get(reverse(f"voting:{name}", args=[closed.reference])))
        assert "Fewer than 5 people voted in secret other than on paper" in said
        assert "could work out what they voted for" in said


@pytest.mark.parametrize(("sealed", "is_told"), [(0, True), (1, False), (4, False), (5, True)])
def test_beside_paper_a_result_is_told_of_no_sealed_vote_or_of_five(secret, voters, fatima, second, sealed, is_told):
    counted_on_paper(secret, voters, fatima, second, (ticked(secret, 1), 5))
    for person in named(secret)[:sealed]:
        casting.cast(secret, by=person, marks=ticked(secret, 0), token="t")

    assert tally(outcome.close_ballot(secret, by=fatima)).is_withheld is not is_told


def test_paper_that_two_people_know_hides_nobody_in_what_groups_and_councils_leave_over(db, fatima, second):
    """Ten of central and local government, one of no organisation, five slips: less the piles, what is left is one."""
    ballot = BallotFactory(secrecy="secret", roll_from=Ballot.Roll.LIST)
    first, other = [OptionFactory(ballot=ballot, order=n) for n in range(2)]
    for make in [DepartmentFactory] * 5 + [OrganisationFactory] * 5 + [lambda: None] * 6:
        RollEntryFactory(ballot=ballot, organisation=make(), person=UserFactory())
    ballot = ballots.open_ballot(ballot, by=fatima)
    people = [entry.person for entry in ballot.roll.select_related("person").order_by("pk")]
    for person in people[:10]:
        casting.cast(ballot, by=person, marks=ticks([first]))
    casting.cast(ballot, by=people[10], marks=ticks([other]))
    counted_on_paper(ballot, people[11:], fatima, second, (ticks([first]), 5))

    count = tally(outcome.close_ballot(ballot, by=fatima))

    assert not count.groups
    assert count.hides_councils


def test_a_vote_on_paper_is_shown_as_such_and_under_no_name(ballot, voters, fatima, second, signed_in):
    casting.cast(ballot, by=voters[8], marks=ticked(ballot, 0), token="t")
    counted_on_paper(ballot, voters, fatima, second, (ticked(ballot, 1), 3))
    outcome.reveal_ballot(outcome.close_ballot(ballot, by=fatima), by=fatima)
    page = signed_in(fatima)

    said = words(page.get(reverse("voting:record", args=[ballot.reference])))
    table = page.get(reverse("voting:record", args=[ballot.reference]), {"format": "csv"}).content.decode()

    assert said.count("On paper") == 3
    assert "None" not in re.sub(r"<[^>]*>", " ", said)
    assert "Where few voted on paper, people can work out whose is whose." in said
    assert table.count("On paper") == 3
    assert "None" not in table


def test_all_may_vote_on_paper_and_five_are_enough(secret, voters, fatima, second):
    counted_on_paper(secret, voters, fatima, second, (ticked(secret, 1), 5))

    closed = outcome.close_ballot(secret, by=fatima)

    assert [line.people for line in tally(closed).lines][:2] == [0, 5]


def test_a_batch_that_is_not_confirmed_keeps_a_vote_from_being_closed(ballot, voters, fatima, second, signed_in):
    paper.hand_out(ballot, *voters, kind=SLIP, by=fatima)
    batch = entered(ballot, fatima, (ticked(ballot, 0), 9))

    with pytest.raises(Refused, match="1 batch of paper is not confirmed by a second person"):
        outcome.close_ballot(ballot, by=fatima)

    console = signed_in(fatima).get(ballot.get_absolute_url())
    assert "1 batch of paper is not confirmed" in words(console)
    assert reverse("voting:paper", args=[ballot.reference]) in console.content.decode()
    assert next_action(ballot, fatima).text == "Count paper"
    confirmed(batch, second)
    assert outcome.close_ballot(ballot, by=fatima).has_ended


def test_slips_that_never_come_back_keep_nothing_from_closing(ballot, voters, fatima):
    paper.hand_out(ballot, *voters, kind=SLIP, by=fatima)

    assert outcome.close_ballot(ballot, by=fatima).result["voted"] == 0


def test_a_vote_with_slips_out_does_not_close_by_itself_and_says_so(ballot, voters, fatima, second):
    ballot.closes_at = clock.now() + dt.timedelta(minutes=1)
    ballot.save()
    counted_on_paper(ballot, voters, fatima, second, (ticked(ballot, 0), 2))

    with clock.at(ballot.closes_at + dt.timedelta(minutes=5)):
        assert outcome.close_ballots_that_are_due() == 0
        assert outcome.close_ballot(ballot, by=None).is_running
        with pytest.raises(casting.TooLate):
            casting.cast(ballot, by=voters[8], marks=ticked(ballot, 0), token="t")
        assert outcome.close_ballot(ballot, by=fatima).result["voted"] == 2


def test_somebodys_week_says_count_the_paper_then_close(ballot, voters, fatima):
    ballot.closes_at = clock.now() + dt.timedelta(minutes=1)
    ballot.save()
    paper.hand_out(ballot, *voters[:2], kind=SLIP, by=fatima)

    with clock.at(ballot.closes_at + dt.timedelta(minutes=5)):
        (line,) = votes_to_close(Reader(fatima, clock.now() - dt.timedelta(days=7), ()))

    assert "2 slips are out, and 0 counted by two people." in line.note
    assert "count the paper, then close it" in line.note
    assert [action.text for action in line.actions] == ["Count paper"]


def test_without_slips_it_closes_at_the_time_announced(ballot):
    ballot.closes_at = clock.now() + dt.timedelta(minutes=1)
    ballot.save()

    with clock.at(ballot.closes_at + dt.timedelta(minutes=5)):
        assert outcome.close_ballots_that_are_due() == 1


# What is told and recounted -------------------------------------------------------------------------------


@pytest.fixture
def closed(secret, voters, fatima, second):
    """A secret vote that has been shown: 5 on screens, 4 on paper."""
    for person in voters[4:]:
        casting.cast(secret, by=person, marks=ticked(secret, 0), token="t")
    counted_on_paper(secret, voters, fatima, second, (ticked(secret, 0, 1), 3), (ticked(secret, 1), 1))
    outcome.close_ballot(secret, by=fatima)
    return outcome.reveal_ballot(secret, by=fatima)


def test_the_result_says_how_many_voted_on_paper(closed, client):
    said = words(client.get(reverse("voting:results", args=[closed.reference])))

    assert "5 on screens, 4 on paper." in said
    assert "The 4 votes on paper say of no council or body whose they are, and count per person only." in said


def test_the_record_names_who_counted_to_those_signed_in_and_to_nobody_else(closed, client, ben, fatima, second):
    page = reverse("voting:record", args=[closed.reference])

    public = words(client.get(page))
    client.force_login(ben, backend="accounts.backends.ByAddress")
    own = words(client.get(page))

    assert "Batch 1, 4 slips: entered by one person and confirmed by another" in public
    assert str(second) not in public
    assert f"entered by {fatima} and confirmed by {second}" in own


def test_the_bundle_carries_the_batches_without_names_and_its_verifier_agrees(closed, fatima, second, tmp_path, client):
    bundle = client.get(reverse("voting:bundle", args=[closed.reference])).content
    (tmp_path / "bundle.json").write_bytes(bundle)

    run = subprocess.run(
        [sys.executable, str(VERIFIER / "recount_bundle.py"), str(tmp_path / "bundle.json")],
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stderr
    turnout = {name: part for name, part, _ in json.loads(bundle)["parts"]}["turnout"]
    assert turnout["provenance"] == ["Paper: 4 slips, batch 1, entered by one person and confirmed by another."]
    assert str(second) not in bundle.decode()


def test_the_command_confirms_it_and_finds_a_batch_that_was_altered(closed):
    out = io.StringIO()
    call_command("recount", closed.reference, stdout=out)
    assert "every result is confirmed" in out.getvalue()

    PaperBatch.objects.update(slips=3)

    with pytest.raises(CommandError, match="differs"):
        call_command("recount", closed.reference, stdout=out)


def test_cards_are_told_by_number_beside_paper(secret, voters, fatima, second):
    paper.hand_out(secret, *voters[4:], kind=CARD, by=fatima)
    for n in range(5):
        casting.seal_vote(secret, who=str(n) * 64, marks=ticked(secret, 0), receipt=f"CARD{n}XXXXX")
    counted_on_paper(secret, voters, fatima, second, (ticked(secret, 1), 4))

    closed = outcome.close_ballot(secret, by=fatima)

    assert closed.result["ways"] == {"slip": 4, "card": 5}
    assert closed.result["provenance"][1] == "Cards: 5 votes."
    assert recount(closed) == closed.result
    assert bundle_of(closed, options_of(closed))


def test_all_that_was_voted_never_exceeds_the_roll(secret, voters, fatima, second):
    """Everybody votes in one way; whoever tries a second one is refused."""
    on_roll = secret.roll.standing().count()
    paper.hand_out(secret, *voters[:5], kind=SLIP, by=fatima)
    for person in named(secret):
        casting.cast(secret, by=person, marks=ticked(secret, 0), token="t")
    confirmed(entered(secret, fatima, (ticked(secret, 1), 5)), second)
    with pytest.raises(Refused):
        paper.hand_out(secret, *named(secret), kind=SLIP, by=fatima)
    with pytest.raises(Refused):
        paper.start_batch(secret, slips=1, by=fatima)

    closed = outcome.close_ballot(secret, by=fatima)

    assert closed.result["voted"] == closed.result["on_roll"] == on_roll == Vote.objects.count()


def test_a_run_off_has_everybody_by_name_again(ballot, voters, fatima, second):
    before = set(ballot.roll.values_list("person", flat=True))
    counted_on_paper(ballot, voters, fatima, second, (ticked(ballot, 0), 2), (ticked(ballot, 1), 2))
    outcome.close_ballot(ballot, by=fatima)

    run_off = outcome.prepare_run_off(outcome.reveal_ballot(ballot, by=fatima), by=fatima)

    opened = ballots.open_ballot(run_off, by=fatima)
    assert set(opened.roll.standing().values_list("person", flat=True)) == before
