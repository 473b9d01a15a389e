"""Visits to council websites by service area and type of visit."""

from django.db import models
from django.db.models import Q

from core.privacy import Privacy
from councils.models import Service


class ServiceArea(models.Model):
    """An area of council work that services are grouped by, as in “Parking”."""

    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    services = models.ManyToManyField(Service, blank=True, related_name="areas")

    privacy = Privacy(impersonal=("name",))

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class VisitCount(models.Model):
    """One row of a printed table of visits. Area and type do not make it unique: parking has two applications."""

    class Type(models.TextChoices):
        """What people came to do, in the order of their visits in 2012."""

        APPLICATION = "application", "Make an application"
        PAYMENT = "payment", "Make a payment"
        RENEW = "renew", "Renew or reserve an item"
        REPORT = "report", "Report a problem"
        BOOKING = "booking", "Make a booking"
        REQUEST = "request", "Request a service"
        VIEW = "view", "View an application"

    key = models.SlugField(max_length=20, unique=True, help_text="Year and place, as in 2012-01")
    year = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    area = models.ForeignKey(ServiceArea, on_delete=models.PROTECT, related_name="visit_counts")
    type = models.CharField(max_length=12, choices=Type.choices)
    visits = models.PositiveIntegerField()
    printed_visits = models.CharField(max_length=20, help_text="As the source prints it, with its misprints")
    printed_share = models.DecimalField("share of all visits in per cent, as printed", max_digits=5, decimal_places=2)
    source = models.CharField(max_length=200)

    privacy = Privacy(impersonal=("printed_visits", "source"))

    class Meta:
        ordering = ["year", "position"]
        constraints = [
            models.UniqueConstraint(fields=["year", "position"], name="one_visit_count_at_a_place_of_a_year"),
            models.CheckConstraint(condition=~Q(source=""), name="a_visit_count_has_a_source"),
            models.CheckConstraint(
                condition=Q(printed_share__gte=0, printed_share__lte=100), name="a_share_of_visits_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area}: {self.get_type_display().lower()}, {self.year}"
