"""Feedback on an event, without names."""

import uuid

from django.db import models

from events.event.models import Event


class Feedback(models.Model):
    """One feedback form of one event: the seven outcomes. No key leads from it to a person.

    The mark on the place that feedback was given is written in the same transaction, whose number PostgreSQL keeps with
    both rows: whoever reads the database itself can match them. The pages say so.
    """

    # A random key and no timestamp: the rows have no order that could be matched with people.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="feedback")
    would_recommend = models.BooleanField("would recommend it to others", null=True)
    rated_good_or_better = models.BooleanField("rated it good or better", null=True)
    identified_improvements = models.BooleanField("identified improvements to services", null=True)
    identified_new_ways_of_working = models.BooleanField("identified new ways of working", null=True)
    identified_collaboration = models.BooleanField("identified opportunities to collaborate", null=True)
    identified_efficiencies = models.BooleanField("identified efficiencies", null=True)
    identified_savings = models.BooleanField("identified savings", null=True)
    is_illustrative = models.BooleanField(default=False)

    OUTCOMES = (
        "would_recommend",
        "rated_good_or_better",
        "identified_improvements",
        "identified_new_ways_of_working",
        "identified_collaboration",
        "identified_efficiencies",
        "identified_savings",
    )

    class Meta:
        verbose_name_plural = "feedback"
        ordering = ["event", "pk"]

    def __str__(self) -> str:
        return f"Feedback on {self.event}"

    @classmethod
    def words_for(cls, name: str) -> str:
        """The label of an outcome."""
        return str(getattr(cls._meta.get_field(name), "verbose_name"))  # noqa: B009 - its type knows no such name
