"""What the list of events, its CSV and its calendar feed can be narrowed by."""

from typing import Any, Self

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict

from core import clock
from councils.models import Service
from events.models import Event

ANY = [("", "Any")]


def _offer(form: forms.Form, name: str, choices: Any) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


class Filters(forms.Form):
    """The filters of the list. Values that make no sense are left out, not complained about."""

    is_filter = True
    chosen: dict[str, Any]

    q = forms.CharField(label="Words", max_length=100, required=False)
    when = forms.ChoiceField(
        label="When", choices=[("", "Any time"), ("upcoming", "Coming up"), ("past", "Past")], required=False
    )
    stream = forms.ChoiceField(label="Stream", choices=[*ANY, *Event.Stream.choices], required=False)
    kind = forms.ChoiceField(label="Kind", choices=[*ANY, *Event.Kind.choices], required=False)
    region = forms.ChoiceField(label="Region of the host", required=False)
    service = forms.ChoiceField(label="Service", required=False)
    year = forms.IntegerField(label="Year", min_value=1990, max_value=2100, required=False)
    as_at = forms.DateField(label="Until", required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regions = Event.objects.exclude(host=None).exclude(host__region="").order_by("host__region")
        names = regions.values_list("host__region", flat=True).distinct()
        _offer(self, "region", [*ANY, *((name, name) for name in names)])
        services = Service.objects.filter(events__isnull=False).distinct().order_by("name")
        _offer(self, "service", [*ANY, *services.values_list("slug", "name")])

    @classmethod
    def read(cls, params: QueryDict) -> Self:
        """The form showing what of `params` made sense; `chosen` holds those values."""
        asked = cls(params)
        asked.full_clean()
        shown = cls.__new__(cls)
        # The same choices again, without asking the database twice.
        forms.Form.__init__(shown, initial=asked.cleaned_data)
        for name in ("region", "service"):
            _offer(shown, name, getattr(asked.fields[name], "choices", ANY))
        shown.chosen = {name: value for name, value in asked.cleaned_data.items() if value}
        return shown

    @property
    def words(self) -> str:
        """What was chosen, for the head of the CSV."""
        return "; ".join(f"{name}: {value}" for name, value in self.chosen.items()) or "none"

    def apply(self, events: QuerySet[Event], *, without: str = "") -> QuerySet[Event]:
        """`events` narrowed by everything chosen, `without` one of the filters."""
        chosen = {name: value for name, value in self.chosen.items() if name != without}
        for name in {"stream", "kind"} & chosen.keys():
            events = events.filter(**{name: chosen[name]})
        if region := chosen.get("region"):
            events = events.filter(host__region=region)
        if service := chosen.get("service"):
            events = events.filter(services__slug=service)
        if year := chosen.get("year"):
            events = events.filter(starts_at__year=year)
        if as_at := chosen.get("as_at"):
            events = events.filter(starts_at__date__lte=as_at)
        if when := chosen.get("when"):
            now = clock.now()
            events = events.filter(ends_at__gt=now) if when == "upcoming" else events.filter(ends_at__lte=now)
        for word in chosen.get("q", "").split()[:8]:
            events = events.filter(Q(title__icontains=word) | Q(summary__icontains=word) | Q(venue__icontains=word))
        return events
