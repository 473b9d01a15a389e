"""What people type about assets."""

from assets_registry.forms.asset import AssetForm, PasteForm, ReasonForm, values_of_file

__all__ = ["AssetForm", "PasteForm", "ReasonForm", "values_of_file"]
