"""Who watches a ballot: whether they may, when they come and as long as they stay."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.utils.crypto import constant_time_compare

from accounts.models import User
from core import clock
from voting.ballots.models import Ballot, RollEntry
from voting.permissions import can_run_ballots, people_waiting_for, visible_ballots


@dataclass(frozen=True)
class Watcher:
    """The session that a socket was opened with; empty for a visitor without an account."""

    session_key: str = ""
    person: int | None = None
    password: str = ""  # the hash: once it changes, earlier sessions are void


class Arrival(NamedTuple):
    """A socket that asks to be opened. Where it is crowded, only people that the vote knows are let in."""

    reference: str
    session_key: str
    is_crowded: bool


class Admission(NamedTuple):
    ballot_id: int
    watcher: Watcher


def admit(arrivals: Collection[Arrival]) -> dict[Arrival, Admission]:
    """Those who may see, or wait for, the ballot they ask for; in as many queries for a hall as for one."""
    signed_in = watchers_of({each.session_key for each in arrivals if each.session_key})
    ballots = dict(
        Ballot.objects.filter(reference__in={each.reference for each in arrivals}).values_list("reference", "pk")
    )
    asked = {
        each: Admission(ballots[each.reference], signed_in.get(each.session_key, Watcher()))
        for each in arrivals
        if each.reference in ballots
    }
    watching = defaultdict(set)
    for ballot_id, watcher in asked.values():
        watching[ballot_id].add(watcher)
    refused = {ballot_id: not_seeing(ballot_id, watchers) for ballot_id, watchers in watching.items()}
    known = known_to_votes(admission for each, admission in asked.items() if each.is_crowded)
    return {
        each: admission
        for each, admission in asked.items()
        if admission.watcher not in refused[admission.ballot_id] and (not each.is_crowded or admission in known)
    }


def watchers_of(session_keys: Collection[str]) -> dict[str, Watcher]:
    """Who is signed in with these sessions; those with which nobody is are left out."""
    if not session_keys:
        return {}
    rows = Session.objects.filter(session_key__in=session_keys, expire_date__gt=clock.now())
    said = {row.session_key: row.get_decoded() for row in rows}
    keys = {says[SESSION_KEY] for says in said.values() if SESSION_KEY in says}
    people = {str(person.pk): person for person in User.objects.filter(pk__in=keys, is_active=True)}
    return {
        key: Watcher(key, person.pk, person.password)
        for key, says in said.items()
        if (person := people.get(str(says.get(SESSION_KEY)))) and _is_of(person, says.get(HASH_SESSION_KEY, ""))
    }


def _is_of(person: User, said_hash: str) -> bool:
    """Whether a session was begun with the password that the person has now."""
    hashes = (person.get_session_auth_hash(), *person.get_session_auth_fallback_hash())
    return any(constant_time_compare(said_hash, each) for each in hashes)


def lost(ballot_id: int, watchers: Collection[Watcher]) -> set[Watcher]:
    """The watchers whose session has ended, or who may no longer see the ballot."""
    return gone(watcher for watcher in watchers if watcher.session_key) | not_seeing(ballot_id, watchers)


def gone(watchers: Iterable[Watcher]) -> set[Watcher]:
    """The watchers whose session has ended, account is closed or password has changed."""
    watchers = set(watchers)
    if not watchers:
        return set()
    living = set(
        Session.objects.filter(
            session_key__in={w.session_key for w in watchers}, expire_date__gt=clock.now()
        ).values_list("session_key", flat=True)
    )
    people: dict[int | None, str] = dict(
        User.objects.filter(pk__in={w.person for w in watchers}, is_active=True).values_list("pk", "password")
    )
    return {w for w in watchers if w.session_key not in living or people.get(w.person) != w.password}


def not_seeing(ballot_id: int, watchers: Collection[Watcher]) -> set[Watcher]:
    """The watchers who may neither see the ballot nor wait for it. A withdrawn one is told of, not hidden."""
    if visible_ballots(AnonymousUser()).filter(pk=ballot_id).exists():
        return set()
    if not Ballot.objects.filter(pk=ballot_id).exists():
        return set()
    waiting = people_waiting_for(ballot_id, {w.person for w in watchers if w.person})
    others = User.objects.filter(pk__in={w.person for w in watchers if w.person} - waiting)
    may = waiting | {person.pk for person in others if visible_ballots(person).filter(pk=ballot_id).exists()}
    return {w for w in watchers if w.person not in may}


def known_to_votes(admissions: Iterable[Admission]) -> set[Admission]:
    """Those on the roll of the ballot that they watch, and those who run votes."""
    admissions = {each for each in admissions if each.watcher.person}
    if not admissions:
        return set()
    on_roll = set(
        RollEntry.objects.standing()
        .filter(
            ballot__in={each.ballot_id for each in admissions}, person__in={each.watcher.person for each in admissions}
        )
        .values_list("ballot_id", "person_id")
    )
    others = {each.watcher.person for each in admissions if (each.ballot_id, each.watcher.person) not in on_roll}
    running = {person.pk for person in User.objects.filter(pk__in=others) if can_run_ballots(person)}
    return {
        each
        for each in admissions
        if (each.ballot_id, each.watcher.person) in on_roll or each.watcher.person in running
    }
