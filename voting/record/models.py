from django.conf import settings
from django.db import models

from core import clock
from core.privacy import Personal, Privacy
from voting.ballots.models import Ballot


class RecordCode(models.Model):
    """The code of a ballot's record as it was at the close: whoever has it can tell whether anything was altered since.

    It is mailed then and never changes. `salt` is part of the record and told with it, after the result is shown: else
    the votes of a small room could be guessed from the code before.
    """

    ballot = models.OneToOneField(Ballot, on_delete=models.PROTECT, related_name="record_code")
    code = models.CharField(max_length=19)
    salt = models.CharField(max_length=32)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Empty: the portal, at the time announced",
    )
    made_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(
        rows="Codes of the records of votes",
        personal={
            "closed_by": Personal(
                "Who closed the vote",
                "So that it can be accounted for",
                "Everybody signed in",
                "As long as the vote",
            )
        },
        impersonal=("code", "salt"),
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(code="") & ~models.Q(salt=""), name="a_record_has_a_code_and_a_salt"
            ),
        ]

    def __str__(self) -> str:
        return self.code
