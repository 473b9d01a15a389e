"""Pressed six times at once, approving a case study passes one step and not the next as well.

The rule has a control: with the guard off the same starting line must see it broken. The guard is the row of the page,
locked by the operation on PostgreSQL; on SQLite the write lock taken when a transaction begins.
"""

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import TaskState

from publishing import operations
from publishing.operations import approve_case_study, submit_case_study
from tests.publishing.drafts import fresh
from tests.race import all_at_once, problems, slowly

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def everyone_meets_in_the_middle(monkeypatch):
    """Between looking and writing passes a moment, in the guarded run and the control alike."""
    monkeypatch.setattr(operations, "can_decide_case_study", slowly(operations.can_decide_case_study))


def approve_six_times(draft, amina, petra):
    submit_case_study(draft, by=amina)
    return all_at_once([lambda: approve_case_study(draft, by=petra)] * 6)


def test_approved_six_times_at_once_a_case_study_passes_one_step(draft, amina, petra, edith):
    outcomes = approve_six_times(draft, amina, petra)

    assert [type(problem) for problem in problems(outcomes)] == [PermissionDenied] * 5
    assert fresh(draft).current_workflow_task.name == "Alliance editor"
    assert TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).count() == 1


def test_control_without_the_guard_the_step_is_passed_more_than_once(guard_off, draft, amina, petra, edith):
    outcomes = approve_six_times(draft, amina, petra)

    assert [type(problem) for problem in problems(outcomes)] != [PermissionDenied] * 5
