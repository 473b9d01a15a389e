"""What the admin promises for a time is kept by a schedule: pages come and go by the clock."""

import datetime as dt

import pytest
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page

from audit.models import AuditEvent
from core import clock
from core.schedules import discover
from portal.status.operations import start_due_schedules
from publishing.models import NewsPage
from tests.factories.publishing import publish_news
from tests.publishing.test_two_people import news_of

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def run_what_is_due(monkeypatch, at: dt.datetime) -> None:
    """As a worker does at that moment: Wagtail reads Django's clock, we read ours."""
    monkeypatch.setattr(timezone, "now", lambda: at)
    start_due_schedules(at)
    discover()["publishing.schedules.publish_and_expire_on_time"].run()


def scheduled(edith, *, title="Tomorrow", **fields) -> NewsPage:
    page = publish_news(title=title, published_on=dt.date(2015, 1, 1))
    page.unpublish()
    NewsPage.objects.filter(pk=page.pk).update(first_published_at=None)
    page = NewsPage.objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision(user=edith).publish()
    return NewsPage.objects.get(pk=page.pk)


def test_a_page_set_for_later_comes_and_goes_by_itself(client, edith, monkeypatch):
    now = clock.now()
    page = scheduled(edith, go_live_at=now + HOUR, expire_at=now + 3 * HOUR)
    assert page.status_string == "scheduled"

    run_what_is_due(monkeypatch, now + dt.timedelta(minutes=59))
    assert client.get("/news/tomorrow/").status_code == 404

    run_what_is_due(monkeypatch, now + HOUR)
    assert client.get("/news/tomorrow/").status_code == 200

    run_what_is_due(monkeypatch, now + 3 * HOUR)
    assert client.get("/news/tomorrow/").status_code == 410
    line = AuditEvent.objects.get(action="publishing.published", about_key=str(page.pk), at__gte=now + HOUR)
    assert line.by is None


def test_whoever_approved_it_published_it_and_by_the_clock_nobody_did(edith, edgar, monkeypatch):
    now, page = clock.now(), news_of(edith)
    later = news_of(edith, title="Later")
    later.go_live_at = now + HOUR
    later.save_revision(user=edith)
    for news in (page, later):
        step = news.get_workflow().start(news, edith).current_task_state
        step.task.specific.on_action(step, edgar, "approve")
    page.get_latest_revision().publish()

    run_what_is_due(monkeypatch, now + HOUR)

    said = AuditEvent.objects.filter(action__startswith="publishing.").order_by("pk")
    assert [(line.action, line.by) for line in said.filter(about_key=str(page.pk))] == [
        ("publishing.submitted", edith),
        ("publishing.published", edgar),
        ("publishing.approved", edgar),
        ("publishing.published", edgar),
    ]
    assert [(line.action, line.by) for line in said.filter(about_key=str(later.pk))] == [
        ("publishing.submitted", edith),
        ("publishing.set_for_later", edgar),
        ("publishing.approved", edgar),
        ("publishing.published", None),
    ]


def test_a_page_that_cannot_be_published_holds_up_no_other(edith, monkeypatch):
    now = clock.now()
    broken = scheduled(edith, title="Broken", go_live_at=now + HOUR)
    fine = scheduled(edith, title="Fine", go_live_at=now + 2 * HOUR)
    revision = broken.get_latest_revision()
    revision.content["published_on"] = None
    revision.save()

    run_what_is_due(monkeypatch, now + 2 * HOUR)

    assert [NewsPage.objects.get(pk=page.pk).live for page in (broken, fine)] == [False, True]


def test_nothing_but_pages_is_set_for_a_time():
    """Another kind with drafts would be promised a time that nothing keeps."""
    from django.apps import apps

    others = [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]

    assert all(issubclass(model, Page) for model in others)
