from typing import Any

from django.db import models
from django.db.models import F, Q
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from assets_registry.models import Asset, Benefit
from core.privacy import Privacy
from councils.models import Organisation, Service
from projects.models import Project
from publishing.models.editorial import Editorial, Tested
from publishing.models.media import Picture


class CaseStudyIndexPage(Tested, Page):
    """Every published case study, newest first."""

    introduction = models.CharField(max_length=300, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["portal.HomePage"]
    subpage_types = ["publishing.CaseStudyPage"]
    max_count = 1
    template = "publishing/case_study_list.html"

    privacy = Privacy(impersonal=("introduction",))


def _figure(name: str, heading: str) -> FieldRowPanel:
    """A figure with its unit, its base and its day."""
    return FieldRowPanel(
        [
            FieldPanel(name, heading=heading),
            FieldPanel(f"{name}_unit", heading=f"{heading}: unit"),
            FieldPanel(f"{name}_n", heading=f"{heading}: measured on how many"),
            FieldPanel(f"{name}_on", heading=f"{heading}: measured on the day"),
        ]
    )


class CaseStudyPage(Editorial, Page):
    """What one council did, what it cost and what came of it, with the figures to check."""

    council = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="case_studies")
    summary = models.CharField(max_length=300)
    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, null=True, blank=True, related_name="case_studies")
    problem = RichTextField(features=["bold", "italic", "ol", "ul", "link"])
    what_we_did = RichTextField(features=["bold", "italic", "ol", "ul", "link"])
    who = models.CharField("who took part", max_length=300, blank=True)
    cost = models.CharField("what it cost", max_length=300, blank=True)
    what_went_wrong = RichTextField(features=["bold", "italic", "ol", "ul", "link"], blank=True)
    what_we_would_do_differently = RichTextField(features=["bold", "italic", "ol", "ul", "link"], blank=True)
    reuse = RichTextField("what others can reuse", features=["bold", "italic", "ol", "ul", "link"], blank=True)
    measure = models.CharField(
        max_length=160, blank=True, help_text="What was measured: calls about missed bins a month"
    )
    before = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, blank=True, help_text="What it was before, as a number"
    )
    before_unit = models.CharField("unit", max_length=40, blank=True, help_text="calls, £ a year, %")
    before_n = models.PositiveIntegerField("measured on how many", null=True, blank=True)
    before_on = models.DateField("measured on the day", null=True, blank=True)
    after = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, blank=True, help_text="What it is now, as a number"
    )
    after_unit = models.CharField("unit", max_length=40, blank=True, help_text="The same unit as before")
    after_n = models.PositiveIntegerField("measured on how many", null=True, blank=True)
    after_on = models.DateField("measured on the day", null=True, blank=True)
    figures_note = models.CharField(
        "about the figures", max_length=300, blank=True, help_text="What was counted: months, libraries, forms"
    )
    checked_by = models.CharField(max_length=120, blank=True, help_text="Who checked the figures")
    checker_organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Whom they check for: another organisation than the council",
    )
    checked_on = models.DateField("followed up on", null=True, blank=True)
    contact = models.CharField(max_length=120, blank=True, help_text="A team's name or shared mailbox")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, blank=True, related_name="case_studies")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, blank=True, related_name="case_studies")
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, null=True, blank=True, related_name="case_studies")
    benefits = ParentalManyToManyField(Benefit, blank=True, related_name="case_studies")
    happened_on = models.DateField("when it happened", null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    is_illustrative = models.BooleanField(default=False)
    withdrawn_on = models.DateField(null=True, blank=True, editable=False)
    withdrawn_reason = models.CharField(max_length=300, blank=True, editable=False)

    content_panels = [
        HelpPanel(heading="Where it stands", template="publishing/standing.html"),
        *Page.content_panels,
        FieldPanel("council"),
        FieldPanel("summary"),
        FieldPanel("picture"),
        MultiFieldPanel(
            [FieldPanel("problem"), FieldPanel("what_we_did"), FieldPanel("who"), FieldPanel("cost")],
            heading="The story",
        ),
        MultiFieldPanel(
            [
                FieldPanel("measure"),
                _figure("before", "Before"),
                _figure("after", "After"),
                FieldPanel("figures_note"),
                # A council does not confirm itself: only an Alliance editor sees these.
                FieldPanel("checked_by", permission="publishing.check_evidence"),
                FieldPanel("checker_organisation", permission="publishing.check_evidence"),
                FieldPanel("checked_on", permission="publishing.check_evidence"),
                FieldPanel("benefits"),
            ],
            heading="The evidence",
        ),
        MultiFieldPanel(
            [
                FieldPanel("what_went_wrong"),
                FieldPanel("what_we_would_do_differently"),
                FieldPanel("reuse"),
            ],
            heading="What others can learn",
        ),
        MultiFieldPanel(
            [
                FieldPanel("service"),
                FieldPanel("project"),
                FieldPanel("asset"),
                FieldPanel("happened_on"),
                FieldPanel("contact"),
            ],
            heading="Where it belongs",
        ),
        MultiFieldPanel([FieldPanel("source"), FieldPanel("is_illustrative")], heading="Where it comes from"),
    ]
    parent_page_types = ["publishing.CaseStudyIndexPage"]
    subpage_types: list[str] = []
    template = "publishing/case_study.html"
    exclude_fields_in_copy = ["withdrawn_on", "withdrawn_reason"]

    privacy = Privacy(
        impersonal=(
            "summary",
            "problem",
            "what_we_did",
            "who",
            "cost",
            "what_went_wrong",
            "what_we_would_do_differently",
            "reuse",
            "measure",
            "before_unit",
            "after_unit",
            "figures_note",
            "checked_by",
            "contact",
            "source",
            "withdrawn_reason",
        ),
    )

    class Meta:
        permissions = [("check_evidence", "Can record that a case study was checked independently")]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | ~Q(withdrawn_reason=""),
                name="a_withdrawn_case_study_says_why",
            ),
            models.CheckConstraint(
                condition=Q(checker_organisation__isnull=True) | ~Q(checker_organisation=F("council")),
                name="a_checker_is_of_another_organisation",
            ),
        ]

    def get_absolute_url(self) -> str:
        """The same as Wagtail's `url`, from the row itself: lists ask for it line by line."""
        return "/" + self.url_path.split("/", 2)[2]

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_on is not None

    @property
    def status_string(self) -> str:
        """What the admin's pages and lists call its state."""
        return "withdrawn" if self.is_withdrawn and self.live else super().status_string

    def with_content_json(self, content: dict[str, Any]) -> "CaseStudyPage":
        """An earlier or later version of the words; a withdrawal is no matter of versions and stays."""
        version = super().with_content_json(content)
        version.withdrawn_on = self.withdrawn_on
        version.withdrawn_reason = self.withdrawn_reason
        return version
