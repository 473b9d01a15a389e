from django.db import models

from core.privacy import Privacy
from projects.models import Project
from voting.ballots.models import Ballot, Option


class BallotProject(models.Model):
    """The project that a ballot's winner was turned into."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="led_to")
    option = models.OneToOneField(Option, on_delete=models.PROTECT, related_name="led_to")
    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="chosen_by")
    reason = models.CharField(max_length=300, blank=True, help_text="Why this one, where several were tied")

    privacy = Privacy(impersonal=("reason",))

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.ballot}: {self.project}"
