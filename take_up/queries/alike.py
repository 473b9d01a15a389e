"""What councils of the same kind and region use that a council does not."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from accounts.models import AnyUser
from councils.models import Organisation
from take_up.models import Adoption
from take_up.permissions import visible_adoptions

SHOWN = 5
MOST_ROWS = 2000  # more than all councils of one kind and region are known to use

Named = tuple[str, str]  # a record's name and the slug of its address


@dataclass
class Alike:
    """One council of the same kind and region: how many assets both use, and those that only it uses."""

    council: Named
    in_common: int
    others: list[Named]


def councils_alike(council: Organisation, user: AnyUser) -> list[Alike]:
    """Up to five that use something the council does not, those with the most in common first; one query.

    A council uses what those it took over from used; what they or it own is left out. Counted in Python: the
    database would be asked the same three times.
    """
    own = Q(council__in=council.lineage)
    alike = Q(council__kind=council.kind, council__nation=council.nation, council__region=council.region)
    in_force = Q(council__in=Organisation.objects.in_force())
    rows = visible_adoptions(user).filter(
        own | (alike & in_force), confirmed_at__isnull=False, status=Adoption.Status.LIVE
    )
    columns = ("council", "council__name", "council__slug", "asset__owner", "asset__name", "asset__slug")
    uses: dict[Named, set[Named]] = defaultdict(set)
    ours: set[Named] = set()
    owned: set[Named] = set()
    for key, name, slug, owner, *asset in rows.order_by().values_list(*columns)[:MOST_ROWS]:
        used = ours if key in council.lineage else uses[name, slug]
        used.add((asset[0], asset[1]))
        if owner in council.lineage:
            owned.add((asset[0], asset[1]))
    known = ours | owned
    found = [Alike(each, len(used & ours), sorted(used - known)) for each, used in uses.items() if used - known]
    return sorted(found, key=lambda each: (-each.in_common, each.council))[:SHOWN]
