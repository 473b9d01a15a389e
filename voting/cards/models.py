import uuid

from django.db import models

from core.privacy import Privacy
from voting.ballots.models import Ballot


class VotingCard(models.Model):
    """One printed voting card, of which the portal knows that it is good for one vote and not who holds it.

    Whether it was used is known by its mark while the ballot is open; nothing ties it to what was voted for.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="cards")
    digest = models.CharField(max_length=64, help_text="SHA-256 of what is printed on it")
    is_void = models.BooleanField(default=False, help_text="Whether other cards were printed in its place")

    privacy = Privacy(impersonal=("digest",))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["digest"], name="a_voting_card_is_printed_once")]

    def __str__(self) -> str:
        return f"A voting card of {self.ballot}"
