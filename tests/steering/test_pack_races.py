"""Two people who publish a pack at the same moment make one version of it."""

import pytest

from core.errors import Refused
from outbox.models import Message
from steering.models import Pack
from steering.packs import operations
from steering.packs.operations import publish_pack
from tests.factories.packs import on_the_agenda
from tests.race import all_at_once, problems, slowly

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sql]
TIMES = 5


def publish_at_once(sunita):
    meeting = on_the_agenda().meeting
    return all_at_once([lambda: publish_pack(meeting, by=sunita)] * TIMES)


def test_published_five_times_at_once_there_is_one_version_and_the_others_are_told(transactional_db, sunita, boris):
    outcomes = publish_at_once(sunita)

    refused = problems(outcomes)
    assert [type(problem) for problem in refused] == [Refused] * (TIMES - 1)
    assert "Version 1 was published" in str(refused[0])
    assert Pack.objects.count() == 1
    assert Message.objects.filter(kind="steering.pack_published").count() == 1


def test_control_without_the_lock_they_run_into_the_database(guard_off, transactional_db, sunita, monkeypatch):
    monkeypatch.setattr(operations, "content_of", slowly(operations.content_of))

    outcomes = publish_at_once(sunita)

    assert any(not isinstance(problem, Refused) for problem in problems(outcomes))
