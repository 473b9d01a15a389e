"""When somebody leaves a council, all that is in their name there goes to one colleague in one step.

Its lead or the secretariat says so, sees how much there is and no title of a draft, and nothing is left behind.
"""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import User
from accounts.operations import close_account
from accounts.roles import Role as RoleOfTheAlliance
from assets_registry.models import Asset, HandOver
from audit.models import AuditEvent
from audit.words import notes
from core import clock
from core.errors import Refused
from core.privacy import our_models
from councils import handing_over, leaving
from councils.handing_over import hand_over_work
from councils.models import Membership
from councils.operations import end_membership
from portal.inbox.week import waiting_for
from portal.queue.attention import attention_for
from projects.needs.models import NeedSupport
from publishing.models import CaseStudyPage, EvidenceCheck
from publishing.permissions import own_interviews
from tests.factories.accounts import give_role
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import MembershipFactory, OrganisationFactory
from tests.factories.events import EventFactory, OrganiserFactory
from tests.factories.projects import BlockFactory, BusinessCaseFactory, InterestFactory, NeedFactory, ProjectFactory
from tests.factories.publishing import interview_of, publish_case_study, shared_draft
from tests.factories.take_up import AdoptionFactory, BenefitFactory, CommitmentFactory
from tests.pages import words
from tests.publishing.drafts import draft_of

pytestmark = pytest.mark.django_db
Role, State = Membership.Role, Membership.State
# Keys to people that stay when somebody leaves. A new key to a person either stands here or is handed over.
DONE_ALREADY = """
    steering.Decision.recorded_by steering.Paper.added_by steering.BoardAction.recorded_by
    steering.GateAssessment.recorded_by steering.Motion.asked_by steering.Pack.frozen_by kpis.FactCard.added_by
    kpis.ServiceReturn.returned_by kpis.ReachValue.entered_by
    steering.FlagAssessment.assessed_by steering.LocalImpact.filled_by publishing.Bundle.made_by
    publishing.Picture.uploaded_by_user publishing.Download.uploaded_by_user publishing.NeedAnswer.linked_by
    publishing.FollowUp.answered_by take_up.Adoption.asked_by take_up.Adoption.declared_by
    take_up.Adoption.confirmed_by take_up.Measurement.reported_by take_up.Measurement.checked_by
    take_up.Measurement.explained_by take_up.Commitment.confirmed_by take_up.StatusConfirmed.said_by
    take_up.StatusConfirmed.confirmed_by take_up.TakeUpPlan.made_by take_up.TurnedDown.reported_by
    take_up.TurnedDown.by voting.Ballot.opened_by voting.PaperBatch.entered_by voting.PaperBatch.confirmed_by
    voting.Reason.moderated_by voting.RecordCode.closed_by assets_registry.ProblemReport.answered_by
    assets_registry.HandOver.from_person assets_registry.HandOver.to_person assets_registry.HandOver.handed_by
    assets_registry.CriterionAnswer.said_by events.Event.made_by events.Organiser.given_by events.DeskMark.by
    events.Invitation.invited_by events.Output.added_by events.EventMessage.by projects.Need.raised_by
    projects.StatusUpdate.by projects.BusinessCase.submitted_by projects.BlockStep.by projects.Interest.answered_by
    councils.Membership.decided_by councils.Reorganisation.said_by councils.System.declared_by
    councils.System.confirmed_by audit.AuditEvent.by
""".split()
ONES_OWN = """
    portal.Follow.person search.SavedSearch.person steering.SavedView.person voting.RollEntry.person
    voting.Vote.person assets_registry.ProblemReport.reported_by events.SignUp.person events.Speaker.person
    events.SpeakerClaim.person events.FloorQuestion.asked_by events.FloorVote.person events.Invitation.person
    events.Lead.person events.OwnCalendar.person events.PlaceOffer.giver events.PlaceOffer.colleague
    councils.Membership.person councils.Enquiry.asker councils.Enquiry.person outbox.Message.person
    outbox.MessageChoice.person outbox.PausedAddress.person questions.AnswerSheet.person sealing.Mark.person
""".split()
# What somebody took from the queue waits for others once they no longer see it.
GIVEN_BY_THE_ALLIANCE = [
    "steering.BoardSeat.representative",
    "projects.Discovery.facilitator",
    "portal.QueueClaim.person",
    "surveys.SurveyInvitation.level_set_by",
    "surveys.Mention.coded_by",
    "surveys.SurveyRelease.proposed_by",
    "surveys.SurveyRelease.confirmed_by",
]


