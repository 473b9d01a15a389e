"""The sum of what councils avoided is shown anew, where that tells nobody's own figure."""

from django.db import transaction

from assets_registry.models import Asset
from core import clock
from core.schedules import do_each
from take_up.models import SavingsShown
from take_up.queries.savings import figures_of
from take_up.queries.spread import confirmed_adoptions


def show_savings() -> int:
    """Show the sum of each asset as of today, where it may be shown; of how many it is."""
    told_of = Asset.objects.filter(adoptions__avoided_cost__isnull=False, adoptions__confirmed_at__isnull=False)
    return do_each(_show, told_of.distinct().order_by("pk"))


@transaction.atomic
def _show(asset: Asset) -> bool:
    asset = Asset.objects.select_for_update(of=("self",)).get(pk=asset.pk)
    today = clock.today()
    given, of = figures_of(asset, confirmed_adoptions(asset), today)
    figures = {str(each.pk): each.avoided_cost for each in given}
    new = SavingsShown(
        asset=asset,
        as_at=today,
        figures=figures,
        n=len(figures),
        of=of,
        is_illustrative=any(each.is_illustrative for each in given),
    )
    if not new.has_enough_beside(asset.savings_shown.all()):
        return False
    new.save()
    return True
