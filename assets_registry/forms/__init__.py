"""What people type about assets."""

from assets_registry.forms.asset import AssetForm, ReasonForm, values_of_file
from assets_registry.forms.languages import language_key
from assets_registry.forms.source import AddressForm, PasteForm

__all__ = ["AddressForm", "AssetForm", "PasteForm", "ReasonForm", "language_key", "values_of_file"]
