"""The sections of the account page, read in a fixed number of queries."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, When
from django.urls import reverse
from django.utils.text import Truncator

from accounts.models import AnyUser, User
from accounts.permissions import has_second_factor, may_manage_people, roles_of
from accounts.roles import Role
from assets_registry.models import Asset
from core import clock
from core.words import day_in_words
from councils.models import Membership
from councils.permissions import (
    asked_memberships_of,
    contributes,
    councils_of,
    memberships_of,
)
from councils.queries import leads_of
from events.permissions import events_run_by
from events.places.standing import state_of
from portal.entrance import Way, pages_admin
from portal.queue.permissions import can_see_queue
from projects.models import Need, NeedSupport
from publishing.addresses import editing_address
from publishing.interview.forms import LAST, answered_of
from publishing.models import Interview, NewsPage
from publishing.permissions import (
    can_bundle,
    can_write_case_studies,
    can_write_news,
    case_studies_behind_the_scenes,
    own_interviews,
)
from publishing.standing import TAKEN_OFF, where_it_stands
from take_up.inbox import commitment_page
from take_up.models import Commitment
from take_up.permissions import commitments_in_the_name_of
from voting.ballots.queries import with_has_voted
from voting.models import Ballot, RollEntry
from voting.outcome.queries import result_words, tally

VOTE_NOW = "Vote now"
MOST = 10  # of each kind; the lists have the rest


@dataclass(frozen=True)
class OwnLine:
    """One line of a section, with its address."""

    title: str
    url: str
    note: str = ""
    when: str = ""
    word: str = ""
    colour: str = "grey"


@dataclass(frozen=True)
class OwnRecords:
    """The reader's records of one kind, with what to do where there are none."""

    title: str
    anchor: str
    lines: list[OwnLine]
    empty: str = ""
    action: str = ""
    url: str = ""


def asked_to_join(user: User) -> list[tuple[Membership, bool]]:
    """The reader's unconfirmed memberships, each with whether the organisation has a lead to confirm it."""
    return [(membership, leads_of(membership.organisation).exists()) for membership in asked_memberships_of(user)[:3]]


def anywhere(user: AnyUser) -> list[Way]:
    """The link to what waits anywhere, in a list; empty for those who may not see it."""
    return [Way("What waits anywhere", reverse("queue"))] if can_see_queue(user) else []


def staff_links(user: User) -> list[tuple[str, str]]:
    """Links to the secretariat's pages, for those who may open them."""
    links = []
    if may_manage_people(user):
        links += [("People and roles", reverse("accounts:people")), ("Who waits to join", reverse("councils:waiting"))]
        links.append(("Savings told of at events", reverse("events:leads")))
    if can_see_queue(user):
        links += [(way.text, way.url) for way in anywhere(user)] + [("How the site is", reverse("site_status"))]
    if can_bundle(user):
        links.append(("Bundles of pages", reverse("publishing:bundles")))
    if Role.SECRETARIAT in roles_of(user):
        links.append(("Audit trail", reverse("audit:trail")))
    return links + [(way.text, way.url) for way in pages_admin(user)]


def mine(user: User) -> list[OwnRecords]:
    """The reader's records, kind by kind; their votes first while they have one to cast."""
    groups = [_places(user), *_to_run(user), votes := _votes(user), _needs(user), _assets(user), *_commitments(user)]
    groups += being_written(user)
    return sorted(groups, key=lambda group: group is not votes or not _has_one_to_cast(votes))


def _has_one_to_cast(votes: OwnRecords) -> bool:
    return any(line.word == VOTE_NOW for line in votes.lines)


def being_written(user: User) -> list[OwnRecords]:
    """The reader's case studies and news that are not published."""
    return [_case_studies(user), *_news(user)]


def _to_start(user: User, words: str) -> str:
    """A link to something new, for contributors of a council."""
    return words if contributes(user) else ""


def _places(user: User) -> OwnRecords:
    is_over = Case(When(event__ends_at__lt=clock.now(), then=1), default=0)
    places = user.sign_ups.living().select_related("event").annotate(is_over=is_over)
    next_first = Case(When(is_over=0, then=F("event__starts_at")))
    lines = [
        OwnLine(
            place.event.title,
            place.get_absolute_url(),
            place.event.venue,
            place.event.days,
            *state_of(place.event, place),
        )
        for place in places.order_by("is_over", next_first, "-event__starts_at")[:MOST]
    ]
    return OwnRecords(
        "Places at events", "places", lines, "You have not signed up for an event.", "See events", "/events/"
    )


