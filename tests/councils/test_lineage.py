"""What a council did is counted with whoever took it over whole; whoever took over a part of it only names it."""

import datetime as dt
import re

import pytest
from django.contrib.auth.models import AnonymousUser

from core import clock
from councils.models import Organisation, lineage_among, take_overs
from councils.models.lineage import TakenOver, counted_with, taken_over
from councils.reorganising import reorganise
from events.inviting.queries import councils_with, scopes_of
from portal.figures.contributions import contributions_of
from steering.queries.reach import coverage_of_councils
from tests.factories.councils import OrganisationFactory, replaced_by
from tests.factories.events import EventFactory, SignUpFactory
from tests.factories.projects import NeedFactory, ProjectFactory
from tests.factories.publishing import publish_case_study
from tests.factories.take_up import AdoptionFactory

pytestmark = pytest.mark.django_db
DAY = dt.date(2020, 1, 1)
LAST = dt.date(2019, 3, 31)
NOBODY = AnonymousUser()


@pytest.mark.parametrize(
    ("rows", "whole", "part"),
    [
        ([(1, 2, None, LAST)], {1}, set()),
        ([(1, 2, None, LAST), (1, 3, None, LAST)], set(), {1}),
        ([(1, 2, 2, LAST), (1, 3, 2, LAST)], {1}, set()),
        ([(1, 2, 3, LAST), (1, 3, 3, LAST)], set(), {1}),
        ([(0, 1, None, LAST), (1, 2, None, LAST)], {0, 1}, set()),
        ([(0, 1, None, LAST), (1, 2, None, LAST), (1, 3, None, LAST)], set(), {0, 1}),
        ([(0, 1, None, LAST), (0, 9, None, LAST), (1, 2, None, LAST)], {1}, {0}),
        ([(2, 1, None, LAST), (1, 2, None, LAST)], {1}, set()),  # a circle ends
    ],
)
def test_the_only_successor_takes_a_council_over_whole_and_so_does_the_one_that_carries_on(rows, whole, part):
    lineage = lineage_among(2, taken_over(rows, as_at=DAY))

    assert (set(lineage.whole), set(lineage.part)) == (whole, part)


def test_what_is_counted_with_a_council_goes_on_step_by_step_and_a_circle_ends():
    found = [TakenOver(old, new, True, True) for old, new in ((1, 2), (2, 3), (3, 1), (4, 5))]

    assert counted_with([1], found) == {1, 2, 3}


@pytest.fixture
def chain(db):
    """Three councils: the first became the second in 2019, that the third in 2023."""
    first, second, third = (OrganisationFactory(region="Elsewhere") for _ in range(3))
    replaced_by(second, old=first)
    replaced_by(third, old=second, ends_on=dt.date(2023, 3, 31))
    return first, second, third


def test_who_took_over_is_told_as_at_the_day(chain):
    first, second, third = chain

    assert lineage_among(third.pk, take_overs(dt.date(2020, 1, 1))).whole == ()
    assert set(lineage_among(third.pk, take_overs()).whole) == {first.pk, second.pk}


def test_the_radar_and_the_coverage_follow_the_whole_chain(chain, amina):
    first, _, third = chain
    NeedFactory(council=first, raised_by=amina).supports.get_or_create(
        council=first, defaults={"joined_by": amina, "joined_at": clock.now()}
    )
    AdoptionFactory(council=first, since=dt.date(2014, 6, 1))
    SignUpFactory(event=EventFactory(ended=True), organisation=first, checked_in_at=clock.now())

    for measure in ("needs", "assets", "events"):
        cell = coverage_of_councils(measure, clock.today(), NOBODY).cells["district", "Elsewhere"]
        assert (cell.councils, cell.counted) == (1, 1), measure
    event = EventFactory()
    assert councils_with(event, scopes_of(event)["stream"]).get(pk=third.pk).has_come


