"""The table of the standard, row by row: each key takes what is right in every version, and refuses a wrong type, or
its absence where it must stand; whatever files are made of its keys, nothing read vanishes on writing."""

import copy
import random
from pathlib import Path

import pytest

from assets_registry.publiccode import as_yaml, find, problems, read, remarks, written
from assets_registry.publiccode.kinds import a_filled_section, a_section, truth
from assets_registry.publiccode.standard import TABLE
from assets_registry.publiccode.vocabularies import VERSIONS
from tests.assets_registry.test_round_trip import differences, read_into, save, words

LONG = (
    "It takes reports of missed bins, tells when the next collection is, and gives both to the crew and the website. "
    * 2
)
WEB = "https://bins.example.org/a"
PART = {"name": "PostgreSQL", "versionMin": "12", "versionMax": "18", "optional": True}
ONE_VERSION = {"name": "Redis", "version": "7"}


def described(word: str) -> dict:
    return {
        "localisedName": f"Bins {word}", "genericName": "Bins", "shortDescription": f"Bins, {word}.",
        "longDescription": f"{word} {LONG}".strip(), "documentation": WEB, "apiDocumentation": WEB,
        "features": [f"Days {word}", "Reports"], "screenshots": ["img/a.png"], "videos": [WEB], "awards": ["Best bin"],
    }  # fmt: skip


# A file with every key of the table, in three languages.
EVERY_KEY = {
    "publiccodeYmlVersion": "0.7.0", "name": "Bins", "applicationSuite": "Waste",
    "url": "https://git.example.org/bins",
    "landingURL": WEB, "isBasedOn": ["https://git.example.org/old-bins"], "softwareVersion": "1.10",
    "releaseDate": "2026-10-01", "logo": "img/logo.svg", "monochromeLogo": "img/mono.png", "inputTypes": ["text/plain"],
    "outputTypes": ["text/csv"], "platforms": ["web", "Any browser"], "categories": ["office"], "usedBy": ["Harlow"],
    "fundedBy": [{"name": "Fund", "uri": WEB}], "roadmap": WEB, "developmentStatus": "stable",
    "softwareType": "standalone/web", "supports": [{"id": "alias:gdpr"}],
    "organisation": {"uri": WEB, "name": "Harlow"},
    "intendedAudience": {"countries": ["GB"], "unsupportedCountries": ["US"], "scope": ["local-authorities"]},
    "description": {"en": described("in English"), "cy": described("yn Gymraeg"), "zh-Hant": described("中文")},
    "legal": {"license": "MIT", "mainCopyrightOwner": "Harlow", "repoOwner": "Harlow", "authorsFile": "AUTHORS"},
    "maintenance": {
        "type": "contract",
        "contractors": [{"name": "Nordlicht eG", "until": "2027-12-31", "email": "a@example.org", "website": WEB}],
        "contacts": [{"name": "Waste team", "email": "t@example.org", "phone": "+44 1", "affiliation": "Harlow"}],
    },
    "localisation": {"localisationReady": True, "availableLanguages": ["en", "cy"]},
    "dependsOn": {sort: [PART, ONE_VERSION] for sort in ("open", "proprietary", "hardware")},
    "IT": {
        "countryExtensionVersion": "1.0",
        "conforme": dict.fromkeys(
            ("lineeGuidaDesign", "modelloInteroperabilita", "misureMinimeSicurezza", "gdpr"), True
        ),
        "piattaforme": dict.fromkeys(("spid", "cie", "anpr", "pagopa", "io"), False),
        "riuso": {"codiceIPA": "c_h501"},
    },
}  # fmt: skip


def paths_in(value, at="") -> set[str]:
    """The paths of a file as the table writes them."""
    found = {at} if at else set()
    if isinstance(value, list):
        for entry in value:
            found |= paths_in(entry, f"{at}/-")
    elif isinstance(value, dict):
        for key, entry in value.items():
            found |= paths_in(entry, f"{at}/{'*' if at == 'description' else key}".lstrip("/"))
    return found


def places_of(path: str) -> tuple[list, str | int]:
    """Where a row of the table stands in the file with every key, and its last step."""
    steps = ["en" if step == "*" else 0 if step == "-" else step for step in path.split("/")]
    return steps[:-1], steps[-1]


