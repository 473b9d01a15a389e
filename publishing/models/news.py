from django.db import models
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, HelpPanel, Panel
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.models import Page

from core.privacy import Privacy
from councils.models import Organisation
from publishing.blocks.field import BodyField
from publishing.blocks.kinds import PageBody
from publishing.models.editorial import Editorial, Tested, found_by_panel, title_panel
from publishing.models.media import Picture


class NewsIndexPage(Tested, Page):
    """All news, newest first."""

    introduction = models.CharField(max_length=300, blank=True, help_text="A sentence under the title")

    content_panels = [title_panel("News"), FieldPanel("introduction"), found_by_panel()]
    promote_panels: list[Panel] = []
    parent_page_types = ["portal.HomePage"]
    subpage_types = ["publishing.NewsPage"]
    max_count = 1
    template = "publishing/news_list.html"

    privacy = Privacy(impersonal=("introduction",))

    class Meta:
        verbose_name = "list of news"
        verbose_name_plural = "lists of news"


class NewsTag(TaggedItemBase):
    """That a piece of news has a tag."""

    content_object = ParentalKey("publishing.NewsPage", on_delete=models.CASCADE, related_name="tagged_items")

    privacy = Privacy()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="news_has_a_tag_once")]


class NewsPage(Editorial, Page):
    """One piece of news."""

    published_on = models.DateField(
        "day",
        help_text="The day that stands above it. It is on the site once an editor who did not write it approves it",
    )
    summary = models.CharField(
        max_length=300, help_text="One or two sentences: what happened, and for whom. They stand in lists too"
    )
    picture = models.ForeignKey(
        Picture,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="news",
        help_text="Choose one, or upload one: JPEG, PNG or WebP, up to 5 MB",
    )
    body = BodyField(
        PageBody(),
        verbose_name="text",
        help_text="What happened, then why it matters to a council, then what one can do next",
    )
    author = models.CharField(
        max_length=120, blank=True, help_text="Who wrote it, as they want to be named: a person or a team"
    )
    council = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="news",
        help_text="Whose news it is: it then stands in this council’s feed too. Empty: the Alliance’s",
    )
    about = models.CharField(
        "record it is about",
        max_length=300,
        blank=True,
        help_text="The address of its page on this site: “/projects/waste-standards/”. Its readers are led there",
    )
    tags = ClusterTaggableManager(
        through=NewsTag,
        blank=True,
        help_text="One to five words, with commas between: the list of news is narrowed by them",
    )
    source = models.CharField(
        max_length=200, blank=True, help_text="Where the figures come from: the report and its page, or the minutes"
    )
    is_illustrative = models.BooleanField(
        "made up as an example", default=False, help_text="Tick it if this did not happen: the page then says so"
    )

    content_panels = [
        HelpPanel(heading="Where it stands", template="publishing/standing.html"),
        title_panel("The deferred payment calculator is live"),
        FieldPanel("published_on"),
        FieldPanel("summary", widget=AdminAutoHeightTextInput),
        FieldPanel("picture"),
        FieldPanel("body"),
        FieldPanel("author"),
        FieldPanel("council"),
        FieldPanel("about"),
        FieldPanel("tags"),
        FieldPanel("source"),
        FieldPanel("is_illustrative"),
        found_by_panel(),
    ]
    promote_panels: list[Panel] = []
    parent_page_types = ["publishing.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "publishing/news.html"

    privacy = Privacy(impersonal=("summary", "body", "author", "about", "source"))

    class Meta:
        verbose_name = "news"
        verbose_name_plural = "news"

    def get_absolute_url(self) -> str:
        return "/" + self.url_path.split("/", 2)[2]
