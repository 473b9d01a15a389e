"""What a meeting deals with: the items of its agenda, their papers, and the actions that it gives."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core import clock
from core.models import Illustrative, Recorded
from core.privacy import Personal, Privacy
from councils.models import Organisation
from projects.models import Project
from steering.models.decisions import Decision
from steering.models.sittings import Meeting
from steering.models.subjects import AboutASubject, Subject, one_subject_at_most

MOST_BYTES = 10 * 1024 * 1024  # of a paper


class MeetingItem(AboutASubject):
    """An item of a meeting's agenda: for information, discussion or decision."""

    class Kind(models.TextChoices):
        INFORMATION = "information", "Information"
        DISCUSSION = "discussion", "Discussion"
        DECISION = "decision", "Decision"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=160)
    words = models.TextField(max_length=2000, blank=True)
    key = models.CharField(
        max_length=60, blank=True, help_text="What the portal made it of: review-12; empty where somebody wrote it"
    )
    is_edited = models.BooleanField(
        default=False, editable=False, help_text="Worded by the secretariat: the portal changes it no more"
    )
    is_removed = models.BooleanField(default=False, help_text="Taken off by the secretariat, and not proposed again")
    minutes = models.TextField(max_length=4000, blank=True, help_text="What was said, once the meeting was held")

    privacy = Privacy(impersonal=("title", "words", "key", "minutes"))

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            one_subject_at_most("an_item_is_about_one_record"),
            models.UniqueConstraint(
                fields=["meeting", "key"], condition=~Q(key=""), name="the_portal_proposes_an_item_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def can_hold_decision_about(self, subject: Subject | None) -> bool:
        """Whether a decision about this record, or about none, can stand under it: of a case only that case's own."""
        is_about_it = self.subject in (None, subject) or (subject is None and self.business_case_id is None)
        return self.kind == self.Kind.DECISION and not self.is_removed and is_about_it

    def get_absolute_url(self) -> str:
        """Its place on the page of its meeting."""
        return f"{self.meeting.get_absolute_url()}#item-{self.pk}"


class Paper(Recorded, Illustrative):
    """A document for a meeting. Of a restricted one only title and reason are public."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="papers")
    item = models.ForeignKey(MeetingItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="papers")
    title = models.CharField(max_length=160)
    file_name = models.CharField(max_length=120)
    content = models.BinaryField(help_text="In the database, and so in no folder that a server shows")
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    is_restricted = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True, help_text="Why it is restricted; public")
    disposition = models.CharField(
        max_length=160, blank=True, help_text="How long it is kept and what becomes of it then; public"
    )
    is_on_hold = models.BooleanField(
        default=False, help_text="Kept as it is while a request for information or a dispute is open"
    )
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    privacy = Privacy(
        subject="added_by",
        personal={
            "added_by": Personal(
                "Who added it",
                "So that it can be accounted for",
                "People who are signed in",
                "As long as the paper; the name goes when the account is closed",
            )
        },
        impersonal=("title", "file_name", "sha256", "reason", "disposition", "source"),
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_restricted=False) | ~Q(reason=""), name="a_restricted_paper_says_why"
            ),
            models.CheckConstraint(
                condition=Q(size__gt=0, size__lte=MOST_BYTES), name="a_paper_has_ten_megabytes_at_most"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("steering:paper", args=[self.pk])

    @property
    def kind(self) -> str:
        """`PDF`, `ODT`: by the end of its file's name."""
        return self.file_name.rpartition(".")[2].upper()

    @property
    def size_in_words(self) -> str:
        """`340 KB`, `2.1 MB`."""
        return f"{self.size / 1024**2:.1f} MB" if self.size >= 1024**2 else f"{max(self.size // 1024, 1)} KB"


class BoardAction(Recorded, Illustrative):
    """What one body is to do by a day, given by the board; open until it is done, from meeting to meeting."""

    title = models.CharField(max_length=200)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="board_actions")
    due_on = models.DateField()
    moved_because = models.CharField(max_length=300, blank=True, help_text="Why its day was moved the last time")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="actions")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="actions")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, blank=True, related_name="board_actions")
    given_on = models.DateField(default=clock.today)
    done_on = models.DateField(null=True, blank=True)
    done_words = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    privacy = Privacy(
        subject="recorded_by",
        personal={
            "recorded_by": Personal(
                "Who wrote it down",
                "So that it can be accounted for",
                "People who are signed in",
                "As long as the action; the name goes when the account is closed",
            )
        },
        impersonal=("title", "moved_because", "done_words", "source"),
    )

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on=None, done_words="") | (Q(done_on__isnull=False) & ~Q(done_words="")),
                name="an_action_done_says_what_was_done",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("steering:action", args=[self.pk])

    @property
    def is_overdue(self) -> bool:
        return self.done_on is None and self.due_on < clock.today()
