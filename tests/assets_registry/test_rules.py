"""Every key of the standard is looked at, optional ones too: what its rules refuse is told beside the key, and what
they allow is taken. A key that the standard does not have is told, and kept."""

import copy
from pathlib import Path

import pytest

from assets_registry.publiccode import problems, read, remarks
from assets_registry.publiccode.kinds import length
from assets_registry.publiccode.standard import TABLE
from assets_registry.publiccode.vocabularies import COUNTRIES, LANGUAGES

pytestmark = pytest.mark.sql

FULL = read(Path(__file__).with_name("files").joinpath("english_full.yml").read_text())
FIRM = {"name": "Nordlicht eG", "until": "2027-12-31"}
FIRMS = "contractors"
GONE = object()
EN = "description/en/"

REFUSED = [
    ("publiccodeYmlVersion", "0banana"), ("publiccodeYmlVersion", "1"), ("publiccodeYmlVersion", GONE),
    ("publiccodeYmlVersion", ["0"]), ("name", GONE), ("name", {"a": "b"}), ("applicationSuite", []),
    ("url", "foobar"), ("url", "git://"), ("url", ["https://x.example"]), ("landingURL", "???"),
    ("landingURL", "git://x.example/y"), ("landingURL", {}), ("landingURL", "https://me:secret@x.example/"),
    ("isBasedOn", "ab c"), ("isBasedOn", {"foo": "bar"}), ("softwareVersion", ["1"]), ("releaseDate", "20261001"),
    ("releaseDate", "2026-02-30"), ("releaseDate", "2026-10-01T10:00:00Z"), ("releaseDate", "1st of May"),
    ("releaseDate", []), ("releaseDate", ""), ("logo", "logo.mpg"), ("logo", "/logo.svg"),
    ("logo", "file:///tmp/logo.svg"), ("logo", []), ("monochromeLogo", "logo.gif"), ("inputTypes", "text/plain"),
    ("platforms", "web"), ("platforms", []), ("platforms", GONE), ("categories", "blog"), ("usedBy", "Harlow"),
    ("fundedBy", {"name": "A"}), ("roadmap", "foobar"), ("roadmap", ["https://x.example"]),
    ("developmentStatus", GONE), ("developmentStatus", "splendid"), ("developmentStatus", ["beta"]),
    ("softwareType", "standalone"), ("softwareType", GONE), ("organisation", "Harlow"), ("organisation", ["Harlow"]),
    ("organisation/uri", GONE), ("organisation/uri", "harlow"), ("organisation/uri", "urn:x"),
    ("intendedAudience", "GB"), ("intendedAudience/countries", "GB"), ("intendedAudience/scope", "welfare"),
    ("description", "A tool."), ("description", GONE), ("description", {}), ("description/en", "A tool."),
    (EN + "localisedName", ["a"]), (EN + "genericName", "x" * 36), (EN + "shortDescription", GONE),
    (EN + "shortDescription", "x" * 151), (EN + "longDescription", GONE), (EN + "longDescription", "x" * 149),
    (EN + "longDescription", "x" * 10_001), (EN + "longDescription", "👩‍👩‍👧" * 149),
    (EN + "documentation", "not_a_url"),
    (EN + "documentation", ["https://x.example"]), (EN + "apiDocumentation", "abc"), (EN + "features", GONE),
    (EN + "features", "Maps"), (EN + "features", []), (EN + "awards", "Best tool"), (EN + "videos", "https://x.example"),
    (EN + "screenshots", "a.png"), ("legal", "MIT"), ("legal/license", GONE), ("legal/license", "Free for councils"),
    ("legal/license", ["MIT"]), ("legal/mainCopyrightOwner", ["A"]), ("legal/authorsFile", "/AUTHORS"),
    ("maintenance", "internal"), ("maintenance/type", GONE), ("maintenance/type", "yes"),
    ("maintenance/contacts", GONE), ("maintenance/contacts", "Jo"), ("maintenance/contractors", [FIRM]),
    ("localisation", ["en"]), ("localisation/localisationReady", GONE), ("localisation/localisationReady", "perhaps"),
    ("localisation/availableLanguages", GONE), ("localisation/availableLanguages", []),
    ("localisation/availableLanguages", "en"), ("dependsOn", ["PostgreSQL"]), ("dependsOn/open", "PostgreSQL"),
]  # fmt: skip
# The value, and the key inside it that the sentence stands beside.
REFUSED_INSIDE = [
    ("isBasedOn", ["https://x.example/a", "b"], "isBasedOn/2"), ("inputTypes", ["text/plain", "abc"], "inputTypes/2"),
    ("outputTypes", ["abc"], "outputTypes/1"), ("platforms", [["web"]], "platforms/1"),
    ("categories", ["blogs"], "categories/1"), ("usedBy", [{"name": "Harlow"}], "usedBy/1"),
    ("fundedBy", [{"name": "A"}], "fundedBy/1/uri"), ("fundedBy", [{"uri": "a"}], "fundedBy/1/uri"),
    ("supports", [{"id": "alias:hipaa"}], "supports/1/id"), ("supports", ["alias:gdpr"], "supports/1"),
    ("intendedAudience/countries", ["GB", "England"], "intendedAudience/countries/2"),
    ("intendedAudience/countries", ["gB"], "intendedAudience/countries/1"),
    ("intendedAudience/countries", ["UK"], "intendedAudience/countries/1"),
    ("intendedAudience/unsupportedCountries", ["XX"], "intendedAudience/unsupportedCountries/1"),
    ("intendedAudience/scope", ["everything"], "intendedAudience/scope/1"),
    ("description", {"english language": FULL["description"]["en"]}, "description/english language"),
    ("description", {"en_GB": FULL["description"]["en"]}, "description/en_GB"),
    ("description", {"en": FULL["description"]["en"], "cy": {}}, "description/cy/features"),
    (EN + "features", ["Maps", {"a": "b"}], EN + "features/2"), (EN + "videos", ["ABC"], EN + "videos/1"),
    (EN + "screenshots", ["a.bmp"], EN + "screenshots/1"), (EN + "awards", [["x"]], EN + "awards/1"),
    ("maintenance", {"type": "contract"}, "maintenance/contractors"),
    ("maintenance", {"type": "contract", FIRMS: [{"name": "A"}]}, "maintenance/contractors/1/until"),
    ("maintenance", {"type": "contract", FIRMS: [{"until": "2027-01-01"}]}, "maintenance/contractors/1/name"),
    ("maintenance", {"type": "contract", FIRMS: ["A"]}, "maintenance/contractors/1"),
    ("maintenance", {"type": "contract", FIRMS: [{**FIRM, "until": "2027"}]}, "maintenance/contractors/1/until"),
    ("maintenance", {"type": "contract", FIRMS: [{**FIRM, "email": "x"}]}, "maintenance/contractors/1/email"),
    ("maintenance", {"type": "contract", FIRMS: [{**FIRM, "website": "x"}]}, "maintenance/contractors/1/website"),
    ("maintenance", {"type": "community"}, "maintenance/contacts"),
    ("maintenance/contacts", [{"affiliation": "A"}], "maintenance/contacts/1/name"),
    ("maintenance/contacts", [{"name": "A", "email": "a at b"}], "maintenance/contacts/1/email"),
    ("maintenance/contacts", [{"name": "A", "phone": ["1"]}], "maintenance/contacts/1/phone"),
    ("localisation/availableLanguages", ["english"], "localisation/availableLanguages/1"),
    ("localisation/availableLanguages", ["xx"], "localisation/availableLanguages/1"),
    ("dependsOn/open", [{"name": ["a"]}], "dependsOn/open/1/name"),
    ("dependsOn/open", [{"version": "3"}], "dependsOn/open/1/name"),
    ("dependsOn/open", [{"name": "A", "optional": "maybe"}], "dependsOn/open/1/optional"),
    ("dependsOn/hardware", [{"name": "A", "versionMin": {}}], "dependsOn/hardware/1/versionMin"),
    ("IT", {"countryExtensionVersion": "9"}, "IT/countryExtensionVersion"),
    ("it", {"piattaforme": {"spid": "sometimes"}}, "IT/piattaforme/spid"),
]  # fmt: skip
TAKEN = [
    ("platforms", ["macos", "Any browser"]), ("url", "git://git.example.org/a.git"),
    ("url", "ssh://git@git.example.org/a.git"), ("isBasedOn", "git://git.example.org/a.git"), ("isBasedOn", []),
    ("legal/license", "LicenseRef-Harlow-1.0"), ("legal/license", "MIT OR LicenseRef-Harlow"),
    ("legal/license", "DocumentRef-spdx:LicenseRef-Harlow AND MIT"), ("legal/license", "EUPL-1.2+"),
    ("legal/license", "(MIT AND BSD-3-Clause) OR GPL-2.0-or-later WITH Classpath-exception-2.0 OR EUPL-1.2 OR MPL-2.0"),
    ("name", "x" * 200), ("releaseDate", GONE), ("releaseDate", None), ("roadmap", None), ("categories", []),
    ("categories", ["other", "integrated-library-system"]), ("organisation", GONE), ("organisation/name", GONE),
    ("organisation/uri", "urn:x-italian-pa:c_x999"), ("organisation/uri", "http://harlow.example/"),
    ("logo", "https://x.example/raw/logo.PNG?ref=main"), ("logo", "../img/ein logo.svg".replace(" ", "-")),
    ("landingURL", "http://93.184.215.14:8000/a"), ("maintenance", {"type": "none", "contacts": [{"name": "A"}]}),
    ("maintenance", {"type": "contract", FIRMS: [FIRM], "contacts": [{"name": "A", "phone": "+44 1"}]}),
    (EN + "longDescription", "é" * 150), (EN + "shortDescription", "👩‍👩‍👧" * 150), (EN + "genericName", "x" * 35),
    ("localisation/availableLanguages", ["ita", "sl-IT-nedis", "zh-Hant-TW", "de-1996", "EN"]),
    ("supports", [{"id": "alias:gdpr"}, {"id": "urn:iso:std:iso:27001"}]), ("DE", {"x": "y"}),
    ("intendedAudience/countries", ["gb", "IE"]),
    ("it", {"countryExtensionVersion": "1.0", "conforme": {"gdpr": True}}),
]  # fmt: skip


