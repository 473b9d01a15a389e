"""What of a publiccode.yml is left out on purpose, and said: people to write to and addresses. Nothing untrue stands
in their place, and what is left of a sentence is whole."""

import pytest

from assets_registry.models import Asset
from assets_registry.publiccode import as_yaml, problems, read, without_people
from tests.assets_registry.test_publiccode import GOOD
from tests.factories.assets_registry import AssetFactory

PEOPLE = """\
    - {name: Jo Bloggs, affiliation: Stadt Talhausen, email: jo@example.org}
    - {name: Kim Roe, affiliation: Stadt Talhausen, phone: "0123 4567"}
    - {name: "Ada Thorne, web team", affiliation: Stadt Talhausen}
"""
CONTACTS = "    - name: Jo Bloggs\n      email: jo@example.org\n"


def file_with(contacts: str, kind: str = "internal") -> str:
    return GOOD.replace(CONTACTS, contacts).replace("type: internal", f"type: {kind}")


def given(owner, text: str, **fields) -> dict:
    """What is handed out of an entry that was made from this file."""
    written = as_yaml(AssetFactory(owner=owner, publiccode=without_people(read(text))[0], **fields))
    assert problems(read(written)) == []
    return read(written)


def test_the_owner_stands_once_and_without_anothers_affiliation_where_the_standard_asks_for_a_contact(harlow):
    owner = "Harlow District Council"

    contacts = given(harlow, file_with(PEOPLE))["maintenance"]["contacts"]
    of_a_team = given(harlow, file_with(PEOPLE), contact="Waste team")["maintenance"]["contacts"]

    assert contacts == [{"name": owner, "affiliation": owner}]
    assert of_a_team == [{"name": "Waste team", "affiliation": owner}]


def test_where_no_contact_is_asked_for_none_is_put_in_a_persons_place(harlow):
    assert "contacts" not in given(harlow, file_with(PEOPLE, kind="none"))["maintenance"]


def test_a_team_keeps_its_name_and_affiliation_and_loses_its_addresses(harlow):
    team = "    - {name: Équipe X, affiliation: Ville de Rivebelle, email: x@rivebelle.example, phone: '1'}\n"

    contacts = given(harlow, file_with(PEOPLE + team))["maintenance"]["contacts"]

    assert contacts == [{"name": "Équipe X", "affiliation": "Ville de Rivebelle"}]
    assert without_people(read(file_with(PEOPLE + team)))[1] == [
        "3 contacts whose name has no word for a team (maintenance/contacts). Where the standard asks for a contact, "
        "this entry’s own team or owner stands there",
        "Maintenance, contacts, e-mail address (maintenance/contacts/email)",
        "Maintenance, contacts, phone number (maintenance/contacts/phone)",
    ]


def test_contacts_without_a_name_that_were_kept_before_are_not_handed_out(harlow):
    old = read(file_with("    - {affiliation: Stadt Talhausen}\n" * 3))

    contacts = read(as_yaml(AssetFactory(owner=harlow, publiccode=old)))["maintenance"]["contacts"]

    assert [contact["affiliation"] for contact in contacts] == ["Harlow District Council"]


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Écrivez à a.b@c.fr ou passez au guichet.", "Écrivez à [address left out] ou passez au guichet."),
        ("Ada Thorne <a@b.org>", "Ada Thorne"),
        ("Ada Thorne (a@b.org), Trail", "Ada Thorne, Trail"),
        ("<a@b.org> answers.", "[address left out] answers."),
        ("Ask (see a@b.org)", "Ask (see [address left out])"),
        (
            "ssh://git@git.example.org/a and https://x.example/@me",
            "ssh://git@git.example.org/a and https://x.example/@me",
        ),
        (
            "git@git.example.org:harlow/bins.git and a@b.org",
            "git@git.example.org:harlow/bins.git and [address left out]",
        ),
        ("jo@git.example.org:harlow", "[address left out]:harlow"),
        ("a@b.org, c@d.org", None),
    ],
)
def test_an_address_that_is_cut_out_leaves_whole_sentences_and_neat_names(text, rest):
    kept, left_out = without_people({"description": {"fr": {"longDescription": text}}})

    assert kept["description"]["fr"].get("longDescription") == rest
    assert [said.startswith("Long description in French (description/fr/longDescription):") for said in left_out] == [
        True
    ] * (rest != text)


def test_an_address_in_what_the_form_shows_is_left_out_there_too(signed_in, amina):
    text = GOOD.replace("so that a council", "ask jo@example.org, so that a council")

    response = signed_in(amina).post("/assets/register/", {"read": "1", "text": text})

    description = response.context["form"]["description"].value()
    assert "ask [address left out], so that a council" in description


def test_the_page_says_in_plain_words_what_is_left_out_and_which_names_are_kept(signed_in, amina):
    text = f"# written by hand\n{GOOD}"

    page = signed_in(amina).post("/assets/register/", {"read": "1", "text": text}).content.decode()

    _, _, listed = page.partition("Left out of the file on purpose")
    assert "1 contact whose name has no word for a team" in listed
    assert "Comments (after a #)" in listed
    assert "its name has a word such as team, office or service" in listed
    assert "such as the copyright owner’s, are kept" in listed


def test_languages_and_keys_are_said_in_words_with_the_key_in_brackets(signed_in, amina):
    text = GOOD.replace("  en:\n", "  de:\n").replace("shortDescription: One", "shortDescription: " + "x" * 150)

    page = signed_in(amina).post("/assets/register/", {"read": "1", "text": text}).content.decode()

    assert "Short description in German (<code>description/de/shortDescription</code>)" in page
    assert "The sentence, the description and what it can do above are in German." in page


@pytest.mark.parametrize(
    ("before", "after", "key", "words"),
    [
        ("name: Waste standards and API", f"name: {'n' * 300}", "name", "Keep it to 120 or fewer."),
        ("softwareVersion: 1.10", f"softwareVersion: {'1' * 41}", "softwareVersion", "40"),
        ("platforms: [web, linux]", f"platforms: [web, {'p' * 401}]", "platforms", "400"),
        ("[Collection days, Missed bins]", f"[{'f' * 20_001}]", "description/en/features", "20000"),
    ],
)
def test_no_problems_means_that_it_can_be_saved(signed_in, amina, before, after, key, words):
    text = GOOD.replace(before, after)
    assert problems(read(text)) == []  # by the standard it is right

    page = signed_in(amina).post("/assets/register/", {"read": "1", "text": text}).content.decode()

    assert "Read publiccode.yml: 1 problem<" in page
    listed = page.partition('id="problems"')[2].partition("</section>")[0]
    assert f"<code>{key}</code>" in listed
    assert words in listed.replace(",", "")


def test_reading_a_file_of_a_repository_that_has_an_entry_says_so_and_keeps_nothing(signed_in, amina, harlow):
    known = AssetFactory(repository_url="https://git.example.org/luton/waste", owner=harlow)

    page = signed_in(amina).post("/assets/register/", {"read": "1", "text": GOOD}).content.decode()

    assert "This repository is already registered" in page
    assert known.get_absolute_url() in page
    assert Asset.objects.count() == 1
