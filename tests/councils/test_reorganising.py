"""C7: the secretariat says that a council ends and who carries on; what goes on goes over, and what was done stays.

Allerdale ended on 31 March 2023; Cumberland began on the next day.
"""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils import timezone

from assets_registry.models import Asset
from audit.models import AuditEvent
from core import clock
from core.errors import Refused
from councils import reorganising, succession
from councils.models import EmailDomain, Membership, Organisation, Reorganisation
from councils.permissions import organisations_of
from councils.register import COUNCIL_COLUMNS, REFERENCE, load_councils, read_table
from councils.reorganising import carry_out_what_is_due, reorganise
from portal.figures.contributions import contributions_of
from projects.blocks.models import Block
from projects.needs.models import NeedSupport
from steering.queries.reach import coverage_of_councils
from take_up.models import Adoption, Commitment
from take_up.queries import take_up
from tests.factories.accounts import UserFactory
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import MembershipFactory, OrganisationFactory, SystemFactory
from tests.factories.projects import NeedFactory, ProjectFactory
from tests.factories.publishing import interview_of, publish_case_study
from tests.factories.take_up import AdoptionFactory, BenefitFactory

pytestmark = pytest.mark.django_db
LAST_DAY = dt.date(2023, 3, 31)
ORDER = "Cumbria (Structural Changes) Order 2022"
State, Role = Membership.State, Membership.Role


@pytest.fixture
def allerdale(db):
    return Organisation.objects.get(slug="allerdale")


@pytest.fixture
def cumberland(db):
    return Organisation.objects.get(slug="cumberland")


def ended(council, to, by, **more):
    return reorganise(council, by=by, **{"ends_on": LAST_DAY, "carried_on_by": to, "order": ORDER, **more})


def test_people_have_the_same_place_at_the_successor_and_are_asked_anew_whether_they_may_be_named(
    allerdale, cumberland, sunita, deliver
):
    lead = MembershipFactory(organisation=allerdale, role=Role.LEAD, may_be_asked=True).person
    waits = MembershipFactory(organisation=allerdale, state=State.CANDIDATE).person

    ended(allerdale, cumberland, sunita)

    there = {each.person: each for each in cumberland.memberships.all()}
    assert (there[lead].role, there[lead].state, there[lead].may_be_asked) == (Role.LEAD, State.CONFIRMED, False)
    assert there[waits].state == State.CANDIDATE
    assert organisations_of(lead) == [cumberland]
    assert set(allerdale.memberships.values_list("state", flat=True)) == {State.ENDED}
    assert any(mail.to == [lead.email] and "You now act for Cumberland" in mail.subject for mail in deliver())


def test_somebody_who_acts_for_both_keeps_the_higher_place(allerdale, cumberland, sunita):
    lead = MembershipFactory(organisation=allerdale, role=Role.LEAD).person
    MembershipFactory(organisation=cumberland, person=lead, role=Role.READER)

    ended(allerdale, cumberland, sunita)

    assert [each.role for each in cumberland.memberships.all()] == [Role.LEAD]


def test_what_it_began_goes_over(allerdale, cumberland, sunita, harlow):
    led, joined = (ProjectFactory(lead_council=council, running=True) for council in (allerdale, harlow))
    joined.partners.add(allerdale)
    block = Block.objects.create(
        project=joined, title="A gateway", what="Nobody may pass", raised_by=UserFactory(), raised_on=clock.today()
    )
    block.councils.add(allerdale)
    need = NeedFactory(council=harlow)
    NeedSupport.objects.create(need=need, council=allerdale, joined_by=UserFactory())
    asset, draft = AssetFactory(owner=allerdale), AssetFactory(owner=allerdale, state=Asset.State.DRAFT)
    system = SystemFactory(council=allerdale)

    said = ended(allerdale, cumberland, sunita)

    for row in (led, asset, draft, system):
        row.refresh_from_db()
    assert (led.lead_council, asset.owner, draft.owner, system.council) == (cumberland,) * 4
    assert list(joined.partners.all()) == list(block.councils.all()) == [cumberland]
    assert asset.hand_overs.get().from_owner == allerdale
    assert set(need.supports.values_list("council", flat=True)) >= {allerdale.pk, cumberland.pk}
    assert "1 project it leads" in said.went_over
    assert "1 draft of an asset" in said.went_over
    line = AuditEvent.objects.get(action="councils.reorganisation_carried_out")
    rows = {each["what"]: (each["kind"], each["keys"]) for each in line.details["rows"]}
    assert line.details["to"] == cumberland.pk
    assert rows["projects it leads"] == ("projects.project", [led.pk])
    assert rows["drafts of assets"] == ("assets_registry.asset", [draft.pk])


