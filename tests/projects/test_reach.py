"""Which councils count among those that have a need: the ones that provide the service, of all that do."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser

from core import clock
from core.inbox import Reader
from councils.models import Organisation
from projects.inbox import needs_for_our_services
from projects.models import Need, NeedSupport
from projects.needs.queries import supports_of
from projects.needs.reach import not_counted, reach_of, share_of
from search.sources.programme import SOURCES
from story.queries import chain_of
from tests.factories.councils import OrganisationFactory, ServiceFactory
from tests.factories.projects import NeedFactory

pytestmark = [pytest.mark.sql, pytest.mark.django_db]


def support(need, *councils, at=None):
    for council in councils:
        NeedSupport.objects.create(need=need, council=council, joined_by=need.raised_by, joined_at=at or clock.now())


@pytest.fixture
def bins(harlow, surrey):
    """A need about a service of districts only: raised by Harlow, joined by Surrey (a county) and a Welsh council."""
    need = NeedFactory(title="Bin days", council=harlow, service=ServiceFactory(providing_tier="district"))
    support(need, surrey, OrganisationFactory(kind="welsh", nation="Wales"))
    return need


def share(need):
    return share_of(need, supports_of(need))


def test_a_county_does_not_count_among_those_with_a_district_s_service(bins):
    assert share(bins).of_base == "1 of 164 councils in England that provide this have this need"


def test_without_a_service_every_council_in_england_is_the_base(harlow, surrey):
    need = NeedFactory(council=harlow)
    support(need, surrey)

    assert share(need).of_base == "2 of 317 councils in England have this need"


def test_a_council_outside_england_counts_but_is_no_part_of_the_base(bins):
    reach = reach_of([bins])[bins.pk]

    assert (reach.councils, reach.in_england) == (2, 1)
    assert reach.in_words == "1 district, 1 council outside England"
    assert str(reach) == "2 councils, 2 tiers"


@pytest.mark.parametrize(
    ("tier", "council", "why"),
    [
        ("district", "surrey", "Surrey is a county: districts provide this. It is not counted among the 0 of 164."),
        ("district/unitary", "surrey", "Surrey is a county: districts provide this."),
        ("county/unitary", "harlow", "Harlow is a district: counties provide this."),
        ("county", "luton", "Luton is a unitary: counties provide this."),
        ("district/unitary", "luton", ""),
        ("all", "surrey", ""),
    ],
)
def test_whoever_does_not_count_is_told_why(request, tier, council, why):
    need = NeedFactory(service=ServiceFactory(providing_tier=tier), council=OrganisationFactory(kind="scottish"))

    sentences = not_counted([request.getfixturevalue(council)], need, share(need))

    assert " ".join(sentences).startswith(why) if why else sentences == []


def test_a_council_that_has_ended_no_longer_counts(harlow):
    need = NeedFactory(council=harlow)
    support(need, OrganisationFactory(ends_on=dt.date(2020, 3, 31)))

    assert reach_of([need])[need.pk].councils == 1


@pytest.fixture
def recorded(harlow):
    """A need of 2014 about a service of districts: Harlow has it, and Wycombe, which ended in 2020."""
    then = dt.datetime(2014, 2, 4, tzinfo=dt.UTC)
    need = NeedFactory(council=harlow, raised_at=then, service=ServiceFactory(providing_tier="district"))
    need.supports.update(joined_at=then)
    support(need, Organisation.objects.get(slug="wycombe"), at=then)
    return need


ON_RECORD = "2 of 201 councils in England that provided this had this need on 31 December 2015"


def test_a_need_that_is_history_is_counted_on_the_last_day_of_the_record(recorded):
    assert share(recorded).of_base == ON_RECORD
    assert reach_of([recorded])[recorded.pk].councils == 2


@pytest.mark.parametrize(
    ("joins", "councils", "since"),
    [
        ("surrey", 2, ""),  # a county, which does not provide it
        ("cherwell", 3, ", and 1 more has joined since"),
        ("buckinghamshire", 2, ""),  # Wycombe's successor, a unitary
    ],
)
def test_when_my_council_joins_no_other_council_is_struck_off(recorded, client, joins, councils, since):
    support(recorded, Organisation.objects.get(slug=joins))

    assert share(recorded).of_base == ON_RECORD + since
    assert reach_of([recorded])[recorded.pk].councils == councils
    assert Need.objects.with_council_counts().get().council_count == councils
    assert f"of 201 councils in England that provided this had this need on 31 December 2015{since}<" in (
        client.get(recorded.get_absolute_url()).content.decode()
    )


def test_councils_that_joined_since_are_taken_off_again_without_a_trace(recorded):
    before = share(recorded)
    support(recorded, *Organisation.objects.filter(slug__in=["cherwell", "surrey"]))
    assert share(recorded).base_words.endswith("2015, and 1 more has joined since")
    recorded.supports.filter(joined_at__gte=clock.HISTORY_ENDS).delete()

    assert share(recorded) == before


def test_every_page_and_the_search_tell_the_same_number(bins, client, luton):
    """The need's page, the list and its file, the strip, the similar ones, somebody's week, what search finds."""
    reader = Reader(AnonymousUser(), clock.now() - dt.timedelta(days=9), (luton,), (bins.service_id,))
    document = next(source for source in SOURCES if source.name == "need")

    assert Need.objects.with_council_counts().get().council_count == 2
    assert "2 councils, 2 tiers" in client.get("/needs/").content.decode()
    assert ",2," in client.get("/needs/?format=csv").content.decode()
    assert chain_of(bins).nodes[0].fact == "A need of 2 councils"
    assert "2 councils" in client.get("/needs/similar?q=bin+days").content.decode()
    assert "2 councils so far" in needs_for_our_services(reader)[0].note
    assert document.to_document(document.rows().get()).label == "2 councils"


def test_a_county_that_raises_it_is_told_too(signed_in, carlos, surrey):
    words = {"title": "Bin days", "who_for": "Residents", "what": "To know the day.", "council": surrey.pk}
    service = ServiceFactory(providing_tier="district")

    page = signed_in(carlos).post("/needs/new/", {**words, "service": service.pk}, follow=True).content.decode()

    assert "Raised. Surrey is a county: districts provide this. It is not counted." in page


def test_a_county_joins_all_the_same_and_is_told(bins, signed_in, carlos, surrey):
    NeedSupport.objects.filter(council=surrey).delete()
    client = signed_in(carlos)
    sentence = "Surrey is a county: districts provide this. It is not counted among the 1 of 164."
    assert sentence in client.get(bins.get_absolute_url()).content.decode()
    assert sentence in client.get(f"{bins.get_absolute_url()}join/").content.decode()

    page = client.post(f"{bins.get_absolute_url()}join/", {"council": surrey.pk}, follow=True).content.decode()

    assert f"Surrey has joined. {sentence}" in page
    page = client.get(bins.get_absolute_url()).content.decode()
    assert "Not counted: Surrey is a county: districts provide this." in page
    assert '<span class="lda-reach__number">1</span>' in page
