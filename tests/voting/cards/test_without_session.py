"""The addresses of voting cards: no cookie is read or set, whoever is signed in, and no line of any log is written."""

import io
import logging
import re
import sys

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.signals import got_request_exception
from django.http import HttpResponse
from django.test import Client
from django.views.debug import ExceptionReporter

from audit.models import AuditEvent
from sealing.models import Mark
from tests.architecture.routes import ROUTES
from tests.factories.accounts import UserFactory
from tests.factories.councils import OrganisationFactory
from tests.factories.voting import checked_in
from tests.voting.asking import text_of
from voting.ballots import operations as ballots
from voting.cards import views
from voting.cards.operations import print_cards
from voting.models import Reason, VotingCard
from voting.outcome import operations as outcome

CARD = "/card/"
RECEIPT = re.compile(r'class="lda-receipt">([A-Z0-9]{5}-[A-Z0-9]{5})<')
BY_CHANCE = re.compile(rb'(?<=name="token" value=")\w+')


def token_of(check):
    return re.search(r'name="token" value="(\w{32})"', text_of(check))[1]


def vote_of(secret, options, step="check", **more):
    return {"card": secret, "step": step, "options": [option.pk for option in options], **more}


def checked(client, secret, options):
    """What the button of the page to check a vote sends."""
    return vote_of(secret, options, "count", token=token_of(client.post(CARD, vote_of(secret, options))))


def every_answer(client, secret, spent, options):
    """Each page of a card, by what was asked for."""
    check = client.post(CARD, vote_of(secret, options))
    return {
        "the form of its words": client.get(CARD),
        "its ballot, scanned": client.get(f"/card/{secret}/"),
        "its ballot, typed": client.post(CARD, {"card": secret.upper().replace("-", " ")}),
        "no such card": client.get("/card/able-able-able-able-able-able/"),
        "no card at all": client.get("/card/../../x%00"),
        "its ballot, with a line break": client.get(f"/card/{secret}%0A"),
        "a line break alone": client.get("/card/%0A%0D"),
        "not the words of one": client.post(CARD, {"card": "hello"}),
        "a vote with something wrong": client.post(CARD, vote_of(secret, [])),
        "the page to check it": check,
        "to change it": client.post(CARD, vote_of(secret, options, "change")),
        "a used card": client.get(f"/card/{spent}/"),
        "a used card's vote": client.post(CARD, vote_of(spent, options, "count", token="other")),
        "what it asks": client.get(f"/card/state/{VotingCard.objects.first().ballot.reference}.json"),
        "counted again": client.post(CARD, vote_of(spent, options, "count", token="own")),
        "without the last slash": client.get("/card"),
    }


@pytest.fixture
def spent(ballot, cards, options, client):
    """The secret of a card that has voted."""
    client.post(CARD, vote_of(cards[1], options[:1], "count", token="own"))
    return cards[1]


@pytest.fixture
def of_somebody(amina):
    """A browser in which somebody is signed in, with every cookie that the portal ever sets and some of others."""
    browser = Client()
    browser.force_login(amina, backend=settings.AUTHENTICATION_BACKENDS[0])
    for name in ("csrftoken", "messages", "django_language", "anything"):
        browser.cookies[name] = "a" * 32
    return browser


def test_no_page_of_a_card_sets_or_varies_by_a_cookie(cards, spent, options, of_somebody, client):
    for browser in (client, of_somebody):
        sent = dict(browser.cookies)
        for what, answer in every_answer(browser, cards[0], spent, options[:1]).items():
            assert not answer.cookies, what
            assert "Set-Cookie" not in answer, what
            assert "Vary" not in answer, what
        assert dict(browser.cookies) == sent


def test_with_somebodys_session_each_page_is_the_same_to_the_last_byte(cards, spent, options, of_somebody, amina):
    both = [every_answer(browser, cards[0], spent, options[:1]) for browser in (Client(), of_somebody)]
    for what in both[0]:
        alone, signed_in = (each[what] for each in both)
        assert alone.status_code == signed_in.status_code
        assert BY_CHANCE.sub(b"-", alone.content) == BY_CHANCE.sub(b"-", signed_in.content), what
        by_request = {"X-Request-ID", "Content-Security-Policy"}
        headers = [{name: each[name] for name in each.headers if name not in by_request} for each in (alone, signed_in)]
        assert headers[0] == headers[1], what
        assert amina.name not in signed_in.content.decode()