def changed(path: str, value) -> dict:
    data = copy.deepcopy(FULL)
    *sections, last = path.split("/")
    place = data
    for section in sections:
        place = place[section]
    place.pop(last, None) if value is GONE else place.update({last: value})
    return data


def test_what_the_standard_refuses_is_told_beside_its_key():
    assert problems(FULL) == []
    passed = [
        (path, value, key)
        for path, value, key in [*((path, value, path) for path, value in REFUSED), *REFUSED_INSIDE]
        if key not in [problem.key for problem in problems(changed(path, value))]
    ]
    assert passed == []
    assert [each.key for each in problems({**FULL, "it": {}, "IT": {}})] == ["it"]


def test_every_key_of_the_table_is_looked_at_by_a_case():
    tried = {path for path, _ in REFUSED} | {key for _, _, key in REFUSED_INSIDE}
    tried |= {
        "/".join("-" if part.isdigit() else part for part in key.split("/")).replace("/en/", "/*/") for key in tried
    }
    same_kind = (
        "dependsOn/",
        "IT/",
        "maintenance/contacts/-",
        "fundedBy/-",
        "supports",
        "outputTypes",
        "description/*",
    )
    untried = [row.path for row in TABLE if row.path not in tried and not row.path.startswith(same_kind)]

    assert untried == ["organisation/name", "intendedAudience/unsupportedCountries", "legal/repoOwner", "IT"]