def _to_run(user: User) -> list[OwnRecords]:
    """The events that the reader runs by name, as whoever made them or was asked to; none for all others."""
    theirs = Q(pk__in=user.organises.values("event")) | Q(made_by=user)
    events = events_run_by(user).filter(theirs, ends_at__gte=clock.now()).order_by("starts_at", "pk")
    lines = [
        OwnLine(event.title, reverse("events:run", args=[event.slug]), event.venue, event.days, *state_of(event))
        for event in events[:MOST]
    ]
    return [OwnRecords("Events you run", "events-you-run", lines)] if lines else []


def _rolls(user: User) -> QuerySet[RollEntry]:
    """The ballots someone may vote in, each with whether they have."""
    rolls = RollEntry.objects.known().filter(person=user).exclude(ballot__state=Ballot.State.DRAFT)
    return with_has_voted(rolls).select_related("ballot")


def _standing(entry: RollEntry) -> str:
    if not entry.ballot.is_under_way:
        return entry.ballot.state_word
    if entry.was_handed:
        return entry.ballot.state_word
    if entry.has_voted:  # type: ignore[attr-defined]  # annotated
        return "You have voted"
    return VOTE_NOW if entry.ballot.takes_votes else entry.ballot.state_word


def _what_came_of(entry: RollEntry) -> str:
    """Whether the reader voted in a ballot that has ended, as far as that is known, and what came of it."""
    ballot = entry.ballot
    if not ballot.has_ended:
        return ""
    voted = "You voted." if entry.voted else "You did not vote."
    if entry.was_handed:  # whether they used it nobody knows
        voted = f"You had {RollEntry.Kind(entry.handed).label.lower()}."
    if not ballot.is_revealed:
        return voted
    came = ballot.outcome or f"{result_words(ballot, tally(ballot, list(ballot.options.all())))}."
    return f"{voted} {Truncator(came).words(30)}"


def _way_to(ballot: Ballot, standing: str) -> str:
    """The ballot to vote on, or the result, or the vote's page."""
    if standing == VOTE_NOW:
        return reverse("voting:cast", args=[ballot.reference])
    return reverse("voting:results", args=[ballot.reference]) if ballot.is_revealed else ballot.get_absolute_url()


def _votes(user: User) -> OwnRecords:
    """The ballots on whose roll the reader was, open ones first, then what came of those that have ended.

    Not what they voted for: of a secret ballot nobody knows, of an open one its record says.
    """
    runs = Case(When(ballot__state__in=Ballot.RUNNING, then=0), default=1)
    rolls = _rolls(user).prefetch_related("ballot__options").order_by(runs, "-ballot__opened_at")[:MOST]
    lines = [
        OwnLine(
            entry.ballot.question,
            _way_to(entry.ballot, standing := _standing(entry)),
            _what_came_of(entry),
            day_in_words(entry.ballot.opened_at, in_short=True),
            standing,
            "violet" if entry.ballot.takes_votes else "grey",
        )
        for entry in rolls
    ]
    lines.sort(key=lambda line: line.word != VOTE_NOW)
    empty = "None yet. Whoever is checked in at a Co-Design Day votes there."
    return OwnRecords("Your votes", "votes", lines, empty, "See votes", "/votes/")


def _needs(user: User) -> OwnRecords:
    joined = NeedSupport.objects.filter(need=OuterRef("pk"), joined_by=user).order_by("-joined_at").values("joined_at")
    done = Case(When(raised_by=user, then=F("raised_at")), default=Subquery(joined[:1]))
    needs = Need.objects.annotate(done_at=done).filter(done_at__isnull=False).order_by("-done_at", "-pk")
    lines = [
        OwnLine(
            need.title,
            need.get_absolute_url(),
            "Raised by you" if need.raised_by_id == user.pk else "Joined by you",
            day_in_words(need.done_at, in_short=True),
            need.get_state_display(),
            "green" if need.state == Need.State.OPEN else "grey",
        )
        for need in needs[:MOST]
    ]
    return OwnRecords(
        "Needs", "needs", lines, "You have raised and joined no need.", _to_start(user, "Raise a need"), "/needs/new/"
    )


def _assets(user: User) -> OwnRecords:
    own = councils_of(user, at_least=Membership.Role.CONTRIBUTOR)
    drafts = Asset.objects.filter(owner__in=own, state__in=Asset.ON_THE_WAY)
    lines = [
        OwnLine(
            asset.name, asset.get_absolute_url(), f"Of {asset.owner}", word=asset.get_state_display(), colour="amber"
        )
        for asset in drafts.select_related("owner").order_by("-updated_at")[:MOST]
    ]
    empty = "No entry of your council is waiting to be published." if own else "You write for no council."
    return OwnRecords(
        "Assets not published yet", "assets", lines, empty, _to_start(user, "Register an asset"), "/assets/register/"
    )


