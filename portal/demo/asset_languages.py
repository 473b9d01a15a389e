"""Descriptions of demo assets in a second language, as their publiccode.yml would have them. Made up like the rest."""

from typing import Any

from portal.demo.asset_entries import AssetEntry

IN_WELSH = {
    "Waste standards and API": {
        "shortDescription": "Un eirfa ac un rhyngwyneb ar gyfer casgliadau a biniau na chasglwyd.",
        "longDescription": (
            "Mae’r safon yn rhoi un eirfa ac un rhyngwyneb i gynghorau ar gyfer diwrnodau casglu, gwastraff swmpus a "
            "biniau na chasglwyd. Gall cyngor newid ei gontractwr heb newid ei wefan, ac mae preswylwyr yn gweld yr un "
            "geiriau ym mhobman."
        ),
        "features": ["Diwrnodau casglu", "Biniau na chasglwyd", "Gwastraff swmpus"],
    },
}


def with_second_language(entry: AssetEntry, said: dict[str, Any], *, description: str) -> dict[str, Any]:
    """The file of an entry with its description in English and Welsh, where it has one in Welsh."""
    if entry.name not in IN_WELSH:
        return said
    english = {"shortDescription": entry.summary, "longDescription": description, "features": [entry.summary]}
    return {**said, "description": {"en": english, "cy": IN_WELSH[entry.name]}}
