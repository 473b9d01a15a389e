import datetime as dt
import secrets
from typing import ClassVar

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import ordinal
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core import clock
from core.models import Illustrative, Recorded
from core.privacy import Personal, Privacy
from councils.models import Organisation
from events.models import Event
from projects.models import Prototype
from sealing.models import Round

LONGEST_REASON = 200  # characters
_EASY_TO_READ_OUT = "23456789abcdefghjkmnpqrstuvwxyz"


def new_reference() -> str:
    """Ten characters that are easy to read out and hard to guess."""
    return "".join(secrets.choice(_EASY_TO_READ_OUT) for _ in range(10))


def new_code() -> str:
    """Four letters that are easy to type from a screen: not meant to be hard to guess."""
    return "".join(secrets.choice("ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(4))


class Ballot(Recorded, Illustrative):
    """A vote that is held: at an event, where its options are prototypes, or by a body such as the steering board."""

    class State(models.TextChoices):
        DRAFT = "draft", "Being prepared"
        OPEN = "open", "Open"
        PAUSED = "paused", "Paused"
        CLOSED = "closed", "Closed"
        REVEALED = "revealed", "Result shown"
        PUBLISHED = "published", "Published"
        VOID = "void", "Void"

    class Method(models.TextChoices):
        APPROVAL = "approval", "Approval"
        SINGLE = "single", "One choice"
        DOTS = "dots", "Dots"
        SCORE = "score", "Scores"
        RANKED = "ranked", "Ranking"
        MATRIX = "matrix", "Impact and feasibility"
        BUDGET = "budget", "Budget"

    class Basis(models.TextChoices):
        PERSON = "person", "Per person"
        COUNCIL = "council", "Per council or body"

    class TieRule(models.TextChoices):
        RUN_OFF = "run_off", "A run-off between those tied"
        FACILITATOR = "facilitator", "The facilitator chooses among those tied, and says why"
        ORDER = "order", "The one that stands first on the list"
        NONE = "none", "None: they stay tied"

    class Threshold(models.TextChoices):
        NONE = "", "None"
        HALF = "half", "Half of the votes"
        TWO_THIRDS = "two_thirds", "Two thirds of the votes"

    class Secrecy(models.TextChoices):
        OPEN = "open", "Open"
        SECRET = "secret", "Secret"

    class Roll(models.TextChoices):
        CHECK_IN = "check_in", "Everybody checked in when it opens"
        LIST = "list", "A list of people"
        BODIES = "bodies", "Bodies, one vote each"
        CARDS = "cards", "Voting cards, which belong to nobody"

    WAITING = (State.DRAFT,)
    RUNNING = (State.OPEN, State.PAUSED)
    ENDED = (State.CLOSED, State.REVEALED, State.PUBLISHED)
    SHOWING = (State.REVEALED, State.PUBLISHED)

    reference = models.CharField(max_length=10, unique=True, default=new_reference, editable=False)
    code = models.CharField(max_length=6, unique=True, default=new_code, editable=False, help_text="Its short address")
    question = models.CharField(max_length=200)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, null=True, blank=True, related_name="ballots")
    held_by = models.CharField(max_length=100, blank=True, help_text="Who votes, where it belongs to no event")
    method = models.CharField(max_length=10, choices=Method.choices, default=Method.APPROVAL)
    most_choices = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How many one may tick or rank, or the dots that each has; empty: no limit"
    )
    most_per_option = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How many dots one option may get from one person; empty: all"
    )
    pot = models.PositiveIntegerField(null=True, blank=True, help_text="Pounds to spend, in a vote on a budget")
    to_pursue = models.PositiveSmallIntegerField(default=1, help_text="How many of the options are chosen")
    basis = models.CharField(max_length=10, choices=Basis.choices, default=Basis.PERSON)
    tie_rule = models.CharField(max_length=12, choices=TieRule.choices, default=TieRule.RUN_OFF)
    quorum = models.PositiveSmallIntegerField(null=True, blank=True, help_text="How many have to vote; empty: none")
    threshold = models.CharField(max_length=10, choices=Threshold.choices, blank=True, default=Threshold.NONE)
    secrecy = models.CharField(max_length=10, choices=Secrecy.choices, default=Secrecy.SECRET)
    shows_tally = models.BooleanField(default=False, help_text="Whether the tally is seen while it runs")
    roll_from = models.CharField(max_length=10, choices=Roll.choices, default=Roll.CHECK_IN)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    opened_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True, help_text="Announced beforehand; empty: when it is closed")
    paused_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    revealed_at = models.DateTimeField(null=True, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)
    # Raised with every change that a screen shows; hubs compare it.
    version = models.PositiveIntegerField(default=0, editable=False)
    batches_started = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text="How many batches of paper, so that a number is never used again"
    )
    # The counts as frozen at the close; `recount` compares them with the rows.
    result = models.JSONField(null=True, blank=True, editable=False)
    outcome = models.TextField(max_length=2000, blank=True, help_text="What was decided")
    outcome_reason = models.TextField(max_length=1000, blank=True, help_text="Why")
    acts_next = models.CharField(max_length=200, blank=True, help_text="Who does what next")
    review_on = models.DateField(null=True, blank=True, help_text="When it is looked at again")
    outcome_at = models.DateTimeField(null=True, blank=True)
    run_off_of = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="run_off")
    round = models.PositiveSmallIntegerField(default=1, help_text="Which try it is at the same question")
    copy_of = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="copy", help_text="The void round before"
    )
    sealed = models.OneToOneField(
        Round, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    asks_reason = models.BooleanField(default=False, help_text="Whether voters may say why, apart from their vote")
    reasons_sealed = models.OneToOneField(
        Round, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    # Its options as `options_of` read them once it had opened, from when on they stay; not a column.
    options_as_opened: tuple["Option", ...] = ()

    privacy = Privacy(
        personal={
            "opened_by": Personal(
                "Who opened the vote",
                "So that it can be accounted for",
                "Everybody signed in",
                "As long as the vote",
            )
        },
        impersonal=(
            "reference",
            "code",
            "question",
            "held_by",
            "outcome",
            "outcome_reason",
            "acts_next",
            "result",
            "source",
            "void_reason",
        ),
    )

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft", opened_at__isnull=True) | (~Q(state="draft") & Q(opened_at__isnull=False)),
                name="an_open_ballot_knows_since_when",
            ),
            models.CheckConstraint(
                condition=Q(state="paused", paused_at__isnull=False) | (~Q(state="paused") & Q(paused_at__isnull=True)),
                name="a_paused_ballot_knows_since_when",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["closed", "revealed", "published"], closed_at__isnull=False, result__isnull=False
                )
                | (~Q(state__in=["closed", "revealed", "published"]) & Q(closed_at__isnull=True, result__isnull=True)),
                name="a_closed_ballot_alone_has_a_result",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["revealed", "published"], revealed_at__isnull=False)
                | (~Q(state__in=["revealed", "published"]) & Q(revealed_at__isnull=True)),
                name="a_result_is_shown_since_a_moment",
            ),
            models.CheckConstraint(
                condition=(Q(state="published") & ~Q(outcome="") & Q(outcome_at__isnull=False))
                | (~Q(state="published") & Q(outcome="", outcome_at__isnull=True)),
                name="a_published_ballot_says_what_came_of_it",
            ),
            models.CheckConstraint(
                condition=Q(state="published") | Q(outcome_reason="", acts_next="", review_on__isnull=True),
                name="a_published_ballot_alone_says_who_acts",
            ),
            models.CheckConstraint(
                condition=(Q(state="void", voided_at__isnull=False) & ~Q(void_reason=""))
                | (~Q(state="void") & Q(voided_at__isnull=True, void_reason="")),
                name="a_void_ballot_alone_says_why",
            ),
            models.CheckConstraint(
                condition=Q(secrecy="secret", shows_tally=False)
                & (Q(state="draft", sealed__isnull=True) | (~Q(state="draft") & Q(sealed__isnull=False)))
                | Q(secrecy="open", sealed__isnull=True),
                name="a_secret_ballot_is_sealed_and_shows_no_tally",
            ),
            models.CheckConstraint(
                condition=Q(asks_reason=True) & (Q(state="draft") ^ Q(reasons_sealed__isnull=False))
                | Q(asks_reason=False, reasons_sealed__isnull=True),
                name="reasons_are_sealed_where_they_are_asked_for",
            ),
            models.CheckConstraint(
                condition=~Q(roll_from="cards") | Q(secrecy="secret", basis="person"),
                name="voting_cards_are_secret_and_count_people",
            ),
            models.CheckConstraint(
                condition=Q(most_choices__isnull=True) | Q(most_choices__gt=0),
                name="one_may_tick_at_least_one",
            ),
            models.CheckConstraint(
                condition=Q(most_per_option__isnull=True) | Q(most_per_option__gt=0, method="dots"),
                name="dots_alone_have_a_limit_per_option",
            ),
            models.CheckConstraint(
                condition=Q(method="budget", pot__isnull=False, pot__gt=0)
                | (~Q(method="budget") & Q(pot__isnull=True)),
                name="a_budget_alone_has_a_pot",
            ),
            models.CheckConstraint(
                condition=~Q(method="dots") | Q(most_choices__isnull=False), name="dots_are_a_number"
            ),
            models.CheckConstraint(condition=Q(to_pursue__gt=0), name="a_vote_chooses_at_least_one"),
            models.CheckConstraint(condition=Q(quorum__isnull=True) | Q(quorum__gt=0), name="a_quorum_is_a_number"),
            models.CheckConstraint(
                condition=Q(event__isnull=True) ^ Q(held_by=""), name="a_ballot_is_of_an_event_or_held_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(round=1, copy_of__isnull=True) | Q(round__gt=1, copy_of__isnull=False),
                name="a_second_round_copies_the_one_before",
            ),
        ]

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        return reverse("voting:detail", args=[self.reference])

    @property
    def now(self) -> dt.datetime:
        """The moment by which its close is judged: the database's clock as its row was locked, else now."""
        return clock.set_to() or getattr(self, "locked_at", None) or clock.now()

    @property
    def takes_votes(self) -> bool:
        """Whether it is open and the time announced for its close has not come."""
        return self.state == self.State.OPEN and (self.closes_at is None or self.now < self.closes_at)

    @property
    def is_running(self) -> bool:
        """Whether it has opened and is neither closed nor void: it may be paused, or its time may have come."""
        return self.state in self.RUNNING

    @property
    def is_under_way(self) -> bool:
        """Whether it is open or paused and the time announced for its close has not come: votes may still come in."""
        return self.is_running and not self._is_overdue

    @property
    def has_ended(self) -> bool:
        """Whether its votes have been counted."""
        return self.state in self.ENDED

    @property
    def is_revealed(self) -> bool:
        """Whether its result is shown to everybody."""
        return self.state in self.SHOWING

    @property
    def shows_result(self) -> bool:
        """Whether anything but the turnout may be told: every page, file, label and frame asks this."""
        return self.is_revealed or (self.is_running and self.shows_tally)

    @property
    def is_secret(self) -> bool:
        return self.secrecy == self.Secrecy.SECRET

    @property
    def is_of_bodies(self) -> bool:
        """Whether bodies vote, each with one vote that somebody casts for it, rather than people for themselves."""
        return self.roll_from == self.Roll.BODIES

    @property
    def is_by_cards(self) -> bool:
        """Whether whoever holds a voting card votes: cards belong to nobody, so to no council or body either."""
        return self.roll_from == self.Roll.CARDS

    @property
    def state_word(self) -> str:
        """The state as pages say it: closed from the time announced for its close."""
        return str(self.State.CLOSED.label) if self._is_overdue else self.get_state_display()

    @property
    def ended_at(self) -> dt.datetime | None:
        """When it stopped taking votes: at its close, or at the announced time once that has come."""
        return self.closed_at or self.voided_at or (self.closes_at if self._is_overdue else None)

    @property
    def _is_overdue(self) -> bool:
        return self.state == self.State.OPEN and not self.takes_votes

    @property
    def venue(self) -> str:
        """Where or by whom the vote is held: its event, or the body that votes."""
        return str(self.event) if self.event else self.held_by

    @property
    def days(self) -> str:
        """The days of its event in words; empty where it belongs to none."""
        return self.event.days if self.event else ""

    @property
    def run_off_number(self) -> int:
        """0 for a first vote, 1 for its run-off, 2 for the run-off of that."""
        return self.run_off_of.run_off_number + 1 if self.run_off_of else 0

    @property
    def run_off_words(self) -> str:
        """`run-off`, `second run-off` and so on; empty for a first vote."""
        number = self.run_off_number
        words = {0: "", 1: "run-off", 2: "second run-off", 3: "third run-off"}
        return words.get(number, f"{ordinal(number)} run-off")

    @property
    def weighs_councils(self) -> bool:
        """Whether the count per council or body decides, in which people of no organisation have no weight."""
        return self.basis == self.Basis.COUNCIL

    @property
    def counts_councils(self) -> bool:
        """Whether there is a count per council or body beside that per person: voting cards belong to none."""
        return not self.is_by_cards

    @property
    def may_have_cards(self) -> bool:
        """Whether voting cards can be used in it: they belong to nobody, so it is secret and counts people."""
        return self.is_secret and not self.weighs_councils


