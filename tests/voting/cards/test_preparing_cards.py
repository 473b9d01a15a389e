"""A vote by cards is prepared: secret and per person, a number that is frozen, and cards that are printed once."""

import hashlib
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.roles import Role
from audit.models import AuditEvent
from core.errors import Refused
from tests.factories.accounts import UserFactory, give_role
from tests.factories.councils import OrganisationFactory
from tests.factories.voting import checked_in, shown
from tests.voting.asking import address, text_of
from tests.voting.cards.conftest import HANDED_OUT
from voting.ballots import operations as ballots
from voting.cards import queries
from voting.cards.operations import cast_by_card, print_cards
from voting.casting import operations as casting
from voting.casting.operations import ticks
from voting.models import Ballot, RollEntry, VotingCard
from voting.outcome import operations as outcome
from voting.paper.operations import hand_out


@pytest.mark.parametrize(
    ("rule", "words"),
    [({"secrecy": "open"}, "Make it secret"), ({"basis": "council"}, "belong to no council")],
)
def test_cards_are_refused_in_words_where_votes_have_names_or_weights(day, prototypes, fatima, rule, words):
    with pytest.raises(Refused, match=words) as refusal:
        ballots.prepare_ballot(
            day, by=fatima, question="Which?", prototypes=prototypes, roll_from=Ballot.Roll.CARDS, **rule
        )
    assert refusal.value.field in rule


@pytest.mark.parametrize("number", [0, 4, 501])
def test_fewer_than_five_cards_have_no_result_and_more_than_500_are_refused(by_cards, fatima, number, signed_in):
    with pytest.raises(Refused, match="from 5 to 500"):
        ballots.set_cards(by_cards, by=fatima, number=number)
    answer = signed_in(fatima).post(address("voters", by_cards), {"number": number})
    assert answer.status_code == 422
    assert "so there is none" in text_of(answer)
    assert by_cards.roll.count() == HANDED_OUT


def test_the_prepared_vote_leads_to_the_number_then_to_the_print_then_to_the_opening(
    signed_in, day, prototypes, fatima
):
    browser = signed_in(fatima)
    ours = [each.pk for each in prototypes]
    day.prototypes.add(*prototypes)
    sent = {
        "question": "Which?",
        "prototypes": ours,
        "method": "approval",
        "to_pursue": 1,
        "basis": "person",
        "tie_rule": "none",
        "secrecy": "secret",
        "roll_from": "cards",
    }
    answer = browser.post(f"{reverse('voting:new')}?event={day.slug}", sent)
    draft = Ballot.objects.get()
    assert answer.url == address("voters", draft)

    answer = browser.post(answer.url, {"number": 30})
    assert answer.url == address("cards", draft)
    assert "No voting cards are printed yet" in text_of(browser.get(draft.get_absolute_url()))

    assert 'value="40"' in text_of(browser.get(answer.url))
    assert text_of(browser.post(answer.url, {"number": 40})).count('class="lda-card"') == 40
    opened = browser.post(address("open", draft), follow=True)
    assert "30 voting cards may be used" in text_of(opened)


def test_without_printed_cards_it_does_not_open(by_cards, fatima):
    with pytest.raises(Refused, match="No voting cards are printed yet"):
        ballots.open_ballot(by_cards, by=fatima)


def test_opening_freezes_the_number(ballot, fatima):
    with pytest.raises(Refused):
        ballots.set_cards(ballot, by=fatima, number=20)
    assert {entry.kind for entry in ballot.roll.all()} == {RollEntry.Kind.CARD}
    assert ballot.roll.count() == HANDED_OUT


def test_what_was_a_roll_of_cards_is_none_once_voters_are_others(by_cards, fatima):
    ballots.change_ballot(by_cards, by=fatima, roll_from=Ballot.Roll.CHECK_IN)
    assert not by_cards.roll.exists()


def test_one_more_card_is_given_out_for_a_reason_that_the_result_prints(ballot, cards, options, fatima, signed_in):
    for secret in cards[:HANDED_OUT]:
        cast_by_card(queries.card_of(secret), marks=ticks(options[:1]))
    browser = signed_in(fatima)
    assert browser.post(address("roll", ballot), {"reason": ""}).status_code == 422
    assert browser.post(address("roll", ballot), {"reason": "A late guest"}).status_code == 302

    cast_by_card(queries.card_of(cards[6]), marks=ticks(options[:1]))
    browser.post(address("close", ballot))
    browser.post(address("reveal", ballot))

    page = text_of(browser.get(address("results", ballot)))
    assert "A voting card, added at" in page
    assert "A late guest" in page
    assert Ballot.objects.get(pk=ballot.pk).result["voted"] == 7


@pytest.mark.parametrize("name", ["results", "record", "screen"])
def test_no_page_has_figures_of_councils_in_a_vote_by_cards(ballot, cards, options, fatima, signed_in, name):
    for secret in cards[:HANDED_OUT]:
        cast_by_card(queries.card_of(secret), marks=ticks(options[:1]))
    browser = signed_in(fatima)
    browser.post(address("close", ballot))
    browser.post(address("reveal", ballot))

    said = browser.get(address(name, ballot)).content.decode()

    assert not re.search(r"Councils or bodies|\d+ of \d+ councils or bodies", said)


