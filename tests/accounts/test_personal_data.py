"""One's own data can be read and taken away, and after erasure neither name nor address is found in any table.

Both run off the declarations: a model that gains a subject must gain a line in MADE below.
"""

import datetime as dt
import json
import uuid
from dataclasses import replace

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, models, transaction
from django.urls import reverse

from accounts.models import User
from accounts.operations import close_account, reactivate
from accounts.personal_data import models_about_people, report, what_becomes_of_it
from assets_registry.models import Asset, AssetUpload, CriterionAnswer, HandOver, ProblemReport
from audit.models import AuditEvent
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.privacy import OnErasure, declarations, every_personal_field_is_declared, our_models
from councils.asking import ask
from councils.models import Reorganisation
from events.desk.models import DeskMark
from events.event.speakers import Speaker
from events.floor.models import FloorQuestion, FloorVote
from events.inviting.models import Invitation
from events.models import AgendaItem, EventMessage, PlaceOffer
from events.outputs.models import Output
from events.places.feeds import OwnCalendar
from kpis.models import ReachMetric, ReachValue
from outbox.models import Message, MessageChoice, Pace, PausedAddress
from portal.models import Follow, QueueClaim
from projects.models import NeedSupport, StatusUpdate
from publishing.models import Bundle, DraftComment, EvidenceCheck, FollowUp, NeedAnswer
from questions.models import AnswerSheet
from sealing.models import Mark
from sealing.operations import open_round
from search.models import SavedSearch
from steering.models import BodyAttendance, Decision, GateAssessment, SavedView
from surveys.models import SurveyRelease
from take_up.models import Adoption, StatusConfirmed
from tests.factories.accounts import UserFactory, give_role
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import MembershipFactory, OrganisationFactory, SystemFactory
from tests.factories.events import EventFactory, LeadFactory, OrganiserFactory, SignUpFactory, speaker
from tests.factories.facts import FactCardFactory
from tests.factories.indicators import ServiceReturnFactory
from tests.factories.packs import PackFactory
from tests.factories.projects import BlockFactory, BusinessCaseFactory, InterestFactory, NeedFactory, ProjectFactory
from tests.factories.publishing import interview_of, publish_case_study, shared_draft
from tests.factories.questions import QuestionSetFactory
from tests.factories.steering import (
    BoardActionFactory,
    BoardSeatFactory,
    DecisionFactory,
    FlagAssessmentFactory,
    LocalImpactFactory,
    MeetingFactory,
    MotionFactory,
    PaperFactory,
)
from tests.factories.surveys import a_running, an_invitation
from tests.factories.take_up import (
    AdoptionFactory,
    BenefitFactory,
    CommitmentFactory,
    MeasurementFactory,
    TakeUpPlanFactory,
    TurnedDownFactory,
)
from tests.factories.voting import BallotFactory, voted
from tests.surveys.running import proposed_unread
from voting.models import RollEntry, Vote

pytestmark = [pytest.mark.sql, pytest.mark.django_db]
NAME, ADDRESS = "Zebedee Quillfeather", "zebedee.quillfeather@example.org"


def mark_of(place, by):
    return DeskMark.objects.create(
        event=place.event, sign_up=place, what="in", by=by, client_id=uuid.uuid4(), at=place.event.starts_at
    )


def attendance(name):
    """Somebody of that name came to a meeting for a body."""
    meeting = MeetingFactory(day=dt.date(2014, 3, 3))
    return BodyAttendance.objects.create(meeting=meeting, seat=BoardSeatFactory(), came="present", person=name)


def reach_entered_by(person: User) -> ReachValue:
    metric = ReachMetric.objects.create(slug="opens", name="Opened", kind="monthly", unit="opens", definition="Opened.")
    return ReachValue.objects.create(
        metric=metric, day=dt.date(2014, 11, 1), number=7900, source="The service", entered_by=person
    )


