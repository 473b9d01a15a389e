"""A voter may say why, in one sentence: sealed apart from the vote, read once the result is shown, shown from 5 on."""

import re

import pytest
from django.core.exceptions import PermissionDenied

from audit.models import AuditEvent
from core import key_folder
from core.errors import Refused
from core.key_folder import KeyFolderUnusable
from sealing.models import Mark, Round, Staged
from sealing.operations import CannotBeOpened
from tests.factories.accounts import UserFactory
from tests.factories.councils import OrganisationFactory
from tests.factories.voting import checked_in, shown
from tests.voting.asking import address, text_of
from voting.ballots import operations as ballots
from voting.casting import operations as casting
from voting.casting.operations import ticks
from voting.models import Ballot, Reason, Vote
from voting.outcome import operations as outcome
from voting.reasons import operations as reasons
from voting.reasons.queries import told_reasons

pytestmark = pytest.mark.sql

WHY = "It helps the most people."


@pytest.fixture
def people(day):
    found = UserFactory.create_batch(8)
    for person in found:
        checked_in(day, person, OrganisationFactory())
    return found


@pytest.fixture
def asking(day, prototypes, people, fatima):
    """A function: an open ballot that asks for reasons, secret or open, with the eight on its roll."""

    def make(secrecy="secret"):
        draft = ballots.prepare_ballot(
            day, by=fatima, question="Which?", prototypes=prototypes, secrecy=secrecy, asks_reason=True
        )
        return ballots.open_ballot(draft, by=fatima)

    return make


def vote(ballot, people, number=6, given=6):
    """So many vote, the first of them with a reason."""
    option = ballot.options.first()
    for n, person in enumerate(people[:number]):
        words = f"Reason {n}." if n < given else ""
        casting.cast(ballot, by=person, marks=ticks([option]), token=f"form {n}", reason=words)


def test_no_ballot_asks_for_reasons_unless_somebody_chooses_it(ballot):
    assert not ballot.asks_reason
    assert ballot.reasons_sealed is None


@pytest.mark.parametrize("secrecy", ["secret", "open"])
def test_opening_opens_a_round_for_the_reasons_apart_from_that_of_the_votes(asking, secrecy):
    ballot = asking(secrecy)

    assert ballot.reasons_sealed.is_open
    assert ballot.reasons_sealed != ballot.sealed
    assert key_folder.read(ballot.reasons_sealed.key_name)


@pytest.mark.parametrize("given", ["", WHY, "é" * 200, "🗳" * 200, '"' * 200])
def test_every_vote_seals_a_reason_of_one_length_so_that_nobody_can_tell_who_gave_one(asking, people, given):
    ballot = asking()
    casting.cast(ballot, by=people[0], marks=ticks(ballot.options.all()[:1]), token="1", reason=given)
    casting.cast(ballot, by=people[1], marks=ticks(ballot.options.all()[:1]), token="2", reason="No.")

    boxes = Staged.objects.filter(round=ballot.reasons_sealed)
    assert len({len(bytes(staged.box)) for staged in boxes}) == 1
    assert Mark.objects.filter(round=ballot.reasons_sealed).count() == 2
    assert not Reason.objects.exists()


def test_a_reason_is_at_most_200_characters_long_and_is_refused_beside_its_field(asking, people):
    ballot = asking()
    with pytest.raises(Refused, match="200 characters") as refusal:
        casting.cast(ballot, by=people[0], marks=ticks(ballot.options.all()[:1]), reason="a" * 201)
    assert refusal.value.field == "reason"
    assert not Mark.objects.exists()


def test_the_same_form_sent_again_seals_no_second_reason(asking, people):
    ballot = asking()
    for _ in range(2):
        casting.cast(ballot, by=people[0], marks=ticks(ballot.options.all()[:1]), token="1", reason=WHY)
    assert Staged.objects.filter(round=ballot.reasons_sealed).count() == 1


def test_in_an_open_ballot_a_reason_is_given_with_the_first_vote_alone(asking, people, fatima):
    ballot = asking("open")
    vote(ballot, people)
    second = ballot.options.last()
    casting.cast(ballot, by=people[0], marks=ticks([second]), token="another", reason="I changed my mind.")
    outcome.close_ballot(ballot, by=fatima)
    assert {reason.words for reason in Reason.objects.all()} == {f"Reason {n}." for n in range(6)}


@pytest.mark.parametrize("secrecy", ["secret", "open"])
def test_at_the_close_the_reasons_are_written_without_a_name_and_their_key_is_destroyed(
    asking, people, fatima, secrecy, django_capture_on_commit_callbacks
):
    ballot = asking(secrecy)
    vote(ballot, people, number=7, given=6)
    with django_capture_on_commit_callbacks(execute=True):
        outcome.close_ballot(ballot, by=fatima)

    assert {reason.words for reason in Reason.objects.all()} == {f"Reason {n}." for n in range(6)}
    assert {field.name for field in Reason._meta.fields} == {
        "id", "ballot", "words", "state", "moderated_by", "moderated_at",
    }  # fmt: skip
    with pytest.raises(key_folder.KeyLost):
        key_folder.read(ballot.reasons_sealed.key_name)


