"""What the app above that holds case studies says of the promises that they make.

In `AppConfig.ready()` of the upper app: `told.register(Told(…))`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q

from accounts.models import AnyUser
from councils.models import Organisation
from take_up.models import Benefit


@dataclass(frozen=True)
class Told:
    """The three questions about promises of case studies; the first two are answered as conditions on promises."""

    shown_to: Callable[[AnyUser], Q]  # whose case study somebody may read
    answered_for_by: Callable[[AnyUser], Q]  # for which somebody answers
    council_of: Callable[[Benefit], Organisation | None]  # whose case study it is; None where it has none any more


_registered: list[Told] = []


def register(told: Told) -> None:
    """Ask this, in place of what was registered before."""
    _registered[:] = [told]


def known() -> Told:
    return _registered[0]
