from django.db import models
from django.db.models import F, Q

from core.models import Recorded
from core.privacy import Privacy
from councils.models.organisations import Organisation

MOST_STARS = 4


class WebsiteStars(Recorded):
    """How many of four stars Socitm's Better Connected gave the website of a council in a year, as published."""

    council = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="website_stars")
    year = models.PositiveSmallIntegerField()
    stars = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)

    privacy = Privacy(impersonal=("source",))

    class Meta:
        ordering = ["council__name", "year"]
        verbose_name_plural = "website stars"
        constraints = [
            models.UniqueConstraint(fields=["council", "year"], name="a_website_has_its_stars_of_a_year_once"),
            models.CheckConstraint(
                condition=Q(stars__gte=1, stars__lte=MOST_STARS), name="a_website_has_one_to_four_stars"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="website_stars_have_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.council}, {self.year}: {self.stars} of {MOST_STARS}"


class StarsComparator(Recorded):
    """That a source compares the website of a council with that of another council."""

    council = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="compared_with")
    comparator = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    source = models.CharField(max_length=200)

    privacy = Privacy(impersonal=("source",))

    class Meta:
        ordering = ["council__name", "comparator__name"]
        constraints = [
            models.UniqueConstraint(fields=["council", "comparator"], name="a_comparator_of_a_council_stands_once"),
            models.CheckConstraint(condition=~Q(council=F("comparator")), name="a_council_is_not_its_own_comparator"),
            models.CheckConstraint(condition=~Q(source=""), name="a_comparator_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.council} is compared with {self.comparator}"
