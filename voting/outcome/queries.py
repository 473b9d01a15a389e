"""Reads of the count of a vote."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from django.db.models import OuterRef, QuerySet

from accounts.addresses import is_placeholder
from accounts.models import User
from core.counting import count_of, sum_of
from core.words import counted, one_or_many, series, spelled
from councils.models import Organisation
from projects.models import Project
from sealing.operations import SealedAnswer
from voting.ballots.models import Ballot, Option, RollEntry
from voting.ballots.queries import names_of, options_of, with_has_voted
from voting.ballots.rules import method_of, rule_words, rules_of
from voting.ballots.sentences import FEWEST, closing_words, quorum_words, voting_words
from voting.casting.models import Choice, Vote
from voting.casting.operations import group_of
from voting.casting.queries import marks_by_vote
from voting.casting.turnout import Turnout, turnout_of
from voting.methods.values import Explained, VoteMark, as_lines, from_lines, shown
from voting.methods.why_not_mine import with_searches_of
from voting.outcome import counting
from voting.outcome.counting import COUNCIL, FEWEST_ORGANISATIONS, Cast, OptionCount, Tally, Turned
from voting.outcome.models import BallotProject
from voting.paper.models import PaperBatch, SpoiltSlip
from voting.paper.queries import (
    paper_counted,
    provenance,
    spoilt_of,
    spoilt_words,
    votes_on_paper,
    ways_of_voting,
    ways_words,
    without_names,
)


def tally(ballot: Ballot, options: list[Option] | None = None) -> Tally:
    """The count of a ballot: as stored at the close, or of an open ballot that runs as it stands now.

    While it runs, the paper that two people have counted is in it. Whether it may be told, `Ballot.shows_result` says.
    """
    options = options_of(ballot) if options is None else options
    if ballot.result:
        return counting.thawed(ballot, options)
    roll = _roll_of(ballot)
    has_slips = any(entry.kind == RollEntry.Kind.SLIP for entry in roll)
    on_paper = [Cast(marks, Fraction(0), on_paper=True) for marks in (votes_on_paper(ballot) if has_slips else ())]
    so_far = turned(ballot, roll)
    so_far = replace(so_far, voted=so_far.voted + len(on_paper))
    return counting.count(ballot, options, [*_votes_in_rows(ballot), *on_paper], so_far)


def tally_of_rows(ballot: Ballot) -> Tally:
    """The count of an open ballot from its rows, with who voted as noted on its roll."""
    return counting.count(ballot, options_of(ballot), _votes_in_rows(ballot), turned(ballot))


def tally_of_opened(ballot: Ballot, answers: list[SealedAnswer]) -> Tally:
    """The count of a secret ballot from its opened votes."""
    votes = [
        Cast(marks_of(answer), Fraction(answer["weight"]), answer["group"], answer.get("on_paper", False))
        for answer in answers
    ]
    return counting.count(ballot, options_of(ballot), votes, turned(ballot))


def marks_of(answer: SealedAnswer) -> tuple[VoteMark, ...]:
    """What an opened vote says."""
    return from_lines(answer["marks"])


def paper_as_opened(ballot: Ballot) -> list[SealedAnswer]:
    """The votes on paper that two people have counted, as if they had been sealed, without weight or group."""
    return [
        {
            "marks": as_lines(marks),
            "weight": "0",
            "group": "",
            "on_paper": True,
        }
        for marks in votes_on_paper(ballot)
    ]


def on_paper_and_by_card(ballot: Ballot) -> dict[str, Any]:
    """What the result of a ballot keeps of paper and of votes by card; empty where all voted on screens."""
    ways, paper = ways_of_voting(ballot), paper_counted(ballot)
    if not ways and not paper:
        return {}
    return {"ways": ways, "provenance": provenance(ballot, ways)} | ({"paper": paper} if paper else {})


def _votes_in_rows(ballot: Ballot) -> list[Cast]:
    """The votes of an open ballot as plain values; those on paper have no name and no weight."""
    marks = marks_by_vote(ballot)
    votes = list(Vote.objects.filter(ballot=ballot).select_related("organisation"))
    weights = counting.weights([organisation_that_weighs(ballot, vote.organisation) for vote in votes])
    return [
        Cast(tuple(marks.get(vote.pk, ())), weight, group_of(vote.organisation), on_paper=vote.person_id is None)
        for vote, weight in zip(votes, weights, strict=True)
    ]


def organisation_that_weighs(ballot: Ballot, organisation: Organisation | None) -> int | None:
    """The key of an organisation that has a weight; until 2026 only councils had one."""
    if organisation is None or (_only_councils_weighed(ballot) and not organisation.is_council):
        return None
    return organisation.pk


def _only_councils_weighed(ballot: Ballot) -> bool:
    return (ballot.result or {}).get("weighs") == "councils"


def _roll_of(ballot: Ballot) -> list[Any]:
    return list(with_has_voted(ballot.roll.standing()).select_related("organisation"))


def turned(ballot: Ballot, roll: list[Any] | None = None) -> Turned:
    """Who could vote and who did, in numbers. `roll` is read where the caller has not read it."""
    roll = _roll_of(ballot) if roll is None else roll
    on_roll = [(entry.kind, organisation_that_weighs(ballot, entry.organisation), entry.has_voted) for entry in roll]
    voted = [(kind, organisation) for kind, organisation, has_voted in on_roll if has_voted]
    return Turned(
        on_roll=len(on_roll),
        voted=len(voted),
        councils_on_roll=len({organisation for _, organisation, _ in on_roll if organisation is not None}),
        councils_voted=len({organisation for _, organisation in voted if organisation is not None}),
        voted_outside=sum(kind in RollEntry.NAMED and organisation is None for kind, organisation in voted),
        on_paper=sum(kind == RollEntry.Kind.SLIP for kind, _ in voted),
    )


def recount(ballot: Ballot) -> dict[str, Any]:
    """What a closed ballot stored at its close, worked out again from its rows.

    Of a secret ballot the count per council or body is taken over: votes are kept without their weights.
    """
    assert ballot.result is not None  # by constraint: a closed ballot keeps its result
    options = options_of(ballot)
    told = on_paper_and_by_card(ballot)
    if "paper" not in ballot.result:
        told.pop("paper", None)  # kept since November 2026
    kept = {name: value for name, value in ballot.result.items() if name not in ("ways", "provenance", "paper")}
    if not ballot.is_secret:
        again = _as_kept_then(ballot, tally_of_rows(ballot)) | told
        return kept | again | ({"groups": {}} if _only_councils_weighed(ballot) else {})
    marks = marks_by_vote(ballot)
    votes = [Cast(tuple(marks.get(vote, ())), Fraction(0)) for vote in ballot.votes.values_list("pk", flat=True)]
    again = _as_kept_then(ballot, counting.count(ballot, options, votes, turned(ballot)))
    again |= told
    return kept | {name: again[name] for name in again.keys() - {"council", "groups", "hides_councils"}}


def _as_kept_then(ballot: Ballot, count: Tally) -> dict[str, Any]:
    """A count as plain values, without what was not kept yet as the ballot closed.

    Nor is what would have been enough for an option searched again where the search goes otherwise now.
    """
    again, before = counting.frozen(ballot, count), ballot.result or {}
    if again.get("search") != before.get("search"):
        for basis in {"person", "council"} & again.keys() & before.keys():
            again[basis] = again[basis] | {"steps": with_searches_of(before[basis]["steps"], again[basis]["steps"])}
        again["search"] = before.get("search")
    return {name: value for name, value in again.items() if name in before or name not in ("alike", "search")}


@dataclass(frozen=True)
class ToTell:
    """Who is told what came of a vote: who voted, who was handed a card or a slip, and the others of its roll."""

    voted: tuple[User, ...] = ()
    handed: tuple[User, ...] = ()
    others: tuple[User, ...] = ()

    @property
    def number(self) -> int:
        return sum(len(people) for people, _ in self.groups)

    @property
    def groups(self) -> tuple[tuple[tuple[User, ...], str], ...]:
        """The people of each mail, with the word by which its words differ."""
        return (self.voted, "voted"), (self.handed, "handed"), (self.others, "did_not")


def people_to_tell(ballot: Ballot) -> ToTell:
    """The people on the roll of a vote that has closed who can be mailed, by how they voted."""
    entries = ballot.roll.known().filter(person__is_active=True).select_related("person").order_by("pk")
    found = [(entry, entry.person) for entry in entries if entry.person and not is_placeholder(entry.person.email)]
    return ToTell(
        tuple(person for entry, person in found if entry.voted),
        tuple(person for entry, person in found if entry.was_handed),
        tuple(person for entry, person in found if not entry.voted and not entry.was_handed),
    )


def voters_behind(project: Project) -> ToTell:
    """Those who voted, or were handed a card or a slip, in the vote that chose what became this project, if any."""
    made = BallotProject.objects.filter(project=project).select_related("ballot").first()
    return replace(people_to_tell(made.ballot), others=()) if made else ToTell()


def who_could_vote(ballot: Ballot) -> list[tuple[str, str, str]]:
    """Rows of the roll of a vote that has closed: who or what, for whom, whether it was used. By name; no choice."""
    roll = list(ballot.roll.known().select_related("person", "organisation"))
    named = sorted(
        (str(entry.person), str(entry.organisation or "No organisation"), _whether_used(entry))
        for entry in roll
        if entry.person
    )
    nameless = Counter(entry.kind for entry in roll if not entry.person)
    used = Counter(entry.kind for entry in roll if not entry.person and entry.voted)
    words = {RollEntry.Kind.CARD: "voting card", RollEntry.Kind.SLIP: "paper slip"}
    spoilt = {RollEntry.Kind.SLIP: sum(spoilt_of(ballot.result).values()) if ballot.is_revealed else 0}
    return [
        *named,
        *(
            (
                counted(nameless[kind], noun),
                "They belong to nobody",
                _how_many_used(used[kind], nameless[kind], spoilt.get(kind, 0)),
            )
            for kind, noun in words.items()
            if nameless[kind]
        ),
    ]


def _how_many_used(used: int, out: int, spoilt: int) -> str:
    return f"{used} of {out}" + (f", and {spoilt} handed in spoilt" if spoilt else "")


def _whether_used(entry: RollEntry) -> str:
    if entry.was_handed:
        return f"Was handed a {entry.handed}"
    return "Yes" if entry.voted else "No"


def ballots_with_figures(ballots: QuerySet[Ballot]) -> QuerySet[Ballot]:
    """The ballots with their event and the numbers of their options, open votes, slips and entries of the roll."""
    return ballots.select_related("event", "sealed").annotate(
        options_count=count_of(Option.objects.filter(ballot=OuterRef("pk"))),
        votes_count=count_of(Vote.objects.filter(ballot=OuterRef("pk"))),
        paper_count=sum_of(PaperBatch.objects.confirmed().filter(ballot=OuterRef("pk")), "slips"),
        spoilt_count=count_of(SpoiltSlip.objects.filter(ballot=OuterRef("pk"), batch__confirmed_at__isnull=False)),
        waiting_batches_count=count_of(PaperBatch.objects.filter(ballot=OuterRef("pk"), confirmed_at=None)),
        slips_count=count_of(RollEntry.objects.standing().filter(ballot=OuterRef("pk"), kind=RollEntry.Kind.SLIP)),
        roll_count=count_of(RollEntry.objects.standing().filter(ballot=OuterRef("pk"))),
    )


def heading_of(ballot: Ballot, count: Tally | None = None) -> str:
    """The state of a vote in a few words; once its result is shown, with a tie said first."""
    return result_words(ballot, count or tally(ballot)) if ballot.is_revealed else voting_words(ballot)


def result_words(ballot: Ballot, count: Tally) -> str:
    """What came of a count, in a few words."""
    if not count.voted:
        return "Nobody voted"
    if count.is_withheld:
        return f"{few_words(count.turned)}, so there is no result"
    if ballot.weighs_councils and not count.councils_voted:
        return "No council or body voted, so nothing is chosen"
    if count.lacks_quorum:
        return f"{count.voted} voted and {count.quorum} were needed, so nothing is chosen"
    if ballot.is_of_bodies:  # what follows from it, whoever asked them says
        return ", ".join(f"{line.option.title} {shown(line.people)}" for line in count.lines)
    if count.tied:
        noun = "prototypes" if all(line.option.prototype_id for line in count.tied) else "options"
        return f"{spelled(len(count.tied)).capitalize()} {noun} are tied"
    if not count.chosen:
        return "Nothing is chosen"
    if ballot.method == Ballot.Method.BUDGET:
        return f"The pot pays for {names(count.chosen)}"
    won = {Ballot.Method.RANKED: "won", Ballot.Method.DOTS: "most dots", Ballot.Method.SCORE: "the highest scores"}
    won[Ballot.Method.MATRIX] = "the highest impact times feasibility"
    have = one_or_many(len(count.chosen), "has", "have")
    return f"{names(count.chosen)} {have} {won.get(Ballot.Method(ballot.method), 'most votes')}"


def few_words(turned: Turned) -> str:
    """Of whom so few voted that a secret vote has no result, as a sentence without its full stop."""
    if turned.voted < FEWEST:
        return f"Fewer than {FEWEST} people voted in secret"
    return f"Fewer than {FEWEST} people voted in secret other than on paper"


def withheld_words(turned: Turned) -> str:
    """Why a secret vote has no result, as sentences."""
    few = few_words(turned)
    if turned.voted < FEWEST:
        return f"{few}, and a result would tell who voted for what. The votes were never opened."
    return (
        f"{few}, and from a result those who counted the paper could work out what they voted for. The votes sealed on "
        "screens and by card were never opened."
    )


def run_offs_after(ballot: Ballot, seen: QuerySet[Ballot]) -> list[tuple[Ballot, str]]:
    """The run-offs among `seen` that followed a tied vote, in order, each with its `heading_of`."""
    found: list[tuple[Ballot, str]] = []
    while run_off := seen.filter(run_off_of=found[-1][0] if found else ballot).first():
        found.append((run_off, heading_of(run_off)))
    return found


def decided_by(run_offs: list[tuple[Ballot, str]]) -> dict[str, Any]:
    """The run-off that decided a tied vote with what came of it, as the templates name them; empty where none has."""
    run_off, words = run_offs[-1] if run_offs else (None, "")
    if run_off is None or not run_off.is_revealed or not tally(run_off).chosen:
        return {}
    return {"decided_by": run_off, "decided_words": words}


def names(lines: Iterable[OptionCount]) -> str:
    """The options' titles as a sentence lists them."""
    return names_of(line.option for line in lines)


