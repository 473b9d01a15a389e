"""Lines about votes for somebody's week."""

from dataclasses import replace

from django.db.models import F, OuterRef, Q, QuerySet
from django.urls import reverse

from accounts.permissions import is_asked_to_facilitate
from core import clock
from core.counting import count_of
from core.inbox import MOST, Action, Item, Reader, change_of
from core.words import time_in_words
from events.permissions import organises
from projects.inbox import behind_it
from voting.ballots.queries import open_votes_without, options_with_prototypes
from voting.ballots.sentences import body_words, run_words
from voting.casting.queries import open_roll_entries
from voting.casting.turnout import turnout_of
from voting.models import Ballot, BallotProject, RollEntry
from voting.outcome.next_steps import next_action
from voting.outcome.queries import ballots_with_figures
from voting.paper.queries import paper_words
from voting.permissions import ballots_run_by, visible_ballots


def votes_to_cast(reader: Reader) -> list[Item]:
    """Open votes in which this person may vote and has not yet."""
    to_cast = open_roll_entries(reader.user).filter(has_voted=False)
    return [_to_cast(entry) for entry in to_cast.order_by("ballot__closes_at", "ballot__opened_at")[:MOST]]


def _to_cast(entry: RollEntry) -> Item:
    ballot = entry.ballot
    at, at_note = ballot.opened_at, "open since"
    if ballot.closes_at:
        at, at_note = ballot.closes_at, f"closes {time_in_words(ballot.closes_at)}"
    whose = f"for {entry.organisation}" if entry.organisation else "for yourself"
    words = f"Vote at {ballot.venue}. You are on its roll {whose} and have not voted yet."
    if ballot.is_of_bodies:
        words = f"Vote of the {ballot.venue.lower()}. {body_words(entry)} It has not voted yet."
    return Item(
        at,
        ballot.question,
        ballot.get_absolute_url(),
        words,
        at_note=at_note,
        actions=(Action("Vote now", reverse("voting:cast", args=[ballot.reference])),),
        comes_before_all=True,
        closes_at=ballot.closes_at,
    )


def votes_to_be_added_to(reader: Reader) -> list[Item]:
    """Open votes of a day at which this person is checked in, without being on the roll."""
    return [
        Item(
            ballot.opened_at,
            ballot.question,
            ballot.get_absolute_url(),
            f"Vote at {ballot.venue}. You are not on its roll yet: ask those who run it to add you.",
            at_note="open since",
            actions=(Action("Wait for my ballot", reverse("voting:cast", args=[ballot.reference])),),
            comes_before_all=True,
            closes_at=ballot.closes_at,
        )
        for ballot in open_votes_without(reader.user).order_by("opened_at")[:MOST]
    ]


def votes_to_open(reader: Reader) -> list[Item]:
    """For those who run them: the votes that are being prepared."""
    prepared = _run_by(reader).filter(state=Ballot.State.DRAFT, event__isnull=False)
    return [
        Item(
            event.starts_at,
            ballot.question,
            ballot.get_absolute_url(),
            f"Vote at {event}, prepared and not open yet.",
            at_note="the day",
            until=event.ends_at,
            actions=(Action("Open it", ballot.get_absolute_url()),),
            comes_first=event.check_in_is_open,
        )
        for ballot in prepared.order_by("event__starts_at", "pk")[:MOST]
        if (event := ballot.event)
    ]


def _run_by(reader: Reader) -> QuerySet[Ballot]:
    """The votes that a facilitator or an organiser may run; the secretariat may run all, and is not asked to."""
    if not is_asked_to_facilitate(reader.user) and not organises(reader.user):
        return Ballot.objects.none()
    return ballots_run_by(reader.user).select_related("event", "run_off", "run_off_of")


def votes_to_close(reader: Reader) -> list[Item]:
    """For those who run them: the votes that are open or paused."""
    running = ballots_with_figures(_run_by(reader).filter(state__in=Ballot.RUNNING))
    return [
        Item(
            ballot.opened_at,
            ballot.question,
            ballot.get_absolute_url(),
            f"Vote at {ballot.venue}. {run_words(ballot, str(turnout_of(ballot)))} {paper_words(ballot)}".strip(),
            at_note="open since",
            actions=tuple(action for action in [next_action(ballot, reader.user)] if action),
            comes_before_all=True,
            closes_at=ballot.closes_at,
        )
        for ballot in running.order_by("opened_at", "pk")[:MOST]
    ]


