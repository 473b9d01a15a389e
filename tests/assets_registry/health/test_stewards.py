"""Entries that need care stand in one table, each with what it needs; they change hands with a reason that is kept."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from assets_registry.health.operations import hand_over_asset, report_problem
from assets_registry.health.queries import unresolved_dependencies
from assets_registry.models import Asset, HandOver, LinkCheck
from assets_registry.operations import publish_asset
from core import clock
from core.errors import Refused
from councils.models import Membership
from tests.factories.accounts import UserFactory
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
State, Role = Membership.State, Membership.Role


@pytest.fixture
def asset(harlow, grace, amina):
    """One that needs nothing."""
    return AssetFactory(name="Well kept", slug="well-kept", owner=harlow, registered_by=amina, checked_on=clock.today())


def table(signed_in, who, query=""):
    return signed_in(who).get(f"/assets/stewards/{query}").content.decode()


def test_what_needs_nothing_is_not_there(signed_in, sunita, asset):
    assert "Well kept" not in table(signed_in, sunita)
    assert "No entry needs care" in table(signed_in, sunita)


def test_an_entry_says_what_it_needs_and_each_need_is_a_filter_with_its_count(signed_in, sunita, asset, harlow, grace):
    def dead_link():
        LinkCheck.objects.create(
            asset=asset,
            address=asset.repository_url,
            host="git.example.org",
            asked_at=clock.now(),
            checked_at=clock.now(),
            failures=3,
            failing_since=clock.today(),
        )

    def gone():
        AssetFactory(name="Old map", owner=harlow, state="withdrawn")
        Asset.objects.filter(pk=asset.pk).update(publiccode={"dependsOn": {"open": [{"name": "old MAP"}]}})

    needs = {
        "overdue=overdue": (lambda: Asset.objects.filter(pk=asset.pk).update(checked_on=None), "has not checked"),
        "link=failed": (dead_link, "link failed on 3 checks"),
        "depends=gone": (gone, "builds on Old map, which cannot be had any more"),
        "problem=open": (
            lambda: report_problem(asset, by=UserFactory(), reason="wrong", note="No."),
            "1 problem to answer",
        ),
        "person=gone": (
            lambda: Membership.objects.filter(person=asset.registered_by).update(state=State.ENDED),
            "has left Harlow",
        ),
        "owner=gone": (
            lambda: Membership.objects.filter(person=grace).update(state=State.ENDED),
            "nobody at Harlow can publish it",
        ),
    }
    for query, (happen, words) in needs.items():
        assert "Well kept" not in table(signed_in, sunita, f"?{query}")
        happen()
        page = table(signed_in, sunita, f"?{query}")
        assert "Well kept" in page, query
        assert words.lower() in page.lower(), query
        counted = f'href="?{query}">'
        assert "<strong>1</strong>" in page.partition(counted)[2].partition("</li>")[0], query
    file = table(signed_in, sunita, "?format=csv")
    assert all(words.lower() in file.lower() for _, words in needs.values())


def test_an_owner_that_ended_has_nobody(signed_in, sunita, asset, harlow):
    harlow.ends_on = clock.today() - dt.timedelta(days=1)
    harlow.save()

    assert "Harlow has ended" in table(signed_in, sunita, "?owner=gone")


def test_stewards_see_all_publishers_their_own_and_others_nothing(signed_in, client, sunita, grace, carlos, harlow):
    AssetFactory(name="Of Harlow", owner=harlow)
    AssetFactory(name="Of another")

    def sees(who):
        page = table(signed_in, who)
        return [name for name in ("Of Harlow", "Of another") if name in page]

    assert sees(sunita) == ["Of Harlow", "Of another"]
    assert sees(grace) == ["Of Harlow"]
    assert signed_in(carlos).get("/assets/stewards/").status_code == 403
    client.logout()
    assert "/accounts/login/" in client.get("/assets/stewards/").url


def test_what_an_entry_builds_on_is_found_by_name_and_by_address(harlow):
    gone = AssetFactory(name="Old map", state="withdrawn", repository_url="https://git.example.org/old")
    fields = {"owner": harlow, "repository_url": ""}
    by_name = AssetFactory(publiccode={"dependsOn": {"open": [{"name": "Old map"}, {"name": "PostgreSQL"}]}}, **fields)
    by_address = AssetFactory(publiccode={"isBasedOn": "https://Git.example.org/old.git"}, **fields)
    AssetFactory(publiccode={"dependsOn": "Old map", "isBasedOn": [{"a": 1}]}, **fields)
    AssetFactory(publiccode={"dependsOn": {"open": [{"name": "PostgreSQL"}]}}, **fields)

    assert unresolved_dependencies() == {by_name.pk: [gone.name], by_address.pk: [gone.name]}


def test_the_table_asks_as_often_for_many_as_for_few(signed_in, asked, sunita):
    browser = signed_in(sunita)
    AssetFactory.create_batch(2)
    with asked() as few:
        browser.get("/assets/stewards/")
    AssetFactory.create_batch(20)
    with asked() as many:
        browser.get("/assets/stewards/")

    assert len(many) == len(few)


# Changing hands --------------------------------------------------------------------------------------------


def test_the_lead_hands_a_leavers_entry_to_a_colleague_and_who_had_it_is_kept(signed_in, asset, harlow, grace, deliver):
    colleague = MembershipFactory(organisation=harlow, role=Role.CONTRIBUTOR).person
    leaver = asset.registered_by

    sent = {"owner": "", "person": colleague.pk, "reason": "She works elsewhere now."}
    answer = signed_in(grace).post("/assets/well-kept/hand-over/", sent)

    assert answer.status_code == 302
    asset.refresh_from_db()
    assert (asset.owner, asset.registered_by) == (harlow, colleague)
    [kept] = HandOver.objects.all()
    assert (kept.from_person, kept.to_person, kept.reason) == (leaver, colleague, "She works elsewhere now.")
    assert [message.to for message in deliver()] == [[colleague.email]]
    assert "She works elsewhere now." in signed_in(grace).get("/assets/well-kept/").content.decode()


def test_the_secretariat_hands_it_to_another_council_whose_people_hear(signed_in, asset, surrey, sunita, deliver):
    lead = MembershipFactory(organisation=surrey, role=Role.LEAD).person

    sent = {"owner": "Surrey", "person": "", "reason": "Harlow gave it up."}
    assert signed_in(sunita).post("/assets/well-kept/hand-over/", sent).status_code == 302

    asset.refresh_from_db()
    assert asset.owner == surrey
    assert [message.to for message in deliver()] == [[lead.email]]


def test_no_council_gets_what_it_has_not_agreed_to(asset, surrey, grace, harlow):
    with pytest.raises(Refused, match="Surrey has not agreed") as refusal:
        hand_over_asset(asset, by=grace, owner=surrey, reason="They run it.")

    assert refusal.value.field == "owner"
    asset.refresh_from_db()
    assert asset.owner == harlow


def test_who_publishes_for_both_takes_it_where_an_editor_has_looked_at_an_entry_before(asset, surrey, grace):
    MembershipFactory(person=grace, organisation=surrey, role=Role.PUBLISHER)
    with pytest.raises(Refused, match="Surrey has not agreed"):
        hand_over_asset(asset, by=grace, owner=surrey, reason="They run it.")
    AssetFactory(owner=surrey)

    assert hand_over_asset(asset, by=grace, owner=surrey, reason="They run it.").owner == surrey


def test_what_was_handed_over_does_not_pass_the_first_entry_of_a_council_by_the_editor(asset, surrey, sunita):
    publisher = MembershipFactory(organisation=surrey, role=Role.PUBLISHER).person
    hand_over_asset(asset, by=sunita, owner=surrey, reason="They run it.")

    own = publish_asset(AssetFactory(owner=surrey, state=Asset.State.WITH_PUBLISHER, published_at=None), by=publisher)

    assert own.state == Asset.State.WITH_EDITOR


def test_who_reads_the_page_as_a_stranger_learns_nothing_of_people(client, asset, surrey, sunita):
    hand_over_asset(asset, by=sunita, owner=surrey, reason="They run it.")

    page = client.get("/assets/well-kept/").content.decode()

    assert "They run it." not in page
    assert str(asset.registered_by) not in page


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"owner": "", "person": "", "reason": "So."}, "Choose who gets it"),
        ({"owner": "Nowhere", "person": "", "reason": "So."}, "We know no council of this name"),
        ({"owner": "Surrey", "person": "", "reason": ""}, "Say why"),
        ({"owner": "Harlow", "person": "", "reason": "So."}, "It is with them already"),
    ],
)
def test_what_is_missing_is_said_beside_the_field_and_nothing_is_lost(signed_in, asset, surrey, grace, sent, sentence):
    page = signed_in(grace).post("/assets/well-kept/hand-over/", sent)

    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert all(text in page.content.decode() for text in sent.values())
    assert not HandOver.objects.exists()


def test_it_goes_to_nobody_who_has_ended_or_does_not_write_for_its_owner(asset, grace, carlos, harlow):
    ended = OrganisationFactory(ends_on=clock.today() - dt.timedelta(days=1))
    with pytest.raises(Refused, match="has ended"):
        hand_over_asset(asset, by=grace, owner=ended, reason="So.")
    reader = MembershipFactory(organisation=harlow, role=Role.READER).person
    for person in (carlos, reader):
        with pytest.raises(Refused, match="does not write for"):
            hand_over_asset(asset, by=grace, person=person, reason="So.")


def test_others_hand_nothing_over(asset, carlos, amina, surrey):
    for person in (carlos, amina):
        with pytest.raises(PermissionDenied):
            hand_over_asset(asset, by=person, owner=surrey, reason="So.")


def test_a_hand_over_changes_something_and_says_why_in_the_database(asset, harlow, amina, surrey):
    same = {"asset": asset, "from_owner": harlow, "from_person": amina, "to_person": amina, "handed_by": amina}
    with pytest.raises(IntegrityError), transaction.atomic():
        HandOver.objects.create(**same, to_owner=harlow, reason="So.")
    with pytest.raises(IntegrityError), transaction.atomic():
        HandOver.objects.create(**same, to_owner=surrey, reason="")
