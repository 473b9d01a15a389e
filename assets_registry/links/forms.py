"""What people type about the links of an asset."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from accounts.models import User
from assets_registry.models import Asset, AssetLink, repository_key
from assets_registry.permissions import visible_assets
from core.forms import LineField
from core.words import series

_MOST_NAMED = 4
_PAGE = re.compile(r"/assets/([-a-zA-Z0-9_]{1,80})/?(?:[?#]|$)")


class LinkForm(forms.Form):
    """How an asset hangs together with another, which is named in people's words."""

    relation = forms.ChoiceField(
        label="This asset is",
        choices=[
            (AssetLink.Relation.BASED_ON, "based on another, as a variant of it"),
            (AssetLink.Relation.DEPENDS_ON, "dependent on another: it does not work without it"),
            (AssetLink.Relation.PART_OF, "part of a suite"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how they hang together."},
    )
    other = LineField(
        label="The other asset",
        help_text="Its name, the address of its page here, or of its repository",
        max_length=400,
        error_messages={"required": "Name the other asset."},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_other(self) -> Asset:
        """The one asset that the reader may see by this name or address."""
        typed = self.cleaned_data["other"]
        rows = visible_assets(self.user).exclude(state=Asset.State.WITHDRAWN)
        exact = list(rows.filter(_by_name_or_address(typed))[: _MOST_NAMED + 1])
        found = exact or list(rows.filter(name__icontains=typed).order_by("name")[: _MOST_NAMED + 1])
        if not found:
            raise ValidationError("No asset here has this name or address.")
        if len(found) > 1:
            names = series([f"{asset} (/assets/{asset.slug}/)" for asset in found], most=_MOST_NAMED, last="or")
            raise ValidationError(f"Several fit. Give the address of one: {names}.")
        return found[0]


def _by_name_or_address(typed: str) -> Q:
    page = _PAGE.search(typed)
    fits = Q(name__iexact=typed) | Q(slug=page[1] if page else typed.lower())
    key = repository_key(typed)
    return fits | Q(repository_key=key) if key else fits
