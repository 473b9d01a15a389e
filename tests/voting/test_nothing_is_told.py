"""Before a result is shown, two ballots of one turnout whose people voted the opposite look the same, to everybody.

The same ballot is voted in twice, each time from the same rows, and every page is asked for after each. What comes back
is compared to the last byte, headers too. `/votes/<reference>/preview/` is the one page that tells more, to those who
run the vote.
"""

import json
import os
import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.cache import cache
from django.http import HttpResponseBase
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from core import clock
from portal.serving import content_version
from search import follower
from search.documents import SearchDocument
from search.engines.embedded import EmbeddedEngine
from search.sources import SOURCES
from tests.architecture.routes import FOREIGN, OURS, ROUTES
from tests.factories.accounts import UserFactory, give_role
from tests.factories.councils import OrganisationFactory
from tests.factories.events import EventFactory
from tests.factories.projects import NeedFactory, PrototypeFactory
from tests.factories.voting import checked_in
from tests.roles.undoing import undone
from tests.voting.paper.counting import confirmed, entered
from voting.ballots import operations as ballots
from voting.cards.secrets_in_words import digest_of, new_secret
from voting.casting import operations as casting
from voting.methods.values import VoteMark
from voting.models import Ballot, ParkedQuestion, RollEntry, VotingCard
from voting.outcome import operations as outcome
from voting.outcome.queries import state_of
from voting.paper import operations as paper

# P10: a pair of ballots for each kind and state, each by another method.
PAIRS = [
    ("open", "open", "single"),
    ("open", "paused", "ranked"),
    ("open", "closed", "approval"),
    ("secret", "open", "dots"),
    ("secret", "paused", "score"),
    ("secret", "closed", "ranked"),
]
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
PREVIEW = "votes/<slug:reference>/preview/"
# Those who run a vote see what its slips say: the paper lies on their table.
BATCH = "votes/<slug:reference>/paper/<int:number>/"
# What is made by chance for each answer, whatever it says.
BY_CHANCE = re.compile(
    rb'(?<=name="csrfmiddlewaretoken" value=")\w+|(?<=name="token" value=")[\w-]+|(?<=name="form_token" value=")[\w-]+'
    rb'|(?<=nonce=")[\w+/=-]+|(?<="CSRF_TOKEN": ")\w+|(?<=<updated>)[^<]+'
)
HEADERS_BY_CHANCE = {"set-cookie", "content-security-policy", "x-request-id", "expires"}
# They come to every page without arguments; the others to those that name votes.
WHOLE_SITE = {"anonymous", "superuser"}


@dataclass
class World:
    """A day with its vote, which has opened and in which nobody has voted, and everybody who looks at it."""

    ballot: Ballot
    voted: User
    second: User
    voters: list[User]
    readers: dict[str, Client]
    runs_it: set[str]
    index: Path
    card: str  # the secret of one that has not voted

    def arguments(self) -> dict[str, object]:
        """What stands in the addresses of a vote's pages, by the name of the argument."""
        entry = RollEntry.objects.get(ballot=self.ballot, person=self.voted)
        question = ParkedQuestion.objects.get_or_create(ballot=self.ballot, words="Who pays for the first year?")[0]
        of_ballot = {"reference": self.ballot.reference, "code": self.ballot.code, "token": self.card}
        numbers = {"entry": entry.pk, "question": question.pk, "reason": uuid.UUID(int=self.ballot.pk)}
        numbers |= {"number": 1, "pile": 0, "slip": 1}
        return {**of_ballot, **numbers, "name": "recount_bundle.py"}


@pytest.fixture
def world(db, amina, carlos, grace, fatima, sunita, root_user, settings) -> Callable[[str, str], World]:
    def make(secrecy: str, method: str) -> World:
        day = EventFactory(co_design=True, started=True, made_by=fatima)
        need = NeedFactory()
        prototypes = PrototypeFactory.create_batch(3)
        for prototype in prototypes:
            prototype.needs.add(need)
        voters = UserFactory.create_batch(6)
        for person in (amina, carlos, *voters):
            checked_in(day, person, OrganisationFactory())
        rules = {"most_choices": 5} if method == "dots" else {}
        rules["asks_reason"] = True
        draft = ballots.prepare_ballot(
            day, by=fatima, question="Which?", prototypes=prototypes, secrecy=secrecy, method=method, **rules
        )
        people = {
            "voter who has voted": amina,
            "voter who has not": carlos,
            "another officer": grace,
            "facilitator who runs it": fatima,
            "facilitator of another day": give_role(UserFactory(), Role.FACILITATOR),
            "secretariat": sunita,
            "superuser": root_user,
        }
        readers = {"anonymous": Client()}
        for name, person in people.items():
            readers[name] = Client()
            readers[name].force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return World(
            ballot=ballots.open_ballot(draft, by=fatima),
            voted=amina,
            second=sunita,
            voters=voters,
            readers=readers,
            runs_it={"facilitator who runs it", "secretariat", "superuser"},
            index=Path(settings.SEARCH_INDEX),
            card=_voting_card(draft),
        )

    return make


