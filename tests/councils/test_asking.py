"""A question to an organisation reaches those who answer for it by mail, and its asker sees no address."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from core import clock
from core.errors import Refused
from councils.asking import MOST_A_DAY, ask, forget_old_enquiries
from councils.models import Enquiry, Membership
from outbox.models import Message
from tests.factories.accounts import UserFactory
from tests.factories.councils import MembershipFactory
from tests.factories.events import EventFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(luton):
    return MembershipFactory(organisation=luton, role=Membership.Role.LEAD).person


def asked(client, luton, words="How long did it take you?"):
    return client.post("/councils/luton/ask/", {"words": words}, follow=True)


def test_the_question_goes_to_the_councils_lead_and_the_answer_to_the_asker(client, amina, luton, lead, deliver):
    client.force_login(amina)

    page = asked(client, luton).content.decode()

    assert f"We have sent your question to Luton. The answer comes to {amina.email}." in page
    assert lead.email not in page
    [message] = deliver()
    assert (message.to, message.reply_to) == ([lead.email], [amina.email])
    assert message.subject == f"{amina} asks Luton"
    assert "How long did it take you?" in message.body


def test_a_question_to_one_person_reaches_nobody_else_and_says_so(amina, luton, lead, deliver):
    ben = MembershipFactory(organisation=luton, may_be_asked=True).person

    ask(luton, by=amina, words="Who writes your letters?", person=ben)

    [message] = deliver()
    assert (message.to, message.subject) == ([ben.email], f"{amina} asks you about Luton")


@pytest.mark.parametrize("place", [None, {}, {"may_be_asked": True, "state": "ended"}])
def test_nobody_is_asked_by_name_who_has_not_agreed(amina, luton, place):
    person = UserFactory() if place is None else MembershipFactory(organisation=luton, **place).person

    with pytest.raises(PermissionDenied):
        ask(luton, by=amina, words="Is it you?", person=person)


def test_whoever_put_their_name_to_an_event_is_asked_about_it(amina, luton):
    ben = UserFactory()
    event = EventFactory(host=luton, contact=ben)

    assert ask(luton, by=amina, words="Is there parking?", about=event, person=ben).person == ben


def test_the_same_question_again_is_answered_as_sent_and_sent_once(client, amina, luton, harlow, lead):
    client.force_login(amina)

    for _ in range(2):
        assert "We have sent your question to Luton" in asked(client, luton).content.decode()

    assert Enquiry.objects.count() == 1
    assert Message.objects.get().person == lead
    asked(client, luton, "Something else?")
    ask(luton, by=amina, words="How long did it take you?", about=harlow)
    assert Enquiry.objects.count() == 3


def test_the_same_words_may_be_sent_again_another_day(amina, luton):
    for day in (4, 6):
        with clock.at(dt.datetime(2026, 5, day, 9, tzinfo=dt.UTC)):
            ask(luton, by=amina, words="Any news?")

    assert Enquiry.objects.count() == 2


def test_the_only_lead_of_a_council_does_not_ask_themselves(client, luton, lead):
    client.force_login(lead)

    page = client.get("/councils/luton/ask/").content.decode()

    assert "this question would go to yourself" in page
    assert "Send the question" not in page
    with pytest.raises(Refused, match="go to yourself"):
        ask(luton, by=lead, words="Anybody there?")


def test_of_several_leads_the_others_get_the_question_of_one(luton, lead, deliver):
    other = MembershipFactory(organisation=luton, role=Membership.Role.LEAD).person

    ask(luton, by=lead, words="Who takes this?")

    assert [message.to for message in deliver()] == [[other.email]]


def test_where_nobody_answers_the_page_and_the_mail_say_that_it_goes_to_the_secretariat(
    client, amina, sunita, luton, deliver
):
    client.force_login(amina)

    form = client.get("/councils/luton/ask/").content.decode()
    sent = asked(client, luton).content.decode()

    assert "Nobody answers for Luton here yet, so the secretariat of the Alliance gets your question" in form
    assert "Whoever answers for Luton" not in form
    assert "We have sent your question to the secretariat." in sent
    [message] = deliver()
    assert message.to == [sunita.email]
    assert "you are of the secretariat, and nobody answers for Luton here yet" in message.body


def test_a_question_names_the_record_it_is_about(amina, luton, harlow, lead, deliver):
    ask(luton, by=amina, words="Does it work with yours?", about=harlow)

    [message] = deliver()
    assert message.subject == f"{amina} asks Luton about Harlow"
    assert "/councils/harlow/" in message.body


def test_nobody_asks_without_an_account(client, luton):
    assert client.get("/councils/luton/ask/").url == "/accounts/login/?next=/councils/luton/ask/"
    with pytest.raises(PermissionDenied):
        ask(luton, by=AnonymousUser(), words="Anybody there?")


def test_an_empty_question_is_asked_for_and_a_long_one_kept(client, amina, luton):
    client.force_login(amina)

    assert "Write your question." in asked(client, luton, "  ").content.decode()
    page = asked(client, luton, "long " * 500).content.decode()
    assert "long long long" in page
    assert not Enquiry.objects.exists()


def test_an_ended_council_is_not_asked(client, amina):
    client.force_login(amina)

    assert "Ask its successor" in client.get("/councils/allerdale/ask/").content.decode()
    assert "Ask its successor" in client.post("/councils/allerdale/ask/", {"words": "Hello?"}).content.decode()
    assert not Enquiry.objects.exists()


def test_nobody_sends_more_questions_a_day_than_a_person_would(amina, luton):
    with clock.at(dt.datetime(2026, 5, 4, 9, tzinfo=dt.UTC)):
        for number in range(MOST_A_DAY):
            ask(luton, by=amina, words=f"Question {number}")
        with pytest.raises(Refused, match="Ask the next one tomorrow"):
            ask(luton, by=amina, words="One more")
    with clock.at(dt.datetime(2026, 5, 5, 10, tzinfo=dt.UTC)):
        ask(luton, by=amina, words="One more")


def test_a_question_is_forgotten_after_90_days(amina, luton):
    with clock.at(dt.datetime(2026, 5, 4, 9, tzinfo=dt.UTC)):
        ask(luton, by=amina, words="Old")

    with clock.at(dt.datetime(2026, 8, 1, 9, tzinfo=dt.UTC)):
        assert forget_old_enquiries() == 0
    with clock.at(dt.datetime(2026, 8, 3, 9, tzinfo=dt.UTC)):
        assert forget_old_enquiries() == 1


def test_nobody_is_written_to_for_somebody_who_has_left(amina, luton, lead, deliver):
    ask(luton, by=amina, words="Who?")
    amina.is_active = False
    amina.save()

    assert not deliver()
