"""A council is held before its pages, as by whoever reorganises it or hands its work over: neither waits for ever.

SQLite writes one transaction at a time, so that there is nothing to see there but `tests/architecture/locking.py`.
"""

import datetime as dt
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from councils.models import Organisation
from publishing.bundles.operations import put_in_bundle, release_bundle
from publishing.models import Bundle, CaseStudyPage
from publishing.operations import approve_case_study, submit_case_study, withdraw_case_study
from tests.factories.publishing import publish_case_study
from tests.publishing.drafts import draft_of, fresh
from tests.publishing.published import COMPARED

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]

TOLD_LATER = COMPARED | {"after": 250, "after_on": dt.date(2016, 3, 1)}


def waiting(harlow, amina, petra):
    """For an Alliance editor, with figures that are going to be promised."""
    page = draft_of(harlow, amina)
    for name, value in COMPARED.items():
        setattr(page, name, value)
    page.save_revision(user=amina)
    submit_case_study(page, by=amina)
    approve_case_study(page, by=petra)
    return fresh(page)


def told_twice(harlow, amina):
    """The first of two of one measure."""
    page = publish_case_study(harlow, owner=amina, **COMPARED)
    publish_case_study(harlow, title="A year on", owner=amina, **TOLD_LATER)
    return page


def approving(harlow, amina, petra, edith):
    page = waiting(harlow, amina, petra)
    return page, lambda: approve_case_study(page, by=edith)


def approving_in_the_editor(harlow, amina, petra, edith):
    page = waiting(harlow, amina, petra)
    state = page.current_workflow_task_state
    return page, lambda: state.task.specific.on_action(state, edith, "approve")


def publishing_figures(harlow, amina, petra, edith):
    page = waiting(harlow, amina, petra)
    return page, lambda: page.get_latest_revision().publish()


def withdrawing(harlow, amina, petra, edith):
    page = told_twice(harlow, amina)
    return page, lambda: withdraw_case_study(page, by=edith, reason="Wrong.")


def unpublishing(harlow, amina, petra, edith):
    page = told_twice(harlow, amina)

    def when_its_time_is_over():
        with transaction.atomic():
            page.unpublish(set_expired=True)

    return page, when_its_time_is_over


def releasing(harlow, amina, petra, edith):
    page = waiting(harlow, amina, petra)
    bundle = Bundle.objects.create(name="Newsletter", made_by=edith)
    put_in_bundle(bundle, page=page, by=edith)
    approve_case_study(page, by=edith)
    return page, lambda: release_bundle(bundle, by=edith)


@pytest.mark.parametrize(
    "begun", [approving, approving_in_the_editor, publishing_figures, withdrawing, unpublishing, releasing]
)
def test_who_holds_a_council_and_then_takes_its_page_meets_no_deadlock(begun, harlow, amina, petra, edith):
    page, act = begun(harlow, amina, petra, edith)
    is_held = threading.Event()

    def reorganise():
        try:
            with transaction.atomic():
                Organisation.objects.select_for_update().get(pk=page.council_id)
                is_held.set()
                time.sleep(0.5)  # by now the other one waits
                CaseStudyPage.objects.select_for_update(of=("self",)).get(pk=page.pk)
                CaseStudyPage.objects.filter(pk=page.pk).update(council=page.council_id)
        finally:
            connection.close()

    def decide():
        try:
            is_held.wait(timeout=10)
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        for done in [threads.submit(reorganise), threads.submit(decide)]:
            done.result(timeout=30)  # which raises what the database broke off
