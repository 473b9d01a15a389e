from django.db import models
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from assets_registry.models import Asset, Benefit
from core.privacy import Privacy
from councils.models import Organisation, Service
from projects.models import Project


class CaseStudyIndexPage(Page):
    """Every published case study, newest first."""

    introduction = models.CharField(max_length=300, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["portal.HomePage"]
    subpage_types = ["publishing.CaseStudyPage"]
    max_count = 1
    template = "publishing/case_study_list.html"

    privacy = Privacy(impersonal=("introduction",))


class CaseStudyPage(Page):
    """What one council did, what it cost and what came of it, with the figures to check."""

    council = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="case_studies")
    summary = models.CharField(max_length=300)
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
    baseline = models.CharField(max_length=80, blank=True, help_text="What it was before, with its unit")
    result = models.CharField(max_length=80, blank=True, help_text="What it is now, with its unit")
    measured_on = models.DateField(null=True, blank=True)
    measured_n = models.CharField("measured on", max_length=80, blank=True, help_text="3 councils, 412 forms")
    is_independently_checked = models.BooleanField(default=False)
    checked_by = models.CharField(max_length=120, blank=True, help_text="The body that checked it")
    checked_on = models.DateField("followed up on", null=True, blank=True)
    contact = models.CharField(max_length=120, blank=True, help_text="A team's name or shared mailbox")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, blank=True, related_name="case_studies")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, blank=True, related_name="case_studies")
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, null=True, blank=True, related_name="case_studies")
    benefits = ParentalManyToManyField(Benefit, blank=True, related_name="case_studies")
    happened_on = models.DateField("when it happened", null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    is_illustrative = models.BooleanField(default=False)

    content_panels = [
        *Page.content_panels,
        FieldPanel("council"),
        FieldPanel("summary"),
        MultiFieldPanel(
            [FieldPanel("problem"), FieldPanel("what_we_did"), FieldPanel("who"), FieldPanel("cost")],
            heading="The story",
        ),
        MultiFieldPanel(
            [
                FieldPanel("measure"),
                FieldRowPanel([FieldPanel("baseline"), FieldPanel("result")]),
                FieldRowPanel([FieldPanel("measured_on"), FieldPanel("measured_n")]),
                FieldPanel("is_independently_checked"),
                FieldRowPanel([FieldPanel("checked_by"), FieldPanel("checked_on")]),
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
            "baseline",
            "result",
            "measured_n",
            "checked_by",
            "contact",
            "source",
        ),
    )


class NewsIndexPage(Page):
    """All news, newest first."""

    introduction = models.CharField(max_length=300, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["portal.HomePage"]
    subpage_types = ["publishing.NewsPage"]
    max_count = 1
    template = "publishing/news_list.html"

    privacy = Privacy(impersonal=("introduction",))


class NewsPage(Page):
    """One piece of news."""

    published_on = models.DateField()
    summary = models.CharField(max_length=300)
    body = RichTextField(features=["h2", "h3", "bold", "italic", "ol", "ul", "link"])
    source = models.CharField(max_length=200, blank=True)
    is_illustrative = models.BooleanField(default=False)

    content_panels = [
        *Page.content_panels,
        FieldPanel("published_on"),
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("source"),
        FieldPanel("is_illustrative"),
    ]
    parent_page_types = ["publishing.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "publishing/news.html"

    privacy = Privacy(impersonal=("summary", "body", "source"))
