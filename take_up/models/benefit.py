import datetime as dt
import re
from decimal import Decimal
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.urls import reverse

from assets_registry.models import WHO, Asset
from core import clock
from core.models import Illustrative, Recorded
from core.months import months_after
from core.privacy import Privacy
from councils.kinds import Tier
from councils.models import Organisation
from projects.models import BusinessCase, Project
from take_up.models.adoption import Adoption
from take_up.models.measurement import COUNCILS, Measurement

YEARLY_SAVING = "£ a year"
FOLLOW_UPS = (6, 12, 24)  # months after its launch, or its claim, at which a promise is followed up
DUE_AFTER = 12  # months after a promise, where nobody says another day
_POUNDS_A_YEAR = re.compile(
    r"(£|gbp|pounds?|pounds? sterling|quid) ?((a|per|each|every|/) ?(year|yr|annum)|p\.?a\.?|yearly|annually)",
    re.IGNORECASE,
)


def unit_in_words(typed: str) -> str:
    """The unit as the ledger writes it: whichever way people spell pounds a year, it is one unit."""
    return YEARLY_SAVING if _POUNDS_A_YEAR.fullmatch(typed.strip()) else typed


class BenefitQuerySet(models.QuerySet["Benefit"]):
    def with_state(self, *states: str) -> Self:
        """Those whose `state` is one of these today."""
        return self.alias(state_now=state_now()).filter(state_now__in=states)

    def kept(self) -> Self:
        """Those that their last checked measurement keeps, on whichever day one asks."""
        return self.filter(_kept(), latest__isnull=False)

    def missed(self) -> Self:
        """Those whose day has come and whose last checked measurement does not keep them."""
        return self.filter(_missed())

    def unexplained(self) -> Self:
        """Those missed whose owner has not said why."""
        return self.filter(is_unexplained())


