"""Questions from the floor: what people at an event ask, and who would like to hear the answer too."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from core.privacy import OnErasure, Personal, Privacy
from events.event.models import Event


class FloorQuestionQuerySet(models.QuerySet["FloorQuestion"]):
    def readable(self) -> Self:
        """All that were not hidden."""
        return self.exclude(state=FloorQuestion.State.HIDDEN)

    def by_votes(self) -> Self:
        """Those with the most votes first; of as many, the earlier."""
        return self.order_by("-votes", "asked_at", "pk")


class FloorQuestion(models.Model):
    """A question that somebody at an event asked from the floor."""

    class State(models.TextChoices):
        ASKED = "asked", "Waiting"
        SHOWN = "shown", "On the screen"
        ANSWERED = "answered", "Answered"
        HIDDEN = "hidden", "Hidden"

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="floor_questions")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    words = models.CharField("question", max_length=280)
    shows_name = models.BooleanField("show my name", default=False)
    asked_at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    hidden_because = models.CharField(max_length=200, blank=True)
    votes = models.PositiveIntegerField(default=0, editable=False, help_text="How many asked for it too")

    objects = FloorQuestionQuerySet.as_manager()

    privacy = Privacy(
        rows="Questions you asked at events",
        subject="asked_by",
        personal={
            "asked_by": Personal(
                "That you asked a question at an event",
                "So that nobody asks without end; and to show your name, if you want that",
                "Everyone at the event, if you let your name be shown; else nobody",
                "12 months after the event, as your place at it; the question stays, without a name",
                OnErasure.CLEAR,
            ),
            "words": Personal(
                "The question you asked",
                "So that it is answered",
                "People with a place at the event, and those who run it",
                "As long as the event’s record; without your name after 12 months",
            ),
        },
        impersonal=("hidden_because",),
    )

    class Meta:
        ordering = ["event", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="a_question_from_the_floor_has_words"),
            models.CheckConstraint(
                condition=Q(state="hidden", hidden_because__gt="") | (~Q(state="hidden") & Q(hidden_because="")),
                name="a_question_is_hidden_with_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["event", "state", "-votes"], name="floor_in_order")]

    def __str__(self) -> str:
        return self.words

    @property
    def who(self) -> str:
        """The name of whoever asked, where they let it be shown and have an account; else empty."""
        return str(self.asked_by) if self.shows_name and self.asked_by and self.asked_by.is_active else ""


class FloorVote(models.Model):
    """Somebody would like to hear the answer to a question from the floor too."""

    question = models.ForeignKey(FloorQuestion, on_delete=models.CASCADE, related_name="given")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    privacy = Privacy(
        rows="Questions of others that you voted for at events",
        subject="person",
        personal={
            "person": Personal(
                "That you voted for somebody’s question at an event",
                "So that each person counts once",
                "Nobody: only how many there are is shown",
                "12 months after the event; how many there were stays",
                OnErasure.DELETE_ROW,
            )
        },
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "person"], name="one_vote_per_person_and_question")]

    def __str__(self) -> str:
        return f"A vote for “{self.question}”"
