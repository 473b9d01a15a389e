"""Services in numbers as others counted them, from the files that come with the portal; and one made up of a council."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

from django.conf import settings

from core import clock
from kpis.facts.models import FactCard
from kpis.facts.operations import add_fact, import_facts
from kpis.volumes.operations import import_top20
from portal.demo.bodies import council
from portal.demo.people import person

CARDS = Path(settings.BASE_DIR) / "kpis" / "facts" / "data" / "facts.json"


def build() -> None:
    """Take in the 20 largest transactions of 2012 and all fact cards, and add what Luton said of itself."""
    import_top20()
    import_facts(CARDS)
    with clock.at(dt.datetime(2015, 1, 26, 11)):
        add_fact(
            question=None,
            new_question="How many parking permits does Luton give in a year?",
            printed="7,100",
            number=Decimal(7100),
            bound=FactCard.Bound.ABOUT,
            unit="parking permits a year",
            source=f"{council('Luton').official_name}: figures for the website, January 2015 (illustrative)",
            said_on=dt.date(2015, 1, 1),
            said_to=FactCard.Precision.MONTH,
            basis="Permits of residents and visitors that were given in 2014, renewals too",
            method="Illustrative: made up to show how the portal works",
            by=person("editor"),
        )