def other_basis_note(count: Tally) -> str:
    """What the basis that does not decide would change, as a sentence; empty where nothing."""
    if not count.bases_differ:
        return ""
    how = "per council or body" if count.other_basis == COUNCIL else "per person"
    chosen, tied = count.outcome(count.other_basis)
    if tied:
        return f"Counted {how}, {names(tied)} would be tied."
    if len(chosen) > 1:
        return f"Counted {how}, {names(chosen)} would be chosen."
    if any(line.councils is None for line in count.lines):
        return f"Counted {how}, {names(chosen)} would lead."
    best = chosen[0].score(count.other_basis)
    rest = [line.score(count.other_basis) for line in count.lines if line.option.pk != chosen[0].option.pk]
    return f"Counted {how}, {names(chosen)} would lead, {shown(best)} to {shown(max(rest, default=Fraction(0)))}."


def place_of(ballot: Ballot, count: Tally, line: OptionCount) -> str:
    """The standing of an option in a word or two; empty where it is neither chosen nor tied, or where bodies stood."""
    if ballot.is_of_bodies:
        return ""
    if line in count.tied:
        return "tied first" if ballot.to_pursue == 1 else "tied"
    if line not in count.chosen:
        return ""
    if ballot.is_running:
        return "in front"
    return "first" if ballot.to_pursue == 1 and ballot.method != Ballot.Method.BUDGET else "chosen"


