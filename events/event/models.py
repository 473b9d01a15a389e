"""Events, their access and their agenda."""

import datetime as dt
from typing import Self
from urllib.parse import urlencode

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from core import clock
from core.history import is_told
from core.models import Illustrative, Recorded
from core.privacy import OnErasure, Personal, Privacy
from core.words import days_in_short, span_in_words, time_in_words
from councils.models import Organisation, Service
from events.event.skills import Skill
from projects.models import Discovery, Need, Prototype, Purpose
from questions.models import QuestionSet
from sealing.models import Round

FEEDBACK_WINDOW = dt.timedelta(days=14)


class Access(models.TextChoices):
    """The answers to a question about access; empty while it is not known."""

    YES = "yes", "Yes"
    ASK = "ask", "If asked for"
    NO = "no", "No"


def _access(words: str | None = None) -> models.CharField:
    return models.CharField(words, max_length=3, choices=Access.choices, blank=True)


class Series(models.Model):
    """Days of one kind that come again, each an event of its own."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=80, unique=True)

    privacy = Privacy(impersonal=("name",))

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.name


class EventQuerySet(models.QuerySet["Event"]):
    def published(self) -> Self:
        return self.exclude(state=Event.State.DRAFT)

    def upcoming(self) -> Self:
        return self.filter(starts_at__gt=clock.now(), state=Event.State.PUBLISHED).order_by("starts_at", "pk")

    def run_here(self) -> Self:
        """Without told history."""
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
    address = models.CharField(max_length=200, blank=True, help_text="Street, town and postcode")
    directions = models.CharField("how to get there", max_length=200, blank=True)
    join_url = models.URLField("link to join online", max_length=500, blank=True, help_text="For those with a place")
    audience = models.CharField("who it is for", max_length=200, blank=True)
    step_free = _access("step-free access")
    accessible_toilet = _access()
    hearing_loop = _access()
    captions = _access("live captions")
    sign_language = _access()
    parking = _access()
    access_note = models.CharField("more about access", max_length=300, blank=True)
    host = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="events")
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who is asked about the day, by their own wish",
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    capacity = models.PositiveIntegerField()
    # Counters, kept under the row's lock, so that the cost of a sign-up does not grow with their number.
    places_taken = models.PositiveIntegerField(default=0, editable=False)
    next_position = models.PositiveIntegerField(default=1, editable=False)
    arrived = models.PositiveIntegerField(default=0, editable=False, help_text="How many have been checked in")
    kept_over = models.PositiveIntegerField(
        default=0, editable=False, help_text="How many over the capacity keep their place after it was lowered"
    )
    # When time alone next frees a place or lets somebody on: an offer that ends, a pool or a cap that is released.
    settles_at = models.DateTimeField(null=True, editable=False)
    offer_hours = models.PositiveSmallIntegerField(
        default=48, help_text="How long a place that comes free is kept for whoever waits next; 0: theirs at once"
    )
    council_cap = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Most places of one council")
    council_cap_until = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PUBLISHED)
    cancelled_reason = models.CharField(max_length=300, blank=True)
    discovery = models.ForeignKey(Discovery, on_delete=models.PROTECT, null=True, blank=True, related_name="events")
    needs = models.ManyToManyField(Need, blank=True, related_name="events")
    prototypes = models.ManyToManyField(Prototype, blank=True, related_name="events")
    services = models.ManyToManyField(Service, blank=True, related_name="events")
    series = models.ForeignKey(Series, on_delete=models.PROTECT, null=True, blank=True, related_name="days")
    skills = models.ManyToManyField(Skill, blank=True, related_name="events")
    purposes = models.ManyToManyField(Purpose, blank=True, related_name="events")
    asks_access_needs = models.BooleanField("asks what people need to take part", default=True)
    asks_diet = models.BooleanField("asks what people eat", default=False)
    question_set = models.OneToOneField(
        QuestionSet, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="event"
    )
    revision = models.PositiveIntegerField(default=0, editable=False, help_text="Raised when a calendar must update")
    # Opened as the first person is checked in, before anybody can give feedback.
    feedback_round = models.OneToOneField(Round, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    # What time has brought after the day, each once.
    thanked_at = models.DateTimeField(null=True, editable=False, help_text="When those who came were thanked")
    feedback_asked_at = models.DateTimeField(null=True, editable=False, help_text="When they were reminded of feedback")
    names_gone_at = models.DateTimeField(
        null=True, editable=False, help_text="When the names of its people were taken off; the counts stay"
    )

    objects = EventQuerySet.as_manager()

    privacy = Privacy(
        rows="Events that name you as the person to ask",
        subject="contact",
        personal={
            "contact": Personal(
                "That you are asked about an event, if you put your name to it",
                "So that people can ask before they come",
                "Your name: everyone who is signed in. Your address: whoever you answer",
                "Until you take your name off, or close your account",
                OnErasure.CLEAR,
            ),
            "made_by": Personal(
                "That you planned an event",
                "So that you can name others who run it",
                "Facilitators and the secretariat",
                "As long as the event’s record; without your name once you close your account",
            ),
        },
        impersonal=(
            "title", "summary", "venue", "address", "directions", "join_url", "audience", "access_note",
            "cancelled_reason", "source",
        ),
    )  # fmt: skip

    class Meta:
        ordering = ["-starts_at", "pk"]
        indexes = [
            models.Index(fields=["settles_at"], name="event_settles_at", condition=Q(settles_at__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(capacity__gt=0), name="event_has_a_place"),
            models.CheckConstraint(
                condition=Q(places_taken__lte=F("capacity") + F("kept_over")), name="event_is_never_oversold"
            ),
            models.CheckConstraint(
                condition=Q(council_cap__isnull=True, council_cap_until__isnull=True)
                | Q(council_cap__gt=0, council_cap_until__isnull=False),
                name="a_cap_of_councils_has_its_end",
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="event_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(contact__isnull=True) | Q(host__isnull=False), name="who_is_asked_answers_for_the_host"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("events:detail", args=[self.slug])

    @property
    def asks_of_each(self) -> bool:
        """Whether whoever signs up is asked something beyond whom they come for."""
        return self.asks_access_needs or self.asks_diet or self.question_set_id is not None

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
    def now(self) -> dt.datetime:
        """The moment that its deadlines are judged by: the database's clock as its row was locked, else now."""
        return clock.set_to() or getattr(self, "locked_at", None) or clock.now()

    @property
    def has_started(self) -> bool:
        return self.starts_at <= self.now

    @property
    def has_ended(self) -> bool:
        return self.ends_at <= self.now

    @property
    def check_in_is_open(self) -> bool:
        """From the day in London on which it begins."""
        return self.state == self.State.PUBLISHED and timezone.localdate(self.now) >= timezone.localdate(self.starts_at)

    @property
    def closes_at(self) -> dt.datetime:
        """When sign-up ends: never later than the start."""
        return min(self.sign_up_closes_at or self.starts_at, self.starts_at)

    @property
    def takes_sign_ups(self) -> bool:
        return self.state == self.State.PUBLISHED and self.now < self.closes_at

    @property
    def feedback_closes_at(self) -> dt.datetime:
        return self.ends_at + FEEDBACK_WINDOW

    @property
    def takes_feedback(self) -> bool:
        """From the start until two weeks after the end."""
        return self.state == self.State.PUBLISHED and self.starts_at <= self.now < self.feedback_closes_at

    @property
    def is_full(self) -> bool:
        return self.places_taken >= self.capacity

    @property
    def is_told(self) -> bool:
        """Whether it is told history."""
        return is_told(self.starts_at)

    @property
    def is_online(self) -> bool:
        """Whether it takes place online alone."""
        return not self.address and (bool(self.join_url) or self.venue.casefold().startswith("online"))

    @property
    def where(self) -> str:
        """The venue with its address, as calendars and mails say it."""
        return ", ".join(part for part in (self.venue, self.address) if part)

    @property
    def map_url(self) -> str:
        """The link to OpenStreetMap for the address; empty where there is none."""
        query = urlencode({"query": self.address})
        return f"https://www.openstreetmap.org/search?{query}" if self.address else ""

    @property
    def is_several_days(self) -> bool:
        return timezone.localdate(self.starts_at) != timezone.localdate(self.ends_at)


class AgendaItem(models.Model):
    """One line of an event's agenda; the operations keep it within the event's hours."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="agenda")
    day = models.PositiveSmallIntegerField(default=1, help_text="Of the event: 1 is the first")
    at = models.TimeField(help_text="In London")
    clock = models.CharField(
        max_length=3,
        blank=True,
        choices=[("BST", "BST"), ("GMT", "GMT")],
        help_text="Which, of an hour that comes twice",
    )
    title = models.CharField(max_length=120)
    note = models.CharField(max_length=300, blank=True)

    privacy = Privacy(impersonal=("title", "note"))

    class Meta:
        ordering = ["event", "day", "at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(day__gt=0), name="an_agenda_begins_on_the_first_day")]

    def __str__(self) -> str:
        return f"{time_in_words(self.at)} {self.clock}".strip() + f" {self.title}"
