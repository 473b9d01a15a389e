"""The operations that lock rows: which, in which order, and the cheapest call of each."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import Page, WorkflowState

from accounts import operations as accounts
from accounts.models import User
from accounts.roles import Role
from assets_registry.bulk import Record
from assets_registry.details import operations as asset_details
from assets_registry.health import links
from assets_registry.health import operations as care
from assets_registry.legacy import operations as legacy
from assets_registry.links import operations as asset_links
from assets_registry.models import (
    Asset,
    AssetLink,
    AssetUpload,
    AssetVersion,
    CriterionAnswer,
    LinkCheck,
    MovedRepository,
    ProblemReport,
    repository_key,
)
from assets_registry.operations import importing, publish, register, repositories
from assets_registry.uploads import operations as uploads
from assets_registry.uploads import running as importing_uploads
from assets_registry.versions import operations as asset_versions
from core import clock
from councils import asking, handing_over, reorganising, systems
from councils import operations as councils
from councils.models import Membership, Organisation, Reorganisation, Service, System
from events.asking import operations as asking_at_sign_up
from events.desk import operations as desk
from events.event import operations as skills
from events.feedback import operations as feedback
from events.floor import operations as floor
from events.inviting import operations as inviting
from events.leads import operations as leads
from events.models import Event, FloorQuestion, Lead, Organiser, PlaceOffer, SignUp, Skill, SkillDemand, Speaker
from events.organisers import operations as organisers
from events.outputs import operations as outputs
from events.places.operations import after_the_day, capacity, held, kinds, leaving, offers, pools, promotion, sign_ups
from events.programme import operations as programme
from events.programme.operations import adding
from events.running import operations as running
from events.series import operations as copying
from events.speaking import operations as speaking
from kpis.facts import operations as facts
from kpis.indicators import operations as indicators
from kpis.models import FactCard, FactQuestion, PageViews, ReachMetric
from kpis.reach import operations as reach
from kpis.shift import operations as shift
from kpis.shift.sums import COSTS_2011, shift_of
from kpis.volumes import operations as volumes
from outbox import operations as outbox
from outbox.models import Message
from portal.follows import operations as follows
from portal.models import Follow, QueueClaim
from portal.queue import operations as queue
from projects.blocks import operations as blocks
from projects.discoveries import operations as discoveries
from projects.interest import operations as interest
from projects.models import (
    Block,
    BusinessCase,
    Discovery,
    Interest,
    Need,
    NeedSupport,
    OutlineBusinessCase,
    Project,
    Prototype,
    Purpose,
)
from projects.needs import operations as needs
from projects.portfolio import nudging
from projects.portfolio import operations as portfolio
from projects.portfolio.links import link_for
from publishing import following_up, promising
from publishing import operations as publishing
from publishing.bundles import operations as bundling
from publishing.interview import operations as interviews
from publishing.models import (
    Bundle,
    BundlePage,
    CaseStudyIndexPage,
    CaseStudyPage,
    EvidenceCheck,
    FollowUp,
    Interview,
    SharedDraft,
)
from publishing.models.interview import KEPT as KEPT_INTERVIEWS
from publishing.shared import operations as sharing
from questions.models import Question, QuestionSet
from questions.operations import answers as answering
from questions.operations import asking as questions
from sealing import operations as sealing
from sealing.models import Round
from search import operations as searching
from search.asking import SearchQuery
from search.models import PinnedSearch, SavedSearch, WordList
from search.saved import operations as saved
from steering.models import QUORUM, BoardAction, BoardSeat, BodyAttendance, Decision, Meeting, Motion, Pack, Paper
from steering.operations import (
    actions,
    agenda,
    assessments,
    decisions,
    meetings,
    motions,
    papers,
    roster,
    saved_views,
    strategy,
)
from steering.packs import operations as packs
from surveys import models as survey_models
from surveys.fieldwork import preparing
from surveys.fieldwork.operations import answering as surveyed_answering
from surveys.fieldwork.operations import inviting as surveyed_inviting
from surveys.fieldwork.operations import running as surveyed_running
from surveys.models import AskedRow, CodingRule, Fieldwork, SurveyInvitation, SurveyRelease, Wave
from surveys.release.operations import bench, closing, planning
from surveys.release.operations import publishing as printing
from surveys.waves import operations as waves
from take_up.models import Adoption, Benefit, Commitment, Measurement
from take_up.operations import adopt, benefit, commit, plan, savings
from tests.assets_registry.test_publiccode import GOOD
from tests.factories.accounts import UserFactory, give_role
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import MembershipFactory, OrganisationFactory, ServiceFactory, SystemFactory
from tests.factories.events import (
    EventFactory,
    LeadFactory,
    OrganiserFactory,
    ParticipantKindFactory,
    PoolFactory,
    SignUpFactory,
    floor_question,
    kind_of,
    output_of,
    speaker,
)
from tests.factories.facts import FactCardFactory, FactQuestionFactory
from tests.factories.outbox import MessageFactory
from tests.factories.packs import PackFactory, on_the_agenda
from tests.factories.projects import (
    SUMS,
    BlockFactory,
    BusinessCaseFactory,
    DiscoveryFactory,
    InterestFactory,
    NeedFactory,
    ProjectFactory,
    PrototypeFactory,
)
from tests.factories.publishing import bundle_of, interview_of, publish_case_study, shared_draft
from tests.factories.questions import QuestionSetFactory, a_question, sign_up_question
from tests.factories.search import PinnedSearchFactory, SynonymGroupFactory
from tests.factories.steering import (
    STEPS,
    BoardActionFactory,
    BoardSeatFactory,
    DecisionFactory,
    MeetingFactory,
    MeetingItemFactory,
    MotionFactory,
    PaperFactory,
    a_department,
)
from tests.factories.surveys import a_running, an_invitation, answers_of, hand_in_for
from tests.factories.take_up import AdoptionFactory, BenefitFactory, CommitmentFactory, MeasurementFactory
from tests.factories.voting import BallotFactory, OptionFactory, RollEntryFactory, checked_in, shown, voted
from tests.publishing.drafts import draft_of
from tests.steering.deciding import all_absent, meeting_of, stood
from tests.surveys import running as surveyed
from tests.surveys.files import FEW as A_SURVEY_TO_FOLLOW
from tests.surveys.files import SMALL as A_SMALL_SURVEY
from voting.ballots import bodies as of_bodies
from voting.ballots import operations as ballots
from voting.cards import operations as cards
from voting.casting import operations as casting
from voting.models import Ballot, PaperBatch, Reason, RollEntry, SpoiltSlip
from voting.outcome import operations as outcome
from voting.paper import operations as paper
from voting.reasons import operations as reasons
from voting.room import operations as room

State, Rank = Membership.State, Membership.Role
Call = tuple[tuple, dict]
WRITTEN = {"title": "Bins", "summary": "Fewer.", "problem": "<p>Many.</p>", "what_we_did": "<p>We asked.</p>"}
LAST_YEAR = dt.datetime(2025, 6, 2, 9, tzinfo=dt.UTC)
SUBMITTED = {"state": BusinessCase.State.SUBMITTED, "submitted_at": dt.datetime(2014, 11, 1, tzinfo=dt.UTC)}


def able(council: Organisation | None = None) -> User:
    """Somebody with every platform role, who leads `council`, or one made up."""
    place = MembershipFactory(role=Rank.LEAD, **({"organisation": council} if council else {}))
    return give_role(place.person, *Role)


def given(*args: Any, **kwargs: Any) -> Call:
    return args, kwargs


def of_owner(record: Any, owner: str, /, **answers: Any) -> Call:
    """On `record`, by somebody who leads its `owner`."""
    return given(record, by=able(getattr(record, owner)), **answers)


def by_able(*args: Any, **answers: Any) -> Call:
    return given(*args, by=able(), **answers)


def assessing() -> Call:
    council = OrganisationFactory()
    return given(council, by=able(council), **STEPS)


def on_asset(state: str = Asset.State.PUBLISHED, **answers: Any) -> Call:
    return of_owner(AssetFactory(state=state), "owner", **answers)


def a_batch_of_files() -> Call:
    owner = OrganisationFactory()
    person, tally = able(owner), importing.ImportTally()
    found = importing._read_batch([Record("publiccode.yml", GOOD.encode())], tally, owner=owner, by=person)
    return (found, tally), {"owner": owner, "by": person}


def uploading() -> Call:
    owner = OrganisationFactory()
    return given(by=able(owner), owner=owner, file_name="a.json", records=[Record("entry 1", GOOD.encode())])


def an_upload() -> AssetUpload:
    return uploads.start_upload(**uploading()[1])


def a_problem() -> Call:
    asset = AssetFactory()
    report = ProblemReport.objects.create(asset=asset, reason="wrong", note="Old.", reported_by=UserFactory())
    return given(report, by=able(asset.owner), outcome="mended", answer="It is new now.")


def a_due_link() -> Call:
    AssetFactory()
    return given()


def an_answer_of_a_link() -> Call:
    asset = AssetFactory()
    check = LinkCheck.objects.create(asset=asset, address=asset.repository_url, host="x.example", asked_at=clock.now())
    return given(check, links.LinkFound(is_there=True))


def versioned() -> Call:
    row = AssetVersion.objects.create(asset=AssetFactory(), version="1.0")
    return given(row, by=able(row.asset.owner), version="1.1", released_on=LAST_YEAR.date())


def linking() -> Call:
    asset = AssetFactory()
    return of_owner(asset, "owner", relation="based_on", other=AssetFactory(owner=asset.owner))


def linked() -> Call:
    link = AssetLink.objects.create(asset=AssetFactory(), relation="part_of", other=AssetFactory())
    return given(link, by=able(link.asset.owner))


def listed_earlier() -> Call:
    said = {"name": "Fault map", "kind": "code", "summary": "Shows faults.", "source": "A list of 2009"}
    return by_able(owner=OrganisationFactory(), **said)


def on_need(**answers: Any) -> Call:
    return of_owner(NeedFactory(), "council", **answers)


def for_other_council(**answers: Any) -> Call:
    council = OrganisationFactory()
    return given(NeedFactory(), by=able(council), council=council, **answers)


def offering_something() -> Call:
    council, project = OrganisationFactory(), ProjectFactory(running=True)
    return given(project, by=able(council), council=council, kind="test", words="Two teams in May.")


def answering_an_offer() -> Call:
    """Of the council that leads, so that whose it is is said by either of the two that an offer names."""
    council = OrganisationFactory()
    offer = InterestFactory(project__lead_council=council, council=council)
    return given(offer, by=able(council), outcome="accepted", answer="Come on Monday.")


def on_project(**fields: Any) -> Call:
    return of_owner(ProjectFactory(running=True, **fields), "lead_council")


A_FACT = {
    "printed": "600m", "number": 600_000_000, "number_to": None, "bound": "about", "unit": "transactions a year",
    "source": "A paper of 2015", "source_url": "", "said_on": dt.date(2015, 1, 1), "said_to": "year",
    "basis": "What the paper counts", "method": "Estimate", "note": "", "is_for_scale": False,
}  # fmt: skip


def into_a_draft() -> Call:
    project = BusinessCaseFactory().project
    return of_owner(project, "lead_council", shift=shift_of(COSTS_2011, [(100_000, "phone", "web")]))


def entering_reach() -> Call:
    reach.import_reach()
    metric = ReachMetric.objects.get(slug="newsletter-opens")
    return by_able(metric, day=dt.date(2014, 11, 1), number=7900, source="The mailing service")


def a_month_of_views() -> Call:
    reach.import_reach()
    last_month = clock.today().replace(day=1) - dt.timedelta(days=1)
    PageViews.objects.create(page=Page.objects.first(), day=last_month, views=3)
    return given()


def said_before() -> Call:
    call = on_project()
    call[0][0].updates.create(line="On time.", by=UserFactory())
    return call


def pausing() -> dict[str, Any]:
    again = clock.today() + dt.timedelta(days=90)
    return {"because": "The law changes.", "lesson": "Ask first.", "look_again_on": again}


def paused() -> dict[str, Any]:
    stopped = {"paused_on": clock.today(), "paused_because": "The law changes.", "lesson": "Ask first."}
    return {**stopped, "look_again_on": clock.today() + dt.timedelta(days=90)}


def silent_project() -> Call:
    project = ProjectFactory(running=True, last_updated_at=clock.now() - dt.timedelta(days=40))
    MembershipFactory(organisation=project.lead_council, role=Membership.Role.LEAD)
    return by_able(project)


def by_link() -> Call:
    (project,), _ = silent_project()
    project.updates.create(line="On time.", by=UserFactory())
    return given(link_for(project, project.lead_council.memberships.get().person))


def on_block(**answers: Any) -> Call:
    block = BlockFactory()
    return given(block, by=able(block.project.lead_council), **answers)


def on_place(**fields: Any) -> Call:
    place = SignUpFactory(**fields)
    return given(place, by=place.person)


def on_organiser(organiser: Organiser) -> Call:
    return given(organiser, by=organiser.person)


def asking_to_run() -> Call:
    facilitator = give_role(UserFactory(), Role.FACILITATOR)
    return given(EventFactory(made_by=facilitator), by=facilitator, email="ada@example.org")


def invited_to_run() -> Call:
    person = UserFactory()
    return given(OrganiserFactory(person=None, accepted_at=None, email=person.email), by=person)


def on_own_place(**fields: Any) -> Call:
    place = MembershipFactory(**fields)
    return given(place, by=place.person)


def of_council(**answers: Any) -> Callable[[], Call]:
    return lambda: of_owner(MembershipFactory(**answers), "organisation")


def declaring_a_system() -> Call:
    council = OrganisationFactory()
    return given(council, by=able(council), **A_SYSTEM)


def returning_figures() -> Call:
    council, service = OrganisationFactory(), ServiceFactory()
    row = {"service": service.slug, "quarter": "2014-q4", "completed": "10", "completed_web": "5"}
    return given(council, [(1, row)], by=able(council))


def importing_returns() -> Call:
    council, service = OrganisationFactory(), ServiceFactory()
    row = {"council": council.slug, "service": service.slug, "quarter": "2014-q4", "completed": "10"}
    return given([(1, row)], by=able(council))


def choosing_top_services() -> Call:
    council = OrganisationFactory()
    return given(council, by=able(council), services=[ServiceFactory()])


# What may be in one person's name at a council.
IN_ONES_NAME = (
    Interview, CaseStudyPage, WorkflowState, SharedDraft, Benefit, EvidenceCheck, Commitment, Asset,
    AssetUpload, Organiser, Event, Project, BusinessCase, NeedSupport, Interest, Block,
)  # fmt: skip


def handing_work_over() -> Call:
    """A lead gives a colleague what is in the name of another."""
    place = MembershipFactory()
    colleague = MembershipFactory(organisation=place.organisation).person
    AssetFactory(owner=place.organisation, registered_by=place.person)
    council = place.organisation
    return given(council, by=able(council), was=place.person, to=colleague)


def also(call: Call, **answers: Any) -> Call:
    return call[0], {**call[1], **answers}


def moved_back() -> Call:
    old, new = "https://github.com/luton/old", "https://github.com/luton/new"
    MovedRepository.objects.create(key=repository_key(old), now_key=repository_key(new))
    return given(old, now_at=old, by=able(OrganisationFactory()))


def there_is(**membership: Any) -> Call:
    MembershipFactory(**membership)
    return given()


def new_need() -> Call:
    council = OrganisationFactory()
    return given(by=able(council), council=council, title="Bins", who_for="Residents", what="To know in time.")


def saying_how_it_looks() -> Call:
    (need,), who = on_need()
    return given(need, council=need.council, words="Us too.", **who)


def leaving_a_need() -> Call:
    (need,), who = for_other_council()
    needs.join_need(need, **who)
    return given(need, **who)


def adopting() -> Call:
    council = OrganisationFactory()
    word = {"status": Adoption.Status.LIVE, "since": dt.date(2015, 6, 1)}
    return given(AssetFactory(), by=able(council), council=council, **word)


def waiting_adoption() -> Call:
    return of_owner(AdoptionFactory(confirmed_by=None, confirmed_at=None), "council")


def promised_too_early() -> Call:
    (adoption,), who = waiting_adoption()
    BenefitFactory(project=None, adoption=adoption)
    return given(adoption, **who)


def committing() -> Call:
    council = OrganisationFactory()
    return given(AssetFactory(), by=able(council), council=council, would=Commitment.Would.USE)


def on_commitment(**fields: Any) -> Callable[[], Call]:
    """On a commitment that holds, or, `waiting`, that waits for the lead."""
    return lambda: of_owner(CommitmentFactory(**fields), "council")


def ran_out() -> Call:
    last_year = clock.today() - dt.timedelta(days=365)
    return given(CommitmentFactory(begins_on=last_year))


def five_figures() -> Call:
    asset = AssetFactory()
    for pounds in range(5):
        AdoptionFactory(asset=asset, avoided_cost=pounds)
    return given(asset)


def at_the_gate() -> Call:
    seats = BoardSeatFactory.create_batch(QUORUM)
    given = {"result": "accepted", "wording": "Yes.", "stands": stood(seats, "F" * QUORUM)}
    return by_able(BusinessCaseFactory(**SUBMITTED), meeting=meeting_of(seats), **given)


def on_conditions() -> Decision:
    given = {"result": "conditional", "conditions": "Ask.", "decided_on": dt.date(2014, 12, 10)}
    return DecisionFactory(business_case=BusinessCaseFactory(**SUBMITTED), **given)


def assessed() -> Call:
    points = dict.fromkeys(range(1, 15), ("green", ""))
    return by_able(ProjectFactory(lead_council=OrganisationFactory()), points=points)


def seat_in_a_vote() -> BoardSeat:
    """The seat of a body that votes."""
    return BoardSeat.objects.get(body=MotionFactory().ballot.roll.first().organisation)


def demand_of_a_skill() -> Call:
    skill = Skill.objects.earliest("pk")
    return given(skill, asked_on=dt.date(2015, 12, 31), not_important=1, important=2, key=3, source="A report")


def asking_the_board() -> dict[str, Any]:
    for _ in range(QUORUM):
        BoardSeatFactory(representative=UserFactory())
    return {"title": "The order", "wording": "It is agreed.", "closes_on": clock.today() + dt.timedelta(days=3)}


def planned(**answers: Any) -> Call:
    return by_able(MeetingFactory(planned=True), **answers)


def to_be_written_down() -> Call:
    meeting = MeetingFactory(planned=True, day=clock.today(), starts_at=None, ends_at=None)
    return by_able(meeting, came=all_absent(meeting))


def to_be_corrected() -> Call:
    meeting = MeetingFactory(day=clock.today())
    return by_able(meeting, came=all_absent(meeting))


def to_be_moved() -> Call:
    meeting = MeetingFactory(planned=True)
    return by_able(meeting, day=meeting.day, host=meeting.host, place="Here")


def to_be_answered() -> Call:
    return planned(seat=BoardSeatFactory(), came="expected")


def to_be_proposed() -> Call:
    BoardActionFactory()
    return planned()


def with_a_paper() -> Call:
    return planned(title="Paper", document=SimpleUploadedFile("paper.pdf", b"%PDF-"))


def one_of_two_items() -> Call:
    item = MeetingItemFactory(order=1)
    MeetingItemFactory(meeting=item.meeting, order=2)
    return by_able(item)


def the_second_item() -> Call:
    item = MeetingItemFactory(order=2)
    MeetingItemFactory(meeting=item.meeting, order=1)
    return by_able(item)


def an_item(**answers: Any) -> Call:
    return by_able(MeetingItemFactory(), **answers)


def an_item_of_a_meeting_held() -> Call:
    return by_able(MeetingItemFactory(meeting=MeetingFactory()), minutes="It was said.")


def closed_motion() -> Motion:
    """A motion whose vote has closed and in which nobody voted."""
    motion = MotionFactory()
    outcome.close_ballot(motion.ballot, by=able())
    return Motion.objects.get(pk=motion.pk)


def bodies_to_enter() -> Call:
    ballot = BallotFactory(event=None, held_by="A board", roll_from="bodies")
    return by_able(ballot, bodies=[(OrganisationFactory(), UserFactory())])


def other_voter() -> Call:
    ballot = MotionFactory().ballot
    body = ballot.roll.first().organisation
    return by_able(ballot, body, person=UserFactory(), reason="Somebody else votes for it")


def accepted_case() -> Call:
    decided = {"decided_on": dt.date(2014, 12, 10), "decided_by_body": "Board", "decision_number": "1"}
    case = BusinessCaseFactory(
        state=BusinessCase.State.ACCEPTED, project__case_accepted_on=decided["decided_on"], **decided
    )
    return by_able(case.project)


def taking_back() -> Call:
    (place,), who = on_place()
    return given(offers.offer_place(place, to_email="ada@example.org", **who), **who)


def accepting() -> Call:
    (place,), who = on_place()
    colleague = UserFactory()
    return given(offers.offer_place(place, to_email=colleague.email, **who), by=colleague)


def to_agree() -> Call:
    """A place that somebody of another council has accepted."""
    place = SignUpFactory(organisation=OrganisationFactory())
    offer = offers.offer_place(place, to_email=(colleague := UserFactory()).email, by=place.person)
    offers.accept_offer(offer, by=colleague)
    return by_able(PlaceOffer.objects.get(pk=offer.pk))


def preparing_a_wave() -> Call:
    waves.import_survey(A_SURVEY_TO_FOLLOW)
    return by_able(2015, after=Wave.objects.get(), closes_at=clock.now() + dt.timedelta(days=1))


def setting_a_level() -> Call:
    wave = surveyed.prepared()
    one = SurveyInvitation.objects.create(
        fieldwork=wave, organisation=OrganisationFactory(), email="a@b.example", level=2
    )
    return by_able(wave, levels={one.pk: 1})


def coding_texts(**answers: str) -> Call:
    return by_able(surveyed.closed_unread(), table="priorities", texts=["bins"], **answers)


def a_row_of_a_survey(*, is_published: bool = True) -> dict[str, Any]:
    wave = surveyed.closed_unread()
    AskedRow.objects.filter(wave=wave.wave).update(is_published=is_published, reason="" if is_published else "Why.")
    return {"fieldwork": wave, "row": AskedRow.objects.filter(wave=wave.wave, row__table__slug="benefits").first()}


def given_back() -> Call:
    (place,), who = on_place()
    return given(sign_ups.cancel_sign_up(place, **who), **who)


def held_place() -> Call:
    place = held.hold_place(EventFactory(), **STRANGER)
    EmailAddress.objects.filter(user=place.person).update(verified=True)
    return given(place, by=place.person)


def following() -> Call:
    """Somebody who follows a need at once and changes how often they hear of it."""
    row = follows.follow(NeedFactory(), rhythm="at_once", by=UserFactory())
    return given(row.person, by=row.person, rhythms={row.pk: "weekly"})


def bundle_to_fill() -> Call:
    page, maker = draft_of(OrganisationFactory(), UserFactory()), able()
    return given(Bundle.objects.create(name="Newsletter", made_by=maker), page=page, by=maker)


def bundled() -> Call:
    maker = able()
    return given(bundle_of(OrganisationFactory(), made_by=maker), by=maker)


def bundle_to_release() -> Call:
    (place,), who = bundled()
    return given(place.bundle, **who)


def draft_to_show() -> Call:
    return of_owner(publish_case_study(OrganisationFactory()), "council")


def shown_draft() -> Call:
    council = OrganisationFactory()
    maker = able(council)
    return given(shared_draft(council, made_by=maker), by=maker)


def beginning_an_interview() -> Call:
    council = OrganisationFactory()
    return given(council, by=able(council))


def own_interview(**answers: Any) -> Call:
    """What somebody has begun who leads the council that it is for."""
    (council,), who = beginning_an_interview()
    return given(interview_of(council, who["by"]), **who, **answers)


def old_interview() -> Call:
    (interview,), _ = own_interview()
    long_ago = {"started_at": clock.now() - 2 * KEPT_INTERVIEWS, "saved_at": clock.now() - 2 * KEPT_INTERVIEWS}
    Interview.objects.filter(pk=interview.pk).update(**long_ago)
    return given(interview.pk)


def taking() -> Call:
    return by_able("needs", NeedFactory().pk)


def giving_back() -> Call:
    (kind, key), who = taking()
    queue.take_from_queue(kind, key, **who)
    return given(kind, key, **who)


def a_saved_search() -> Call:
    with clock.at(LAST_YEAR):
        search = SavedSearch.objects.create(person=UserFactory(), name="Bins", query="q=bins")
    # Nothing to look for, so no engine is asked.
    SavedSearch.objects.update(query="")
    return given(search.person, clock.today())


def with_a_place_to_come() -> Call:
    person = SignUpFactory().person
    return given(person, by=person)


def held_for_somebody_known() -> Call:
    UserFactory(email=STRANGER["email"])
    return given(EventFactory(), **STRANGER)


def never_entered() -> Call:
    place = held.hold_place(EventFactory(), **STRANGER)
    SignUp.objects.update(status=SignUp.Status.CANCELLED, ended_because=SignUp.Ended.LAPSED, lapses_at=None)
    User.objects.filter(pk=place.person.pk).update(joined_at=LAST_YEAR)
    return given(place.person)


def somebody_waited() -> Event:
    return SignUpFactory(event=EventFactory(starts_at=LAST_YEAR), status=SignUp.Status.WAITING).event


STRANGER = {"by": AnonymousUser(), "name": "Rosa Gill", "email": "rosa@example.org"}


def with_options(number: int = 2, **fields: Any) -> tuple[Ballot, list]:
    ballot = BallotFactory(**fields)
    return ballot, [OptionFactory(ballot=ballot, order=n) for n in range(number)]


def ready_ballot() -> Ballot:
    ballot, _ = with_options()
    checked_in(ballot.event, UserFactory(), OrganisationFactory())
    return ballot


def decided(votes: int) -> tuple[Ballot, list]:
    """A ballot with one vote for each of the first options, whose result is shown."""
    ballot, options = with_options(3, open=True)
    for option in options[:votes]:
        voted(ballot, OrganisationFactory(), option)
    return shown(ballot, able()), options


def closed_ballot() -> Ballot:
    return outcome.close_ballot(BallotFactory(open=True, closes_at=clock.now()), by=None)


def reason_given() -> Call:
    ballot = decided(votes=1)[0]
    return by_able(Reason.objects.create(ballot=ballot, words="It helps most."))


def reason_held_back() -> Call:
    person = able()
    (reason,), _ = reason_given()
    return given(reasons.hold_reason_back(reason, by=person), by=person)


def paused_ballot() -> Ballot:
    return ballots.pause_ballot(BallotFactory(open=True), by=able())


def void_ballot() -> Ballot:
    return ballots.void_ballot(with_options(open=True)[0], by=able(), reason="It was misread.")


def closing_later() -> Ballot:
    return BallotFactory(open=True, closes_at=clock.now() + dt.timedelta(hours=1))


def arranging() -> Call:
    ballot, options = with_options()
    return by_able(ballot, in_order=[(option, None) for option in reversed(options)])


def striking() -> Call:
    entry = RollEntryFactory(ballot=BallotFactory(open=True))
    return by_able(entry.ballot, entry.person, reason="They left.")


def by_cards(**rules: Any) -> Ballot:
    """A vote by voting cards, with two options."""
    ballot = with_options(secrecy="secret", roll_from="cards", **rules)[0]
    RollEntryFactory(ballot=ballot, kind="card", person=None, organisation=None)
    return ballot


def open_by_cards() -> Ballot:
    return by_cards(state=Ballot.State.OPEN, opened_at=clock.now(), sealed=open_round())


def using_a_card() -> Call:
    ballot = open_by_cards()
    card = ballot.cards.create(digest="a" * 64)  # type: ignore[attr-defined]  # of a subject further up
    return given(card, marks=casting.ticks(ballot.options.all()[:1]))


def handing_out() -> Call:
    entry = RollEntryFactory(ballot=with_options(open=True)[0])
    return by_able(entry.ballot, entry.person, kind=RollEntry.Kind.SLIP)


def handed_out() -> tuple[Ballot, User]:
    entry = RollEntryFactory(ballot=with_options(open=True)[0])
    paper.hand_out(entry.ballot, entry.person, kind=RollEntry.Kind.SLIP, by=able())
    return entry.ballot, entry.person


def batch_of(piles: int = 0) -> PaperBatch:
    """A batch of one slip, which is entered already where there is a pile."""
    ballot, _ = handed_out()
    batch = paper.start_batch(ballot, slips=1, by=able())
    for _ in range(piles):
        paper.add_pile(batch, marks=casting.ticks(ballot.options.all()[:1]), slips=1, by=batch.entered_by)
    return batch


def handed_over() -> PaperBatch:
    batch = batch_of(1)
    return paper.hand_over(batch, by=batch.entered_by)


def of_batch(about: Any, **answers: Any) -> Call:
    """A call by whoever entered the batch."""
    batch = about if isinstance(about, PaperBatch) else about.batch
    return given(about, by=batch.entered_by, **answers)


def started(**answers: Any) -> Call:
    return of_batch(batch_of(), **answers)


def entering() -> Call:
    batch = batch_of()
    return of_batch(batch, marks=casting.ticks(batch.ballot.options.all()[:1]), slips=1)


def spoilt() -> SpoiltSlip:
    batch = batch_of()
    return paper.add_spoilt(batch, number=1, reason="blank", by=batch.entered_by)


def confirming() -> Call:
    batch = handed_over()
    return by_able(batch, handed_over=batch.handed_over_at.isoformat())


def winner() -> Call:
    ballot, options = decided(votes=1)
    return by_able(ballot, option=options[0], lead_council=OrganisationFactory())


def casting_one() -> Call:
    ballot, options = with_options(open=True)
    return given(ballot, by=RollEntryFactory(ballot=ballot).person, marks=casting.ticks(options[:1]))


def draft_study(is_submitted: bool = True, **answers: Any) -> Call:
    council = OrganisationFactory()
    page = draft_of(council, MembershipFactory(organisation=council).person)
    if is_submitted:
        publishing.submit_case_study(page, by=page.owner)
    return given(page, by=able(council), **answers)


def compared_study() -> CaseStudyPage:
    """Published by Harlow's author, with figures that can be compared."""
    council = OrganisationFactory()
    author = MembershipFactory(organisation=council).person
    days = {"before_on": dt.date(2014, 3, 1), "after_on": dt.date(2015, 3, 1)}
    said = {"measure": "Calls a month", "before": 410, "after": 268, "before_n": 3, "after_n": 3}
    units = {"before_unit": "calls", "after_unit": "calls"}
    return publish_case_study(council, owner=author, title=f"Study of {council}", **days, **said, **units)


