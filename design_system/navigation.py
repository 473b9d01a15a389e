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
    ("Board", "/board/"),
]


def main_items(path: str) -> list[dict[str, Any]]:
    """The sections, with the one that `path` belongs to marked."""
    return [
        {"text": text, "href": address, "active": path.startswith(address), "current": path == address}
        for text, address in SECTIONS
    ]
