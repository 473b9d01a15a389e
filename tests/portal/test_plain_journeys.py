"""What officers come for, from the first page to the last, without scripts: every post is a form of the page before."""

import datetime as dt
import re

import pytest

from core import clock
from councils.kinds import Tier
from councils.models import Membership, Service
from outbox.digests import ask_for_digests as ask_for_what_waits
from portal.follows.operations import ask_for_digests
from projects.portfolio.operations import post_update
from search import follower
from search.engines.embedded import EmbeddedEngine
from tests.assets_registry.test_publiccode import GOOD
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import MembershipFactory, ServiceFactory
from tests.factories.projects import NeedFactory, ProjectFactory
from tests.factories.take_up import AdoptionFactory
from tests.served import Browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mail_at_any_time")]

FRIDAY = dt.datetime(2026, 11, 27, 12, tzinfo=dt.UTC)
MONDAY = dt.datetime(2026, 11, 30, 7, 30, tzinfo=dt.UTC)


def index() -> None:
    follower.follow(EmbeddedEngine())


def test_something_is_found_for_a_service_and_weighed_for_ones_council(amina, luton):
    waste = Service.objects.get(slug="household-waste-collection")
    standard = AssetFactory(name="Waste standards and API", kind="standard", owner=luton, tier=Tier.LOWER)
    standard.services.add(waste)
    AdoptionFactory(asset=standard, council=luton, noted=True)
    AdoptionFactory(asset=standard, status="piloting", noted=True)
    AssetFactory(name="Waste bin sensors").services.add(waste)
    index()
    officer = Browser(amina).go("/")

    officer.fill("Search everything", "bin collections").press("Search")
    assert "2 results for bin collections" in officer.words
    assert re.search(r"Also matching .*waste", officer.words)
    assert re.search(r"Assets \(?2", officer.words)
    officer.check("Standard").press("Apply filters")
    assert "1 result for bin collections" in officer.words
    assert "Remove filter" in officer.words
    officer.press("Waste standards and API")
    assert re.search(r"1 of \d+ districts", officer.words)

    officer.press("Print on one page")
    assert "Harlow (district)" in officer.words
    assert "MIT: you may use, change and share it on its terms." in officer.words


def test_no_result_becomes_a_need_or_joins_one(amina, carlos, harlow, surrey):
    need = NeedFactory(title="Check blue badge eligibility without papers", council=surrey, raised_by=carlos)
    AssetFactory(name="An engine for blue badge eligibility", kind="code")
    index()
    officer = Browser(amina).go("/search/?q=blue+badge+eligibility+engine&asset_kind=standard")
    assert "Nothing matches “blue badge eligibility engine” with these filters" in officer.words
    assert re.search(r"Look at every kind of asset, not only Standard ?: 1 result", officer.words)

    officer.press("Raise this as a need")
    assert officer.value("What is the need, in one line?") == "blue badge eligibility engine"
    officer.fill("Who is it for?", "Residents").fill("What do they need", "Know whether they get a badge.")
    officer.fill("What is the need, in one line?", "Check blue badge eligibility").press("Raise this need")
    assert str(need) in officer.words
    officer.press(str(need)).press("My council has this too")

    assert "We write to you when it moves." in officer.words
    officer.press("Skip")
    assert re.search(r"2 of \d+ councils", officer.words), officer.words[:900]