def test_the_same_addresses_through_the_session_would_be_found(
    cards, spent, options, of_somebody, amina, settings, monkeypatch
):
    """The control: without the middleware, the pages see who is signed in."""
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if "without_session" not in each]
    seen = []
    monkeypatch.setattr(views, "_ask", lambda request, form, status=200: seen.append(request.user) or HttpResponse())
    browser = Client()
    browser.cookies = of_somebody.cookies
    browser.get(CARD)
    assert seen == [amina]


def test_nothing_of_a_browser_reaches_the_page_of_a_card(cards, ballot, of_somebody, monkeypatch):
    seen = []
    page = views._page

    def looked_at(request, *args, **kwargs):
        seen.append(
            (request.COOKIES, request.META.get("HTTP_COOKIE"), hasattr(request, "session"), request.user.is_anonymous)
        )
        assert cards[0] not in request.path + request.path_info
        return page(request, *args, **kwargs)

    monkeypatch.setattr(views, "_page", looked_at)
    of_somebody.get(f"/card/{cards[0]}/")
    assert seen == [({}, None, False, True)]


def test_no_header_that_a_report_of_a_fault_prints_holds_the_card(cards, ballot, client, monkeypatch):
    seen, show = [], views._show
    monkeypatch.setattr(views, "_show", lambda request, *more: seen.append(dict(request.META)) or show(request, *more))
    of_gunicorn = {"RAW_URI": f"/card/{cards[0]}/", "HTTP_REFERER": f"https://lda.example/card/{cards[0]}/"}
    client.get(f"/card/{cards[0]}/", **of_gunicorn)
    assert seen
    assert cards[0] not in str(seen)


def test_no_session_is_read_and_a_forged_post_needs_the_card(cards, options):
    """A strict client, as a browser is: no token is asked for, since only whoever holds the card knows its words."""
    browser = Client(enforce_csrf_checks=True)
    sent = checked(browser, cards[0], options[:1])
    assert RECEIPT.search(text_of(browser.post(CARD, sent, headers={"origin": "https://evil.example"})))
    assert browser.post(CARD, {**sent, "card": ""}).status_code == 404
    assert Mark.objects.get().person is None
    assert not Session.objects.exists()


def test_pages_of_cards_are_kept_by_nobody_and_lead_nowhere_with_their_address(cards, spent, options, client):
    for what, answer in every_answer(client, cards[0], spent, options[:1]).items():
        if what == "without the last slash":
            continue
        assert answer["Cache-Control"] == "private, no-store", what
        assert answer["Referrer-Policy"] == "no-referrer", what
        assert answer["X-Frame-Options"] == "DENY", what
        assert "ETag" not in answer, what
        page = answer.content.decode()
        assert "/ws/" not in page
        assert "/votes/" not in page
        assert "/account" not in page
        assert "csrfmiddlewaretoken" not in page


def test_every_address_of_a_card_is_among_those():
    apart = {route for route, entry in ROUTES if entry.callback.__module__ == views.__name__ and "votes/" not in route}
    assert apart == {"card/", "card/<path:token>", "card/state/<slug:reference>.json"}


def test_open_pages_hear_of_the_pause_the_close_and_the_reveal_and_the_question_names_no_card(
    by_cards, cards, fatima, of_somebody
):
    def told():
        page = of_somebody.get(f"/card/{cards[0]}/").content.decode()
        address = re.search(r'data-live="([^"]+)"', page)[1]
        assert cards[0] not in address
        answer = of_somebody.get(address)
        assert (answer["Cache-Control"], answer.cookies) == ("private, no-store", {})
        assert f'data-state="{answer.json()["state"]}"' in page
        assert "data-asks-again" in page
        assert answer.json().keys() == {"version", "state", "takes_votes", "heading"}
        return answer.json()["heading"], answer.json()["takes_votes"]

    assert told() == ("Voting has not opened yet", False)
    options = list(ballots.open_ballot(by_cards, by=fatima).options.all())
    assert told() == ("Voting is open", True)
    for secret in cards[:5]:
        before = told()
        of_somebody.post(CARD, vote_of(secret, options[:1], "count", token="own"))
        assert told() == before
    ballots.pause_ballot(by_cards, by=fatima)
    assert told() == ("Voting is paused", False)
    ballots.resume_ballot(by_cards, by=fatima)
    outcome.close_ballot(by_cards, by=fatima)
    assert told() == ("Voting has closed", False)
    outcome.reveal_ballot(by_cards, by=fatima)
    assert told() == ("The result is shown", False)
    assert "See the result" in text_of(of_somebody.get(f"/card/{cards[6]}/"))


