from django.db import models
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from core.privacy import Privacy
from publishing.models.editorial import Editorial, Tested
from publishing.models.media import Picture


class NewsIndexPage(Tested, Page):
    """All news, newest first."""

    introduction = models.CharField(max_length=300, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["portal.HomePage"]
    subpage_types = ["publishing.NewsPage"]
    max_count = 1
    template = "publishing/news_list.html"

    privacy = Privacy(impersonal=("introduction",))


class NewsPage(Editorial, Page):
    """One piece of news."""

    published_on = models.DateField()
    summary = models.CharField(max_length=300)
    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, null=True, blank=True, related_name="news")
    body = RichTextField(features=["h2", "h3", "bold", "italic", "ol", "ul", "link"])
    source = models.CharField(max_length=200, blank=True)
    is_illustrative = models.BooleanField(default=False)

    content_panels = [
        HelpPanel(heading="Where it stands", template="publishing/standing.html"),
        *Page.content_panels,
        FieldPanel("published_on"),
        FieldPanel("summary"),
        FieldPanel("picture"),
        FieldPanel("body"),
        FieldPanel("source"),
        FieldPanel("is_illustrative"),
    ]
    parent_page_types = ["publishing.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "publishing/news.html"

    privacy = Privacy(impersonal=("summary", "body", "source"))

    def get_absolute_url(self) -> str:
        return "/" + self.url_path.split("/", 2)[2]