MADE = {
    "accounts.User": lambda person: None,
    "audit.AuditEvent": lambda person: log_action("accounts.signed_up", by=person, about=person),
    "outbox.Message": lambda person: Message.objects.create(
        key="1", kind="tests.notice", person=person, address=ADDRESS, subject=NAME, body=f"{NAME}, {ADDRESS}"
    ),
    "outbox.MessageChoice": lambda person: MessageChoice.objects.create(
        person=person, kind="tests.notice", pace=Pace.OFF
    ),
    "outbox.PausedAddress": lambda person: PausedAddress.objects.create(person=person, address=ADDRESS, words=ADDRESS),
    "surveys.SurveyInvitation": lambda person: an_invitation(a_running(year=2030), email=ADDRESS, name=NAME),
    "kpis.ReachValue": reach_entered_by,
    "surveys.Mention": lambda person: proposed_unread(person),
    "surveys.SurveyRelease": lambda person: SurveyRelease.objects.get(),  # of the same survey
    "kpis.ServiceReturn": lambda person: ServiceReturnFactory(returned_by=person),
    "councils.Membership": lambda person: MembershipFactory(person=person),
    "councils.Enquiry": lambda person: ask(OrganisationFactory(), by=person, words="How?"),
    "projects.Need": lambda person: NeedFactory(raised_by=person, what=f"Ask {ADDRESS} about the bins."),
    "projects.NeedSupport": lambda person: NeedSupport.objects.create(
        need=NeedFactory(),
        council=OrganisationFactory(),
        joined_by=person,
        words=f"Ask {ADDRESS}.",
        said_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    ),
    "projects.Block": lambda person: BlockFactory(raised_by=person),
    "projects.BlockStep": lambda person: BlockFactory().steps.create(level="board", by=person),
    "steering.SavedView": lambda person: SavedView.objects.create(person=person, name="Ours", query="stage=launch"),
    "projects.StatusUpdate": lambda person: StatusUpdate.objects.create(
        project=ProjectFactory(), line="On its way", by=person
    ),
    "projects.Interest": lambda person: InterestFactory(by=person),
    "projects.BusinessCase": lambda person: BusinessCaseFactory(written_by=person),
    "events.Event": lambda person: EventFactory(host=OrganisationFactory(), contact=person),
    "events.SignUp": lambda person: SignUpFactory(person=person, event=EventFactory(started=True)),
    "questions.AnswerSheet": lambda person: AnswerSheet.objects.create(
        set=QuestionSetFactory(), person=person, answers={"who": NAME}
    ),
    "events.FloorQuestion": lambda person: FloorQuestion.objects.create(
        event=EventFactory(), asked_by=person, words="Who pays?"
    ),
    "events.FloorVote": lambda person: FloorVote.objects.create(
        question=FloorQuestion.objects.create(event=EventFactory(), words="When?"), person=person
    ),
    "events.Output": lambda person: Output.objects.create(
        event=EventFactory(), kind="slides", title="Slides", link="https://example.org/", added_by=person
    ),
    "events.Invitation": lambda person: Invitation.objects.create(
        event=EventFactory(), person=person, address=ADDRESS, invited_by=UserFactory()
    ),
    "events.Speaker": lambda person: Speaker.objects.create(
        item=AgendaItem.objects.create(event=EventFactory(), at=dt.time(10), title="Tea"),
        order=1,
        name=NAME,
        person=person,
    ),
    "events.SpeakerClaim": lambda person: speaker().claims.create(person=person),
    "events.DeskMark": lambda person: mark_of(SignUpFactory(event=EventFactory(started=True)), person),
    "events.Lead": lambda person: LeadFactory(person=person),
    "events.OwnCalendar": lambda person: OwnCalendar.objects.create(person=person),
    "events.Organiser": lambda person: OrganiserFactory(person=person),
    "events.EventMessage": lambda person: EventMessage.objects.create(
        event=EventFactory(), by=person, audience="place", subject="A room", words="It is upstairs.", people=1
    ),
    "events.PlaceOffer": lambda person: PlaceOffer.objects.create(
        place=SignUpFactory(person=person),
        giver=person,
        to_email=ADDRESS,
        expires_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    ),
    "sealing.Mark": lambda person: Mark.objects.create(round=open_round("A round", length=9), person=person),
    "voting.RollEntry": lambda person: RollEntry.objects.create(ballot=BallotFactory(), person=person),
    "voting.Vote": lambda person: voted(BallotFactory(), None, person=person),
    "assets_registry.Asset": lambda person: AssetFactory(registered_by=person),
    "take_up.Adoption": lambda person: AdoptionFactory(declared_by=person),
    "take_up.Benefit": lambda person: BenefitFactory(recorded_by=person),
    "take_up.Measurement": lambda person: MeasurementFactory(reported_by=person),
    "take_up.TurnedDown": lambda person: TurnedDownFactory(reported_by=person),
    "take_up.TakeUpPlan": lambda person: TakeUpPlanFactory(made_by=person),
    "assets_registry.AssetUpload": lambda person: AssetUpload.objects.create(
        owner=OrganisationFactory(), uploaded_by=person, file_name=f"{NAME}.csv", total=1
    ),
    "assets_registry.CriterionAnswer": lambda person: CriterionAnswer.objects.create(
        asset=AssetFactory(), criterion="code-in-the-open", version="0.8.0", said_on=dt.date(2026, 1, 1), said_by=person
    ),
    "assets_registry.HandOver": lambda person: HandOver.objects.create(
        asset=AssetFactory(),
        from_owner=OrganisationFactory(),
        to_owner=OrganisationFactory(),
        from_person=UserFactory(),
        to_person=UserFactory(),
        reason="They run it now.",
        handed_by=person,
    ),
    "assets_registry.ProblemReport": lambda person: ProblemReport.objects.create(
        asset=AssetFactory(), reason="wrong", note="It is older.", reported_by=person
    ),
    "councils.Reorganisation": lambda person: Reorganisation.objects.create(
        council=OrganisationFactory(), carried_on_by=OrganisationFactory(), order="An order", said_by=person
    ),
    "councils.System": lambda person: SystemFactory(declared_by=person),
    "portal.QueueClaim": lambda person: QueueClaim.objects.create(person=person, kind="needs", key=1),
    "portal.Follow": lambda person: Follow.objects.create(person=person, need=NeedFactory()),
    "search.SavedSearch": lambda person: SavedSearch.objects.create(person=person, name="Bins", query="q=bins"),
    "take_up.Commitment": lambda person: CommitmentFactory(proposed_by=person),
    "take_up.StatusConfirmed": lambda person: StatusConfirmed.objects.create(
        adoption=AdoptionFactory(), status="live", since=dt.date(2026, 1, 1), said_by=person, confirmed_by=UserFactory()
    ),
    "publishing.Interview": lambda person: interview_of(OrganisationFactory(), person),
    "publishing.Bundle": lambda person: Bundle.objects.create(name="Newsletter", made_by=person),
    "publishing.SharedDraft": lambda person: shared_draft(OrganisationFactory(), made_by=person),
    "publishing.DraftComment": lambda person: DraftComment.objects.create(
        shared=shared_draft(OrganisationFactory(), made_by=UserFactory()), name=NAME, words="The year is wrong."
    ),
    "publishing.EvidenceCheck": lambda person: EvidenceCheck.objects.create(
        case_study=publish_case_study(OrganisationFactory(), title="Checked"),
        person=person,
        asked_by=UserFactory(),
        organisation=OrganisationFactory(),
    ),
    "publishing.FollowUp": lambda person: FollowUp.objects.create(
        case_study=publish_case_study(OrganisationFactory(), title="Followed up"),
        months=6,
        asked_on=dt.date(2026, 1, 5),
        answered_on=dt.date(2026, 1, 6),
        answered_by=person,
        is_running=True,
    ),
    "publishing.NeedAnswer": lambda person: NeedAnswer.objects.create(
        need=NeedFactory(), asset=AssetFactory(), linked_by=person
    ),
    "steering.BoardAction": lambda person: BoardActionFactory(recorded_by=person),
    "steering.Paper": lambda person: PaperFactory(added_by=person),
    "steering.BoardSeat": lambda person: BoardSeatFactory(representative=person),
    "kpis.FactCard": lambda person: FactCardFactory(added_by=person),
    "steering.Pack": lambda person: PackFactory(frozen_by=person),
    "steering.Motion": lambda person: MotionFactory(asked_by=person),
    "steering.GateAssessment": lambda person: GateAssessment.objects.create(
        project=ProjectFactory(), assessed_on=dt.date(2014, 3, 4), rating="green", recorded_by=person
    ),
    "steering.FlagAssessment": lambda person: FlagAssessmentFactory(assessed_by=person),
    "steering.LocalImpact": lambda person: LocalImpactFactory(filled_by=person),
    "steering.Decision": lambda person: Decision.objects.create(
        number="DEC-2026-99",
        title="A decision",
        wording="Agreed.",
        result=Decision.Result.ACCEPTED,
        decided_on=dt.date(2026, 1, 1),
        votes_for=9,
        recorded_by=person,
        implemented_on=dt.date(2026, 1, 2),
        implemented_by=NAME,
    ),
    "steering.BodyAttendance": lambda person: attendance(NAME),
}


