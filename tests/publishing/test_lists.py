"""Case studies and news in their lists: filters, CSV, a council's own, and what a list costs."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.http import QueryDict

from publishing import panels
from publishing.follow_up_standing import rank_of_follow_ups
from publishing.lists import CASE_STUDIES
from publishing.models import CaseStudyPage, FollowUp
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import ServiceFactory, replaced_by
from tests.factories.publishing import publish_case_study, publish_news
from tests.factories.take_up import MeasurementFactory
from tests.publishing.bodies import body

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(harlow, surrey):
    """One of a district with figures of 2015, one of a county without."""
    bins = ServiceFactory(name="Bins", slug="bins-here")
    publish_case_study(
        harlow,
        title="Missed bins",
        service=bins,
        happened_on=dt.date(2015, 5, 1),
        after=268,
        after_unit="calls",
        after_on=dt.date(2015, 3, 1),
    )
    publish_case_study(surrey, title="Blue badges", happened_on=dt.date(2014, 5, 1))


QUERIES: dict[str, set[str]] = {
    "": {"Missed bins", "Blue badges"},
    "?service=bins-here": {"Missed bins"},
    "?kind=county": {"Blue badges"},
    "?region=South East": {"Blue badges"},
    "?evidence=1": {"Missed bins"},
    "?year=2014": {"Blue badges"},
    "?q=badges": {"Blue badges"},
    "?q=harlow": {"Missed bins"},
    "?q=nothing-at-all": set(),
    "?kind=palace&evidence=ninety&year=20x4&region=Mars&service=%00&page=zero": {"Missed bins", "Blue badges"},
    "?evidence=٣&year=２０１４&q=%F0%9F%98%80%00": set(),
}


def test_the_list_is_narrowed_by_what_makes_sense(client, two):
    pages = {query: body(client.get(f"/case-studies/{query}")) for query in QUERIES}

    found = {query: {title for title in ("Missed bins", "Blue badges") if title in pages[query]} for query in QUERIES}
    assert found == QUERIES


def test_of_equal_evidence_what_was_checked_again_stands_first_and_silence_last(client, harlow, amina):
    said = {"answered_on": dt.date(2016, 7, 7), "answered_by": amina}
    for title in ("Silent", "Ended", "Unasked", "Own figure", "Checked again"):
        page = publish_case_study(harlow, title=title, owner=amina, happened_on=dt.date(2015, 5, 1))
        if title != "Unasked":
            FollowUp.objects.create(case_study=page, months=6, asked_on=dt.date(2016, 1, 7))
        if title == "Silent":
            FollowUp.objects.create(case_study=page, months=12, asked_on=dt.date(2016, 7, 7))
        elif title == "Ended":
            page.follow_ups.update(is_running=False, **said)
        elif title != "Unasked":
            page.follow_ups.update(
                is_running=True, measurement=MeasurementFactory(waiting=title == "Own figure"), **said
            )
    order = ["Checked again", "Own figure", "Unasked", "Ended", "Silent"]

    shown = body(client.get("/case-studies/?sort=evidence"))
    table = body(client.get("/case-studies/?sort=evidence&format=csv"))

    assert sorted(order, key=shown.index) == order
    for words in ("Followed up July 2016, own figure", "Followed up July 2016: no longer running", "Not followed up"):
        assert words in shown
        assert words in table
    ranked = CaseStudyPage.objects.annotate(rank=rank_of_follow_ups()).order_by("-rank")
    assert [page.title for page in ranked] == order


def test_a_filter_of_too_many_digits_counts_as_not_asked():
    asked = CASE_STUDIES.read(QueryDict(f"evidence={'9' * 5000}&year={'9' * 5000}"))

    assert asked.chosen == {}
    assert len(asked.not_understood) == 2


def test_the_list_is_a_table_too_with_the_same_filters(client, two):
    table = body(client.get("/case-studies/?format=csv&kind=county"))

    assert "Blue badges,Surrey (county)" in table
    assert "Missed bins" not in table
    assert "# Filters: Kind of council: County" in table


def test_an_empty_list_says_what_to_do(client):
    assert "No case studies yet" in body(client.get("/case-studies/"))


def test_the_list_and_its_table_cost_the_same_however_long_they_are(
    client, signed_in, amina, harlow, django_assert_max_num_queries
):
    signed_in(amina).get("/case-studies/")  # what a process learns once: content types

    def cost(address):
        cache.clear()
        with django_assert_max_num_queries(12) as queries:
            client.get(address)
        return len(queries)

    def costs_of(number):
        for n in range(number):
            publish_case_study(harlow, title=f"Study {number} {n}", asset=AssetFactory(), service=ServiceFactory())
        return [cost("/case-studies/"), cost("/case-studies/?format=csv")]

    assert costs_of(3) == costs_of(30)


def test_a_councils_profile_lists_its_case_studies_and_those_of_the_councils_it_succeeded(client, harlow, surrey):
    replaced_by(surrey, old=harlow)
    publish_case_study(harlow, title="Of old")
    publish_case_study(surrey, title="Of new")

    shown = body(client.get(surrey.get_absolute_url()))

    assert shown.index("Of new") < shown.index("From predecessor councils</h3>") < shown.index("Of old")


def test_a_councils_profile_shows_its_newest_case_studies_and_leads_to_all_of_them(client, harlow, surrey, monkeypatch):
    monkeypatch.setattr(panels, "SHOWN", 2)
    replaced_by(surrey, old=harlow)
    for title in ("Of old", "Of old too"):
        publish_case_study(harlow, title=title)
    publish_case_study(surrey, title="Of new")

    shown = body(client.get(surrey.get_absolute_url()))
    everything = body(client.get("/case-studies/?council=surrey"))

    assert shown.index("Of new") < shown.index("Of old too")
    assert ">Of old<" not in shown
    assert 'href="/case-studies/?council=surrey">See all 3<' in shown
    assert "3 case studies" in everything
    assert body(client.get("/case-studies/?council=harlow")).count('class="lda-result"') == 2


def test_news_is_listed_newest_first(client):
    publish_news(title="Older", published_on=dt.date(2014, 1, 1))
    publish_news(title="Newer", published_on=dt.date(2015, 1, 1))

    shown = body(client.get("/news/"))

    assert shown.index("Newer") < shown.index("Older")
    assert "They met." in body(client.get("/news/newer/"))


def test_the_news_costs_the_same_however_long_it_is(client, django_assert_max_num_queries):
    def cost(number):
        for n in range(number):
            publish_news(title=f"News {number} {n}", published_on=dt.date(2014, 1, 1))
        cache.clear()
        with django_assert_max_num_queries(12) as queries:
            client.get("/news/")
        return len(queries)

    client.get("/news/")  # what a process learns from its first page it remembers
    assert cost(3) == cost(30)
