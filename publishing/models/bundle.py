import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from wagtail.models import Page

from core import clock
from core.privacy import Personal, Privacy
from events.models import Event


class BundleQuerySet(models.QuerySet["Bundle"]):
    def held(self) -> "BundleQuerySet":
        """Those whose pages stay off the site until they are released."""
        return self.filter(released_at=None)


class Bundle(models.Model):
    """Case studies and news that go onto the site together: at a moment, with an event, or when an editor says so."""

    name = models.CharField(max_length=120, help_text="For editors: the newsletter of June")
    releases_at = models.DateTimeField(null=True, blank=True)
    event = models.ForeignKey(Event, on_delete=models.SET_NULL, null=True, blank=True, related_name="bundles")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    released_at = models.DateTimeField(null=True, blank=True)

    objects = BundleQuerySet.as_manager()

    privacy = Privacy(
        rows="Bundles that you made",
        subject="made_by",
        personal={
            "made_by": Personal(
                "Who made a bundle of pages",
                "So that decisions can be accounted for",
                "Alliance editors",
                "As long as the bundle; the name goes when the account is closed",
            )
        },
        impersonal=("name",),
    )

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(releases_at=None) | Q(event=None), name="a_bundle_has_a_moment_or_an_event"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="a_bundle_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def moment(self) -> dt.datetime | None:
        """When it is released by itself; None where an editor does it, or its event is not going to be held."""
        if self.event is not None:
            return self.event.starts_at if self.event.state == Event.State.PUBLISHED else None
        return self.releases_at


class BundlePage(models.Model):
    """A page in a bundle. Until that is released, nothing puts the page onto the site."""

    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, related_name="places")
    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="place_in_bundle")

    privacy = Privacy()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.page.draft_title} in {self.bundle}"


def bundle_holding(page_key: int) -> Bundle | None:
    """The bundle that keeps this page off the site for now."""
    return Bundle.objects.held().select_related("event").filter(places__page=page_key).first()
