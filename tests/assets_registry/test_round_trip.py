"""A publiccode.yml that is read, saved and given back is the same file: only people to write to and addresses are left
out, and only what the form changed is changed. What is given back passes the rules of the standard."""

from pathlib import Path

import pytest
import yaml

from assets_registry import operations
from assets_registry.forms import AssetForm, values_of_file
from assets_registry.models import Asset
from assets_registry.publiccode import as_yaml, can_export, faults, find, problems, read, written
from core.forms import as_sent
from tests.factories.assets_registry import AssetFactory

pytestmark = pytest.mark.sql

FILES = {path.stem: path.read_text() for path in sorted(Path(__file__).with_name("files").glob("*.yml"))}
TRUTHS = {"yes": "true", "no": "false"}


@pytest.fixture
def officer(signed_in, amina):
    return signed_in(amina)


def read_into(person, text: str) -> AssetForm:
    """The form as it is after reading a file."""
    initial = {"kind": "code", **values_of_file(read(text)), "publiccode_text": text}
    return AssetForm(user=person, initial=initial)


def save(person, form: AssetForm, **changed) -> Asset:
    """The form sent as it is shown, with what somebody changed in it."""
    sent = AssetForm({**as_sent(form), **changed}, user=person)
    assert sent.is_valid(), sent.errors
    return operations.register_asset(by=person, **sent.answers)


def words(text: str) -> dict:
    """A file with every value as it was written, contacts apart."""
    data = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - builds words only
    data["maintenance"].pop("contacts", None)
    for firm in data["maintenance"].get("contractors", []):
        firm.pop("email", None)
    return data


def differences(before, after, at="") -> list[str]:
    if isinstance(before, dict) and isinstance(after, dict):
        keys = [key for key in before if key not in after] + [key for key in after if key not in before]
        below = [
            found for key in before.keys() & after for found in differences(before[key], after[key], f"{at}/{key}")
        ]
        return [f"{at}/{key}" for key in keys] + below
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        return [found for pair in zip(before, after, strict=True) for found in differences(*pair, f"{at}/-")]
    is_same = before == after or TRUTHS.get(str(before)) == after or (before, after) == ("", "null")
    return [] if is_same else [f"{at}: {before!r} became {after!r}"]


@pytest.mark.parametrize("name", FILES)
def test_nothing_read_vanishes_on_writing_and_what_is_handed_out_passes_the_rules(amina, harlow, name):
    assert problems(read(FILES[name])) == []

    asset = save(amina, read_into(amina, FILES[name]))
    text = as_yaml(asset)

    assert problems(read(text)) == []
    expected = words(FILES[name])
    if name == "french_contract":  # an address in the middle of a text
        expected["description"]["fr"]["longDescription"] = read(text)["description"]["fr"]["longDescription"]
        assert "claire.moreau" not in text
    if name == "unknown_keys":
        expected["x-internal"]["owner"] = "Ada Thorne"
    assert differences(expected, words(text)) == []
    assert "@" not in text.replace("ssh://git@", "")
    sent = AssetForm(as_sent(AssetForm(user=amina, asset=asset)), user=amina, asset=asset)
    assert sent.is_valid(), sent.errors
    assert as_yaml(operations.change_asset(asset, by=amina, **sent.answers)) == text


def test_what_is_left_out_on_purpose_is_listed_before_anything_is_saved_and_on_the_entry(officer):
    response = officer.post("/assets/register/", {"read": "1", "text": FILES["italian_0_2"]})
    entry = officer.post("/assets/register/", {**as_sent(response.context["form"]), "draft": "1"}, follow=True)
    asset = Asset.objects.get()
    given = officer.get(f"{asset.get_absolute_url()}publiccode.yml").content.decode()

    for page in (response, entry):
        _, title, listed = page.content.decode().partition("Left out of the file on purpose")
        assert title
        assert "<li>1 contact whose name has no word for a team (maintenance/contacts)." in listed
        assert "<li>Comments" in listed
    assert differences(words(FILES["italian_0_2"]), words(given)) == []
    stored = str(asset.publiccode) + str(asset.left_out) + given
    assert not any(person in stored for person in ("Ferraris", "lucia", "0100 222"))


def test_values_keep_what_they_are(amina, harlow):
    data = yaml.safe_load(as_yaml(save(amina, read_into(amina, FILES["nordic"]))))
    unknown = yaml.safe_load(as_yaml(save(amina, read_into(amina, FILES["unknown_keys"]))))

    assert data["intendedAudience"]["countries"] == ["no", "SE"]
    assert data["usedBy"] == ["Fjellvik kommune", "NO", "112"]
    assert data["softwareVersion"] == "1e3"
    assert data["localisation"]["localisationReady"] is False
    assert data["NO"] == {"arkivkode": "614", "offentlig": True}
    assert data["maintenance"]["contacts"] == [
        {"name": "Harlow District Council", "affiliation": "Harlow District Council"}
    ]
    assert unknown["roadmap"] is None
    assert unknown["x-internal"] == {
        "costCentre": 4711, "reviewed": True, "weights": [1, 2, 3], "note": "yes", "owner": "Ada Thorne",
    }  # fmt: skip


def test_a_key_that_the_form_shows_changes_only_if_the_form_changed_it(amina, harlow):
    asset = save(
        amina,
        read_into(amina, FILES["welsh_only"]),
        summary="Pa fin, pa ddiwrnod.",
        version="1.0",
        other_platforms="macos, Web TV",
        features="Dyddiau casglu",
    )

    after = words(as_yaml(asset))

    changed = {found.partition(":")[0] for found in differences(words(FILES["welsh_only"]), after)}
    assert changed == {
        "/description/cy/features", "/description/cy/shortDescription", "/platforms", "/softwareVersion",
    }  # fmt: skip
    assert list(after["description"]) == ["cy"]
    assert after["platforms"] == ["ios", "android", "macos", "Web TV"]


