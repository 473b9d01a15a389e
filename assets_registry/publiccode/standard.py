"""The rules of publiccode.yml 0.7, written out: each key, what may stand there, and whether it must."""

from dataclasses import dataclass

from assets_registry.publiccode import kinds
from assets_registry.publiccode.kinds import Check
from assets_registry.publiccode.vocabularies import (
    CATEGORIES,
    LONG_LEAST,
    LONG_MOST,
    MAINTENANCE,
    NEWEST,
    PLATFORMS,
    SCOPES,
    SHORT_MOST,
    SOFTWARE_TYPES,
    STATUSES,
    VERSIONS,
)


@dataclass(frozen=True)
class KeyRule:
    """What may stand at one key. In its path “-” is each entry of a list and “*” each language."""

    path: str
    kind: Check
    must: bool = False  # where its section is there
    hint: str = ""  # what belongs there, said where it is missing
    old: str = ""  # deprecated: what to do instead


TABLE = (
    KeyRule("publiccodeYmlVersion", kinds.one_of(*VERSIONS, called="versions"), must=True, hint=f"such as {NEWEST}"),
    KeyRule("name", kinds.text, must=True),
    KeyRule("applicationSuite", kinds.text),
    KeyRule("url", kinds.code_address, must=True, hint="the address of the repository"),
    KeyRule("landingURL", kinds.web_address),
    KeyRule("isBasedOn", kinds.code_addresses),
    KeyRule("isBasedOn/-", kinds.code_address),
    KeyRule("softwareVersion", kinds.text),
    KeyRule("releaseDate", kinds.a_day),
    KeyRule("logo", kinds.a_file(".svg", ".svgz", ".png")),
    KeyRule("monochromeLogo", kinds.a_file(".svg", ".svgz", ".png"), old="use logo instead"),
    KeyRule("inputTypes", kinds.a_list, old="leave it out"),
    KeyRule("inputTypes/-", kinds.mime_type),
    KeyRule("outputTypes", kinds.a_list, old="leave it out"),
    KeyRule("outputTypes/-", kinds.mime_type),
    KeyRule("platforms", kinds.a_filled_list, must=True, hint=f"a list out of {', '.join(PLATFORMS)}"),
    KeyRule("platforms/-", kinds.text),
    KeyRule("categories", kinds.a_list),
    KeyRule("categories/-", kinds.one_of(*CATEGORIES, called="categories")),
    KeyRule("usedBy", kinds.a_list),
    KeyRule("usedBy/-", kinds.text),
    KeyRule("fundedBy", kinds.a_list),
    KeyRule("fundedBy/-", kinds.a_section),
    KeyRule("fundedBy/-/name", kinds.text),
    KeyRule("fundedBy/-/uri", kinds.organisation, must=True, hint="the address that stands for who pays"),
    KeyRule("roadmap", kinds.web_address),
    KeyRule("developmentStatus", kinds.one_of(*STATUSES), must=True, hint=f"one of {', '.join(STATUSES)}"),
    KeyRule("softwareType", kinds.one_of(*SOFTWARE_TYPES), must=True, hint=f"one of {', '.join(SOFTWARE_TYPES)}"),
    KeyRule("supports", kinds.a_list),
    KeyRule("supports/-", kinds.a_section),
    KeyRule("supports/-/id", kinds.supported, must=True, hint="an address, or an alias such as alias:gdpr"),
    KeyRule("organisation", kinds.a_section),
    KeyRule("organisation/uri", kinds.organisation, must=True, hint="the address that stands for the organisation"),
    KeyRule("organisation/name", kinds.text),
    KeyRule("intendedAudience", kinds.a_section),
    KeyRule("intendedAudience/countries", kinds.a_list),
    KeyRule("intendedAudience/countries/-", kinds.country),
    KeyRule("intendedAudience/unsupportedCountries", kinds.a_list),
    KeyRule("intendedAudience/unsupportedCountries/-", kinds.country),
    KeyRule("intendedAudience/scope", kinds.a_list),
    KeyRule("intendedAudience/scope/-", kinds.one_of(*SCOPES, called="scopes")),
    KeyRule("description", kinds.a_filled_section, must=True, hint="in one language at least, such as “en:”"),
    KeyRule("description/*", kinds.a_section),
    KeyRule("description/*/localisedName", kinds.text),
    KeyRule("description/*/genericName", kinds.text_of(most=35), old="leave it out"),
    KeyRule("description/*/shortDescription", kinds.text_of(most=SHORT_MOST), must=True),
    KeyRule("description/*/longDescription", kinds.text_of(least=LONG_LEAST, most=LONG_MOST), must=True),
    KeyRule("description/*/documentation", kinds.web_address),
    KeyRule("description/*/apiDocumentation", kinds.web_address),
    KeyRule("description/*/features", kinds.a_filled_list, must=True, hint="a list of what it does"),
    KeyRule("description/*/features/-", kinds.text),
    KeyRule("description/*/screenshots", kinds.a_list),
    KeyRule("description/*/screenshots/-", kinds.a_file(".png", ".jpg", ".jpeg")),
    KeyRule("description/*/videos", kinds.a_list),
    KeyRule("description/*/videos/-", kinds.web_address),
    KeyRule("description/*/awards", kinds.a_list),
    KeyRule("description/*/awards/-", kinds.text),
    KeyRule("legal", kinds.a_section, must=True),
    KeyRule("legal/license", kinds.licence, must=True, hint="an SPDX expression, such as MIT"),
    KeyRule("legal/mainCopyrightOwner", kinds.text),
    KeyRule("legal/repoOwner", kinds.text, old="use organisation/name instead"),
    KeyRule("legal/authorsFile", kinds.a_file(), old="leave it out"),
    KeyRule("maintenance", kinds.a_section, must=True),
    KeyRule("maintenance/type", kinds.one_of(*MAINTENANCE), must=True, hint=f"one of {', '.join(MAINTENANCE)}"),
    KeyRule("maintenance/contractors", kinds.a_list),
    KeyRule("maintenance/contractors/-", kinds.a_section),
    KeyRule("maintenance/contractors/-/name", kinds.text, must=True),
    KeyRule("maintenance/contractors/-/until", kinds.a_day, must=True, hint="the last day of the contract"),
    KeyRule("maintenance/contractors/-/email", kinds.email),
    KeyRule("maintenance/contractors/-/website", kinds.web_address),
    KeyRule("maintenance/contacts", kinds.a_list),
    KeyRule("maintenance/contacts/-", kinds.a_section),
    KeyRule("maintenance/contacts/-/name", kinds.text, must=True),
    KeyRule("maintenance/contacts/-/email", kinds.email),
    KeyRule("maintenance/contacts/-/phone", kinds.text),
    KeyRule("maintenance/contacts/-/affiliation", kinds.text),
    KeyRule("localisation", kinds.a_section, must=True),
    KeyRule("localisation/localisationReady", kinds.truth, must=True, hint="true or false"),
    KeyRule("localisation/availableLanguages", kinds.a_filled_list, must=True, hint="a list such as en, cy"),
    KeyRule("localisation/availableLanguages/-", kinds.language),
    KeyRule("dependsOn", kinds.a_section),
    *(
        row
        for sort in ("open", "proprietary", "hardware")
        for row in (
            KeyRule(f"dependsOn/{sort}", kinds.a_list),
            KeyRule(f"dependsOn/{sort}/-", kinds.a_section),
            KeyRule(f"dependsOn/{sort}/-/name", kinds.text, must=True),
            KeyRule(f"dependsOn/{sort}/-/versionMin", kinds.text),
            KeyRule(f"dependsOn/{sort}/-/versionMax", kinds.text),
            KeyRule(f"dependsOn/{sort}/-/version", kinds.text),
            KeyRule(f"dependsOn/{sort}/-/optional", kinds.truth),
        )
    ),
    KeyRule("IT", kinds.a_section, old="use supports and organisation instead"),
    KeyRule("IT/countryExtensionVersion", kinds.one_of("0.2", "1.0")),
    KeyRule("IT/conforme", kinds.a_section),
    KeyRule("IT/conforme/lineeGuidaDesign", kinds.truth),
    KeyRule("IT/conforme/modelloInteroperabilita", kinds.truth),
    KeyRule("IT/conforme/misureMinimeSicurezza", kinds.truth),
    KeyRule("IT/conforme/gdpr", kinds.truth),
    KeyRule("IT/piattaforme", kinds.a_section),
    KeyRule("IT/piattaforme/spid", kinds.truth),
    KeyRule("IT/piattaforme/cie", kinds.truth),
    KeyRule("IT/piattaforme/anpr", kinds.truth),
    KeyRule("IT/piattaforme/pagopa", kinds.truth),
    KeyRule("IT/piattaforme/io", kinds.truth),
    KeyRule("IT/riuso", kinds.a_section),
    KeyRule("IT/riuso/codiceIPA", kinds.text),
)

# In “maintenance”: a key, the types that need it, and whether it may stand only with these.
DEPENDS_ON_TYPE = (
    ("contractors", ("contract",), True),
    ("contacts", ("internal", "community"), False),
)