def test_one_more_card_is_given_out_once_however_often_its_form_is_sent(ballot, fatima, signed_in):
    browser = signed_in(fatima)
    token = re.search(r'name="form_token" value="([^"]+)"', text_of(browser.get(address("roll", ballot))))[1]
    for _ in range(2):
        answer = browser.post(address("roll", ballot), {"reason": "One was spoilt", "form_token": token})
        assert answer.url == ballot.get_absolute_url()
    assert ballot.roll.count() == HANDED_OUT + 1


def test_nobody_is_added_to_it_by_name(ballot, fatima, amina):
    with pytest.raises(Refused, match="Give out one more card"):
        ballots.add_to_roll(ballot, person=amina, organisation=None, reason="She asked", by=fatima)


def test_cards_are_given_out_only_while_a_vote_by_cards_is_open(by_cards, draft, fatima):
    for ballot in (by_cards, draft):
        with pytest.raises(Refused):
            ballots.give_out_card(ballot, by=fatima, reason="One more")


def test_only_those_who_run_the_vote_print_and_give_out_cards(ballot, amina, client):
    other = give_role(UserFactory(), Role.FACILITATOR)
    Ballot.objects.get(pk=ballot.pk).event.__class__.objects.filter(pk=ballot.event_id).update(made_by=amina)
    for person in (amina, other):
        with pytest.raises(PermissionDenied):
            print_cards(ballot, by=person, number=16)
        with pytest.raises(PermissionDenied):
            ballots.give_out_card(ballot, by=person, reason="One more")
    assert client.get(address("cards", ballot)).status_code == 302


def test_cards_are_made_for_those_who_vote_and_to_spare_and_only_their_digests_are_kept(by_cards, cards, fatima):
    assert len(cards) == len(set(cards)) == 16
    kept = {card.digest for card in VotingCard.objects.all()}
    assert kept == {hashlib.sha256(secret.encode()).hexdigest() for secret in cards}
    assert not any(secret in str(AuditEvent.objects.values()) for secret in cards)


def test_rows_of_cards_do_not_stand_in_the_order_of_the_sheets(by_cards, fatima):
    cards = print_cards(by_cards, by=fatima, number=16)
    rows = list(VotingCard.objects.filter(is_void=False).values_list("digest", flat=True).order_by("pk"))
    assert rows != [hashlib.sha256(secret.encode()).hexdigest() for secret in cards]


def sent_by(page, **more):
    """What the form to print cards sends."""
    return {"number": 16, "made": re.search(r'name="made" value="(\d+)"', text_of(page))[1], **more}


def test_printing_again_says_first_what_becomes_void_and_asks_for_a_tick(
    ballot, cards, options, fatima, signed_in, client
):
    cast_by_card(queries.card_of(cards[0]), marks=ticks(options[:1]))
    browser = signed_in(fatima)
    page = browser.get(address("cards", ballot))
    assert "16 cards were printed before" in text_of(page)
    assert "Yes, make the 16 printed cards void" in text_of(page)
    answer = browser.post(address("cards", ballot), sent_by(page))
    assert answer.status_code == 422
    assert "Tick that the cards printed before become void" in text_of(answer)

    answer = browser.post(address("cards", ballot), sent_by(page, makes_void="on"))

    assert answer["Cache-Control"] == "private, no-store"
    assert text_of(answer).count('class="lda-card"') == 16
    with pytest.raises(Refused, match="void"):
        cast_by_card(queries.card_of(cards[1]), marks=ticks(options[:1]))
    assert "This card is used" in text_of(client.get(f"/card/{cards[0]}/"))


@pytest.mark.parametrize("is_first", [True, False])
def test_the_sheets_loaded_again_print_no_others_and_say_so(by_cards, fatima, signed_in, is_first):
    if not is_first:
        print_cards(by_cards, by=fatima, number=8)
    browser = signed_in(fatima)
    sent = sent_by(browser.get(address("cards", by_cards)), **{} if is_first else {"makes_void": "on"})
    browser.post(address("cards", by_cards), sent)
    good = set(queries.last_printed(by_cards))

    answer = browser.post(address("cards", by_cards), sent)

    assert answer.status_code == 409
    assert "These cards were made already and are shown once" in text_of(answer)
    assert set(queries.last_printed(by_cards)) == good
    again = browser.post(address("cards", by_cards), sent_by(answer, makes_void="on"))
    assert text_of(again).count('class="lda-card"') == 16


