"""The rules of publiccode.yml 0.7, written out: each key, what may stand there, and whether it must."""

from dataclasses import dataclass

from assets_registry.publiccode import kinds
from assets_registry.publiccode.kinds import Kind
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
class Row:
    """One key. In its path “-” is each entry of a list and “*” each language."""

    path: str
    kind: Kind
    must: bool = False  # where its section is there
    hint: str = ""  # what belongs there, said where it is missing
    old: str = ""  # deprecated: what to do instead


TABLE = (
    Row("publiccodeYmlVersion", kinds.one_of(*VERSIONS, called="versions"), must=True, hint=f"such as {NEWEST}"),
    Row("name", kinds.text, must=True),
    Row("applicationSuite", kinds.text),
    Row("url", kinds.code_address, must=True, hint="the address of the repository"),
    Row("landingURL", kinds.web_address),
    Row("isBasedOn", kinds.code_addresses),
    Row("isBasedOn/-", kinds.code_address),
    Row("softwareVersion", kinds.text),
    Row("releaseDate", kinds.a_day),
    Row("logo", kinds.a_file(".svg", ".svgz", ".png")),
    Row("monochromeLogo", kinds.a_file(".svg", ".svgz", ".png"), old="use logo instead"),
    Row("inputTypes", kinds.a_list, old="leave it out"),
    Row("inputTypes/-", kinds.mime_type),
    Row("outputTypes", kinds.a_list, old="leave it out"),
    Row("outputTypes/-", kinds.mime_type),
    Row("platforms", kinds.a_filled_list, must=True, hint=f"a list out of {', '.join(PLATFORMS)}"),
    Row("platforms/-", kinds.text),
    Row("categories", kinds.a_list),
    Row("categories/-", kinds.one_of(*CATEGORIES, called="categories")),
    Row("usedBy", kinds.a_list),
    Row("usedBy/-", kinds.text),
    Row("fundedBy", kinds.a_list),
    Row("fundedBy/-", kinds.a_section),
    Row("fundedBy/-/name", kinds.text),
    Row("fundedBy/-/uri", kinds.organisation, must=True, hint="the address that stands for who pays"),
    Row("roadmap", kinds.web_address),
    Row("developmentStatus", kinds.one_of(*STATUSES), must=True, hint=f"one of {', '.join(STATUSES)}"),
    Row("softwareType", kinds.one_of(*SOFTWARE_TYPES), must=True, hint=f"one of {', '.join(SOFTWARE_TYPES)}"),
    Row("supports", kinds.a_list),
    Row("supports/-", kinds.a_section),
    Row("supports/-/id", kinds.supported, must=True, hint="an address, or an alias such as alias:gdpr"),
    Row("organisation", kinds.a_section),
    Row("organisation/uri", kinds.organisation, must=True, hint="the address that stands for the organisation"),
    Row("organisation/name", kinds.text),
    Row("intendedAudience", kinds.a_section),
    Row("intendedAudience/countries", kinds.a_list),
    Row("intendedAudience/countries/-", kinds.country),
    Row("intendedAudience/unsupportedCountries", kinds.a_list),
    Row("intendedAudience/unsupportedCountries/-", kinds.country),
    Row("intendedAudience/scope", kinds.a_list),
    Row("intendedAudience/scope/-", kinds.one_of(*SCOPES, called="scopes")),
    Row("description", kinds.a_filled_section, must=True, hint="in one language at least, such as “en:”"),
    Row("description/*", kinds.a_section),
    Row("description/*/localisedName", kinds.text),
    Row("description/*/genericName", kinds.text_of(most=35), old="leave it out"),
    Row("description/*/shortDescription", kinds.text_of(most=SHORT_MOST), must=True),
    Row("description/*/longDescription", kinds.text_of(least=LONG_LEAST, most=LONG_MOST), must=True),
    Row("description/*/documentation", kinds.web_address),
    Row("description/*/apiDocumentation", kinds.web_address),
    Row("description/*/features", kinds.a_filled_list, must=True, hint="a list of what it does"),
    Row("description/*/features/-", kinds.text),
    Row("description/*/screenshots", kinds.a_list),
    Row("description/*/screenshots/-", kinds.a_file(".png", ".jpg", ".jpeg")),
    Row("description/*/videos", kinds.a_list),
    Row("description/*/videos/-", kinds.web_address),
    Row("description/*/awards", kinds.a_list),
    Row("description/*/awards/-", kinds.text),
    Row("legal", kinds.a_section, must=True),
    Row("legal/license", kinds.licence, must=True, hint="an SPDX expression, such as MIT"),
    Row("legal/mainCopyrightOwner", kinds.text),
    Row("legal/repoOwner", kinds.text, old="use organisation/name instead"),
    Row("legal/authorsFile", kinds.a_file(), old="leave it out"),
    Row("maintenance", kinds.a_section, must=True),
    Row("maintenance/type", kinds.one_of(*MAINTENANCE), must=True, hint=f"one of {', '.join(MAINTENANCE)}"),
    Row("maintenance/contractors", kinds.a_list),
    Row("maintenance/contractors/-", kinds.a_section),
    Row("maintenance/contractors/-/name", kinds.text, must=True),
    Row("maintenance/contractors/-/until", kinds.a_day, must=True, hint="the last day of the contract"),
    Row("maintenance/contractors/-/email", kinds.email),
    Row("maintenance/contractors/-/website", kinds.web_address),
    Row("maintenance/contacts", kinds.a_list),
    Row("maintenance/contacts/-", kinds.a_section),
    Row("maintenance/contacts/-/name", kinds.text, must=True),
    Row("maintenance/contacts/-/email", kinds.email),
    Row("maintenance/contacts/-/phone", kinds.text),
    Row("maintenance/contacts/-/affiliation", kinds.text),
    Row("localisation", kinds.a_section, must=True),
    Row("localisation/localisationReady", kinds.truth, must=True, hint="true or false"),
    Row("localisation/availableLanguages", kinds.a_filled_list, must=True, hint="a list such as en, cy"),
    Row("localisation/availableLanguages/-", kinds.language),
    Row("dependsOn", kinds.a_section),
    *(
        row
        for sort in ("open", "proprietary", "hardware")
        for row in (
            Row(f"dependsOn/{sort}", kinds.a_list),
            Row(f"dependsOn/{sort}/-", kinds.a_section),
            Row(f"dependsOn/{sort}/-/name", kinds.text, must=True),
            Row(f"dependsOn/{sort}/-/versionMin", kinds.text),
            Row(f"dependsOn/{sort}/-/versionMax", kinds.text),
            Row(f"dependsOn/{sort}/-/version", kinds.text),
            Row(f"dependsOn/{sort}/-/optional", kinds.truth),
        )
    ),
    Row("IT", kinds.a_section, old="use supports and organisation instead"),
    Row("IT/countryExtensionVersion", kinds.one_of("0.2", "1.0")),
    Row("IT/conforme", kinds.a_section),
    Row("IT/conforme/lineeGuidaDesign", kinds.truth),
    Row("IT/conforme/modelloInteroperabilita", kinds.truth),
    Row("IT/conforme/misureMinimeSicurezza", kinds.truth),
    Row("IT/conforme/gdpr", kinds.truth),
    Row("IT/piattaforme", kinds.a_section),
    Row("IT/piattaforme/spid", kinds.truth),
    Row("IT/piattaforme/cie", kinds.truth),
    Row("IT/piattaforme/anpr", kinds.truth),
    Row("IT/piattaforme/pagopa", kinds.truth),
    Row("IT/piattaforme/io", kinds.truth),
    Row("IT/riuso", kinds.a_section),
    Row("IT/riuso/codiceIPA", kinds.text),
)

# In “maintenance”: a key, the types that need it, and whether it may stand only with these.
DEPENDS_ON_TYPE = (
    ("contractors", ("contract",), True),
    ("contacts", ("internal", "community"), False),
)
