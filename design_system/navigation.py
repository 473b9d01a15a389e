"""The sections of the site, for the header."""

from typing import Any

SECTIONS = [
    ("Needs", "/needs/"),
    ("Discoveries", "/discoveries/"),
    ("Projects", "/projects/"),
    ("Events", "/events/"),
    ("Votes", "/votes/"),
    ("Assets", "/assets/"),
    ("Case studies", "/case-studies/"),
    ("Councils", "/councils/"),
    ("Services", "/services/"),
    ("Board", "/board/"),
]


def section_of(path: str) -> str:
    """The address of the section that `path` belongs to; empty where it belongs to none."""
    return next((address for _, address in SECTIONS if path.startswith(address)), "")


def main_items(section: str, *, is_its_page: bool) -> list[dict[str, Any]]:
    """The sections, with this one marked, and as the page that is shown where that is its own."""
    return [
        {
            "text": text,
            "href": address,
            "active": address == section,
            "current": address == section and is_its_page,
        }
        for text, address in SECTIONS
    ]
