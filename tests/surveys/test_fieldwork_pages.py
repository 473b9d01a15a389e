"""The pages of somebody's own link: page by page, without a session, without scripts, and kind once it is over."""

import base64
import datetime as dt
import re
import uuid

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from accounts.operations import close_account
from core import clock
from outbox.models import Message
from sealing.models import Mark
from surveys.fieldwork.queries import saved_answers
from surveys.models import SurveyInvitation
from tests.factories.accounts import UserFactory
from tests.factories.surveys import ANSWERS, a_running, an_invitation, answers_of, hand_in_for

pytestmark = pytest.mark.django_db
RECEIPT = re.compile(r'class="lda-receipt">([A-Z0-9]{5}-[A-Z0-9]{5})<')


@pytest.fixture
def client():
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def fieldwork(db):
    return a_running(is_open=True)


@pytest.fixture
def one(fieldwork):
    return an_invitation(fieldwork, email="amina@harlow.example")


def address(invitation, rest=""):
    return f"/surveys/answer/{invitation.reference}/{rest}"


def text_of(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").main.get_text(" ").split())


def save(client, invitation, key, go="next", **answers):
    sent = {f"q-{name}": value for name, value in answers.items()}
    return client.post(address(invitation, f"pages/{key}/"), {**sent, "go": go})


def check_form(client, invitation):
    page = BeautifulSoup(client.get(address(invitation, "check/")).content, "html.parser")
    return {"token": page.find("input", {"name": "token"})["value"]}


def test_the_whole_way_without_a_session_ends_with_a_receipt_and_a_copy(client, one):
    assert "Start" in text_of(client.get(address(one)))
    first = client.get(address(one, "pages/barriers/"))
    assert "Page 1 of 4" in text_of(first)  # without the pounds

    to = save(client, one, "barriers", barriers_funds="yes", barriers_skills="no")["Location"]
    assert to == address(one, "pages/savings/")
    to = save(client, one, "savings", savings="yes")["Location"]
    assert to == address(one, "pages/savings-pounds/")
    assert "Page 3 of 5" in text_of(client.get(to))
    to = save(client, one, "savings-pounds", **{"savings-pounds": "£1,400,000"})["Location"]
    to = save(client, one, "priorities", priorities_first="Bins", priorities_second="Planning")["Location"]
    to = save(client, one, "comments", comments="Time would help.")["Location"]
    assert to == address(one, "check/")
    assert "Lack of funds: Yes" in text_of(client.get(to))

    done = client.post(to, check_form(client, one))

    assert RECEIPT.search(done.content.decode())
    copy = BeautifulSoup(done.content, "html.parser").find("a", download=True)["href"].partition("base64,")[2]
    assert "£1,400,000" in base64.b64decode(copy).decode()
    assert not client.cookies
    assert SurveyInvitation.objects.get(pk=one.pk).state == "handed_in"


def test_whoever_did_not_save_money_never_sees_the_field_of_pounds(client, one):
    to = save(client, one, "savings", savings="no")["Location"]

    assert to == address(one, "pages/priorities/")
    assert client.get(address(one, "pages/savings-pounds/"))["Location"] == address(one)


def test_back_saves_as_well(client, one):
    to = save(client, one, "savings", go="back", savings="no")["Location"]

    assert to == address(one, "pages/barriers/")
    assert saved_answers(SurveyInvitation.objects.get(pk=one.pk)) == {"savings": "no"}


def test_going_on_later_shows_the_link_and_sends_it_once_a_day(client, one):
    for _ in range(2):
        to = save(client, one, "savings", go="later", savings="yes")["Location"]

    assert address(one) in text_of(client.get(to))
    assert Message.objects.filter(kind="surveys.way_back", address=one.email).count() == 1
    assert "Go on where you stopped" in text_of(client.get(address(one)))
    assert "checked" in str(
        BeautifulSoup(client.get(address(one, "pages/savings/")).content, "html.parser").find(value="yes")
    )


def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(client, one):
    save(client, one, "savings", savings="yes")

    answer = save(client, one, "savings-pounds", **{"savings-pounds": "a lot"})

    assert answer.status_code == 422
    assert "Enter a number" in text_of(answer)
    assert 'value="a lot"' in answer.content.decode()


def test_a_hand_in_that_is_pressed_twice_shows_the_same_receipt(client, one):
    answers_of(one)
    form = check_form(client, one)

    receipts = {RECEIPT.search(client.post(address(one, "check/"), form).content.decode())[1] for _ in range(2)}

    assert len(receipts) == 1
    assert Mark.objects.values("key").distinct().count() == 3  # one in each round


def test_whoever_has_handed_in_takes_their_answers_back_with_the_receipt_alone(client, one):
    receipt = hand_in_for(one).receipt

    refused = client.post(address(one, "take-back/"), {"receipt": "AAAAA-AAAAA"})
    taken = client.post(address(one, "take-back/"), {"receipt": receipt.lower()})

    assert refused.status_code == 409
    assert "No answers of yours have this receipt" in text_of(refused)
    assert "taken back" in text_of(taken)
    assert not Mark.objects.exists()


def test_what_closing_the_account_ends_is_said_where_one_decides_and_where_it_has_ended(client, one):
    first = (
        "If you close an account here that has the address we wrote to, what you handed in stays and can no longer be "
        "taken back: take it back first."
    )
    before = text_of(client.get(address(one)))
    hand_in_for(one)
    after = text_of(client.get(address(one)))
    person = UserFactory(email=one.email)
    close_account(person, by=person)
    gone = client.get(address(one, "take-back/"))

    assert all(first in page for page in (before, after))
    assert gone.status_code == 404
    assert "What was handed in stays, and can no longer be taken back." in text_of(gone)


def test_once_handed_in_no_page_shows_an_answer_or_the_receipt(client, one):
    receipt = hand_in_for(one, comments="A giveaway").receipt

    for rest in ("", "check/", "pages/comments/", "later/"):
        shown = client.get(address(one, rest), follow=True).content.decode()
        assert "Take my answers back" in shown
        assert "A giveaway" not in shown
        assert receipt[:5] not in shown


def test_after_the_close_each_page_says_so_kindly(client, fieldwork, one):
    late = an_invitation(fieldwork)
    hand_in_for(one)

    with clock.at(fieldwork.closes_at + dt.timedelta(minutes=1)):
        says = text_of(client.get(address(late)))
        assert "This survey closed" in says
        assert "Thank you" in says
        assert "nobody can tell which are yours" in text_of(client.get(address(one)))
        assert save(client, late, "savings", savings="yes").status_code == 409


def test_a_link_that_nobody_has_is_answered_in_words(client, db):
    answer = client.get(f"/surveys/answer/{uuid.uuid4()}/")

    assert answer.status_code == 404
    assert "We do not know this link" in text_of(answer)


def test_whoever_asks_for_no_reminder_is_told_that_none_comes(client, one):
    to = client.post(address(one, "no-reminder/"))["Location"]

    assert "You asked not to be reminded" in text_of(client.get(to))


def test_no_page_reads_or_sets_a_cookie_or_writes_a_line(one, sunita, caplog):
    client = Client()
    client.force_login(sunita)
    before = client.cookies["sessionid"].value

    for rest in ("", "pages/barriers/", "check/"):
        answer = client.get(address(one, rest))
        assert not answer.cookies
        assert "Sunita" not in answer.content.decode()
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["Referrer-Policy"] == "no-referrer", (
            "the link goes on to no other page, with no session beside it"
        )
    answers_of(one)
    client.post(address(one, "check/"), check_form(client, one))

    assert client.cookies["sessionid"].value == before
    assert str(one.reference) not in caplog.text


@pytest.mark.parametrize(
    "rest", ["pages/nothing/", "pages/barriers/", "check/", "later/", "take-back/", "no-reminder/"]
)
def test_hostile_input_is_no_fault(client, one, rest):
    strange = {"q-barriers_funds": ["\0", "x" * 9999], "q-nobody": "1", "go": "\0", "token": "é" * 65, "receipt": "\0"}

    for answer in (client.get(address(one, rest)), client.post(address(one, rest), strange)):
        assert answer.status_code < 500


def test_all_answers_are_shown_to_check_and_what_was_left_out_too(client, one):
    answers_of(one, comments="")

    shown = text_of(client.get(address(one, "check/")))

    assert "1 question without an answer" in shown
    assert "£1,400,000" in shown
    assert all(words in shown for words in ANSWERS["priorities"])
