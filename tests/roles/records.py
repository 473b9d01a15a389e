"""A record for each beginning of an address: what stands in for its arguments, whose it is, and who holds it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from accounts.models import User
from assets_registry.models import Asset, AssetUpload, ProblemReport
from core import clock
from core.signed_links import token_of as right_of
from councils.models import Organisation
from events.models import Event, Organiser, OwnCalendar, PlaceOffer
from events.places.feeds import PURPOSE
from events.places.operations.offers import offer_place
from outbox.emails import digest
from outbox.unsubscribing import token_of
from projects.portfolio.links import link_for
from publishing.figures import figures_of
from publishing.models import CaseStudyPage, NeedAnswer
from publishing.shared.queries import token_for
from sealing.operations import open_round
from search.models import SavedSearch
from steering.models import GateAssessment, SavedView
from surveys.models import AskedRow
from tests.architecture.locking import SUBMITTED, compared_study
from tests.factories.accounts import UserFactory
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import MembershipFactory, OrganisationFactory, SystemFactory
from tests.factories.events import (
    EventFactory,
    LeadFactory,
    OrganiserFactory,
    ParticipantKindFactory,
    PoolFactory,
    SignUpFactory,
    floor_question,
    output_of,
    speaker,
)
from tests.factories.facts import FactCardFactory
from tests.factories.indicators import ServiceReturnFactory
from tests.factories.outbox import MessageFactory
from tests.factories.packs import PackFactory
from tests.factories.projects import (
    BlockFactory,
    BusinessCaseFactory,
    DiscoveryFactory,
    InterestFactory,
    NeedFactory,
    ProjectFactory,
    PrototypeFactory,
)
from tests.factories.publishing import bundle_of, interview_of, picture_of, publish_case_study, shared_draft
from tests.factories.questions import sign_up_question
from tests.factories.search import PinnedSearchFactory, SynonymGroupFactory
from tests.factories.steering import (
    BoardActionFactory,
    BoardSeatFactory,
    DecisionFactory,
    MeetingFactory,
    MeetingItemFactory,
    MotionFactory,
    PaperFactory,
    a_department,
)
from tests.factories.surveys import a_running, an_invitation, answers_of
from tests.factories.take_up import AdoptionFactory, CommitmentFactory, MeasurementFactory
from tests.factories.voting import BallotFactory, OptionFactory, RollEntryFactory, closed_in_time
from tests.surveys import running
from voting.cards.secrets_in_words import digest_of, new_secret
from voting.models import Ballot, Reason, RollEntry, VotingCard

Arguments = Mapping[str, Any]
WAITING = {"a draft": "draft", "waiting for its publisher": "with_publisher", "waiting for the editor": "with_editor"}


def problem_with(asset: Asset) -> ProblemReport:
    return ProblemReport.objects.create(asset=asset, reason="wrong", note="It is older.", reported_by=UserFactory())


def _revealed_budget(person: User) -> Ballot:
    """An open vote on a budget, with `person` on its roll, whose result is shown."""
    ballot = BallotFactory(open=True, method=Ballot.Method.BUDGET, pot=5)
    for option in OptionFactory.create_batch(2, ballot=ballot):
        option.price = 3
        option.save()
    RollEntryFactory(ballot=ballot, person=person, organisation=None)
    closed_in_time(ballot)
    Ballot.objects.filter(pk=ballot.pk).update(state=Ballot.State.REVEALED, revealed_at=clock.now())
    return ballot


def _with_a_reason(person: User) -> Reason:
    """A reason that somebody gave with their vote, in a vote whose result is shown, with `person` on its roll."""
    ballot = _revealed_budget(person)
    sealed = open_round("Reasons", length=100)
    Ballot.objects.filter(pk=ballot.pk).update(asks_reason=True, reasons_sealed=sealed)
    return Reason.objects.create(ballot=ballot, words="It is the cheapest.")


def _voting_card() -> dict[str, str]:
    """The words of a voting card, and the address of its vote."""
    card = VotingCard.objects.create(ballot=BallotFactory(), digest=digest_of(secret := new_secret()))
    return {"token": secret, "reference": card.ballot.reference}


def _handed_out(ballot: Ballot) -> RollEntry:
    """The entry of somebody who was handed a slip."""
    slip = RollEntry.Kind.SLIP
    ballot.roll.create(kind=slip)
    return RollEntryFactory(ballot=ballot, struck_at=clock.now(), struck_reason=RollEntry.HANDED[slip], handed=slip)


def _pile(ballot: Ballot, person: User) -> Arguments:
    """A pile and a spoilt slip of a batch of paper that `person` enters."""
    Ballot.objects.filter(pk=ballot.pk).update(batches_started=1)
    batch = ballot.paper_batches.create(number=1, slips=2, entered_by=person)
    pile = batch.piles.create(marks=[[ballot.options.first().pk, 1, ""]], slips=1)
    slip = batch.spoilt.create(ballot=ballot, number=2, reason="blank")
    return {"reference": ballot.reference, "number": batch.number, "pile": pile.pk, "slip": slip.number}


def _item_of_an_agenda() -> Arguments:
    item = MeetingItemFactory()
    return {"day": item.meeting.day, "number": item.pk}


def _survey_run_here() -> Arguments:
    """A wave that has closed, with a table that is coded from what people wrote, after one with savings."""
    wave = running.closed_unread()
    row = AskedRow.objects.filter(wave=wave.wave, row__table__slug="benefits").first()
    return {"year": wave.wave.year, "slug": "priorities", "key": row.pk}


def records_of(council: Organisation, person: User) -> dict[str, Arguments]:
    """By the beginning of the address, the longest that fits; all of `council`, and what one can hold is `person`'s."""
    need = NeedFactory(council=council)
    asset = AssetFactory(owner=council, picture_alt="A bin")
    asset.picture.save("bins.png", ContentFile(b"no picture"))
    adoption = AdoptionFactory(asset=asset, council=council, confirmed_at=None, confirmed_by=None)
    ballot = BallotFactory(open=True)
    OptionFactory.create_batch(2, ballot=ballot)
    on_roll = RollEntryFactory(ballot=ballot, person=person, organisation=None)
    revealed = _revealed_budget(person)
    reason = _with_a_reason(person)
    picture = picture_of(council)
    shared, bundle = shared_draft(council, made_by=person), bundle_of(council, made_by=person)
    member = MembershipFactory(organisation=council, person=person, may_be_asked=True)
    place, offered = SignUpFactory(person=person), SignUpFactory()
    offer = offer_place(offered, to_email=person.email, by=offered.person)
    event = EventFactory(host=council)
    on_now, talk = EventFactory(started=True, join_url="https://example.org/meeting"), speaker(person=person)
    told = speaker(name=str(person))
    type(told).objects.filter(pk=told.pk).update(person=person)
    document = output_of(on_now, link="", document=ContentFile(b"%PDF-", "slides.pdf"))
    project = ProjectFactory(lead_council=council, running=True)
    one = answers_of(an_invitation(a_running(is_open=True)))
    asked_here = {"year": one.fieldwork.wave.year, "key": one.pk}
    return {
        "feeds": {"kind": "needs", "slug": council.slug},
        "figures/said": {"name": "would_recommend"},
        "facts": {"slug": FactCardFactory().slug},
        "surveys": {"year": 2014, "slug": "savings"},
        "surveys/<year>/running": asked_here,
        "surveys/<year>/running/bench": _survey_run_here(),
        "surveys/<year>/running/invitations": asked_here,
        "surveys/answer": {"reference": one.reference, "key": "barriers"},
        "sitemap-": {"kind": "needs"},
        "demo": {"name": "officer"},
        "media/images": {"name": Path(picture.get_rendition("width-40").file.name).name},
        "media/original_images": {"name": Path(picture.file.name).name},
        "board/meetings": {"day": MeetingFactory().day},
        "board/meetings/<day>/agenda": _item_of_an_agenda(),
        "board/papers": {"number": PaperFactory().pk},
        "board/actions": {"number": BoardActionFactory().pk},
        "board/packs": {"day": PackFactory().meeting.day, "version": 1},
        "board/decisions": {"number": DecisionFactory().number},
        "board/blockers": {"slug": BlockFactory(project=project).slug},
        "board/portfolio/views": {"key": SavedView.objects.create(person=person, name="Ours", query="stage=launch").pk},
        "board/motions": {"reference": MotionFactory().ballot.reference},
        "board/strategy/departments": {"department": a_department().slug, "part": "provider"},
        "board/strategy/planting-the-flag": {"council": council.slug},
        "board/seats": {"body": BoardSeatFactory().body.slug},
        "board/assessments": {
            "slug": project.slug,
            "day": GateAssessment.objects.create(
                project=project, assessed_on=clock.today(), rating="green", recorded_by=UserFactory()
            ).assessed_on,
        },
        "board/cases": {"key": BusinessCaseFactory(project=project, **SUBMITTED).pk},
        "needs": {
            "slug": need.slug,
            "council": council.slug,
            "key": NeedAnswer.objects.create(need=need, asset=asset, linked_by=UserFactory()).pk,
        },
        "discoveries": {"slug": DiscoveryFactory().slug, "action": "issue"},
        "prototypes": {"slug": PrototypeFactory().slug},
        "still-accurate": {"token": link_for(project, UserFactory()).token},
        "projects": {
            "slug": project.slug,
            "action": "update",
            "version": 1,
            "kind": "test",
            "key": InterestFactory(project=project).pk,
        },
        "events": {
            "slug": event.slug,
            "reference": SignUpFactory(event=event).reference,
            "pool_id": PoolFactory(event=event).pk,
            "key": sign_up_question(event).key,
        },
        "events/<slug>/kinds": {"slug": event.slug, "key": ParticipantKindFactory(event=event).key},
        "events/<slug>/organisers": {"slug": event.slug, "key": OrganiserFactory(event=event, person=person).key},
        "events/organisers": {
            "token": right_of(
                Organiser.PURPOSE, OrganiserFactory(person=None, accepted_at=None, email=person.email).key
            )
        },
        "events/skills": {"slug": "agile"},
        "events/<slug>/brought-forth": {"slug": on_now.slug, "number": output_of(on_now).pk},
        "events/<slug>/outputs": {"slug": on_now.slug, "number": document.pk},
        "events/<slug>/join": {"slug": on_now.slug},
        "events/<slug>/floor": {"slug": on_now.slug, "number": floor_question(event=on_now, person=person).pk},
        "events/<slug>/speakers/<number>/not-mine": {"slug": told.item.event.slug, "number": told.pk},
        "events/<slug>/speakers/asked": {
            "slug": told.item.event.slug,
            "number": speaker(event=told.item.event).claims.create(person=UserFactory()).pk,
        },
        "events/<slug>/speakers": {"slug": talk.item.event.slug, "number": talk.pk},
        "events: a draft": {"slug": EventFactory(state=Event.State.DRAFT).slug},
        "sign-ups": {"reference": place.reference},
        "sign-ups/offers": {"token": right_of(PlaceOffer.PURPOSE, offer.key)},
        "calendars": {"token": right_of(PURPOSE, OwnCalendar.objects.create(person=person).key)},
        "leads": {"reference": LeadFactory().reference},
        "check-in": {"reference": place.reference},
        "votes": {
            "reference": ballot.reference,
            "entry": on_roll.pk,
            "question": ballot.parked_questions.create(words="Who pays after the first year?").pk,
        },
        "votes/<reference>/who-could-vote": {"reference": revealed.reference},
        "votes/<reference>/reasons": {"reference": reason.ballot.reference, "reason": reason.pk},
        "votes/<reference>/hand-out/<entry>": {"reference": ballot.reference, "entry": _handed_out(ballot).pk},
        "votes/<reference>/paper": _pile(ballot, person),
        "votes/<reference>/receipts": {"reference": revealed.reference},
        "votes/<reference>/bundle": {"reference": revealed.reference},
        "votes/<reference>/votes.pb": {"reference": revealed.reference},
        "v": {"code": ballot.code},
        "card": _voting_card(),
        "votes: being prepared": {"reference": BallotFactory().reference},
        "assets": {"slug": asset.slug},
        "assets: a legacy entry": {"slug": AssetFactory(owner=council, legacy=True).slug},
        "assets/<slug>/versions": {"slug": asset.slug, "number": asset.versions.create(version="0.9").pk},
        "assets/<slug>/links": {
            "slug": asset.slug,
            "number": asset.links.create(relation="part_of", other=AssetFactory()).pk,
        },
        **{
            f"assets: {words}": {"slug": AssetFactory(owner=council, state=state, published_at=None).slug}
            for words, state in WAITING.items()
        },
        "assets/uploads": {"key": AssetUpload.objects.create(owner=council, uploaded_by=person, total=1).pk},
        "assets/problems": {"key": problem_with(asset).pk},
        "assets/benefits/claim": {"project": project.slug},
        "board/promises": {"key": MeasurementFactory(promise__project=project, promise__claimed=6).promise.pk},
        "board/promises/plan": {"project": project.slug},
        "board/promises/measurements": {"key": MeasurementFactory(promise__project=project, waiting=True).pk},
        "assets/adoptions": {"key": adoption.pk},
        "assets/commitments": {"key": CommitmentFactory(asset=asset, council=council).pk},
        "assets/commitments: waiting": {"key": CommitmentFactory(council=council, waiting=True).pk},
        "councils": {"slug": council.slug, "membership_id": member.pk},
        "councils/<slug>/handing-over": {"slug": council.slug, "person_id": member.person_id},
        "councils/<slug>/systems": {
            "slug": council.slug,
            "system_id": SystemFactory(council=council, waiting=True).pk,
        },
        "services": _returned(council),
        "councils/<slug>/indicators": {"slug": council.slug},
        "search/words": {"key": SynonymGroupFactory().pk},
        "search/pins": {"key": PinnedSearchFactory().pk},
        "messages": {"token": token_of(UserFactory(), digest)},
        "people": {"person_id": UserFactory().pk},
        "account/messages": {"pk": MessageFactory(failed=True).pk},
        "queue": {"kind": "needs", "key": NeedFactory().pk},
        "account/follows": {"kind": "project", "slug": project.slug},
        "search/saved": {"pk": SavedSearch.objects.create(person=person, name="Bins", query="q=bins").pk},
        "case-studies/<slug>/check/<key>": _asked_to_check(person),
        "case-studies/<slug>/still-running": {"slug": _asked_what_became(council).slug},
        "case-studies": {"slug": publish_case_study(council, picture=picture).slug},
        "case-studies/<key>/share": {"key": shared.case_study_id, "link": shared.pk},
        "case-studies/new/<key>": {"key": interview_of(council, UserFactory()).pk, "number": 2},
        "bundles": {"key": bundle.bundle_id, "page": bundle.page_id},
        "drafts": {"token": token_for(shared)},
    }


def _returned(council) -> Arguments:
    one = ServiceReturnFactory(council=council)
    return {"slug": one.service.slug, "council_slug": council.slug, "quarter": "2014-q4"}


def _asked_to_check(person) -> Arguments:
    page = compared_study()
    said = {"figures": figures_of(page), "organisation": OrganisationFactory(), "asked_by": page.owner}
    return {"slug": page.slug, "key": page.checks.create(person=person, **said).pk}


def _asked_what_became(council) -> CaseStudyPage:
    page = publish_case_study(council, title="What became of it")
    page.follow_ups.create(months=6, asked_on=clock.today())
    return page


def arguments_of(address: str, case: str, records: Mapping[str, Arguments]) -> Arguments:
    """What stands in for the arguments of an address, in that case of its record."""
    fitting = [each for each in records if address.startswith(f"/{each.partition(':')[0]}")]
    in_this_case = [each for each in fitting if each.partition(": ")[2] == case]
    return records[max(in_this_case, key=len)] if in_this_case else {}
