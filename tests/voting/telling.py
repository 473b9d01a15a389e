"""Two ballots of one turnout whose people voted the opposite, and all that everybody could tell them apart by.

The same ballot is voted in twice, each time from the same rows, and every page is asked for after each. What comes back
is compared to the last byte, headers too. `/votes/<reference>/preview/` is the one page that tells more, to those who
run the vote. Used by `test_nothing_is_told.py` and by `python -m benchmarks.promises p10`.
"""

import json
import re
import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

from django.core.cache import cache
from django.http import HttpResponseBase
from django.test import Client, override_settings

from accounts.models import User
from accounts.roles import Role
from core import clock
from councils.models import Membership, Organisation
from portal.serving import content_version
from search import follower
from search.documents import SearchDocument
from search.engines.embedded import EmbeddedEngine
from search.sources import SOURCES
from tests.architecture.routes import OURS, ROUTES
from tests.factories.accounts import UserFactory, give_role
from tests.factories.councils import MembershipFactory, OrganisationFactory
from tests.factories.events import EventFactory
from tests.factories.projects import NeedFactory, PrototypeFactory
from tests.factories.voting import checked_in
from tests.roles.undoing import undone
from tests.voting.paper.counting import confirmed, entered
from voting.ballots import operations as ballots
from voting.ballots.drafts import NewOption
from voting.cards.secrets_in_words import digest_of, new_secret
from voting.casting import operations as casting
from voting.methods.values import VoteMark
from voting.models import Ballot, ParkedQuestion, RollEntry, VotingCard
from voting.outcome import operations as outcome
from voting.outcome.queries import state_of
from voting.paper import operations as paper

STATES = ("open", "paused", "closed", "void")
# What each method's ballot says beside its question.
RULES = {"dots": {"most_choices": 5}, "budget": {"pot": 100, "tie_rule": "none"}}
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
PREVIEW = "votes/<slug:reference>/preview/"
# Those who run a vote see what its slips say: the paper lies on their table.
BATCH = "votes/<slug:reference>/paper/<int:number>/"
# What is made by chance for each answer, whatever it says.
BY_CHANCE = re.compile(
    rb'(?<=name="csrfmiddlewaretoken" value=")\w+|(?<=name="token" value=")[\w-]+|(?<=name="form_token" value=")[\w-]+'
    rb'|(?<=nonce=")[\w+/=-]+|(?<="CSRF_TOKEN": ")\w+|(?<=<updated>)[^<]+'
)
NEW_REFERENCE = re.compile(r"/votes/\w{10}/")
HEADERS_BY_CHANCE = {"set-cookie", "content-security-policy", "x-request-id", "expires"}
# They come to every page without arguments; the others to those that name votes.
WHOLE_SITE = {"anonymous", "superuser"}


@dataclass
class World:
    """A day with its vote, which has opened and in which nobody has voted, and everybody who looks at it."""

    ballot: Ballot
    by: User  # runs it
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


READERS = (
    "anonymous", "voter who has voted", "voter who has not", "another officer", "facilitator who runs it",
    "facilitator of another day", "board member", "secretariat", "superuser",
)  # fmt: skip


def world_of(secrecy: str, method: str, index: Path, *, voters: int = 6) -> World:
    """A day with an open vote by this method, and somebody of every role that looks at it."""
    harlow = Organisation.objects.get(slug="harlow")
    people = {name: UserFactory() for name in READERS[1:]}
    amina, carlos, grace, fatima, other, board, sunita, root = people.values()
    MembershipFactory(person=amina, organisation=harlow)
    MembershipFactory(person=carlos)
    MembershipFactory(person=grace, organisation=harlow, role=Membership.Role.LEAD)
    roles = {fatima: Role.FACILITATOR, other: Role.FACILITATOR, board: Role.BOARD, sunita: Role.SECRETARIAT}
    for person, role in roles.items():
        give_role(person, role)
    User.objects.filter(pk=root.pk).update(is_staff=True, is_superuser=True)
    give_role(root)
    day = EventFactory(co_design=True, started=True, made_by=fatima, capacity=voters + 10)
    need = NeedFactory()
    prototypes = PrototypeFactory.create_batch(3)
    for prototype in prototypes:
        prototype.needs.add(need)
    others = UserFactory.create_batch(voters)
    for person in (amina, carlos, *others):
        checked_in(day, person, OrganisationFactory())
    draft = ballots.prepare_ballot(
        day, by=fatima, question="Which?", secrecy=secrecy, method=method, asks_reason=True,
        options=[NewOption(each.title, each.summary, 60, each) for each in prototypes], **RULES.get(method, {}),
    )  # fmt: skip
    readers = {"anonymous": Client()}
    for name, person in people.items():
        readers[name] = Client()
        readers[name].force_login(person, backend="accounts.backends.ByAddress")
    return World(
        ballot=ballots.open_ballot(draft, by=fatima), by=fatima, voted=amina, second=sunita, voters=others,
        readers=readers, runs_it={"facilitator who runs it", "secretariat", "superuser"}, index=index,
        card=_voting_card(draft),
    )  # fmt: skip


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
    if ballot.method == "matrix":
        asked = ("impact", "feasibility")
        return [VoteMark(o, value, question) for o, value in zip(options, (5, 3, 1), strict=True) for question in asked]
    return [VoteMark(options[0], 5 if ballot.method == "dots" else 1)]