class Option(models.Model):
    """What one may vote for: a prototype, or anything else with a title."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="options")
    title = models.CharField(max_length=200)
    summary = models.TextField(max_length=1000, blank=True)
    price = models.PositiveIntegerField(null=True, blank=True, help_text="In pounds, in a vote on a budget")
    prototype = models.ForeignKey(Prototype, on_delete=models.PROTECT, null=True, blank=True, related_name="options")
    order = models.PositiveSmallIntegerField(default=0)

    privacy = Privacy(impersonal=("title", "summary"))

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "prototype"], name="a_prototype_stands_once"),
            models.UniqueConstraint(fields=["ballot", "title"], name="a_title_stands_once"),
            models.CheckConstraint(
                condition=Q(price__isnull=True) | Q(price__gt=0), name="a_price_is_more_than_nothing"
            ),
        ]

    def __str__(self) -> str:
        return self.title


_WAS_HANDED = ~Q(handed="")


class RollQuerySet(models.QuerySet["RollEntry"]):
    def standing(self) -> "RollQuerySet":
        """Without those that were struck off."""
        return self.filter(struck_at__isnull=True)

    def handed_out(self) -> "RollQuerySet":
        """The people who were handed a card or a slip, and vote with that."""
        return self.filter(_WAS_HANDED)

    def known(self) -> "RollQuerySet":
        """The entries of people who may vote, by whatever way."""
        return self.filter(Q(struck_at__isnull=True) | _WAS_HANDED)

    def spent(self) -> "RollQuerySet":
        """Those by which somebody voted, or was handed a card or a slip: whether they used that nobody knows."""
        return self.filter(Q(voted=True) | _WAS_HANDED)

    def changed(self) -> "RollQuerySet":
        """Who was added after the vote opened, or struck off, for a reason that everybody may read."""
        return self.filter(~Q(late_reason="") | ~Q(struck_reason="") & ~_WAS_HANDED)

    def for_what_follows(self) -> "RollQuerySet":
        """The roll of a run-off or of the next round: who was handed a card or a slip stands on it by name again."""
        of_nobody = Q(kind__in=RollEntry.HANDED) & ~Q(ballot__roll_from=Ballot.Roll.CARDS)
        return self.known().exclude(of_nobody)


class RollEntry(models.Model):
    """A vote that may be handed in: on the roll as it opened, or added with a reason.

    By a person, for a body, by a voting card or on paper; that of a card or a slip belongs to nobody, and to no card or
    slip in particular.
    """

    class Kind(models.TextChoices):
        PERSON = "person", "A person"
        BODY = "body", "A body, for which somebody votes"
        CARD = "card", "A voting card"
        SLIP = "slip", "A paper slip"

    NAMED = (Kind.PERSON, Kind.BODY)
    # What the roll says of somebody who was taken off it because they were handed a card or a slip.
    HANDED: ClassVar[dict[str, str]] = {Kind.CARD: "Votes by card", Kind.SLIP: "Votes on paper"}

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="roll")
    kind = models.CharField(max_length=6, choices=Kind.choices, default=Kind.PERSON)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    weight = models.CharField(
        max_length=40, default="0", help_text="Its share of its organisation’s one vote, as an exact fraction"
    )
    voted = models.BooleanField(null=True, help_text="Whether it was used: set at the close")
    last_form = models.CharField(max_length=64, blank=True, editable=False, help_text="The digest of its last form")
    receipt = models.CharField(
        max_length=64, blank=True, editable=False, help_text="By which the form that cast it is known again"
    )
    added_at = models.DateTimeField(default=clock.now)
    late_reason = models.CharField(max_length=200, blank=True)
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_reason = models.CharField(max_length=200, blank=True)
    handed = models.CharField(
        max_length=6,
        choices=[(Kind.CARD, "A voting card"), (Kind.SLIP, "A paper slip")],
        blank=True,
        help_text="What its person was handed to vote with instead",
    )

    objects = RollQuerySet.as_manager()

    privacy = Privacy(
        rows="Rolls of votes",
        subject="person",
        personal={
            "person": Personal(
                "That you could vote, and whether you did",
                "So that each person votes once",
                "People in the vote, its facilitators and the secretariat",
                "As long as the vote’s record; without your name once you close your account",
            )
        },
        impersonal=("late_reason", "struck_reason", "weight", "receipt", "last_form"),
    )

    class Meta:
        verbose_name_plural = "roll entries"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "person"], name="on_the_roll_once"),
            models.UniqueConstraint(
                fields=["ballot", "organisation"], condition=Q(kind="body"), name="a_body_is_on_the_roll_once"
            ),
            models.CheckConstraint(
                condition=~Q(kind="body") | Q(organisation__isnull=False), name="a_body_on_the_roll_has_a_name"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["person", "body"], person__isnull=False)
                | Q(kind__in=["card", "slip"], person__isnull=True, organisation__isnull=True),
                name="a_card_or_a_slip_belongs_to_nobody",
            ),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True, struck_reason="")
                | (Q(struck_at__isnull=False) & ~Q(struck_reason="")),
                name="who_is_struck_off_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(handed="")
                | (Q(handed__in=["card", "slip"], kind="person", struck_at__isnull=False) & ~Q(struck_reason="")),
                name="who_is_handed_paper_is_struck_off",
            ),
        ]

    def __str__(self) -> str:
        return f"On the roll of {self.ballot}"

    @property
    def whose(self) -> str:
        """Whose vote it is, as the roll names them: a person, or what stands for one."""
        return str(self.person) if self.person else self.get_kind_display()

    @property
    def stands(self) -> bool:
        """Whether it was not struck off."""
        return self.struck_at is None

    @property
    def was_handed(self) -> bool:
        """Whether its person was handed a card or a slip, and votes with that."""
        return bool(self.handed)

    @property
    def carries_weight(self) -> bool:
        """Whether its vote counts in what decides."""
        if not self.ballot.weighs_councils:
            return True
        return self.organisation_id is not None and (not self.ballot.is_secret or self.weight != "0")
