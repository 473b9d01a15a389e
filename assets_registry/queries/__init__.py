"""How far assets have spread, and what was promised beside what was measured."""

from assets_registry.queries.benefits import BenefitSums, Claimed, Confirmed, sums, sums_of_all
from assets_registry.queries.take_up import KindTakeUp, TakeUp, take_up, take_ups

__all__ = ["BenefitSums", "Claimed", "Confirmed", "KindTakeUp", "TakeUp", "sums", "sums_of_all", "take_up", "take_ups"]