def test_a_use_goes_on_at_the_successor_and_the_old_row_stays_as_it_was(allerdale, cumberland, sunita):
    since = dt.date(2014, 6, 1)
    asset = AssetFactory(published_at=dt.datetime(2014, 6, 1, 9, tzinfo=dt.UTC))
    old = AdoptionFactory(asset=asset, council=allerdale, since=since, avoided_cost=500)
    promise = BenefitFactory(
        project=None, adoption=old, origin="adoption", claimed_on=clock.today(), due_on=clock.today() + dt.timedelta(30)
    )
    then = str(take_up(asset, dt.date(2014, 12, 31)))

    ended(allerdale, cumberland, sunita)

    old.refresh_from_db()
    promise.refresh_from_db()
    new = Adoption.objects.get(asset=asset, council=cumberland)
    assert (old.council, old.status, old.since) == (allerdale, Adoption.Status.LIVE, since)
    assert (new.since, new.is_confirmed, new.avoided_cost) == (dt.date(2023, 4, 1), True, None)
    assert promise.adoption == new
    assert str(take_up(asset, dt.date(2014, 12, 31))) == then
    assert contributions_of(cumberland, sunita).totals["uses"] == 1, "one asset, however many rows tell of its use"


def test_a_commitment_holds_for_the_successor_until_the_same_day(harlow, luton, sunita):
    today = clock.today()
    old = Commitment.objects.create(
        asset=AssetFactory(), council=harlow, would="use", proposed_by=sunita, confirmed_by=sunita,
        confirmed_at=clock.now(), begins_on=today, expires_on=today + dt.timedelta(days=100),
    )  # fmt: skip
    last = today - dt.timedelta(days=1)

    ended(harlow, luton, sunita, ends_on=last)

    old.refresh_from_db()
    new = Commitment.objects.get(council=luton)
    assert (old.ending, old.ended_on) == (Commitment.Ending.REPLACED, today)
    assert (new.expires_on, new.is_live_on(today)) == (old.expires_on, True)


def test_a_case_study_of_2014_keeps_its_author_and_is_listed_at_the_successor(allerdale, cumberland, sunita, client):
    page = publish_case_study(allerdale, title="Bins by text message", happened_on=dt.date(2014, 11, 3))
    draft = publish_case_study(allerdale, title="Not ready")
    type(draft).objects.filter(pk=draft.pk).update(live=False, first_published_at=None)

    ended(allerdale, cumberland, sunita)

    page.refresh_from_db()
    draft.refresh_from_db()
    assert page.council == allerdale
    assert (draft.council, draft.latest_revision.content["council"]) == (cumberland, cumberland.pk)
    old, new = (client.get(f"/councils/{slug}/").content.decode() for slug in ("allerdale", "cumberland"))
    assert "It was replaced by" in old
    assert "/councils/cumberland/" in old
    assert "Bins by text message" in old
    assert new.index("From predecessor councils") < new.index("Bins by text message")
    assert "Allerdale (district)" in new


def test_what_was_counted_in_2014_stays(allerdale, cumberland, sunita):
    NeedFactory(council=allerdale, raised_at=dt.datetime(2014, 5, 1, 9, tzinfo=dt.UTC))
    AssetFactory(owner=allerdale, published_at=dt.datetime(2014, 6, 1, 9, tzinfo=dt.UTC))
    AdoptionFactory(council=allerdale, since=dt.date(2014, 6, 1))
    day = dt.date(2014, 12, 31)

    def counted():
        return [
            {
                where: (cell.councils, cell.counted)
                for where, cell in coverage_of_councils(what, day, sunita).cells.items()
            }
            for what in ("needs", "events", "adoptions")
        ]

    before = counted()
    ended(allerdale, cumberland, sunita)

    assert counted() == before