def bring_to(state: str, world: World, *, opposite: bool) -> None:
    """Vote, one person the same both times since they see their own vote, and pause, close or void the ballot.

    The last two vote on paper.
    """
    ballot, by = world.ballot, world.by
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
    if state == "void":
        ballots.void_ballot(ballot, by=by, reason="Misread")


def pages_of_votes(arguments: dict[str, object]) -> Iterator[str]:
    """The address of every page of votes. A new argument needs a value in `World.arguments`."""
    for route, _ in ROUTES:
        if route.startswith(("votes/", "v/", "card/")) and route not in (PREVIEW, BATCH):
            yield "/" + ARGUMENT.sub(lambda found: str(arguments[found[1]]), route)


def front_pages(world: World) -> Iterator[str]:
    """Where a reader would look for how a vote goes: its pages, files, screen and state, lists, search, its day."""
    own = f"/votes/{world.ballot.reference}/"
    names = ("", "cast/", "results/", "who-could-vote/", "reasons/", "record/", "receipts/", "screen/")
    files = ("bundle.json", "bundle-with-organisations.json", "votes.pb", "state.json", "results/?format=csv")
    yield from (f"{own}{name}" for name in (*names, *files, "record/?format=csv"))
    yield from ("/votes/", "/votes/?format=csv", "/search/?q=which", "/audit/")
    assert world.ballot.event is not None
    yield from (f"/events/{world.ballot.event.slug}/", f"/events/{world.ballot.event.slug}/run/")


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


def answer_of(response: HttpResponseBase, reference: str) -> tuple[int, dict[str, str], bytes]:
    """All that a reader could tell an answer by, without what is made by chance."""
    body = b"".join(response) if response.streaming else response.content
    headers = {name.lower(): value for name, value in response.items() if name.lower() not in HEADERS_BY_CHANCE}
    if f"/{reference}/" not in headers.get("location", "/"):  # a copy has a reference of its own, drawn by chance
        headers["location"] = NEW_REFERENCE.sub("/votes/-/", headers.get("location", ""))
    return response.status_code, headers, BY_CHANCE.sub(b"-", body)


Told = dict[tuple[str, str], object]


def told(world: World, *, run: int, everywhere: Collection[str]) -> Told:
    """All that is told of a ballot as it is, by reader and address.

    Those `everywhere` ask for every page, and post to those of votes; the others look where it would stand first.
    """
    cache.clear()
    content_version.answers.clear()
    found: Told = {("everybody", "socket"): json.dumps(state_of(Ballot.objects.get(pk=world.ballot.pk)))}
    found["search", "document"] = document_of(world.ballot)
    own = world.index / str(run)
    copytree(world.index / "before", own)
    with override_settings(SEARCH_INDEX=own):
        follower.follow(EmbeddedEngine())  # as the worker does: what has changed since nobody had voted
        for reader, client in world.readers.items():
            everything = (*pages_of_votes(world.arguments()), *other_pages(world, reader))
            for address in dict.fromkeys(everything if reader in everywhere else front_pages(world)):
                found[reader, address] = answer_of(client.get(address), world.ballot.reference)
            for address in pages_of_votes(world.arguments()) if reader in everywhere else ():
                with undone():
                    answer = client.post(address, {"reason": "It is wrong."})
                    found[reader, f"POST {address}"] = answer_of(answer, world.ballot.reference)
    return found


def document_of(ballot: Ballot) -> SearchDocument:
    source = SOURCES["ballot"]
    return source.to_document(source.rows().get(pk=ballot.pk))


def both_told(world: World, state: str, *, everywhere: Collection[str]) -> tuple[Told, Told]:
    """What is told of each of the two outcomes of a ballot in this state."""
    both = []
    with override_settings(SEARCH_INDEX=world.index / "before"):
        follower.follow(EmbeddedEngine())
    with clock.at(clock.now()):
        for run, opposite in enumerate((False, True)):
            with undone():
                bring_to(state, world, opposite=opposite)
                both.append(told(world, run=run, everywhere=everywhere))
    first, second = both
    assert first.keys() == second.keys()
    return first, second


def differences(world: World, state: str, *, everywhere: Collection[str] = READERS) -> set[tuple[str, str]]:
    """By whom and where the two outcomes could be told apart."""
    first, second = both_told(world, state, everywhere=everywhere)
    return {each for each in first if first[each] != second[each]}
