"""Services in numbers as others counted them, from the files that come with the portal."""

from pathlib import Path

from django.conf import settings

from kpis.facts.operations import import_facts
from kpis.volumes.operations import import_top20

CARDS = Path(settings.BASE_DIR) / "kpis" / "facts" / "data" / "facts.json"


def build() -> None:
    """Take in the 20 largest transactions of 2012 and all fact cards."""
    import_top20()
    import_facts(CARDS)