# Declared to stay as they were written, without whose they are.
STAY = {("events.FloorQuestion", "words"), ("events.Lead", "words")}
STAY |= {("surveys.SurveyInvitation", "email")}  # by which it is found
STAY |= {("surveys.Mention", "not_invited_again")}  # of its survey: digests, which hold no words


def plant(person, label, row):
    """Put the name and address into every text that the declaration calls personal."""
    if row is None or label in {"audit.AuditEvent", "events.Organiser"}:  # who has accepted keeps no address
        return
    for name in row.privacy.personal:
        field = row._meta.get_field(name)
        if (label, name) not in STAY and not field.is_relation and not isinstance(field, models.BooleanField):
            type(row)._base_manager.filter(pk=row.pk).update(**{name: f"{NAME}, {ADDRESS}"[:120]})


def tables_with(*words):
    """The tables in which any column has one of the words, read by SQL and not through the models."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - the names come from the database itself
            if any(word in str(value) for line in cursor.fetchall() for value in line for word in words):
                found.add(table)
    return found


@pytest.fixture
def zebedee(signed_in):
    """A person with rows of every kind."""
    person = UserFactory(name=NAME, email=ADDRESS, job_title=f"Assistant to {NAME}")
    person.set_password("correct-horse-battery")
    person.save()
    for label, make in MADE.items():
        plant(person, label, make(person))
    SocialAccount.objects.create(user=person, provider="openid_connect", uid="1", extra_data={"email": ADDRESS})
    client = signed_in(person)
    session = client.session
    session["note"] = ADDRESS
    session.save()
    client.logout()
    return person


def test_every_model_about_people_is_tried_here():
    assert {model._meta.label for model, _ in models_about_people()} == set(MADE)


def test_after_erasure_neither_name_nor_address_is_in_any_table(zebedee):
    assert len(tables_with(NAME, ADDRESS)) > 5

    close_account(zebedee, by=zebedee)

    assert tables_with(NAME, ADDRESS) == set()


def test_a_pack_that_may_not_change_keeps_nobody_from_being_erased(zebedee):
    pack = PackFactory(meeting=MeetingFactory(), content={"said": f"Write to {ADDRESS}"})

    close_account(zebedee, by=zebedee)

    zebedee.refresh_from_db()
    pack.refresh_from_db()
    assert zebedee.erased_at is not None
    assert pack.content == {"said": f"Write to {ADDRESS}"}


def test_what_others_rely_on_stays_and_points_at_an_account_without_a_name(zebedee):
    vote = Vote.objects.get(person=zebedee)

    close_account(zebedee, by=zebedee)

    vote.refresh_from_db()
    assert str(vote.person) == "Former member"
    assert Asset.objects.filter(registered_by=zebedee).exists()
    assert not zebedee.memberships.exists()
    line = AuditEvent.objects.get(action="accounts.closed")
    assert line.details["rows"]["councils.Membership"] == 1


def test_a_value_that_is_not_cleared_would_be_found(zebedee, monkeypatch):
    """The control: with the sweep and the clearing off, the search finds what was planted."""
    monkeypatch.setattr("accounts.erasure._forget_rows", lambda *args: 0)
    monkeypatch.setattr("accounts.erasure._sweep", lambda *args: None)

    close_account(zebedee, by=zebedee)

    assert "events_signup" in tables_with(NAME, ADDRESS)


def test_nobody_signs_in_with_an_erased_account(zebedee, sunita):
    close_account(zebedee, by=zebedee)

    zebedee = User.objects.get(pk=zebedee.pk)
    assert not zebedee.is_active
    assert not zebedee.has_usable_password()
    assert not EmailAddress.objects.filter(user=zebedee).exists()
    with pytest.raises(Refused):
        reactivate(zebedee, by=sunita)


def test_nobody_closes_somebody_elses_account(zebedee, grace, sunita):
    with pytest.raises(PermissionDenied):
        close_account(zebedee, by=grace)

    close_account(zebedee, by=sunita)
    assert User.objects.get(pk=zebedee.pk).erased_at


def test_erasing_leaves_other_people_alone(zebedee, amina):
    close_account(zebedee, by=zebedee)

    assert User.objects.get(pk=amina.pk).name == "Amina Shah"
    assert amina.memberships.exists()


def test_the_report_holds_every_model_with_why_and_how_long(zebedee):
    held = report(zebedee)

    assert len(held["sections"]) == len(MADE) + 1
    assert ADDRESS in json.dumps(held)
    for section in held["sections"][:-1]:
        assert all(each["why"] and each["seen_by"] and each["kept"] for each in section["declared"])
    assert zebedee.password not in json.dumps(held)


def other_keys():
    """By model, its keys to people whose row it is not: who confirmed, decided, set something of somebody else's."""
    for model, privacy in declarations():
        for name in privacy.personal:
            if name != privacy.subject and model._meta.get_field(name).related_model is User:
                yield model, name, privacy.personal[name].what


