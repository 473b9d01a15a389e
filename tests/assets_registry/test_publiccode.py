"""A pasted publiccode.yml is read under strict limits, checked in words beside its keys, and given back valid."""

import datetime as dt
import time

import pytest
import yaml

from assets_registry.models import Asset
from assets_registry.publiccode import Unreadable, as_yaml, can_export, fields_of, problems, read, without_people
from tests.factories.assets_registry import AssetFactory

GOOD = """\
publiccodeYmlVersion: 0.7.0
name: Waste standards and API
url: https://git.example.org/luton/waste.git
softwareVersion: 1.10
releaseDate: 2026-08-20
platforms: [web, linux]
developmentStatus: stable
softwareType: standalone/backend
description:
  en:
    shortDescription: One vocabulary and one interface for missed bins.
    longDescription: >
      One vocabulary and one interface for missed bins, bulky waste and collection days, so that a council
      can change its supplier without changing its website, and residents see the same words everywhere.
    features: [Collection days, Missed bins]
legal:
  license: MIT
maintenance:
  type: internal
  contacts:
    - name: Jo Bloggs
      email: jo@example.org
localisation:
  localisationReady: no
  availableLanguages: [en, cy]
"""


def test_a_good_file_has_no_problems():
    assert problems(read(GOOD)) == []


def test_strings_stay_strings():
    data = read(GOOD)

    assert data["softwareVersion"] == "1.10"
    assert data["releaseDate"] == "2026-08-20"
    assert data["localisation"]["localisationReady"] is False
    assert read("name: 0x10\nurl: 1e5\nlegal: ~") == {"name": "0x10", "url": "1e5", "legal": None}


def test_the_two_problems_of_the_journey_are_named_in_words():
    bad = GOOD.replace("license: MIT", "license: Free for councils")
    start, end = bad.index("longDescription"), bad.index("    features")
    bad = bad[:start] + "longDescription: " + "x" * 96 + "\n" + bad[end:]

    assert [(p.key, p.sentence) for p in problems(read(bad))] == [
        ("description/en/longDescription", "longDescription has 96 characters, 150 are needed"),
        ("legal/license", "licence is not an SPDX expression, such as MIT, EUPL-1.2 or OGL-UK-3.0"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        ("publiccodeYmlVersion: 0.7.0\n", "", "publiccodeYmlVersion"),
        ("name: Waste standards and API", "name:", "name"),
        ("name: Waste standards and API", "name: [a, b]", "name"),
        ("https://git.example.org/luton/waste.git", "javascript:alert(1)", "url"),
        ("https://git.example.org/luton/waste.git", "https://me:secret@git.example.org/", "url"),
        ("[web, linux]", "[web, {a: b}]", "platforms/2"),
        ("[web, linux]", "web", "platforms"),
        ("stable", "splendid", "developmentStatus"),
        ("standalone/backend", "{a: b}", "softwareType"),
        ("2026-08-20", "20th of August", "releaseDate"),
        ("type: internal", "type: contract", "maintenance/contractors"),
        ("localisationReady: no", "localisationReady: perhaps", "localisation/localisationReady"),
        ("[en, cy]", "en", "localisation/availableLanguages"),
        ("[Collection days, Missed bins]", "", "description/en/features"),
    ],
)
def test_each_rule_of_the_standard_is_told_beside_its_key(before, after, key):
    assert key in [problem.key for problem in problems(read(GOOD.replace(before, after)))]