def state_of(ballot: Ballot, count: Tally | None = None) -> dict[str, Any]:
    """The live state as sockets and polling send it, the same for everybody.

    It names no voter and no organisation: most organisations in a room are one person. Until the result may be shown
    it tells the turnout and nothing else of what was voted.
    """
    state: dict[str, Any] = {
        "reference": ballot.reference,
        "version": ballot.version,
        "state": ballot.state,
        "takes_votes": ballot.takes_votes,
    }
    if ballot.state == Ballot.State.DRAFT:
        return state
    count = (count or tally(ballot)) if ballot.shows_result else None
    turnout = Turnout(count.turnout) if count else turnout_of(ballot)
    state |= {
        "heading": heading_of(ballot, count),
        "basis": ballot.basis,
        "rule": rule_words(ballot),
        "opened_at": ballot.opened_at and ballot.opened_at.isoformat(),
        "closes_at": ballot.closes_at and ballot.closes_at.isoformat(),
        "closed_at": ballot.closed_at and ballot.closed_at.isoformat(),
        "paused_at": ballot.paused_at and ballot.paused_at.isoformat(),
        "closing": closing_words(ballot),
        "turnout": {
            "voted": turnout.share.numerator,
            "on_roll": turnout.share.denominator,
            "counted_at": turnout.counted_at and turnout.counted_at.isoformat(),
            "words": str(turnout.share),
        },
        "tally": None,
        "note": "",
    }
    if count is not None and not count.is_withheld:
        state |= _result(ballot, count)
    return state


