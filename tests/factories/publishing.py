"""Pages, live past the workflow, and pictures."""

from io import BytesIO
from typing import Any

from django.core.files.images import ImageFile
from PIL import Image

from publishing.models import CaseStudyIndexPage, CaseStudyPage, NewsIndexPage, NewsPage, Picture


def publish_case_study(
    council: Any, *, title: str = "What we got wrong", slug: str = "", **fields: Any
) -> CaseStudyPage:
    """A live case study of `council`."""
    words = {
        "summary": "What the calculator changed, and what it did not.",
        "problem": "<p>People could not see what care would cost.</p>",
        "what_we_did": "<p>We built a calculator.</p>",
    }
    page = CaseStudyPage(
        title=title, slug=slug or title.lower().replace(" ", "-"), council=council, **{**words, **fields}
    )
    CaseStudyIndexPage.objects.get().add_child(instance=page)
    page.save_revision().publish()
    return CaseStudyPage.objects.get(pk=page.pk)


def publish_news(*, title: str = "Thirty councils at one table", **fields: Any) -> NewsPage:
    """A live piece of news."""
    page = NewsPage(title=title, summary="They met in Leeds.", body="<p>They met.</p>", **fields)
    NewsIndexPage.objects.get().add_child(instance=page)
    page.save_revision().publish()
    return NewsPage.objects.get(pk=page.pk)


def pixels(kind: str = "PNG", size: tuple[int, int] = (12, 8)) -> bytes:
    file = BytesIO()
    Image.new("RGB", size, "teal").save(file, kind)
    return file.getvalue()


def picture_of(council, *, by=None, title="Bins") -> Picture:
    file = ImageFile(BytesIO(pixels()), name="bins.png")
    return Picture.objects.create(
        title=title, description="A full bin", council=council, uploaded_by_user=by, file=file
    )
