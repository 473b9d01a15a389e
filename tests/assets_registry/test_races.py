"""Two publishers, or one who presses twice: an entry is handed on once, and what was withdrawn stays withdrawn.

Each rule has a control: with the guard off the same starting line must see it broken. The guard is the row locked by
the operation on PostgreSQL; on SQLite the write lock taken when a transaction begins.
"""

import pytest
from django.db import Error

from assets_registry.models import Asset
from assets_registry.operations import publish
from assets_registry.operations.publish import publish_asset, withdraw_asset
from audit.models import AuditEvent
from core.errors import Refused
from tests.factories.assets_registry import AssetFactory
from tests.race import all_at_once, problems, slowly

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def everyone_meets_in_the_middle(monkeypatch):
    """Between looking and writing passes a moment, in the guarded runs and the controls alike."""
    monkeypatch.setattr(publish, "can_publish_asset", slowly(publish.can_publish_asset))
    monkeypatch.setattr(publish, "can_withdraw_asset", slowly(publish.can_withdraw_asset))


@pytest.fixture
def waiting(harlow):
    """The first entry of Harlow, with its publisher."""
    return AssetFactory(owner=harlow, state=Asset.State.WITH_PUBLISHER, published_at=None)


def publish_six_times(asset, grace):
    return all_at_once([lambda: publish_asset(asset, by=grace)] * 6)


def publish_and_withdraw(harlow, grace):
    """Four later entries, each published and withdrawn at the same moment. Returns what was said, and the entries."""
    AssetFactory(owner=harlow)
    entries = AssetFactory.create_batch(4, owner=harlow, state=Asset.State.WITH_PUBLISHER, published_at=None)
    outcomes = all_at_once(
        [
            action
            for asset in entries
            for action in (
                lambda asset=asset: publish_asset(asset, by=grace),
                lambda asset=asset: withdraw_asset(asset, by=grace, reason="A mistake."),
            )
        ]
    )
    return outcomes, [Asset.objects.get(pk=asset.pk) for asset in entries]


def test_pressing_publish_six_times_hands_an_entry_on_once(waiting, grace):
    outcomes = publish_six_times(waiting, grace)

    assert [type(problem) for problem in problems(outcomes)] == [Refused] * 5
    assert AuditEvent.objects.filter(action="assets_registry.passed_to_editor").count() == 1


def test_control_without_the_guard_an_entry_is_handed_on_more_than_once(guard_off, waiting, grace):
    assert [type(problem) for problem in problems(publish_six_times(waiting, grace))] != [Refused] * 5


def test_what_is_withdrawn_at_the_moment_of_its_publication_is_withdrawn(harlow, grace):
    outcomes, entries = publish_and_withdraw(harlow, grace)

    assert {type(problem) for problem in problems(outcomes)} <= {Refused}
    assert {asset.state for asset in entries} == {Asset.State.WITHDRAWN}


def test_control_without_the_guard_it_is_published_after_all(guard_off, harlow, grace):
    outcomes, entries = publish_and_withdraw(harlow, grace)

    refused_by_the_database = [problem for problem in problems(outcomes) if isinstance(problem, Error)]
    assert refused_by_the_database or Asset.State.PUBLISHED in {asset.state for asset in entries}
