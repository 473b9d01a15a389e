"""A vote on its way: sent again, sent late, sent signed out, and what it leaves behind besides itself: nothing."""

import io
import json
import logging
import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from accounts.models import SentForm
from audit.models import AuditEvent
from core import clock
from core.logs import is_left_out
from sealing.models import Mark, Staged
from sealing.receipts import grouped, receipt_code
from tests.factories.accounts import UserFactory
from tests.factories.councils import OrganisationFactory
from tests.factories.voting import checked_in
from tests.voting.asking import address, text_of
from tests.voting.papers import filled_in, open_ballot
from voting.ballots import operations as ballots
from voting.casting import operations as casting
from voting.casting.words import said_of
from voting.models import Ballot, Vote
from voting.outcome import operations as outcome

RECEIPT = re.compile(r'class="lda-receipt">([A-Z0-9]{5}-[A-Z0-9]{5})<')


@pytest.fixture
def secret(day, fatima, amina):
    """An open secret ballot of dots, with Amina on its roll."""
    return open_ballot(day, fatima, "dots", amina, secrecy=Ballot.Secrecy.SECRET)


@pytest.fixture
def in_the_open(day, fatima, amina):
    """An open ballot of dots, with Amina on its roll."""
    return open_ballot(day, fatima, "dots", amina)


def token_of(check):
    return re.search(r'name="token" value="(\w{32})"', text_of(check))[1]


def checked(browser, ballot, sent=None):
    """What the button of the page to check a vote sends."""
    check = browser.post(address("cast", ballot), {"step": "check", **(sent or filled_in(ballot))})
    return {"step": "count", "token": token_of(check), **(sent or filled_in(ballot))}


# Sent again


def test_the_same_page_sent_again_shows_the_same_receipt_and_counts_once(signed_in, secret, amina):
    browser = signed_in(amina)
    vote = checked(browser, secret)

    receipts = [RECEIPT.search(text_of(browser.post(address("cast", secret), vote)))[1] for _ in range(5)]

    assert len(set(receipts)) == 1
    assert (Mark.objects.count(), Staged.objects.count()) == (1, 1)


def test_a_page_checked_anew_is_another_vote_and_is_told_that_one_is_counted(signed_in, secret, amina):
    browser = signed_in(amina)
    first, second = checked(browser, secret), checked(browser, secret)
    assert first["token"] != second["token"]
    receipt = RECEIPT.search(text_of(browser.post(address("cast", secret), first)))[1]

    for sent in (second, {**second, "token": ""}, {**second, "token": "x" * 64}):
        page = text_of(browser.post(address("cast", secret), sent))
        assert "It was counted before." in page
        assert receipt not in page
    assert Staged.objects.count() == 1


def test_the_page_of_another_voter_sent_as_oneself_is_a_vote_of_ones_own(signed_in, secret, amina, day):
    other = secret.roll.exclude(person=amina).first().person
    of_amina = checked(signed_in(amina), secret)
    receipt = RECEIPT.search(text_of(signed_in(amina).post(address("cast", secret), of_amina)))[1]

    replayed = text_of(signed_in(other).post(address("cast", secret), of_amina))

    assert RECEIPT.search(replayed)[1] != receipt
    assert Mark.objects.filter(person=other).count() == 1
    assert Mark.objects.count() == 2


def test_a_token_that_is_too_long_is_refused_and_nothing_counts(signed_in, secret, amina):
    sent = {**checked(signed_in(amina), secret), "token": "x" * 5_000}

    assert signed_in(amina).post(address("cast", secret), sent).status_code == 422
    assert not Mark.objects.exists()


def test_an_open_vote_may_be_changed_and_keeps_its_first_receipt(signed_in, in_the_open, amina):
    browser = signed_in(amina)
    first = text_of(browser.post(address("cast", in_the_open), checked(browser, in_the_open)))
    assert RECEIPT.search(first)
    assert "<strong>Waste standards</strong> <span>3 dots</span>" in first

    fewer = dict.fromkeys(filled_in(in_the_open), "1")
    changed = text_of(browser.post(address("cast", in_the_open), checked(browser, in_the_open, fewer)))

    assert "It takes the place of your earlier vote." in changed
    assert not RECEIPT.search(changed)
    assert Vote.objects.get().choices.count() == 2


