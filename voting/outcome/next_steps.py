"""The actions of those who run a vote, and which of them comes next: the same on every page."""

from dataclasses import replace

from django.urls import reverse

from accounts.models import AnyUser
from core import clock
from core.inbox import Action
from projects.permissions import can_facilitate
from voting.ballots.models import Ballot, Option, RollEntry
from voting.ballots.queries import first_of_coming_roll, options_of, slips_counted, slips_out
from voting.ballots.rules import method_of, rules_of
from voting.ballots.sentences import why_not_open
from voting.outcome import queries
from voting.outcome.counting import Tally
from voting.paper.queries import waiting_batches
from voting.permissions import can_run_ballot


def next_action(
    ballot: Ballot, user: AnyUser, *, options: list[Option] | None = None, count: Tally | None = None
) -> Action | None:
    """The next action of a vote for pages other than its own; None where nothing is left to do or `user` may not.

    What cannot be undone is a link to the page of the vote, which explains it.
    """
    actions = actions_of(ballot, user, options=options, count=count)
    action = next((action for action in actions if not action.is_second), None)
    if action and action.is_post and not ballot.is_revealed:
        return Action(action.text, f"{ballot.get_absolute_url()}#run-it")
    return action


def actions_of(
    ballot: Ballot,
    user: AnyUser,
    *,
    options: list[Option] | None = None,
    roll: list[RollEntry] | None = None,
    count: Tally | None = None,
) -> list[Action]:
    """All actions of a vote for those who run it. At most one comes next; the others have `is_second`.

    `options`, `roll` of a draft and `count` of a closed vote are read where the caller has not read them.
    """
    if not can_run_ballot(user, ballot):
        return []
    match ballot.state:
        case Ballot.State.DRAFT:
            options = options_of(ballot) if options is None else options
            roll = first_of_coming_roll(ballot) if roll is None else roll
            main = _before_opening(ballot, options, roll)
            return [main, *(each for each in _to_prepare(ballot) if each.url != main.url)]
        case Ballot.State.OPEN | Ballot.State.PAUSED:
            return _while_it_runs(ballot)
        case Ballot.State.VOID:
            return _after_it_was_void(ballot)
        case Ballot.State.CLOSED if ballot.is_of_bodies:
            return []  # whoever asked the bodies shows the result as they record it
        case Ballot.State.CLOSED:
            return [
                _action("Look at the result, you alone", "preview", ballot),
                _action("Show the result", "reveal", ballot, is_post=True, is_second=True),
            ]
    return _after_the_reveal(ballot, user, count or queries.tally(ballot, options))


def _action(text: str, name: str, ballot: Ballot, *, is_post: bool = False, is_second: bool = False) -> Action:
    return Action(text, reverse(f"voting:{name}", args=[ballot.reference]), is_post, is_second)


def _to_prepare(ballot: Ballot) -> list[Action]:
    """What may be changed in a draft, beside its next action."""
    order = "Order and prices" if ballot.method == Ballot.Method.BUDGET else "Order of the options"
    actions = [_action("Change the vote", "change", ballot, is_second=True)]
    if not ballot.run_off_of_id:
        actions.append(_action(order, "options", ballot, is_second=True))
    if ballot.roll_from in (Ballot.Roll.LIST, Ballot.Roll.CARDS) and not ballot.run_off_of_id:
        actions.append(_action("Who may vote", "voters", ballot, is_second=True))
    if ballot.is_by_cards:
        actions.append(_action("Print voting cards", "cards", ballot, is_second=True))
    return actions


def _before_opening(ballot: Ballot, options: list[Option], roll: list[RollEntry]) -> Action:
    """To open it, or to mend the first thing that keeps it from opening."""
    if not why_not_open(ballot, options, roll):
        return _action("Open the vote", "open", ballot, is_post=True)
    for option in options:
        if option.prototype and not option.prototype.is_ready_for_vote:
            return Action("Complete the prototype", option.prototype.get_absolute_url())
    if ballot.method == Ballot.Method.BUDGET and method_of(ballot).why_not(rules_of(ballot, options)):
        return _action("Set the prices", "options", ballot)
    if ballot.closes_at and ballot.closes_at <= clock.now():
        return _action("Give it another closing time", "change", ballot)
    if ballot.roll_from == Ballot.Roll.LIST and not roll:
        return _action("Enter who may vote", "voters", ballot)
    if ballot.is_by_cards and not roll:
        return _action("Say how many cards", "voters", ballot)
    if ballot.is_by_cards:
        return _action("Print voting cards", "cards", ballot)
    if ballot.event and ballot.roll_from == Ballot.Roll.CHECK_IN:
        return Action("Check people in", reverse("events:check_in", args=[ballot.event.slug]))
    return _action("Change the vote", "change", ballot)