def publishing_other_figures() -> Call:
    page = compared_study()
    CaseStudyPage.objects.filter(pk=page.pk).update(after=250)
    return of_owner(page, "council")


def asking_for_a_check() -> Call:
    return of_owner(compared_study(), "council", email=MembershipFactory().person.email)


def asked_check() -> Call:
    page, person = compared_study(), MembershipFactory().person
    check = following_up.ask_for_check(page, email=person.email, by=page.owner)
    return given(check, is_right=True, by=person)


def asked_what_became_of_it() -> Call:
    page = compared_study()
    page.follow_ups.create(months=6, asked_on=clock.today())
    return of_owner(page, "council", is_running=False)


def answering_need() -> Call:
    asset = AssetFactory()
    return given(NeedFactory(), asset, by=able(asset.owner))


def at_end_of_step_one() -> Discovery:
    discovery, who = DiscoveryFactory(feasibility=Discovery.Feasibility.FEASIBLE, feasibility_reason="It is."), able()
    discoveries.add_priority_issue(discovery, wording="Waste.", by=who)
    discoveries.scope_project(discovery, title="One", scope="Small.", by=who)
    return discovery


def started_event() -> Event:
    return EventFactory(started=True)


def hours() -> dict[str, dt.datetime]:
    starts = clock.now() + dt.timedelta(days=14)
    return {"starts_at": starts, "ends_at": starts + dt.timedelta(hours=6)}


