"""The survey without scripts: answered and taken back by a link (S1), run, coded and published by two (S2, S3), and a
reader who asks for Welsh councils (B6). Every post is a form of the page before."""

import re

import pytest

from accounts.roles import Role
from surveys.models import SurveyInvitation
from surveys.release.operations import close_fieldworks_that_are_due
from tests.factories.accounts import UserFactory, give_role
from tests.factories.surveys import a_running, an_invitation
from tests.served import Browser
from tests.surveys.running import answered_by_many, opened

pytestmark = pytest.mark.django_db


def test_an_officer_answers_by_a_link_takes_it_back_and_is_not_reminded(sunita):
    fieldwork = a_running(is_open=True)
    one = an_invitation(fieldwork)
    officer = Browser().go(f"/surveys/answer/{one.reference}/")

    officer.press("Do not remind me")
    assert "You asked not to be reminded" in officer.words
    officer.press("Start").press("Save and continue").check("Yes").press("Save and continue")
    officer.fill("How much?", "£1,400,000").press("Save and go on later")
    officer = Browser().go(f"/surveys/answer/{one.reference}/check/")
    assert "£1,400,000" in officer.words
    officer.press("Hand in my answers")
    receipt = re.search(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b|\b[0-9A-Z]{5} [0-9A-Z]{5}\b", officer.words)
    assert receipt, officer.words
    officer.go(f"/surveys/answer/{one.reference}/").fill("Your receipt", receipt[0]).press("Take my answers back")

    office = Browser(sunita).go("/surveys/").press("Annual survey 2026")
    assert "Asked not to be reminded 1" in office.words
    assert SurveyInvitation.objects.get(pk=one.pk).state == "declined"


def test_one_analyst_closes_and_codes_another_publishes_and_a_reader_asks_for_welsh_councils(anna):
    answered_by_many(opened())
    first, second = Browser(anna), Browser(give_role(UserFactory(name="Olu Ade"), Role.ANALYST))

    first.go("/surveys/2015/running/close/").press("Close it now")
    assert close_fieldworks_that_are_due() == 1
    coding = "/surveys/2015/running/bench/tables/priorities/"
    for text in ("Bins", "Planning", "A portal"):
        first.go(coding).check(text).fill("Code them to", first_row(first)).press("Code these texts")
    first.go(coding).press("Write it").fill("By which rule is it coded?", "By what changes first.").press("Save")
    first.go("/surveys/2015/running/bench/").press("Propose these figures")
    assert "Publish these figures" not in first.words
    second.go("/surveys/2015/running/bench/").press("Publish these figures")

    reader = Browser().go("/surveys/2015/strategy/")
    reader.fill("Show the answers of", "Welsh councils").press("Show this group")
    assert "only 4 people responded" in reader.words


def first_row(analyst: Browser) -> str:
    """The first row of the table to which texts are coded."""
    options = analyst.field("Code them to").find_all("option")
    return options[1].get_text(strip=True)
