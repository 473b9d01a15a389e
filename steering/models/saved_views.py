from django.conf import settings
from django.db import models

from core import clock
from core.privacy import OnErasure, Personal, Privacy


class SavedView(models.Model):
    """A view of the portfolio that a person keeps under a name: what stands behind the question mark of its address."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="portfolio_views")
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=1000)
    saved_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(
        rows="Views of the portfolio you saved",
        subject="person",
        personal={
            "person": Personal(
                "That you saved a view of the board’s portfolio",
                "So that you find it again",
                "Nobody else",
                "Until you delete it, or close your account",
                OnErasure.DELETE_ROW,
            ),
            "name": Personal("Its name", "So that you know which", "Nobody else", "As long", OnErasure.DELETE_ROW),
            "query": Personal(
                "What it shows", "So that it can be shown again", "Nobody else", "As long", OnErasure.DELETE_ROW
            ),
        },
    )

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["person", "query"], name="one_saved_view_for_each_query")]

    def __str__(self) -> str:
        return self.name
