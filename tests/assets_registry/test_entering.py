"""Registering, adopting and deciding in the browser: typed text is kept, nothing is half-saved, GET changes nothing."""

import datetime as dt
import re

import pytest

from assets_registry.models import Asset
from assets_registry.operations import mark_of
from assets_registry.publiccode import problems, read
from core.errors import Refused
from projects.models import Purpose
from take_up.models import Adoption, UseSaid
from take_up.queries import take_up
from tests.assets_registry.test_publiccode import BOMB, GOOD
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import ServiceFactory
from tests.factories.take_up import AdoptionFactory

ENTRY = {
    "name": "Waste API",
    "kind": "code",
    "summary": "One interface for missed bins.",
    "description": "It takes reports of missed bins and gives collection days. " * 4,
    "repository_url": "https://git.example.org/harlow/waste",
    "licence": "mit",
    "phase": "live",
    "draft": "1",
}


@pytest.fixture
def officer(signed_in, amina):
    return signed_in(amina)


def entry(harlow, **given):
    return {**ENTRY, "owner": harlow.pk, **given}


def test_only_contributors_come_in(client, signed_in, ben):
    assert client.get("/assets/register/").status_code == 302
    assert signed_in(ben).get("/assets/register/").status_code == 403


def test_an_entry_by_form_is_saved_as_a_draft(officer, harlow):
    response = officer.post("/assets/register/", entry(harlow))

    asset = Asset.objects.get()
    assert response.headers["Location"] == asset.get_absolute_url()
    assert (asset.state, asset.licence, asset.owner) == (Asset.State.DRAFT, "MIT", harlow)


def test_an_entry_is_handed_to_the_publisher_at_once(officer, harlow):
    data = entry(harlow, submit="1")
    del data["draft"]

    officer.post("/assets/register/", data)

    assert Asset.objects.get().state == Asset.State.WITH_PUBLISHER


def test_an_entry_that_cannot_be_handed_on_is_not_registered_either(officer, harlow, monkeypatch):
    def refuse(*about, **to):
        raise Refused("Nobody can be told.")

    monkeypatch.setattr("assets_registry.operations.publish.queue_message", refuse)
    data = entry(harlow, submit="1")
    del data["draft"]

    page = officer.post("/assets/register/", data)

    assert page.status_code == 409
    assert "Nobody can be told." in page.content.decode()
    assert not Asset.objects.exists()


def test_reading_a_file_fills_the_form_and_saves_nothing(officer):
    page = officer.post("/assets/register/", {"read": "1", "text": GOOD}).content.decode()

    assert "no problems" in page
    assert 'value="Waste standards and API"' in page
    assert not Asset.objects.exists()


def test_the_problems_of_a_file_stand_beside_their_keys(officer):
    bad = GOOD.replace("license: MIT", "license: Free for councils")

    page = officer.post("/assets/register/", {"read": "1", "text": bad}).content.decode()

    assert "Read publiccode.yml: 1 problem" in page
    assert "<code>legal/license</code>" in page
    assert "licence is not an SPDX expression" in page


@pytest.mark.parametrize("text", [BOMB, "[" * 30_000, "name: !!python/object:x {}", "", "x" * 70_000, "name: a\x00"])
def test_a_hostile_file_is_a_sentence_beside_the_field(officer, text):
    response = officer.post("/assets/register/", {"read": "1", "text": text})

    assert response.status_code == 422
    assert "There is a problem" in response.content.decode()
    assert not Asset.objects.exists()


