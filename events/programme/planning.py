"""Planning the days of a discovery: the link to the next, and its prefilled form."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse

from accounts.models import AnyUser, User
from core.forms import RowsField
from core.inbox import Action
from core.numbers import whole_number
from core.panels import Panel
from core.text import clean_line
from councils.models import Organisation, Service
from councils.permissions import organisations_of
from events.event.models import Event
from events.event.people import FOUR_KINDS, QUOTAS
from events.permissions import can_facilitate_events, visible_events
from events.programme.forms import EventForm
from projects.discoveries.permissions import visible_discoveries
from projects.discoveries.queries import checklist_of, why_no_co_design_day
from projects.models import Discovery, Need

CO_DESIGN_DAY = Event.Kind.CO_DESIGN_DAY
# The kind of day that belongs to each step of a discovery.
DAY_OF_STEP = {
    Discovery.Step.DISCOVERY_DAY: Event.Kind.DISCOVERY_DAY,
    Discovery.Step.CO_DESIGN_DAY: Event.Kind.CO_DESIGN_DAY,
}


def next_day(discovery: Discovery, user: AnyUser) -> Panel | None:
    """The link to the day of the present step until it is over; for facilitators, to plan the next where there is none.

    Once the Discovery Day is over, or has nothing left to find, that is the Co-Design Day, whose form says what step 1
    still misses.
    """
    if (kind := DAY_OF_STEP.get(Discovery.Step(discovery.step))) is None:
        return None
    days = _latest_days(discovery, user)
    action = _to_day(discovery, _next_kind(discovery, kind, days), days, user)
    return Panel("components/action.html", {"action": action}, place="next") if action else None


def step_two(discovery: Discovery, user: AnyUser) -> Panel | None:
    """For facilitators, while the Discovery Day is still to come: the link to plan the Co-Design Day, or to it."""
    kind = DAY_OF_STEP.get(Discovery.Step(discovery.step))
    if kind != Event.Kind.DISCOVERY_DAY or not can_facilitate_events(user):
        return None
    days = _latest_days(discovery, user)
    if _next_kind(discovery, kind, days) == CO_DESIGN_DAY:
        return None
    action = _to_day(discovery, CO_DESIGN_DAY, days, user)
    return (
        Panel("components/action.html", {"action": replace(action, is_second=True)}, place="actions")
        if action
        else None
    )


def _latest_days(discovery: Discovery, user: AnyUser) -> dict[str, Event]:
    """The last day of each kind that a discovery has."""
    days = visible_events(user).filter(discovery=discovery).exclude(state=Event.State.CANCELLED)
    return {day.kind: day for day in days.order_by("starts_at")}


def _next_kind(discovery: Discovery, kind: Event.Kind, days: Mapping[str, Event]) -> Event.Kind:
    """The kind of day that comes next, `kind` being that of the present step."""
    day = days.get(kind)
    is_done = day.has_ended if day else not why_no_co_design_day(discovery)
    return CO_DESIGN_DAY if is_done else kind


def _to_day(discovery: Discovery, kind: Event.Kind, days: Mapping[str, Event], user: AnyUser) -> Action | None:
    """The way to the day of that kind, or to plan it; None where it is over, or this reader plans none."""
    day = days.get(kind)
    if day is not None:
        return None if day.has_ended else Action(f"Go to the {kind.label}", day.get_absolute_url())
    if not can_facilitate_events(user):
        return None
    return Action(f"Plan the {kind.label}", reverse("events:new", query={"discovery": discovery.pk, "kind": kind}))


# How the fields of quotas begin; a kind's key follows.
QUOTA = "quota_"


class DayForm(EventForm):
    """The form of a day of a discovery, prefilled from it."""

    needs = RowsField(
        label="Needs it takes up", queryset=Need.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    services = RowsField(
        label="Services it is about",
        queryset=Service.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, discovery: Discovery, kind: str, initial: dict[str, Any], **kwargs: Any) -> None:
        """With the quotas of a Co-Design Day, prefilled, if the day is one."""
        rows = {"needs": discovery.needs.all(), "services": Service.objects.filter(needs__discovery=discovery)}
        self.heading = f"Plan the {Event.Kind(kind).label}"
        self.kind_of_day, self.discovery_of_day = kind, discovery
        known = {name: list(found.distinct()) for name, found in rows.items()}
        initial = initial | {
            "title": f"{Event.Kind(kind).label}: {discovery.title}"[:120],
            "stream": Event.Stream.DISCOVERY,
            "kind": kind,
            "discovery": discovery,
            "purposes": list(discovery.purposes.all()),
            **known,
        }
        super().__init__(*args, initial=initial, **kwargs)
        for name, found in known.items():
            field = self.fields[name]
            if found and isinstance(field, forms.ModelChoiceField):
                field.queryset = rows[name].distinct()
            else:
                del self.fields[name]
        if known["services"]:
            del self.fields["service"]
        if kind == CO_DESIGN_DAY:
            self._add_quotas()

    def _add_quotas(self) -> None:
        for key in FOUR_KINDS:
            self.fields[QUOTA + key] = forms.IntegerField(
                label=f"Places kept for {QUOTAS[key][0]}",
                required=False,
                min_value=0,
                max_value=100_000,
                error_messages={
                    "invalid": f"Enter a number of places for {QUOTAS[key][0]}, like 10, or leave it empty."
                },
            )
            self.initial.setdefault(QUOTA + key, QUOTAS[key][1])

    @property
    def quota_fields(self) -> list[forms.BoundField]:
        """The fields of how many places are kept for which kind of people; none where the day is no Co-Design Day."""
        return [self[name] for name in self.fields if name.startswith(QUOTA)]

    def clean(self) -> dict[str, Any]:
        """What was typed, with the quotas together as `publish_event` takes them; a quota of none is none."""
        answers = {"service": None, **(super().clean() or self.cleaned_data)}
        quotas = {key: answers.pop(QUOTA + key, None) for key in FOUR_KINDS}
        is_co_design_day = answers.get("kind") == CO_DESIGN_DAY
        return answers | {"quotas": {key: number for key, number in quotas.items() if number and is_co_design_day}}


def form_of_new_event(data: QueryDict | None, query: QueryDict, *, by: User) -> EventForm:
    """The form of a new event; a `DayForm` where the query names a discovery that `by` may see."""
    number = whole_number(query.get("discovery", ""))
    discovery = visible_discoveries(by).filter(pk=number).first() if number else None
    if discovery is None:
        return EventForm(data, initial={"host": _host(by)}, by=by)
    kind = query.get("kind", "")
    if kind not in Event.Kind.values:
        kind = DAY_OF_STEP.get(Discovery.Step(discovery.step), Event.Kind.CO_DESIGN_DAY)
    initial = {"host": _host(by) or discovery.department}
    return DayForm(data, discovery=discovery, kind=kind, initial=initial, by=by)


def checklist_page(form: EventForm) -> dict[str, Any]:
    """What the form's discovery needs before its Co-Design Day, as context; empty for any other day.

    `may_fill_in` is whether to show the form: not while something is missing, unless it has been sent already.
    """
    if not isinstance(form, DayForm) or form.kind_of_day != CO_DESIGN_DAY:
        return {"may_fill_in": True}
    why = why_no_co_design_day(form.discovery_of_day)
    return {
        "discovery": form.discovery_of_day,
        "checklist": checklist_of(form.discovery_of_day),
        "why_not_yet": why,
        "may_fill_in": form.is_bound or not why,
    }


def is_of_no_discovery(form: EventForm, query: QueryDict) -> bool:
    """Whether the query names a discovery that was not found."""
    return bool(clean_line(query.get("discovery", ""))) and not isinstance(form, DayForm)


def _host(by: User) -> Organisation | None:
    """The first organisation of whoever plans, if any."""
    own = organisations_of(by)
    return own[0] if own else None
