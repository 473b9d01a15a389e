"""What is downloaded of a council's uses of assets and of its commitments to them."""

from accounts.models import AnyUser
from core.tables import MADE_UP, Table, made_up_cell
from councils.models import Organisation
from take_up.permissions import visible_adoptions, visible_commitments


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


def commitments_of_council(council: Organisation, user: AnyUser) -> Table:
    """What it said it would do for assets, as far as it lets itself be named; to its own people all of it."""
    found = visible_commitments(user).filter(council__in=council.lineage).select_related("council", "asset")
    return Table(
        name="commitments",
        title="What it said it would do for assets",
        columns=(
            "Council", "Asset", "Would", "Officer days", "Up to, £", "From", "Until", "Ended on", "How it ended",
            "Confirmed", MADE_UP,
        ),
        rows=[
            (
                each.council,
                each.asset,
                each.get_would_display(),
                each.officer_days,
                each.co_fund,
                each.begins_on,
                each.expires_on,
                each.ended_on,
                each.get_ending_display(),
                "yes" if each.confirmed_at else "no",
                made_up_cell(each),
            )
            for each in found.order_by("council__name", "asset__name", "pk")
        ],
    )  # fmt: skip
