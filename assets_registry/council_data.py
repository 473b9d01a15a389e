"""What is downloaded of the assets that a council owns."""

from dataclasses import replace

from django.db.models import Q

from assets_registry.lists import ASSETS
from assets_registry.permissions import visible_assets
from councils.data import of_list

# Published ones; to those who write for it also its drafts, which the column of states tells apart.
assets_of_council = of_list(
    replace(ASSETS, rows=lambda user, asked: visible_assets(user)),
    "Assets that it shares",
    lambda councils: Q(owner__in=councils),
)
