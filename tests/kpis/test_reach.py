"""How far the campaign reaches: numbers with definition and source, never added up, never people."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from audit.models import AuditEvent
from core.errors import Refused
from kpis.models import ReachMetric, ReachValue
from kpis.reach.operations import enter_reach, import_reach
from kpis.schedules import keep_views_of_news

pytestmark = pytest.mark.django_db
NOVEMBER, LAST = dt.date(2014, 11, 1), dt.date(2014, 12, 31)


@pytest.fixture
def metrics():
    import_reach()
    return {metric.slug: metric for metric in ReachMetric.objects.all()}


def entered(metric, editor, **other):
    asked = {"day": dt.date(2014, 11, 20), "number": 7900, "source": "The mailing service, 3 December 2014"}
    return enter_reach(metric, by=editor, **asked | other)


def test_the_three_numbers_of_the_report_stand_there_with_its_name(client, metrics):
    text = client.get("/figures/reach/").content.decode()

    for words in ("over 8,000", "opens a month, approximate", "over 12,500", "over 7,500,000", "impressions in total"):
        assert words in text
    assert text.count("Local Digital Today 2014, DCLG, February 2015, 4.4") == 3
    assert "7,520,500" not in text  # the three together


def test_each_says_what_it_counts_and_that_it_is_no_number_of_people(metrics):
    assert all("no number of people" in metric.definition for metric in metrics.values())
    with pytest.raises(IntegrityError), transaction.atomic():
        ReachMetric.objects.update(definition="")


def test_the_file_is_loaded_twice_without_a_change_and_writes_nothing_over(metrics):
    ReachValue.objects.filter(number=8000).update(number=8001)

    call_command("import_reach", verbosity=0)

    assert ReachValue.objects.count() == 3
    assert ReachValue.objects.filter(number=8001).exists()


def test_a_database_of_an_earlier_release_says_of_views_what_this_one_counts(metrics):
    ours, other = metrics["news-views-here"], metrics["newsletter-opens"]
    ReachMetric.objects.update(definition="As it was once.")

    keep_views_of_news()

    ours.refresh_from_db()
    other.refresh_from_db()
    assert "counted here without cookies" in ours.definition
    assert other.definition == "As it was once.", "nobody but its source says how others count"


def test_a_number_is_entered_for_the_month_that_its_day_is_in(edith, metrics):
    value = entered(metrics["newsletter-opens"], edith)

    assert value.day == NOVEMBER
    assert value.entered_by == edith


def test_only_editors_and_the_secretariat_enter(amina, fatima, sunita, metrics):
    for person in (amina, fatima):
        with pytest.raises(PermissionDenied):
            entered(metrics["newsletter-opens"], person)
    assert entered(metrics["newsletter-opens"], sunita)


def test_a_second_number_of_a_month_takes_the_place_of_the_first_only_where_said(edith, metrics):
    entered(metrics["newsletter-opens"], edith)

    with pytest.raises(Refused, match="7,900 opens stands there already"):
        entered(metrics["newsletter-opens"], edith, number=8100)
    entered(metrics["newsletter-opens"], edith, number=8100, takes_the_place=True)

    assert ReachValue.objects.get(day=NOVEMBER).number == 8100
    assert AuditEvent.objects.get(action="kpis.reach_corrected").details["before"] == 7900


@pytest.mark.parametrize(
    ("slug", "other", "sentence"),
    [
        ("newsletter-opens", {"day": dt.date(2199, 1, 1)}, "January 2199 has not ended yet."),
        ("social-impressions", {"day": dt.date(2199, 1, 1)}, "still to come"),
        ("social-impressions", {"day": dt.date(2015, 3, 1)}, "a total does not fall"),
        ("social-impressions", {"number": 7_500_001}, "a total does not fall"),
        ("newsletter-opens", {"number": -1}, "from 0 to a million million"),
        ("newsletter-opens", {"source": " "}, "Say where the number comes from."),
        ("news-views-here", {}, "The portal counts this itself"),
    ],
)
def test_what_cannot_be_is_refused(edith, metrics, slug, other, sentence):
    with pytest.raises(Refused, match=sentence):
        entered(metrics[slug], edith, **other)


def test_a_number_without_a_source_is_kept_out_by_the_database_unless_made_up(metrics):
    ReachValue.objects.create(metric=metrics["news-blog-views"], day=NOVEMBER, number=1, is_illustrative=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReachValue.objects.update(source="", is_illustrative=False)


def test_the_form_keeps_what_was_typed_and_says_what_is_wrong_beside_its_box(edith, client, metrics):
    client.force_login(edith)
    typed = {
        "metric": metrics["newsletter-opens"].pk,
        "day_day": "1",
        "day_month": "11",
        "day_year": "2014",
        "number": "1,2oo",
    }

    wrong = client.post(reverse("kpis:enter_reach"), {**typed, "source": "The service"})
    done = client.post(reverse("kpis:enter_reach"), {**typed, "number": "7,900", "source": "The service"})

    assert wrong.status_code == 422
    assert "Enter a whole number, as in 12,500." in wrong.content.decode()
    assert 'value="1,2oo"' in wrong.content.decode()
    assert done["Location"] == "/figures/reach/#newsletter-opens"


def test_the_file_has_a_row_for_each_number_and_none_for_all_together(client, metrics):
    lines = client.get("/figures/reach/?format=csv").content.decode("utf-8-sig").splitlines()

    assert "never added up" in lines[0]
    assert len([line for line in lines if "Local Digital Today" in line]) == 3


def test_a_month_that_nobody_entered_is_drawn_as_not_known(edith, client, metrics):
    for month in (8, 11):
        entered(metrics["newsletter-opens"], edith, day=dt.date(2014, month, 1))

    page = client.get("/figures/reach/").context["every"]

    [opens] = [each["chart"] for each in page if each["metric"].slug == "newsletter-opens"]
    assert [row[1] for row in opens.rows] == ["7,900", "not known", "not known", "7,900", "over 8,000"], (
        "as its source says"
    )
    assert opens.title == "Newsletter opened, approximate, August 2014 to December 2014"


def test_the_page_asks_as_often_for_ten_times_as_many(client, asked, metrics):
    def statements():
        with asked() as found:
            client.get("/figures/reach/")
        return len(found)

    few = statements()
    days = [dt.date(2005 + year, month, 1) for year in range(5) for month in range(1, 13)]
    ReachValue.objects.bulk_create(
        ReachValue(metric=metric, day=day, number=5, is_illustrative=True)
        for metric in metrics.values()
        for day in days
    )

    assert statements() == few <= 12


def test_the_year_in_numbers_has_those_of_the_year_with_their_source(client, metrics):
    year, other = (client.get(f"/figures/?year={each}").content.decode() for each in (2014, 2013))

    assert "over 7,500,000" in year
    assert "Local Digital Today 2014, DCLG, February 2015, 4.4" in year
    assert "over 7,500,000" not in other
