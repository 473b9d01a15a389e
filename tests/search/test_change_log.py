"""Every change of what can be found is logged in the same transaction, once."""

import pytest
from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page, PageViewRestriction

from core.signals import rows_changed
from councils.models import Service
from projects.models import Need, NeedSupport
from publishing.models import CaseStudyIndexPage, CaseStudyPage, NewsIndexPage
from search.models import Change, Cursor
from search.reading import touched_by
from search.tasks import ask_for_following, follow_changes
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import OrganisationFactory
from tests.factories.events import EventFactory, SignUpFactory
from tests.factories.projects import DiscoveryFactory, NeedFactory, ProjectFactory, PrototypeFactory
from tests.factories.take_up import AdoptionFactory

pytestmark = [pytest.mark.sql, pytest.mark.django_db]


@pytest.fixture
def written(db):
    """A function: what was written into the log since it was last called."""
    last = 0

    def changes() -> list[str]:
        nonlocal last
        rows = list(Change.objects.filter(pk__gt=last).order_by("pk"))
        last = rows[-1].pk if rows else last
        return [row.record for row in rows]

    return changes


@pytest.fixture
def renewed(db):
    """A function: the documents that following what was written since its last call takes in anew."""
    last = 0

    def documents() -> list[str]:
        nonlocal last
        rows = list(Change.objects.filter(pk__gt=last).order_by("pk"))
        last = rows[-1].pk if rows else last
        return [f"{kind}:{key}" for kind, key in touched_by(rows)]

    return documents


@pytest.mark.parametrize(
    "factory", [NeedFactory, DiscoveryFactory, PrototypeFactory, ProjectFactory, AssetFactory, EventFactory]
)
def test_saving_and_deleting_a_record_is_written_down(written, factory):
    record = factory()
    key = f"{record._meta.model_name}:{record.pk}"
    assert key in written()

    record.save()
    assert written() == [key]

    if factory is EventFactory:
        record.delete()
        assert written() == [key]


def test_a_council_that_joins_a_need_changes_the_need(renewed):
    need, council = NeedFactory(), OrganisationFactory()
    renewed()

    support = NeedSupport.objects.create(need=need, council=council, joined_by=need.raised_by)
    assert renewed() == [f"need:{need.pk}"]

    support.delete()
    assert renewed() == [f"need:{need.pk}"]


def test_an_adoption_changes_the_asset_and_the_case_studies_about_it(renewed, harlow):
    asset = AssetFactory()
    study = CaseStudyPage(title="A study", council=harlow, summary="S", problem="p", what_we_did="w", asset=asset)
    CaseStudyIndexPage.objects.get().add_child(instance=study)
    renewed()

    AdoptionFactory(asset=asset, council=harlow)

    assert {f"asset:{asset.pk}", f"page:{study.pk}"} <= set(renewed())


def test_links_are_written_down_from_both_ends(written, harlow):
    project, asset, other = ProjectFactory(), AssetFactory(), AssetFactory()
    service = Service.objects.first()
    written()

    project.partners.add(harlow)
    service.assets.add(asset, other)
    asset.services.clear()
    service.assets.clear()

    first, *both, one, the_other = written()
    assert first == f"project:{project.pk}"
    assert sorted(both) == sorted([f"asset:{asset.pk}", f"asset:{other.pk}"])  # of one link, in no order
    assert [one, the_other] == [f"asset:{asset.pk}", f"asset:{other.pk}"]


def test_a_sign_up_writes_nothing(written):
    event = EventFactory()
    written()

    SignUpFactory(event=event)
    event.refresh_from_db()
    event.places_taken += 1
    written()
    event.save(update_fields=["places_taken", "next_position"])

    assert written() == []


def test_bulk_writes_announce_themselves(written):
    need = NeedFactory()
    written()

    Need.objects.filter(pk=need.pk).update(title="Another title")
    assert written() == []

    rows_changed.send(sender=Need, keys=[need.pk])
    assert written() == [f"need:{need.pk}"]


def test_pages_are_written_down_when_saved_by_their_class_or_as_a_bare_page(written, news):
    page = news("A piece")
    assert f"page:{page.pk}" in written()

    bare = Page.objects.get(pk=page.pk)
    bare.save()
    assert f"page:{page.pk}" in written()

    bare.delete()
    assert f"page:{page.pk}" in written()


def test_a_restriction_relabels_the_pages_below_it(written, news):
    page = news("A piece")
    index = NewsIndexPage.objects.get()
    written()

    restriction = PageViewRestriction.objects.create(page=index, restriction_type=PageViewRestriction.LOGIN)
    assert {f"page:{index.pk}", f"page:{page.pk}"} <= set(written())

    restriction.delete()
    assert f"page:{page.pk}" in written()


def test_a_page_that_moves_or_changes_its_address_takes_its_subtree_along(written, news):
    page = news("A piece")
    written()
    index = NewsIndexPage.objects.get()
    index.slug = "latest"
    index.save()
    assert f"page:{page.pk}" in written()

    index.move(CaseStudyIndexPage.objects.get(), pos="left")
    assert f"page:{page.pk}" in written()


def test_a_change_that_is_rolled_back_leaves_no_trace(written):
    with transaction.atomic():
        NeedFactory()
        transaction.set_rollback(True)

    assert written() == []


def test_one_save_costs_one_statement(django_assert_num_queries):
    need = NeedFactory()

    with django_assert_num_queries(2):  # the need itself, and the line in the log
        need.save()


def test_however_much_a_transaction_changes_one_task_is_asked_for(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        NeedFactory.create_batch(3)
    with django_capture_on_commit_callbacks(execute=True):
        EventFactory()

    assert DBTaskResult.objects.filter(task_path=follow_changes.module_path).count() == 1


def test_a_task_that_is_running_already_may_have_read_too_early_so_another_is_asked_for():
    ask_for_following()
    DBTaskResult.objects.update(status="RUNNING")

    ask_for_following()
    ask_for_following()

    assert DBTaskResult.objects.filter(task_path=follow_changes.module_path).count() == 2


@pytest.mark.skipif(connection.vendor != "sqlite", reason="counts the steps of SQLite")
def test_what_an_index_has_followed_already_costs_a_search_nothing():
    steps = []
    for many in (10, 3_000):
        Change.announce("need", [str(n) for n in range(many)])
        Cursor.objects.update_or_create(engine="embedded", defaults={"position": Change.objects.latest("pk").pk})
        Change.announce("need", ["5"])

        steps.append(0)
        connection.connection.set_progress_handler(lambda: steps.append(steps.pop() + 1), 10)
        try:
            unseen = Change.unseen("embedded", 500)
        finally:
            connection.connection.set_progress_handler(None, 10)
        assert unseen.changes == [("need", "5")]

    assert steps[1] <= steps[0] + 5
