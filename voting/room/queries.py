"""What the console of those who run a vote shows, and the screen of the hall."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from core import clock
from core.words import at_moment, counted, exact_time, one_or_many, spelled, time_in_words
from design_system.qr import qr_code
from events.event.agenda import AgendaEntry
from events.event.queries import agenda_of
from voting.ballots.models import Ballot, Option, RollEntry
from voting.ballots.queries import late_words, spoilt_on_paper, voted_on_paper, with_has_voted
from voting.ballots.rules import choice_rule
from voting.ballots.sentences import FEWEST, quorum_words, why_no_slips
from voting.casting.turnout import COUNTED_EVERY, Turnout, quorum_reached_at, turnout_of
from voting.paper.queries import paper_words
from voting.room.models import ParkedQuestion

State = Ballot.State
HOW_THEY_VOTE = {
    RollEntry.Kind.PERSON: "By phone",
    RollEntry.Kind.BODY: "For a body",
    RollEntry.Kind.CARD: "By voting card",
    RollEntry.Kind.SLIP: "On paper",
}
_WHO_VOTES = {Ballot.Roll.CARDS: ("card", "cards"), Ballot.Roll.BODIES: ("body", "bodies")}
# How far a vote has come: the number of the step that comes next.
_NEXT_STEP = {
    State.DRAFT: 0,
    State.OPEN: 1,
    State.PAUSED: 1,
    State.VOID: 1,
    State.CLOSED: 2,
    State.REVEALED: 4,
    State.PUBLISHED: 5,
}


@dataclass(frozen=True)
class BallotStep:
    """One of the five steps of a vote, with what is said below it. `state`: past, present or future."""

    label: str
    note: str
    state: str


def steps_of(ballot: Ballot, *, is_looked_at: bool = False, goes_to_run_off: bool = False) -> list[BallotStep]:
    """The five steps of a vote and which comes next; where bodies vote, without the last.

    `is_looked_at` on the page where the result is looked at; `goes_to_run_off` where a run-off decides first.
    """
    reached = _NEXT_STEP[State(ballot.state)] + is_looked_at
    is_void = ballot.state == State.VOID
    done = {
        "Open": ballot.opened_at,
        "Close": ballot.closed_at,
        "Look at it": ballot.revealed_at if ballot.is_revealed else None,
        "Reveal": ballot.revealed_at,
        "Publish": ballot.outcome_at,
    }
    at_last = "after the run-off" if goes_to_run_off else "with a reason"
    notes = {"Look at it": "you alone", "Reveal": "on the screen", "Publish": at_last}
    if ballot.is_of_bodies:  # what follows is recorded where they were asked, and no hall has a screen
        del done["Publish"], notes["Reveal"]
    steps = []
    for number, (name, at) in enumerate(done.items()):
        state = "past" if number < reached else "present" if number == reached and not is_void else "future"
        note = notes.get(name, "")
        if state == "past":
            note = f"{time_in_words(at)}, done" if at and name != "Look at it" else "done"
        elif is_void and number == reached:
            note = "void, not counted"
        elif state == "present":
            note = f"Next, {note}" if note else "Next"
        steps.append(BallotStep(name, note, state))
    return steps


def _no_result_words(ballot: Ballot, voted: int) -> str:
    """Why a secret vote that closes with so many votes has no result, as a sentence; empty where it has one."""
    on_paper = voted_on_paper(ballot)
    if voted < FEWEST:
        why = f"A secret vote with fewer than {FEWEST} votes has no result"
    elif on_paper and 0 < voted - on_paper < FEWEST:
        why = f"A secret vote has no result where 1 to {FEWEST - 1} votes come on screens or by card beside paper"
    else:
        return ""
    return f"{why}: closed with so few, they are never opened. "


def before_closing(ballot: Ballot, turnout: Turnout) -> tuple[str, str]:
    """Who has not voted, and what closing does: sentences for those who are about to close."""
    one, many = _WHO_VOTES.get(Ballot.Roll(ballot.roll_from), ("person", "people"))
    voted, on_roll = turnout.share.numerator, turnout.share.denominator
    no_result = _no_result_words(ballot, voted) if ballot.is_secret else ""
    if ballot.ended_at:
        return "No votes are taken any more.", (
            f"{no_result or 'They are all counted. '}The vote is closed within minutes, or now if you press. It cannot "
            "be undone. From then on this round can no longer be made void."
        )
    spoilt = spoilt_on_paper(ballot)  # who handed those in is not waited for
    missing = on_roll - voted - spoilt
    votes = f"the {counted(voted, 'vote')} received" if voted else "what has been received, which is nothing yet,"
    who = f"{counted(missing, f'{one} has', f'{many} have')} not voted." if missing else "Everybody has voted."
    if turnout.counted_at:
        seconds = f"{COUNTED_EVERY.total_seconds():.0f}"
        who = (
            f"{counted(missing, f'{one} had', f'{many} had')} not voted at the last count."
            if missing
            else ("Everybody had voted at the last count.")
        )
        votes = f"every vote received, those of the last {seconds} seconds too,"
    closing = f"{no_result}Closing turns later votes" if no_result else f"Closing counts {votes} and turns later ones"
    return who, (
        f"{closing} away with the time. It cannot be undone. From then on this round can no longer be made void."
    )


def roll_rows(ballot: Ballot) -> list[tuple[str, int, int | None]]:
    """Rows of the roll by how people vote, with how many voted; None where that would tell who pressed when.

    Empty where everybody votes in one way.
    """
    entries = list(with_has_voted(ballot.roll.standing()))
    on_roll = Counter(entry.kind for entry in entries)
    voted = Counter(entry.kind for entry in entries if entry.has_voted)
    if ballot.is_running:
        voted[RollEntry.Kind.SLIP] = voted_on_paper(ballot)  # whose entries are noted at the close
    tells = ballot.has_ended or not ballot.is_secret
    kinds = RollEntry.Kind
    if len(on_roll) < 2:
        return []
    return [(HOW_THEY_VOTE[kind], on_roll[kind], voted[kind] if tells else None) for kind in kinds if on_roll[kind]]


def changed_roll(ballot: Ballot) -> QuerySet[RollEntry]:
    """Who was added to the roll of a vote or struck off it after it opened."""
    return ballot.roll.changed().select_related("organisation", "person")


def rules_in_rows(ballot: Ballot, options: list[Option]) -> list[tuple[str, str]]:
    """The rules that are fixed before opening as pairs of name and words."""
    if ballot.is_of_bodies:
        return [
            ("Method", f"{choice_rule(ballot, options)} {counted(len(options), 'option')}."),
            ("Counted", "one vote for each body"),
            ("Quorum", f"{counted(ballot.quorum or 1, 'body has', 'bodies have')} to vote"),
            ("Open", "how each body stood is public once you show the result"),
        ]
    per_person, per_council = "per person", "per council or body"
    decides, beside = (per_council, per_person) if ballot.weighs_councils else (per_person, per_council)
    tie = {
        Ballot.TieRule.RUN_OFF: "run-off between those tied",
        Ballot.TieRule.FACILITATOR: "you choose among those tied, and say why",
        Ballot.TieRule.ORDER: "the one that stands first on the list",
        Ballot.TieRule.NONE: "stays a tie",
    }[Ballot.TieRule(ballot.tie_rule)]
    if ballot.is_by_cards:
        who_sees = "Voting cards", "nobody knows who holds one, and nobody sees a count before the close"
    elif ballot.is_secret:
        who_sees = "Secret", "nobody sees a count before the close, you included"
    elif ballot.shows_tally:
        who_sees = "Open", "everybody sees the tally while it runs"
    else:
        who_sees = "Open", "the tally is seen once you show it, with names by the people in the vote"
    found = [
        ("Method", f"{choice_rule(ballot, options)} {counted(len(options), 'option')}."),
        ("Chosen", "what the pot pays for" if ballot.pot else _chosen_words(ballot)),
        ("Counted", f"{decides}; {beside} beside it" if ballot.counts_councils else decides),
        ("Tie", tie),
    ]
    if ballot.quorum:
        found.append(("Quorum", f"{counted(ballot.quorum, 'person has', 'people have')} to vote"))
    if ballot.threshold:
        found.append(("Support", f"an option needs {ballot.get_threshold_display().lower()}"))
    return [*found, who_sees]


def _chosen_words(ballot: Ballot) -> str:
    return one_or_many(ballot.to_pursue, "the first", f"the first {spelled(ballot.to_pursue)}")


@dataclass(frozen=True)
class OnAgenda:
    """What is on and what comes next in the programme of an event, with the minutes until then."""

    now: AgendaEntry | None
    then: AgendaEntry | None
    minutes: int

    @property
    def left(self) -> str:
        hours, minutes = divmod(self.minutes, 60)
        parts = [(hours, "hour")] * bool(hours) + [(minutes, "minute")] * bool(minutes or not hours)
        return " ".join(counted(number, noun) for number, noun in parts)


def on_agenda(ballot: Ballot) -> OnAgenda | None:
    """What the programme of its event says of now; None where it says nothing, or the event does not go on."""
    event, now = ballot.event, clock.now()
    if event is None or not event.starts_at <= now <= event.ends_at:
        return None
    entries = [(entry.moment(event.starts_at), entry) for entry in agenda_of(event)]
    # Of several days only today: what began before it is over, and a time alone does not say which day is meant.
    todays = [(at, entry) for at, entry in entries if timezone.localdate(at) == timezone.localdate(now)]
    begun = [entry for at, entry in todays if at <= now]
    coming = [(at, entry) for at, entry in todays if at > now]
    ends_today = timezone.localdate(event.ends_at) == timezone.localdate(now)
    if not coming and not (begun and ends_today):
        return None
    until, then = coming[0] if coming else (event.ends_at, None)
    return OnAgenda(begun[-1] if begun else None, then, ceil((until - now) / dt.timedelta(minutes=1)))


def parked_at(ballot: Ballot) -> list[ParkedQuestion]:
    """The questions parked during any vote of its event, or during this one: what is still to do first."""
    of_it = Q(ballot__event=ballot.event_id) if ballot.event_id else Q(ballot=ballot)
    return sorted(ParkedQuestion.objects.filter(of_it), key=lambda question: question.done_at is not None)


def way_in(ballot: Ballot) -> dict[str, Any]:
    """How one gets to a vote from the screen: its short address and the QR code of it."""
    path = reverse("vote", args=[ballot.code])
    is_over = ballot.has_ended or ballot.state == State.VOID
    return {
        "host": settings.BASE_URL.partition("://")[2],
        "path": path,
        "qr": qr_code(settings.BASE_URL + path, "See the result" if is_over else "Vote"),
    }


def time_left(ballot: Ballot) -> str:
    """How long a paused vote goes on once it does, as `3:12`; empty where no close was announced."""
    if not ballot.closes_at or not ballot.paused_at:
        return ""
    return minutes_and_seconds(ballot.closes_at - ballot.paused_at)


def minutes_and_seconds(span: dt.timedelta) -> str:
    """`03:12`; from an hour on `1:03:12`."""
    minutes, seconds = divmod(max(0, round(span.total_seconds())), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


def room_of(ballot: Ballot) -> dict[str, Any]:
    """What console and screen show of a vote that has opened: turnout, quorum, time and the way in."""
    turnout = turnout_of(ballot)
    voted, on_roll = turnout.share.numerator, turnout.share.denominator
    return way_in(ballot) | {
        "turnout": turnout,
        "voted": voted,
        "on_roll": on_roll,
        "share": turnout.share.rounded(0).with_unit,
        "ring": round(100 * voted / on_roll) if on_roll else 0,
        "quorum": quorum_words(ballot, voted, reached_at=quorum_reached_at(ballot, turnout)),
        "quorum_at": round(100 * ballot.quorum / on_roll, 2) if ballot.quorum and on_roll else None,
        "quorum_turn": round(360 * ballot.quorum / on_roll) if ballot.quorum and on_roll else None,
        "counted": _counted_words(turnout),
        "time_left": time_left(ballot),
        "until": ballot.closes_at.isoformat() if ballot.closes_at and ballot.takes_votes else "",
        "ends": f"Closes by itself {at_moment(ballot.closes_at)}." if ballot.closes_at else "",
    }


def _counted_words(turnout: Turnout) -> str:
    """How often a secret vote is counted while it runs, when last, and why; empty of others."""
    if not turnout.counted_at:
        return ""
    every = f"{COUNTED_EVERY.total_seconds():.0f} seconds"
    last = exact_time(turnout.counted_at)
    return f"Counted every {every}, last at {last}, so that nobody can tell who pressed when."


def console_of(ballot: Ballot, options: list[Option]) -> dict[str, Any]:
    """What those who run a vote that has opened see of it, beside its figures."""
    room = room_of(ballot)
    return room | {
        "before_closing": before_closing(ballot, room["turnout"]),
        "late_words": late_words(ballot),
        "roll_rows": roll_rows(ballot),
        "organisations": "by voting card" if ballot.is_by_cards else _organisations(ballot.roll.standing()),
        "changed_roll": changed_roll(ballot),
        "may_change_roll": ballot.is_under_way and not ballot.is_of_bodies,
        "paper_words": paper_words(ballot),
        "takes_paper": ballot.is_under_way and not why_no_slips(ballot),
        "rules": rules_in_rows(ballot, options),
        "agenda": on_agenda(ballot),
        "parked": parked_at(ballot),
    }


def _organisations(roll: Iterable[RollEntry]) -> str:
    number = len({entry.organisation_id for entry in roll if entry.organisation_id})
    return f"{number} {one_or_many(number, 'council or body', 'councils or bodies')}"