def _voting_card(ballot: Ballot) -> str:
    """The words of a card of this ballot."""
    VotingCard.objects.create(ballot=ballot, digest=digest_of(secret := new_secret()))
    return secret


def marks(ballot: Ballot, *, opposite: bool) -> list[VoteMark]:
    """A vote for the first option, or the opposite: for the last."""
    options = [option.pk for option in ballot.options.all()]
    if opposite:
        options.reverse()
    if ballot.method == "ranked":
        return [VoteMark(option, rank) for rank, option in enumerate(options, start=1)]
    if ballot.method == "score":
        return [VoteMark(option, score) for option, score in zip(options, (5, 3, 0), strict=True)]
    return [VoteMark(options[0], 5 if ballot.method == "dots" else 1)]


def bring_to(state: str, world: World, by: User, *, opposite: bool) -> None:
    """Vote, one person the same both times since they see their own vote, and pause or close the ballot.

    The last two vote on paper.
    """
    ballot = world.ballot
    casting.cast(ballot, by=world.voted, marks=marks(ballot, opposite=False), token="own")
    reason = "The last one helps more." if opposite else "I live by the first one."
    for number, voter in enumerate(world.voters[:-2]):
        casting.cast(ballot, by=voter, marks=marks(ballot, opposite=opposite), token=f"form {number}", reason=reason)
    paper.hand_out(ballot, *world.voters[-2:], kind=RollEntry.Kind.SLIP, by=by)
    confirmed(entered(ballot, by, (marks(ballot, opposite=opposite), 2)), world.second)
    if state == "paused":
        ballots.pause_ballot(ballot, by=by)
    if state == "closed":
        outcome.close_ballot(ballot, by=by)


def pages_of_votes(arguments: dict[str, object]) -> Iterator[str]:
    """The address of every page of votes. A new argument needs a value in `World.arguments`."""
    for route, _ in ROUTES:
        if route.startswith(("votes/", "v/", "card/")) and route not in (PREVIEW, BATCH):
            yield "/" + ARGUMENT.sub(lambda found: str(arguments[found[1]]), route)


def other_pages(world: World, reader: str) -> Iterator[str]:
    """Other addresses on which a vote can be named, files and narrowed lists too."""
    event, own = world.ballot.event, f"/votes/{world.ballot.reference}/"
    assert event is not None
    prototype = world.ballot.options.first().prototype
    yield from (f"{page}?format={form}" for page in ("/votes/", f"{own}results/", f"{own}record/") for form in ("csv",))
    yield from ("/votes/?state=open", "/votes/?state=paused", "/votes/?state=closed", "/votes/?q=which")
    yield from (f"/votes/new/?event={event.slug}", f"/votes/new/?event={event.slug}&like={world.ballot.reference}")
    yield from (f"/events/{event.slug}/{page}" for page in ("", "run/", "report/", "people/", "floor/", "event.ics"))
    yield from (prototype.get_absolute_url(), prototype.discovery.get_absolute_url())
    yield from (need.get_absolute_url() for need in prototype.needs.all())
    yield from (
        "/",
        "/account/",
        "/account/data/",
        "/figures/",
        "/projects/",
        "/audit/",
        "/audit/?q=vote",
        "/sitemap-votes.xml",
    )
    yield from ("/search/?q=which", "/search/?q=which&kind=ballot", "/search/suggest?q=which")
    yield from (f"/feeds/{kind}.atom" for kind in ("events", "votes", "news", "needs"))
    if reader in WHOLE_SITE and world.ballot.has_ended:
        yield from (f"/{route}" for route, _ in OURS if not route.startswith(("design-system", "demo", "readyz")))
    if reader == "superuser":
        yield from ("/cms/", "/cms/reports/site-history/")