def test_a_page_tells_of_all_councils_before_it_over_any_number_of_steps(client):
    somerset = Organisation.objects.get(slug="somerset")
    deane = Organisation.objects.get(slug="taunton-deane")
    publish_case_study(deane, title="Parking permits online")

    assert deane.pk in somerset.lineage
    assert "Parking permits online" in client.get("/councils/somerset/").content.decode()
    assert "Somerset" in client.get("/councils/?q=Taunton+Deane").content.decode()


def test_until_the_last_day_is_over_nothing_moves_and_then_it_does_by_itself(harlow, sunita, on_day):
    new = OrganisationFactory(name="West Essex", starts_on=dt.date(2030, 4, 1))
    place = MembershipFactory(organisation=harlow)

    said = reorganise(harlow, by=sunita, ends_on=dt.date(2030, 3, 31), carried_on_by=new, order="An order")

    assert not said.is_carried_out
    assert not harlow.has_ended
    assert carry_out_what_is_due() == 0
    with on_day(2030, 4, 1):
        assert carry_out_what_is_due() == 1
        assert carry_out_what_is_due() == 0
        assert new.memberships.get().person == place.person


def test_the_same_answers_again_change_nothing_and_others_are_refused(allerdale, cumberland, sunita):
    first = ended(allerdale, cumberland, sunita)

    assert ended(allerdale, cumberland, sunita) == first
    assert AuditEvent.objects.filter(action="councils.reorganised").count() == 1
    with pytest.raises(Refused, match="was carried out"):
        ended(allerdale, Organisation.objects.get(slug="westmorland-and-furness"), sunita)


@pytest.mark.parametrize(
    ("slug", "change", "sentence"),
    [
        ("cumbria", {}, "has ended by then"),
        ("allerdale", {}, "cannot take over"),
        ("dclg", {}, "cannot take over"),
        ("cumberland", {"ends_on": dt.date(2022, 1, 1)}, "By the register"),
        ("cumberland", {"order": "  "}, "Name the order"),
    ],
)
def test_what_cannot_be_is_refused(allerdale, sunita, slug, change, sentence):
    to = Organisation.objects.filter(slug=slug).first() or OrganisationFactory(slug="dclg", kind="department")

    with pytest.raises(Refused, match=sentence):
        ended(allerdale, to, sunita, **change)


def test_a_council_is_not_replaced_by_one_that_it_took_over_from(allerdale, cumberland, sunita):
    Organisation.objects.filter(pk=allerdale.pk).update(ends_on=None)

    with pytest.raises(Refused, match="itself took over"):
        reorganise(cumberland, by=sunita, ends_on=clock.today(), carried_on_by=allerdale, order="An order")


def test_only_the_secretariat_records_it(allerdale, cumberland, grace):
    with pytest.raises(PermissionDenied):
        ended(allerdale, cumberland, grace)
    assert not Reorganisation.objects.exists()