def test_what_the_standard_allows_is_taken():
    assert [(path, value) for path, value in TAKEN if problems(changed(path, value))] == []


def test_a_wrong_type_is_called_wrong_and_not_missing():
    said = {problem.key: problem.sentence for problem in problems(changed(EN + "features", "Maps"))}
    category = {problem.key: problem.sentence for problem in problems(changed("categories", ["Accounting", "zzz"]))}

    assert said == {EN + "features": "features is a single value, a list is needed"}
    assert category == {
        "categories/1": "“Accounting” is not one of the standard’s categories; “accounting” is",
        "categories/2": "“zzz” is not one of the standard’s categories",
    }


def test_unknown_keys_and_those_the_standard_gave_up_are_told_and_are_no_problem():
    data = {**FULL, "landingUrl": "https://x.example", "monochromeLogo": "a.svg", "It": {}, "it": {}}
    data["maintenance"] = {**FULL["maintenance"], "contacts": [{"name": "A", "matrix": "b"}]}
    data["intendedAudience"] = {"countries": ["gb"]}

    said = {remark.key: remark.sentence for remark in remarks(data)}

    assert problems(data) == []
    assert "perhaps landingURL was meant" in said["landingUrl"]
    assert "kept and given back as it is" in said["maintenance/contacts/1/matrix"]
    assert "use logo instead" in said["monochromeLogo"]
    assert {"It", "it", "intendedAudience/countries"} <= said.keys()
    assert remarks(FULL) == []


def test_the_vocabularies_are_whole_and_length_is_what_a_reader_sees():
    assert (len(COUNTRIES), len(LANGUAGES)) == (249, 185)
    assert length("e\u0301a👍🏽👩‍👩‍👧") == 4
