"""Editors and the secretariat see what waits for anybody, since when, with whom it is and who deals with it."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.roles import Role
from assets_registry.models import Asset
from audit.models import AuditEvent
from core import clock
from core.errors import Refused
from councils.models import Membership
from portal.models import QueueClaim
from portal.queue.attention import attention_for
from portal.queue.operations import forget_what_waits_no_more, give_back_to_queue, take_from_queue
from portal.queue.queries import queue_of
from portal.queue.sources import BY_KIND, SOURCES
from publishing.models import Bundle, NeedAnswer, NewsIndexPage, NewsPage
from publishing.operations import submit_case_study
from tests.factories.accounts import UserFactory, give_role
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import MembershipFactory
from tests.factories.projects import DiscoveryFactory, InterestFactory, NeedFactory
from tests.factories.publishing import bundle_of, publish_case_study
from tests.factories.take_up import AdoptionFactory, CommitmentFactory, MeasurementFactory
from tests.publishing.drafts import draft_of

pytestmark = [pytest.mark.sql, pytest.mark.django_db]
DRAFT = "Fewer missed bins not told yet"


def day(number):
    return dt.datetime(2026, 5, number, 12, tzinfo=dt.UTC)


@pytest.fixture
def edgar(db):
    return give_role(UserFactory(name="Edgar Lowe"), Role.EDITOR)


@pytest.fixture
def full(harlow, surrey, amina, grace):
    """Something of each kind waits."""
    NeedFactory(title="One form for all", raised_at=day(3))
    submit_case_study(draft_of(harlow, amina, title=DRAFT), by=amina)
    entry = AssetFactory(owner=surrey, state=Asset.State.WITH_EDITOR)
    AdoptionFactory(council=surrey, confirmed_by=None, confirmed_at=None)
    CommitmentFactory(council=surrey, waiting=True)
    MembershipFactory(organisation=surrey, state=Membership.State.CANDIDATE)
    MeasurementFactory(waiting=True)
    InterestFactory(council=surrey)
    return entry


def shown(user, kind=""):
    return [line.title for line in queue_of(user, kind).lines]


def test_what_has_waited_longest_comes_first_with_whom_it_is(edith, full):
    queue = queue_of(edith)

    assert queue.lines[0].title == "One form for all"
    assert queue.lines[0].note == "With facilitators."
    assert [line.at for line in queue.lines] == sorted(line.at for line in queue.lines)
    assert {source.kind: count for source, count in queue.counts} == {
        "needs": 1, "pages": 1, "bundles": 0, "entries": 1, "reports": 0,
    }  # fmt: skip


def test_the_secretariat_sees_every_kind_and_of_a_draft_no_title(sunita, edith, full, client, signed_in):
    kinds = {source.kind for source, _ in queue_of(sunita).counts}

    assert kinds == {source.kind for source in SOURCES}
    assert f"{DRAFT} (Case study of Harlow)" in shown(edith)
    page = signed_in(sunita).get("/queue/").content.decode()
    assert "Case study of Harlow" in page
    assert DRAFT not in page


def test_a_bundle_that_was_not_released_on_time_waits_for_editors(edith, sunita, harlow, signed_in):
    bundle = bundle_of(harlow, made_by=edith).bundle
    assert shown(edith, "bundles") == []
    Bundle.objects.update(releases_at=clock.now() + dt.timedelta(hours=1))
    assert shown(edith, "bundles") == []
    Bundle.objects.update(releases_at=clock.now() - dt.timedelta(hours=1))

    [late], [told] = queue_of(edith, "bundles").lines, queue_of(sunita, "bundles").lines

    assert "was not released on time" in late.title
    assert (late.url, told.url) == (reverse("publishing:bundle", args=[bundle.pk]), "")
    assert reverse("publishing:bundles") in signed_in(edith).get("/queue/").content.decode()


def test_news_that_waits_says_to_the_secretariat_whose_it_is_and_not_what(sunita, edith):
    index = NewsIndexPage.objects.get()
    news = index.add_child(
        instance=NewsPage(title=DRAFT, summary="Soon.", owner=edith, live=False, published_on=clock.today())
    )
    news.save_revision(user=edith)
    news.get_workflow().start(news, edith)

    assert shown(sunita, "pages") == ["News, handed in by Edith Moss"]


def test_a_need_that_a_discovery_took_up_or_a_council_answered_waits_no_more(edith, harlow, amina):
    NeedFactory(discovery=DiscoveryFactory())
    answered = NeedFactory()
    study = publish_case_study(harlow)
    NeedAnswer.objects.create(need=answered, case_study=study, linked_by=amina)

    assert shown(edith, "needs") == []


def test_one_takes_a_line_and_no_other_takes_it_too(edith, edgar, full):
    take_from_queue("entries", full.pk, by=edith)
    take_from_queue("entries", full.pk, by=edith)

    with pytest.raises(Refused, match="Edith Moss has taken it"):
        take_from_queue("entries", full.pk, by=edgar)
    (line,) = [line for line in queue_of(edgar).lines if line.key == f"entries-{full.pk}"]
    assert "Edith Moss has taken it since today." in line.note
    assert line.actions == ()
    assert QueueClaim.objects.count() == 1
    assert AuditEvent.objects.filter(action="portal.taken_from_queue").count() == 1


def test_what_one_handed_in_oneself_another_takes(edith, edgar):
    news = NewsPage(title=DRAFT, summary="Soon.", owner=edith, live=False, published_on=clock.today())
    NewsIndexPage.objects.get().add_child(instance=news)
    news.save_revision(user=edith)
    news.get_workflow().start(news, edith)
    [own], [others] = queue_of(edith, "pages").lines, queue_of(edgar, "pages").lines
    key = int(own.key.removeprefix("pages-"))

    assert [len(own.actions), len(others.actions)] == [0, 1]
    with pytest.raises(Refused, match="somebody else"):
        take_from_queue("pages", key, by=edith)
    take_from_queue("pages", key, by=edgar)


@pytest.mark.parametrize("address", ["/", "/cms/"])
def test_editors_and_the_secretariat_come_to_the_queue_from_where_they_begin(address, edith, sunita, amina, signed_in):
    leads = {who: '"/queue/"' in signed_in(who).get(address).content.decode() for who in (edith, sunita, amina)}

    assert leads == {edith: True, sunita: True, amina: False}


def test_a_line_says_for_how_many_days_it_has_waited(edith, full):
    with clock.at(day(13)):
        [need] = queue_of(edith, "needs").lines
    assert need.at_note == "for 10 days"
    with clock.at(day(4)):
        assert queue_of(edith, "needs").lines[0].at_note == "for 1 day"
    with clock.at(day(3)):
        assert queue_of(edith, "needs").lines[0].at_note == "today"


def test_what_is_given_back_another_takes(edith, edgar, full):
    take_from_queue("entries", full.pk, by=edith)
    with pytest.raises(PermissionDenied, match="gives it back"):
        give_back_to_queue("entries", full.pk, by=edgar)

    give_back_to_queue("entries", full.pk, by=edith)

    assert take_from_queue("entries", full.pk, by=edgar).person == edgar


def test_what_was_dealt_with_cannot_be_taken_and_its_claim_is_forgotten(edith, full):
    take_from_queue("entries", full.pk, by=edith)
    Asset.objects.filter(pk=full.pk).update(state=Asset.State.PUBLISHED)

    with pytest.raises(Refused, match="no longer waits"):
        take_from_queue("entries", full.pk, by=edith)
    assert forget_what_waits_no_more() == 1
    assert not QueueClaim.objects.exists()


def test_an_editor_takes_nothing_of_a_kind_that_only_the_secretariat_sees(edith, full):
    measurement = BY_KIND["measurements"].rows().get()

    with pytest.raises(PermissionDenied):
        take_from_queue("measurements", measurement.pk, by=edith)


def test_the_page_costs_as_much_however_much_waits(sunita, edith, full, signed_in, django_assert_max_num_queries):
    for client in (signed_in(sunita), signed_in(edith)):
        client.get("/queue/")
    NeedFactory.create_batch(60)

    with django_assert_max_num_queries(35):
        page = signed_in(sunita).get("/queue/").content.decode()

    assert "these are the 50 that have waited longest" in page


def test_each_count_of_what_needs_care_leads_to_a_list_of_so_many(sunita, full, signed_in):
    client = signed_in(sunita)

    for each in attention_for(sunita):
        page = client.get(each.url).content.decode()
        assert each.words.startswith("No ") == (each.count == 0)
        assert each.url.startswith("/projects/offers/") or not each.count or f">{each.count} " in page, each.url


def test_the_buttons_work_by_plain_posts(edith, full, signed_in):
    client = signed_in(edith)
    client.post(reverse("take_from_queue", args=["entries", full.pk]))
    assert "You have taken it since today." in client.get("/queue/?kind=entries").content.decode()

    client.post(reverse("give_back_to_queue", args=["entries", full.pk]))

    assert not QueueClaim.objects.exists()


def test_what_somebody_took_who_sees_the_queue_no_more_another_takes(edith, edgar, full):
    take_from_queue("entries", full.pk, by=edith)
    edith.groups.clear()
    (line,) = [line for line in queue_of(edgar).lines if line.key == f"entries-{full.pk}"]
    assert [action.text for action in line.actions] == ["I take this"]

    assert take_from_queue("entries", full.pk, by=edgar).person == edgar


def test_the_trail_says_what_was_taken_without_its_title(edith, full):
    state = BY_KIND["pages"].rows().get()

    take_from_queue("pages", state.pk, by=edith)

    line = AuditEvent.objects.get(action="portal.taken_from_queue")
    assert (line.about, line.details) == ("", {"kind": "pages", "key": state.pk})