def _result(ballot: Ballot, count: Tally) -> dict[str, Any]:
    """What may be told once the result is shown."""
    most = max((line.score(count.basis) for line in count.lines), default=Fraction(0)) or Fraction(1)
    return {
        "councils": {"voted": count.councils_voted, "on_roll": count.councils_on_roll},
        "tally": [
            {
                "option": line.option.pk,
                "title": line.option.title,
                "people": shown(line.people),
                "councils": shown(line.councils),
                "bar": round(1000 * line.score(count.basis) / most),
                "place": place_of(ballot, count, line),
                "leads": line in count.chosen and not ballot.is_of_bodies,
                "tied": line in count.tied and not ballot.is_of_bodies,
            }
            for line in count.lines
        ],
        "note": other_basis_note(count),
    }


def choices_of_bodies(ballot: Ballot) -> list[tuple[int, str]]:
    """The key of each body that voted in an open vote of bodies, with the title of what it voted for."""
    choices = Choice.objects.filter(vote__ballot=ballot, vote__organisation__isnull=False)
    return list(choices.order_by("vote_id").values_list("vote__organisation", "option__title"))


def how_bodies_stood(ballot: Ballot) -> list[tuple[str, str]]:
    """Each option with the bodies that stood for it, and those that did not vote; nothing before the result is shown.

    Nothing either where people vote for themselves: who of them voted for what is for those in the vote.
    """
    if not (ballot.is_of_bodies and ballot.is_revealed):
        return []
    choices = Choice.objects.filter(vote__ballot=ballot).select_related("vote__organisation").order_by("vote_id")
    entries = with_has_voted(ballot.roll.standing()).filter(has_voted=False).select_related("organisation")
    bodies: dict[int, list[Any]] = {}
    for choice in choices:
        bodies.setdefault(choice.option_id, []).append(choice.vote.organisation)
    stood = [(option.title, series(bodies.get(option.pk, ()))) for option in ballot.options.all()]
    return [*stood, ("Did not vote", series(entry.organisation for entry in entries))]