def test_the_state_of_a_vote_without_printed_cards_is_not_told_there(draft, client):
    assert client.get(f"/card/state/{draft.reference}.json").status_code == 404
    assert client.get("/card/state/nothing.json").status_code == 404


def test_the_page_of_a_card_turns_by_posting_it_again(cards, ballot, fatima, client):
    page = BeautifulSoup(client.get(f"/card/{cards[0]}/").content, "html.parser")
    form = page.select_one("form[data-asks-again]")
    sent = {field["name"]: field["value"] for field in form.find_all("input")}
    outcome.close_ballot(ballot, by=fatima)
    assert "This vote closed" in text_of(client.post(form["action"], sent))


@pytest.fixture
def log_lines(monkeypatch):
    """What every logger wrote, as text."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    for name in ("", "site", "site.requests", "django", "django.request", "django.security"):
        logger = logging.getLogger(name)
        monkeypatch.setattr(logger, "handlers", [handler])
        monkeypatch.setattr(logger, "level", logging.DEBUG if name.startswith("site") else logging.INFO)
        monkeypatch.setattr(logger, "propagate", False)
        logger.manager._clear_cache()
    return stream.getvalue


def test_no_line_of_any_log_tells_of_a_card(cards, spent, options, client, log_lines):
    every_answer(client, cards[0], spent, options[:1])
    client.get("/votes/")
    assert "/votes/" in log_lines()  # the control
    assert CARD.rstrip("/") not in log_lines()
    assert cards[0] not in log_lines()


def test_a_fault_on_the_page_of_a_card_is_logged_without_the_card(cards, options, client, log_lines, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("broken")

    monkeypatch.setattr(views.queries, "is_used", broken)
    client.raise_request_exception = False
    assert client.get(f"/card/{cards[0]}/").status_code == 500
    assert client.post(CARD, vote_of(cards[0], options)).status_code == 500
    assert "broken" in log_lines()
    assert cards[0] not in log_lines()


@pytest.mark.parametrize("is_typed", [False, True])
def test_a_report_of_a_fault_on_the_page_of_a_card_holds_no_card(cards, ballot, client, monkeypatch, is_typed):
    """What goes to the operator: each function with its variables."""
    reports = []

    def report(request, **_):
        reporter = ExceptionReporter(request, *sys.exc_info())
        reports.append(reporter.get_traceback_text() + reporter.get_traceback_html())

    def broken(*args, **kwargs):
        raise RuntimeError("broken")

    client.raise_request_exception = False
    monkeypatch.setattr(views, "form_of", broken)
    got_request_exception.connect(report, weak=False)
    try:
        client.post(CARD, {"card": cards[0]}) if is_typed else client.get(f"/card/{cards[0]}/")
    finally:
        got_request_exception.disconnect(report)
    assert "broken" in reports[0]
    assert "_with_card" in reports[0]
    assert cards[0] not in reports[0]


@pytest.mark.parametrize("path", ["/card", "/card/", "/card/able-able-able-able-able-able/"])
def test_under_the_name_of_another_site_no_card_is_asked_for(client, log_lines, path):
    answer = client.get(path, headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "able-able" not in log_lines()


# The way of a vote


def test_a_scanned_card_leads_to_its_ballot_the_check_and_the_receipt(cards, ballot, options, client):
    page = text_of(client.get(f"/card/{cards[0]}/"))
    assert "Check my vote" in page
    assert "nobody can ever find out who voted for what" in page
    check = client.post(CARD, vote_of(cards[0], options[:1]))
    assert "Nothing is counted yet" in text_of(check)
    assert not Mark.objects.exists()

    sent = vote_of(cards[0], options[:1], "count", token=token_of(check))
    counted = client.post(CARD, sent)
    receipt = RECEIPT.search(text_of(counted))[1]

    assert RECEIPT.search(text_of(client.post(CARD, sent)))[1] == receipt
    assert "This card has been used" in text_of(client.get(f"/card/{cards[0]}/"))
    assert not AuditEvent.objects.filter(action__startswith="voting.vote").exists()


def test_whoever_holds_a_card_may_say_why_where_the_vote_asks(day, prototypes, fatima, client):
    draft = ballots.prepare_ballot(
        day, by=fatima, question="Which?", prototypes=prototypes, roll_from="cards", asks_reason=True
    )
    ballots.set_cards(draft, by=fatima, number=5)
    cards = print_cards(draft, by=fatima, number=8)
    options = list(ballots.open_ballot(draft, by=fatima).options.all())
    assert 'name="reason"' in text_of(client.get(f"/card/{cards[0]}/"))
    for secret in cards[:5]:
        check = client.post(CARD, vote_of(secret, options[:1], reason="It saves a form."))
        assert "It saves a form." in text_of(check)
        sent = vote_of(secret, options[:1], "count", reason="It saves a form.", token=token_of(check))
        assert RECEIPT.search(text_of(client.post(CARD, sent)))
    outcome.close_ballot(draft, by=fatima)
    assert [reason.words for reason in Reason.objects.filter(ballot=draft)] == ["It saves a form."] * 5


def test_words_are_posted_and_stand_in_no_address(cards, ballot, client):
    answer = client.post(CARD, {"card": cards[0].upper().replace("-", " ")})
    assert answer.status_code == 200
    assert "Check my vote" in text_of(answer)
    assert f"/card/{cards[0]}" not in answer.content.decode()
    assert 'autocomplete="off"' in text_of(client.get(CARD))


def test_each_card_has_the_options_in_an_order_of_its_own_that_stays(cards, ballot, options, client):
    def order(secret):
        page = client.get(f"/card/{secret}/").content.decode()
        return sorted(options, key=lambda option: page.index(f'value="{option.pk}"'))

    assert order(cards[0]) == order(cards[0])
    assert len({tuple(order(secret)) for secret in cards}) > 1


def test_what_a_card_cannot_do_is_a_sentence(by_cards, cards, fatima, client):
    def page(of=cards[0]):
        return text_of(client.get(f"/card/{of}/"))

    assert "has not opened yet" in page()
    assert "Keep your card" in page()
    options = list(by_cards.options.all())
    ballots.open_ballot(by_cards, by=fatima)
    sent = checked(client, cards[0], options[:1])
    ballots.pause_ballot(by_cards, by=fatima)
    assert "is paused" in page()
    answer = client.post(CARD, sent)
    assert (answer.status_code, "checked" in text_of(answer)) == (409, True)  # the ticks stay
    ballots.resume_ballot(by_cards, by=fatima)
    print_cards(by_cards, by=fatima, number=16, makes_void=True)
    assert "This card is void: others were printed in its place" in page()
    assert client.post(CARD, sent).status_code == 410
    good = print_cards(by_cards, by=fatima, number=16, makes_void=True)[0]
    outcome.close_ballot(by_cards, by=fatima)
    assert "This vote closed" in page()
    assert "This vote closed" in page(good)
    assert client.post(CARD, {**sent, "card": good}).status_code == 409
    assert "No card has these words" in page("able-able-able-able-able-able")
    assert "On no card: qqqq." in text_of(client.post(CARD, {"card": "qqqq"}))
    assert "Type all of them" in text_of(client.post(CARD, {"card": "able"}))


def test_wrong_words_meet_a_limit_that_shuts_no_good_card_out(cards, ballot, client, monkeypatch):
    """A hall has one address: whoever tries words there locks nobody else out."""
    monkeypatch.setattr(views, "WRONG_CARDS", "3/15m/ip")
    wrong = {"card": "able " * 6}
    assert [client.post(CARD, wrong).status_code for _ in range(5)] == [404, 404, 404, 429, 429]
    assert "wait a few minutes" in text_of(client.post(CARD, wrong))
    assert client.post(CARD, {"card": cards[0]}).status_code == 200
    assert client.post(CARD, wrong, REMOTE_ADDR="192.0.2.7").status_code == 404


def test_five_hundred_phones_behind_one_address_use_their_cards(cards, ballot, options, client):
    """Good cards are never counted against the limit."""
    codes = [client.get(f"/card/{cards[0]}/").status_code for _ in range(210)]
    assert set(codes) == {200}


def test_a_card_of_one_vote_takes_no_options_of_another(cards, draft, client, ballot):
    answer = client.post(CARD, vote_of(cards[0], draft.options.all()[:1], "count", token="t"))
    assert answer.status_code == 422
    assert not Mark.objects.exists()


def test_a_card_in_a_vote_by_name_says_who_could_find_out_for_itself(day, prototypes, fatima, client):
    for _ in range(5):
        checked_in(day, UserFactory(), OrganisationFactory())
    draft = ballots.prepare_ballot(day, by=fatima, question="Which?", prototypes=prototypes)
    secret = print_cards(ballots.open_ballot(draft, by=fatima), by=fatima, number=16)[0]
    assert "nobody can ever find out" in text_of(client.get(f"/card/{secret}/"))