class Benefit(Recorded, Illustrative):
    """A promise: what gets better, from what to what, for which councils, by when. Its measurements are rows."""

    class State(models.TextChoices):
        KEPT = "kept", "Kept"
        PARTLY = "partly", "Partly kept"
        NOT_KEPT = "not_kept", "Not kept"
        NOT_YET = "not_yet", "Not yet due"
        NOT_CHECKED = "not_checked", "Not checked"

    class Origin(models.TextChoices):
        PROJECT = "project", "A project"
        ADOPTION = "adoption", "A council’s use of an asset"
        CASE_STUDY = "case_study", "A case study"

    class Better(models.TextChoices):
        HIGHER = "higher", "Higher is better"
        LOWER = "lower", "Lower is better"
        UNSAID = "unsaid", "Nobody has said which way is better"

    WAYS = (Better.HIGHER, Better.LOWER)  # that somebody can say is better

    origin = models.CharField("who promises", max_length=10, choices=Origin.choices, default=Origin.PROJECT)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, blank=True, related_name="benefits")
    adoption = models.ForeignKey(Adoption, on_delete=models.PROTECT, null=True, blank=True, related_name="benefits")
    business_case = models.OneToOneField(
        BusinessCase,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="promise",
        help_text="The accepted case whose yearly saving this is",
    )
    title = models.CharField(max_length=160, help_text="What gets better: agreements per council a month")
    unit = models.CharField(max_length=40, default=YEARLY_SAVING, help_text="£ a year, visits, days")
    better = models.CharField(max_length=6, choices=Better.choices, default=Better.HIGHER)
    baseline = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    baseline_on = models.DateField(null=True, blank=True)
    claimed = models.DecimalField("target", max_digits=20, decimal_places=2)
    scope = models.PositiveIntegerField(
        "councils in scope", null=True, blank=True, help_text="For how many councils it is promised, on that day"
    )
    tier = models.CharField(
        "for which councils",
        max_length=20,
        choices=Tier.choices,
        blank=True,
        default="",
        help_text="Empty where it is promised for no number of councils",
    )
    claimed_in = models.CharField(max_length=200, help_text="Business case, case study")
    claimed_on = models.DateField()
    due_on = models.DateField(help_text="The day by which the target is to be reached")
    latest = models.ForeignKey(
        "take_up.Measurement",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        help_text="The last measurement that somebody checked; kept by the operation that checks",
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = BenefitQuerySet.as_manager()

    privacy = Privacy(
        subject="recorded_by",
        personal={"recorded_by": WHO},
        impersonal=("title", "unit", "claimed_in", "source"),
    )

    class Meta:
        ordering = ["claimed_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(origin="project", project__isnull=False, adoption__isnull=True)
                | Q(origin="adoption", project__isnull=True, adoption__isnull=False)
                | Q(origin="case_study", project__isnull=True, adoption__isnull=True),
                name="a_promise_is_of_a_project_an_adoption_or_a_case_study",
            ),
            models.CheckConstraint(
                condition=Q(business_case__isnull=True) | Q(project__isnull=False, unit=YEARLY_SAVING),
                name="what_a_case_promises_is_its_projects_yearly_saving",
            ),
            models.CheckConstraint(
                condition=Q(baseline__isnull=True)
                | Q(origin="case_study")  # which may tell what got worse
                | Q(better="higher", claimed__gte=F("baseline"))
                | Q(better="lower", claimed__lte=F("baseline")),
                name="the_target_lies_on_the_better_side_of_what_was",
            ),
            models.CheckConstraint(
                condition=Q(origin="case_study") | ~Q(better="unsaid"), name="who_promises_says_which_way_is_better"
            ),
            models.CheckConstraint(
                condition=Q(scope__isnull=True, tier="") | (Q(scope__isnull=False) & ~Q(tier="")),
                name="a_base_is_a_number_of_councils_of_a_tier",
            ),
            models.CheckConstraint(condition=Q(due_on__gt=F("claimed_on")), name="a_promise_is_due_after_it_was_made"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs) -> None:
        if self.due_on is None and self.claimed_on is not None:
            self.due_on = months_after(self.claimed_on, DUE_AFTER)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("promises:promise", args=[self.pk])

    @property
    def is_money(self) -> bool:
        return self.unit.startswith("£")

    @property
    def about(self) -> Project | Asset | None:
        """The project, or the asset that was adopted; None of a promise that a case study makes."""
        if self.project is not None:
            return self.project
        return self.adoption.asset if self.adoption is not None else None

    @property
    def council(self) -> Organisation | None:
        """The council that explains what came of it: the one that leads the project, or uses the asset."""
        if self.project is not None:
            return self.project.lead_council
        return self.adoption.council if self.adoption is not None else None

    @property
    def followed_from(self) -> dt.date:
        """The day from which its follow-ups are counted: the launch of its project, else that of the promise."""
        launched = self.project.launched_on if self.project is not None else None
        return max(self.claimed_on, launched) if launched else self.claimed_on

    def is_tested_by(self, measurement: Measurement) -> bool:
        """Whether a measurement can say what came of it: what a case study first gives of itself is the claim."""
        return self.origin != self.Origin.CASE_STUDY or measurement.measured_on > self.claimed_on

    @property
    def state(self) -> str:
        """Whether it was kept, today; computed from its last checked measurement, never stored."""
        return state_of(self, self.latest, clock.today())

    @property
    def missed_on(self) -> dt.date | None:
        """Since when it is known to be missed, so that an explanation is asked for; None where it is not."""
        if self.latest is None or self.asks_which_way or self.due_on > clock.today() or self.state == self.State.KEPT:
            return None
        return max(self.due_on, self.latest.measured_on)

    @property
    def asks_which_way(self) -> bool:
        """Whether somebody has to say which way is better: of a case study's figures they do not say it themselves."""
        return self.better == self.Better.UNSAID

    @property
    def waits_for_explanation(self) -> bool:
        return self.missed_on is not None and self.latest is not None and not self.latest.explanation


def state_of(promise: Benefit, measured: Measurement | None, day: dt.date) -> str:
    """Whether a measurement keeps a promise, as said on a day.

    It is kept by the target reached on all councils in scope, and partly kept by anything better than what was before.
    Nothing better is not kept once its day has come; what nobody checked by then is not checked, nor can be what nobody
    said which way is better of. A target that is worse than what was before is reached by nothing worse than that.
    """
    is_due = promise.due_on <= day
    if measured is None or promise.asks_which_way:
        return Benefit.State.NOT_CHECKED if is_due else Benefit.State.NOT_YET
    target, before = promise.claimed, promise.claimed if promise.baseline is None else promise.baseline
    is_higher = promise.better == Benefit.Better.HIGHER
    reached = measured.value >= max(target, before) if is_higher else measured.value <= min(target, before)
    if reached and (promise.scope is None or (measured.is_of_councils and measured.n >= promise.scope)):
        return Benefit.State.KEPT
    if reached or _is_better(promise, measured.value):
        return Benefit.State.PARTLY
    return Benefit.State.NOT_KEPT if is_due else Benefit.State.NOT_YET


def _is_better(promise: Benefit, value: Decimal) -> bool:
    """Whether a value is better than what was before; of what nobody measured before, whether there is any."""
    if promise.better == Benefit.Better.HIGHER:
        return value > (promise.baseline or 0)
    return promise.baseline is not None and value < promise.baseline


def _reached() -> Q:
    higher, lower = Q(better=Benefit.Better.HIGHER), Q(better=Benefit.Better.LOWER)
    no_less = Q(latest__value__gte=F("claimed")) & (Q(baseline=None) | Q(latest__value__gte=F("baseline")))
    no_more = Q(latest__value__lte=F("claimed")) & (Q(baseline=None) | Q(latest__value__lte=F("baseline")))
    return higher & no_less | lower & no_more


def _kept() -> Q:
    return _reached() & (Q(scope__isnull=True) | Q(latest__n_words=COUNCILS, latest__n__gte=F("scope")))


def _missed() -> Q:
    return Q(due_on__lte=clock.today(), latest__isnull=False) & ~Q(better=Benefit.Better.UNSAID) & ~_kept()


def is_unexplained() -> Q:
    """A condition: missed, and its owner has not said why."""
    return _missed() & Q(latest__explanation="")


def state_now() -> Case:
    """Each promise's `state` today as a database expression: the same rule as `state_of`."""
    state = Benefit.State
    is_due = Q(due_on__lte=clock.today())
    more = Q(baseline__isnull=True, latest__value__gt=0) | Q(latest__value__gt=F("baseline"))
    better = Q(better=Benefit.Better.HIGHER) & more | Q(better=Benefit.Better.LOWER, latest__value__lt=F("baseline"))
    unknown = Q(latest__isnull=True) | Q(better=Benefit.Better.UNSAID)
    return Case(
        When(is_due & unknown, then=Value(state.NOT_CHECKED)),
        When(unknown, then=Value(state.NOT_YET)),
        When(_kept(), then=Value(state.KEPT)),
        When(_reached() | better, then=Value(state.PARTLY)),
        When(is_due, then=Value(state.NOT_KEPT)),
        default=Value(state.NOT_YET),
        output_field=models.CharField(),
    )
