"""Assessments at a gate: what they come to."""

from collections import Counter
from collections.abc import Iterable

from core.words import day_in_words
from steering.models import GateAssessment, GatePoint


def verdict(record: GateAssessment) -> str:
    """What follows from an assessment, as a sentence."""
    return {
        GateAssessment.Rating.RED: f"The project is assessed again by {day_in_words(record.again_on)}.",
        GateAssessment.Rating.AMBER: "The project goes on, and mends what is amber within three months.",
        GateAssessment.Rating.GREEN: "The project goes on.",
    }[GateAssessment.Rating(record.rating)]


def counts_of(points: Iterable[GatePoint]) -> list[tuple[str, int]]:
    """How many points have which rating, the worst first; without those that none has."""
    of = Counter(point.rating for point in points)
    order = (GatePoint.Rating.RED, GatePoint.Rating.AMBER, GatePoint.Rating.GREEN, GatePoint.Rating.NOT_YET)
    return [(str(rating.label), of[rating]) for rating in order if of[rating]]
