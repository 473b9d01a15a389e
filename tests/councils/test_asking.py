"""Somebody asks an organisation something and sees no address: whoever answers for it gets the question by mail."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django_tasks_db.models import DBTaskResult

from core import clock
from core.errors import Refused
from councils import emails
from councils.asking import MOST_A_DAY, ask, forget_old_enquiries
from councils.models import Enquiry, Membership
from tests.factories.accounts import UserFactory
from tests.factories.councils import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(luton):
    return MembershipFactory(organisation=luton, role=Membership.Role.LEAD).person


def asked(client, luton, words="How long did it take you?"):
    return client.post("/councils/luton/ask/", {"words": words}, follow=True)


def test_the_question_goes_to_the_councils_lead_and_the_answer_to_the_asker(client, amina, luton, lead, mailoutbox):
    client.force_login(amina)

    page = asked(client, luton).content.decode()

    assert f"We have sent your question to Luton. The answer comes to {amina.email}." in page
    assert lead.email not in page
    enquiry = Enquiry.objects.get()
    [task] = DBTaskResult.objects.filter(task_path="councils.tasks.send_enquiry")
    assert task.args_kwargs["args"] == [enquiry.pk]
    emails.enquiry(enquiry)
    [message] = mailoutbox
    assert (message.to, message.reply_to) == ([lead.email], [amina.email])
    assert message.subject == f"{amina} asks Luton"
    assert "How long did it take you?" in message.body


def test_a_question_to_one_person_reaches_nobody_else(amina, luton, lead, mailoutbox):
    ben = UserFactory()

    emails.enquiry(ask(luton, by=amina, words="Who writes your letters?", person=ben))

    assert [message.to for message in mailoutbox] == [[ben.email]]


def test_a_question_names_the_record_it_is_about(amina, luton, harlow, lead, mailoutbox):
    emails.enquiry(ask(luton, by=amina, words="Does it work with yours?", about=harlow))

    assert mailoutbox[0].subject == f"{amina} asks Luton about Harlow"
    assert "/councils/harlow/" in mailoutbox[0].body


def test_nobody_asks_without_an_account(client, luton):
    assert client.get("/councils/luton/ask/").url == "/accounts/login/?next=/councils/luton/ask/"
    with pytest.raises(PermissionDenied):
        ask(luton, by=AnonymousUser(), words="Anybody there?")


def test_an_empty_question_is_asked_for_and_a_long_one_kept(client, amina, luton):
    client.force_login(amina)

    assert "Write your question" in asked(client, luton, "  ").content.decode()
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


def test_nobody_is_written_to_for_somebody_who_has_left(amina, luton, lead, mailoutbox):
    enquiry = ask(luton, by=amina, words="Who?")
    amina.is_active = False
    amina.save()

    emails.enquiry(Enquiry.objects.get(pk=enquiry.pk))

    assert not mailoutbox
