"""What people type about assets, adoptions and benefits."""

from assets_registry.forms.adoption import AdoptionChangeForm, AdoptionForm
from assets_registry.forms.asset import AssetForm, PasteForm, ReasonForm, values_of_file
from assets_registry.forms.benefit import CheckForm, ClaimForm

__all__ = [
    "AdoptionChangeForm",
    "AdoptionForm",
    "AssetForm",
    "CheckForm",
    "ClaimForm",
    "PasteForm",
    "ReasonForm",
    "values_of_file",
]