@pytest.fixture
def petra(harlow):
    return MembershipFactory(person__name="Petra Novak", organisation=harlow, role=Role.PUBLISHER).person


def one_of_each(person, council):
    """A row of every kind that goes over."""
    asset = AssetFactory(owner=council, registered_by=person)
    AssetFactory(owner=council, registered_by=person, state=Asset.State.DRAFT, published_at=None)
    asset.owner.uploads.create(uploaded_by=person, file_name="list.csv", digest="1", total=1)
    project = ProjectFactory(running=True, lead_council=council, contact=person)
    BusinessCaseFactory(project=project, written_by=person)
    NeedFactory(council=council, raised_by=person)
    InterestFactory(council=council, by=person)
    BlockFactory(project=project, raised_by=person)
    today = clock.today()
    BenefitFactory(project=project, recorded_by=person, claimed_on=today)
    BenefitFactory(
        project=None, adoption=AdoptionFactory(asset=asset, council=council), recorded_by=person, claimed_on=today
    )
    CommitmentFactory(council=council, proposed_by=person)
    event = EventFactory(host=council, contact=person, starts_at=clock.now() + dt.timedelta(days=9))
    OrganiserFactory(event=event, person=person)
    interview_of(council, person)
    draft = draft_of(council, person)
    draft.get_workflow().start(draft, person)
    page = publish_case_study(council, title="Kept up", owner=person)
    shared_draft(council, made_by=person)
    elsewhere = publish_case_study(OrganisationFactory(), title="Of others")
    asked = {"figures": "410 to 268", "case_study": elsewhere}
    others = MembershipFactory().person
    EvidenceCheck.objects.create(person=person, organisation=council, asked_by=others, **asked)
    EvidenceCheck.objects.create(
        person=others, organisation=OrganisationFactory(), asked_by=person, **asked | {"case_study": page}
    )


def names_of_kinds(person, council):
    return [kind.noun[0] for kind in leaving._kinds if not kind.of(person, council).exists()]


def test_every_key_to_a_person_goes_over_or_is_said_to_stay():
    handed = {f"{kind.rows().model._meta.label}.{kind.person}" for kind in leaving._kinds}
    keys = {
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.local_fields
        if field.related_model is User
    }

    assert keys - handed == {*DONE_ALREADY, *ONES_OWN, *GIVEN_BY_THE_ALLIANCE}


def test_all_of_it_goes_over_at_once_and_nothing_is_left_behind(harlow, amina, petra, grace, sunita, deliver):
    one_of_each(amina, harlow)
    promise_of_page = {"promise of a case study to follow up"}
    assert set(names_of_kinds(amina, harlow)) <= promise_of_page
    end_membership(amina.memberships.get(), by=grace)
    assert leaving.left_behind()[harlow.pk] > 15
    assert any(each.words == "1 council with work of people who left" for each in attention_for(sunita))

    went = hand_over_work(harlow, by=grace, was=amina, to=petra)

    assert leaving.in_the_name_of(amina, harlow) == []
    assert leaving.left_behind() == {}
    assert len(went) > 15
    assert HandOver.objects.filter(from_person=amina, to_person=petra, handed_by=grace).count() == 2
    assert own_interviews(petra).count() == 1
    assert NeedSupport.objects.get(council=harlow).joined_by == petra
    line = AuditEvent.objects.get(action="councils.work_handed_over", by=grace)
    assert line.details["was"] == amina.pk
    [letter] = [mail for mail in deliver() if mail.to == [petra.email] and "You take over" in mail.subject]
    assert "1 draft of an asset" in letter.body
    assert "Fewer missed bins" not in letter.body


def test_who_stays_is_told_that_a_colleague_took_over_and_who_leaves_is_told_that_alone(
    harlow, amina, petra, grace, deliver
):
    AssetFactory(owner=harlow, registered_by=amina, name="Bin days", state=Asset.State.DRAFT, published_at=None)

    hand_over_work(harlow, by=grace, was=amina, to=petra)

    [letter] = [mail for mail in deliver() if mail.to == [amina.email]]
    assert letter.subject == f"{petra} takes over your work at Harlow"
    assert "Bin days" not in letter.body

    hand_over_work(harlow, by=grace, was=petra, to=amina, ends_place=True)

    assert not any("takes over your work" in mail.subject for mail in deliver())


