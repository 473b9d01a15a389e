"""The filter beside the list, and the form in which a council writes its case study."""

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminPageForm

from core.forms import LineField, TextField
from core.text import clean_line
from councils.models import Membership, Organisation
from councils.permissions import councils_of
from publishing.evidence import CHOICES
from publishing.permissions import is_editor
from publishing.queries import KINDS, REGIONS, Filters, services_with_case_studies


class CaseStudyFilterForm(forms.Form):
    """Shows what the list was asked for."""

    q = forms.CharField(label="Words", required=False)
    service = forms.ChoiceField(label="Service", required=False)
    kind = forms.ChoiceField(label="Kind of council", required=False, choices=[("", "All kinds"), *KINDS])
    region = forms.ChoiceField(
        label="Region or nation", required=False, choices=[("", "Everywhere"), *((name, name) for name in REGIONS)]
    )
    evidence = forms.ChoiceField(label="Evidence", required=False, choices=[("", "Any"), *CHOICES])
    year = forms.CharField(label="Year", required=False)

    def __init__(self, filters: Filters) -> None:
        super().__init__(
            initial={
                "q": filters.q,
                "service": filters.service,
                "kind": filters.kind,
                "region": filters.region,
                "evidence": "" if filters.evidence is None else str(filters.evidence),
                "year": filters.year or "",
            }
        )
        services = [(service.slug, service.name) for service in services_with_case_studies()]
        self.fields["service"].choices = [("", "All services"), *services]  # type: ignore[attr-defined]  # a choice field


class ReasonForm(forms.Form):
    """Sending something back says what should change."""

    comment = TextField(
        label="What should change",
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "Say what should change."},
    )


class WithdrawForm(forms.Form):
    """Taking something back says why: the reason stands on the page."""

    reason = LineField(
        label="Reason",
        help_text="It stands on the page for everyone to read.",
        max_length=300,
        error_messages={"required": "Enter the reason: it stands on the page."},
    )


class CaseStudyForm(WagtailAdminPageForm):
    """Offers the author's own councils, asks for a baseline beside a result, and cleans the lines."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "council" not in self.fields:
            return
        offered = Organisation.objects.councils()
        if not (self.for_user.is_superuser or is_editor(self.for_user)):
            own = councils_of(self.for_user, at_least=Membership.Role.CONTRIBUTOR)
            offered = offered.filter(pk__in=[council.pk for council in own])
            if len(own) == 1 and not self.instance.council_id:
                self.initial["council"] = own[0].pk
        self.fields["council"].queryset = offered  # type: ignore[attr-defined]  # a choice of rows

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name, value in cleaned.items():
            if isinstance(value, str) and isinstance(self.fields.get(name), forms.CharField):
                # Rich text comes as one line of markup too, so line breaks in it may go.
                cleaned[name] = clean_line(value)
        if cleaned.get("result") and not cleaned.get("measured_on"):
            self.add_error("measured_on", "Enter the day the result was measured.")
        if cleaned.get("baseline") and not cleaned.get("result"):
            self.add_error("result", "Enter what it is now, beside what it was before.")
        return cleaned
