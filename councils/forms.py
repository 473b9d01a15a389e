from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.db.models import Q
from django.http import QueryDict

from accounts.models import User
from core import clock
from core.forms import LineField, RowField, TextField
from councils.founding import NewCouncil
from councils.kinds import COUNCIL_CHOICES, REGIONS
from councils.models import Enquiry, Membership, Organisation, Reorganisation, Service
from councils.queries import council_named, who_takes_over
from design_system.fields import OnlyIf
from design_system.forms import DateField


class OrganisationField(RowField):
    """One of the organisations that `offer` names; the first is chosen before anybody chooses."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Organisation.objects.none(), empty_label=None, **kwargs)

    def offer(self, organisations: Sequence[Organisation]) -> None:
        self.queryset = Organisation.objects.filter(pk__in=[each.pk for each in organisations])
        self.initial = organisations[0].pk if organisations else None


class JoinForm(forms.Form):
    role = forms.ChoiceField(
        label="What do you want to do?",
        widget=forms.RadioSelect,
        choices=[
            (Membership.Role.CONTRIBUTOR, "Contribute: raise needs, register assets, write case studies"),
            (Membership.Role.READER, "Read only"),
        ],
        initial=Membership.Role.CONTRIBUTOR,
        error_messages={"required": "Choose what you want to do"},
    )


class RoleForm(forms.Form):
    """A member's role, for one line of the members page."""

    role = forms.ChoiceField(
        label="Role",
        choices=[(value, label.partition(":")[0]) for value, label in Membership.Role.choices],
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose one of the roles."),
    )

    def __init__(self, data: QueryDict | None = None, *, membership: Membership) -> None:
        super().__init__(data, initial={"role": membership.role}, prefix=f"m{membership.pk}")
        self.membership = membership
        self.fields["role"].label = f"Role of {membership.person}"


class HandOverWorkForm(forms.Form):
    """To whom what is in somebody's name goes, and what becomes of that person's place."""

    to = RowField(
        label="Who takes it over?",
        queryset=User.objects.none(),
        empty_label="Choose a colleague",
        error_messages={
            "required": "Choose who takes it over.",
            "invalid_choice": "Choose a colleague who writes for this organisation.",
        },
    )
    gives_role = forms.BooleanField(required=False)
    ends_place = forms.BooleanField(required=False)

    def __init__(
        self, data: QueryDict | None = None, *, was: User, organisation: Organisation, place: Membership | None
    ) -> None:
        super().__init__(data)
        self.was = was
        to = cast(RowField, self.fields["to"])
        to.queryset = who_takes_over(organisation).exclude(pk=was.pk)
        to.help_text = f"Only those who write for {organisation}. Somebody else joins and is confirmed first."
        is_there = place is not None and place.state == Membership.State.CONFIRMED
        if is_there and place is not None and place.role in (Membership.Role.PUBLISHER, Membership.Role.LEAD):
            self.fields["gives_role"].label = f"Make them {place.line.lower()} too, as {was} is"
            self.fields["gives_role"].help_text = "What waits for that role waits for them as well from then on."
        else:
            del self.fields["gives_role"]
        if place is not None:
            self.fields["ends_place"].label = f"{was} no longer acts for {organisation}: end the place"
            self.fields["ends_place"].help_text = "It cannot be undone, but the person can ask to join again."
        else:
            del self.fields["ends_place"]

    @property
    def answers(self) -> dict[str, Any]:
        return {**self.cleaned_data, "was": self.was}


class MayBeAskedForm(forms.Form):
    """A member's consent to be named on the organisation's page as a person to ask."""

    may_be_asked = forms.BooleanField(required=False)

    def __init__(self, data: QueryDict | None = None, *, membership: Membership) -> None:
        super().__init__(data, initial={"may_be_asked": membership.may_be_asked})
        field = self.fields["may_be_asked"]
        field.label = f"I may be asked about what {membership.organisation} does, by name"
        field.help_text = (
            "People who are signed in see your name and job title on this page, never your address. "
            "Their question reaches you by mail."
        )


KNOWN, NEW = "known", "new"
_IF_KNOWN = OnlyIf("heir", (KNOWN,), "Only if it is in the directory")
_IF_NEW = OnlyIf("heir", (NEW,), "Only if it is a new one")
_ONLY_IF = {
    "carried_on_by": _IF_KNOWN,
    **dict.fromkeys(("new_name", "new_official_name", "new_kind", "new_region", "new_code", "new_starts_on"), _IF_NEW),
}


