"""What councils like a council use that it does not."""

from collections import defaultdict
from dataclasses import dataclass

from accounts.models import AnyUser
from councils.likeness import Likeness, like
from councils.models import Organisation
from take_up.models import Adoption
from take_up.permissions import visible_adoptions

SHOWN = 5
NEAREST = 60  # councils that are asked about, the most alike
MOST_ROWS = 2000  # more than all of them are known to use

NameAndSlug = tuple[str, str]  # a record's name and the slug of its address


@dataclass
class Alike:
    """One council like another: why, how many assets both use, and those that only it uses."""

    likeness: Likeness
    in_common: int
    others: list[NameAndSlug]


def councils_alike(council: Organisation, user: AnyUser) -> list[Alike]:
    """Up to five that are like the council and use something it does not, the most alike first, then those with the
    most in common.

    A council uses what those it took over from used; what they or it own is left out. Counted in Python: the database
    would be asked the same three times.
    """
    near = {each.council.pk: each for each in [each for each in like(council) if each.is_alike][:NEAREST]}
    rows = visible_adoptions(user).filter(
        council__in=[*council.lineage, *near], confirmed_at__isnull=False, status=Adoption.Status.LIVE
    )
    columns = ("council", "asset__owner", "asset__name", "asset__slug")
    uses: dict[int, set[NameAndSlug]] = defaultdict(set)
    ours: set[NameAndSlug] = set()
    owned: set[NameAndSlug] = set()
    for key, owner, *asset in rows.order_by().values_list(*columns)[:MOST_ROWS]:
        used = ours if key in council.lineage else uses[key]
        used.add((asset[0], asset[1]))
        if owner in council.lineage:
            owned.add((asset[0], asset[1]))
    known = ours | owned
    found = [Alike(near[key], len(used & ours), sorted(used - known)) for key, used in uses.items() if used - known]
    return sorted(found, key=_nearest_first)[:SHOWN]


def _nearest_first(each: Alike) -> tuple[float, int, str]:
    return (-each.likeness.share, -each.in_common, each.likeness.council.name)