def of_a_discovery() -> dict[str, Any]:
    """The fields of a Co-Design Day of a discovery that is ready for it."""
    said = {"title": "Day", "summary": "On bins.", "stream": "discovery", "kind": "co_design_day", "venue": "Leeds"}
    return said | hours() | {"capacity": 9, "discovery": DiscoveryFactory(**AT_TWO)}


PROTOTYPE = {
    "title": "One", "summary": "One check.", "volume": 9, "unit_cost_now": Decimal(4), "unit_cost_then": Decimal(3),
    "take_up": Decimal(40), "one_off_cost": Decimal(100),
}  # fmt: skip


def co_designing() -> Event:
    return EventFactory(co_design=True, started=True, discovery=DiscoveryFactory(**AT_TWO))


def at_the_floor(**answers: Any) -> Call:
    place = SignUpFactory(event=started_event())
    return given(place.event, by=place.person, **answers)


def on_floor_question() -> Call:
    person = UserFactory()
    return given(floor_question(person=person), by=person)


def on_own_talk() -> Call:
    person = UserFactory()
    return given(speaker(person=person), by=person)


def claimed_talk() -> Call:
    said = speaker(name="Sara Patel")
    claim = said.claims.create(person=UserFactory(name="Sara Patel"))
    return by_able(claim)


