"""Filters of the lists: nonsense and what is unknown are left out, never an error."""

from typing import Any, Self

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from core.forms import LineField, RowField
from councils.models import COUNCIL_KINDS, Kind, Organisation, Service
from projects.models import Discovery, Need, Project, Purpose


class Filter(forms.Form):
    """A GET form; `chosen` holds only what makes sense."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        form = cls({name: query.get(name, "").replace("\0", "")[:200] for name in cls.base_fields})
        form.is_valid()
        form.errors.clear()  # what made no sense was left out of cleaned_data
        form.data = {name: form.data[name] for name in form.fields if name in form.cleaned_data}
        return form

    @property
    def chosen(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def in_words(self) -> str:
        """For the head of a CSV file."""
        parts = []
        for name, value in self.chosen.items():
            choices = dict(getattr(self.fields[name], "choices", ())) if isinstance(value, str) else {}
            parts.append(f"{self.fields[name].label}: {choices.get(value, value)}")
        return "; ".join(parts) or "none"


def by_slug(label: str, queryset: QuerySet, empty: str) -> RowField:
    return RowField(queryset, to_field_name="slug", label=label, empty_label=empty)


def _regions() -> list[tuple[str, str]]:
    regions = Organisation.objects.councils().exclude(region="").order_by("region").values_list("region", flat=True)
    return [("", "All regions"), *((region, region) for region in regions.distinct())]


class NeedFilter(Filter):
    q = LineField(label="Words", max_length=100)
    service = by_slug("Service", Service.objects.filter(needs__isnull=False).distinct(), "All services")
    kind = forms.ChoiceField(
        label="Kind of council", choices=[("", "All kinds"), *((kind.value, kind.label) for kind in COUNCIL_KINDS)]
    )
    region = forms.ChoiceField(label="Region or nation", choices=_regions)
    state = forms.ChoiceField(label="State", choices=[("", "All states"), *Need.State.choices])
    sort = forms.ChoiceField(label="Sort by", choices=[("councils", "Most councils"), ("newest", "Newest")])


class DiscoveryFilter(Filter):
    q = LineField(label="Words", max_length=100)
    step = forms.ChoiceField(label="Step", choices=[("", "All steps"), *Discovery.Step.choices])
    department = by_slug(
        "Department", Organisation.objects.filter(kind=Kind.DEPARTMENT).order_by("name"), "All departments"
    )
    purpose = RowField(Purpose.objects.all(), label="Purpose", empty_label="All purposes")


class ProjectFilter(Filter):
    q = LineField(label="Words", max_length=100)
    stage = forms.ChoiceField(label="Stage", choices=[("", "All stages"), *Project.Stage.choices])
    service = by_slug("Service", Service.objects.filter(projects__isnull=False).distinct(), "All services")
    region = forms.ChoiceField(label="Region of the lead council", choices=_regions)
    freshness = forms.ChoiceField(label="Freshness", choices=[("", "Any"), *Project.Freshness.choices])
    lead = by_slug(
        "Lead council",
        Organisation.objects.filter(projects_led__isnull=False).distinct().order_by("name"),
        "All councils",
    )
    purpose = RowField(Purpose.objects.all(), label="Purpose", empty_label="All purposes")
    outcome = forms.IntegerField(label="Outcome of the year", min_value=1990, max_value=2100)