def test_fewer_than_five_reasons_are_read_by_nobody(asking, people, fatima, signed_in):
    ballot = asking()
    vote(ballot, people, number=6, given=4)
    ballot = shown(ballot, fatima)

    assert not Reason.objects.exists()
    assert "Fewer than 5 voters gave a reason" in text_of(signed_in(fatima).get(address("reasons", ballot)))
    outcome.publish_outcome(ballot, by=fatima, text="We build it.")
    assert "so nobody read them" in text_of(signed_in(fatima).get(address("results", ballot)))


def test_the_reasons_of_a_void_round_are_never_opened(asking, people, fatima):
    ballot = asking()
    vote(ballot, people)
    ballots.void_ballot(ballot, by=fatima, reason="It was misread.")
    assert Round.objects.get(pk=ballot.reasons_sealed.pk).state == Round.State.VOID
    assert not Reason.objects.exists()


def test_reasons_that_cannot_be_opened_hold_up_no_vote(asking, people, fatima, monkeypatch):
    ballot = asking("open")
    vote(ballot, people)

    def lost(*args, **kwargs):
        raise CannotBeOpened("The key was lost.")

    monkeypatch.setattr(reasons, "close_round", lost)
    closed = outcome.close_ballot(ballot, by=fatima)
    assert closed.result["voted"] == 6
    assert Round.objects.get(pk=ballot.reasons_sealed.pk).state == Round.State.VOID


def test_of_reasons_that_were_lost_it_is_said_that_they_were(asking, people, fatima, signed_in):
    ballot = asking("open")
    vote(ballot, people)
    key_folder.destroy(ballot.reasons_sealed.key_name)

    published = outcome.publish_outcome(shown(ballot, fatima), by=fatima, text="Go on.", reason="So.", acts_next="We.")

    assert told_reasons(published).sentence == "The reasons could not be opened, so nobody read them."
    page = text_of(signed_in(fatima).get(address("reasons", published)))
    assert "The reasons could not be opened" in page
    assert "gave a reason" not in page


def test_while_the_key_folder_cannot_be_reached_the_vote_does_not_close_and_no_reason_is_lost(
    asking, people, fatima, monkeypatch
):
    ballot = asking("open")
    vote(ballot, people)

    def unreachable(*args, **kwargs):
        raise KeyFolderUnusable("The key folder is not there.")

    with monkeypatch.context() as broken:
        broken.setattr(key_folder, "read", unreachable)
        with pytest.raises(Refused, match="The key folder is not there"):
            outcome.close_ballot(ballot, by=fatima)
    ballot.refresh_from_db()
    assert ballot.state == Ballot.State.OPEN

    outcome.close_ballot(ballot, by=fatima)
    assert Reason.objects.filter(ballot=ballot).count() == 6


def test_no_audit_line_no_record_and_no_row_of_a_vote_holds_a_reason(asking, people, fatima, client):
    ballot = asking("open")
    vote(ballot, people)
    ballot = shown(ballot, fatima)
    reasons.show_reason(Reason.objects.first(), by=fatima)

    assert "Reason" not in " ".join(str(line.details) for line in AuditEvent.objects.all())
    assert "Reason 1" not in text_of(client.get(address("record", ballot)))
    assert "Reason 1" not in text_of(client.get(address("bundle", ballot)))
    assert Vote.objects.count() == 6


def test_reasons_are_read_by_those_who_run_the_vote_once_its_result_is_shown(asking, people, fatima, signed_in):
    ballot = asking()
    vote(ballot, people)
    outcome.close_ballot(ballot, by=fatima)
    assert signed_in(fatima).get(address("reasons", ballot)).status_code == 404
    with pytest.raises(Refused, match="once the result is shown"):
        reasons.show_reason(Reason.objects.first(), by=fatima)

    outcome.reveal_ballot(ballot, by=fatima)

    assert "Reason 3." in text_of(signed_in(fatima).get(address("reasons", ballot)))
    assert signed_in(people[0]).get(address("reasons", ballot)).status_code == 403
    with pytest.raises(PermissionDenied):
        reasons.show_reason(Reason.objects.first(), by=people[0])


