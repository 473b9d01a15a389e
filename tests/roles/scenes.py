"""The record and the answers that an operation is tried with: a call that succeeds, for whoever may.

Its `by` is the person whose own it is, where the table asks for that; else anybody. Most calls are those of
`tests/architecture/locking.py`; here stand those of operations that lock nothing, those that say whose record it is,
and those of a particular case, named as in the table.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from assets_registry.bulk import Record
from assets_registry.models import Asset
from core import clock
from councils.models import Membership, Organisation
from events.models import Event
from publishing import operations as publishing
from publishing.models import NeedAnswer
from search.models import SavedSearch
from steering.models import QUORUM, SavedView
from tests.architecture.locking import (
    A_SYSTEM,
    LOCKING,
    MEASURED,
    SUBMITTED,
    WRITTEN,
    Call,
    an_end_to_come,
    asked_check,
    draft_study,
    given,
    missed_promise,
    shown_draft,
    take_up_planned,
)
from tests.factories.accounts import UserFactory, give_role
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import DepartmentFactory, MembershipFactory, OrganisationFactory, SystemFactory
from tests.factories.events import EventFactory
from tests.factories.projects import BlockFactory, BusinessCaseFactory, NeedFactory, ProjectFactory
from tests.factories.publishing import interview_of, shared_draft
from tests.factories.steering import BoardSeatFactory, MeetingFactory
from tests.factories.take_up import AdoptionFactory, BenefitFactory, CommitmentFactory, MeasurementFactory
from tests.outside import plant
from tests.steering.deciding import meeting_of, stood
from tests.surveys import running

Scene = Callable[[], Call]
State, Rank = Membership.State, Membership.Role

EVENT = {
    "title": "A day together",
    "summary": "On bins.",
    "stream": Event.Stream.SKILLS,
    "kind": Event.Kind.WORKSHOP,
    "venue": "Leeds",
    "capacity": 20,
}
ENTRY = {"name": "Bin days", "kind": Asset.Kind.CODE, "summary": "One interface.", "licence": "MIT"}
PROMISE = {
    "title": "Fewer calls",
    "unit": "calls a month",
    "claimed": Decimal("1000"),
    "claimed_in": "An estimate",
    "claimed_on": dt.date(2015, 1, 1),
}


def _handing_over() -> Call:
    asset = AssetFactory()
    colleague = MembershipFactory(organisation=asset.owner, role=Rank.CONTRIBUTOR).person
    return anybody(asset, person=colleague, reason="She left.")


def _own_release() -> Call:
    person = UserFactory()
    return given(running.proposed_unread(person), by=person)


def anybody(*args, **answers) -> Call:
    return given(*args, by=UserFactory(), **answers)


def on_oneself(**answers) -> Call:
    person = UserFactory()
    return given(person, by=person, **answers)


def own_search() -> Call:
    search = SavedSearch.objects.create(person=UserFactory(), name="Bins", query="q=bins")
    return given(search, by=search.person)


def work_to_hand_over() -> Call:
    place = MembershipFactory()
    colleague = MembershipFactory(organisation=place.organisation).person
    AssetFactory(owner=place.organisation, registered_by=place.person)
    return anybody(place.organisation, was=place.person, to=colleague)


def own_view() -> Call:
    view = SavedView.objects.create(person=UserFactory(), name="Ours", query="stage=launch")
    return given(view, by=view.person)


def on_somebody(**answers) -> Call:
    return anybody(UserFactory(), **answers)


def on_superuser(**answers) -> Call:
    return anybody(give_role(UserFactory(is_superuser=True)), **answers)


def on_own_place(place: Membership, **answers) -> Call:
    return given(place, by=place.person, **answers)


def answer_of_council() -> NeedAnswer:
    asset = AssetFactory()
    return NeedAnswer.objects.create(need=NeedFactory(), asset=asset, linked_by=UserFactory())


def own_link() -> Call:
    maker = UserFactory()
    return given(shared_draft(OrganisationFactory(), made_by=maker), by=maker)


def own_interview(**answers) -> Call:
    author = UserFactory()
    return given(interview_of(OrganisationFactory(), author), by=author, **answers)


def own_answer() -> Call:
    answer = answer_of_council()
    return given(answer, by=answer.linked_by)


def new_event() -> Call:
    starts = clock.now() + dt.timedelta(days=14)
    return anybody(**EVENT, starts_at=starts, ends_at=starts + dt.timedelta(hours=6))


def deciding_at_the_gate() -> Call:
    seats = BoardSeatFactory.create_batch(QUORUM)
    in_favour = {"result": "accepted", "wording": "Yes.", "stands": stood(seats, "F" * QUORUM)}
    return anybody(BusinessCaseFactory(**SUBMITTED), meeting=meeting_of(seats), **in_favour)


def own_claim() -> Call:
    measurement = MeasurementFactory(waiting=True)
    return given(measurement, by=measurement.promise.recorded_by)


def own_measurement() -> Call:
    measurement = MeasurementFactory(waiting=True)
    return given(measurement, by=measurement.reported_by)


def study_with_the_editor(**answers) -> Call:
    (page,), _ = draft_study()
    publisher = MembershipFactory(organisation=page.council, role=Rank.PUBLISHER).person
    publishing.approve_case_study(page, by=publisher)
    return anybody(type(page).objects.get(pk=page.pk), **answers)


def claim_for(**owner) -> Call:
    return anybody(**owner, **PROMISE)


def asking_to_run() -> Call:
    event = EventFactory(made_by=UserFactory())
    return given(event, by=event.made_by, email="ada@example.org")


def asking_a_forge() -> Call:
    plant("https://raw.githubusercontent.com/luton/waste/HEAD/publiccode.yml", "name: Waste\n")
    return anybody(address="https://github.com/luton/waste")


GIVEN = {"role": "Analysts"}
SCENES: dict[str, Scene] = {
    "give_role": lambda: on_somebody(**GIVEN),
    "take_role": lambda: on_somebody(**GIVEN),
    "set_roles": lambda: on_somebody(roles=["Analysts"]),
    "give_role: of a superuser": lambda: on_superuser(**GIVEN),
    "take_role: of a superuser": lambda: on_superuser(**GIVEN),
    "set_roles: of a superuser": lambda: on_superuser(roles=["Analysts"]),
    "give_role: one’s own": lambda: on_oneself(**GIVEN),
    "take_role: one’s own": lambda: on_oneself(**GIVEN),
    "set_roles: one’s own": lambda: on_oneself(roles=["Analysts"]),
    "deactivate: of a superuser": on_superuser,
    "close_account": on_oneself,
    "change_profile": lambda: on_oneself(name="Ada Lowe"),
    "choose_messages": lambda: on_oneself(paces={}),
    "turn_everything_off": on_oneself,
    "try_again": on_oneself,
    "stop_following": lambda: anybody(NeedFactory()),
    "delete_search": own_search,
    "delete_view": own_view,
    "pass_up: from the secretariat": lambda: anybody(BlockFactory(level="secretariat"), words="Please."),
    "new_own_calendar": on_oneself,
    "turn_off_own_calendar": on_oneself,
    "confirm_membership: one’s own": lambda: on_own_place(MembershipFactory(state=State.CANDIDATE)),
    "change_role: one’s own": lambda: on_own_place(MembershipFactory(), role=Rank.READER),
    "end_membership": lambda: on_own_place(MembershipFactory()),
    "hand_over_work": work_to_hand_over,
    "reorganise": lambda: anybody(
        OrganisationFactory(), ends_on=clock.today(), carried_on_by=OrganisationFactory(), order="An order"
    ),
    "take_back_reorganisation": lambda: anybody(an_end_to_come().council),
    "put_name_down": lambda: on_own_place(MembershipFactory()),
    "take_name_off": lambda: on_own_place(MembershipFactory(may_be_asked=True)),
    "change_system: that waits": lambda: anybody(SystemFactory(waiting=True), **A_SYSTEM),
    "remove_system: that waits": lambda: anybody(SystemFactory(waiting=True)),
    "answer_check": lambda: anybody(asked_check()[0][0], is_right=True),
    "answer_check: one’s own": asked_check,
    "confirm_release: one’s own": _own_release,
    "make_bundle": lambda: anybody(name="Newsletter"),
    "stop_sharing": lambda: anybody(shown_draft()[0][0]),
    "stop_sharing: one’s own": own_link,
    "save_answers": lambda: anybody(interview_of(OrganisationFactory(), UserFactory()), typed={"title": "Bins"}),
    "save_answers: one’s own": lambda: own_interview(typed={"title": "Bins"}),
    "send_interview": lambda: anybody(interview_of(OrganisationFactory(), UserFactory()), words=WRITTEN),
    "send_interview: one’s own": lambda: own_interview(words=WRITTEN),
    "give_up_interview": lambda: anybody(interview_of(OrganisationFactory(), UserFactory())),
    "give_up_interview: one’s own": own_interview,
    "take_answer_off": lambda: anybody(answer_of_council()),
    "take_answer_off: one’s own": own_answer,
    "start_discovery": lambda: anybody(title="Bins", summary="On bins.", theme="Waste"),
    "submit_case": lambda: anybody(BusinessCaseFactory()),
    "decide": deciding_at_the_gate,
    "plan_meeting": lambda: anybody(day=clock.today(), host=BoardSeatFactory(), place="Smith Square"),
    "give_action": lambda: anybody(title="Write to them", owner=DepartmentFactory(), due_on=clock.today()),
    "log_export": lambda: anybody(MeetingFactory()),
    "hold_meeting": lambda: anybody(day=clock.today(), host=BoardSeatFactory(), place="Smith Square"),
    "seat_body": lambda: anybody(DepartmentFactory(), side="local", order=90),
    "register_asset": lambda: anybody(owner=OrganisationFactory(), repository_url="https://git.example.org/a", **ENTRY),
    "register_and_submit_asset": lambda: anybody(owner=OrganisationFactory(), **ENTRY),
    "hand_over_asset": _handing_over,
    "change_asset: a draft": lambda: anybody(AssetFactory(state="draft"), summary="Better."),
    "return_asset: waiting for the editor": lambda: anybody(AssetFactory(state="with_editor"), reason="No licence."),
    "withdraw_commitment: waiting": lambda: anybody(CommitmentFactory(waiting=True)),
    "read_repository": asking_a_forge,
    "import_assets": lambda: anybody([], owner=OrganisationFactory()),
    "start_upload": lambda: anybody(owner=OrganisationFactory(), file_name="a.csv", records=[Record("row 1", b"{}")]),
    "claim_benefit": lambda: claim_for(project=ProjectFactory()),
    "claim_benefit: of an adoption": lambda: claim_for(adoption=AdoptionFactory()),
    "turn_down_measurement: one’s own": own_claim,
    "check_measurement: one’s own": own_measurement,
    "report_measurement: of an adoption": lambda: anybody(
        BenefitFactory(project=None, adoption=AdoptionFactory()), **MEASURED
    ),
    "explain_promise: of an adoption": lambda: anybody(missed_promise(of_adoption=True), explanation="Fewer came."),
    "plan_take_up: of an asset": lambda: anybody(AssetFactory(), **take_up_planned()),
    "submit_case_study": lambda: draft_study(is_submitted=False),
    "approve_case_study: waiting for the editor": study_with_the_editor,
    "return_case_study: waiting for the editor": lambda: study_with_the_editor(reason="Say more."),
    "make_organiser": asking_to_run,
    "draft_event": new_event,
    "publish_event": new_event,
}
SCENES = {operation.__name__: call for operation, (_, call) in LOCKING.items()} | SCENES


def without_roles(scene: Scene) -> Scene:
    """The same call by a person who has no role any more: the table asks for their own with each role in turn."""

    def call() -> Call:
        args, answers = scene()
        answers["by"].groups.clear()
        answers["by"].authenticator_set.all().delete()
        return args, answers

    return call


OF_A_BATCH = ("set_slips", "add_pile", "remove_pile", "add_spoilt", "remove_spoilt", "hand_over")
SCENES |= {name: without_roles(SCENES[name]) for name in OF_A_BATCH}


def council_of(args: Sequence[Any], answers: Mapping[str, Any]) -> Organisation:
    """Whose record it is: the council that the answers name, or that the last record belongs to; else one made up."""
    for each in (*answers.values(), *reversed(args)):
        found = each if isinstance(each, Organisation) else _owner_of(each)
        if found is not None:
            return found
    return OrganisationFactory()


def _owner_of(record: object) -> Organisation | None:
    """Of a record, or of the project or adoption that it is about."""
    """Of a record, or of the project, adoption or asset that it is about."""
    for name in ("council", "owner", "lead_council", "organisation", "project", "adoption", "asset", "case_study"):
        match getattr(record, name, None):
            case None:
                continue
            case Organisation() as owner:
                return owner
            case about:
                return _owner_of(about)
    return None