def linked_talk() -> Call:
    person = UserFactory()
    said = speaker(name=str(person))
    Speaker.objects.filter(pk=said.pk).update(person=person)
    said.refresh_from_db()
    return given(said, by=person)


def joining():
    event = EventFactory(started=True, join_url="https://meet.example.org/1")
    return given(event, by=SignUpFactory(event=event).person)


def released_event():
    return SignUpFactory(
        event=started_event(),
        status="cancelled",
        released_at=clock.now(),
        cancelled_at=clock.now(),
        ended_because="released",
    ).event


def releasing() -> Call:
    event = started_event()
    checked_in(event, UserFactory())
    return by_able(SignUpFactory(event=event))


def giving_feedback() -> Call:
    place = checked_in(EventFactory(started=True, feedback_round=open_round()), UserFactory())
    return given(place.event, answers={}, place_reference=place.reference)


def opening_forms() -> Call:
    return given(EventFactory(ended=True, feedback_round=open_round()))


def just_over() -> Event:
    """Ended two hours ago, somebody was there, and its feedback is open."""
    event = EventFactory(starts_at=clock.now() - dt.timedelta(hours=8), feedback_round=open_round())
    checked_in(event, UserFactory())
    return event


def over_for_a_year() -> Event:
    event = EventFactory(starts_at=LAST_YEAR)
    checked_in(event, UserFactory())
    return event


def telling_of_saving() -> Call:
    place = checked_in(started_event(), UserFactory())
    return given(place.event, by=place.person, words="One form less.")


def taking_an_answer_back() -> Call:
    round = open_round()
    sealing.hand_in(round, who="somebody", answer={}, receipt="K7F2QDM4XP")
    return given(round, who="somebody", receipt="K7F2QDM4XP")


def somebody_asked() -> survey_models.SurveyInvitation:
    return an_invitation(a_running(is_open=True))


def a_person() -> surveyed_inviting.Person:
    return surveyed_inviting.Person(OrganisationFactory(), "a@b.example")


def with_a_receipt() -> Call:
    invitation = somebody_asked()
    return given(invitation, receipt=hand_in_for(invitation).receipt)


def open_round() -> Round:
    return sealing.open_round("Feedback", length=512)


def two_needs() -> Call:
    return by_able(NeedFactory(), into=NeedFactory(), reason="The same.")


