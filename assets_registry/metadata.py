"""An asset as other programs read it: CodeMeta, schema.org, DCAT, and a row of the catalogue that registries harvest.

CodeMeta 3.0 (codemeta.github.io), schema.org as JSON-LD, DCAT 3 (W3C) with Hydra for its pages, and the answers of
Developers Italia's API for software. What an entry does not say is left out.
"""

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from assets_registry import licences, publiccode
from assets_registry.models import Asset
from core.origin import made_up
from core.text import clean_line

# The stages of repostatus.org, which CodeMeta asks for.
_STATUS = {
    Asset.Phase.DISCOVERY: "concept",
    Asset.Phase.ALPHA: "wip",
    Asset.Phase.BETA: "wip",
    Asset.Phase.LIVE: "active",
    Asset.Phase.RETIRED: "unsupported",
}
_TYPES = {
    Asset.Kind.CODE: "SoftwareSourceCode",
    Asset.Kind.API: "WebAPI",
    Asset.Kind.RESEARCH: "Report",
    Asset.Kind.TRAINING: "LearningResource",
}
OPEN_GOVERNMENT_LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
_DCAT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "hydra": "http://www.w3.org/ns/hydra/core#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def codemeta(asset: Asset) -> dict[str, Any]:
    """The codemeta.json of software: `owner` and `services` are read."""
    needs = publiccode.needs_of(asset.publiccode) if isinstance(asset.publiccode, dict) else {}
    return _said(
        {
            "@context": "https://w3id.org/codemeta/3.0",
            "type": "SoftwareSourceCode",
            "id": _page(asset),
            "name": asset.name,
            "description": asset.summary,
            "codeRepository": asset.repository_url,
            "license": _licence_address(asset) or asset.licence,
            "version": asset.version,
            "dateModified": timezone.localdate(asset.updated_at).isoformat(),
            "datePublished": asset.released_on and asset.released_on.isoformat(),
            "developmentStatus": f"https://www.repostatus.org/#{_STATUS[Asset.Phase(asset.phase)]}",
            "keywords": [service.name for service in asset.services.all()],
            "maintainer": _organisation(asset),
            "softwareRequirements": [*needs.get("open", ()), *needs.get("proprietary", ())],
            "disambiguatingDescription": made_up(asset),
        }
    )


def schema_org(asset: Asset) -> dict[str, Any]:
    """The asset in the words of schema.org, for search engines: `owner` and `services` are read."""
    kind = Asset.Kind(asset.kind)
    licence = _licence_address(asset) or (asset.licence and {"@type": "CreativeWork", "name": asset.licence})
    return _said(
        {
            "@context": "https://schema.org",
            "@type": _TYPES.get(kind, "CreativeWork"),
            "@id": _page(asset),
            "url": _page(asset),
            "name": asset.name,
            "description": asset.summary,
            "genre": kind.label,
            "codeRepository": asset.repository_url if kind == Asset.Kind.CODE else "",
            "license": licence,
            "version": asset.version,
            "dateModified": timezone.localdate(asset.updated_at).isoformat(),
            "datePublished": asset.released_on and asset.released_on.isoformat(),
            "about": [{"@type": "Service", "name": service.name} for service in asset.services.all()],
            "publisher": {"@type": "Organization", **_organisation(asset)},
            "disambiguatingDescription": made_up(asset),
        }
    )


def script(data: dict[str, Any]) -> SafeString:
    """JSON that may stand in a script element: nothing in it ends the element or begins another."""
    text = json.dumps(data, ensure_ascii=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return mark_safe(text)  # noqa: S308  # what ends or begins an element is written by its number


def dcat(assets: Iterable[Asset], *, following: str = "") -> dict[str, Any]:
    """A DCAT catalogue of these assets; `following` is the address of its next part."""
    return {
        "@context": _DCAT,
        "@id": settings.BASE_URL + reverse("assets_registry:dcat"),
        "@type": "dcat:Catalog",
        "dct:title": f"Assets of the {settings.SITE_NAME}",
        "dct:description": "Code, standards, research and practice that one council made and others can use.",
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": settings.SITE_NAME},
        "dct:language": "en",
        "dct:license": {"@id": OPEN_GOVERNMENT_LICENCE},
        "dcat:resource": [_resource(asset) for asset in assets],
        **(
            {"hydra:view": {"@type": "hydra:PartialCollectionView", "hydra:next": {"@id": following}}}
            if following
            else {}
        ),
    }


def catalogue_row(asset: Asset) -> dict[str, Any]:
    """A row of the catalogue: the repository with its publiccode.yml; a withdrawn one is not active and has none."""
    return {
        "id": asset.slug,
        "url": asset.repository_url,
        "aliases": [],
        "publiccodeYml": publiccode.as_yaml(asset) if asset.is_published and publiccode.can_export(asset) else "",
        "active": asset.is_published,
        "createdAt": asset.registered_at.isoformat(timespec="seconds"),
        "updatedAt": asset.updated_at.isoformat(timespec="seconds"),
        "entry": _page(asset),
        **({"illustrative": made_up(asset)} if made_up(asset) else {}),
    }


def _resource(asset: Asset) -> dict[str, Any]:
    licence = _licence_address(asset)
    return _said(
        {
            "@id": _page(asset),
            "@type": "dcat:Resource",
            "dct:identifier": asset.slug,
            "dct:title": asset.name,
            "dct:description": asset.summary,
            "dct:type": asset.get_kind_display(),
            "dct:issued": _day(asset.published_at),
            "dct:modified": _day(asset.updated_at),
            "dct:publisher": {
                "@id": settings.BASE_URL + asset.owner.get_absolute_url(),
                "@type": "foaf:Agent",
                "foaf:name": asset.owner.official_name,
            },
            "dct:license": {"@id": licence} if licence else "",
            "dct:rights": "" if licence else asset.licence,
            "dcat:version": asset.version,
            "dcat:keyword": [service.name for service in asset.services.all()],
            "dcat:landingPage": {"@id": _page(asset)},
            "foaf:page": {"@id": asset.repository_url} if asset.repository_url else "",
            "dct:provenance": made_up(asset),
        }
    )


def _page(asset: Asset) -> str:
    return settings.BASE_URL + asset.get_absolute_url()


def _organisation(asset: Asset) -> dict[str, str]:
    owner = asset.owner
    return {"type": "Organization", "name": owner.official_name, "url": settings.BASE_URL + owner.get_absolute_url()}


def _licence_address(asset: Asset) -> str:
    """The address of the licence in the list of SPDX; none where there are several, or one of somebody's own."""
    try:
        licence = licences.normal(asset.licence)
    except ValidationError:
        return ""
    return f"https://spdx.org/licenses/{licence}" if licences.is_open(licence) and " " not in licence else ""


def _day(moment: Any) -> dict[str, str] | str:
    return {"@type": "xsd:date", "@value": timezone.localdate(moment).isoformat()} if moment else ""


def _said(data: dict[str, Any]) -> dict[str, Any]:
    """What is not empty, texts on one line."""
    return {key: clean_line(value) if isinstance(value, str) else value for key, value in data.items() if value}
