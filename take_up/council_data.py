"""What is downloaded of a council's uses of assets."""

from accounts.models import AnyUser
from core.tables import MADE_UP, Table, made_up_cell
from councils.models import Organisation
from take_up.permissions import visible_adoptions


def uses_of_council(council: Organisation, user: AnyUser) -> Table:
    """The assets that it uses and used, as far as it lets itself be named; to its own people all of them."""
    found = visible_adoptions(user).filter(council__in=council.lineage).select_related("council", "asset")
    return Table(
        name="uses",
        title="Assets that it uses, tries or used",
        columns=("Council", "Asset", "Status", "Since", "Version", "What it changed", "Confirmed", MADE_UP),
        rows=[
            (
                each.council,
                each.asset,
                each.get_status_display(),
                each.since,
                each.version,
                each.what_we_changed,
                "yes" if each.is_confirmed else "no",
                made_up_cell(each),
            )
            for each in found.order_by("council__name", "asset__name", "pk")
        ],
    )