def answer_of(response: HttpResponseBase) -> tuple[int, dict[str, str], bytes]:
    """All that a reader could tell an answer by, without what is made by chance."""
    body = b"".join(response) if response.streaming else response.content
    headers = {name.lower(): value for name, value in response.items() if name.lower() not in HEADERS_BY_CHANCE}
    return response.status_code, headers, BY_CHANCE.sub(b"-", body)


Told = dict[tuple[str, str], object]


def told(world: World, settings, *, run: int, only: set[str] | None = None) -> Told:
    """All that is told of a ballot as it is, by reader and address."""
    cache.clear()
    content_version.answers.clear()
    settings.SEARCH_INDEX = world.index / str(run)
    found: Told = {("everybody", "socket"): json.dumps(state_of(Ballot.objects.get(pk=world.ballot.pk)))}
    found["search", "document"] = document_of(world.ballot)
    if only is None:
        follower.follow(EmbeddedEngine())
    for reader, client in world.readers.items():
        if only is None or reader in only:
            others = () if only else other_pages(world, reader)
            for address in dict.fromkeys((*pages_of_votes(world.arguments()), *others)):
                found[reader, address] = answer_of(client.get(address))
            for address in pages_of_votes(world.arguments()):
                with undone():
                    found[reader, f"POST {address}"] = answer_of(client.post(address, {"reason": "It is wrong."}))
    return found


def document_of(ballot: Ballot) -> SearchDocument:
    source = SOURCES["ballot"]
    return source.to_document(source.rows().get(pk=ballot.pk))


def differences(world: World, settings, state: str, by: User, only: set[str] | None = None) -> set[tuple[str, str]]:
    """By whom and where the two outcomes could be told apart."""
    both = []
    with clock.at(clock.now()):
        for run, opposite in enumerate((False, True)):
            with undone():
                bring_to(state, world, by, opposite=opposite)
                both.append(told(world, settings, run=run, only=only))
    first, second = both
    assert first.keys() == second.keys()
    return {each for each in first if first[each] != second[each]}


@pytest.mark.parametrize(("secrecy", "state", "method"), PAIRS, ids=map("-".join, PAIRS))
def test_before_the_result_is_shown_nothing_differs_but_for_those_who_preview_it(
    world, settings, fatima, secrecy, state, method
):
    """Half of the readers walk each pair by turns, so that all walk open and secret ones; WALK=all sends all."""
    here = world(secrecy, method)
    walking = sorted(here.readers)[PAIRS.index((secrecy, state, method)) % 2 :: 2]
    if os.environ.get("WALK") != "all":
        here.readers = {reader: here.readers[reader] for reader in walking}

    assert differences(here, settings, state, fatima) == set()


@pytest.mark.parametrize("secrecy", ["open", "secret"])
def test_a_page_that_did_not_ask_whether_the_result_is_shown_would_be_found(
    world, settings, fatima, monkeypatch, secrecy
):
    """The control."""
    monkeypatch.setattr(Ballot, "shows_result", True)

    found = differences(world(secrecy, "single"), settings, "closed", fatima, only={"anonymous"})

    assert ("everybody", "socket") in found
    assert any(address.endswith("/results/") for _, address in found)


@pytest.mark.parametrize("secrecy", ["open", "secret"])
def test_the_preview_is_for_those_who_run_the_vote_once_it_is_closed(world, fatima, secrecy):
    here = world(secrecy, "single")
    address = f"/votes/{here.ballot.reference}/preview/"
    assert {client.get(address).status_code for client in here.readers.values()} <= {302, 403, 404}

    bring_to("closed", here, fatima, opposite=False)

    answers = {reader: client.get(address) for reader, client in here.readers.items()}
    assert {reader for reader, answer in answers.items() if answer.status_code == 200} == here.runs_it
    assert {answers[reader].status_code for reader in answers.keys() - here.runs_it - {"anonymous"}} == {403}
    assert answers["anonymous"].url.startswith("/accounts/login/")


def test_no_vote_stands_in_the_admin():
    """Else its pages have to be walked too."""
    assert not [route for route, _ in FOREIGN if re.search("ballot|vote|voting|roll", route)]
