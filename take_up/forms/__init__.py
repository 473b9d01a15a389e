"""What people type about the use of an asset, about what they would do for it, and about what got better."""

from take_up.forms.adoption import AdoptionChangeForm, AdoptionForm
from take_up.forms.benefit import ClaimForm, ExplanationForm, MeasurementForm, PlanForm, TurnDownForm
from take_up.forms.commitment import CommitmentForm

__all__ = [
    "AdoptionChangeForm",
    "AdoptionForm",
    "ClaimForm",
    "CommitmentForm",
    "ExplanationForm",
    "MeasurementForm",
    "PlanForm",
    "TurnDownForm",
]
