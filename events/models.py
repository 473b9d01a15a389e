import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from core import clock
from core.counting import count_of
from core.models import Illustrative, Recorded
from core.privacy import OnErasure, Personal, Privacy
from core.spans import days_in_short, moment_in_words, span_in_words
from councils.models import Organisation, Service
from projects.models import Discovery, Need, Prototype


class EventQuerySet(models.QuerySet["Event"]):
    def published(self) -> Self:
        return self.exclude(state=Event.State.DRAFT)

    def upcoming(self) -> Self:
        return self.filter(starts_at__gt=clock.now(), state=Event.State.PUBLISHED).order_by("starts_at", "pk")

    def with_waiting_counts(self) -> Self:
        """Annotate `waiting`: how many stand in each one's queue."""
        queue = SignUp.objects.filter(event=models.OuterRef("pk"), status=SignUp.Status.WAITING)
        return self.annotate(waiting=count_of(queue))

    def run_here(self) -> Self:
        """Without the history that the portal only tells."""
        return self.filter(starts_at__gte=clock.HISTORY_ENDS)

    def held(self) -> Self:
        """Those that have ended and were not cancelled."""
        return self.filter(ends_at__lte=clock.now(), state=Event.State.PUBLISHED)


class Event(Recorded, Illustrative):
    """A day that people from councils can join, in a room or online."""

    class Stream(models.TextChoices):
        DISCOVERY = "discovery", "Discovery"
        SKILLS = "skills", "Skills"
        FUTURES = "futures", "Futures"

    class Kind(models.TextChoices):
        DISCOVERY_DAY = "discovery_day", "Discovery Day"
        CO_DESIGN_DAY = "co_design_day", "Co-Design Day"
        WORKSHOP = "workshop", "Workshop"
        CONFERENCE = "conference", "Conference"
        THOUGHT_LEADERSHIP = "thought_leadership", "Thought leadership"
        DINNER_DEBATE = "dinner_debate", "Dinner debate"

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"
        CANCELLED = "cancelled", "Cancelled"

    title = models.CharField(max_length=120)
    slug = models.SlugField(max_length=80, unique=True)
    summary = models.TextField(max_length=2000)
    stream = models.CharField(max_length=10, choices=Stream.choices)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()
    sign_up_closes_at = models.DateTimeField(null=True, blank=True, help_text="Empty: when it starts")
    venue = models.CharField(max_length=200, help_text="Place, or Online")
    host = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="events")
    capacity = models.PositiveIntegerField()
    # Counted here under the row's lock, so that a sign-up costs the same however many have come before.
    places_taken = models.PositiveIntegerField(default=0, editable=False)
    next_position = models.PositiveIntegerField(default=1, editable=False)
    arrived = models.PositiveIntegerField(default=0, editable=False, help_text="How many have been checked in")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PUBLISHED)
    cancelled_reason = models.CharField(max_length=300, blank=True)
    discovery = models.ForeignKey(Discovery, on_delete=models.PROTECT, null=True, blank=True, related_name="events")
    needs = models.ManyToManyField(Need, blank=True, related_name="events")
    prototypes = models.ManyToManyField(Prototype, blank=True, related_name="events")
    services = models.ManyToManyField(Service, blank=True, related_name="events")
    revision = models.PositiveIntegerField(default=0, editable=False, help_text="Raised when a calendar must update")

    objects = EventQuerySet.as_manager()

    privacy = Privacy(impersonal=("title", "summary", "venue", "cancelled_reason", "source"))

    class Meta:
        ordering = ["-starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(capacity__gt=0), name="event_has_a_place"),
            models.CheckConstraint(condition=Q(places_taken__lte=F("capacity")), name="event_is_never_oversold"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="event_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("events:detail", args=[self.slug])

    @property
    def when(self) -> str:
        """The day, or days, with the times, as pages and mails say it."""
        return span_in_words(self.starts_at, self.ends_at)

    @property
    def days(self) -> str:
        """The day or days in short, as lists say it."""
        return days_in_short(self.starts_at, self.ends_at, with_year=True)

    @property
    def places_left(self) -> int:
        return max(self.capacity - self.places_taken, 0)

    @property
    def has_started(self) -> bool:
        return self.starts_at <= clock.now()

    @property
    def has_ended(self) -> bool:
        return self.ends_at <= clock.now()

    @property
    def check_in_is_open(self) -> bool:
        """From the day in London on which it begins."""
        return self.state == self.State.PUBLISHED and clock.today() >= timezone.localdate(self.starts_at)

    @property
    def closes_at(self) -> dt.datetime:
        """When sign-up ends: never later than the start."""
        return min(self.sign_up_closes_at or self.starts_at, self.starts_at)

    @property
    def takes_sign_ups(self) -> bool:
        return self.state == self.State.PUBLISHED and clock.now() < self.closes_at

    @property
    def is_full(self) -> bool:
        return self.places_taken >= self.capacity

    @property
    def is_told(self) -> bool:
        """Whether it belongs to the history of 2013 to 2015."""
        return self.starts_at < clock.HISTORY_ENDS


class SignUp(Recorded):
    """One person's place at one event, or their place in its queue."""

    class Status(models.TextChoices):
        CONFIRMED = "confirmed", "You have a place"
        WAITING = "waiting", "On the waiting list"
        CANCELLED = "cancelled", "Cancelled"

    class Kind(models.TextChoices):
        """The four kinds of people a Co-Design Day needs, and others."""

        SERVICE_USER = "service_user", "Service user"
        HEAD_OF_SERVICE = "head_of_service", "Head of service"
        POLICY_EXPERT = "policy_expert", "Policy expert"
        DEVELOPER = "developer", "Developer"
        OTHER = "other", "Someone else"

    class Reminder(models.TextChoices):
        WEEK = "week", "A week before"
        DAY = "day", "A day before"

    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="sign_ups")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sign_ups")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="sign_ups"
    )
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.OTHER)
    status = models.CharField(max_length=10, choices=Status.choices)
    position = models.PositiveIntegerField(help_text="Order of signing up, by event")
    signed_up_at = models.DateTimeField(default=clock.now)
    promoted_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    checked_in_at = models.DateTimeField(null=True, blank=True)
    is_over_capacity = models.BooleanField(
        default=False, editable=False, help_text="Let in when every place was taken; counts in no place"
    )
    access_needs = models.TextField(max_length=1000, blank=True)
    is_listed = models.BooleanField("show my name to others who are coming", default=False)
    last_reminder = models.CharField(max_length=4, choices=Reminder.choices, blank=True, editable=False)
    # That a form was given, never when, so that its order says nothing.
    has_given_feedback = models.BooleanField(default=False, editable=False)

    privacy = Privacy(
        rows="Places at events",
        subject="person",
        personal={
            "person": Personal(
                "Which events you signed up for and went to, and whether you gave feedback, not what you answered",
                "To run the event",
                "You and its facilitators",
                "As long as the event’s record; without your name once you close your account",
            ),
            "access_needs": Personal(
                "What you need to take part",
                "To run the event so that you can",
                "Facilitators of the event",
                "14 days after the event",
                OnErasure.CLEAR,
                is_special=True,
            ),
        },
    )

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["event", "position"], name="one_sign_up_per_position"),
            models.UniqueConstraint(
                fields=["event", "person"],
                condition=~Q(status="cancelled"),
                name="one_living_sign_up_per_person",
            ),
            models.CheckConstraint(
                condition=Q(checked_in_at__isnull=True) | Q(status="confirmed"),
                name="only_confirmed_people_check_in",
            ),
            models.CheckConstraint(
                condition=Q(is_over_capacity=False) | Q(checked_in_at__isnull=False),
                name="only_who_is_there_is_over_the_capacity",
            ),
        ]
        indexes = [models.Index(fields=["event", "status", "position"])]

    def __str__(self) -> str:
        return f"{self.event}: {self.get_status_display().lower()}"

    def get_absolute_url(self) -> str:
        return reverse("events:sign_up_manage", args=[self.reference])