def explained(ballot: Ballot, count: Tally) -> list[Explained]:
    """How the count that decides came about, step by step; nothing where there is no result."""
    if count.is_withheld or (ballot.is_secret and count.basis == COUNCIL):
        return []
    titles = {line.option.pk: line.option.title for line in count.lines}
    options = [line.option for line in count.lines]
    return method_of(ballot).explain(
        count.counted_on(count.basis), rules_of(ballot, options), titles.__getitem__, say=shown
    )


GROUP_NAMES = {"central": "Central government", "local": "Local government"}


def by_groups(count: Tally) -> dict[str, Any] | None:
    """The table of what central and local government voted for, each with how many votes; None where it is not told."""
    if count.is_withheld or not count.groups:
        return None
    scores = {name: {line.option: line.score for line in group.lines} for name, group in count.groups.items()}
    heads = [f"{GROUP_NAMES[name]} ({group.voted} voted)" for name, group in count.groups.items()]
    return {
        "columns": ["Option", *((head, "numeric") for head in heads)],
        "rows": [
            [line.option.title, *(shown(scores[name][line.option.pk]) for name in scores)] for line in count.by_result()
        ],
    }


def not_told_words(count: Tally) -> str:
    """Why the figures per council or body are not told, as a sentence; empty where they are, or there is no result."""
    if count.is_withheld or not count.voted or not any(line.councils is None for line in count.lines):
        return ""
    if count.councils_voted < FEWEST_ORGANISATIONS:
        voted = counted(count.councils_voted, "council or body", "councils or bodies")
        return f"Not told: {voted} voted; figures per council or body are shown from {FEWEST_ORGANISATIONS}."
    return "Not told: from the figures per council or body somebody’s vote could be told."