def test_a_council_says_that_it_uses_an_asset_its_lead_confirms_and_the_owner_hears_of_it_once(
    amina, grace, harlow, surrey, deliver
):
    owner = MembershipFactory(organisation=surrey, role=Membership.Role.LEAD).person
    asset = AssetFactory(name="Pothole finder", owner=surrey, tier=Tier.ALL)
    second_team = MembershipFactory(organisation=harlow).person
    with clock.at(FRIDAY):
        officer = Browser(amina).go(asset.get_absolute_url()).press("We use this")
        officer.check("Live").fill("Day", "1").fill("Month", "6").fill("Year", "2024")
        officer.fill("What did you change?", "The colours.").press("Save")
        assert "This waits for the lead of Harlow" in officer.words
        lead = Browser(grace).go("/").press("Confirm")
        assert "Confirmed: Harlow, live." in lead.words
        other = Browser(second_team).go(asset.get_absolute_url())
        assert re.search(r"1 of \d+ councils", other.words)
        assert "We use this" not in other.words
        AdoptionFactory(asset=asset, council=surrey, noted=True)
        assert re.search(r"2 of \d+ councils", other.go(asset.get_absolute_url()).words)
        assert [mail for mail in deliver() if mail.to == [owner.email]] == []
    with clock.at(MONDAY):
        ask_for_what_waits()
        [letter] = [mail for mail in deliver() if mail.to == [owner.email]]
        ask_for_what_waits()
        assert deliver() == []
    assert "Harlow uses Pothole finder" in letter.body


def test_code_is_registered_put_right_published_and_its_file_downloaded(amina, harlow, outside):
    publisher = MembershipFactory(organisation=harlow, role=Membership.Role.PUBLISHER).person
    page, raw = "https://github.com/luton/waste", "https://raw.githubusercontent.com/luton/waste/HEAD/publiccode.yml"
    file = GOOD.replace("https://git.example.org/luton/waste.git", f"{page}.git")
    outside.answer(page)
    outside.answer(raw, file.replace("license: MIT", "license: Free for councils"))

    officer = Browser(amina).go("/assets/register/")
    officer.fill("Address of the repository", page).press("Read the repository")
    assert "Read publiccode.yml: 1 problem" in officer.words
    assert officer.value("Licence") == "Free for councils"
    officer.fill("Licence", "EUPL-1.2").fill("How a council stops using it", "It takes its data along.")
    officer.press("Save and send to your publisher")
    asset = officer.address
    approver = Browser(publisher).go(asset).press("Publish")
    approver.press("Download publiccode.yml")
    assert b"license: EUPL-1.2" in approver.response.content

    officer.go("/assets/register/").fill("Address of the repository", "https://GitHub.com/Luton/Waste.git")
    officer.press("Read the repository")
    assert "This repository is already registered: see" in officer.words


def test_a_service_and_a_project_are_followed_told_of_on_monday_and_left_with_one_press(ben, deliver):
    with clock.at(FRIDAY - dt.timedelta(days=7)):
        parking, project = ServiceFactory(name="Parking"), ProjectFactory(title="One form", service=None)
        lead = MembershipFactory(organisation=project.lead_council, role=Membership.Role.LEAD).person
        reader = Browser(ben).go("/account/follows/").press("Follow a service")
        reader.fill("Which service", "Parking").check("Weekly").press("Follow")
        assert "You follow Parking. You hear of it weekly." in reader.words
        reader.go(project.get_absolute_url()).press("Follow").check("Weekly").press("Follow")
        assert "You follow One form. You hear of it weekly." in reader.words
    with clock.at(FRIDAY - dt.timedelta(days=1)):
        need = NeedFactory(title="Permits", service=parking, raised_at=clock.now())
        post_update(project, line="The first try works.", by=lead)
    with clock.at(MONDAY):
        ask_for_digests()
        [letter] = deliver()
    assert re.search(r"Parking\n\nPermits: .*Because you follow Parking\.", letter.body)
    assert need.get_absolute_url() in letter.body
    assert "The first try works." in letter.body

    address = letter.extra_headers["List-Unsubscribe"].strip("<>")
    stranger = Browser().go(address.removeprefix("http://localhost:8000"))
    stranger.press("Turn")
    with clock.at(MONDAY + dt.timedelta(days=3)):
        post_update(project, line="The second try works.", by=lead)
    with clock.at(MONDAY + dt.timedelta(days=7)):
        ask_for_digests()
        assert deliver() == []
