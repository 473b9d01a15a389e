"""A year in numbers: counted from rows, up to a day within it, each number leading to its rows."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from events.models import Event, Feedback
from portal.figures.queries import outcomes_of, read_period, year_in_numbers
from tests.factories.councils import OrganisationFactory
from tests.factories.events import EventFactory, SignUpFactory
from tests.factories.projects import BlockFactory, ProjectFactory
from tests.pages import words

pytestmark = [pytest.mark.sql, pytest.mark.django_db]


def held(year, month, day, *, people=1, stream="skills", **fields) -> Event:
    """An event that took place, with so many checked in and one who stayed away."""
    starts_at = timezone.make_aware(dt.datetime(year, month, day, 10))
    event = EventFactory(starts_at=starts_at, stream=stream, **fields)
    for _ in range(people):
        SignUpFactory(event=event, checked_in_at=starts_at, organisation=OrganisationFactory())
    SignUpFactory(event=event)
    return event


@pytest.fixture
def programme():
    """Two events of 2014 in two streams, one of 2013, one of this year, one cancelled, one being drafted."""
    held(2013, 6, 1, people=5)
    first = held(2014, 5, 14, people=3)
    held(2014, 11, 20, people=2, stream="futures")
    held(2014, 7, 1, people=4, state="cancelled")
    held(2014, 7, 2, people=4, state="draft")
    held(timezone.localdate().year, 1, 2, people=1)
    return first


def counted(query=None):
    return year_in_numbers(read_period(query or {}))


def test_the_latest_ended_year_that_has_events_is_shown(programme):
    assert read_period({}).year == 2014


def test_delegates_are_check_ins_with_distinct_people_and_councils_beside_them(programme):
    again = programme.sign_ups.filter(checked_in_at__isnull=False).first()
    second = Event.objects.get(starts_at__month=11, starts_at__year=2014)
    SignUpFactory(event=second, person=again.person, organisation=again.organisation, checked_in_at=second.starts_at)

    total = counted().total

    assert (total.events, total.delegates, total.people, total.councils) == (2, 6, 5, 5)


def test_the_large_figures_of_the_page_are_numbers_with_their_words_beside_them(programme, client):
    shown = client.get("/figures/?year=2014").context["headline"]

    total = counted({"year": "2014"}).total
    assert [item.figure.with_unit for item in shown[:2]] == [str(total.events), str(total.delegates)]
    assert shown[1].label == "delegates"
    assert all(item.url.startswith("/") for item in shown)


def test_up_to_a_day_only_what_was_held_by_then_counts(programme):
    assert counted({"as_at": "2014-11-19"}).total.delegates == 3
    assert counted({"as_at": "2014-11-20"}).total.delegates == 5


def test_what_was_removed_in_the_year_is_counted_and_leads_to_its_rows(programme, client):
    block = BlockFactory(
        title="No gateway", raised_on=dt.date(2014, 11, 5), removed_on=dt.date(2014, 12, 22), outcome="Cleared."
    )
    block.councils.set(OrganisationFactory.create_batch(12))

    removed = counted().blocks
    address = client.get("/figures/?year=2014").context["blocks_rows"][0][0][1]

    assert (removed.blocks, removed.days_open, removed.councils) == (1, 47, 12)
    assert counted({"as_at": "2014-12-21"}).blocks is None
    assert [line.title for line in client.get(address).context["found"].lines] == ["No gateway"]


def test_the_streams_sum_to_the_total(programme):
    year = counted()

    assert sum(stream.events for stream in year.streams) == year.total.events
    assert sum(stream.group.delegates for stream in year.streams) == year.total.delegates


def test_the_months_add_up_to_the_total(programme):
    steps = counted().steps

    assert [step.delegates_so_far for step in steps] == [0, 0, 0, 0, 3, 3, 3, 3, 3, 3, 5, 5]
    assert steps[-1].events_so_far == 2


@pytest.mark.parametrize(
    ("query", "year", "until"),
    [
        ({"year": "2013"}, 2013, "2013-12-31"),
        ({"as_at": "2013-07-01"}, 2013, "2013-07-01"),
        ({"year": "2014", "as_at": "2013-07-01"}, 2014, "2014-12-31"),
        ({"year": "twenty", "as_at": "2014-13-45"}, 2014, "2014-12-31"),
        ({"year": "٢٠١٤"}, 2014, "2014-12-31"),
        ({"year": "99999999999"}, 2014, "2014-12-31"),
        ({"as_at": "\0"}, 2014, "2014-12-31"),
    ],
)
def test_a_period_that_makes_no_sense_is_not_used(programme, query, year, until):
    period = read_period(query)

    assert (period.year, period.until.isoformat()) == (year, until)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("as_at=foo", "day “foo”"),
        ("as_at=2014-02-30", "day “2014-02-30”"),
        ("year=abc", "year “abc”"),
        ("year=2014&as_at=2015-03-01", "day “2015-03-01”"),
    ],
)
def test_the_page_and_the_file_say_what_of_the_address_they_do_not_use(programme, client, query, said):
    page = client.get(f"/figures/?{query}").content.decode()
    file = client.get(f"/figures/?{query}&format=csv").content.decode("utf-8-sig")

    assert f"We did not understand this, so it is not used: {said}." in page
    assert f"not understood: {said}" in file.replace('""', '"')
    assert "not used: format “pdf”" in client.get("/figures/?format=pdf").content.decode()
    assert "did not understand" not in client.get("/figures/?year=2014&as_at=2014-06-30").content.decode()


def test_the_outcomes_of_the_year_are_projects(programme):
    ProjectFactory(title="Counted", outcome_of_year=2014)
    ProjectFactory(title="Of another year", outcome_of_year=2013)

    assert counted().outcomes == 1
    assert [project.title for project in outcomes_of(read_period({"year": "2014"}))] == ["Counted"]


def test_feedback_stands_with_its_base_and_response_rate(programme, client):
    for n in range(10):
        Feedback.objects.create(event=programme, would_recommend=n > 0, identified_savings=None if n else True)

    page = client.get("/figures/").content.decode()

    assert "10 feedback forms from 5 delegates" in page
    assert re.search(r"Would recommend it to others.*?90%.*?>\s*9\s*<.*?>\s*10\s*<", page, re.S)


def test_each_share_leads_to_the_events_whose_answers_it_counts_and_they_sum_to_it(client):
    for month, yes in ((3, 9), (4, 10)):
        day = held(2025, month, 4, people=12, title=f"Day {month}")
        Feedback.objects.bulk_create(Feedback(event=day, would_recommend=n < yes) for n in range(11))
    small = held(2025, 5, 4, people=2, title="Small day")
    Feedback.objects.create(event=small, would_recommend=True)
    address = "/figures/said/would_recommend/?year=2025"

    assert f'href="{address}">86%<' in client.get("/figures/?year=2025").content.decode()
    page, file = client.get(address).content.decode(), client.get(f"{address}&format=csv").content.decode()

    assert "19 of 22 who answered" in page
    assert 'id="feedback"' in client.get(re.search(r'href="(/events/[^"]*)#feedback">Day 3', page)[1]).content.decode()
    assert [line.rpartition(",no")[0].rpartition('"')[2] for line in file.splitlines() if line.startswith('"Day')] == [
        ",82%,9,11", ",91%,10,11",
    ]  # fmt: skip
    assert "Small day" not in page
    assert "Nothing is shown of 2025" in client.get("/figures/said/identified_savings/?year=2025").content.decode()
    assert client.get("/figures/said/identified_savings/?year=2025&format=csv").status_code == 404
    assert client.get("/figures/said/anything/").status_code == 404


def test_a_share_of_the_record_is_one_sum_that_leads_to_its_events(programme, client):
    for n in range(20):
        Feedback.objects.create(event=programme, would_recommend=n > 0)

    page = client.get("/figures/said/would_recommend/?year=2014").content.decode()

    assert 'href="/events/?when=past&amp;year=2014">2 events of 2014, as one<' in page
    assert programme.title not in page


def test_only_of_the_record_is_said_what_its_report_leaves_out(programme, client):
    for day in (programme, held(2025, 3, 4, people=12)):
        Feedback.objects.bulk_create(
            Feedback(event=day, would_recommend=n > 1, is_illustrative=True) for n in range(12)
        )
    words = "The report prints these percentages without saying"

    assert words in client.get("/figures/?year=2014").content.decode()
    assert words not in (page := client.get("/figures/?year=2025").content.decode())
    assert "These answers are illustrative." in page


def test_feedback_is_not_shown_for_part_of_a_year(programme):
    for _ in range(20):
        Feedback.objects.create(event=programme, would_recommend=True)

    assert counted({"as_at": "2014-06-01"}).feedback is None
    assert counted().feedback is not None


def test_a_small_event_changes_nothing_of_the_year_and_two_pages_never_disagree(client):
    large, small = held(2025, 3, 4, people=12), held(2025, 4, 8, people=1)
    Feedback.objects.bulk_create(Feedback(event=large, would_recommend=n > 1) for n in range(12))
    before = client.get("/figures/?year=2025").content.decode()
    Feedback.objects.create(event=small, would_recommend=False)
    large.save()  # a new version of the content

    page = client.get("/figures/?year=2025").content.decode()

    assert "12 feedback forms from 12 delegates" in page
    assert page[page.index('id="feedback"') :] == before[before.index('id="feedback"') :]
    assert "10 of 12" in client.get(large.get_absolute_url()).content.decode()
    assert re.search(r"Would recommend it to others.*?83%.*?>\s*10\s*<.*?>\s*12\s*<", page, re.S)


def test_fewer_than_ten_forms_are_not_shown(programme):
    for _ in range(9):
        Feedback.objects.create(event=programme, would_recommend=True)

    assert counted().feedback is None


def test_numbers_lead_to_lists_with_as_many_rows(programme, client):
    ProjectFactory(title="Counted", outcome_of_year=2014)
    ProjectFactory(title="Of another year", outcome_of_year=2013)
    page = client.get("/figures/?as_at=2014-06-30").content.decode().replace("&amp;", "&")

    events = client.get("/events/?when=past&year=2014&as_at=2014-06-30&format=csv").content.decode()
    projects = client.get("/projects/?outcome=2014&format=csv").content.decode()

    assert "/events/?when=past&year=2014&as_at=2014-06-30" in page
    assert "/projects/?outcome=2014" in page
    assert "Counted" in projects
    assert "Of another year" not in projects
    assert programme.title in events
    assert (
        len([line for line in events.splitlines() if "2014" in line and not line.startswith(("#", "\ufeff", '"#'))])
        <= 2
    )


def test_the_delegates_of_each_month_so_far_are_drawn(programme, client):
    page = client.get("/figures/?year=2014").content.decode()

    assert "Delegates so far, month by month: 5 by the end</title>" in page
    assert "Highest: Nov, 5. Lowest: Jan, 0." in page
    assert page.partition('id="streams">')[0].count('class="lda-chart__fill"') == 12


def test_the_table_is_a_download_too(programme, client):
    table = client.get("/figures/?year=2014&format=csv").content.decode()

    assert "2014-05,1,3,1,3,no" in table
    assert "2014-12,0,0,2,5,no" in table


def test_the_file_says_of_each_month_whether_its_events_are_made_up(programme, client):
    Event.objects.filter(pk=programme.pk).update(is_illustrative=True)
    assert f"{programme.starts_at:%Y-%m},1,3,1,3,yes" in client.get("/figures/?year=2014&format=csv").content.decode()
    Event.objects.filter(pk=programme.pk).update(source="A report of 2014")

    assert "2014-05,1,3,1,3,in part" in client.get("/figures/?year=2014&format=csv").content.decode()


def test_a_contents_list_leads_to_every_section_of_the_page(programme, client):
    page = client.get("/figures/?year=2014").content.decode()

    contents = re.search(r'<nav class="lda-contents".*?</nav>', page, re.S)[0]
    anchors = re.findall(r'href="#(\w+)"', contents)
    assert anchors == re.findall(r'<h2 class="heading-l" id="(\w+)"', page)
    assert len(anchors) == 7


def test_each_table_says_its_base_its_day_and_its_source_and_leads_to_its_events(programme, client):
    Event.objects.filter(starts_at__year=2014).update(source="UKAuthority, 2014")
    page = words(client.get("/figures/?as_at=2014-06-30"))
    file = client.get("/figures/?as_at=2014-06-30&table=streams&format=csv").content.decode()

    said = (
        'Counted from check-ins: 3 delegates at <a class="govuk-link" '
        'href="/events/?when=past&amp;year=2014&amp;as_at=2014-06-30">1 event</a>, as at 30 June 2014.'
    )
    assert page.count(said) == 4
    assert "Skills,1,3,3,3,no" in file
    assert "; source: UKAuthority, 2014" in file


def test_a_year_that_is_not_over_is_counted_as_at_today(programme, client):
    page = client.get(f"/figures/?year={timezone.localdate().year}").content.decode()

    assert "31 December" not in page.partition('id="outcomes"')[0].partition("lda-contents")[2]


def test_a_year_without_events_says_so(client):
    assert "No events in this period" in client.get("/figures/?year=2001").content.decode()


def test_the_page_costs_the_same_however_many_events_there_are(client, django_assert_max_num_queries):
    def cost(number):
        for n in range(number):
            held(2014, 1 + n % 12, 1 + n % 28)
        with django_assert_max_num_queries(12) as queries:
            client.get("/figures/")
        return len(queries)

    assert cost(3) == cost(30)


def test_a_year_is_no_number_of_thousands(client, programme):
    page = client.get("/figures/?as_at=2014-06-01").content.decode()

    assert "2014 in numbers up to 1 June" in page
    assert 'href="?year=2014#feedback">Show all of 2014<' in page
    assert "2,014" not in page


def test_a_year_without_events_shows_no_rows_of_zeros(client, programme):
    page = client.get("/figures/?year=2009").content.decode()

    assert "No events in this period" in page
    assert "<table" not in page


def test_the_sources_are_those_of_the_years_rows(client, programme):
    Event.objects.filter(starts_at__year=2014).update(source="UKAuthority, 2014")
    Event.objects.filter(starts_at__year=2013).update(source="Another report")

    page = client.get("/figures/").content.decode()

    assert "UKAuthority, 2014" in page
    assert "Another report" not in page