def changed(path: str, value=None, *, is_gone: bool = False) -> dict:
    data = copy.deepcopy(EVERY_KEY)
    *_, last = (sections, last) = places_of(path)
    place = data
    for step in sections:
        place = place[step]
    if is_gone:
        place.pop(last, None)  # a part has one version, or a lowest and a highest
    else:
        place[last] = value
    return data


def key_of(path: str) -> str:
    return path.replace("*", "en").replace("-", "1")


TYPED = [(row.path, "a word" if row.kind in (a_section, a_filled_section) else {"a": ["section"]}) for row in TABLE]
NEEDED = [row.path for row in TABLE if row.must and row.kind is not a_section and not row.path.endswith("-")]


def test_the_file_with_every_key_has_every_row_of_the_table_and_no_problem():
    assert {row.path for row in TABLE} <= paths_in(EVERY_KEY)
    assert problems(EVERY_KEY) == []


@pytest.mark.parametrize("version", VERSIONS)
def test_every_version_since_0_2_is_read_in_both_spellings(version):
    assert problems({**EVERY_KEY, "publiccodeYmlVersion": version}) == []


@pytest.mark.parametrize(("path", "value"), TYPED, ids=[path for path, _ in TYPED])
def test_a_wrong_type_is_told_beside_its_key_and_not_called_missing(path, value):
    said = {problem.key: problem.sentence for problem in problems(changed(path, value))}

    assert key_of(path) in said
    assert "missing" not in said[key_of(path)]


@pytest.mark.parametrize("path", NEEDED)
def test_what_must_stand_is_missed_in_optional_sections_too(path):
    said = {problem.key: problem.sentence for problem in problems(changed(path, is_gone=True))}

    assert "is missing" in said[key_of(path)]


@pytest.mark.parametrize("path", [row.path for row in TABLE if not row.must and not row.path.endswith("-")])
def test_what_may_be_left_out_is_not_missed(path):
    if path in {"maintenance/contractors", "description/*"}:  # needed by the type; a language of three
        return

    assert problems(changed(path, is_gone=True)) == []


@pytest.mark.parametrize("path", [row.path for row in TABLE if row.old])
def test_what_the_standard_gave_up_is_a_remark_and_no_problem(path):
    assert key_of(path) in [remark.key for remark in remarks(EVERY_KEY)]


@pytest.mark.parametrize("path", [row.path for row in TABLE if row.kind is truth])
@pytest.mark.parametrize("word", ["perhaps", "1", ["true"]])
def test_a_truth_value_is_true_or_false(path, word):
    assert key_of(path) in [problem.key for problem in problems(changed(path, word))]


def test_how_many_cases_there_are():
    """Said in the assurance: rows of the table, and wrong, missing and given-up keys that are tried."""
    assert (len(TABLE), len(TYPED), len(NEEDED)) == (117, 117, 23)


def some_of(value, chance: random.Random, at=""):
    """A file with some of the keys that may be left out, unknown ones beside them."""
    if isinstance(value, list):
        return [some_of(entry, chance, f"{at}/-") for entry in value]
    if not isinstance(value, dict):
        return value
    musts = {row.path for row in TABLE if row.must} | {"maintenance/contractors"}
    kept = {}
    for key, entry in value.items():
        path = f"{at}/{'*' if at == 'description' else key}".lstrip("/")
        if path in musts or path == "description/*" or chance.random() < 0.6:
            kept[key] = some_of(entry, chance, path)
    if chance.random() < 0.2 and at != "description":
        kept[f"x-{chance.randrange(99)}"] = chance.choice(["words", "1.10", "no", ["a", "b"], {"c": "2026-01-01"}])
    return kept


@pytest.mark.sql
@pytest.mark.parametrize("seed", range(40))
def test_nothing_read_vanishes_on_writing_whatever_keys_a_file_has(amina, harlow, seed):
    text = written(some_of(EVERY_KEY, random.Random(seed)))
    assert problems(read(text)) == []

    given = as_yaml(save(amina, read_into(amina, text)))

    assert problems(read(given)) == []
    assert differences(words(text), words(given)) == []


@pytest.mark.parametrize("path", sorted(Path(__file__).with_name("files").glob("*.yml")), ids=lambda path: path.stem)
def test_each_problem_of_a_real_file_would_have_a_line(path):
    found = find(path.read_text())

    assert all(found.line_of(key) for key in found.data)