def test_who_did_something_with_what_is_anothers_is_told_that_and_nothing_of_the_other(zebedee):
    reader, done = UserFactory(), []
    for model, name, what in other_keys():
        row = model._base_manager.order_by("pk").first()
        try:
            with transaction.atomic():
                changed = row and model._base_manager.filter(pk=row.pk).update(**{name: reader})
        except IntegrityError:
            continue  # of a row that is not as far
        if changed:
            done.append(
                (str(model._meta.verbose_name_plural).capitalize(), what, f"{what} ({model._meta.verbose_name})")
            )

    told = {each["what"]: each for each in report(reader)["sections"]}
    lines = {what for what, *_ in what_becomes_of_it(reader)}

    assert len(done) > 12
    for section, what, line in done:
        assert told[section]["rows"][-1][what] == "In 1 record"
        assert what in [each["what"] for each in told[section]["declared"]]
        assert line in lines
    assert not [word for word in (NAME, ADDRESS) if word in json.dumps(told)]


@pytest.mark.parametrize("keys", [(1, 2), (2, 1)])
def test_rows_whose_keys_are_by_chance_stand_in_an_order_that_tells_nothing(amina, keys):
    for title, key in zip(("Votes in: Which?", "Reasons in: Which?"), keys, strict=True):
        Mark.objects.create(id=uuid.UUID(int=key), round=open_round(title, length=64), person=amina)

    (marks,) = [each for each in report(amina)["sections"] if each["what"] == "Marks of sealed answers"]
    rounds = [str(row) for row in marks["rows"]]
    assert rounds == sorted(rounds)