def test_a_reason_is_read_again_until_the_outcome_is_published_and_taken_down_even_after_that(asking, people, fatima):
    ballot = asking()
    vote(ballot, people)
    shown(ballot, fatima)
    first, second = Reason.objects.all()[:2]

    reasons.hold_reason_back(first, by=fatima)
    assert reasons.read_reason_again(first, by=fatima).moderated_by is None
    assert reasons.show_reason(first, by=fatima).moderated_by == fatima
    outcome.publish_outcome(ballot, by=fatima, text="We build it.")

    with pytest.raises(Refused, match="stays"):
        reasons.read_reason_again(first, by=fatima)
    assert reasons.hold_reason_back(first, by=fatima).state == "held_back"  # taken down: it named somebody
    with pytest.raises(Refused, match="stays"):
        reasons.show_reason(first, by=fatima)
    assert reasons.hold_reason_back(second, by=fatima).state == "held_back"  # was not read before


def test_beside_the_published_result_stand_those_that_were_let_through_from_five_on(asking, people, fatima, client):
    ballot = asking()
    vote(ballot, people, number=8, given=8)
    ballot = shown(ballot, fatima)
    *let_through, last, left = Reason.objects.all()
    for reason in let_through:
        reasons.show_reason(reason, by=fatima)
    reasons.hold_reason_back(last, by=fatima)
    assert told_reasons(ballot) is None  # not published

    ballot = outcome.publish_outcome(ballot, by=fatima, text="We build it.")

    page = text_of(client.get(address("results", ballot)))
    assert "6 of 8 reasons given with votes; 1 was held back; 1 was not read yet." in page
    assert all(reason.words in page for reason in let_through)
    assert last.words not in page
    assert left.words not in page
    assert re.findall(r"Reason \d\.", page) == [reason.words for reason in let_through]


def test_fewer_than_five_that_were_let_through_are_not_shown(asking, people, fatima, client):
    ballot = asking()
    vote(ballot, people)
    ballot = shown(ballot, fatima)
    first, second, *others = Reason.objects.all()
    for reason in others:
        reasons.show_reason(reason, by=fatima)
    for reason in (first, second):
        reasons.hold_reason_back(reason, by=fatima)
    outcome.publish_outcome(ballot, by=fatima, text="We build it.")

    page = text_of(client.get(address("results", ballot)))
    assert "4 of 6 reasons given with votes; 2 were held back." in page
    assert "Reason 1." not in page


def test_the_form_takes_a_reason_the_page_to_check_shows_it_and_the_vote_brings_it_along(
    asking, people, fatima, signed_in
):
    ballot = asking()
    vote(ballot, people[1:], number=5, given=5)
    browser, option = signed_in(people[0]), ballot.options.first()
    assert 'name="reason"' in text_of(browser.get(address("cast", ballot)))

    checked = text_of(browser.post(address("cast", ballot), {"options": option.pk, "reason": WHY, "step": "check"}))
    assert f"<q>{WHY}</q>" in checked
    token = re.search(r'name="token" value="(\w+)"', checked)[1]
    sent = {"options": option.pk, "reason": WHY, "token": token, "step": "count"}
    assert "Your vote is counted" in text_of(browser.post(address("cast", ballot), sent))

    outcome.close_ballot(ballot, by=fatima)
    assert Reason.objects.filter(words=WHY).count() == 1


def test_a_reason_that_is_too_long_stays_in_the_form(asking, people, signed_in):
    ballot = asking()
    answer = signed_in(people[0]).post(
        address("cast", ballot), {"options": ballot.options.first().pk, "reason": "b" * 201, "step": "check"}
    )
    assert answer.status_code == 422
    assert "b" * 201 in text_of(answer)
    assert "Keep the reason to 200 characters." in text_of(answer)


def test_who_changes_an_open_vote_is_not_asked_again(asking, people, signed_in):
    ballot = asking("open")
    vote(ballot, people, number=1)
    assert 'name="reason"' not in text_of(signed_in(people[0]).get(address("cast", ballot)))
    assert 'name="reason"' in text_of(signed_in(people[1]).get(address("cast", ballot)))


def test_a_new_round_of_a_void_one_asks_again(asking, people, fatima):
    void = ballots.void_ballot(asking(), by=fatima, reason="It was misread.")
    copy = ballots.copy_ballot(void, by=fatima)
    assert copy.asks_reason
    assert ballots.open_ballot(copy, by=fatima).reasons_sealed != void.reasons_sealed


def test_without_a_key_that_is_kept_no_ballot_opens_that_asks_for_reasons(
    day, prototypes, people, fatima, settings, tmp_path
):
    draft = ballots.prepare_ballot(
        day, by=fatima, question="Which?", prototypes=prototypes, secrecy="open", asks_reason=True
    )
    settings.BALLOT_KEYS = tmp_path / "a-file"
    settings.BALLOT_KEYS.write_text("")
    with pytest.raises(Refused, match="key to the reasons"):
        ballots.open_ballot(draft, by=fatima)
    assert Ballot.objects.get(pk=draft.pk).state == Ballot.State.DRAFT
