"""What people type about the use of an asset, and about what got better."""

from take_up.forms.adoption import AdoptionChangeForm, AdoptionForm
from take_up.forms.benefit import CheckForm, ClaimForm

__all__ = ["AdoptionChangeForm", "AdoptionForm", "CheckForm", "ClaimForm"]