class ReorganiseForm(forms.Form):
    """When a council ends, who takes over, and which of them carries on what goes on there; it may be founded here."""

    ends_on = DateField(
        label="What is its last day?",
        help_text="A council that is replaced on 1 April has 31 March as its last day.",
        error_messages={"required": "Give its last day."},
    )
    heir = forms.ChoiceField(
        label="Which council carries on what goes on?",
        help_text="It gets the people, and what they have begun.",
        widget=forms.RadioSelect,
        choices=[(KNOWN, "One in the directory"), (NEW, "A new one, which is put into the directory with this")],
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose one of the two."),
    )
    carried_on_by = RowField(
        Organisation.objects.none(),
        label="Its name",
        empty_label="Choose a council",
        error_messages={
            "required": "Choose the council that carries on.",
            "invalid_choice": "Choose a council from the list.",
        },
    )
    new_name = LineField(
        label="What is the new council called, in short?",
        help_text="Such as: Cumberland",
        max_length=120,
        error_messages={"required": "Give the short name of the new council."},
    )
    new_official_name = LineField(
        label="What is its official name?",
        help_text="Such as: Cumberland Council",
        max_length=160,
        error_messages={"required": "Give its official name."},
    )
    new_kind = forms.ChoiceField(
        label="What kind of council is it?",
        choices=[("", "Choose a kind"), *COUNCIL_CHOICES],
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose what kind of council it is."),
    )
    new_region = forms.ChoiceField(
        label="In which region or nation?",
        choices=[("", "Choose a region"), *((name, name) for name in REGIONS)],
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose its region or nation from the list."),
    )
    new_code = LineField(
        label="What is its three-letter code, if it has one?",
        help_text="As in local registers: CBD for Cumberland. Its GSS code comes with the next list of councils.",
        max_length=3,
        required=False,
    )
    new_starts_on = DateField(
        label="What is its first day?",
        help_text="Leave it empty if it is the day after the other’s last.",
        required=False,
    )
    others = TextField(
        label="Does another council take over a part?",
        help_text="Its name, one to a line. Its page then tells of this council too.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    order = LineField(
        label="By which order or decision?",
        help_text="Such as: the Cumbria (Structural Changes) Order 2022",
        max_length=200,
        error_messages={"required": "Name the order or decision that it rests on."},
    )

    def __init__(self, data: QueryDict | None = None, *, council: Organisation, **kwargs: Any) -> None:
        super().__init__(data, initial=_as_said(council), **kwargs)
        for name, condition in _ONLY_IF.items():
            self.fields[name].only_if = condition  # type: ignore[attr-defined]  # read by the design system
        field: Any = self.fields["carried_on_by"]
        not_over = Q(ends_on=None) | Q(ends_on__gte=clock.today())
        field.queryset = Organisation.objects.councils().filter(not_over).exclude(pk=council.pk)
        field.label_from_instance = lambda successor: successor.full_name

    def clean_new_code(self) -> str:
        code = self.cleaned_data["new_code"].upper()
        if code and not (len(code) == 3 and code.isascii() and code.isalpha()):
            raise forms.ValidationError("Give the code as three letters, or none.")
        return code

    def clean(self) -> dict[str, Any]:
        """Nothing is asked of the way to name the council that was not chosen; what was typed there stays."""
        for name, condition in _ONLY_IF.items():
            if self.cleaned_data.get("heir") not in condition.values:
                self.errors.pop(name, None)
        return self.cleaned_data

    @property
    def answers(self) -> dict[str, Any]:
        """The answers of `reorganise`."""
        said = self.cleaned_data
        heir: Organisation | NewCouncil
        if said["heir"] == NEW:
            names = ("name", "official_name", "kind", "region", "code", "starts_on")
            heir = NewCouncil(**{name: said[f"new_{name}"] for name in names})
        else:
            heir = said["carried_on_by"]
        return {"carried_on_by": heir, **{name: said[name] for name in ("ends_on", "others", "order")}}

    def clean_others(self) -> list[Organisation]:
        found = []
        for name in filter(None, map(str.strip, self.cleaned_data["others"].splitlines())):
            if (council := council_named(name)) is None:
                raise forms.ValidationError(f"No one council is called “{name}”. Write its name as in its own page.")
            if council not in found:
                found.append(council)
        return found


def _as_said(council: Organisation) -> dict[str, Any]:
    """What was said of its reorganisation before, or stands in the register."""
    successors = list(council.successors.all())
    said = Reorganisation.objects.filter(council=council).first()
    carries_on = said.carried_on_by_id if said else successors[0].pk if len(successors) == 1 else None
    others = [each.full_name for each in successors if each.pk != carries_on]
    order = said.order if said else ""
    return {
        "ends_on": council.ends_on,
        "heir": KNOWN,
        "carried_on_by": carries_on,
        "others": "\n".join(others),
        "order": order,
    }


class AskForm(forms.Form):
    words = TextField(
        label="Your question",
        max_length=Enquiry._meta.get_field("words").max_length,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Write your question."},
    )


class SystemForm(forms.Form):
    """A product that a council runs."""

    product = LineField(
        label="Product",
        help_text="As its supplier calls it, without the version. If other councils run it, choose their name for it: "
        "under two names it counts as two products.",
        max_length=100,
        error_messages={"required": "Give the name of the product."},
    )
    service = RowField(
        Service.objects.all(), label="Which council service is it for?", required=False, empty_label="None of these"
    )
    used_for = LineField(
        label="What is it for, if no council service?",
        help_text="Such as staff sign-in.",
        max_length=100,
        required=False,
    )
    supplier = LineField(label="Supplier", max_length=100, required=False)
    until = DateField(label="Until when, if you know?", help_text="The last day of the contract.", required=False)

    def __init__(self, *args: Any, names: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = names  # that others use already, offered as one types
        self.fields["product"].widget.attrs["list"] = "known-products"
