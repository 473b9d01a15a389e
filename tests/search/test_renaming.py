"""After anything is renamed, records that mention it are found by the new name and no longer by the old."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group

from accounts.roles import Role
from core.signals import rows_changed
from councils.models import Council, Organisation, Service
from councils.register import load_services
from events.models import AgendaItem, Event
from projects.models import NeedSupport
from search import follower
from search.asking import SearchQuery
from search.models import Change
from search.queries import search
from take_up.models import Benefit
from take_up.operations import check_measurement
from tests.factories.accounts import UserFactory, give_role
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import DepartmentFactory, OrganisationFactory, ServiceFactory
from tests.factories.events import EventFactory
from tests.factories.projects import DiscoveryFactory, NeedFactory, ProjectFactory, PrototypeFactory
from tests.factories.publishing import publish_case_study
from tests.factories.take_up import AdoptionFactory, MeasurementFactory
from tests.factories.voting import OptionFactory
from tests.search import samples

pytestmark = [pytest.mark.sql, pytest.mark.django_db, pytest.mark.usefixtures("short_directory")]


def found_by(words: str) -> set[str]:
    return {result.hit.key for result in search(AnonymousUser(), SearchQuery(q=words, exact=True)).results}


def key(name: str, record) -> str:
    return f"{name}:{record.pk}"


def of_a_council(council: Organisation) -> set[str]:
    joined, project, used = NeedFactory(), ProjectFactory(), AssetFactory()
    NeedSupport.objects.create(need=joined, council=council, joined_by=UserFactory())
    project.partners.add(council)
    AdoptionFactory(asset=used, council=council)
    return {
        key("council", council),
        key("need", NeedFactory(council=council)),
        key("need", joined),
        key("project", ProjectFactory(lead_council=council)),
        key("project", project),
        key("asset", AssetFactory(owner=council)),
        key("asset", used),
        key("event", EventFactory(host=council)),
        key("page", publish_case_study(council)),
    }


def of_a_department(department: Organisation) -> set[str]:
    return {key("discovery", DiscoveryFactory(department=department))}


def of_a_service(service: Service) -> set[str]:
    asset, event = AssetFactory(), EventFactory()
    asset.services.add(service)
    event.services.add(service)
    return {
        key("need", NeedFactory(service=service)),
        key("project", ProjectFactory(service=service)),
        key("asset", asset),
        key("event", event),
        key("page", publish_case_study(OrganisationFactory(), service=service)),
    }


def of_a_need(need) -> set[str]:
    prototype = PrototypeFactory()
    prototype.needs.add(need)
    return {key("need", need), key("prototype", prototype)}


def of_a_discovery(discovery) -> set[str]:
    return {key("discovery", discovery), key("prototype", PrototypeFactory(discovery=discovery))}


def of_a_prototype(prototype) -> set[str]:
    option = OptionFactory(prototype=prototype, ballot__state="open", ballot__opened_at="2015-01-01T10:00Z")
    return {key("prototype", prototype), key("ballot", option.ballot)}


def of_an_event(event: Event) -> set[str]:
    option = OptionFactory(ballot__event=event, ballot__state="open", ballot__opened_at="2015-01-01T10:00Z")
    return {key("event", event), key("ballot", option.ballot)}


RENAMED = [
    (OrganisationFactory, "name", of_a_council),
    (DepartmentFactory, "name", of_a_department),
    (ServiceFactory, "name", of_a_service),
    (NeedFactory, "title", of_a_need),
    (DiscoveryFactory, "title", of_a_discovery),
    (PrototypeFactory, "title", of_a_prototype),
    (EventFactory, "title", of_an_event),
]


@pytest.mark.parametrize(("factory", "field", "records"), RENAMED)
def test_what_is_renamed_is_found_by_its_new_name_and_not_by_the_old(follow, factory, field, records):
    renamed = factory(**{field: "Quibbleford"})
    keys = records(renamed)
    follow()
    assert found_by("quibbleford") == keys

    setattr(renamed, field, "Zwickelborough")
    renamed.save()
    follow()

    assert found_by("zwickelborough") == keys
    assert not found_by("quibbleford") - {key("council", renamed)}  # which keeps its official name


def test_a_council_renamed_in_the_admin_or_written_in_bulk_renews_the_same(follow):
    council = OrganisationFactory(name="Quibbleford")
    need = NeedFactory(council=council)
    follow()

    proxy = Council.objects.get(pk=council.pk)
    proxy.name = "Zwickelborough"
    proxy.save()
    follow()
    assert key("need", need) in found_by("zwickelborough")

    Organisation.objects.filter(pk=council.pk).update(name="Yarrowstead")
    rows_changed.send(sender=Organisation, keys=[council.pk])
    follow()
    assert key("need", need) in found_by("yarrowstead")


def test_a_service_that_the_official_list_renames_renews_what_tells_of_it(follow):
    service = ServiceFactory(name="Quibbling")
    need = NeedFactory(service=service)
    follow()

    load_services(Service, [{"lgsl": str(service.lgsl), "name": "Zwickeling", "providing_tier": "all"}])
    follow()

    assert found_by("zwickeling") == {key("need", need)}
    assert not found_by("quibbling")


def test_what_happens_at_an_event_is_found_and_what_no_longer_does_is_not(follow):
    event = EventFactory()
    item = AgendaItem.objects.create(event=event, at="10:00", title="Quibbling")
    follow()
    assert found_by("quibbling") == {key("event", event)}

    item.delete()
    follow()

    assert not found_by("quibbling")


def test_a_service_that_goes_leaves_no_word_behind(follow):
    service, asset = ServiceFactory(name="Quibbling"), AssetFactory()
    asset.services.add(service)
    follow()
    assert found_by("quibbling") == {key("asset", asset)}

    service.delete()
    follow()

    assert not found_by("quibbling")


def test_a_measurement_that_is_confirmed_elsewhere_raises_the_evidence_of_the_case_study(follow):
    study = samples.page()
    study.get_parent().view_restrictions.all().delete()
    follow()
    assert "Evidence 3" in label_of(study)

    benefit = Benefit.objects.get()
    benefit.title, benefit.unit, benefit.claimed = study.measure, study.after_unit, 5
    benefit.save()
    waiting = MeasurementFactory(promise=benefit, value=5, measured_on=study.after_on, waiting=True)
    follow()
    assert "Evidence 3" in label_of(study)

    check_measurement(waiting, by=give_role(UserFactory(), Role.ANALYST))
    follow()

    assert "Evidence 4" in label_of(study)


def label_of(study) -> str:
    results = search(AnonymousUser(), SearchQuery(q=study.title)).results
    return next(result.hit.label for result in results if result.hit.key == key("page", study))


def test_a_group_under_another_name_relabels_the_pages_that_it_alone_reads():
    page = samples.page()
    group = Group.objects.get(pageviewrestriction__page=page.get_parent())
    Change.objects.all().delete()

    group.name = "Readers"
    group.save()

    assert f"page:{page.pk}" in {change.record for change in Change.objects.all()}


def test_renaming_costs_one_line_of_the_log_however_many_records_tell_of_it(django_assert_num_queries):
    council = OrganisationFactory()
    NeedFactory.create_batch(12, council=council)
    Change.objects.all().delete()

    with django_assert_num_queries(2):  # the council itself, and the line in the log
        council.save()

    assert [change.record for change in Change.objects.all()] == [f"council:{council.pk}"]


def test_the_records_of_a_renamed_council_are_taken_in_by_the_worker_some_at_a_time(monkeypatch):
    council = OrganisationFactory(name="Quibbleford")
    needs = NeedFactory.create_batch(12, council=council)
    Change.objects.all().delete()
    council.save()
    monkeypatch.setattr(follower, "BATCH", 5)
    taken_in: list[list[str]] = []

    class Counting:
        name = "counting"

        def is_ready(self):
            return True

        def rebuild(self, documents, *, version): ...

        def apply(self, documents, deletes, *, version):
            taken_in.append([document.key for document in documents])

    follower.follow(Counting())
    council.save()
    follower.follow(Counting())

    assert [len(batch) for batch in taken_in] == [5, 5, 3]
    assert {key for batch in taken_in for key in batch} == {f"council:{council.pk}", *(f"need:{n.pk}" for n in needs)}
