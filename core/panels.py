"""The registry of sections that apps further up add to a record's page.

In `AppConfig.ready()` of the upper app: `panels.register(Project, benefits_panel)`. The page of the record hands
`panel_context(record, user)` to its template, which includes each panel's template with `panel` as its context.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from django.db.models import Model

Place = Literal["top", "next", "actions", "first", "main", "last", "side"]


@dataclass(frozen=True)
class Panel:
    """One section of a page: `template` is included with `panel` (this context), `record` and `request`.

    `place` is below the title (`top`), there as the record's one `next` action or among the `actions` beside the main
    one; `first` below that, before long sections; one of the columns; or `last` in the
    main column of an event, after what came out of it.
    """

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    order: int = 100
    place: Place = "main"


# Returns None where there is nothing to show to this reader.
PanelFunction = Callable[[Any, Any], Panel | None]

_panels: dict[type[Model], list[PanelFunction]] = defaultdict(list)


def register(model: type[Model], function: PanelFunction) -> None:
    """Show the panel that `function(record, user)` returns on pages of `model`; registering again has no effect."""
    if function not in _panels[model]:
        _panels[model].append(function)


def panel_context(record: Model, user: Any, *, also: Iterable[Panel] = ()) -> dict[str, list[Panel]]:
    """For a template: `panels` of the main column, and those of each other place as `side_panels` and so on, in order.

    Each function that registered is asked once. `also` are panels that the page has from elsewhere.
    """
    answers = [*also, *(function(record, user) for function in _panels.get(record.__class__, []))]
    found = sorted((panel for panel in answers if panel is not None), key=lambda panel: panel.order)
    standing = {place: [panel for panel in found if panel.place == place] for place in get_args(Place)}
    return {"panels" if place == "main" else f"{place}_panels": panels for place, panels in standing.items()}
