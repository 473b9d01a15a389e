"""The home page: one sentence, one search box, one true story, what is open now, three figures with their base."""

import datetime as dt
from importlib import import_module

import pytest
from django.core.cache import cache
from django.utils import timezone

from core import clock
from events.models import Event, Feedback, SignUp
from portal.models import HomePage, SuggestedSearch
from portal.serving import page_cache
from take_up.models import Benefit
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, SignUpFactory
from tests.factories.projects import NeedFactory
from tests.factories.take_up import BenefitFactory, MeasurementFactory
from tests.factories.voting import BallotFactory
from tests.story.chains import FlagshipChain

home_blocks = import_module("portal.migrations.0012_blocks").home_blocks

pytestmark = [pytest.mark.sql, pytest.mark.django_db]


@pytest.fixture
def home():
    return HomePage.objects.get()


def composed(*, project=None, need=None) -> list[dict]:
    """The blocks of the home page as it comes, with a story and a need that editors chose."""
    told = {"story": project.get_absolute_url()} if project else {}
    return home_blocks(heading="From one need to what it saved", need=need.get_absolute_url() if need else "", **told)


def shown(client) -> str:
    response = client.get("/")
    assert response.status_code == 200
    return response.content.decode()


def test_an_empty_site_says_what_to_do(client):
    page = shown(client)

    assert "Solve it once, for every council" in page
    assert "Nothing is open at the moment" in page
    assert "Counted from rows" not in page


def test_editors_choose_the_searches_it_suggests(client, home):
    home.suggested_searches = [SuggestedSearch(words="bins & boxes")]
    home.save_revision().publish()

    assert 'href="/search/?q=bins%20%26%20boxes"' in shown(client)


def test_the_story_that_editors_chose_stands_on_it(client, home):
    home.body = composed(project=FlagshipChain().project)
    home.save_revision().publish()

    page = shown(client)

    assert "From one need to what it saved" in page
    assert "Chosen by 2 of 3" in page


def test_below_the_story_stands_the_last_line_on_its_project(client, home):
    project = FlagshipChain().project
    home.body = composed(project=project)
    home.save_revision().publish()
    project.updates.create(line="Third council live.", by=UserFactory(), at=dt.datetime(2015, 12, 4, 12, tzinfo=dt.UTC))

    assert "<b>4 December 2015:</b> Third council live." in shown(client)


def test_open_now_says_how_many_places_are_left_and_who_waits(client):
    EventFactory(title="With places", capacity=3)
    full = EventFactory(title="Full one", capacity=1)
    SignUpFactory(event=full)
    SignUpFactory(event=full, status=SignUp.Status.WAITING)

    page = shown(client)

    assert "3 places left" in page
    assert "Waiting list" in page
    assert "1 waiting" in page


def test_what_is_over_cancelled_or_a_draft_is_not_open(client):
    EventFactory(title="Over now", ended=True)
    EventFactory(title="Cancelled now", state="cancelled")
    EventFactory(title="Drafted now", state="draft")
    BallotFactory(question="Being prepared now?")

    page = shown(client)

    assert not [words for words in ("Over now", "Cancelled now", "Drafted now", "prepared now") if words in page]


def test_an_open_vote_stands_among_what_is_open(client):
    BallotFactory(question="Which one to pursue?", state="open", opened_at=clock.now())

    assert "Vote: Which one to pursue?" in shown(client)


def test_the_featured_need_counts_its_councils(client, home):
    home.body = composed(need=NeedFactory(what="To prove who they are once."))
    home.save_revision().publish()

    page = shown(client)

    assert "1 council needs this" in page
    assert "To prove who they are once." in page


def test_a_featured_need_that_was_withdrawn_is_not_shown(client, home):
    need = NeedFactory(what="To prove who they are once.", state="withdrawn", state_reason="Twice")
    home.body = composed(need=need)
    home.save_revision().publish()

    assert "To prove who they are once." not in shown(client)


@pytest.fixture
def year_of_2014():
    """One event of two people with ten forms, nine of them recommending it."""
    starts_at = timezone.make_aware(dt.datetime(2014, 5, 14, 10))
    event = EventFactory(starts_at=starts_at)
    for _ in range(2):
        SignUpFactory(event=event, checked_in_at=starts_at)
    for n in range(10):
        Feedback.objects.create(event=event, would_recommend=n > 0)


def test_each_figure_stands_with_its_base(client, year_of_2014):
    BenefitFactory(claimed=180000)

    page = shown(client)

    assert "delegates at 1 event" in page
    assert "2 different people" in page
    assert "9 of 10 who answered" in page
    assert "£180,000 a year was promised for all councils in scope" in page
    assert "0 of 1 promise in money a year checked so far" in page


def test_delegates_of_events_that_are_made_up_say_so(client, year_of_2014):
    Event.objects.update(is_illustrative=True)
    assert "2 different people from 0 councils. Illustrative." in shown(client)

    EventFactory(starts_at=timezone.make_aware(dt.datetime(2014, 6, 14, 10)), source="The report")
    assert "Illustrative in part." in shown(client)


def test_a_part_result_says_of_how_many_and_a_made_up_one_says_so(client):
    MeasurementFactory(
        promise__claimed=712500,
        promise__scope=326,
        value=96400,
        measured_on=dt.date(2015, 11, 30),
        n=4,
        is_illustrative=True,
    )
    BenefitFactory(claimed=378000)

    page = shown(client)

    assert "£96,400" in page
    assert "a year measured at 4 of 326 councils" in page
    assert (
        "£1,090,500 a year was promised for all councils in scope; 1 of 2 promises in money a year checked so far"
        in page
    )
    assert "Illustrative: what was measured." in page
    Benefit.objects.update(is_illustrative=True)
    assert "Illustrative: what was promised and what was measured." in shown(client)


def test_the_home_page_names_where_its_figures_come_from(client, year_of_2014):
    Event.objects.update(source="Local Digital campaign (the report); UKAuthority, 2014")

    assert "Source: Local Digital campaign (the report); UKAuthority, 2014." in shown(client)


def test_fewer_than_ten_forms_make_no_figure(client, year_of_2014):
    Feedback.objects.first().delete()

    assert "would recommend" not in shown(client)


def test_a_stranger_costs_the_home_page_at_most_twelve_queries_once_the_year_is_counted(
    client, home, year_of_2014, pages_are_kept, django_assert_max_num_queries
):
    home.body = composed(project=FlagshipChain().project, need=NeedFactory())
    home.save_revision().publish()
    BenefitFactory()
    EventFactory.create_batch(5)
    shown(client)  # what a process learns once: content types, and the year in numbers
    cache.clear()
    page_cache.pages.clear()

    with django_assert_max_num_queries(12):
        shown(client)