def test_what_was_done_and_what_is_ones_own_stays(harlow, amina, petra, grace):
    need = NeedFactory(council=harlow, raised_by=amina)
    of_others = AssetFactory(registered_by=amina)
    page = draft_of(harlow, amina)

    hand_over_work(harlow, by=grace, was=amina, to=petra)

    need.refresh_from_db()
    of_others.refresh_from_db()
    assert need.raised_by == amina
    assert of_others.registered_by == amina
    assert page.revisions.get().user == amina
    assert CaseStudyPage.objects.get(pk=page.pk).owner == petra


def test_the_role_and_the_end_of_the_place_come_with_it(harlow, amina, petra, grace):
    AssetFactory(owner=harlow, registered_by=petra)

    hand_over_work(harlow, by=grace, was=petra, to=amina, gives_role=True, ends_place=True)

    assert amina.memberships.get().role == Role.PUBLISHER
    assert petra.memberships.get().state == State.ENDED


def test_of_a_closed_account_too(harlow, amina, petra, grace):
    asset = AssetFactory(owner=harlow, registered_by=amina)
    close_account(amina, by=amina)
    assert leaving.left_behind() == {harlow.pk: 1}

    hand_over_work(harlow, by=grace, was=amina, to=petra)

    asset.refresh_from_db()
    assert asset.registered_by == petra


@pytest.mark.parametrize("who", ["amina", "petra", "ben", "carlos", "edith"])
def test_only_a_lead_or_the_secretariat_hands_over(who, harlow, amina, petra, request):
    AssetFactory(owner=harlow, registered_by=amina)

    with pytest.raises(PermissionDenied):
        hand_over_work(harlow, by=request.getfixturevalue(who), was=amina, to=petra)


def test_only_to_somebody_who_writes_for_the_same_council(harlow, surrey, amina, grace, carlos):
    AssetFactory(owner=harlow, registered_by=amina)
    reader = MembershipFactory(organisation=harlow, role=Role.READER).person
    waits = MembershipFactory(organisation=harlow, state=State.CANDIDATE).person

    for nobody in (carlos, reader, waits):
        with pytest.raises(Refused, match="does not write for Harlow"):
            hand_over_work(harlow, by=grace, was=amina, to=nobody)
    with pytest.raises(Refused, match="somebody else"):
        hand_over_work(harlow, by=grace, was=amina, to=amina)
    assert Asset.objects.get(owner=harlow).registered_by == amina


def test_a_check_that_the_colleague_may_not_answer_waits_for_nobody(harlow, amina, petra, grace):
    page = publish_case_study(OrganisationFactory(), title="Of others", owner=petra)
    asker = MembershipFactory().person
    EvidenceCheck.objects.create(case_study=page, figures="1", person=amina, organisation=harlow, asked_by=asker)

    hand_over_work(harlow, by=grace, was=amina, to=petra)

    assert not EvidenceCheck.objects.exists()


def test_what_ends_with_a_hand_over_is_not_said_to_have_gone_over(harlow, amina, petra, grace):
    page, asker = publish_case_study(OrganisationFactory()), MembershipFactory().person
    for person in (amina, petra):
        EvidenceCheck.objects.create(case_study=page, figures="1", person=person, organisation=harlow, asked_by=asker)
    AssetFactory(owner=harlow, registered_by=amina)

    went = hand_over_work(harlow, by=grace, was=amina, to=petra)

    assert len(went) == 1
    assert "asset" in went[0]
    assert EvidenceCheck.objects.get(case_study=page).person == petra


def test_a_lead_hands_nothing_over_of_somebody_who_never_belonged_there(signed_in, harlow, petra, grace, sunita):
    outsider = BlockFactory(project__lead_council=harlow).raised_by
    address = reverse("councils:hand_over", args=[harlow.slug, outsider.pk])

    with pytest.raises(PermissionDenied, match="never belonged"):
        hand_over_work(harlow, by=grace, was=outsider, to=petra)
    assert signed_in(grace).get(address).status_code == 403
    assert str(outsider) not in words(signed_in(grace).get(reverse("councils:leavers", args=[harlow.slug])))
    assert hand_over_work(harlow, by=sunita, was=outsider, to=petra)


def test_who_checks_measurements_keeps_the_promises_that_they_may_not_check(harlow, amina, petra, grace):
    BenefitFactory(project=ProjectFactory(lead_council=harlow), recorded_by=amina, claimed_on=clock.today())
    assert leaving.in_the_name_of(amina, harlow) == ["1 promise of a project to follow up"]

    give_role(amina, RoleOfTheAlliance.ANALYST)

    assert leaving.in_the_name_of(amina, harlow) == []