def test_a_report_and_erasure_read_no_file_out_of_the_database(zebedee, asked):
    with asked() as statements:
        report(zebedee)
        close_account(zebedee, by=zebedee)

    read = [each for each in statements if each.startswith("SELECT") and "WHERE" in each]
    assert not [each for each in read if '"steering_paper"."content"' in each or '"steering_pack"."pdf"' in each]


def test_who_is_named_as_having_come_or_carried_something_out_is_told_and_forgotten(amina, ben):
    came = attendance(amina.name)
    done = DecisionFactory(implemented_on=clock.today(), implemented_by=f"{amina.name}, Harlow")
    other = DecisionFactory(implemented_on=clock.today(), implemented_by="Aminata Shah")

    told = [section["what"] for section in report(amina)["sections"]]
    assert {"Body attendances", "Decisions"} <= set(told)
    lines = {what: count for what, count, *_ in what_becomes_of_it(amina)}
    assert lines["Who carried it out: a body, or a person by name (decision)"] == 1
    assert "Who minuted it (decision)" not in lines
    assert "Body attendances" not in [section["what"] for section in report(ben)["sections"]]

    close_account(amina, by=amina)

    for row in (came, done, other):
        row.refresh_from_db()
    said = (came.person, done.implemented_by, other.implemented_by)
    assert said == ("[removed]", "[removed], Harlow", "Aminata Shah")


