"""Views of news are counted in memory, without cookies and without robots, and added to their rows once a minute."""

import datetime as dt

import pytest
from django.db import OperationalError

from kpis.models import PageViews, ReachValue
from kpis.reach import counting
from kpis.reach import operations as reach
from kpis.reach.counting import add_counted, is_robot, views
from kpis.reach.operations import add_views, import_reach, keep_months_counted_here
from publishing.models import NewsPage
from tests.factories.publishing import publish_news
from tests.race import all_at_once, problems

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0"
CHROME = "Mozilla/5.0 (Linux; Android 10; CUBOT X30) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36"


@pytest.fixture(autouse=True)
def nothing_counted():
    views.take()
    yield
    views.take()


@pytest.fixture
def news(db) -> NewsPage:
    return publish_news(published_on=dt.date(2015, 3, 2))


def counted(page) -> int:
    add_counted()
    return sum(PageViews.objects.filter(page=page).values_list("views", flat=True))


def look(client, page, **more):
    return client.get(page.get_absolute_url(), headers={"User-Agent": FIREFOX} | more)


def test_a_page_made_anew_kept_from_before_or_found_unchanged_is_a_view(client, news, pages_are_kept):
    first = look(client, news)
    look(client, news)
    unchanged = look(client, news, **{"If-None-Match": first["ETag"]})

    assert unchanged.status_code == 304
    assert counted(news) == 3
    assert not first.cookies


def test_head_robots_looks_ahead_and_pages_that_are_no_news_are_none(client, news):
    client.head(news.get_absolute_url(), headers={"User-Agent": FIREFOX})
    look(client, news, **{"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"})
    look(client, news, **{"User-Agent": ""})
    look(client, news, **{"Sec-Purpose": "prefetch;prerender"})
    client.get("/news/", headers={"User-Agent": FIREFOX})
    client.get("/news/there-is-none/", headers={"User-Agent": FIREFOX})

    assert counted(news) == 0
    assert PageViews.objects.count() == 0


@pytest.mark.parametrize(
    "agent",
    ["curl/8.5", "Slackbot-LinkExpanding 1.0", "facebookexternalhit/1.1", "bingbot/2.0", "HeadlessChrome/130", " "],
)
def test_who_names_itself_a_robot_is_one(agent):
    assert is_robot(agent)


@pytest.mark.parametrize("agent", [FIREFOX, CHROME])
def test_a_reader_is_none(agent):
    assert not is_robot(agent)


def test_a_second_minute_is_added_to_the_same_row(client, news):
    look(client, news)
    add_counted()
    look(client, news)

    assert counted(news) == 2
    assert PageViews.objects.count() == 1


def test_what_could_not_be_added_is_kept_for_the_next_minute(client, news, monkeypatch):
    look(client, news)

    def locked(taken):
        raise OperationalError("database is locked")

    with monkeypatch.context() as broken:
        broken.setattr(counting, "add_views", locked)
        assert add_counted() == 0

    assert counted(news) == 1


def test_counting_lets_no_kept_page_go(client, news, pages_are_kept):
    from portal.serving.content_version import content_version

    before = content_version()
    look(client, news)
    add_counted()

    assert content_version() == before


@pytest.mark.django_db(transaction=True)
def test_two_servers_that_add_at_once_lose_no_view():
    page = publish_news(published_on=dt.date(2015, 3, 2))
    day, path = dt.date(2015, 3, 3), page.get_absolute_url()

    results = all_at_once([lambda: add_views({(path, day): 5})] * 4)

    assert problems(results) == []
    assert PageViews.objects.get().views == 20


def test_the_views_of_a_month_are_written_down_once_it_has_ended(news, on_day):
    import_reach()
    for day, views_of_day in ((dt.date(2015, 2, 28), 7), (dt.date(2015, 3, 1), 40), (dt.date(2015, 3, 31), 2)):
        PageViews.objects.create(page=news, day=day, views=views_of_day)

    with on_day(2015, 4, 1):
        keep_months_counted_here()
        PageViews.objects.filter(day=dt.date(2015, 3, 31)).update(views=3)  # a server that was late
        keep_months_counted_here()

    february, march = ReachValue.objects.filter(metric__is_counted_here=True).order_by("day")
    assert (march.day, march.number, march.source) == (dt.date(2015, 3, 1), 43, reach.COUNTED_HERE)
    assert february.number == 7


def test_months_that_nobody_wrote_down_in_their_time_are_written_down_later(news, on_day):
    """As where the worker stood still from February to May."""
    import_reach()
    for day in (dt.date(2015, 1, 5), dt.date(2015, 2, 5), dt.date(2015, 4, 5), dt.date(2015, 5, 5)):
        PageViews.objects.create(page=news, day=day, views=day.month)

    with on_day(2015, 5, 20):
        keep_months_counted_here()

    kept = ReachValue.objects.filter(metric__is_counted_here=True).order_by("day")
    assert [(value.day.month, value.number) for value in kept] == [(1, 1), (2, 2), (3, 0), (4, 4)]


def test_what_is_kept_of_a_month_does_not_fall_when_a_page_is_deleted(news, on_day):
    import_reach()
    gone = publish_news(title="Gone", published_on=dt.date(2015, 3, 2))
    for page, views_of_page in ((news, 40), (gone, 30)):
        PageViews.objects.create(page=page, day=dt.date(2015, 3, 3), views=views_of_page)

    with on_day(2015, 4, 1):
        keep_months_counted_here()
        gone.delete()
        keep_months_counted_here()

    assert ReachValue.objects.get(metric__is_counted_here=True).number == 70


def test_a_month_without_a_view_is_0_once_counting_has_begun_and_empty_before(news, on_day):
    import_reach()
    with on_day(2015, 3, 1):
        assert keep_months_counted_here() is None
    PageViews.objects.create(page=news, day=dt.date(2015, 3, 3), views=40)

    for month in (4, 5):
        with on_day(2015, month, 1):
            keep_months_counted_here()

    kept = ReachValue.objects.filter(metric__is_counted_here=True).order_by("day")
    assert [(value.day.month, value.number) for value in kept] == [(3, 40), (4, 0)]
