"""The councils that use an asset or commit to it, and what got better."""

from take_up.models.adoption import Adoption, EarlierUse, LivedBefore, StatusesSaid, status_on, was_live
from take_up.models.benefit import (
    DUE_AFTER,
    FOLLOW_UPS,
    YEARLY_SAVING,
    Benefit,
    BenefitQuerySet,
    is_unexplained,
    state_now,
    state_of,
    unit_in_words,
)
from take_up.models.commitment import REMINDED, Commitment
from take_up.models.history import StatusConfirmed
from take_up.models.measurement import COUNCILS, Measurement
from take_up.models.plan import TakeUpPlan
from take_up.models.savings import LEAST_FIGURES, SavingsShown
from take_up.models.turned_down import TurnedDown
from take_up.models.use_said import AS_IT_IS, UseSaid

__all__ = [
    "AS_IT_IS",
    "COUNCILS",
    "DUE_AFTER",
    "FOLLOW_UPS",
    "LEAST_FIGURES",
    "REMINDED",
    "YEARLY_SAVING",
    "Adoption",
    "Benefit",
    "BenefitQuerySet",
    "Commitment",
    "EarlierUse",
    "LivedBefore",
    "Measurement",
    "SavingsShown",
    "StatusConfirmed",
    "StatusesSaid",
    "TakeUpPlan",
    "TurnedDown",
    "UseSaid",
    "is_unexplained",
    "state_now",
    "state_of",
    "status_on",
    "unit_in_words",
    "was_live",
]