def test_what_the_file_said_is_kept_and_given_back(officer, harlow):
    officer.post(
        "/assets/register/",
        entry(harlow, publiccode_text=GOOD, platforms=["web", "linux"], software_type="standalone/backend"),
    )

    asset = Asset.objects.get()
    assert asset.publiccode["platforms"] == ["web", "linux"]
    assert "jo@example.org" not in str(asset.publiccode)
    text = officer.get(f"{asset.get_absolute_url()}publiccode.yml").content.decode()
    assert problems(read(text)) == []
    assert read(text)["softwareType"] == "standalone/backend"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("licence", "Free for councils", "not an SPDX expression"),
        ("licence", "", "Code without a licence cannot be reused"),
        ("description", "x" * 96, "longDescription has 96 characters, 150 are needed"),
        ("repository_url", "javascript:alert(1)", "begins with https://"),
        ("repository_url", "", "Say where the code is kept"),
        ("name", "", "Give it a name"),
        ("name", "x" * 121, "121"),
        ("summary", "x" * 151, "151"),
        ("kind", "weapon", "weapon"),
        ("owner", "999999", "valid choice"),
        ("owner", "x\x00", "problem"),
        ("released_on_day", "31", "must include"),
        ("publiccode_text", BOMB, "refers to another part"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(officer, harlow, field, value, words):
    page = officer.post("/assets/register/", entry(harlow, contact="Waste team", **{field: value}))

    assert page.status_code == 422
    assert words in page.content.decode()
    assert 'value="Waste team"' in page.content.decode()
    assert not Asset.objects.exists()


def test_nobody_registers_for_another_council_by_its_key(officer, surrey):
    officer.post("/assets/register/", entry(surrey))

    assert not Asset.objects.exists()


def test_a_registered_repository_leads_to_its_entry(officer, harlow):
    known = AssetFactory(name="The first", repository_url="https://git.example.org/Harlow/Waste.git")

    page = officer.post("/assets/register/", entry(harlow)).content.decode()

    assert "already registered" in page
    assert known.get_absolute_url() in page


def test_control_characters_and_direction_marks_are_left_out(officer, harlow):
    officer.post("/assets/register/", entry(harlow, name="Waste\u202e API\x07", summary="🗑️ One interface."))

    assert Asset.objects.get().name == "Waste API"
    assert Asset.objects.get().summary == "🗑️ One interface."


def test_an_entry_is_put_right_without_losing_what_the_file_said(officer, harlow):
    officer.post("/assets/register/", entry(harlow, publiccode_text=GOOD))
    asset = Asset.objects.get()

    officer.post(
        f"{asset.get_absolute_url()}edit/",
        {**ENTRY, "name": "Waste and recycling API", "features": "One\nTwo", "read_as": mark_of(asset)},
    )

    asset.refresh_from_db()
    assert asset.name == "Waste and recycling API"
    assert asset.publiccode["localisation"]["availableLanguages"] == ["en", "cy"]
    assert asset.publiccode["description"]["en"]["features"] == ["One", "Two"]


def test_editing_is_403_for_who_may_see_but_not_change(signed_in, carlos, db):
    asset = AssetFactory()

    assert signed_in(carlos).get(f"{asset.get_absolute_url()}edit/").status_code == 403


@pytest.mark.parametrize("action", ["submit", "publish", "approve", "return", "withdraw", "checked"])
def test_actions_are_posts_of_those_who_may(client, signed_in, carlos, action):
    asset = AssetFactory()
    address = f"{asset.get_absolute_url()}{action}/"

    assert client.post(address).status_code == 302
    assert signed_in(carlos).get(address).status_code == 405
    signed_in(carlos).post(address, {"reason": "x"})
    asset.refresh_from_db()
    assert asset.state == Asset.State.PUBLISHED


def test_publishing_and_withdrawing_by_post(signed_in, grace, edith, harlow):
    asset = AssetFactory(owner=harlow, state=Asset.State.WITH_PUBLISHER, published_at=None)
    address = asset.get_absolute_url()

    said = signed_in(grace).post(f"{address}publish/", follow=True).content.decode()
    assert f"{asset} is with an Alliance editor, who looks at the first entry of each council too." in said
    said = signed_in(edith).post(f"{address}approve/", follow=True).content.decode()
    assert f"{asset} is published." in said
    asset.refresh_from_db()
    assert asset.state == Asset.State.PUBLISHED

    signed_in(grace).post(f"{address}withdraw/", {"reason": "Replaced."})
    asset.refresh_from_db()
    assert asset.state_reason == "Replaced."


@pytest.mark.parametrize(
    ("action", "typed", "sentence"),
    [
        ("return", "", "Give a reason, so that others understand."),
        ("withdraw", "", "Give a reason, so that others understand."),
        ("return", "Say who answers mail. " * 15, "Keep it to 300 or fewer."),
        ("withdraw", "Another took its place. " * 15, "Keep it to 300 or fewer."),
    ],
)
def test_a_reason_that_will_not_do_comes_back_in_its_field_with_the_sentence_beside_it(
    signed_in, grace, harlow, action, typed, sentence
):
    asset = AssetFactory(owner=harlow, state=Asset.State.WITH_PUBLISHER, published_at=None)

    answer = signed_in(grace).post(f"{asset.get_absolute_url()}{action}/", {"reason": typed})

    page = answer.content.decode()
    form = re.search(
        rf'<details[^>]* open>(?:(?!<details).)*action="{asset.get_absolute_url()}{action}/".*?</form>', page, re.S
    )
    box = re.search(r'<input[^>]*name="reason"[^>]*>', form[0])[0]
    id_ = re.search(r' id="([^"]+)"', box)[1]
    assert answer.status_code == 422
    assert (f'value="{typed}"' in box) is bool(typed)
    assert sentence in form[0]
    assert page.count(f'href="#{id_}"') == 1
    assert page.count(f' id="{id_}"') == 1
    # The page stands at the action's address, which takes posts only: no link of it may be relative to it.
    assert 'href="?' not in page
    assert 'action="#' not in page
    asset.refresh_from_db()
    assert asset.state == Asset.State.WITH_PUBLISHER


def test_a_reason_for_what_somebody_else_has_done_meanwhile_is_refused_and_stays_in_its_field(signed_in, grace, harlow):
    for action, state in [("return", Asset.State.PUBLISHED), ("withdraw", Asset.State.WITHDRAWN)]:
        asset = AssetFactory(owner=harlow, state=state)

        answer = signed_in(grace).post(f"{asset.get_absolute_url()}{action}/", {"reason": "Replaced by another."})

        assert answer.status_code == 409
        assert 'value="Replaced by another."' in answer.content.decode()


ADOPTION = {
    "status": "live",
    "since_day": "1",
    "since_month": "6",
    "since_year": "2015",
    "may_be_listed": "on",
}


def test_an_officer_declares_and_the_lead_confirms(signed_in, amina, grace, harlow):
    asset = AssetFactory()
    page = signed_in(amina).post(f"{asset.get_absolute_url()}adopt/", {**ADOPTION, "council": harlow.pk}, follow=True)
    assert "waits for the lead of Harlow" in page.content.decode()
    adoption = Adoption.objects.get()
    assert "Confirm" in signed_in(grace).get(asset.get_absolute_url()).content.decode()

    read = {"read": UseSaid.that_waits(adoption).mark}
    said = signed_in(grace).post(f"/assets/adoptions/{adoption.pk}/confirm/", read, follow=True).content.decode()

    assert (
        f"Confirmed: Harlow, live. Used by 1 of {take_up(asset).base} councils ({take_up(asset).share.with_unit})."
        in said
    )
    assert "1 of " in signed_in(grace).get(asset.get_absolute_url()).content.decode()
    adoption.refresh_from_db()
    assert adoption.is_confirmed


def test_a_second_team_is_told_that_a_council_counts_once(officer, harlow):
    asset = AssetFactory()
    AdoptionFactory(asset=asset, council=harlow)

    page = officer.post(f"{asset.get_absolute_url()}adopt/", {**ADOPTION, "council": harlow.pk}).content.decode()

    assert "counts once" in page
    assert Adoption.objects.count() == 1


@pytest.mark.parametrize(
    "given",
    [{"since_year": "2999"}, {"since_day": "32"}, {"status": "splendid"}, {"council": "0"}, {"since_year": "x" * 99}],
)
def test_a_wrong_adoption_is_not_saved(officer, harlow, given):
    asset = AssetFactory()

    response = officer.post(f"{asset.get_absolute_url()}adopt/", {**ADOPTION, "council": harlow.pk, **given})

    assert response.status_code == 422
    assert "There is a problem" in response.content.decode()
    assert not Adoption.objects.exists()


def test_a_change_is_made_through_the_page(officer, harlow):
    adoption = AdoptionFactory(council=harlow)

    officer.post(f"/assets/adoptions/{adoption.pk}/change/", {**ADOPTION, "status": "retired", "since_year": "2016"})

    adoption.refresh_from_db()
    assert (adoption.status, adoption.asked_status) == ("live", "retired")


def test_somebody_elses_adoption_is_403_where_it_is_named_and_404_where_not(signed_in, carlos, harlow):
    named, unnamed = AdoptionFactory(council=harlow), AdoptionFactory(council=harlow, may_be_listed=False)
    client = signed_in(carlos)

    assert client.post(f"/assets/adoptions/{named.pk}/confirm/").status_code == 403
    assert client.get(f"/assets/adoptions/{named.pk}/change/").status_code == 403
    assert client.post(f"/assets/adoptions/{unnamed.pk}/confirm/").status_code == 404
    assert client.post(f"/assets/adoptions/{10**30}/confirm/").status_code == 404


def test_of_two_forms_of_one_entry_the_later_is_told_and_loses_nothing(officer, harlow):
    officer.post("/assets/register/", entry(harlow))
    asset = Asset.objects.get()
    address = f"{asset.get_absolute_url()}edit/"
    first, second = ({**ENTRY, "read_as": officer.get(address).context["read_as"]} for _ in range(2))

    officer.post(address, {**first, "contact": "Waste team", "phase": "beta"})
    refused = officer.post(address, {**second, "summary": "Another sentence."})

    asset.refresh_from_db()
    assert (asset.contact, asset.summary) == ("Waste team", ENTRY["summary"])
    assert refused.status_code == 409
    page = refused.content.decode()
    assert "It was changed on another device, in another tab or by somebody else since you opened it." in page
    assert "Another sentence." in page
    assert ("Team to write to", "Waste team") in refused.context["now"]
    assert ("Phase", "Beta") in refused.context["now"]

    officer.post(address, {**second, "summary": "Another sentence.", "read_as": refused.context["read_as"]})
    asset.refresh_from_db()
    assert asset.summary == "Another sentence."


def test_a_form_sent_twice_is_saved_and_one_that_does_not_say_what_it_was_made_from_is_refused(officer, harlow):
    officer.post("/assets/register/", entry(harlow))
    asset = Asset.objects.get()
    address = f"{asset.get_absolute_url()}edit/"
    sent = {**ENTRY, "contact": "Waste team", "read_as": mark_of(asset)}

    assert officer.post(address, sent).status_code == 302
    assert officer.post(address, sent).status_code == 302
    assert officer.post(address, {**ENTRY, "contact": "Bins team"}).status_code == 409


@pytest.mark.parametrize(
    "change",
    [
        lambda asset, two: asset.services.set([ServiceFactory()]),
        lambda asset, two: asset.purposes.set(two),
        lambda asset, two: Asset.objects.update(version="9", released_on=dt.date(2015, 3, 2)),
        lambda asset, two: Asset.objects.update(publiccode={"name": "Other"}),
        lambda asset, two: Asset.objects.update(
            picture="other.webp", picture_alt="Bins", picture_width=1, picture_height=1
        ),
    ],
)
def test_whatever_the_form_shows_changes_the_mark(db, change):
    asset = AssetFactory()
    before = mark_of(asset)
    Asset.objects.update(checked_on=dt.date(2015, 1, 1))
    assert mark_of(Asset.objects.get()) == before

    change(asset, list(Purpose.objects.of_the_alliance()[:1]))

    assert mark_of(Asset.objects.get()) != before
