"""Whoever counts or decides holds the row first: each operation locks what the table says, before it writes.

SQLite has no row locks and queues its writers, so a lock that is gone shows there in nothing but this table.
"""

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings

from tests.architecture.locking import LOCKING
from tests.locks import locks_before_writing

# What locks nothing, and why two at once do no harm.
LOCKS_NOTHING = {
    "accounts.operations.give_role": "a group holds a person once, by constraint",
    "accounts.operations.take_role": "taken twice is taken",
    "accounts.operations.set_roles": "gives and takes, each of which may come twice",
    "accounts.operations.change_profile": "one UPDATE: the last word stands",
    "assets_registry.operations.register.register_asset": "one entry for each repository, by constraint",
    "assets_registry.operations.publish.register_and_submit_asset": "hands on the row that it has just made",
    "events.places.operations.around_the_day._remind": "one conditional UPDATE says whether it was the first",
    "events.places.operations.around_the_day.erase_access_needs": "one UPDATE, which may come twice",
    "events.inviting.operations.forget_who_was_invited": "one DELETE, which may come twice",
    "events.places.operations.feeds.new_own_calendar": "one row for each person, by constraint: the last one stands",
    "events.places.operations.feeds.turn_off_own_calendar": "one DELETE, which may come twice",
    "events.places.operations.offers.forget_offers": "one DELETE, which may come twice",
    "events.leads.operations.forget_names": "one UPDATE, which may come twice",
    "events.organisers.operations.forget_invitations": "one DELETE, which may come twice",
    "events.organisers.operations.forget_who_ran_events": "one DELETE, which may come twice",
    "events.running.operations.forget_messages": "one DELETE, which may come twice",
    "kpis.facts.operations.import_facts": "cards are only added, their addresses unique by constraint",
    "kpis.reach.operations.import_reach": "one number of a metric and day, by constraint; what stands stays",
    "kpis.reach.operations.add_views": "one row a page and day, by constraint, raised in one UPDATE",
    "outbox.digests._ask_for_digest": "one digest a person and day, by constraint; one UPDATE puts what is due into it",
    "outbox.operations._choose": "one row for each person and kind, by constraint: the last word stands",
    "outbox.operations.write_again": "one UPDATE of what waited and one DELETE: what it meets it sends",
    "portal.demo.told.tell_who_came": "the demo programme is told by one process, to an empty database",
    "portal.demo.told.tell_who_joined": "the demo programme is told by one process, to an empty database",
    "projects.discoveries.operations.start_discovery": "a new row; its address is unique, by constraint",
    "projects.discoveries.operations.freeze_prototypes": "one conditional UPDATE, under the lock of the ballot",
    "kpis.indicators.nudging._invite": "one message for each council, quarter and reader, by constraint",
    "kpis.indicators.nudging._ask": "one message for each council, quarter, stage and reader, by constraint",
    "projects.portfolio.nudging._ask": "one message for each project, update and reader, by constraint",
    "projects.needs.operations.tell_need_moved": "one move for each need and page, by constraint",
    "publishing.bundles.operations.make_bundle": "an empty bundle of its own; two of one name are two",
    "publishing.operations.submit_case_study": "one workflow under way for each page, by Wagtail's constraint",
    "events.floor.operations.forget_who_asked": "one DELETE and one UPDATE, which may come twice",
    "publishing.operations.take_answer_off": "one DELETE, which may come twice",
    "sealing.operations.open_round": "a new row; its key has a name that nobody else has",
    "steering.operations.papers.log_reading": "a new line of the audit trail",
    "steering.operations.papers.log_export": "a new line of the audit trail",
    "steering.operations.meetings.plan_meeting": "one meeting on a day, by constraint; its agenda under its lock",
    "steering.operations.actions.give_action": "a new row that is counted by nobody else",
    "steering.operations.meetings.hold_meeting": "one meeting on a day, by constraint",
    "projects.interest.operations._remind": "one message for each offer and reader, by constraint",
    "take_up.operations.commit._remind": "one message for each commitment, reader and term, by constraint",
    "take_up.operations.benefit.follow_up._remind": "one message for each promise, reader and follow-up, by constraint",
    "take_up.operations.benefit.promise.claim_benefit": "a new row that is counted by nobody else",
}


def name_of(operation: Callable[..., Any]) -> str:
    return f"{operation.__module__}.{operation.__qualname__}"


@pytest.mark.django_db
@pytest.mark.parametrize("operation", LOCKING, ids=name_of)
def test_an_operation_locks_what_it_decides_on_before_it_writes(operation):
    models, call = LOCKING[operation]
    args, kwargs = call()

    with locks_before_writing() as locked:
        operation(*args, **kwargs)

    assert locked == models


def test_every_operation_says_what_it_locks_or_why_nothing():
    assert operations_in_the_house() == {*map(name_of, LOCKING), *LOCKS_NOTHING}


def operations_in_the_house() -> set[str]:
    """The functions that are one transaction, in the modules of operations and wherever else an app keeps one."""
    found = set()
    ours = [Path(app.path) for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR]
    for path in (path for app in ours for path in app.rglob("*.py") if "@transaction.atomic" in path.read_text()):
        module = path.relative_to(settings.BASE_DIR).with_suffix("")
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and any(
                ast.unparse(each).startswith("transaction.atomic") for each in node.decorator_list
            ):
                found.add(".".join([*module.parts, node.name]))
    return found
