"""What the app above that holds case studies says of the promises that they make.

In `AppConfig.ready()` of the upper app: `told.register(Told(…))`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accounts.models import AnyUser
from councils.models import Organisation
from take_up.models import Benefit, BenefitQuerySet, Measurement


@dataclass(frozen=True)
class Told:
    """The questions about promises of case studies; four are answered as conditions on promises."""

    shown_to: Callable[[AnyUser], Q]  # whose case study somebody may read
    answered_for_by: Callable[[AnyUser], Q]  # for which somebody answers
    withdrawn: Callable[[], Q]  # whose case study was withdrawn
    of_councils: Callable[[QuerySet[Organisation]], Q]  # whose case study is one of these councils'
    with_name: Callable[[BenefitQuerySet], BenefitQuerySet]  # of that council, as `told_by`, in the same query
    council_of: Callable[[Benefit], Organisation | None]  # whose case study it is; None where it has none any more
    verifier_of: Callable[[Measurement], str]  # who of another organisation verified a figure for its case study


_registered: list[Told] = []


def register(told: Told) -> None:
    """Ask this, in place of what was registered before."""
    _registered[:] = [told]


def known() -> Told:
    return _registered[0]


def council_name(promise: Benefit) -> str:
    """The council that answers for a promise, of whatever kind; no query where `with_name` read the row."""
    if promise.origin != Benefit.Origin.CASE_STUDY:
        return str(promise.council or "")
    name: str | None = getattr(promise, "told_by", None)
    return str(known().council_of(promise) or "") if name is None else name