def test_the_form_says_what_would_go_over_before_it_is_recorded_and_pickers_drop_the_council(client, sunita, harlow):
    lead = MembershipFactory(organisation=harlow, role=Role.LEAD).person
    ProjectFactory(lead_council=harlow, running=True)
    client.force_login(sunita)
    yesterday = timezone.localdate() - dt.timedelta(days=1)

    page = client.get("/councils/harlow/reorganise/").content.decode()
    assert "1 project it leads" in page
    epping = Organisation.objects.get(slug="epping-forest")
    days = {"day": yesterday.day, "month": yesterday.month, "year": yesterday.year}
    sent = {f"ends_on_{name}": part for name, part in days.items()}
    sent |= {"heir": "known", "carried_on_by": epping.pk, "others": "Nowhere", "order": "An order"}
    assert client.post("/councils/harlow/reorganise/", sent).status_code == 422
    sent["others"] = "Uttlesford\n"
    checked = client.post("/councils/harlow/reorganise/", sent).content.decode()
    for words in (
        "1 project it leads",
        "Epping Forest at once",
        f"{lead} leads Harlow, and then Epping Forest",
        "Uttlesford",
    ):
        assert words in checked
    assert not Reorganisation.objects.exists()
    assert "An order" in client.post("/councils/harlow/reorganise/", {**sent, "step": "change"}).content.decode()
    answer = client.post("/councils/harlow/reorganise/", {**sent, "step": "record"}, follow=True)

    assert "What went on there is now with Epping Forest" in answer.content.decode()
    assert {each.slug for each in harlow.successors.all()} == {"epping-forest", "uttlesford"}
    assert organisations_of(lead) == [epping]
    suggested = [each["text"] for each in client.get("/councils/suggest/?q=Harlow").json()]
    assert not any("Harlow" in each for each in suggested)
    assert any("Epping" in each for each in suggested)
    assert "Carried out" in client.get("/councils/harlow/reorganise/").content.decode()


def test_every_app_that_has_something_going_on_says_so():
    said = {kind.hand_on.__module__ for kind in succession._kinds}

    assert said == {
        "councils.reorganising",
        "projects.succession",
        "assets_registry.succession",
        "take_up.succession",
        "events.succession",
        "publishing.succession",
    }


def test_nothing_is_handed_to_a_council_that_will_have_ended(harlow, surrey, luton, sunita, on_day):
    with on_day(2029, 6, 1):
        ended(harlow, surrey, sunita, ends_on=dt.date(2030, 3, 31))
        for day in (dt.date(2030, 2, 28), dt.date(2030, 3, 31)):
            with pytest.raises(Refused, match="itself is to carry on the work of Harlow"):
                ended(surrey, luton, sunita, ends_on=day)


def test_what_was_counted_on_the_record_is_not_moved_by_a_wrong_year(harlow, luton, allerdale, cumberland, sunita):
    with pytest.raises(Refused, match="31 December 2015"):
        ended(harlow, luton, sunita, ends_on=dt.date(2014, 6, 30))
    with pytest.raises(Refused, match="By the register its last day was 31 March 2023"):
        ended(allerdale, cumberland, sunita, ends_on=dt.date(2022, 3, 31))


def test_an_unverified_entry_stays_and_an_interview_goes_over(allerdale, cumberland, sunita):
    for council in (allerdale, cumberland):
        AssetFactory(legacy=True, name="Contact centre scripts", owner=council)
    interview = interview_of(allerdale, MembershipFactory(organisation=allerdale).person)

    ended(allerdale, cumberland, sunita)

    assert Asset.objects.filter(owner=allerdale).count() == 1
    interview.refresh_from_db()
    assert interview.council == cumberland


def test_one_that_cannot_be_carried_out_keeps_back_no_other(harlow, surrey, luton, sunita, on_day, monkeypatch):
    with on_day(2029, 6, 1):
        for council in (harlow, surrey):
            ended(council, luton, sunita, ends_on=dt.date(2030, 3, 31))
    carry_out = reorganising._carry_out

    def fails_for_harlow(said):
        if said.council == harlow:
            raise IntegrityError
        return carry_out(said)

    monkeypatch.setattr(reorganising, "_carry_out", fails_for_harlow)
    with on_day(2030, 4, 1):
        assert carry_out_what_is_due() == 1
    assert Reorganisation.objects.get(council=surrey).is_carried_out


def test_a_list_that_does_not_know_of_it_brings_no_council_back(harlow, surrey, sunita):
    ended(harlow, surrey, sunita, ends_on=dt.date(2024, 3, 31))

    load_councils(Organisation, EmailDomain, read_table(REFERENCE / "councils.csv", COUNCIL_COLUMNS))

    assert Organisation.objects.get(pk=harlow.pk).ends_on == dt.date(2024, 3, 31)
