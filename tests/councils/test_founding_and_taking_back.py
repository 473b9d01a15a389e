"""The council that carries on may be founded with it; until the last day is over all can be taken back."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied

from audit.models import AuditEvent
from core.errors import Refused
from councils import urls
from councils.founding import ADDRESSES, NewCouncil
from councils.models import Organisation, Reorganisation
from councils.reorganising import carry_out_what_is_due, reorganise, take_back_reorganisation
from tests.factories.accounts import UserFactory
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import MembershipFactory, OrganisationFactory
from tests.factories.projects import ProjectFactory
from tests.factories.publishing import interview_of, publish_case_study

pytestmark = pytest.mark.django_db
LAST_DAY = dt.date(2030, 3, 31)
ORDER = "The Essex (Structural Changes) Order 2029"
NEW = NewCouncil("West Essex", "West Essex Council", "unitary", "East of England", "WEX")
SENT = {
    "ends_on_day": "31", "ends_on_month": "3", "ends_on_year": "2030", "heir": "new", "order": ORDER,
    "new_name": NEW.name, "new_official_name": NEW.official_name, "new_kind": NEW.kind, "new_region": NEW.region,
    "new_code": "wex",
}  # fmt: skip
FORM = "/councils/harlow/reorganise/"


def to_come(council, by, to=NEW, **more):
    return reorganise(council, by=by, **{"ends_on": LAST_DAY, "carried_on_by": to, "order": ORDER, **more})


def test_a_council_that_is_not_in_the_directory_is_founded_with_the_form(client, sunita, harlow):
    client.force_login(sunita)

    page = client.post(FORM, SENT).content.decode()
    assert "West Essex Council, a new council: unitary, East of England, from 1 April 2030" in page
    assert not Organisation.objects.filter(name="West Essex").exists()
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.partition("<main")[2]))
    for _ in range(2):  # sent twice, it makes one
        answer = client.post(FORM, {**hidden, "step": "record"}, follow=True)

    new = Organisation.objects.get(name="West Essex")
    assert (new.kind, new.region, new.code, new.starts_on) == ("unitary", "East of England", "WEX", dt.date(2030, 4, 1))
    assert (new.nation, new.slug, list(new.predecessors.all())) == ("England", "west-essex", [harlow])
    assert "goes to West Essex on 1 April 2030" in answer.content.decode()
    assert AuditEvent.objects.filter(action="councils.founded").count() == 1
    page = client.get("/councils/west-essex/").content.decode()
    assert "West Essex begins on 1 April 2030." in page
    assert "takes over from" in page
    assert "Councils like West Essex" not in page
    assert "From the day after, its work goes on at" in client.get("/councils/harlow/").content.decode()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"new_name": ""}, "Give the short name"),
        ({"new_kind": ""}, "Choose what kind"),
        ({"new_region": "Atlantis"}, "Choose its region or nation from the list"),
        ({"new_code": "W1"}, "three letters"),
        ({"new_code": "HAR"}, "HAR is the code of"),
        ({"new_official_name": "surrey county council"}, "is in the directory"),
        ({"new_starts_on_day": "2", "new_starts_on_month": "4", "new_starts_on_year": "2030"}, "later than on the day"),
        ({"heir": "known"}, "Choose the council that carries on"),
        ({"heir": "neither"}, "Choose one of the two"),
    ],
)
def test_what_is_wrong_with_a_new_council_stands_beside_its_field(client, sunita, change, sentence):
    client.force_login(sunita)

    for step in ("check", "record"):
        answer = client.post(FORM, {**SENT, **change, "step": step})
        assert answer.status_code in (409, 422)
        assert sentence in answer.content.decode()
        assert ORDER in answer.content.decode()
    assert not Reorganisation.objects.exists()
    assert not Organisation.objects.filter(name="West Essex").exists()


def test_no_founded_council_takes_the_address_of_a_page_of_the_directory(harlow, sunita):
    pages = {str(each.pattern).rstrip("/") for each in urls.urlpatterns} - {""}
    fixed = {page for page in pages if not page.startswith("<")}

    founded = to_come(harlow, sunita, to=replace(NEW, name="Left behind")).carried_on_by

    assert fixed == set(ADDRESSES)
    assert founded.slug not in fixed


def test_a_founded_council_that_was_taken_back_meanwhile_carries_nothing_on(harlow, surrey, sunita):
    chosen = to_come(harlow, sunita).carried_on_by
    take_back_reorganisation(harlow, by=sunita)

    with pytest.raises(Refused, match="West Essex is no longer in the directory"):
        to_come(surrey, sunita, to=chosen)


@pytest.mark.parametrize(
    "change", [{"kind": "county"}, {"name": "Essex"}, {"code": "ABC"}, {"starts_on": dt.date(2030, 3, 1)}]
)
def test_a_founded_council_is_not_said_to_be_changed_by_other_answers(harlow, sunita, change):
    to_come(harlow, sunita)

    with pytest.raises(Refused, match="in the directory with other answers"):
        to_come(harlow, sunita, to=replace(NEW, **change))

    assert to_come(harlow, sunita).carried_on_by.starts_on == dt.date(2030, 4, 1)


def test_a_council_takes_over_a_part_once_and_not_beside_carrying_on(client, sunita, harlow, surrey):
    client.force_login(sunita)

    twice = client.post(FORM, {**SENT, "others": f"{surrey.name}\n{surrey.name}"})
    both = client.post(FORM, {**SENT, "others": surrey.name, "heir": "known", "carried_on_by": surrey.pk})

    assert twice.status_code == 200
    assert f"{surrey.official_name} and {surrey.official_name}" not in twice.content.decode()
    assert both.status_code == 422
    assert "name here only those that take over a part" in both.content.decode()


def test_the_check_page_names_what_goes_over_and_no_draft(client, sunita, harlow):
    lead = MembershipFactory(organisation=harlow, role="lead").person
    ProjectFactory(lead_council=harlow, title="Warm homes", running=True)
    AssetFactory(owner=harlow, name="Secret plan", state="draft", published_at=None)
    publish_case_study(harlow, title="Old and published")
    interview_of(harlow, lead)
    client.force_login(sunita)

    page = client.post(FORM, SENT).content.decode()

    for words in ("1 project it leads: Warm homes", "1 draft of an asset", f"{lead} leads Harlow, and then West Essex"):
        assert words in page
    assert "West Essex on 1 April 2030" in page
    assert "Secret plan" not in page


def test_until_the_last_day_is_over_it_is_taken_back_and_the_founded_council_goes(client, sunita, harlow):
    to_come(harlow, sunita)
    client.force_login(sunita)
    assert "Take it back" in client.get(FORM).content.decode()

    for _ in range(2):
        take_back_reorganisation(harlow, by=sunita)

    harlow.refresh_from_db()
    assert (harlow.ends_on, harlow.successors.count()) == (None, 0)
    assert not Reorganisation.objects.exists()
    assert not Organisation.objects.filter(name="West Essex").exists()
    assert AuditEvent.objects.filter(action="councils.reorganisation_taken_back").count() == 1
    assert client.post(f"{FORM}take-back/").url == "/councils/harlow/"


def test_a_council_that_was_there_before_or_has_people_stays(sunita, harlow, luton):
    there = OrganisationFactory(name="There", starts_on=dt.date(2030, 4, 1))
    to_come(harlow, sunita, to=there)
    take_back_reorganisation(harlow, by=sunita)
    assert Organisation.objects.filter(pk=there.pk).exists()

    said = to_come(harlow, sunita)
    MembershipFactory(organisation=said.carried_on_by)
    take_back_reorganisation(harlow, by=sunita)
    assert Organisation.objects.filter(name="West Essex").exists()


def test_the_first_day_of_a_founded_council_follows_the_last_day_of_the_other(sunita, harlow, surrey):
    new = to_come(harlow, sunita).carried_on_by
    for last in (dt.date(2030, 9, 30), dt.date(2029, 12, 31)):
        to_come(harlow, sunita, to=new, ends_on=last)
        new.refresh_from_db()
        assert new.starts_on == last + dt.timedelta(days=1)

    to_come(surrey, sunita, to=new, ends_on=dt.date(2029, 12, 31))
    to_come(harlow, sunita, to=new)
    new.refresh_from_db()
    assert new.starts_on == dt.date(2030, 1, 1)  # as Surrey's people have been told


def test_one_founded_for_it_goes_when_another_is_chosen_whatever_else_was_changed(sunita, harlow, luton):
    said = to_come(harlow, sunita)
    to_come(harlow, sunita, to=said.carried_on_by, order="Another order")

    to_come(harlow, sunita, to=luton)

    assert not Organisation.objects.filter(name="West Essex").exists()
    assert list(harlow.successors.all()) == [luton]


def test_what_was_carried_out_is_not_taken_back_and_the_page_says_how_it_is_put_right(client, sunita, harlow, on_day):
    to_come(harlow, sunita)
    client.force_login(sunita)
    with on_day(2030, 4, 1):
        with pytest.raises(Refused, match="has ended"):
            take_back_reorganisation(harlow, by=sunita)
        carry_out_what_is_due()
        with pytest.raises(Refused, match="is with West Essex"):
            take_back_reorganisation(harlow, by=sunita)
        client.force_login(sunita)
        page = client.get(FORM).content.decode()

    assert "If something is wrong" in page
    assert "Take it back" not in page


def test_only_the_secretariat_takes_it_back(sunita, harlow):
    to_come(harlow, sunita)

    with pytest.raises(PermissionDenied):
        take_back_reorganisation(harlow, by=UserFactory())
    assert Reorganisation.objects.exists()
