"""Feedback on an event, without names: what was answered, and apart from it what was written."""

import uuid

from django.db import models
from django.db.models import Q

from core.privacy import Privacy
from events.event.models import Event


class Feedback(models.Model):
    """One feedback form of one event: the seven outcomes. Nothing leads from it to a person.

    Forms are sealed until the window has closed, then written here all at once and in a random order. From then on
    nobody can tell whose a form is, whoever runs the database included: neither from these rows nor from a backup.

    Forms given before feedback was sealed were stored here directly. Whoever reads the database itself can still match
    those with the places whose holders gave them, by the number that PostgreSQL keeps of the transaction.
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


class FeedbackComment(models.Model):
    """What somebody wrote beside their answers, with nothing that leads to them or to a feedback form.

    Comments are sealed with the forms and written here when those are opened, in a random order of their own.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="feedback_comments")
    text = models.TextField(max_length=1000)
    is_illustrative = models.BooleanField(default=False)

    MOST = 1000  # characters

    privacy = Privacy(rows="Comments on events", impersonal=("text",))

    class Meta:
        verbose_name = "comment on an event"
        verbose_name_plural = "comments on events"
        ordering = ["event", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="a_comment_says_something")]

    def __str__(self) -> str:
        return f"A comment on {self.event}"