class PlaceOffer(models.Model):
    """A place offered to a colleague by e-mail. It stays with the giver until the colleague accepts."""

    class State(models.TextChoices):
        OPEN = "open", "Offered"
        ACCEPTED = "accepted", "Accepted"
        TAKEN_BACK = "taken_back", "Taken back"
        EXPIRED = "expired", "Run out"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    place = models.ForeignKey(SignUp, on_delete=models.CASCADE, related_name="offers")
    giver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    to_email = models.EmailField()
    offered_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)

    privacy = Privacy(
        rows="Places passed on",
        subject="giver",
        personal={
            "giver": Personal(
                "That you offered your place to a colleague",
                "So that the place can move when they accept",
                "You, your colleague and the facilitators of the event",
                "14 days after the event",
                OnErasure.DELETE_ROW,
            ),
            "to_email": Personal(
                "The address that a place was offered to",
                "To write to it, and so that nobody else can accept",
                "Whoever offered the place, and the facilitators of the event",
                "14 days after the event",
                OnErasure.DELETE_ROW,
            ),
        },
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["place"], condition=Q(state="open"), name="one_open_offer_per_place"),
        ]

    def __str__(self) -> str:
        return f"{self.place.event}: {self.get_state_display().lower()}"

    def get_absolute_url(self) -> str:
        return reverse("events:offer", args=[self.key])

    @property
    def why_over(self) -> str:
        """Why it can no longer be accepted, as a sentence; empty while it can."""
        place, event = self.place, self.place.event
        if self.state == self.State.ACCEPTED:
            return "This place has been accepted."
        if event.state == Event.State.CANCELLED:
            return "The event was cancelled."
        if self.state == self.State.TAKEN_BACK or place.person_id != self.giver_id:
            return f"{self.giver} has taken the offer back."
        if place.status == SignUp.Status.CANCELLED:
            return f"{self.giver} no longer has this place."
        if place.checked_in_at:
            return f"{self.giver} has come after all."
        if event.has_started:
            return "The event has started."
        if self.state == self.State.EXPIRED or self.expires_at <= clock.now():
            return f"The offer ran out on {moment_in_words(self.expires_at)}."
        return ""


class Feedback(models.Model):
    """One feedback form of one event: the seven outcomes. No key leads from it to a person.

    That a place has given feedback is written in the same transaction, whose number the database keeps with both rows:
    whoever reads the database itself can lay them side by side. The pages say so.
    """

    # A random key, and no moment: the rows have no order that could be laid beside who came by.
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
        """An outcome as the tables call it."""
        return str(getattr(cls._meta.get_field(name), "verbose_name"))  # noqa: B009 - its type knows no such name
