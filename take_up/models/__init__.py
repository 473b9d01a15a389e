"""The councils that use an asset, and what got better."""

from take_up.models.adoption import Adoption, was_live, was_piloting
from take_up.models.benefit import YEARLY_SAVING, Benefit, unit_in_words

__all__ = ["YEARLY_SAVING", "Adoption", "Benefit", "unit_in_words", "was_live", "was_piloting"]
