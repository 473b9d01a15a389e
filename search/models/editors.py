"""What editors say about words and results, and what was searched for."""

import uuid

from django.db import models
from django.db.models import Q

from core.privacy import Personal, Privacy

MOST_PINS = 3  # records shown first for one search
MOST_PHRASES = 12  # of one group of synonyms
LONGEST_PHRASE = 80


class WordList(models.Model):
    """The one row whose stamp changes with every change of synonyms and pinned results.

    Each process compares it once per search and then reads the words anew. Whoever changes them holds it, so that two
    editors cannot put one phrase into two groups.
    """

    stamp = models.UUIDField(default=uuid.uuid4)

    privacy = Privacy()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_word_list")]

    def __str__(self) -> str:
        return "The editors’ words for the search"


class SynonymGroup(models.Model):
    """Phrases that mean the same to councils: a search for one of them also finds the others."""

    privacy = Privacy()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return ", ".join(phrase.text for phrase in self.phrases.all())

    def get_absolute_url(self) -> str:
        return f"/search/words/{self.pk}/"


class SynonymPhrase(models.Model):
    """One phrase of a group of synonyms. It is known by the stems of its words and belongs to one group."""

    group = models.ForeignKey(SynonymGroup, models.CASCADE, related_name="phrases")
    text = models.CharField(max_length=LONGEST_PHRASE)
    stems = models.CharField(max_length=LONGEST_PHRASE)

    privacy = Privacy(impersonal=("text", "stems"))

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["stems"], name="one_group_per_phrase")]

    def __str__(self) -> str:
        return self.text


class PinnedSearch(models.Model):
    """Words for which editors chose what is shown first, known by the stems of all of them."""

    words = models.CharField(max_length=LONGEST_PHRASE)
    stems = models.CharField(max_length=LONGEST_PHRASE)

    privacy = Privacy(impersonal=("words", "stems"))

    class Meta:
        ordering = ["words"]
        constraints = [models.UniqueConstraint(fields=["stems"], name="one_choice_per_search")]

    def __str__(self) -> str:
        return self.words

    def get_absolute_url(self) -> str:
        return f"/search/pins/{self.pk}/"


class PinnedResult(models.Model):
    """A record that editors chose to be shown first for a search."""

    search = models.ForeignKey(PinnedSearch, models.CASCADE, related_name="results")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=60)  # of its document: asset:12

    privacy = Privacy(impersonal=("key",))

    class Meta:
        ordering = ["search", "position"]
        constraints = [
            models.UniqueConstraint(fields=["search", "position"], name="one_result_per_position"),
            models.UniqueConstraint(fields=["search", "key"], name="a_result_is_pinned_once"),
            models.CheckConstraint(condition=Q(position__range=(1, MOST_PINS)), name="at_most_three_pinned_results"),
        ]

    def __str__(self) -> str:
        return self.key


class SearchedWords(models.Model):
    """How often some words were searched for on one day, by nobody knows whom.

    The words stand in the clear only once they were searched for on another day too; before that the row has only a
    keyed digest of them.
    """

    day = models.DateField()
    digest = models.CharField(max_length=64)
    words = models.CharField(max_length=200, blank=True)
    times = models.PositiveIntegerField(default=0)
    times_without_results = models.PositiveIntegerField(default=0)

    privacy = Privacy(
        rows="What was searched for, without who searched",
        personal={
            "words": Personal(
                what="words typed into the search, once they were searched for on several days",
                why="to find out for which words the search finds nothing",
                seen_by="Alliance editors and the secretariat",
                kept="30 days",
            )
        },
        impersonal=("digest",),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "digest"], name="one_count_per_day_and_words")]
        indexes = [models.Index(fields=["digest", "day"], name="days_of_some_words")]

    def __str__(self) -> str:
        return f"{self.words or self.digest[:8]} on {self.day}"
