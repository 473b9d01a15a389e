"""The whole portfolio: every filter, what led to the projects, views that people keep, and a look at it by stage."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from core.errors import Refused
from core.listing import memory
from projects.models import Project
from steering.models import SavedView
from steering.operations import delete_view, save_view
from steering.operations.saved_views import MOST
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory
from tests.factories.projects import (
    BlockFactory,
    BusinessCaseFactory,
    DiscoveryFactory,
    ProjectFactory,
    PrototypeFactory,
)
from tests.pages import words

pytestmark = [pytest.mark.sql, pytest.mark.django_db]
PAGE = "/board/portfolio/"


def names(client, query: str = "") -> set[str]:
    found = client.get(f"{PAGE}?{query}").context["found"].page.object_list
    return {project.title for project in found}


def from_day(stream: str, **given) -> Project:
    discovery = DiscoveryFactory(**given)
    EventFactory(discovery=discovery, stream=stream)
    return ProjectFactory(discovery=discovery, title=f"From {stream}")


def streams(client, query: str = "") -> dict[str, int]:
    return {cell[0]: int(number) for cell, number in client.get(f"{PAGE}?{query}").context["streams"]}


def test_it_narrows_to_what_is_blocked_and_to_department_and_lead(client, harlow):
    discovery = DiscoveryFactory()
    ProjectFactory(title="Free", discovery=discovery)
    BlockFactory(project=ProjectFactory(title="Stuck", running=True, lead_council=harlow))
    BlockFactory(project__title="Clear", removed_on=dt.date(2099, 1, 1), outcome="Cleared.")

    assert names(client, "blocked=yes") == {"Stuck"}
    assert names(client, f"department={discovery.department.slug}") == {"Free"}
    assert names(client, "lead=harlow") == {"Stuck"}


def test_it_narrows_to_a_rating_as_each_page_says_it_and_to_what_is_not_rated(client):
    fresh = {"running": True, "last_updated_at": clock.now()}
    set_red = ProjectFactory(title="Set red", **fresh)
    set_red.updates.create(line="It stands still.", by=UserFactory(), rating="red", suggested="green", because="So.")
    BlockFactory(project=ProjectFactory(title="Blocked", **fresh))
    ProjectFactory(title="Well", **fresh)
    ProjectFactory(title="Over", stage="finished", ended_on=clock.today(), running=True)

    found = {colour: names(client, f"rating={colour}") for colour in ("red", "amber", "green", "none")}

    assert "Set red" in found["red"]
    assert found["red"] | found["amber"] == {"Set red", "Blocked"}
    assert (found["green"], found["none"]) == ({"Well"}, {"Over"})
    for row in client.get(PAGE).context["rows"]:
        assert row["project"].title in found[row["rating"].rating or "none"]


def test_a_page_of_the_portfolio_asks_for_the_rhythms_of_projects_once(signed_in, sunita):
    ProjectFactory(running=True)
    reader = signed_in(sunita)

    for address in ("/board/", f"{PAGE}?overdue=1&freshness=fresh"):
        with CaptureQueriesContext(connection) as asked:
            reader.get(address)
        assert len([each for each in asked if 'DISTINCT "projects_project"."update_every_days"' in each["sql"]]) == 1


def test_the_streams_that_led_to_the_projects_sum_to_all_of_them(client):
    from_day("discovery")
    from_day("skills")
    ProjectFactory(title="From nothing", discovery=None)

    found = streams(client)

    together = found.pop("All together")
    assert together == 3 == sum(found.values())
    assert found["No event on record"] == 1
    assert names(client, "stream=skills") == {"From skills"}


def test_the_event_of_its_prototype_counts_before_those_of_its_discovery(client):
    prototype = PrototypeFactory()
    EventFactory(discovery=prototype.discovery, stream="discovery")
    EventFactory(stream="futures").prototypes.add(prototype)
    ProjectFactory(title="Made", prototype=prototype, discovery=prototype.discovery)

    assert names(client, "stream=futures") == {"Made"}


def test_filters_add_up_and_the_tabs_keep_them(client):
    from_day("skills")
    ProjectFactory(title="Other")

    page = client.get(f"{PAGE}?stream=skills")

    assert "stream=skills" in page.context["tabs"][1]["href"]
    assert page.context["tabs"][0]["count"] == 1


def test_a_view_is_kept_under_a_name_and_its_address_shows_the_same_to_anybody(client, signed_in, ben):
    from_day("skills")
    signed_in(ben).post(f"{PAGE}save/?stream=skills", {"name": "Skills"})

    page = client.get(PAGE)
    assert "Skills" in words(page)
    address = SavedView.objects.get().query
    client.logout()

    assert names(client, address) == {"From skills"}
    assert "Your views" not in words(client.get(f"{PAGE}?{address}"))


def test_the_same_view_again_takes_the_new_name(ben):
    save_view("stage=launch", name="One", by=ben)
    save_view("stage=launch", name="Two", by=ben)

    assert SavedView.objects.get().name == "Two"


def test_the_whole_portfolio_and_one_view_too_many_are_not_kept(ben):
    with pytest.raises(Refused, match="Choose a filter"):
        save_view("", name="All", by=ben)
    for number in range(MOST):
        save_view(f"outcome={1990 + number}", name=f"View {number}", by=ben)
    with pytest.raises(Refused, match="Delete one"):
        save_view("stage=launch", name="One more", by=ben)


def test_everybody_deletes_their_own_views(ben, signed_in):
    view = save_view("stage=launch", name="Launched", by=ben)

    with pytest.raises(PermissionDenied):
        delete_view(view, by=UserFactory())
    assert signed_in(UserFactory()).post(f"{PAGE}views/{view.pk}/delete/").status_code == 404
    signed_in(ben).post(f"{PAGE}views/{view.pk}/delete/")

    assert not SavedView.objects.exists()


def test_by_stage_each_project_is_a_card_in_its_column(client):
    ProjectFactory(title="Building")
    ProjectFactory(title="Out there", stage="launch")

    columns = client.get(f"{PAGE}by-stage/").context["columns"]

    assert [[project.title for project, *_ in column["cards"]] for column in columns] == [
        ["Building"], ["Out there"], [], [],
    ]  # fmt: skip


def test_a_card_by_stage_says_which_gate_its_project_comes_to_with_a_diamond(client, asked):
    waiting = BusinessCaseFactory(state="submitted", submitted_at=clock.now(), project__title="Waits").project
    launched = ProjectFactory(title="Out there", stage="launch")

    with asked() as few:
        said = {p: gate for c in client.get(f"{PAGE}by-stage/").context["columns"] for p, _, gate in c["cards"]}

    assert said[waiting].endswith("Gate after step 3: to decide")
    assert 'href="#gate-due"' in said[waiting]
    assert "Gate after step" in said[launched]
    ProjectFactory.create_batch(9, stage="launch")
    with asked() as many:
        page = client.get(f"{PAGE}by-stage/").content.decode()
    assert len(many) <= len(few)
    assert page.count('id="gate-due"') == 1


def test_a_long_column_shows_the_first_and_leads_to_all(client):
    ProjectFactory.create_batch(14)

    column = client.get(f"{PAGE}by-stage/").context["columns"][0]

    assert (len(column["cards"]), column["number"]) == (12, 14)
    assert column["href"] == "/board/portfolio/?stage=co_develop"


def test_every_link_and_card_is_reached_by_keyboard(client):
    ProjectFactory(title="Building")

    page = client.get(f"{PAGE}by-stage/").content.decode()

    assert 'tabindex="-1"' not in page.partition("lda-swim")[2].partition("</main>")[0]


def test_a_stranger_reads_it_after_the_board_whose_counts_are_kept(client, monkeypatch):
    kept = {}
    monkeypatch.setattr(memory, "remembered", lambda key, compute: kept.setdefault(key, compute()))
    ProjectFactory(title="Stuck")

    assert client.get("/board/").status_code == 200

    assert names(client) == {"Stuck"}


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}?rating=red", f"{PAGE}by-stage/", "/board/"])
def test_six_projects_and_two_thousand_take_as_many_queries(client, asked, address):
    def some(number, named):
        late = clock.now() - dt.timedelta(days=90)
        built = ProjectFactory.build_batch(number, lead_council=None, prototype=None, discovery=None)
        for place, each in enumerate(built):
            each.title, each.slug, each.last_updated_at = f"{named} {place}", f"{named}-{place}", late
        Project.objects.bulk_create(built)

    some(6, "few")
    client.get("/board/meetings/")
    with asked() as few:
        client.get(address)
    some(1994, "many")
    with asked() as many:
        page = client.get(address)

    assert len(many) == len(few)
    assert len(page.content) < 200_000, "one page of them, however many there are"