def test_an_empty_file_has_a_problem_for_every_mandatory_key():
    keys = {problem.key for problem in problems({})}

    assert {
        "name", "url", "platforms", "developmentStatus", "softwareType", "description", "legal/license",
        "maintenance/type", "localisation/localisationReady", "localisation/availableLanguages",
    } <= keys  # fmt: skip


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(8)
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (BOMB, "refers to another part"),
        ("base: &b {x: y}\nname: {<<: *b}", "refers to another part"),
        ("name: !!python/object/apply:os.system ['id']", "type tag"),
        ("name: !!binary aGk=", "type tag"),
        ("[" * 30_000, "nested"),
        ("a: " + "[" * 21 + "]" * 21, "nested more than 20"),
        ("- " * 100 + "x", "nested more than 20"),
        ("a: [" + "x," * 6_000 + "]", "5,000 values"),
        ("name: x\n" * 2, "stands twice"),
        ("? [a, b]\n: c", "not a word"),
        ("name: " + "x" * 70_000, "64 KB"),
        ("name: é" * 1 + "é" * 33_000, "64 KB"),
        ("--- \nname: a\n---\nname: b", "several documents"),
        ("just words", "list of keys"),
        ("", "list of keys"),
        ("- a\n- b", "list of keys"),
        ("name: a\x00b", "characters that do not belong"),
        ("name: \ud800", "valid YAML"),
        ("name: [unclosed", "not valid YAML in line"),
        ("name: 'unclosed", "not valid YAML in line"),
        ("\tname: x", "not valid YAML in line"),
        ("%YAML 9.9\n---\nname: x", "valid YAML"),
    ],
)
def test_what_could_do_harm_is_refused_in_words_and_quickly(text, words):
    start = time.process_time()

    with pytest.raises(Unreadable, match=words):
        read(text)

    assert time.process_time() - start < 2


def test_twenty_levels_are_still_read():
    assert read("a: " + "[" * 18 + "]" * 18)


def test_the_longest_legal_file_is_read_within_two_seconds():
    text = "a:\n" + "".join(f"  - {n:08}\n" for n in range(4_900))
    start = time.process_time()

    read(text)

    assert time.process_time() - start < 2


def test_a_byte_order_mark_is_no_part_of_the_first_key():
    assert read("\ufeffname: x") == {"name": "x"}


def test_characters_hidden_in_escapes_are_left_out():
    assert read(r'name: "a\0b\ud800c\u202e"') == {"name": "abc"}


def test_a_file_fills_the_form():
    fields = fields_of(read(GOOD))

    assert fields["name"] == "Waste standards and API"
    assert fields["phase"] == Asset.Phase.LIVE
    assert fields["released_on"] == dt.date(2026, 8, 20)
    assert fields["features"] == "Collection days\nMissed bins"
    assert fields["licence"] == "MIT"


@pytest.mark.parametrize("text", ["description: x", "description: {en: [a]}", "legal: []", "platforms: [~]"])
def test_strange_shapes_fill_nothing(text):
    assert fields_of(read(text)) == {}


def test_what_stands_in_a_wrong_type_comes_as_words():
    assert fields_of(read("platforms: {a: b}\nname: [A, B]\nlegal: {license: {x: [MIT, ISC]}}")) == {
        "platforms": ["a: b"], "name": "A, B", "licence": "x: MIT, ISC",
    }  # fmt: skip


def test_people_in_the_file_are_not_kept():
    kept, left_out = without_people(read(GOOD))

    assert "jo@example.org" not in str(kept)
    assert "Jo Bloggs" not in str(kept)
    assert [said.partition(".")[0] for said in left_out] == [
        "1 contact whose name has no word for a team (maintenance/contacts)"
    ]


def test_an_entry_from_a_file_gives_back_a_valid_file(db):
    data = read(GOOD)
    asset = AssetFactory(
        publiccode=without_people(data)[0],
        version="1.10",
        released_on=dt.date(2026, 8, 20),
        contact="Waste team",
    )

    text = as_yaml(asset)

    assert problems(read(text)) == []
    assert yaml.safe_load(text)["softwareVersion"] == "1.10"
    assert yaml.safe_load(text)["localisation"] == {"localisationReady": False, "availableLanguages": ["en", "cy"]}
    assert yaml.safe_load(text)["maintenance"]["contacts"][0]["name"] == "Waste team"


@pytest.mark.parametrize("phase", Asset.Phase.values)
def test_an_entry_that_never_had_a_file_gives_a_valid_one(db, phase):
    asset = AssetFactory(summary="Bins.", description="Short.", phase=phase, version="no")

    assert problems(read(as_yaml(asset))) == []


def test_what_has_no_repository_or_licence_or_is_no_software_gives_no_file(db):
    assert not can_export(AssetFactory(repository_url=""))
    assert not can_export(AssetFactory(licence=""))
    assert not can_export(AssetFactory(kind=Asset.Kind.TRAINING))
