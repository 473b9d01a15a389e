"""Everything that is mailed goes through the outbox: what libraries send is a message too, and nobody else sends."""

import ast
import re

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail import BadHeaderError, EmailMessage

from outbox import emails
from outbox.models import Message
from tests.factories.accounts import UserFactory

SENDING = {
    "send_mail", "send_mass_mail", "mail_admins", "mail_managers", "EmailMessage", "EmailMultiAlternatives",
    "get_connection", "smtplib",
}  # fmt: skip
# Names that Django's mail shares with others.
OTHERS = {
    ("portal/demo/mailbox.py", "EmailMessage"),
    ("accounts/adapters.py", "send_mail"),
    ("search/receivers.py", "get_connection"),
}


def senders(source: str) -> set[str]:
    """The names of ways to send mail that a module imports, calls or defines."""
    if not any(name in source for name in SENDING):
        return set()
    nodes = list(ast.walk(ast.parse(source)))
    words = {node.id for node in nodes if isinstance(node, ast.Name)}
    words |= {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    words |= {name.name for node in nodes if isinstance(node, ast.Import | ast.ImportFrom) for name in node.names}
    return words & SENDING


def test_nobody_sends_mail_past_the_outbox():
    ours = [app for app in settings.INSTALLED_APPS if (settings.BASE_DIR / app).is_dir() and app != "outbox"]
    found = {
        (path.relative_to(settings.BASE_DIR).as_posix(), name)
        for app in ours
        for path in (settings.BASE_DIR / app).rglob("*.py")
        for name in senders(path.read_text("utf-8"))
    }

    assert found - OTHERS == set()
    assert found >= OTHERS, "no longer needed"


def test_a_sender_is_recognised_however_it_is_reached():
    assert senders("from django.core.mail import send_mail as tell") == {"send_mail"}
    assert senders("from django.core import mail\nmail.get_connection()") == {"get_connection"}


@pytest.mark.django_db
def test_what_a_library_sends_is_a_message_and_goes_out_with_the_others(deliver):
    mail.send_mail("Hello", "There", None, ["ada@example.org", "bob@example.org"])

    assert not mail.outbox
    assert [(sent.to, sent.subject, sent.body) for sent in deliver()] == [
        (["ada@example.org"], "Hello", "There"),
        (["bob@example.org"], "Hello", "There"),
    ]
    assert set(Message.objects.values_list("kind", flat=True)) == {emails.OTHER.name}


@pytest.mark.django_db
def test_a_subject_of_two_lines_is_refused_where_it_is_asked_for():
    with pytest.raises(BadHeaderError):
        mail.send_mail("Hello\nBcc: all@example.org", "There", None, ["ada@example.org"])

    assert not Message.objects.exists()


@pytest.mark.django_db
def test_an_attachment_is_not_lost_in_silence():
    with pytest.raises(ValueError, match="no attachments"):
        EmailMessage("Hello", "There", to=["ada@example.org"], attachments=[("a.txt", "a", "text/plain")]).send()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "kind"), [("/accounts/login/code/", emails.CODE), ("/accounts/password/reset/", emails.LINK)]
)
def test_a_code_or_a_link_is_asked_for_by_the_page_and_gone_from_the_row_once_sent(client, deliver, path, kind):
    person = UserFactory()

    client.post(path, {"email": person.email})
    message = Message.objects.get()
    assert (message.kind, message.address) == (kind.name, person.email)
    assert re.search(r"\d{6}|/accounts/password/reset/key/", message.body)

    assert len(deliver()) == 1
    message.refresh_from_db()
    assert (message.state, message.subject, message.body) == (Message.State.SENT, "", "")


@pytest.mark.django_db
def test_a_change_of_password_is_told_as_a_notice(signed_in, amina, deliver):
    amina.set_password("correct-horse-battery")
    amina.save()
    changed = {"oldpassword": "correct-horse-battery", "password1": "correct-horse-2", "password2": "correct-horse-2"}

    signed_in(amina).post("/accounts/password/change/", changed)

    assert Message.objects.get().kind == emails.NOTICE.name
    assert len(deliver()) == 1


@pytest.mark.django_db
def test_a_page_that_sends_a_code_asks_for_it_in_one_statement(client, asked):
    person = UserFactory()

    with asked() as statements:
        client.post("/accounts/login/code/", {"email": person.email})

    assert len([sql for sql in statements if "outbox_" in sql]) == 1