def test_one_reads_and_takes_away_what_is_held(signed_in, zebedee):
    client = signed_in(zebedee)

    assert ADDRESS in client.get("/account/data/").content.decode()
    taken = client.get("/account/data/?format=json")
    assert taken["Content-Disposition"].startswith("attachment")
    assert taken.json()["about"] == ADDRESS


def test_closing_asks_for_the_address_first(signed_in, zebedee):
    client = signed_in(zebedee)
    asked = client.get("/account/close/").content.decode()
    assert "What becomes of what we hold" in asked
    assert "Who did it (audit event)" in asked  # the kind of record tells lines with the same words apart

    page = client.post("/account/close/", {"email": "someone@else.example"}).content.decode()
    assert "not the address of your account" in page
    assert User.objects.get(pk=zebedee.pk).is_active

    client.post("/account/close/", {"email": ADDRESS.upper()})
    assert not User.objects.get(pk=zebedee.pk).is_active
    assert client.get("/account/data/").status_code == 302


def test_a_report_for_a_request_on_paper(zebedee, capsys):
    call_command("subject_report", ADDRESS.upper())

    assert json.loads(capsys.readouterr().out)["about"] == ADDRESS
    with pytest.raises(CommandError, match="Nobody"):
        call_command("subject_report", "nobody@example.org")


def test_a_name_is_cleaned_and_kept_short(signed_in, ben):
    client = signed_in(ben)

    client.post(reverse("accounts:profile"), {"name": "Ben\x00 \u202eOkoro ", "job_title": ""})
    page = client.post(reverse("accounts:profile"), {"name": "B" * 10_000, "job_title": ""})

    assert User.objects.get(pk=ben.pk).name == "Ben Okoro"
    assert page.status_code == 422


def test_a_special_value_is_never_kept_after_erasure():
    for model in our_models():
        for name, personal in getattr(getattr(model, "privacy", None), "personal", {}).items():
            if personal.is_special:
                assert personal.on_erasure is not OnErasure.KEEP, f"{model._meta.label}.{name}"


def test_a_role_goes_with_the_account(zebedee):
    give_role(zebedee)
    zebedee.groups.create(name="Some group")

    close_account(zebedee, by=zebedee)

    assert not zebedee.groups.exists()
    assert not zebedee.authenticator_set.exists()


def test_each_thing_that_somebody_did_to_the_records_of_others_is_counted_by_itself(ben):
    asked = AdoptionFactory(confirmed_by=ben)
    AdoptionFactory(confirmed_by=ben)
    Adoption.objects.filter(pk=asked.pk).update(asked_by=ben, asked_since=clock.today(), asked_status="live")

    [told] = [each for each in report(ben)["sections"] if each["what"] == "Adoptions"]

    assert told["rows"] == [{"Who asked for another status": "In 1 record", "Who confirmed it": "In 2 records"}]


def test_keys_with_the_same_words_are_an_error(monkeypatch):
    assert [each for each in every_personal_field_is_declared() if each.id == "privacy.E003"] == []
    personal = {**Adoption.privacy.personal, "asked_by": Adoption.privacy.personal["confirmed_by"]}
    monkeypatch.setattr(Adoption, "privacy", replace(Adoption.privacy, personal=personal))

    [error] = [each for each in every_personal_field_is_declared() if each.id == "privacy.E003"]
    assert "take_up.Adoption" in error.msg


@pytest.mark.parametrize("by", ["named", "addressed", "coded"])
def test_a_field_by_which_people_are_found_and_which_is_not_declared_is_an_error(monkeypatch, by):
    monkeypatch.setattr(Adoption, "privacy", replace(Adoption.privacy, **{by: "no_such_field"}))

    said = [each.msg for each in every_personal_field_is_declared() if each.id == "privacy.E004"]

    assert said[0] == "take_up.Adoption finds people by no_such_field, which it does not declare."
    assert len(said) == (2 if by == "coded" else 1)  # nothing looks its codes up either
