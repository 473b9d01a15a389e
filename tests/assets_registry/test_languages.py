"""A file's description stands in every language that it has: each is shown, put right and kept, and one can be added or
taken out. The entry itself is in English where the file is."""

from pathlib import Path

import pytest

from assets_registry.forms import AssetForm
from assets_registry.models import Asset
from assets_registry.operations import mark_of
from assets_registry.publiccode import as_yaml, problems, read
from core.forms import as_sent

pytestmark = pytest.mark.sql

THREE = Path(__file__).with_name("files").joinpath("three_languages.yml").read_text()
WELSH = Path(__file__).with_name("files").joinpath("welsh_only.yml").read_text()
LONG = "Opis po polsku, wystarczająco długi dla każdego, kto chce wiedzieć, co to robi. " * 3
POLISH = {
    "new_language": "pl",
    "language-new-summary": "Jedno okienko.",
    "language-new-description": LONG,
    "language-new-features": "Wszystkie kanały",
}


@pytest.fixture
def officer(signed_in, amina):
    return signed_in(amina)


def filled(client, text: str) -> dict:
    """What a browser would send of the form that is filled from a file."""
    return as_sent(client.post("/assets/register/", {"read": "1", "text": text}).context["form"])


def register(client, text: str, **changed) -> Asset:
    client.post("/assets/register/", {**filled(client, text), "draft": "1", **changed})
    return Asset.objects.get()


def test_each_other_language_has_a_tab_with_its_words(officer):
    page = officer.post("/assets/register/", {"read": "1", "text": THREE}).content.decode()

    assert 'href="#in-fr">French</a>' in page
    assert 'href="#in-nl">Dutch</a>' in page
    assert "Eén balie voor alle vragen van inwoners." in page
    assert "Tous les canaux\nTrois langues" in page
    assert "above are in British English" in page


def test_what_is_changed_in_one_language_changes_there_and_nowhere_else(officer):
    asset = register(officer, THREE, **{"language-fr-summary": "Un guichet unique."})

    before, after = read(THREE), read(as_yaml(asset))
    assert after["description"]["fr"].pop("shortDescription") == "Un guichet unique."
    del before["description"]["fr"]["shortDescription"]
    assert after["description"] == before["description"]


def test_a_language_is_added_to_the_file(officer):
    asset = register(officer, THREE, **POLISH)

    after = read(as_yaml(asset))
    assert problems(after) == []
    assert after["description"]["pl"] == {
        "shortDescription": "Jedno okienko.",
        "longDescription": LONG.strip(),
        "features": ["Wszystkie kanały"],
    }
    assert len(after["description"]) == 4


def test_a_language_that_is_emptied_is_taken_out(officer):
    emptied = {f"language-nl-{field}": "" for field in ("summary", "description", "features")}

    assert set(read(as_yaml(register(officer, THREE, **emptied)))["description"]) == {"en-GB", "fr"}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"new_language": "klingon language"}, "not the code of a language"),
        ({"new_language": "fr"}, "described in this language already"),
        ({"new_language": "en-GB"}, "described in this language already"),
        ({"new_language": ""}, "Give the code of the language"),
        ({"language-new-features": ""}, "Fill this in for the new language"),
        ({"language-new-description": "Krótki."}, "longDescription has 7 characters, 150 are needed"),
        ({"language-fr-description": ""}, "longDescription is missing"),
    ],
)
def test_what_is_wrong_in_a_language_is_said_and_nothing_typed_is_lost(officer, changed, words):
    sent = {**filled(officer, THREE), **POLISH, **changed, "draft": "1"}

    response = officer.post("/assets/register/", sent)

    page = response.content.decode()
    assert response.status_code in {409, 422}
    assert words in page
    assert "Jedno okienko." in page
    assert not Asset.objects.exists()


def test_with_something_wrong_in_a_tab_all_tabs_stand_open(officer):
    sent = {**filled(officer, THREE), "language-fr-summary": "x" * 151, "draft": "1"}

    assert 'data-module="govuk-tabs"' not in officer.post("/assets/register/", sent).content.decode()