# The receipt


def test_a_receipt_is_shown_once_and_on_no_page_again(signed_in, secret, amina):
    browser = signed_in(amina)
    answer = browser.post(address("cast", secret), checked(browser, secret))
    receipt = RECEIPT.search(text_of(answer))[1]

    assert answer["Cache-Control"] == "private, no-store"
    assert "does not say what you voted for" in text_of(answer)
    assert "3 dots" not in text_of(answer)
    for page in (address("cast", secret), address("detail", secret), "/account/", "/"):
        shown = text_of(browser.get(page))
        assert receipt not in shown
        assert receipt_code(receipt) not in shown


def test_a_receipt_is_written_in_two_groups_and_read_with_or_without_the_dash():
    assert grouped("K7F2QDM4XP") == "K7F2Q-DM4XP"
    assert receipt_code("k7f2q-dm4xp") == receipt_code(" K7F2Q DM4XP ") == receipt_code("K7F2QDM4XP") == "K7F2QDM4XP"
    assert grouped("") == ""


# Too late, paused, not on the roll any more


def test_who_is_struck_off_while_voting_is_told_why_and_nothing_counts(signed_in, secret, amina, fatima):
    browser = signed_in(amina)
    sent = checked(browser, secret)
    ballots.strike_from_roll(secret, amina, by=fatima, reason="Left the room")

    for answer in (
        browser.post(address("cast", secret), sent),
        browser.post(address("cast", secret), {**sent, "step": "check"}),
    ):
        assert answer.status_code == 403
        assert "You were taken off the roll of this vote, so you cannot vote in it: “Left the room”." in text_of(answer)
    assert not Mark.objects.exists()


def test_a_vote_sent_in_a_pause_is_refused_with_all_that_was_typed(signed_in, secret, amina, fatima):
    browser = signed_in(amina)
    sent = checked(browser, secret)
    ballots.pause_ballot(secret, by=fatima)

    for step in ("check", "count", "change"):
        answer = browser.post(address("cast", secret), {**sent, "step": step})
        page = text_of(answer)
        assert answer.status_code == 409
        assert page.count("This vote is paused, and nothing is counted until it goes on.") == 1
        assert re.search(r'value="3" aria', page)
        assert "Check my vote" in page
        assert "data-live=" not in page  # the script would say that it has closed
    assert not Mark.objects.exists()

    ballots.resume_ballot(secret, by=fatima)
    assert RECEIPT.search(text_of(browser.post(address("cast", secret), sent)))


def test_a_vote_sent_after_the_close_is_refused_with_the_time(signed_in, in_the_open, amina, fatima):
    browser = signed_in(amina)
    sent = checked(browser, in_the_open)
    closed_at = timezone.localtime()
    with clock.at(closed_at):
        outcome.close_ballot(in_the_open, by=fatima)

    answer = browser.post(address("cast", in_the_open), sent)

    assert answer.status_code == 409
    assert f"This vote closed at {closed_at:%H:%M}" in text_of(answer)
    assert not Vote.objects.exists()


def test_the_page_of_who_waits_counts_only_those_who_stand_on_the_roll(signed_in, secret, ben, day, fatima):
    """Else it would not turn into the ballot of somebody who is added after another was struck off."""
    checked_in(day, ben, OrganisationFactory())
    ballots.strike_from_roll(secret, secret.roll.first().person, by=fatima, reason="Left the room")

    page = text_of(signed_in(ben).get(address("cast", secret)))

    assert f'data-on-roll="{secret.roll.standing().count()}"' in page


# Signed out


def test_who_sends_a_vote_signed_out_is_led_to_sign_in_and_back_without_a_word_of_it(signed_in, secret, amina):
    sent = checked(signed_in(amina), secret)
    stranger = Client(headers={"origin": "http://testserver", "referer": f"http://testserver{address('cast', secret)}"})

    for step in ("check", "count"):
        answer = stranger.post(address("cast", secret), {**sent, "step": step})
        assert answer.status_code == 302
        assert answer["Location"] == f"/accounts/login/?next={address('cast', secret)}%3Fagain"
        assert not any(name in answer["Location"] for name in filled_in(secret))
        assert not stranger.session.keys()
    back = text_of(signed_in(amina).get(address("cast", secret) + "?again"))
    assert "You had been signed out, so nothing was sent." in back
    assert not Mark.objects.exists()


