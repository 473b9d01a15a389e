"""A chain's statement is built once for each kind of record; keys and days are put in each time."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from core import clock
from projects.models import Project
from story.keys import KEYS, chain_keys
from story.queries import chain_of
from story.rows import union_of
from story.statements import rows_of, statement_for
from tests.factories.assets_registry import AssetFactory
from tests.factories.events import EventFactory
from tests.factories.projects import DiscoveryFactory, NeedFactory, ProjectFactory
from tests.factories.voting import BallotFactory
from tests.story.chains import FlagshipChain
from voting.models import Ballot

pytestmark = [pytest.mark.sql, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def nothing_kept():
    statement_for.cache_clear()


def built_anew(record):
    """The rows as the ORM answers them, without anything kept."""
    return {row[0]: tuple(row) for row in union_of(chain_keys(record, AnonymousUser()))}


def test_the_kept_statement_answers_as_one_built_anew_for_every_record():
    first, second = FlagshipChain().records(), FlagshipChain("Rutland test").records()
    lonely = {"need": NeedFactory(), "asset": AssetFactory(project=None)}

    for records in (first, second, lonely):
        for record in records.values():
            assert {step: tuple(row) for step, row in rows_of(record).items()} == built_anew(record)


def test_records_of_one_kind_share_one_statement():
    for record in (FlagshipChain().need, FlagshipChain("Rutland test").need):
        chain_of(record)

    assert statement_for.cache_info().misses == 1


def test_a_statement_kept_from_one_day_tells_the_take_up_of_another():
    chain = FlagshipChain()
    eve = dt.datetime.combine(chain.adoption.live_since - dt.timedelta(days=1), dt.time(12))
    with clock.at(eve):
        before = [node.kind for node in chain_of(chain.project).happened]

    after = [node.kind for node in chain_of(chain.project).happened]

    assert "Take-up" not in before
    assert "Take-up" in after


def test_no_key_and_no_day_of_the_building_stays_in_a_statement():
    record = FlagshipChain().project
    named = {name for _, name in statement_for(type(record), frozenset({"pk", "discovery_id"})).places}

    assert named - {"today", "now"} <= set(KEYS)
    assert {"pk", "today"} <= named


def database_steps(record) -> int:
    """The steps in which SQLite answers for the record's chain: the same each time, unlike its milliseconds."""
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    connection.connection.set_progress_handler(step, 10)
    try:
        rows_of(record)
    finally:
        connection.connection.set_progress_handler(None, 0)
    return steps


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite counts its steps")
def test_a_chain_takes_the_database_as_many_steps_however_many_others_there_are():
    chain = FlagshipChain()
    records = [chain.need, chain.discovery, chain.ballot]
    before = [database_steps(record) for record in records]

    other = DiscoveryFactory()
    Project.objects.bulk_create(ProjectFactory.build(lead_council=chain.council, discovery=other) for _ in range(200))
    day = EventFactory(co_design=True, ended=True)
    Ballot.objects.bulk_create(BallotFactory.build_batch(200, event=day, opened_by=None))

    assert [database_steps(record) for record in records] == pytest.approx(before, rel=0.05)
