"""What a council returned of one of its services for a quarter, and which services it has most of."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core import clock
from core.models import Illustrative, Recorded
from core.privacy import Personal, Privacy
from councils.kinds import Kind
from councils.models import Organisation, Service
from kpis.indicators.quarters import quarter_in_words, quarter_key

CHANNELS = ("completed_web", "completed_phone", "completed_face_to_face", "completed_post")
MOST_TOP = 20  # services of a council's own list
MOST = 1_000_000_000  # of anything that is counted in a quarter

WHO_RETURNED = Personal(
    "Who returned a service's figures, and when",
    "So that a correction can be accounted for",
    "People of the council, and the secretariat",
    "As long as the figures stand; the name goes when the account is closed",
)


def _count(words: str, **more) -> models.PositiveIntegerField:
    return models.PositiveIntegerField(words, null=True, blank=True, validators=[MaxValueValidator(MOST)], **more)


class ServiceReturn(Recorded, Illustrative):
    """A council's counts of a service for a quarter, as returned once; a correction is a version of its own.

    The four indicators are worked out from these and stored nowhere. An empty number was not collected, which is not 0.
    """

    council = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="service_returns")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="returns")
    # A figure for comparison only stays in the median that it came into, whatever the directory corrects since.
    council_kind = models.CharField("what the council was when it returned this", max_length=20, choices=Kind.choices)
    quarter = models.DateField("first day of the quarter")
    version = models.PositiveSmallIntegerField(default=1)
    replaced_at = models.DateTimeField(null=True, blank=True, help_text="When a later version took its place")
    returned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    returned_at = models.DateTimeField(default=clock.now)
    reason = models.CharField("why it was corrected", max_length=200, blank=True)
    for_comparison_only = models.BooleanField(
        default=False, help_text="Shown to the council's own people; enters what others are compared with, unnamed"
    )

    cost = models.DecimalField(
        "cost of the service in the quarter, in pounds",
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    completed = _count("finished in all channels")
    completed_web = _count("finished on the web")
    completed_phone = _count("finished by phone")
    completed_face_to_face = _count("finished face to face")
    completed_post = _count("finished by post")
    started_web = _count("begun on the web")
    ratings = _count("people who rated it")
    satisfied = _count("of them satisfied or very satisfied")

    privacy = Privacy(
        subject="returned_by",
        personal={"returned_by": WHO_RETURNED},
        impersonal=("reason", "source"),
    )

    class Meta:
        ordering = ["-quarter", "council__name", "service__name", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "service", "quarter", "version"], name="one_return_of_a_version_for_a_quarter"
            ),
            models.UniqueConstraint(
                fields=["council", "service", "quarter"],
                condition=Q(replaced_at=None),
                name="one_return_stands_for_a_quarter",
            ),
            models.CheckConstraint(
                condition=Q(quarter__month__in=(1, 4, 7, 10), quarter__day=1), name="a_return_is_of_a_quarter"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="versions_of_a_return_count_from_1"),
            models.CheckConstraint(condition=~Q(council_kind=""), name="a_return_says_what_its_council_was"),
            models.CheckConstraint(condition=Q(cost__isnull=True) | Q(cost__gte=0), name="a_service_costs_0_or_more"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{channel}__isnull": True})
                    | Q(completed__isnull=True)
                    | Q(**{f"{channel}__lte": F("completed")}),
                    name=f"no_more_{channel}_than_in_all",
                )
                for channel in CHANNELS
            ),
            models.CheckConstraint(
                condition=Q(ratings__isnull=True, satisfied__isnull=True)
                | Q(ratings__isnull=False, satisfied__isnull=False, satisfied__lte=F("ratings")),
                name="no_more_are_satisfied_than_rated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service}, {self.council}, {quarter_in_words(self.quarter)}, version {self.version}"

    def get_absolute_url(self) -> str:
        """The page of its versions."""
        return reverse("kpis:versions", args=[self.service.slug, self.council.slug, quarter_key(self.quarter)])


class TopService(Recorded):
    """One of the ten or twenty services that a council has most of, as it says itself."""

    council = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="top_services")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(MOST_TOP)])

    privacy = Privacy()

    class Meta:
        ordering = ["council", "position"]
        constraints = [
            models.UniqueConstraint(fields=["council", "service"], name="a_service_is_once_in_a_councils_top"),
            models.UniqueConstraint(fields=["council", "position"], name="one_service_stands_at_a_place_of_the_top"),
            models.CheckConstraint(condition=Q(position__range=(1, MOST_TOP)), name="a_councils_top_has_20_at_most"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.service}, {self.council}"
