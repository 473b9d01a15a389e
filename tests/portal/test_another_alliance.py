"""The name of the alliance and the sender of its mails are settings, and nothing says the name beside them."""

from pathlib import Path

import pytest
from django.conf import settings
from django.urls import get_resolver

from core.mail import as_html, signed, written
from tests.portal.test_settings import load

ROOT = Path(settings.BASE_DIR)
# The demo tells what this alliance did; a migration is what once ran; the gallery names a report by its title.
TELLS_OF_THIS_ONE = ("portal/demo/", "/migrations/", "design_system/examples.py", "portal/settings/base.py")
_SUFFIXES = {".py", ".html", ".txt"}
SAYS = "s.WAGTAIL_SITE_NAME, '|', s.DEFAULT_FROM_EMAIL"


def test_another_alliance_has_its_name_and_its_sender_from_the_environment(tmp_path):
    named = load("dev", tmp_path, says=SAYS, SITE_NAME="Northern Digital Alliance", SENDER_EMAIL="post@north.example")

    assert named.stdout.strip() == "Northern Digital Alliance | Northern Digital Alliance <post@north.example>"


def test_without_them_it_is_the_local_digital_alliance(tmp_path):
    unnamed = load("dev", tmp_path, says=SAYS, SITE_NAME="", SENDER_EMAIL="")

    assert unnamed.stdout.strip() == "Local Digital Alliance | Local Digital Alliance <no-reply@localdigital.example>"


def test_neither_code_nor_templates_say_the_name_for_themselves():
    apps = {name.partition(".")[0] for name in settings.INSTALLED_APPS if (ROOT / name.partition(".")[0]).is_dir()}
    files = [path for app in (*apps, "templates") for path in (ROOT / app).rglob("*") if path.suffix in _SUFFIXES]
    saying = {str(path.relative_to(ROOT)) for path in files if "Local Digital Alliance" in path.read_text("utf-8")}

    assert [path for path in sorted(saying) if not any(part in path for part in TELLS_OF_THIS_ONE)] == []
    assert "portal/settings/base.py" in saying


def test_the_page_of_a_fault_carries_it_too_though_it_asks_nothing(rf, settings):
    settings.SITE_NAME = "Northern Digital Alliance"

    answer = get_resolver().resolve_error_handler(500)(rf.get("/needs/"))

    assert answer.status_code == 500
    assert (
        answer.content.decode().count("Northern Digital Alliance") == 5
    )  # title, header, footer, and twice in the card for social networks


@pytest.mark.django_db
def test_a_page_a_mail_and_a_code_to_sign_in_carry_the_name_that_is_set(client, settings, amina, deliver):
    settings.SITE_NAME = "Northern Digital Alliance"

    client.post("/accounts/login/code/", {"email": amina.email})
    [code] = deliver()
    subject, words = written("emails/_event_where", {"event": {"where": "Town Hall"}})

    assert "the Northern Digital Alliance portal" in client.get("/accessibility/").content.decode()
    for text in (code.body, signed(words), as_html(subject, words)):
        assert "Northern Digital Alliance" in text
        assert "Local Digital Alliance" not in text
