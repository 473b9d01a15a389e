from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.http import Http404, HttpRequest
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, Panel
from wagtail.models import Orderable, Page, PageViewRestriction
from wagtail.url_routing import RouteResult

from assets_registry.models import Asset
from core import clock
from core.privacy import OnErasure, Personal, Privacy
from councils.models import Organisation, Service
from portal.blocks import HomeBody
from projects.models import Need, Project
from publishing.blocks.field import BodyField
from publishing.blocks.kinds import PageBody
from publishing.models.editorial import found_by_panel, title_panel
from publishing.queries import whole_case_studies


class HomePage(Page):
    """The home page: one sentence and a search box, then what editors compose: a story, what is open, live figures."""

    headline = models.CharField(max_length=80, default="Solve it once, for every council")
    introduction = models.CharField(max_length=300, blank=True)
    search_example = models.CharField(max_length=80, blank=True, default="Try “bin collections” or “blue badge”")
    body = BodyField(HomeBody(), blank=True, default=list)

    content_panels = [
        MultiFieldPanel(
            [
                FieldPanel("headline", help_text="The large words at the top"),
                FieldPanel("introduction", help_text="One or two sentences below them"),
                FieldPanel("search_example", help_text="What stands in the search box until somebody types"),
            ],
            heading="Opening",
        ),
        InlinePanel(
            "suggested_searches",
            heading="Suggested searches",
            label="Suggested search",
            max_num=4,
            help_text="Up to four",
        ),
        FieldPanel("body", heading="Blocks", help_text="What stands below the search box, one below the other"),
        FieldPanel(
            "search_description", heading="Sentence for search engines", help_text="Shown below the site’s name"
        ),
    ]
    promote_panels: list[Panel] = []
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1
    template = "portal/home.html"
    template_of_the_week = "portal/inbox/this_week.html"

    privacy = Privacy(
        impersonal=("headline", "introduction", "search_example", "body"),
    )

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """The public home page for strangers and in previews; a person's week for those who are signed in."""
        is_draft = getattr(request, "is_preview", False)
        return self.template if is_draft or not request.user.is_authenticated else self.template_of_the_week

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """Who is kept out, in one statement: above the home page is only the root, and neither is another's alias."""
        above = [self.path[: self.steplen * depth] for depth in range(1, self.depth + 1)]
        return PageViewRestriction.objects.filter(page__path__in=above)

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find a page by its whole address at once; Wagtail's own way asks the database twice for every step down."""
        if not path_components:
            return super().route(request, path_components)
        here = {"url_path": f"{self.url_path}{'/'.join(path_components)}/", "path__startswith": self.path, "live": True}
        # Case studies are read whole at once: their page shows more than any other.
        page = whole_case_studies().filter(**here).first() if len(path_components) == 2 else None
        page = page or Page.objects.filter(**here).specific().first() or self._once_public(**here)
        if page is None:
            raise Http404
        return RouteResult(page)

    def _once_public(self, *, live: bool, **here: str) -> Page | None:
        """The withdrawn page at this address, which says that it was withdrawn."""
        return Page.objects.filter(**here, live=False, first_published_at__isnull=False).specific().first()


class SuggestedSearch(Orderable):
    """A search that the home page offers beneath its box."""

    page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="suggested_searches")
    words = models.CharField(max_length=60)

    panels = [FieldPanel("words")]
    privacy = Privacy(impersonal=("words",))

    def __str__(self) -> str:
        return self.words


class ContentPage(Page):
    """A plain page of guidance or information."""

    summary = models.CharField(max_length=300, blank=True)
    body = BodyField(PageBody())

    content_panels = [
        title_panel("How a Co-Design Day works"),
        FieldPanel("summary", help_text="One or two sentences under the title"),
        FieldPanel("body", heading="Text", help_text="What one needs to know, the most important first"),
        found_by_panel(),
    ]
    promote_panels: list[Panel] = []
    parent_page_types = ["portal.HomePage", "portal.ContentPage"]
    template = "portal/content.html"

    privacy = Privacy(impersonal=("summary", "body"))

    class Meta:
        verbose_name = "page of guidance"
        verbose_name_plural = "pages of guidance"