def answering_one(**answers: Any) -> Call:
    question = a_question()
    return given(question.set, {question.key: "officers"}, person=UserFactory(), **answers)


def answered_set() -> QuestionSet:
    (question_set, answers), who = answering_one()
    return answering.hand_in_answers(question_set, answers, **who).set


def on_sign_up_question(**answers: Any) -> Call:
    event = EventFactory()
    return by_able(event, sign_up_question(event), **answers)


def over_and_answered() -> Call:
    event, (question_set, answers), who = EventFactory(ended=True), *answering_one()
    answering.hand_in_answers(question_set, answers, **who)
    event.question_set = question_set
    event.starts_at, event.ends_at = LAST_YEAR, LAST_YEAR + dt.timedelta(hours=6)
    event.save()
    return given(event)


def later_question() -> Question:
    return a_question(a_question().set)


def sealed_draft() -> Call:
    (question_set, answers), who = answering_one()
    QuestionSet.objects.filter(pk=question_set.pk).update(is_sealed=True)
    question_set = answering.open_sealed_set(question_set)
    answering.save_draft(question_set, answers, **who)
    return given(question_set, answers, **who)


POOL = {"name": "counties", "places": 3, "organisation_kinds": ["county"]}
A_SYSTEM = {"product": "Roundsman", "used_for": "Waste rounds"}
AT_TWO = {"at_step_two": True}
MEASURED = {"value": Decimal("180000"), "measured_on": dt.date(2015, 6, 1), "n": 3, "n_words": "homes"}


def missed_promise(*, of_adoption: bool = False) -> Benefit:
    """One that its measurement does not keep."""
    owner = {"project": None, "adoption": AdoptionFactory()} if of_adoption else {}
    return MeasurementFactory(promise=BenefitFactory(**owner)).promise


def a_reported_measurement(**answers: Any) -> Call:
    return by_able(MeasurementFactory(waiting=True), **answers)


def take_up_planned() -> dict[str, Any]:
    return {"councils": 1, "by_day": clock.today() + dt.timedelta(days=30)}


def an_end() -> dict[str, Any]:
    return {"ends_on": clock.today(), "carried_on_by": OrganisationFactory(), "order": "An order"}


def an_end_to_come() -> Reorganisation:
    council = OrganisationFactory(ends_on=clock.today() + dt.timedelta(days=30))
    said = {"carried_on_by": OrganisationFactory(), "order": "An order", "said_by": UserFactory()}
    return Reorganisation.objects.create(council=council, **said)


def an_end_that_is_due() -> Call:
    council = OrganisationFactory(ends_on=dt.date(2023, 3, 31))
    said = {"carried_on_by": OrganisationFactory(), "order": "An order", "said_by": UserFactory()}
    return given(Reorganisation.objects.create(council=council, **said).pk)


def launched_project() -> Project:
    day = dt.date(2015, 2, 16)
    return ProjectFactory(stage="launch", launched_on=day, case_accepted_on=day)