def conditions_words(ballot: Ballot, count: Tally) -> list[str]:
    """The quorum with whether it was reached, and the support asked for, as sentences; empty where none was set."""
    said = [quorum_words(ballot, count.voted)] if ballot.quorum else []
    if ballot.threshold:
        said.append(f"To be chosen, an option needed {ballot.get_threshold_display().lower()}.")
    return said


def preview_of(ballot: Ballot, count: Tally) -> dict[str, Any]:
    """The context of the tally's templates as it will be once the result is shown."""
    state = state_of(ballot) | {"heading": result_words(ballot, count)}
    if not count.is_withheld:
        state |= _result(ballot, count)
        _put_in_order(state, count)
    return _of_tally(ballot, state, count)


def _put_in_order(state: dict[str, Any], count: Tally) -> None:
    """Put the tally of a state in the order of its result."""
    order = {line.option.pk: n for n, line in enumerate(count.by_result())}
    state["tally"].sort(key=lambda line: order[line["option"]])


def _of_tally(ballot: Ballot, state: dict[str, Any], count: Tally | None) -> dict[str, Any]:
    return {
        "state": state,
        "count": count,
        "by_council": ballot.basis == COUNCIL,
        "counts_people": method_of(ballot).counts_people,
        "not_told": not_told_words(count) if count and state.get("tally") is not None else "",
        "withheld": withheld_words(count.turned) if count and count.is_withheld else "",
        "ways_words": ways_words(ballot.result),
        "spoilt_words": spoilt_words(ballot.result) if count else "",
        "without_names": without_names(ballot),
        "run_offs": [],
        "made": [],
    }


def figures(ballot: Ballot, seen: QuerySet[Ballot], count: Tally | None = None) -> dict[str, Any]:
    """The context of the tally's templates: the live state, and where the result may be shown the count.

    In the order of the ballot while it runs and by result after. `seen`: the ballots that this reader may see.
    """
    count = (count or tally(ballot)) if ballot.shows_result else None
    state = state_of(ballot, count)
    context = _of_tally(ballot, state, count)
    if count is None or state["tally"] is None:
        return context
    if not ballot.is_running:
        _put_in_order(state, count)
    led_to = ballot.led_to.select_related("project") if ballot.is_revealed else ()
    made = {made.option_id: made for made in led_to}
    prototypes = {line.option.pk: line.option.prototype for line in count.lines}
    for line in state["tally"]:
        prototype = prototypes[line["option"]]
        line["url"] = prototype.get_absolute_url() if prototype else ""
        line["project"] = made[line["option"]].project if line["option"] in made else None
        line["reason"] = made[line["option"]].reason if line["option"] in made else ""
    context["run_offs"] = run_offs_after(ballot, seen) if count.tied and ballot.is_revealed else []
    context |= decided_by(context["run_offs"])
    context["made"] = list(made.values())
    return context