class ContentChange(models.Model):
    """A transaction that changed something that pages show; the newest rows make up the content version."""

    privacy = Privacy()

    def __str__(self) -> str:
        return f"Change {self.pk}"


class Worker(models.Model):
    """A worker process, and its last sign of life."""

    name = models.CharField(max_length=64, unique=True)
    seen_at = models.DateTimeField()

    privacy = Privacy(impersonal=("name",))

    def __str__(self) -> str:
        return f"{self.name} at {self.seen_at:%Y-%m-%d %H:%M:%S}"


class ScheduledRun(models.Model):
    """A run of one schedule for one slot of time; a second worker finds the row and skips the slot."""

    name = models.CharField(max_length=80)
    slot = models.DateTimeField()
    ran_at = models.DateTimeField(auto_now_add=True)

    privacy = Privacy(impersonal=("name",))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "slot"], name="a_schedule_runs_once_a_slot")]

    def __str__(self) -> str:
        return f"{self.name} at {self.slot:%Y-%m-%d %H:%M}"


FOLLOWED = ("asset", "project", "need", "service", "organisation")


def _only(kind: str) -> Q:
    """The condition that a row is about a record of this kind, and of no other."""
    return Q(**{f"{each}__isnull": each != kind for each in FOLLOWED})


class Follow(models.Model):
    """That a person wants to hear when a record moves, or anything of a service or a council, and how often."""

    class Rhythm(models.TextChoices):
        AT_ONCE = "at_once", "At once"
        DAILY = "daily", "Daily"
        WEEKLY = "weekly", "Weekly"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows")
    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, null=True, blank=True, related_name="follows")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, null=True, blank=True, related_name="follows")
    need = models.ForeignKey(Need, on_delete=models.CASCADE, null=True, blank=True, related_name="follows")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, null=True, blank=True, related_name="follows")
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="follows",
        help_text="A council",
    )
    rhythm = models.CharField(max_length=8, choices=Rhythm.choices, default=Rhythm.WEEKLY)
    followed_at = models.DateTimeField(default=clock.now)
    looked_at = models.DateTimeField(default=clock.now, help_text="Until when its changes were told at once")

    privacy = Privacy(
        rows="What you follow",
        subject="person",
        personal={
            "person": Personal(
                "Which assets, projects, needs, services and councils you follow, and how often you hear of them",
                "So that you hear when they move",
                "Nobody else",
                "Until you stop following, or close your account",
                OnErasure.DELETE_ROW,
            ),
        },
    )

    class Meta:
        ordering = ["-followed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=_only("asset") | _only("project") | _only("need") | _only("service") | _only("organisation"),
                name="a_follow_is_of_one_record",
            ),
            *(
                models.UniqueConstraint(
                    fields=["person", kind], condition=Q(**{f"{kind}__isnull": False}), name=f"one_follow_of_a_{kind}"
                )
                for kind in FOLLOWED
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} follows {self.record}"

    @property
    def kind(self) -> str:
        return next(kind for kind in FOLLOWED if getattr(self, f"{kind}_id") is not None)

    @property
    def record(self) -> Asset | Project | Need | Service | Organisation:
        return getattr(self, self.kind)


class QueueClaim(models.Model):
    """That somebody deals with what waits in the queue."""

    kind = models.CharField(max_length=20)
    key = models.BigIntegerField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)

    privacy = Privacy(
        rows="What you have taken from the queue",
        subject="person",
        personal={
            "person": Personal(
                "What of the queue you deal with",
                "So that no two people do the same",
                "Editors and the secretariat",
                "Until it is dealt with, you give it back, or close your account",
                OnErasure.DELETE_ROW,
            ),
        },
        impersonal=("kind",),
    )

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="one_person_deals_with_what_waits")]

    def __str__(self) -> str:
        return f"{self.person} deals with {self.kind} {self.key}"
