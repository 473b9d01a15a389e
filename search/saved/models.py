from django.conf import settings
from django.db import models
from django.http import QueryDict
from django.utils.functional import cached_property

from core import clock
from core.privacy import OnErasure, Personal, Privacy
from search.asking import SearchQuery


class SavedSearch(models.Model):
    """A search that a person keeps under a name. Once a week they hear what it newly finds."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches")
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=1000, help_text="What stands behind the question mark of its address")
    saved_at = models.DateTimeField(default=clock.now)
    found = models.JSONField(
        null=True,
        blank=True,
        help_text="The keys of what it found when it was last looked at; empty: never",
    )

    privacy = Privacy(
        rows="Searches you saved",
        subject="person",
        impersonal=("found",),
        personal={
            "person": Personal(
                "That you saved a search",
                "So that you hear what it newly finds",
                "Nobody else",
                "Until you delete it, or close your account",
                OnErasure.DELETE_ROW,
            ),
            "name": Personal("Its name", "So that you know which", "Nobody else", "As long", OnErasure.DELETE_ROW),
            "query": Personal(
                "What you look for", "So that we can look again", "Nobody else", "As long", OnErasure.DELETE_ROW
            ),
        },
    )

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = "saved searches"
        constraints = [models.UniqueConstraint(fields=["person", "query"], name="one_saved_search_for_each_query")]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def asked(self) -> SearchQuery:
        """The search as it is read today: what no longer means anything is ignored."""
        return SearchQuery.from_query(QueryDict(self.query))

    @property
    def url(self) -> str:
        return self.asked.url