# Of each operation: the models whose rows it locks before it writes, in that order, and a call of it.
LOCKING: dict[Callable[..., Any], tuple[list[type], Callable[[], Call]]] = {
    searching.add_synonyms: ([WordList], lambda: by_able(phrases=["allotment", "plot to grow on"])),
    searching.change_synonyms: (
        [WordList],
        lambda: by_able(SynonymGroupFactory(), phrases=["allotment", "plot to grow on"]),
    ),
    searching.remove_synonyms: ([WordList], lambda: by_able(SynonymGroupFactory())),
    searching.pin_results: (
        [WordList, PinnedSearch],
        lambda: by_able(words="allotments", keys=[f"need:{NeedFactory().pk}"]),
    ),
    searching.unpin_results: ([WordList], lambda: by_able(PinnedSearchFactory())),
    accounts.deactivate: ([User], lambda: by_able(UserFactory())),
    accounts.reactivate: ([User], lambda: by_able(UserFactory(is_active=False))),
    accounts.close_account: ([Event], with_a_place_to_come),
    asking.ask: ([User], lambda: given(MembershipFactory(role=Rank.LEAD).organisation, by=able(), words="How?")),
    councils.ask_to_join: ([User], lambda: given(OrganisationFactory(), by=UserFactory())),
    councils.confirm_membership: ([Organisation, Membership], of_council(state=State.CANDIDATE)),
    councils.change_role: ([Organisation, Membership], lambda: also(of_council()(), role=Rank.READER)),
    councils.end_membership: ([Organisation, Membership], of_council()),
    councils.recompute_memberships: (
        [User, Membership],
        lambda: given(MembershipFactory(via_domain="gone.example.org").person),
    ),
    councils.ask_again_for_places_given_by_hand: ([Membership], lambda: given(MembershipFactory().person)),
    councils.affirm_membership: ([Membership], on_own_place),
    councils._answer_whether_to_ask: ([Membership], lambda: also(on_own_place(), may_be_asked=True)),
    councils.ask_who_still_acts: ([Membership], lambda: there_is(decided_at=LAST_YEAR)),
    councils.end_unaffirmed: ([Membership], lambda: there_is(asked_to_affirm_at=LAST_YEAR)),
    handing_over.hand_over_work: ([Organisation, User, Membership, *IN_ONES_NAME], handing_work_over),
    reorganising.reorganise: ([Organisation], lambda: by_able(OrganisationFactory(), **an_end())),
    reorganising.take_back_reorganisation: ([Organisation], lambda: by_able(an_end_to_come().council)),
    reorganising._carry_out_one: ([Organisation, User], an_end_that_is_due),
    systems.declare_system: ([Organisation], declaring_a_system),
    systems.change_system: ([Organisation, System], lambda: of_owner(SystemFactory(), "council", **A_SYSTEM)),
    systems.confirm_system: ([System], lambda: of_owner(SystemFactory(waiting=True), "council")),
    systems.remove_system: ([System], lambda: of_owner(SystemFactory(), "council")),
    indicators.return_services: ([Organisation], returning_figures),
    indicators.import_returns: ([Organisation], importing_returns),
    indicators.choose_top_services: ([Organisation], choosing_top_services),
    queue.take_from_queue: ([Need, QueueClaim], taking),
    queue.give_back_to_queue: ([QueueClaim], giving_back),
    follows.follow: ([User], lambda: given(NeedFactory(), by=UserFactory(), rhythm="weekly")),
    follows.choose_rhythms: ([Follow], following),
    follows._tell: ([Follow], lambda: given(following()[0][0])),
    saved.save_search: ([User], lambda: given(SearchQuery(q="bins"), by=UserFactory(), name="Bins")),
    saved._ask_for_digest: ([SavedSearch], a_saved_search),
    outbox.send_again: ([Message], lambda: by_able(MessageFactory(failed=True))),
    register.change_asset: ([Asset], lambda: on_asset(summary="Better.")),
    register.check_asset: ([Asset], on_asset),
    importing._write_batch: ([Asset], a_batch_of_files),
    uploads.start_upload: ([Organisation], uploading),
    uploads._give_up: ([AssetUpload], lambda: given(an_upload().pk)),
    importing_uploads.import_some: ([AssetUpload, Asset], lambda: given(an_upload().pk)),
    repositories.note_repository: ([MovedRepository], moved_back),
    asset_details.change_details: ([Asset], lambda: on_asset(demonstration_url="https://show.example.org/")),
    asset_versions.add_version: ([Asset], lambda: on_asset(version="1.1", released_on=LAST_YEAR.date())),
    asset_versions.change_version: ([Asset], versioned),
    asset_links.link_assets: ([Asset], linking),
    asset_links.unlink_assets: ([Asset], linked),
    legacy.enter_legacy_asset: ([Organisation], listed_earlier),
    legacy.verify_asset: ([Organisation, Asset], lambda: of_owner(AssetFactory(legacy=True), "owner")),
    publish.submit_asset: ([Asset], lambda: on_asset("draft")),
    publish.publish_asset: ([Organisation, Asset], lambda: on_asset("with_publisher")),
    publish.approve_asset: ([Asset], lambda: on_asset("with_editor")),
    publish.return_asset: ([Asset], lambda: on_asset("with_publisher", reason="No licence.")),
    publish.withdraw_asset: ([Asset], lambda: on_asset(reason="Replaced.")),
    care.report_problem: ([User, Asset], lambda: on_asset(reason="wrong", note="It is older.")),
    care.answer_problem: ([ProblemReport], a_problem),
    care.hand_over_asset: ([Asset], lambda: on_asset(reason="She left.", owner=OrganisationFactory())),
    care.answer_checklist: (
        [Asset, CriterionAnswer],
        lambda: on_asset(answers={"code-in-the-open": (["software"], "")}),
    ),
    links._claimed: ([Asset, LinkCheck], a_due_link),
    links._write: ([LinkCheck], an_answer_of_a_link),
    adopt.declare_adoption: ([Asset], adopting),
    adopt.confirm_adoption: ([Asset, Adoption], waiting_adoption),
    adopt.change_adoption: ([Adoption], lambda: of_owner(AdoptionFactory(), "council", version="2")),
    adopt.turn_down_adoption: ([Adoption], waiting_adoption),
    adopt.withdraw_adoption: ([Adoption, Benefit], promised_too_early),
    commit.commit_to_asset: ([Asset], committing),
    commit.renew_commitment: ([Asset, Commitment], on_commitment()),
    commit.confirm_commitment: ([Asset, Commitment], on_commitment(waiting=True)),
    commit.turn_down_commitment: ([Commitment], on_commitment(waiting=True)),
    commit.withdraw_commitment: ([Commitment], on_commitment()),
    commit.adopt_as_committed: ([Asset, Adoption, Commitment], on_commitment()),
    commit._end_expired: ([Commitment], ran_out),
    savings._show: ([Asset], five_figures),
    benefit.report_measurement: ([Benefit], lambda: by_able(BenefitFactory(), **MEASURED)),
    benefit.check_measurement: ([Benefit, Measurement], a_reported_measurement),
    benefit.turn_down_measurement: (
        [Benefit, Measurement],
        lambda: a_reported_measurement(because="Another year."),
    ),
    benefit.explain_promise: ([Benefit], lambda: by_able(missed_promise(), explanation="Fewer came.")),
    plan.plan_take_up: ([Project], lambda: by_able(launched_project(), **take_up_planned())),
    needs.raise_need: ([Organisation], new_need),
    needs.change_need: ([Need], lambda: on_need(title="Better")),
    needs.join_need: ([Need], for_other_council),
    needs.leave_need: ([Need], leaving_a_need),
    needs.say_how_it_looks: ([Need], saying_how_it_looks),
    needs.withdraw_need: ([Need], lambda: on_need(reason="Met.")),
    needs.merge_need: ([Need], two_needs),
    discoveries.gather_need: ([Discovery, Need], lambda: by_able(DiscoveryFactory(), NeedFactory())),
    discoveries.add_priority_issue: ([Discovery], lambda: by_able(DiscoveryFactory(), wording="Waste.")),
    discoveries.scope_project: ([Discovery], lambda: by_able(DiscoveryFactory(), title="One", scope="Small.")),
    discoveries.judge_feasibility: (
        [Discovery],
        lambda: by_able(DiscoveryFactory(), verdict=Discovery.Feasibility.FEASIBLE, reason="It is."),
    ),
    discoveries.end_step_one: ([Discovery], lambda: by_able(at_end_of_step_one())),
    discoveries.end_step_two: ([Discovery], lambda: by_able(PrototypeFactory().discovery)),
    discoveries.stop_discovery: ([Discovery], lambda: by_able(DiscoveryFactory(), lesson="Too early.")),
    discoveries.add_prototype: ([Discovery], lambda: by_able(DiscoveryFactory(**AT_TWO), title="One")),
    discoveries.make_prototype: ([Discovery], lambda: by_able(DiscoveryFactory(**AT_TWO), title="One")),
    discoveries.change_prototype: (
        [Prototype],
        lambda: by_able(PrototypeFactory(), title="Two", summary="More.", made_by="", needs=()),
    ),
    discoveries.outline_case: ([Prototype, OutlineBusinessCase], lambda: by_able(PrototypeFactory(), **SUMS)),
    portfolio.start_project: ([Prototype], lambda: by_able(PrototypeFactory(), lead_council=OrganisationFactory())),
    portfolio.change_project: ([Project], lambda: also(on_project(), title="Better")),
    portfolio.tag_project: ([Project], lambda: also(on_project(), purposes=Purpose.objects.all())),
    portfolio.post_update: ([Project], lambda: also(on_project(), line="On time.")),
    portfolio.confirm_update: ([Project], said_before),
    portfolio.pause_project: ([Project], lambda: also(on_project(), **pausing())),
    portfolio.resume_project: ([Project], lambda: also(on_project(**paused()), line="On again.")),
    portfolio.put_on_record: ([Project], lambda: by_able(ProjectFactory(is_of_the_record=False))),
    portfolio.take_off_record: ([Project], lambda: by_able(ProjectFactory(), line="It goes on.")),
    nudging.nudge_owner: ([Project], silent_project),
    nudging.confirm_by_link: ([Project], by_link),
    interest.offer_interest: ([Project], offering_something),
    interest.answer_interest: ([Interest], answering_an_offer),
    portfolio.draft_case: ([Project], lambda: also(on_project(), summary="It saves.", **SUMS)),
    facts.add_fact: ([FactQuestion], lambda: by_able(question=FactQuestionFactory(), **A_FACT)),
    facts.succeed_fact: ([FactCard], lambda: by_able(FactCardFactory(), **A_FACT)),
    shift.put_shift_into_case: ([Project], into_a_draft),
    reach.enter_reach: ([ReachMetric], entering_reach),
    reach.keep_months_counted_here: ([ReachMetric], a_month_of_views),
    portfolio.submit_case: ([Project, BusinessCase], lambda: by_able(BusinessCaseFactory())),
    portfolio.decide_case: (
        [Project, BusinessCase],
        lambda: by_able(
            BusinessCaseFactory(**SUBMITTED), accepted=True, body="Board", number="1", decided_on=clock.today()
        ),
    ),
    portfolio.launch: ([Project], accepted_case),
    portfolio.stop_project: ([Project], lambda: also(on_project(), lesson="Too dear.")),
    blocks.raise_block: ([Project], lambda: also(on_project(), title="No gateway", what="It is not allowed.")),
    blocks.change_block: ([Block], lambda: on_block(title="No gateway", what="It is not allowed.")),
    blocks.pass_up: ([Block], lambda: on_block(words="Please.")),
    blocks.remove_block: ([Block], lambda: on_block(outcome="Cleared.")),
    blocks._pass_up_by_clock: (
        [Block],
        lambda: given(BlockFactory(raised_on=clock.today() - dt.timedelta(days=14)), clock.today()),
    ),
    blocks.merge_block: ([Block], lambda: by_able(BlockFactory(), into=BlockFactory())),
    blocks.split_block: ([Block], lambda: by_able(BlockFactory(merged_into=BlockFactory()))),
    saved_views.save_view: ([User], lambda: given("stage=launch", by=UserFactory(), name="Ours")),
    portfolio.finish_project: ([Project], lambda: on_project(stage=Project.Stage.LAUNCH)),
    meetings.move_meeting: ([Meeting, BoardSeat], to_be_moved),
    meetings.cancel_meeting: ([Meeting], lambda: planned(reason="Too few can come.")),
    meetings.answer_for_body: ([Meeting, BoardSeat, BodyAttendance], to_be_answered),
    meetings.hold_planned_meeting: ([Meeting, BoardSeat], to_be_written_down),
    meetings.correct_attendance: ([Meeting, BoardSeat], to_be_corrected),
    agenda.build_agenda: ([Meeting], to_be_proposed),
    agenda.add_item: ([Meeting], lambda: planned(title="Memorandum", kind="information")),
    agenda.change_item: ([Meeting], lambda: an_item(title="Memorandum", kind="information")),
    agenda.move_item_up: ([Meeting], the_second_item),
    agenda.move_item_down: ([Meeting], one_of_two_items),
    agenda.take_item_off: ([Meeting], an_item),
    agenda.put_item_back: ([Meeting], an_item),
    agenda.minute_item: ([Meeting], an_item_of_a_meeting_held),
    papers.add_paper: ([Meeting], with_a_paper),
    papers.keep_paper: ([Paper], lambda: by_able(PaperFactory(), disposition="Seven years", is_on_hold=True)),
    papers.remove_paper: ([Meeting, Paper], lambda: by_able(PaperFactory())),
    actions.finish_action: ([BoardAction], lambda: by_able(BoardActionFactory(), words="All answered.")),
    actions.move_action: (
        [BoardAction],
        lambda: by_able(BoardActionFactory(), due_on=clock.today(), reason="Sooner."),
    ),
    motions.set_representative: (
        [BoardSeat, Ballot],
        lambda: by_able(seat_in_a_vote(), person=UserFactory()),
    ),
    motions.ask_board: (
        [BoardSeat],
        lambda: by_able(**asking_the_board()),
    ),
    packs.publish_pack: ([Meeting], lambda: by_able(on_the_agenda().meeting)),
    packs.print_again: ([Pack], lambda: by_able(PackFactory(pdf=None, pdf_size=None, pages=None))),
    motions.remind_of_motion: ([Motion], lambda: by_able(MotionFactory())),
    motions.conclude_motion: ([BoardSeat, Motion, Ballot], lambda: by_able(closed_motion())),
    decisions.decide: ([Meeting, BoardSeat, Project, BusinessCase], at_the_gate),
    decisions.meet_conditions: (
        [BoardSeat, Decision, Project, BusinessCase],
        lambda: by_able(on_conditions(), words="They are."),
    ),
    decisions.record_implementation: (
        [Decision],
        lambda: by_able(DecisionFactory(), words="Done.", done_by="Luton", done_on=clock.today()),
    ),
    assessments.assess_gate: ([Project], assessed),
    roster.seat_body: (
        [BoardSeat],
        lambda: by_able(BoardSeatFactory() and OrganisationFactory(), side="local", order=90),
    ),
    roster.end_seat: ([BoardSeat], lambda: by_able(BoardSeatFactory(), until=clock.today())),
    decisions.record_review: (
        [Decision],
        lambda: by_able(DecisionFactory(review_on=dt.date(2013, 6, 1)), wording="It holds."),
    ),
    strategy.fill_impact: (
        [Organisation],
        lambda: by_able(a_department(), part="provider", level="some", wording="Forms that councils check."),
    ),
    strategy.assess_council: ([Organisation], assessing),
    publishing.approve_case_study: ([Organisation, CaseStudyPage], draft_study),
    publishing.return_case_study: ([Organisation, CaseStudyPage], lambda: draft_study(reason="Say more.")),
    publishing.withdraw_case_study: (
        [Organisation, CaseStudyPage],
        lambda: of_owner(publish_case_study(OrganisationFactory()), "council", reason="Wrong."),
    ),
    promising.keep_promise_of: ([Organisation, CaseStudyPage, Benefit], publishing_other_figures),
    following_up._ask: ([CaseStudyPage], lambda: given((compared_study(), 6))),
    following_up.ask_for_check: ([CaseStudyPage], asking_for_a_check),
    following_up.answer_check: ([CaseStudyPage, EvidenceCheck], asked_check),
    following_up.answer_follow_up: ([CaseStudyPage, FollowUp], asked_what_became_of_it),
    bundling.change_bundle: ([Bundle], lambda: also(bundle_to_release(), name="Of June")),
    bundling.put_in_bundle: ([Bundle, Page, BundlePage], bundle_to_fill),
    bundling.take_out_of_bundle: ([Bundle, Page], bundled),
    bundling.release_bundle: ([Bundle, Organisation], bundle_to_release),
    sharing.share_draft: ([CaseStudyPage], draft_to_show),
    sharing.stop_sharing: ([SharedDraft], shown_draft),
    sharing.comment_on_draft: ([SharedDraft], lambda: also(shown_draft(), words="Which year?")),
    interviews.start_interview: ([User], beginning_an_interview),
    interviews.save_answers: ([Interview], lambda: own_interview(typed={"title": "Bins"})),
    interviews.send_interview: ([Organisation, Interview, CaseStudyIndexPage], lambda: own_interview(words=WRITTEN)),
    interviews.give_up_interview: ([Interview], own_interview),
    interviews._forget: ([Interview], old_interview),
    publishing.answer_need: ([Need], answering_need),
    volumes.import_top20: ([Service], lambda: given(volumes.TOP_20)),
    waves.import_survey: ([Wave], lambda: given(A_SMALL_SURVEY)),
    preparing.prepare_wave: ([Wave], preparing_a_wave),
    planning.choose_plan: ([Fieldwork], lambda: by_able(surveyed.prepared(), plan={"barriers": []})),
    bench.set_levels: ([Fieldwork, SurveyInvitation], setting_a_level),
    closing.end_answers: ([Fieldwork], lambda: by_able(surveyed.opened())),
    closing._close: ([Fieldwork, Round], lambda: given(surveyed.due(surveyed.opened()))),
    closing._void: ([Fieldwork, Round], lambda: given(surveyed.opened(), "The key was lost.")),
    closing._forget_prepared: (
        [Fieldwork],
        lambda: given(surveyed.due(surveyed.prepared(), since=dt.timedelta(days=91)).pk),
    ),
    bench.code_texts: ([Fieldwork, SurveyRelease], lambda: coding_texts(row="cost")),
    bench.undo_coding: ([Fieldwork, SurveyRelease], coding_texts),
    bench.write_coding_rule: (
        [Fieldwork, SurveyRelease, CodingRule],
        lambda: by_able(surveyed.closed_unread(), table="priorities", words="By what changes first."),
    ),
    bench.leave_out: ([Fieldwork, SurveyRelease], lambda: by_able(**a_row_of_a_survey(), reason="It was misread.")),
    bench.publish_row_after_all: ([Fieldwork, SurveyRelease], lambda: by_able(**a_row_of_a_survey(is_published=False))),
    printing.propose_release: ([Fieldwork, SurveyRelease], lambda: by_able(surveyed.coded_unread(UserFactory()))),
    printing.take_back_proposal: (
        [Fieldwork, SurveyRelease],
        lambda: by_able(surveyed.proposed_unread(UserFactory())),
    ),
    printing.confirm_release: ([Fieldwork, SurveyRelease], lambda: by_able(surveyed.proposed_unread(UserFactory()))),
    skills.note_demand: ([SkillDemand], demand_of_a_skill),
    questions.add_question: (
        [QuestionSet],
        lambda: given(QuestionSetFactory(), kind=Question.Kind.TEXT, words="Your role?"),
    ),
    questions.change_question: ([QuestionSet], lambda: given(a_question(), words="Who?")),
    questions.copy_question: ([QuestionSet], lambda: given(a_question())),
    questions.move_question: ([QuestionSet], lambda: given(later_question(), is_up=True)),
    questions.remove_question: ([QuestionSet], lambda: given(a_question())),
    answering.save_draft: ([QuestionSet], answering_one),
    answering.hand_in_answers: ([QuestionSet], answering_one),
    answering.answers_to_seal: ([QuestionSet], sealed_draft),
    answering.forget_answers: ([QuestionSet], lambda: given(answered_set(), over_since=LAST_YEAR)),
    answering.open_sealed_set: ([QuestionSet], lambda: given(QuestionSetFactory(is_sealed=True))),
    answering.close_set: ([QuestionSet], lambda: given(QuestionSetFactory())),
    sign_ups.sign_up: ([Event], lambda: given(EventFactory(), by=UserFactory())),
    sign_ups.change_sign_up: ([Event], lambda: also(on_place(), access_needs="A ramp.")),
    sign_ups.cancel_sign_up: ([Event], on_place),
    capacity.share_out: ([Event], lambda: by_able(EventFactory(), offer_hours=24)),
    pools.add_pool: ([Event], lambda: by_able(EventFactory(), **POOL)),
    pools.change_pool: ([Event], lambda: by_able(PoolFactory(), **POOL)),
    pools.remove_pool: ([Event], lambda: by_able(PoolFactory())),
    promotion.accept_promotion: ([Event], lambda: on_place(status=SignUp.Status.OFFERED)),
    promotion.decline_promotion: ([Event], lambda: on_place(status=SignUp.Status.OFFERED)),
    promotion._settle: ([Event], lambda: given(EventFactory(settles_at=LAST_YEAR))),
    offers.offer_place: ([Event, User], lambda: also(on_place(), to_email="ada@example.org")),
    offers.take_back_offer: ([Event], taking_back),
    offers.accept_offer: ([Event], accepting),
    offers.agree_to_pass_on: ([Event], to_agree),
    offers.refuse_to_pass_on: ([Event], to_agree),
    sign_ups.bring_back: ([Event], given_back),
    leaving.leave_coming_events: ([Event], lambda: given(SignUpFactory().person)),
    held.hold_place: ([Event, User], held_for_somebody_known),
    held.confirm_held: ([Event], held_place),
    asking_at_sign_up.ask_at_sign_up: (
        [Event],
        lambda: by_able(EventFactory(), kind=Question.Kind.TEXT, words="Your role?"),
    ),
    asking_at_sign_up.change_sign_up_question: ([Event, QuestionSet], lambda: on_sign_up_question(words="Who?")),
    asking_at_sign_up.copy_sign_up_question: ([Event, QuestionSet], on_sign_up_question),
    asking_at_sign_up.move_sign_up_question: ([Event, QuestionSet], lambda: on_sign_up_question(is_up=True)),
    asking_at_sign_up.remove_sign_up_question: ([Event, QuestionSet], on_sign_up_question),
    asking_at_sign_up.switch_built_in: ([Event], lambda: by_able(EventFactory(), name="asks_diet", is_asked=True)),
    asking_at_sign_up._forget: ([QuestionSet], over_and_answered),
    kinds.add_kind: ([Event], lambda: by_able(EventFactory(), name="Carer")),
    kinds.change_kind: ([Event], lambda: by_able(ParticipantKindFactory(), name="Engineer", is_needed=True)),
    kinds.move_kind: ([Event], lambda: by_able(kind_of(EventFactory(co_design=True), "developer"), is_up=True)),
    kinds.remove_kind: ([Event], lambda: by_able(ParticipantKindFactory())),
    organisers.make_organiser: ([Event, User], asking_to_run),
    organisers.accept_invitation: ([Event], invited_to_run),
    organisers.remove_organiser: ([Event], lambda: on_organiser(OrganiserFactory())),
    running.write_to_people: (
        [Event],
        lambda: by_able(SignUpFactory().event, audience="place", subject="A room", words="It is upstairs."),
    ),
    desk.check_in: ([Event], lambda: by_able(SignUpFactory(event=started_event()))),
    desk.check_out: ([Event], lambda: by_able(checked_in(started_event(), UserFactory()))),
    desk.release_no_shows: ([Event], lambda: by_able(SignUpFactory(event=started_event()).event)),
    desk.bring_back_released: ([Event], lambda: by_able(released_event())),
    desk.join_online: ([Event], joining),
    desk.undo_check_in: ([Event, Ballot], lambda: by_able(checked_in(started_event(), UserFactory()))),
    desk.release: ([Event], releasing),
    desk.walk_in: ([Event], lambda: by_able(started_event(), name="Wendy Ash", email="wendy@example.org")),
    feedback.give_feedback: ([Event, Round], giving_feedback),
    feedback._open_if_none: ([Event], lambda: given(started_event())),
    feedback._open_forms: ([Event, Round], opening_forms),
    feedback._thank: ([Event], lambda: given(just_over())),
    feedback._remind: ([Event], lambda: given(just_over())),
    held._forget: ([Event, User], never_entered),
    after_the_day._forget_who_waited: ([Event], lambda: given(somebody_waited())),
    after_the_day._forget_names: ([Event], lambda: given(over_for_a_year())),
    leads.tell_of_saving: ([Event], telling_of_saving),
    leads.follow_lead: ([Lead], lambda: by_able(LeadFactory(), state=Lead.State.CLOSED)),
    programme.announce_draft: ([Event], lambda: by_able(EventFactory(state=Event.State.DRAFT))),
    programme.change_event: ([Event], lambda: by_able(EventFactory(), title="Better")),
    programme.set_capacity: ([Event], lambda: by_able(EventFactory(), capacity=30)),
    programme.cancel_event: ([Event, Ballot], lambda: by_able(EventFactory(), reason="Snow.")),
    programme.bring_forth: ([Event], lambda: by_able(EventFactory(), needs=[NeedFactory()])),
    adding._add: ([Discovery], lambda: by_able(**of_a_discovery())),
    programme.record_prototype: ([Event, Discovery], lambda: by_able(co_designing(), **PROTOTYPE)),
    copying.copy_event: ([Event], lambda: by_able(EventFactory(), title="Again", **hours())),
    inviting.invite: ([Event, User], lambda: by_able(EventFactory(), address="ada@example.org")),
    outputs.add_output: (
        [Event],
        lambda: by_able(started_event(), kind="slides", title="Slides", link="https://example.org/slides"),
    ),
    outputs.remove_output: ([Event], lambda: by_able(output_of(started_event()))),
    floor.ask_from_floor: ([Event], lambda: at_the_floor(words="Who pays?")),
    floor.vote_for_question: ([FloorQuestion], on_floor_question),
    floor.take_vote_back: ([FloorQuestion], on_floor_question),
    floor.show_question: ([FloorQuestion], lambda: by_able(floor_question())),
    floor.answer_question: ([FloorQuestion], lambda: by_able(floor_question())),
    floor.hide_question: ([FloorQuestion], lambda: by_able(floor_question(), reason="Asked twice.")),
    floor.put_question_back: ([FloorQuestion], lambda: by_able(floor_question(state="shown"))),
    speaking.say_who_speaks: ([Event], on_own_talk),
    speaking.take_account_off: ([Event], linked_talk),
    speaking.confirm_who_speaks: ([Event], claimed_talk),
    speaking.deny_who_speaks: ([Event], claimed_talk),
    sealing.hand_in: ([Round], lambda: given(open_round(), who=UserFactory(), answer={})),
    sealing.take_back: ([Round], taking_an_answer_back),
    surveyed_running.open_fieldwork: ([Fieldwork, QuestionSet], lambda: by_able(an_invitation(a_running()).fieldwork)),
    surveyed_running.move_close: (
        [Fieldwork],
        lambda: by_able(a_running(), closes_at=clock.now() + dt.timedelta(days=9)),
    ),
    surveyed_running.remind: ([Fieldwork], lambda: by_able(a_running(is_open=True))),
    surveyed_inviting.invite_to_survey: (
        [Fieldwork],
        lambda: by_able(a_running(), organisation=OrganisationFactory(), email="a@b.example"),
    ),
    surveyed_inviting.invite_all: ([Fieldwork], lambda: by_able(a_running(), people=[a_person()])),
    surveyed_inviting.withdraw_invitation: (
        [Fieldwork, survey_models.SurveyInvitation],
        lambda: by_able(an_invitation(a_running())),
    ),
    surveyed_answering.save_answers: (
        [Fieldwork, survey_models.SurveyInvitation, QuestionSet],
        lambda: given(somebody_asked(), keys=["savings"], answers={"savings": "no"}),
    ),
    surveyed_answering.send_way_back: ([Fieldwork, survey_models.SurveyInvitation], lambda: given(somebody_asked())),
    surveyed_answering.hand_in_survey: (
        [Fieldwork, survey_models.SurveyInvitation, QuestionSet],
        lambda: given(answers_of(somebody_asked()), token="a form"),
    ),
    surveyed_answering.take_answers_back: ([Fieldwork, survey_models.SurveyInvitation, Round], with_a_receipt),
    surveyed_answering.decline_reminders: (
        [Fieldwork, survey_models.SurveyInvitation],
        lambda: given(somebody_asked()),
    ),
    sealing.close_round: ([Round], lambda: given(open_round(), write=list)),
    sealing.void_round: ([Round], lambda: given(open_round(), reason="The key was lost.")),
    ballots.prepare_ballot: (
        [Event],
        lambda: by_able(EventFactory(co_design=True), question="Which?", prototypes=PrototypeFactory.create_batch(2)),
    ),
    ballots.change_ballot: ([Ballot], lambda: by_able(with_options()[0], question="Which two?")),
    ballots.arrange_options: ([Ballot], arranging),
    ballots.set_roll: ([Ballot], lambda: by_able(BallotFactory(roll_from="list"), people=[UserFactory()])),
    ballots.withdraw_ballot: ([Ballot], lambda: by_able(BallotFactory())),
    ballots.open_ballot: ([Event, Ballot], lambda: by_able(ready_ballot())),
    ballots.pause_ballot: ([Ballot], lambda: by_able(BallotFactory(open=True))),
    ballots.resume_ballot: ([Ballot], lambda: by_able(paused_ballot())),
    ballots.extend_ballot: ([Ballot], lambda: by_able(closing_later())),
    ballots.void_ballot: ([Ballot], lambda: by_able(BallotFactory(open=True), reason="It was misread.")),
    of_bodies.set_bodies: ([Ballot], bodies_to_enter),
    of_bodies.set_voter: ([Ballot], other_voter),
    ballots.copy_ballot: ([Ballot], lambda: by_able(void_ballot())),
    ballots.strike_from_roll: ([Ballot], striking),
    ballots.add_to_roll: (
        [Ballot],
        lambda: by_able(BallotFactory(open=True), person=UserFactory(), organisation=None, reason="The train."),
    ),
    ballots.set_cards: ([Ballot], lambda: by_able(by_cards(), number=5)),
    ballots.give_out_card: ([Ballot], lambda: by_able(open_by_cards(), reason="A late guest.")),
    cards.print_cards: ([Ballot], lambda: by_able(by_cards(), number=8)),
    cards.cast_by_card: ([Ballot, Round], using_a_card),
    casting.cast: ([Ballot], casting_one),
    reasons.show_reason: ([Ballot, Reason], reason_given),
    reasons.hold_reason_back: ([Ballot, Reason], reason_given),
    reasons.read_reason_again: ([Ballot, Reason], reason_held_back),
    paper.hand_out: ([Ballot], handing_out),
    paper.take_back: ([Ballot], lambda: by_able(*handed_out())),
    paper.start_batch: ([Ballot], lambda: by_able(handed_out()[0], slips=1)),
    paper.set_slips: ([Ballot], lambda: started(slips=1)),
    paper.add_pile: ([Ballot], entering),
    paper.remove_pile: ([Ballot], lambda: of_batch(batch_of(1).piles.get())),
    paper.add_spoilt: ([Ballot], lambda: started(number=1, reason="blank")),
    paper.remove_spoilt: ([Ballot], lambda: of_batch(spoilt())),
    paper.hand_over: ([Ballot], lambda: of_batch(batch_of(1))),
    paper.confirm_batch: ([Ballot], confirming),
    paper.send_batch_back: ([Ballot], lambda: by_able(handed_over(), reason="I count another.")),
    paper.discard_batch: ([Ballot], lambda: by_able(batch_of(1))),
    room.park_question: ([Ballot], lambda: by_able(BallotFactory(open=True), words="Who pays?")),
    room.finish_parked_question: (
        [Ballot],
        lambda: by_able(BallotFactory(open=True).parked_questions.create(words="Who pays?")),
    ),
    outcome.close_ballot: ([Ballot], lambda: by_able(BallotFactory(open=True))),
    outcome.reveal_ballot: ([Ballot], lambda: by_able(closed_ballot())),
    outcome.prepare_run_off: ([Event, Ballot], lambda: by_able(decided(votes=2)[0])),
    outcome.publish_outcome: ([Ballot], lambda: by_able(decided(votes=1)[0], text="We go on.")),
    outcome.make_project: ([Ballot, Prototype], winner),
}