def test_english_added_to_a_welsh_file_becomes_the_language_of_the_entry(officer):
    english = {
        "new_language": "en",
        "language-new-summary": "Bins, day by day.",
        "language-new-description": "It tells residents when their bins are collected, and says so again. " * 4,
        "language-new-features": "Collection days",
    }

    asset = register(officer, WELSH, **english)

    before, after = read(WELSH), read(as_yaml(asset))
    assert asset.summary == "Bins, day by day."
    assert after["description"]["en"]["shortDescription"] == "Bins, day by day."
    assert after["description"]["cy"] == before["description"]["cy"]


def test_english_added_by_hand_to_the_file_keeps_the_welsh_words_too(officer):
    sent = filled(officer, WELSH)
    english = (
        "  en:\n    shortDescription: Bins.\n    longDescription: " + "It says when. " * 15 + "\n    features: [Days]\n"
    )
    text = sent["publiccode_text"].replace("description:\n", f"description:\n{english}", 1)

    officer.post("/assets/register/", {**sent, "publiccode_text": text, "draft": "1"})

    asset = Asset.objects.get()
    after = read(as_yaml(asset))
    assert asset.summary == "Bins."
    assert after["description"]["cy"] == read(WELSH)["description"]["cy"]
    assert after["description"]["en"]["features"] == ["Days"]


def test_an_entry_without_a_file_gets_a_second_language_and_stays_in_english(officer, harlow):
    entry = {
        "owner": harlow.pk, "name": "Bins", "kind": "code", "summary": "Bins.", "phase": "live", "draft": "1",
        "description": "It says when bins are collected. " * 6, "licence": "MIT", "features": "Days",
        "repository_url": "https://git.example.org/bins",
    }  # fmt: skip

    officer.post("/assets/register/", {**entry, **POLISH})

    asset = Asset.objects.get()
    after = read(as_yaml(asset))
    assert asset.summary == "Bins."
    assert problems(after) == []
    assert [each["shortDescription"] for each in after["description"].values()] == ["Bins.", "Jedno okienko."]


def test_an_entry_is_changed_in_its_languages_later(officer, amina):
    asset = register(officer, THREE)
    sent = as_sent(AssetForm(user=amina, asset=asset))

    officer.post(
        f"{asset.get_absolute_url()}edit/", {**sent, "language-nl-summary": "Eén balie.", "read_as": mark_of(asset)}
    )

    asset.refresh_from_db()
    assert read(as_yaml(asset))["description"]["nl"]["shortDescription"] == "Eén balie."


def test_addresses_typed_in_a_language_are_left_out_and_listed(officer):
    asset = register(officer, THREE, **{"language-fr-summary": "Écrivez à anne@commune.example.fr maintenant"})

    assert "anne@" not in str(asset.publiccode)
    assert any("French" in said for said in asset.left_out)


def test_the_page_of_an_asset_shows_its_other_languages(officer):
    asset = register(officer, THREE)

    page = officer.get(asset.get_absolute_url()).content.decode()

    assert 'id="in-nl" lang="nl"' in page
    assert "Eén balie voor alle vragen van inwoners." in page


def test_a_script_in_another_language_is_plain_text(officer):
    asset = register(officer, THREE, **{"language-fr-description": "<script>alert(1)</script> [x](javascript:y) " * 9})

    page = officer.get(asset.get_absolute_url()).content.decode()

    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_fields_of_languages_that_nobody_speaks_are_not_read(officer):
    strange = {f"language-zz{n}-summary": "x" for n in range(2_000)} | {"language-../-summary": "x"}
    sent = {**filled(officer, THREE), **strange, "draft": "1"}

    officer.post("/assets/register/", dict(list(sent.items())[:900]))

    assert len(AssetForm(sent, user=Asset.objects.get().registered_by).codes) == 2
