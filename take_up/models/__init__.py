"""The councils that use an asset or commit to it, and what got better."""

from take_up.models.adoption import Adoption, EarlierUse, LivedBefore, was_live, was_piloting
from take_up.models.benefit import YEARLY_SAVING, Benefit, unit_in_words
from take_up.models.commitment import Commitment
from take_up.models.history import StatusConfirmed
from take_up.models.savings import LEAST_FIGURES, SavingsShown

__all__ = [
    "LEAST_FIGURES",
    "YEARLY_SAVING",
    "Adoption",
    "Benefit",
    "Commitment",
    "EarlierUse",
    "LivedBefore",
    "SavingsShown",
    "StatusConfirmed",
    "unit_in_words",
    "was_live",
    "was_piloting",
]
