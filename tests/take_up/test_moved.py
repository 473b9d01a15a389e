"""A database from before adoptions and benefits left the asset registry keeps every row, and what points at it."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django_tasks_db.models import DBTaskResult

from take_up.models import Adoption, Benefit
from take_up.tasks import tell_of_waiting_adoption
from tests.factories.councils import OrganisationFactory
from tests.factories.publishing import publish_case_study
from tests.factories.take_up import AdoptionFactory, BenefitFactory

MODELS = (Adoption, Benefit)
BEFORE = "assets_registry.tasks.tell_of_waiting_adoption"


@pytest.fixture
def migrate():
    """A function: bring the database to where these migrations stand; without any, to where all do."""

    def to(*targets: tuple[str, str | None]) -> None:
        executor = MigrationExecutor(connection)
        executor.migrate(list(targets) or executor.loader.graph.leaf_nodes())

    return to


def tables() -> set[str]:
    return {name for name in connection.introspection.table_names() if name.endswith(("_adoption", "_benefit"))}


def kept() -> list[list[dict]]:
    return [list(model.objects.order_by("pk").values()) for model in MODELS]


@pytest.mark.sql
@pytest.mark.django_db(transaction=True)
def test_every_row_of_before_is_there_with_its_key_and_whatever_points_at_it(migrate):
    adoption = AdoptionFactory()
    benefit = BenefitFactory(project=None, adoption=adoption)
    study = publish_case_study(OrganisationFactory(), benefits=[benefit])
    message = tell_of_waiting_adoption.enqueue(adoption.pk)
    rows, kinds = kept(), {model: ContentType.objects.get_for_model(model).pk for model in MODELS}

    migrate(("take_up", None))
    assert tables() == {"assets_registry_adoption", "assets_registry_benefit"}
    assert DBTaskResult.objects.get(pk=message.id).task_path == BEFORE
    migrate()

    assert tables() == {"take_up_adoption", "take_up_benefit"}
    assert kept() == rows
    assert {model: ContentType.objects.get(pk=key).model_class() for model, key in kinds.items()} == {
        model: model for model in MODELS
    }
    assert list(type(study).objects.get().benefits.all()) == [benefit]
    assert DBTaskResult.objects.get(pk=message.id).task_path == tell_of_waiting_adoption.module_path
    with pytest.raises(IntegrityError), transaction.atomic():
        AdoptionFactory(asset=adoption.asset, council=adoption.council)