def test_the_page_of_the_first_leads_past_the_second_to_the_third(client, chain):
    first, second, third = chain

    page = client.get(first.get_absolute_url()).content.decode()

    assert f"{second.official_name}</a>." in page
    assert "Its work goes on today at" in page
    assert f"See who to ask at {third}" in page
    assert f"See who to ask at {second}" not in page
    assert [each.pk for each in first.heirs_today] == [third.pk]


@pytest.fixture
def divided(harlow, luton, surrey, sunita):
    """Luton ended: Surrey carries on, and Harlow took over a part."""
    NeedFactory(council=luton, title="Parking by post", raised_at=dt.datetime(2015, 1, 1, 9, tzinfo=dt.UTC))
    ProjectFactory(lead_council=luton, title="Warm homes", stage="finished")
    publish_case_study(luton, title="Texts about bins")
    last = clock.today() - dt.timedelta(days=1)
    reorganise(luton, by=sunita, ends_on=last, carried_on_by=surrey, others=[harlow], order="An order")
    return luton


def page_of(client, council):
    text = client.get(council.get_absolute_url()).content.decode()
    return text, re.sub(r"<[^>]*>", "", re.search(r'"lda-in-figures">(.*?)</p>', text, re.DOTALL)[1])


def test_a_council_that_took_over_a_part_names_the_other_and_claims_nothing_of_it(client, divided, harlow):
    page, sentence = page_of(client, harlow)

    assert "Took over a part of" in page
    assert divided.get_absolute_url() in page
    assert "From predecessor councils" not in page
    for title in ("Parking by post", "Warm homes", "Texts about bins"):
        assert title not in page
    assert sentence == "Harlow has not raised, joined, used or shared anything here yet."
    assert contributions_of(harlow, NOBODY).before is None
    assert "Warm homes" not in client.get("/projects/?lead=harlow").content.decode()
    assert "Texts about bins" not in client.get("/case-studies/?council=harlow").content.decode()


def test_a_council_that_carries_on_tells_of_it_apart_and_says_whose_it_was(client, divided, surrey):
    page, sentence = page_of(client, surrey)

    assert "From predecessor councils: 1 project led, 1 need raised, and 1 case study published" in sentence
    assert sentence.index("Surrey ") < sentence.index("From predecessor")
    own, _, before = page.partition('id="before"')
    assert "Projects it leads" not in own
    for title in ("Parking by post", "Warm homes"):
        assert title in before
    assert divided.official_name in before
    assert "Warm homes" in client.get("/projects/?lead=surrey").content.decode()
    assert "Texts about bins" in client.get("/case-studies/?council=surrey").content.decode()


def test_before_the_day_nothing_is_counted_with_the_successor(harlow, surrey, sunita):
    NeedFactory(council=harlow)
    tomorrow = clock.today() + dt.timedelta(days=1)
    reorganise(harlow, by=sunita, ends_on=tomorrow, carried_on_by=surrey, order="An order")

    assert Organisation.objects.get(pk=surrey.pk).lineage == (surrey.pk,)
    assert not contributions_of(surrey, NOBODY).totals.get("raised")


def test_an_ended_council_is_spoken_of_in_the_past_and_asks_nobody_to_do_anything(
    client, signed_in, divided, grace, sunita, surrey, harlow
):
    AdoptionFactory(council=divided, asset__name="Bin days")

    for reader in (None, grace):
        answer = (signed_in(reader) if reader else client).get(divided.get_absolute_url())
        page = answer.content.decode().partition("<main")[2].partition("</main>")[0]
        banner, _, rest = page.partition("</h1>")
        assert "It was replaced by" in banner
        assert surrey.get_absolute_url() in banner
        assert "A part of it went to" in banner
        assert harlow.get_absolute_url() in banner
        assert "Assets it used" in rest
        assert "Was live" in rest
        for word in (
            ">\n  Live",
            "Assets it uses",
            "Projects it leads",
            "Ask to join",
            "Decide who",
            "Write a case",
            "What it runs",
        ):
            assert word not in rest, word
        assert "<form" not in rest
        assert "data-main-action" not in rest
    assert "Its reorganisation" in signed_in(sunita).get(divided.get_absolute_url()).content.decode()
