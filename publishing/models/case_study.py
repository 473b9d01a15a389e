from typing import Any

from django.db import models
from django.db.models import F, Q
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, Panel
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.fields import RichTextField
from wagtail.models import Page, PageViewRestriction

from assets_registry.models import Asset
from core.privacy import Privacy
from core.words import series
from councils.models import Organisation, Service
from projects.models import Project
from publishing.models.editorial import Editorial, Tested, found_by_panel, title_panel
from publishing.models.media import Picture
from take_up.models import Benefit

RICH_TEXTS = ("problem", "what_we_did", "what_went_wrong", "what_we_would_do_differently", "reuse")
FOLLOWED_UP_AFTER = (6, 12)  # months after it was published
FOLLOWED_UP = f"after {series(FOLLOWED_UP_AFTER)} months"
_WORDS = ["bold", "italic", "ol", "ul", "link"]


class CaseStudyIndexPage(Tested, Page):
    """Every published case study, newest first."""

    introduction = models.CharField(max_length=300, blank=True, help_text="A sentence under the title")

    content_panels = [title_panel("Case studies"), FieldPanel("introduction"), found_by_panel()]
    promote_panels: list[Panel] = []
    parent_page_types = ["portal.HomePage"]
    subpage_types = ["publishing.CaseStudyPage"]
    max_count = 1
    template = "publishing/case_study_list.html"

    privacy = Privacy(impersonal=("introduction",))

    class Meta:
        verbose_name = "list of case studies"
        verbose_name_plural = "lists of case studies"


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


class _SaidBefore(FieldPanel):
    """A field that is only shown, in words also where it is empty."""

    def format_value_for_display(self, value: Any) -> Any:
        return "Nobody" if value is None else super().format_value_for_display(value)


class CaseStudyPage(Editorial, Page):
    """What one council did, what it cost and what came of it, with the figures to check."""

    council = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="case_studies", help_text="Whose story it is"
    )
    summary = models.CharField(
        max_length=500, help_text="At most 60 words: what changed, with the figure. They stand in lists too"
    )
    picture = models.ForeignKey(
        Picture,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="case_studies",
        help_text="One that shows what was done. Choose one, or upload your own: JPEG, PNG or WebP, up to 5 MB",
    )
    problem = RichTextField(
        features=_WORDS, help_text="What did not work, for whom, and how you knew. Two or three sentences are enough"
    )
    what_we_did = RichTextField(features=_WORDS, help_text="What you made or changed, in the order in which you did it")
    who = models.CharField(
        "who took part", max_length=300, blank=True, help_text="Teams, partners and suppliers, rather than people"
    )
    cost = models.CharField(
        "what it cost", max_length=300, blank=True, help_text="Money and days of work: £18,000 and 40 officer days"
    )
    what_went_wrong = RichTextField(
        features=_WORDS,
        blank=True,
        help_text="What others learn most from: what you would not like to go through again",
    )
    what_we_would_do_differently = RichTextField(
        features=_WORDS, blank=True, help_text="What you would tell a council that begins tomorrow"
    )
    reuse = RichTextField(
        "what others can reuse",
        features=_WORDS,
        blank=True,
        help_text="Code, forms, words or contracts that others may take, and where they are",
    )
    measure = models.CharField(
        max_length=160, blank=True, help_text="What was measured: calls about missed bins a month"
    )
    before = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, blank=True, help_text="What it was before, as a number"
    )
    before_unit = models.CharField("unit", max_length=40, blank=True, help_text="calls, £ a year, %")
    before_n = models.PositiveIntegerField(
        "measured on how many", null=True, blank=True, help_text="Months, forms or councils: the note below says which"
    )
    before_on = models.DateField(
        "measured on the day", null=True, blank=True, help_text="The last day that the figure counts"
    )
    after = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, blank=True, help_text="What it is now, as a number"
    )
    after_unit = models.CharField("unit", max_length=40, blank=True, help_text="The same unit as before")
    after_n = models.PositiveIntegerField(
        "measured on how many", null=True, blank=True, help_text="Counted in the same way as before"
    )
    after_on = models.DateField(
        "measured on the day", null=True, blank=True, help_text="The last day that the figure counts"
    )
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
    checked_on = models.DateField(
        "followed up on", null=True, blank=True, help_text="The day on which somebody looked at the figures again"
    )
    contact = models.CharField(max_length=120, blank=True, help_text="A team's name or shared mailbox")
    service = models.ForeignKey(
        Service,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="case_studies",
        help_text="Councils that look for this service find the case study",
    )
    project = models.ForeignKey(
        Project,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="case_studies",
        help_text="The project of the Alliance that it came out of, if any",
    )
    asset = models.ForeignKey(
        Asset,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="case_studies",
        help_text="What you used or made, if it is in the asset registry",
    )
    benefits = ParentalManyToManyField(
        Benefit,
        blank=True,
        related_name="case_studies",
        help_text="What was promised: it stands beside what was measured",
    )
    happened_on = models.DateField(
        "when it happened", null=True, blank=True, help_text="The day on which the change went live, or nearly"
    )
    source = models.CharField(
        max_length=200, blank=True, help_text="Where the words or figures come from, if from elsewhere: report and page"
    )
    is_illustrative = models.BooleanField(
        "made up as an example", default=False, help_text="Tick it if this did not happen: the page then says so"
    )
    withdrawn_on = models.DateField(null=True, blank=True, editable=False)
    withdrawn_reason = models.CharField(max_length=300, blank=True, editable=False)

    content_panels = [
        HelpPanel(heading="Where it stands", template="publishing/standing.html"),
        title_panel("Calls about missed bins fell by a third in Luton"),
        FieldPanel("council"),
        FieldPanel("summary", widget=AdminAutoHeightTextInput),
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
                # As editors once typed it. Who checks today says so from their own account (`EvidenceCheck`).
                _SaidBefore("checked_by", permission="publishing.check_evidence", read_only=True),
                _SaidBefore("checker_organisation", permission="publishing.check_evidence", read_only=True),
                FieldPanel("checked_on", permission="publishing.check_evidence"),
                FieldPanel("benefits"),
            ],
            heading="The evidence",
            help_text=(
                "The same measure before and after, each with its day and on how many, stands in the ledger of "
                "promises as well once the case study is published: as what the council claims. "
                f"{FOLLOWED_UP.capitalize()} "
                "its author is asked for the figure then, which counts as confirmed once somebody else has checked it."
            ),
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
        found_by_panel(),
    ]
    promote_panels: list[Panel] = []
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
        verbose_name = "case study"
        verbose_name_plural = "case studies"
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

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """Who is kept out. Where the query that read the page has found nobody, nothing is asked."""
        if getattr(self, "is_restricted", None) is False:
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_on is not None

    @property
    def status_string(self) -> str:
        """What the admin's pages and lists call its state."""
        return "withdrawn" if self.is_withdrawn and self.live else super().status_string

    def with_content_json(self, content: dict[str, Any]) -> "CaseStudyPage":
        """Another version of the words. A withdrawal is no part of a version, and stays."""
        version = super().with_content_json(content)
        version.withdrawn_on = self.withdrawn_on
        version.withdrawn_reason = self.withdrawn_reason
        return version
