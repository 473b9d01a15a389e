from django.db import models
from django.db.models import Q

from core import clock
from core.privacy import Privacy
from voting.ballots.models import Ballot


class ParkedQuestion(models.Model):
    """A question that came up during a vote and is taken up later, as those who run the vote noted it."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="parked_questions")
    words = models.CharField("question", max_length=200)
    parked_at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(impersonal=("words",))

    class Meta:
        ordering = ["parked_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="a_parked_question_has_words")]

    def __str__(self) -> str:
        return self.words