def test_nothing_of_printing_tells_at_which_moment_a_card_votes(ballot, cards, options, fatima, signed_in):
    """Neither its page, nor what a print leaves in the rows and in the audit trail."""

    def told():
        page = signed_in(fatima).get(address("cards", ballot)).content.decode()
        logged = AuditEvent.objects.filter(action="voting.cards_printed").order_by("-pk").values_list("details")[0]
        return re.findall(r"\b\d+\b", page.split("<main")[1]), queries.last_printed(ballot).count(), logged

    before = told()
    cast_by_card(queries.card_of(cards[0]), marks=ticks(options[:1]), token="t")
    assert told() == before

    def print_again():
        print_cards(ballot, by=fatima, number=16, makes_void=True)
        return told()[1:]

    assert print_again() == print_again() == before[1:]


def test_open_votes_and_those_that_ended_print_no_cards(draft, ballot, fatima, signed_in):
    with pytest.raises(Refused, match="secret votes"):
        print_cards(draft, by=fatima, number=16)
    ballots.void_ballot(ballot, by=fatima, reason="Misread")
    with pytest.raises(Refused, match="has ended"):
        print_cards(ballot, by=fatima, number=16)
    answer = signed_in(fatima).post(address("cards", ballot), {"number": 16})
    assert answer.status_code == 409
    assert "has ended" in text_of(answer)


def test_cards_stand_as_a_number_wherever_people_stand_by_name(ballot, signed_in, fatima, day):
    checked_in(day, UserFactory(), OrganisationFactory())
    browser = signed_in(fatima)
    for name in ("detail", "roll", "record", "screen"):
        page = text_of(browser.get(address(name, ballot)))
        assert "None" not in page.split("<main")[1]
    assert "6 voting cards" in text_of(browser.get(address("roll", ballot)))
    assert "not on the roll" not in text_of(browser.get(address("detail", ballot)))


def test_pages_of_the_vote_say_who_could_find_out(ballot, client):
    said = "nobody can ever find out who voted for what"
    for name in ("detail", "record"):
        assert said in text_of(client.get(address(name, ballot)))


def test_the_short_address_of_the_vote_leads_to_where_cards_are_used(ballot, client):
    assert client.get(f"/v/{ballot.code}").url == "/card/"


def test_whoever_is_signed_in_is_led_to_their_card(ballot, signed_in, amina):
    answer = signed_in(amina).get(address("cast", ballot))
    assert "by voting cards, not by name" in text_of(answer)


def test_the_next_round_is_for_as_many_cards_and_prints_its_own(ballot, cards, fatima):
    voided = ballots.void_ballot(ballot, by=fatima, reason="Misread")
    copy = ballots.copy_ballot(voided, by=fatima)
    assert copy.roll.filter(kind=RollEntry.Kind.CARD).count() == HANDED_OUT
    with pytest.raises(Refused, match="print them first"):
        ballots.open_ballot(copy, by=fatima)
    print_cards(copy, by=fatima, number=16)
    assert ballots.open_ballot(copy, by=fatima).takes_votes


def test_a_run_off_is_for_as_many_cards_and_prints_its_own(ballot, cards, options, fatima, signed_in):
    for n, secret in enumerate(cards[:HANDED_OUT]):
        cast_by_card(queries.card_of(secret), marks=ticks([options[n % 2]]), token=f"t{n}")
    run_off = outcome.prepare_run_off(shown(ballot, fatima), by=fatima)
    browser = signed_in(fatima)
    page = text_of(browser.get(address("cards", run_off)))
    assert "6 cards are handed out in all" in page
    assert 'value="16"' in page
    assert "No voting cards are printed yet" in text_of(browser.get(run_off.get_absolute_url()))

    print_cards(run_off, by=fatima, number=16)

    assert ballots.open_ballot(run_off, by=fatima).takes_votes
    assert run_off.roll.filter(kind=RollEntry.Kind.CARD).count() == HANDED_OUT


@pytest.mark.parametrize("is_run_off", [True, False])
def test_what_follows_a_vote_by_name_in_which_cards_were_handed_out_prints_its_own(day, prototypes, fatima, is_run_off):
    people = [UserFactory() for _ in range(6)]
    for person in people:
        checked_in(day, person, OrganisationFactory())
    draft = ballots.prepare_ballot(day, by=fatima, question="Which?", prototypes=prototypes)
    ballot = ballots.open_ballot(draft, by=fatima)
    secret = print_cards(ballot, by=fatima, number=8)[0]
    hand_out(ballot, people[0], kind=RollEntry.Kind.CARD, by=fatima)
    options = list(ballot.options.all())
    if is_run_off:
        cast_by_card(queries.card_of(secret), marks=ticks(options[:1]))
        for n, person in enumerate(people[1:], 1):
            casting.cast(ballot, by=person, marks=ticks([options[n % 2]]), token="t")
        follows = outcome.prepare_run_off(shown(ballot, fatima), by=fatima)
    else:
        follows = ballots.copy_ballot(ballots.void_ballot(ballot, by=fatima, reason="Misread"), by=fatima)

    assert queries.how_many_to_print(follows) == 8
    print_cards(follows, by=fatima, number=8)

    assert ballots.open_ballot(follows, by=fatima).takes_votes
    assert {entry.person for entry in follows.roll.all()} == set(people)