def test_the_ticks_of_one_account_are_not_kept_for_another_in_the_same_browser(signed_in, secret, amina):
    other = secret.roll.exclude(person=amina).first().person

    def keeps_as(person, ballot):
        return re.search(r'data-keeps-as="(\w{16})"', text_of(signed_in(person).get(address("cast", ballot))))[1]

    assert keeps_as(amina, secret) == keeps_as(amina, secret)
    assert keeps_as(amina, secret) != keeps_as(other, secret)


# What it leaves behind


@pytest.fixture
def log_lines(monkeypatch):
    """What every logger wrote, as text."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    for name in ("", "site.requests", "django.request", "django.server", "site"):
        logger = logging.getLogger(name)
        monkeypatch.setattr(logger, "handlers", [handler])
        monkeypatch.setattr(logger, "level", logging.DEBUG if name.startswith("site") else logging.INFO)
        monkeypatch.setattr(logger, "propagate", False)
        logger.manager._clear_cache()
    return stream.getvalue


def test_no_line_of_any_log_tells_of_a_cast_nor_of_one_with_something_wrong(signed_in, secret, amina, log_lines):
    browser = signed_in(amina)
    vote = checked(browser, secret)
    browser.get(address("cast", secret))
    browser.post(address("cast", secret), {"step": "count"})
    browser.post(address("cast", secret), vote)
    assert Mark.objects.count() == 1

    assert address("cast", secret) not in log_lines()
    signed_in(amina).get(address("detail", secret))
    assert address("detail", secret) in log_lines()  # the control: other pages have their line
    for value in (vote["token"], *(name for name in vote if name.startswith("option"))):
        assert value not in log_lines()


def test_a_fault_while_casting_is_logged_without_what_was_sent(signed_in, secret, amina, log_lines, monkeypatch):
    browser = signed_in(amina)
    browser.raise_request_exception = False
    vote = checked(browser, secret)

    def breaks(*about, **more):
        raise RuntimeError("broken")

    monkeypatch.setattr(casting, "hand_in", breaks)

    assert browser.post(address("cast", secret), vote).status_code == 500
    assert "broken" in log_lines()
    assert vote["token"] not in log_lines()
    assert not Mark.objects.exists()


def test_an_address_that_leads_nowhere_has_its_line(rf):
    request = rf.get("/nowhere/")
    request.resolver_match = None

    assert not is_left_out(request)


def test_a_secret_vote_writes_no_session_no_sent_form_and_no_line_of_the_trail(signed_in, secret, amina):
    browser = signed_in(amina)
    vote = checked(browser, secret)
    sessions = [*Session.objects.order_by("pk").values_list("pk", "session_data", "expire_date")]
    lines, seen = AuditEvent.objects.count(), json.dumps(dict(browser.session))
    version = secret.version

    answer = browser.post(address("cast", secret), vote)

    assert RECEIPT.search(text_of(answer))
    assert [*Session.objects.order_by("pk").values_list("pk", "session_data", "expire_date")] == sessions
    assert json.dumps(dict(browser.session)) == seen
    assert "sessionid" not in answer.cookies
    assert not SentForm.objects.exists()
    assert AuditEvent.objects.count() == lines
    secret.refresh_from_db()
    assert secret.version == version
    assert not answer.has_header("ETag")


def test_a_vote_is_said_in_the_order_of_the_page_and_a_ranking_by_rank(day, fatima):
    ballot = open_ballot(day, fatima, "ranked", UserFactory())
    options = list(ballot.options.all())
    marks = [casting.VoteMark(options[0].pk, 2), casting.VoteMark(options[2].pk, 1)]

    assert [line.title for line in said_of(ballot, options, marks)] == [options[2].title, options[0].title]
