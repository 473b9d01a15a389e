"""What people type about assets."""

from assets_registry.forms.asset import AssetForm, ReasonForm, values_of_file
from assets_registry.forms.source import AddressForm, PasteForm

__all__ = ["AddressForm", "AssetForm", "PasteForm", "ReasonForm", "values_of_file"]
