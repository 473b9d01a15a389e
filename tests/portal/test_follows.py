"""Following a record, a service or a council: one hears of what moved, and of nothing that one may not see."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.operations import close_account
from assets_registry.models import Asset
from audit.operations import log_action
from core import clock
from core.errors import Refused
from councils.founding import NewCouncil
from councils.models import Membership
from councils.reorganising import reorganise, take_back_reorganisation
from outbox.models import Message, Pace
from portal.follows import operations
from portal.follows.emails import followed_moved, follows_digest
from portal.follows.queries import follows_of, moves_of
from portal.inbox.week import week_of
from portal.models import Follow
from projects.needs.operations import withdraw_need
from projects.portfolio.operations import post_update
from take_up.operations import change_adoption
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import MembershipFactory, OrganisationFactory, ServiceFactory
from tests.factories.events import EventFactory
from tests.factories.projects import NeedFactory, ProjectFactory
from tests.factories.publishing import publish_case_study, publish_news
from tests.factories.take_up import AdoptionFactory
from tests.factories.voting import OptionFactory
from tests.pages import words
from voting.models import Ballot

pytestmark = [pytest.mark.sql, pytest.mark.django_db, pytest.mark.usefixtures("mail_at_any_time")]

Rhythm = Follow.Rhythm
FRIDAY = dt.datetime(2026, 11, 27, 12, tzinfo=dt.UTC)
MONDAY = dt.datetime(2026, 11, 30, 5, 30, tzinfo=dt.UTC)


def project_lead(project):
    return MembershipFactory(organisation=project.lead_council, role=Membership.Role.LEAD).person


# Following -------------------------------------------------------------------------------------------------


def test_a_record_is_followed_from_its_page_without_javascript(signed_in, ben):
    asset = AssetFactory(slug="bins", name="Bins")
    client = signed_in(ben)
    address = "/account/follows/asset/bins/"
    assert address in words(client.get("/assets/bins/"))

    response = client.post(address, {"rhythm": "daily"}, follow=True)

    assert "You follow Bins. You hear of it daily." in words(response)
    assert "You follow this and hear of it daily." in words(response)
    assert list(Follow.objects.values_list("person", "asset", "rhythm")) == [(ben.pk, asset.pk, "daily")]


@pytest.mark.parametrize("make", [AssetFactory, ProjectFactory, NeedFactory, OrganisationFactory])
def test_each_page_offers_it_and_a_stranger_is_led_to_sign_in_and_back(client, make):
    record = make()
    address = f"/account/follows/{record._meta.model_name}/{record.slug}/"
    assert address in words(client.get(record.get_absolute_url()))

    response = client.get(address)

    assert response.status_code == 302
    assert response["Location"].endswith(f"?next={address}")


def test_sent_twice_it_makes_one_row(ben):
    need = NeedFactory()

    operations.follow(need, rhythm=Rhythm.WEEKLY, by=ben)
    operations.follow(need, rhythm=Rhythm.DAILY, by=ben)

    assert list(Follow.objects.values_list("rhythm", flat=True)) == ["daily"]


def test_the_database_holds_one_row_a_record_and_one_record_a_row(ben):
    need, service = NeedFactory(), ServiceFactory()
    Follow.objects.create(person=ben, need=need)

    for wrong in ({"need": need}, {"need": need, "service": service}, {}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Follow.objects.create(person=ben, **wrong)


def test_what_somebody_may_not_read_they_cannot_follow(signed_in, ben):
    AssetFactory(slug="draft", state=Asset.State.DRAFT, published_at=None)

    assert signed_in(ben).get("/account/follows/asset/draft/").status_code == 404
    assert signed_in(ben).get("/account/follows/person/draft/").status_code == 404


def test_there_is_an_end_to_what_one_person_follows(ben, monkeypatch):
    monkeypatch.setattr(operations, "MOST", 1)
    operations.follow(NeedFactory(), rhythm=Rhythm.WEEKLY, by=ben)

    with pytest.raises(Refused, match="You follow 1 things"):
        operations.follow(NeedFactory(), rhythm=Rhythm.WEEKLY, by=ben)


def test_one_page_lists_what_is_followed_changes_it_and_stops(signed_in, ben):
    need, project, service = NeedFactory(title="Missed bins"), ProjectFactory(title="One form"), ServiceFactory()
    rows = [operations.follow(record, rhythm=Rhythm.WEEKLY, by=ben) for record in (need, project, service)]
    client = signed_in(ben)
    page = words(client.get("/account/follows/"))
    assert all(str(record) in page for record in (need, project, service))

    marks = {f"need_{rows[0].pk}": "at_once", f"project_{rows[1].pk}": "stop", f"service_{rows[2].pk}": "weekly"}
    client.post("/account/follows/", marks)

    assert dict(Follow.objects.values_list("pk", "rhythm")) == {rows[0].pk: "at_once", rows[2].pk: "weekly"}


def test_what_one_may_read_no_longer_keeps_its_name_to_itself_and_can_be_stopped(signed_in, amina, harlow):
    draft = AssetFactory(name="Bin sensors", owner=harlow, state=Asset.State.DRAFT, published_at=None)
    followed = operations.follow(draft, by=amina, rhythm="weekly")
    amina.memberships.update(state="ended")
    client = signed_in(amina)

    page = words(client.get("/account/follows/"))
    assert "Bin sensors" not in page
    assert "Something that you may read no longer" in page
    client.post("/account/follows/", {f"asset_{followed.pk}": "stop"})
    assert not Follow.objects.exists()


def test_nobody_changes_what_another_follows(signed_in, ben, amina):
    row = operations.follow(NeedFactory(), rhythm=Rhythm.WEEKLY, by=amina)

    signed_in(ben).post("/account/follows/", {f"need_{row.pk}": "stop"})
    operations.choose_rhythms(ben, rhythms={row.pk: operations.STOP}, by=ben)

    assert Follow.objects.filter(pk=row.pk).exists()


def test_a_service_is_chosen_from_a_list(signed_in, ben):
    service = ServiceFactory(name="Parking")

    asked = {"service": service.pk, "rhythm": "weekly"}
    response = signed_in(ben).post("/account/follows/service/", asked, follow=True)

    assert "You follow Parking. You hear of it weekly." in words(response)


def test_stopping_leaves_nothing(signed_in, ben):
    need = NeedFactory()
    operations.follow(need, rhythm=Rhythm.WEEKLY, by=ben)

    signed_in(ben).post(f"/account/follows/need/{need.slug}/stop/")

    assert not Follow.objects.exists()


def test_closing_an_account_forgets_what_it_followed(ben):
    operations.follow(NeedFactory(), rhythm=Rhythm.WEEKLY, by=ben)

    close_account(ben, by=ben)

    assert not Follow.objects.exists()


# What moved ------------------------------------------------------------------------------------------------


def test_the_home_page_shows_what_is_followed_with_its_reason(ben, fatima):
    with clock.at(FRIDAY):
        need, project, asset = NeedFactory(title="Missed bins"), ProjectFactory(), AssetFactory(name="API")
        parking = ServiceFactory(name="Parking")
        for record in (need, project, asset, parking):
            operations.follow(record, rhythm=Rhythm.WEEKLY, by=ben)
        AdoptionFactory(asset=asset, council=OrganisationFactory(name="Luton"), confirmed_at=clock.now(), noted=True)
        NeedFactory(title="Permits", service=parking, raised_at=clock.now())
        withdraw_need(need, reason="It is solved.", by=fatima)

        week = week_of(ben)

    reasons = {line.title: line.because for line in week.moved}
    assert reasons["Missed bins"] == "you follow it"
    assert reasons["Luton uses API"] == "you follow it"
    assert [line.title for line in week.new] == ["Permits"]


def test_the_digest_of_the_week_stands_under_services_and_says_why(ben, deliver):
    with clock.at(FRIDAY):
        parking = ServiceFactory(name="Parking")
        project = ProjectFactory(title="One form", service=None)
        operations.follow(parking, rhythm=Rhythm.WEEKLY, by=ben)
        operations.follow(project, rhythm=Rhythm.WEEKLY, by=ben)
        need = NeedFactory(title="Permits", service=parking, raised_at=clock.now())
        event = EventFactory(title="A day on parking")
        event.services.add(parking)
        log_action("events.published", by=None, about=event)
    with clock.at(MONDAY):
        operations.ask_for_digests()
    with clock.at(MONDAY + dt.timedelta(hours=2)):
        [letter] = deliver()
        for _ in range(2):
            operations.ask_for_digests()
        assert deliver() == []

    assert "1. Parking\n\nA day on parking: 27 Nov" in letter.body
    assert "Permits: 27 Nov" in letter.body
    assert "Because you follow Parking." in letter.body
    assert "Because you follow it." in letter.body
    assert need.get_absolute_url() in letter.body
    assert "List-Unsubscribe" in letter.extra_headers


def test_nothing_is_sent_where_nothing_moved(ben, deliver):
    with clock.at(FRIDAY):
        operations.follow(NeedFactory(), rhythm=Rhythm.DAILY, by=ben)
    with clock.at(MONDAY + dt.timedelta(hours=2)):
        operations.ask_for_digests()

        assert deliver() == []


def test_the_daily_digest_holds_yesterday_alone(ben, deliver):
    with clock.at(FRIDAY - dt.timedelta(days=2)):
        project = ProjectFactory(title="One form")
        operations.follow(project, rhythm=Rhythm.DAILY, by=ben)
    with clock.at(FRIDAY - dt.timedelta(days=1)):
        post_update(project, line="The first try works.", by=project_lead(project))
    with clock.at(FRIDAY):
        operations.ask_for_digests()
        [letter] = deliver()
    with clock.at(FRIDAY + dt.timedelta(days=1)):
        operations.ask_for_digests()
        assert deliver() == []

    assert "The first try works." in letter.body
    assert "A project was started" not in letter.body


def test_who_begins_in_the_middle_of_a_week_is_written_to_when_it_is_over(ben, deliver):
    with clock.at(MONDAY - dt.timedelta(days=4)):
        project = ProjectFactory(title="One form")
        post_update(project, line="Old news.", by=project_lead(project))
    with clock.at(MONDAY + dt.timedelta(days=2)):
        operations.follow(project, rhythm=Rhythm.DAILY, by=ben)
        operations.follow(project, rhythm=Rhythm.WEEKLY, by=ben)
    with clock.at(MONDAY + dt.timedelta(days=3)):
        operations.ask_for_digests()
        assert deliver() == []
        post_update(project, line="The first try works.", by=project_lead(project))
    with clock.at(MONDAY + dt.timedelta(days=7, hours=2)):
        operations.ask_for_digests()
        [letter] = deliver()

    assert "The first try works." in letter.body
    assert "Old news." not in letter.body


def test_each_change_is_mailed_once_and_never_ones_own(ben, deliver):
    with clock.at(FRIDAY - dt.timedelta(days=1)):
        project = ProjectFactory(title="One form")
        lead = project_lead(project)
    with clock.at(FRIDAY):
        for person in (ben, lead):
            operations.follow(project, rhythm=Rhythm.AT_ONCE, by=person)
    with clock.at(FRIDAY + dt.timedelta(minutes=10)):
        post_update(project, line="The first try works.", by=lead)
        operations.tell_at_once()
        [letter] = deliver()
        operations.tell_at_once()
    with clock.at(FRIDAY + dt.timedelta(minutes=20)):
        operations.tell_at_once()
        assert deliver() == []

    assert letter.to == [ben.email]
    assert "The first try works." in letter.body
    assert "You get this because you follow it" in letter.body
    assert "List-Unsubscribe-Post" in letter.extra_headers


def test_what_moved_before_one_followed_is_not_told_at_once(ben, deliver):
    with clock.at(FRIDAY - dt.timedelta(hours=1)):
        project = ProjectFactory()
        post_update(project, line="Old news.", by=project_lead(project))
    with clock.at(FRIDAY):
        operations.follow(project, rhythm=Rhythm.AT_ONCE, by=ben)
    with clock.at(FRIDAY + dt.timedelta(minutes=5)):
        operations.tell_at_once()

        assert deliver() == []


def changes(adoption, *steps: tuple[str, dt.datetime]) -> None:
    """Let the lead of a council say in turn what it does with an asset."""
    lead = MembershipFactory(organisation=adoption.council, role=Membership.Role.LEAD).person
    for status, moment in steps:
        with clock.at(moment):
            change_adoption(adoption, by=lead, status=status, since=moment.date())


def test_what_changed_there_and_back_within_a_week_is_told_as_it_went(ben, deliver):
    with clock.at(FRIDAY - dt.timedelta(days=7)):
        adoption = AdoptionFactory(asset__name="API", council__name="Luton", noted=True)
    with clock.at(FRIDAY - dt.timedelta(days=4)):
        operations.follow(adoption.asset, rhythm=Rhythm.WEEKLY, by=ben)
    hours = dt.timedelta(hours=1)
    changes(adoption, ("retired", FRIDAY), ("live", FRIDAY + hours))
    with clock.at(MONDAY + dt.timedelta(hours=2)):
        operations.ask_for_digests()
        [letter] = deliver()

    gone, back = letter.body.index("Luton no longer uses API"), letter.body.index("Luton uses API")
    assert gone < back
    assert "Retired since 27 November 2026. By now: live since 27 November 2026." in letter.body
    assert "2 things moved" in letter.subject


def test_what_changes_again_before_the_digest_goes_is_told_as_it_was_and_as_it_is(ben, deliver):
    with clock.at(FRIDAY - dt.timedelta(days=4)):
        adoption = AdoptionFactory(asset__name="API", council__name="Luton", status="piloting")
        operations.follow(adoption.asset, rhythm=Rhythm.WEEKLY, by=ben)
    changes(adoption, ("live", FRIDAY), ("retired", MONDAY))
    with clock.at(MONDAY + dt.timedelta(hours=2)):
        operations.ask_for_digests()
        [letter] = deliver()

    assert "Luton uses API" in letter.body
    assert "Live since 27 November 2026. By now: retired since 30 November 2026." in letter.body
    assert "no longer uses" not in letter.body  # that is of the next week


def test_a_change_back_is_mailed_at_once_as_the_first_was(ben, deliver):
    with clock.at(FRIDAY - dt.timedelta(days=2)):
        adoption = AdoptionFactory(asset__name="API", council__name="Luton", status="piloting", noted=True)
    with clock.at(FRIDAY - dt.timedelta(days=1)):
        operations.follow(adoption.asset, rhythm=Rhythm.AT_ONCE, by=ben)
    subjects = []
    for hour, status in enumerate(["live", "retired", "live", "retired"]):
        moment = FRIDAY + dt.timedelta(hours=hour)
        changes(adoption, (status, moment))
        with clock.at(moment + dt.timedelta(minutes=5)):
            operations.tell_at_once()
            subjects += [letter.subject for letter in deliver()]

    assert subjects == ["Luton uses API has moved", "Luton no longer uses API has moved"] * 2


def test_a_vote_that_is_paused_and_goes_on_is_mailed_once(ben, deliver):
    with clock.at(FRIDAY - dt.timedelta(days=1)):
        option = OptionFactory()
    with clock.at(FRIDAY):
        option.prototype.needs.add(need := NeedFactory())
        operations.follow(need, rhythm=Rhythm.AT_ONCE, by=ben)
    told = []
    for minute, state in enumerate(["open", "paused", "open"], start=5):
        with clock.at(FRIDAY + dt.timedelta(minutes=minute)):
            paused_at = clock.now() if state == "paused" else None
            moment = FRIDAY + dt.timedelta(minutes=4)
            Ballot.objects.update(state=state, opened_at=moment, paused_at=paused_at)
            log_action("voting.ballot_opened", by=None, about=option.ballot)
            operations.tell_at_once()
            told += [letter.subject for letter in deliver()]

    assert told == [f"{option.ballot.question} has moved"]


def test_whoever_raised_a_need_is_not_told_twice_that_it_moved(amina, fatima):
    need = NeedFactory(raised_by=amina)
    operations.follow(need, rhythm=Rhythm.AT_ONCE, by=amina)

    withdraw_need(need, reason="It is solved.", by=fatima)
    operations.tell_at_once()

    assert not Message.objects.filter(kind=followed_moved.name).exists()


@pytest.mark.parametrize("rhythm", [Rhythm.AT_ONCE, Rhythm.WEEKLY])
def test_what_is_restricted_before_the_mail_goes_is_not_told(ben, deliver, rhythm):
    with clock.at(FRIDAY):
        asset = AssetFactory(name="API")
        operations.follow(asset, rhythm=rhythm, by=ben)
        later = clock.now() + dt.timedelta(minutes=1)
        AdoptionFactory(asset=asset, council=OrganisationFactory(name="Luton"), confirmed_at=later, noted=True)
    with clock.at(FRIDAY + dt.timedelta(minutes=5)):
        log_action("assets_registry.adoption_confirmed", by=None, about=asset.adoptions.get())
        operations.tell_at_once()
    with clock.at(MONDAY):
        operations.ask_for_digests()
    assert Message.objects.filter(kind__in=[followed_moved.name, follows_digest.name]).count() == 1
    Asset.objects.update(state=Asset.State.DRAFT)

    with clock.at(MONDAY + dt.timedelta(hours=2)):
        assert deliver() == []


def test_no_longer_followed_before_the_mail_goes_it_is_not_told(ben, deliver):
    with clock.at(FRIDAY):
        project = ProjectFactory()
        operations.follow(project, rhythm=Rhythm.AT_ONCE, by=ben)
        post_update(project, line="News.", by=project_lead(project))
        operations.tell_at_once()
        operations.stop_following(project, by=ben)

        assert deliver() == []


def test_signed_out_one_press_in_the_mail_stops_the_digests(client, ben, deliver):
    with clock.at(FRIDAY):
        operations.follow(ProjectFactory(), rhythm=Rhythm.WEEKLY, by=ben)
    with clock.at(MONDAY + dt.timedelta(hours=2)):
        operations.ask_for_digests()
        [letter] = deliver()
    client.post(letter.extra_headers["List-Unsubscribe"].strip("<>"))

    assert dict(ben.message_choices.values_list("kind", "pace")) == {follows_digest.name: Pace.OFF}


def test_the_page_says_that_the_mails_are_turned_off(signed_in, ben):
    ben.message_choices.create(kind=follows_digest.name, pace=Pace.OFF)

    assert "You have turned off these messages" in words(signed_in(ben).get("/account/follows/"))


def test_reading_what_moved_costs_the_same_for_much_as_for_little(ben):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            moves_of(ben, list(follows_of(ben)), since=clock.now() - dt.timedelta(days=1))
        return len(asked)

    def more():
        service = ServiceFactory()
        asset, project, need = AssetFactory(), ProjectFactory(service=service), NeedFactory(service=service)
        asset.services.add(service)
        AdoptionFactory(asset=asset, confirmed_at=clock.now(), noted=True)
        for record in (asset, project, need, service):
            operations.follow(record, rhythm=Rhythm.DAILY, by=ben)

    more()
    few = queries()
    for _ in range(5):
        more()

    assert queries() == few


# A council --------------------------------------------------------------------------------------------------


def test_a_council_is_followed_from_its_page_and_one_that_has_ended_is_not(signed_in, ben, surrey):
    client, address = signed_in(ben), "/account/follows/organisation/surrey/"
    assert address in words(client.get("/councils/surrey/"))
    assert "/account/follows/organisation/" not in words(client.get("/councils/allerdale/"))
    assert client.get("/account/follows/organisation/hmrc/").status_code == 404

    response = client.post(address, {"rhythm": "daily"}, follow=True)

    assert "You follow Surrey. You hear of it daily." in words(response)
    assert "Councils" in words(client.get("/account/follows/"))


def test_what_a_followed_council_publishes_raises_and_takes_up_is_told_and_nothing_of_others(ben, surrey, deliver):
    with clock.at(FRIDAY):
        operations.follow(surrey, rhythm=Rhythm.WEEKLY, by=ben)
        for council, which in ((surrey, "Surrey"), (OrganisationFactory(name="Luton"), "Luton")):
            publish_case_study(council, title=f"Study of {which}")
            publish_news(title=f"News of {which}", slug=f"news-{which}", council=council, published_on=clock.today())
            NeedFactory(title=f"Need of {which}", council=council, raised_at=clock.now())
            AdoptionFactory(asset__name=f"API {which}", council=council, confirmed_at=clock.now(), noted=True)
    with clock.at(MONDAY):
        operations.ask_for_digests()
    with clock.at(MONDAY + dt.timedelta(hours=2)):
        [letter] = deliver()

    assert "4 things moved" in letter.subject
    for title in ("Study of Surrey", "News of Surrey", "Need of Surrey", "Surrey uses API Surrey"):
        assert title in letter.body
    assert "Because you follow Surrey." in letter.body
    assert "Luton" not in letter.body


def test_a_followed_council_is_told_of_at_once_and_of_what_one_did_oneself_not(ben, surrey, deliver):
    with clock.at(FRIDAY):
        operations.follow(surrey, rhythm=Rhythm.AT_ONCE, by=ben)
    with clock.at(FRIDAY + dt.timedelta(minutes=5)):
        need = NeedFactory(title="Permits", council=surrey, raised_at=clock.now())
        log_action("projects.raised_need", by=need.raised_by, about=need)
        operations.tell_at_once()
        [letter] = deliver()

    assert letter.subject == "Permits has moved"


def test_whoever_followed_a_council_follows_the_one_that_its_work_is_with(ben, amina, harlow, luton, sunita):
    founded = reorganise(
        harlow,
        by=sunita,
        ends_on=dt.date(2099, 3, 31),
        carried_on_by=NewCouncil("West Essex", "West Essex Council", "unitary", "East of England"),
        order="An order",
    ).carried_on_by
    operations.follow(founded, rhythm=Rhythm.DAILY, by=ben)
    operations.follow(founded, rhythm=Rhythm.DAILY, by=amina)
    operations.follow(harlow, rhythm=Rhythm.WEEKLY, by=amina)

    take_back_reorganisation(harlow, by=sunita)  # with which the council that was founded for it is gone

    kept = {(one.person, one.organisation, one.rhythm) for one in Follow.objects.all()}
    assert kept == {(ben, harlow, Rhythm.DAILY), (amina, harlow, Rhythm.WEEKLY)}
    reorganise(harlow, by=sunita, ends_on=clock.today() - dt.timedelta(1), carried_on_by=luton, order="An order")
    kept = {(one.person, one.organisation, one.rhythm) for one in Follow.objects.all()}
    assert kept == {(ben, luton, Rhythm.DAILY), (amina, luton, Rhythm.WEEKLY)}
