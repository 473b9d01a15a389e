"""Two people at one block at the same moment: removed once, passed up once, merged into no circle.

Each rule has a control: with the guard off the same starting line must see it broken. The guard is the row locked by
the operation on PostgreSQL; on SQLite the write lock taken when a transaction begins.
"""

import pytest
from django.core.exceptions import PermissionDenied

from audit.models import AuditEvent
from core.errors import Refused
from projects.blocks.operations import merge_block, pass_up, remove_block
from projects.models import Block, BlockStep
from tests.factories.projects import BlockFactory
from tests.race import all_at_once, problems, slowly

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sql]
TIMES = 6


@pytest.fixture(autouse=True)
def everyone_meets_in_the_middle(monkeypatch):
    """Between looking and writing passes a moment, in the guarded runs and the controls alike."""
    monkeypatch.setattr(Block, "save", slowly(Block.save))


def remove_six_times(sunita):
    block = BlockFactory()
    return all_at_once([lambda: remove_block(block, by=sunita, outcome="Cleared.")] * TIMES)


def pass_up_twice(fatima):
    """A facilitator passes it to the secretariat, two times at once."""
    block = BlockFactory()
    return all_at_once([lambda: pass_up(block, by=fatima, words="Please.")] * 2)


def merge_into_each_other(sunita):
    one, two = BlockFactory.create_batch(2)
    return all_at_once([lambda: merge_block(one, into=two, by=sunita), lambda: merge_block(two, into=one, by=sunita)])


def lines(action: str) -> int:
    return AuditEvent.objects.filter(action=f"projects.{action}").count()


def test_removed_six_times_at_once_it_is_removed_once(sunita):
    outcomes = remove_six_times(sunita)

    assert [type(problem) for problem in problems(outcomes)] == [Refused] * (TIMES - 1)
    assert lines("removed_block") == 1


def test_control_without_the_guard_it_is_removed_more_than_once(guard_off, sunita):
    outcomes = remove_six_times(sunita)

    assert lines("removed_block") > 1 or any(type(problem) is not Refused for problem in problems(outcomes))


def test_passed_up_by_two_at_once_a_project_passes_it_to_the_secretariat_alone(fatima):
    outcomes = pass_up_twice(fatima)

    assert [type(problem) for problem in problems(outcomes)] == [PermissionDenied]
    assert Block.objects.get().level == Block.Level.SECRETARIAT
    assert BlockStep.objects.count() == 1


def test_control_without_the_guard_it_is_passed_up_twice(guard_off, fatima):
    outcomes = pass_up_twice(fatima)

    assert [type(problem) for problem in problems(outcomes)] != [PermissionDenied] or BlockStep.objects.count() > 1


def test_merged_into_each_other_at_once_one_stands_and_the_other_is_told_in_it(sunita):
    outcomes = merge_into_each_other(sunita)

    assert [type(problem) for problem in problems(outcomes)] == [Refused]
    assert Block.objects.filter(merged_into=None).count() == 1


def test_control_without_the_guard_both_are_merged_away(guard_off, sunita):
    outcomes = merge_into_each_other(sunita)

    assert [type(problem) for problem in problems(outcomes)] != [Refused] or not Block.objects.filter(merged_into=None)