def votes_to_finish(reader: Reader) -> list[Item]:
    """For those who run them: closed votes in which somebody voted, until their next action is done.

    The action is that of the vote's own page: to show the result, to publish the outcome, to make projects.
    """
    made = count_of(BallotProject.objects.filter(ballot=OuterRef("pk")))
    unfinished = _run_by(reader).filter(state__in=Ballot.ENDED, result__voted__gt=0, run_off=None).alias(made=made)
    unfinished = unfinished.filter(~Q(state=Ballot.State.PUBLISHED) | Q(made__lt=F("to_pursue"), event__isnull=False))
    ballots = unfinished.prefetch_related(options_with_prototypes(), "led_to").order_by("-closed_at", "-pk")[:MOST]
    found = ((ballot, next_action(ballot, reader.user, options=list(ballot.options.all()))) for ballot in ballots)
    return [_to_finish(ballot, action) for ballot, action in found if action]


def _to_finish(ballot: Ballot, action: Action) -> Item:
    left = {
        Ballot.State.CLOSED: "Its result is not shown yet.",
        Ballot.State.REVEALED: "What came of it is not told yet.",
    }.get(Ballot.State(ballot.state), "What was chosen is not a project yet.")
    return Item(
        ballot.closed_at,
        ballot.question,
        ballot.get_absolute_url(),
        f"Vote at {ballot.venue}, closed. {left}",
        at_note="closed",
        actions=(replace(action, is_second=True),),
    )


def votes_to_review(reader: Reader) -> list[Item]:
    """For those who run them: published votes whose day to be looked at again has come."""
    due = _run_by(reader).filter(state=Ballot.State.PUBLISHED, review_on__lte=clock.today())
    return [
        Item(
            ballot.review_on,
            ballot.question,
            reverse("voting:results", args=[ballot.reference]),
            f"Vote at {ballot.venue}: what was decided is to be looked at again. Say what has become of it, and give "
            "it another day or none.",
            at_note="due since",
            actions=(Action("Look at it again", reverse("voting:outcome", args=[ballot.reference]), is_second=True),),
        )
        for ballot in due.order_by("review_on", "pk")[:MOST]
    ]


def votes_made_void(reader: Reader) -> list[Item]:
    """Void rounds in which this person had voted, or been handed a card or a slip, with the way to the next."""
    own = RollEntry.objects.known().spent().filter(person=reader.user, ballot__voided_at__gte=reader.since)
    entries = own.select_related("ballot__event", "ballot__copy").order_by("-ballot__voided_at")
    return [_made_void(entry) for entry in entries[:MOST]]


def _made_void(entry: RollEntry) -> Item:
    ballot = entry.ballot
    handed = entry.handed  # whether it was used nobody knows
    following: Ballot | None = getattr(ballot, "copy", None)
    has_next = following is not None and following.state != Ballot.State.DRAFT
    return Item(
        ballot.voided_at,
        ballot.question,
        following.get_absolute_url() if following and has_next else ballot.get_absolute_url(),
        f"Vote at {ballot.venue}: round {ballot.round} was made void, and your {handed or 'vote'} in it does not "
        f"count. {ballot.void_reason}",
        because=f"you were handed a {handed} in it" if handed else "you had voted in it",
    )


def votes_on_our_needs(reader: Reader) -> list[Item]:
    """Votes opened or closed on prototypes for needs of our organisations or followed, without those still to cast."""
    if reader.looks_at_nothing:
        return []
    needs = "options__prototype__needs"
    about = Q(**{f"{needs}__supports__council__in": reader.organisations})
    about |= Q(**{f"{needs}__in": reader.followed("need")}) | Q(**{f"{needs}__service__in": reader.followed("service")})
    ours = Ballot.objects.filter(about).values("pk")
    moved = Q(opened_at__gte=reader.since) | Q(revealed_at__gte=reader.since)
    to_cast = open_roll_entries(reader.user).filter(has_voted=False).values("ballot")
    ballots = visible_ballots(reader.user).filter(moved, pk__in=ours).exclude(pk__in=to_cast)
    ballots = ballots.select_related("event").order_by("-opened_at")
    return [
        Item(
            ballot.revealed_at or ballot.opened_at,
            ballot.question,
            ballot.get_absolute_url(),
            f"Vote at {ballot.venue}: {ballot.state_word.lower()}.",
            because=behind_it(reader),
            change=change_of(ballot, Ballot.State.OPEN if ballot.is_running else ballot.state),  # a pause moves nothing
        )
        for ballot in ballots[: reader.most]
    ]
