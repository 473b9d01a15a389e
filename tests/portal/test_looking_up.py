"""Lists in the admin show rows to the roles that they name; nobody changes a row there, by whatever address."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import get_resolver, resolve, reverse
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.viewsets import viewsets
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import policy_registry
from wagtail.views import serve

from accounts.look_only import LookOnly
from accounts.models import User
from assets_registry.models import Asset
from core.privacy import our_models
from events.models import Event
from tests.factories.assets_registry import AssetFactory
from tests.factories.events import EventFactory
from tests.factories.outbox import MessageFactory, PausedAddressFactory
from tests.factories.projects import DiscoveryFactory, NeedFactory, ProjectFactory
from tests.factories.steering import BoardSeatFactory, DecisionFactory, MeetingFactory
from tests.factories.take_up import AdoptionFactory, BenefitFactory, CommitmentFactory

pytestmark = pytest.mark.django_db

MAKE = [
    AssetFactory, AdoptionFactory, CommitmentFactory, BenefitFactory, DecisionFactory, MeetingFactory,
    BoardSeatFactory, NeedFactory, DiscoveryFactory, ProjectFactory, EventFactory, MessageFactory, PausedAddressFactory,
]  # fmt: skip
CAST = ["amina", "grace", "carlos", "ben", "fatima", "boris", "sunita", "edith", "anna", "root_user"]
KEEP_THE_REGISTRY = {"sunita", "edith", "root_user"}
ANY_ROLE = {"fatima", "boris", "sunita", "edith", "anna", "root_user"}
LOOK = {
    "asset": KEEP_THE_REGISTRY,
    "adoption": KEEP_THE_REGISTRY,
    "commitment": KEEP_THE_REGISTRY,
    "benefit": KEEP_THE_REGISTRY,
    "decision": KEEP_THE_REGISTRY,
    "meeting": KEEP_THE_REGISTRY,
    "boardseat": KEEP_THE_REGISTRY,
    "need": ANY_ROLE,
    "discovery": ANY_ROLE,
    "project": ANY_ROLE,
    "event": {"fatima", "sunita", "root_user"},
    "message": {"sunita", "root_user"},
    "pausedaddress": {"sunita", "root_user"},
}
CHANGES = {"add", "change", "delete", "publish", "unpublish", "lock", "unlock", "choose"}


def registered() -> list[ModelViewSet]:
    assert get_resolver().url_patterns  # reading them registers the lists
    return [each for each in viewsets.viewsets if isinstance(each, ModelViewSet)]


def lists() -> dict[str, LookOnly]:
    return {each.model_name: each for each in registered() if isinstance(each, LookOnly)}


@pytest.fixture
def rows(db):
    """One of each kind."""
    made = [make() for make in MAKE]
    return {row._meta.model_name: row for row in made}


def looking_at(listing, row) -> list[str]:
    addresses = [reverse(listing.get_url_name(name)) for name in ("index_results", "index")]
    if listing.inspect_view_enabled:
        addresses.append(reverse(listing.get_url_name("inspect"), args=[row.pk]))
    return addresses


def changing(listing, row) -> list[str]:
    """The addresses that Wagtail itself would have for changing, describing or choosing such a row."""
    key, label = row.pk, row._meta.label_lower.replace(".", "/")
    own = ["new/", *(f"{action}/{key}/" for action in ("edit", "delete", "copy", "history", "usage", "reorder"))]
    own += [f"history-results/{key}/", f"{key}/", f"{key}/edit/", "chooser/", f"chooser/chosen/{key}/"]
    elsewhere = [f"snippets/{label}/", f"snippets/{label}/edit/{key}/", f"{row._meta.model_name}-chooser/"]
    return [reverse(listing.get_url_name("index")) + rest for rest in own] + [f"/cms/{rest}" for rest in elsewhere]


def test_every_model_of_ours_in_the_admin_is_there_to_be_looked_at_and_stands_in_the_table():
    ours = [each for each in registered() if each.model in our_models() and each.model is not User]

    assert [each.model_name for each in ours if not isinstance(each, LookOnly)] == []
    assert set(lists()) == set(LOOK)


def test_a_list_opens_for_whom_its_roles_name_and_refuses_strangers_officers_and_other_roles(request, client, rows):
    seen, refused = {name: set() for name in rows}, set()
    for person in ("a stranger", "amina", "fatima", "boris", "sunita"):
        client.logout()
        if person != "a stranger":
            client.force_login(request.getfixturevalue(person))
        for name, row in rows.items():
            rows_alone, *others = looking_at(lists()[name], row)
            status = client.get(rows_alone).status_code
            if status == 200:
                seen[name].add(person)
            else:
                refused |= {status, *(client.get(address).status_code for address in others)}

    assert seen == {name: people & {"fatima", "sunita"} for name, people in LOOK.items()}  # the board stays outside
    assert refused == {302, 403}  # to sign-in, and not at all


def test_who_looks_is_whom_the_roles_name_and_nobody_gets_more_than_a_look(request, rows):
    people = {name: request.getfixturevalue(name) for name in CAST} | {"a stranger": AnonymousUser()}
    for name, row in rows.items():
        policy = policy_registry.get_by_type(type(row))
        for person, user in people.items():
            looks = policy.user_has_permission(user, "view")
            assert looks == (person in LOOK[name]), (name, person)
            assert looks == policy.user_has_permission_for_instance(user, "view", row)
            assert looks == policy.instances_user_has_permission_for(user, "view").filter(pk=row.pk).exists()
            assert looks == policy.users_with_permission("view").filter(pk=user.pk).exists(), (name, person)
            assert not policy.user_has_any_permission(user, CHANGES), (name, person)
            assert not policy.instances_user_has_any_permission_for(user, CHANGES).exists()
            assert not AdminURLFinder(user).get_edit_url(row) if user.is_authenticated else True
        assert not policy.users_with_any_permission(CHANGES).exists()


def test_a_role_without_its_second_factor_looks_at_nothing(sunita, rows):
    sunita.authenticator_set.all().delete()

    assert not [
        name for name, row in rows.items() if policy_registry.get_by_type(type(row)).user_has_permission(sunita, "view")
    ]


def test_no_address_changes_a_row_even_for_a_superuser(client, root_user, rows):
    client.force_login(root_user)
    before = {name: list(type(row).objects.order_by("pk").values()) for name, row in rows.items()}
    nothing = {serve, resolve("/cms/nothing-of-that-name/").func}
    said, answered = {"title": "Changed", "name": "Changed"}, set()

    for name, row in rows.items():
        assert {resolve(address).func for address in changing(lists()[name], row)} <= nothing, name
        for address in looking_at(lists()[name], row):
            answered.add(client.post(address, said).status_code)
        answered.add(
            client.post(f"/cms/bulk/{row._meta.label_lower.replace('.', '/')}/delete/?id={row.pk}").status_code
        )

    assert answered == {404, 405}
    assert {name: list(type(row).objects.order_by("pk").values()) for name, row in rows.items()} == before


def test_a_row_leads_to_the_records_page_on_the_site_for_whoever_may_open_it(request, client, rows):
    drafts = {
        "asset": AssetFactory(state=Asset.State.DRAFT, published_at=None),
        "event": EventFactory(state=Event.State.DRAFT),
    }
    for person, kinds in {"sunita": LOOK, "fatima": ["event"], "edith": ["asset"]}.items():
        client.force_login(request.getfixturevalue(person))
        for name in kinds:
            page = client.get(reverse(lists()[name].get_url_name("index"))).content.decode()
            row = drafts.get(name, rows[name])
            on_site, fields = getattr(row, "get_absolute_url", lambda: "no page")(), looking_at(lists()[name], row)[-1]
            opens = client.get(on_site).status_code == 200 if name in drafts else bool(lists()[name].pages)
            assert opens == (f'href="{on_site}"' in page), (person, name)
            if lists()[name].inspect_view_enabled:
                assert f'href="{fields}"' in page, (person, name)
    assert client.get(fields).status_code == 200


def test_many_rows_are_listed_with_as_many_statements_as_one(client, root_user, rows, asked):
    client.force_login(root_user)
    addresses = {name: looking_at(lists()[name], row)[0] for name, row in rows.items()}
    for address in addresses.values():
        client.get(address)
    cost = {}
    for name, address in addresses.items():
        with asked() as few:
            client.get(address)
        cost[name] = len(few)
    for make in MAKE:
        make.create_batch(2)

    grown = {}
    for name, address in addresses.items():
        with asked() as many:
            client.get(address)
        if len(many) > cost[name]:
            grown[name] = len(many) - cost[name]

    assert grown == {}
