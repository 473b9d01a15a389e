"""A new database takes one short way to today's schema, and a database of any earlier release comes to the same."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

OURS = {path.parent.parent.name for path in settings.BASE_DIR.glob("*/migrations/__init__.py")}


@pytest.fixture
def steps_after(monkeypatch):
    """A function: what `migrate` runs, in order, where these migrations stand in the database already."""

    def plan(applied):
        monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda self: dict.fromkeys(applied))
        executor = MigrationExecutor(connection)
        return [(step.app_label, step.name) for step, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]

    return plan


@pytest.fixture
def one_by_one():
    """Every migration that is not made of others, as an earlier release ran them."""
    return MigrationLoader(None, replace_migrations=False)


def test_a_new_database_takes_one_step_for_each_app_and_those_since_the_last_squash(steps_after, one_by_one):
    replaced = {key for step in one_by_one.disk_migrations.values() for key in step.replaces}
    steps = [step for step in steps_after([]) if step[0] in OURS]

    assert not replaced & set(steps)
    # Where many have gathered, squash them: each costs every first start a tenth of a second.
    assert len(steps) <= len(OURS) + 10


def test_the_libraries_tables_are_made_before_ours(steps_after):
    apps = [app for app, _ in steps_after([])]
    # Whom an account belongs to is asked for by nearly all of them.
    ours = next(n for n, app in enumerate(apps) if app in OURS - {"accounts"})

    assert set(apps[ours:]) <= OURS


def test_no_model_has_changed_without_a_migration():
    """Else run manage.py makemigrations."""
    loader = MigrationLoader(None)
    changes = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(graph=loader.graph)

    assert not {app: steps for app, steps in changes.items() if app in OURS}


def test_one_step_comes_to_the_same_schema_as_the_many(one_by_one):
    leaves = [
        max(key for key, step in one_by_one.disk_migrations.items() if key[0] == app and not step.replaces)
        for app in one_by_one.migrated_apps
    ]
    many, one = one_by_one.project_state(leaves), MigrationLoader(None).project_state()

    changes = MigrationAutodetector(many, one).changes(graph=one_by_one.graph)

    assert not changes, changes


def test_a_database_that_took_the_many_has_nothing_to_do(steps_after, one_by_one):
    assert steps_after(key for key, step in one_by_one.disk_migrations.items() if not step.replaces) == []


def test_a_database_of_an_earlier_release_takes_the_rest_of_the_many(steps_after, one_by_one):
    many = {key for key, step in one_by_one.disk_migrations.items() if not step.replaces}
    left = {key for key in many if key[0] in OURS and not key[1].startswith("0001_")}

    steps = [one_by_one.disk_migrations[key].replaces or [key] for key in steps_after(many - left)]

    assert {tuple(key) for some in steps for key in some} == left