def test_whose_account_or_place_ends_at_the_same_moment_gets_nothing(harlow, amina, petra, grace, monkeypatch):
    """Asked just before, they still wrote here; the place is asked anew once it is locked."""
    asset = AssetFactory(owner=harlow, registered_by=amina)
    end_membership(petra.memberships.get(), by=grace)
    monkeypatch.setattr(handing_over, "who_takes_over", lambda council: User.objects.all())

    with pytest.raises(Refused, match="does not write for Harlow"):
        hand_over_work(harlow, by=grace, was=amina, to=petra)
    asset.refresh_from_db()
    assert asset.registered_by == amina


def test_the_last_lead_leaves_only_with_a_lead_after_them(harlow, petra, grace):
    with pytest.raises(Refused, match="would have no lead"):
        hand_over_work(harlow, by=grace, was=grace, to=petra, ends_place=True)

    hand_over_work(harlow, by=grace, was=grace, to=petra, ends_place=True, gives_role=True)

    assert petra.memberships.get().role == Role.LEAD


def test_the_trail_says_what_went_over(harlow, amina, petra, grace):
    asset = AssetFactory(owner=harlow, registered_by=amina)

    hand_over_work(harlow, by=grace, was=amina, to=petra)

    line = AuditEvent.objects.get(action="councils.work_handed_over")
    assert {"what": "assets in the registry", "kind": "assets_registry.asset", "keys": [asset.pk]} in line.details[
        "rows"
    ]
    assert line.about_key == str(petra.memberships.get().pk)
    assert "1 asset in the registry" in notes(line)


def test_whoever_takes_over_finds_half_written_drafts_and_commitments_from_their_own_pages(
    signed_in, harlow, amina, petra, grace
):
    interview_of(harlow, amina)
    until = clock.today() + dt.timedelta(days=10)
    would = CommitmentFactory(asset__name="Bin sensors", council=harlow, proposed_by=amina, expires_on=until)
    client = signed_in(petra)
    assert "Fewer missed bins" not in words(client.get("/")) + words(client.get("/account/"))

    hand_over_work(harlow, by=grace, was=amina, to=petra)

    for page in (words(client.get("/")), words(client.get("/account/"))):
        assert f'href="{own_interviews(petra).get().get_absolute_url()}"' in page
        assert f'href="/assets/{would.asset.slug}/take-up/"' in page
    assert "1 of 10 answered" in words(client.get("/account/"))
    for page in (words(signed_in(amina).get("/")), words(signed_in(amina).get("/account/"))):
        assert "Fewer missed bins" not in page
        assert "Bin sensors" not in page


def test_one_form_a_check_page_and_then_it_is_handed_over(signed_in, harlow, amina, petra, grace):
    interview_of(harlow, amina)
    AssetFactory(owner=harlow, registered_by=amina, name="Bin sensors", state=Asset.State.DRAFT, published_at=None)
    client, url = signed_in(grace), reverse("councils:hand_over", args=[harlow.slug, amina.pk])
    assert "1 draft of an asset" in words(client.get(reverse("councils:leavers", args=[harlow.slug])))
    assert "Bin sensors" not in words(client.get(url))

    nobody = client.post(url, {"step": "check"})
    assert nobody.status_code == 422
    assert "Choose who takes it over." in words(nobody)
    checked = words(client.post(url, {"step": "check", "to": petra.pk, "ends_place": "on"}))
    assert "From Amina Shah to Petra Novak" in checked
    assert leaving.in_the_name_of(petra, harlow) == []
    done = client.post(url, {"step": "hand_over", "to": petra.pk, "ends_place": "on"}, follow=True)

    said = words(done)
    assert "Handed over from Amina Shah to Petra Novak: " in said
    assert "1 draft of an asset" in said
    assert leaving.in_the_name_of(amina, harlow) == []


def test_the_end_of_a_place_leads_to_what_is_left_and_the_lead_is_reminded(signed_in, harlow, amina, grace):
    AssetFactory(owner=harlow, registered_by=amina)
    place = amina.memberships.get()

    ended = signed_in(grace).post(reverse("councils:end", args=[harlow.slug, place.pk]))

    assert ended.url == reverse("councils:hand_over", args=[harlow.slug, amina.pk])
    assert "People who left Harlow have 1 thing in their name" in [line.title for line in waiting_for(grace)]


def test_who_never_had_a_place_has_left_nothing(harlow, edith):
    AssetFactory(owner=harlow, registered_by=edith)
    give_role(edith)

    assert leaving.left_behind() == {}