def _while_it_runs(ballot: Ballot) -> list[Action]:
    """To close it, or where it is paused to go on; beside that to pause, prolong, void it and change its roll.

    A vote of bodies is only closed or made void.
    """
    close = _action("Count the votes" if ballot.ended_at else "Close the vote", "close", ballot, is_post=True)
    others = []
    if _paper_comes_first(ballot):
        main = _action("Count paper", "paper", ballot)
        others = [close]
    elif ballot.state == Ballot.State.PAUSED:
        main = _action("Go on", "resume", ballot, is_post=True)
        others = [close]
    else:
        main = close
    keeps_its_day = ballot.is_of_bodies  # which they were told
    if ballot.closes_at and not ballot.ended_at and not keeps_its_day:
        others.append(_action("Add 2 minutes", "extend", ballot, is_post=True))
    if ballot.takes_votes and not keeps_its_day:
        others.append(_action("Pause", "pause", ballot, is_post=True))
    if not ballot.ended_at and not ballot.is_of_bodies:
        has_cards = ballot.is_by_cards
        others.append(_action("Give out one more card" if has_cards else "Change the roll", "roll", ballot))
    others.append(_action("The question was misread", "void", ballot))
    return [main, *(replace(action, is_second=True) for action in others)]


def _paper_comes_first(ballot: Ballot) -> bool:
    """Whether a batch waits for a second person, or the time announced has come and not all slips are counted."""
    out = slips_out(ballot)
    return bool(out) and (waiting_batches(ballot) > 0 or (bool(ballot.ended_at) and slips_counted(ballot) < out))


def _after_it_was_void(ballot: Ballot) -> list[Action]:
    """To copy it as a new round, or to go to that."""
    copy: Ballot | None = getattr(ballot, "copy", None)
    if ballot.is_of_bodies:
        return []
    if copy is None:
        return [_action("Copy it as a new round", "copy", ballot, is_post=True)]
    return [Action(f"Go to round {copy.round}", copy.get_absolute_url())]


def _after_the_reveal(ballot: Ballot, user: AnyUser, count: Tally) -> list[Action]:
    """The run-off first where votes are tied and the rule says so; else to publish the outcome, then to make projects.

    Where nobody voted, publishing the outcome is optional. What follows from a vote of bodies is recorded by whoever
    asked them.
    """
    if ballot.is_of_bodies:
        return []
    goes_to_run_off = bool(count.tied) and ballot.tie_rule == Ballot.TieRule.RUN_OFF
    run_off = _run_off(ballot) if goes_to_run_off else None
    outcome = _action("Change the outcome" if ballot.outcome else "Publish the outcome", "outcome", ballot)
    project = _project(ballot, count) if ballot.event and can_facilitate(user) else None
    is_due = bool(count.voted) and not goes_to_run_off and not ballot.outcome
    main = run_off or (outcome if is_due else project)
    reasons = _action("Read the reasons of voters", "reasons", ballot) if ballot.asks_reason else None
    others = [action for action in (run_off, project, outcome, reasons) if action and action is not main]
    return [*([main] if main else []), *(replace(action, is_second=True) for action in others)]


def goes_on(ballot: Ballot) -> bool:
    """Whether the next action is another ballot's: the run-off of a tied vote, or the new round of a void one."""
    if getattr(ballot, "copy", None):
        return True
    run_off: Ballot | None = getattr(ballot, "run_off", None)
    return run_off is not None and not run_off.is_revealed and run_off.state != Ballot.State.VOID


def _run_off(ballot: Ballot) -> Action | None:
    """To prepare the run-off of a tied vote or go to it; None once that is over."""
    run_off: Ballot | None = getattr(ballot, "run_off", None)
    if run_off is None:
        return _action(f"Prepare the {Ballot(run_off_of=ballot).run_off_words}", "run_off", ballot, is_post=True)
    if run_off.is_revealed or run_off.state == Ballot.State.VOID:
        return None
    verb = "Open" if run_off.state == Ballot.State.DRAFT else "Go to"
    return Action(f"{verb} the {run_off.run_off_words}", run_off.get_absolute_url())


def _project(ballot: Ballot, count: Tally) -> Action | None:
    """To turn winners into projects; None once every winner is one."""
    made = {made.option_id for made in ballot.led_to.all()}
    winners = [line.option for line in count.chosen if line.option.pk not in made]
    of_the_tied = sum(line.option.pk in made for line in count.tied)
    may_choose = ballot.tie_rule == Ballot.TieRule.FACILITATOR and of_the_tied < count.places_tied_for
    if not winners and not may_choose:
        return None
    return _action(_project_words(winners) if winners else "Choose among those tied", "project", ballot)


def _project_words(winners: list[Option]) -> str:
    return f"Turn {winners[0].prototype} into a project" if len(winners) == 1 else "Turn the winners into projects"
