"""What the editors of today say about the search, and what was searched for on the days before, all made up."""

import datetime as dt

from assets_registry.models import Asset
from core import clock
from portal.demo.people import person
from search.log import note_search
from search.operations import pin_results

# words, the names of the assets pinned for them
PINNED = [("bin collections", ["Waste standards and API", "Missed bin reporter"])]
# words, on how many days, whether something was found
SEARCHED = [
    ("fly tipping", 5, False),
    ("allotments", 3, False),
    ("taxi licences", 2, False),
    ("bin collections", 6, True),
    ("dog fouling", 1, False),
    ("beach huts", 1, False),
]


def build() -> None:
    editor = person("editor")
    for words, names in PINNED:
        keys = [f"asset:{Asset.objects.get(name=name).pk}" for name in names]
        pin_results(words=words, keys=keys, by=editor)
    for words, days, has_results in SEARCHED:
        for day in range(days, 0, -1):
            with clock.at(clock.now() - dt.timedelta(days=day)):
                note_search(words, has_results=has_results)
