"""Assets, the councils that adopted them, and what got better."""

from assets_registry.models.adoption import Adoption
from assets_registry.models.asset import Asset, repository_key
from assets_registry.models.benefit import YEARLY_SAVING, Benefit, unit_in_words

__all__ = ["YEARLY_SAVING", "Adoption", "Asset", "Benefit", "repository_key", "unit_in_words"]