def test_a_contract_that_ends_in_the_form_takes_its_firms_along_and_one_that_begins_names_its_own(amina, harlow):
    ended = save(amina, read_into(amina, FILES["german"]), maintenance="none", contractor="")
    begun = save(
        amina,
        read_into(amina, FILES["minimal"]),
        maintenance="contract",
        contractor="Nordlicht eG",
        contract_until_day="31",
        contract_until_month="12",
        contract_until_year="2027",
    )

    assert "contractors" not in read(as_yaml(ended))["maintenance"]
    assert read(as_yaml(begun))["maintenance"] == {
        "type": "contract",
        "contractors": [{"name": "Nordlicht eG", "until": "2027-12-31"}],
    }


def test_an_entry_made_by_form_alone_gives_a_valid_file_with_its_optional_sections_whole(officer, harlow, db):
    entry = {
        "owner": harlow.pk, "name": "Waste API", "kind": "code", "summary": "One interface for missed bins.",
        "description": "It takes reports of missed bins and gives collection days. " * 4, "licence": "MIT",
        "repository_url": "git://git.example.org/waste.git", "phase": "live", "draft": "1", "maintenance": "contract",
    }  # fmt: skip
    page = officer.post("/assets/register/", entry).content.decode()
    assert "Say which firm looks after it." in page
    assert "Say until when the contract runs." in page
    until = {"contract_until_day": "1", "contract_until_month": "3", "contract_until_year": "2028"}

    officer.post("/assets/register/", {**entry, "contractor": "Nordlicht eG", **until, "platforms": ["web"]})

    made = Asset.objects.get()
    others = [
        AssetFactory(summary="Bins.", description="Short.", phase=phase, contact=contact, publiccode=said, owner=harlow)
        for phase in Asset.Phase.values
        for contact in ("", "Waste team", "waste@harlow.example")
        for said in ({}, {"maintenance": {"type": "internal"}}, {"maintenance": {"type": "community"}})
    ]
    for asset in (made, *others):
        data = read(as_yaml(asset))
        assert problems(data) == []
        assert data["organisation"]["uri"].startswith("http")
    assert read(as_yaml(made))["maintenance"]["contractors"] == [{"name": "Nordlicht eG", "until": "2028-03-01"}]


def test_a_file_that_breaks_a_rule_is_neither_lost_nor_handed_out(officer, harlow):
    broken = FILES["german"].replace("appointment-scheduling", "appointments").replace("AT]", "Austria]")
    broken = broken.replace("softwareType: standalone/web", "softwareType: standalone")
    form = officer.post("/assets/register/", {"read": "1", "text": broken}).context["form"]

    response = officer.post("/assets/register/", {**as_sent(form), "draft": "1"})

    page = response.content.decode()
    assert "Categories, entry 1 (categories/1): “appointments” is not one of the standard’s categories" in page
    assert "Intended audience, countries, entry 2 (intendedAudience/countries/2): “Austria” is not the two" in page
    assert "Sort of software (softwareType): softwareType is not one of standalone/web" in page
    assert "categories: [appointments, customer-service-and-support]" in page
    assert not Asset.objects.exists()
    wrong = {"platforms": "toaster", "softwareType": ["x"], "localisation": "no", "maintenance": {"type": "contract"}}
    kept_before = AssetFactory(publiccode=wrong, owner=harlow)
    assert not can_export(kept_before)
    assert {"softwareType", "localisation", "maintenance/contractors"} <= {each.key for each in faults(kept_before)}
    assert officer.get(f"{kept_before.get_absolute_url()}publiccode.yml").status_code == 404


def test_a_wrong_type_goes_into_the_form_and_stays_in_the_file_with_its_sentence(officer, amina):
    text = FILES["minimal"]
    for before, after in (
        ("features: [Roads of tonight]", "features: Roads of tonight"),
        ("name: Grit Map", "name: [Grit, Map]"),
        ("platforms: [web]", "platforms: web\nreleaseDate: 20261001"),
    ):
        text = text.replace(before, after)

    response = officer.post("/assets/register/", {"read": "1", "text": text})

    page, form = response.content.decode(), response.context["form"]
    assert "features is a single value, a list is needed" in page
    assert "name is a list, one text is needed" in page
    assert "releaseDate is not a date such as 2026-11-22" in page
    assert form["features"].value() == "Roads of tonight"
    assert form["name"].value() == "Grit, Map"
    assert form["platforms"].value() == ["web"]
    assert str(form["released_on"].value()) == "2026-10-01"
    assert form["publiccode_text"].value() == text.strip()
    given = read(as_yaml(save(amina, read_into(amina, text))))
    assert (given["name"], given["platforms"], given["releaseDate"]) == ("Grit, Map", ["web"], "2026-10-01")
    assert given["description"]["en"]["features"] == ["Roads of tonight"]


def test_what_is_written_is_read_again_as_it_was():
    strange = {
        "a": "no", "b": "2026-08-20", "c": "0x10", "d": "1e5", "e": " leading", "f": "two\nlines\n", "g": "\n first",
        "h": "# no comment", "i": "trailing \nspace", "j": "- dash", "k": "~", "l": "é🗑️", "m": ["x", {"y": None}],
        "n": "",
        "o": "a: b", "p": True, "q": 12, "r": "'quoted\"", "s": "%", "t": "@x", "u": "   \n  y\n", "v": [], "w": {},
        "x": "x" * 300, "y": "x y " * 60 + "\n\n\n", "10": "ten",
    }  # fmt: skip

    assert find(written(strange)).data == strange
    assert find(written({key: [value, value] for key, value in strange.items()})).dropped == []