def _case_studies(user: User) -> OwnRecords:
    """Case studies of the reader's councils with unpublished content; an editor's own too."""
    own = councils_of(user, at_least=Membership.Role.CONTRIBUTOR)
    pages = case_studies_behind_the_scenes(user).filter(Q(council__in=own) | Q(owner=user))
    pages = pages.filter(Q(live=False) | Q(has_unpublished_changes=True)).select_related("council")
    under_way = own_interviews(user).filter(sent_at=None).select_related("council")
    lines = [_in_the_interview(each) for each in under_way[:MOST]]
    lines += [_written(page, f"Of {page.council}. ") for page in pages.order_by("-latest_revision_created_at")[:MOST]]
    empty = "No case study of your council is being written." if own else "You write for no council."
    return OwnRecords(
        "Case studies being written",
        "case-studies",
        lines,
        empty,
        "Write a case study" if can_write_case_studies(user) else "",
        reverse("publishing:new"),
    )


def _in_the_interview(interview: Interview) -> OwnLine:
    note = f"Of {interview.council}. Yours alone until you send it."
    return OwnLine(
        str(interview),
        interview.get_absolute_url(),
        note,
        word=f"{answered_of(interview)} of {LAST} answered",
        colour="amber",
    )


def _commitments(user: User) -> list[OwnRecords]:
    """What the reader said, or took over, that a council would do; none for all others."""
    found = list(commitments_in_the_name_of(user).order_by("expires_on", "pk")[:MOST])
    waiting = {_said_by(each) for each in found if each.is_waiting}
    holding = {_said_by(each) for each in found if not each.is_waiting}
    lines = [
        OwnLine(
            str(each.asset),
            commitment_page(each),
            f"{each.council} would {each.in_words}.",
            f"until {day_in_words(each.expires_on, in_short=True)}" if each.expires_on else "",
            _waits(each, is_renewed=_said_by(each) in waiting),
            "amber",
        )
        for each in found
        if not (each.is_waiting and _said_by(each) in holding)  # a renewal: said with what it renews
    ]
    return [OwnRecords("What your council would do, in your name", "commitments", lines)] if lines else []


def _waits(commitment: Commitment, *, is_renewed: bool) -> str:
    if commitment.is_waiting:
        return "Waits for your lead"
    return "Renewal waits for your lead" if is_renewed else ""


def _said_by(commitment: Commitment) -> tuple[int, int, str]:
    """Who would do what for which asset: the same of a commitment and of its renewal."""
    return commitment.council_id, commitment.asset_id, commitment.in_words


def _news(user: User) -> list[OwnRecords]:
    """News with unpublished content that the reader began, for those who may write news."""
    if not can_write_news(user):
        return []
    pages = NewsPage.objects.filter(Q(live=False) | Q(has_unpublished_changes=True), owner=user)
    lines = [_written(page) for page in pages.order_by("-latest_revision_created_at")[:MOST]]
    lines = [line for line in lines if line.word != TAKEN_OFF]
    new = reverse("publishing:write_news")
    return [OwnRecords("News being written", "news", lines, "You are writing no news.", "Write news", new)]


def _written(page: Any, whose: str = "") -> OwnLine:
    """A line for an unpublished page: who has it now, or what became of it."""
    word, sentence = where_it_stands(page)
    return OwnLine(
        page.draft_title or page.title, editing_address(page), f"{whose}{sentence}", word=word, colour="amber"
    )


def standing(user: User) -> list[tuple[str, ...]]:
    """The reader's address, councils, roles and second factor."""
    pairs: list[tuple[str, ...]] = [("Name", str(user)), ("E-mail address", user.email, reverse("account_email"))]
    for membership in memberships_of(user):
        role = membership.get_role_display().partition(":")[0]
        pairs.append((role, membership.organisation.full_name, membership.organisation.get_absolute_url()))
    names = {role.value: role.label.partition(":")[0] for role in Role}
    if roles := sorted(names[role] for role in roles_of(user)):
        pairs.append(("Roles", ", ".join(roles)))
    state = "Set up" if has_second_factor(user) else "Not set up"
    if settings.DEMO:
        state = "Not asked for in the demonstration"
    pairs.append(("Second factor", state, reverse("mfa_index")))
    return pairs
