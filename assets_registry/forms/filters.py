from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from assets_registry.models import Asset
from core.forms import LineField, RowField
from councils.models import Organisation, Service, Tier


def _choice(label: str, values: Iterable[str]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", "Any"), *((each, each) for each in values)], required=False)


class AssetFilter(forms.Form):
    """The filters of the list. What makes no sense is left aside, and the rest still holds."""

    q = LineField(label="Words", max_length=100, required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("", "Any"), *Asset.Kind.choices], required=False)
    service = RowField(
        Service.objects.filter(assets__state=Asset.State.PUBLISHED).distinct(),
        label="Service",
        to_field_name="slug",
        empty_label="Any",
        required=False,
    )
    tier = forms.ChoiceField(label="Councils it is for", choices=[("", "Any"), *Tier.choices], required=False)
    phase = forms.ChoiceField(label="Phase", choices=[("", "Any"), *Asset.Phase.choices], required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        published = Asset.objects.published().order_by()
        licences = published.exclude(licence="").values_list("licence", flat=True).distinct().order_by("licence")
        regions = Organisation.objects.filter(assets__state=Asset.State.PUBLISHED).exclude(region="")
        names = regions.order_by("region").values_list("region", flat=True).distinct()
        self.fields["licence"] = _choice("Licence", licences)
        self.fields["region"] = _choice("Region of the owner", names)

    def applied(self, assets: QuerySet[Asset]) -> QuerySet[Asset]:
        self.is_valid()
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        if words := chosen.pop("q", ""):
            assets = assets.filter(
                Q(name__icontains=words) | Q(summary__icontains=words) | Q(description__icontains=words)
            )
        paths = {"service": "services", "region": "owner__region"}
        return assets.filter(**{paths.get(name, name): value for name, value in chosen.items()})

    def in_words(self) -> str:
        """For the head of the CSV."""
        chosen = [f"{name} {value}" for name, value in self.cleaned_data.items() if value]
        return "; ".join(chosen) or "none"
