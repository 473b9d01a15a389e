"""Fact cards from the documents of the programme, from the file that comes with the portal."""

from pathlib import Path

from django.conf import settings

from kpis.facts.operations import import_facts

CARDS = Path(settings.BASE_DIR) / "kpis" / "facts" / "data" / "facts.json"


def build() -> None:
    """Add all cards of the file."""
    import_facts(CARDS)
