"""Pages, live past the workflow, and pictures."""

from io import BytesIO
from typing import Any, TypeVar

from django.core.files.images import ImageFile
from PIL import Image
from wagtail.models import Page
from wagtail.signals import page_published

from core import clock
from publishing.models import (
    Bundle,
    BundlePage,
    CaseStudyIndexPage,
    CaseStudyPage,
    Interview,
    NewsIndexPage,
    NewsPage,
    Picture,
    SharedDraft,
)
from publishing.models.shared_draft import LASTS

P = TypeVar("P", bound=Page)


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
    return _live(CaseStudyIndexPage.objects.get(), page)


def publish_news(*, title: str = "Thirty councils at one table", **fields: Any) -> NewsPage:
    """A live piece of news."""
    page = NewsPage(title=title, summary="They met in Leeds.", body="<p>They met.</p>", **fields)
    return _live(NewsIndexPage.objects.get(), page)


def _live(index: Page, page: P) -> P:
    """The page as Wagtail publishes it, but checked and saved once instead of three times, and without its log."""
    assert page.go_live_at is None, "publish it as editors do: page.save_revision().publish()"
    index.add_child(instance=page)
    revision = page.save_revision(clean=False)
    now = clock.now()
    state = {"first_published_at": page.first_published_at or now, "last_published_at": now}
    Page.objects.filter(pk=page.pk).update(live_revision=revision, has_unpublished_changes=False, **state)
    live = type(page).objects.get(pk=page.pk)
    page_published.send(sender=type(page), instance=live, revision=revision)
    return live


def pixels(kind: str = "PNG", size: tuple[int, int] = (12, 8)) -> bytes:
    file = BytesIO()
    Image.new("RGB", size, "teal").save(file, kind)
    return file.getvalue()


def picture_of(council, *, by=None, title="Bins") -> Picture:
    file = ImageFile(BytesIO(pixels()), name="bins.png")
    return Picture.objects.create(
        title=title, description="A full bin", council=council, uploaded_by_user=by, file=file
    )


def bundle_of(council: Any, *, made_by: Any) -> BundlePage:
    """The place of a case study of `council` in a bundle that waits."""
    page = publish_case_study(council, title=f"Bundled by {made_by.pk}")
    Page.objects.filter(pk=page.pk).update(live=False, live_revision=None, first_published_at=None)
    page.revisions.update(approved_go_live_at=clock.now())
    bundle = Bundle.objects.create(name="Newsletter", made_by=made_by)
    return BundlePage.objects.create(bundle=bundle, page=Page.objects.get(pk=page.pk))


def shared_draft(council: Any, *, made_by: Any) -> SharedDraft:
    """A link to a case study of `council` that is being written."""
    page = publish_case_study(council, title=f"Shown by {made_by.pk}")
    page.refresh_from_db()
    return SharedDraft.objects.create(
        case_study=page, revision=page.latest_revision, made_by=made_by, ends_at=clock.now() + LASTS
    )


def interview_of(council: Any, author: Any, **answers: str) -> Interview:
    """One that somebody has begun, with a title."""
    return Interview.objects.create(council=council, author=author, answers={"title": "Fewer missed bins", **answers})
