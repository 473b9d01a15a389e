"""The actions of those who run a vote, and which of them comes next: the same on every page."""

from dataclasses import replace

from django.urls import reverse

from accounts.models import AnyUser
from core import clock
from core.inbox import Action
from voting.ballots.models import Ballot, Option, RollEntry
from voting.ballots.queries import first_of_coming_roll, options_of
from voting.ballots.sentences import why_not_open
from voting.outcome import queries
from voting.outcome.counting import Tally
from voting.permissions import can_run_ballots


def next_action(
    ballot: Ballot, user: AnyUser, *, options: list[Option] | None = None, count: Tally | None = None
) -> Action | None:
    """The next action of a vote for pages other than its own; None where nothing is left to do or `user` may not.

    Opening and closing cannot be undone: they are links to the page of the vote, which explains them.
    """
    action = next(
        (action for action in actions_of(ballot, user, options=options, count=count) if not action.is_second), None
    )
    if action and action.is_post and ballot.state != Ballot.State.CLOSED:
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

    `options` and `roll` of a draft and `count` of a closed vote are read where the caller has not read them.
    """
    if not can_run_ballots(user):
        return []
    if ballot.state == Ballot.State.DRAFT:
        options = options_of(ballot) if options is None else options
        roll = first_of_coming_roll(ballot) if roll is None else roll
        return [_before_opening(ballot, options, roll), _action("Change the vote", "change", ballot, is_second=True)]
    if ballot.state == Ballot.State.OPEN:
        latecomer = [_action("Add a latecomer", "roll", ballot, is_second=True)] if ballot.takes_votes else []
        return [_action("Close the vote", "close", ballot, is_post=True), *latecomer]
    return _after_the_close(ballot, count or queries.tally(ballot))


def _action(text: str, name: str, ballot: Ballot, *, is_post: bool = False, is_second: bool = False) -> Action:
    return Action(text, reverse(f"voting:{name}", args=[ballot.reference]), is_post, is_second)


def _before_opening(ballot: Ballot, options: list[Option], roll: list[RollEntry]) -> Action:
    """To open it, or to mend the first thing that keeps it from opening."""
    if not why_not_open(ballot, options, roll):
        return _action("Open the vote", "open", ballot, is_post=True)
    for option in options:
        if not option.prototype.is_ready_for_vote:
            return Action("Complete the prototype", option.prototype.get_absolute_url())
    if ballot.closes_at and ballot.closes_at <= clock.now():
        return _action("Give it another closing time", "change", ballot)
    return Action("Check people in", reverse("events:check_in", args=[ballot.event.slug]))


def _after_the_close(ballot: Ballot, count: Tally) -> list[Action]:
    """The run-off first where votes are tied and the rule says so; else to publish the outcome, then to make projects.

    Where nobody voted, publishing the outcome is optional.
    """
    goes_to_run_off = bool(count.tied) and ballot.tie_rule == Ballot.TieRule.RUN_OFF
    run_off = _run_off(ballot) if goes_to_run_off else None
    outcome = _action("Change the outcome" if ballot.outcome else "Publish the outcome", "outcome", ballot)
    project = _project(ballot, count)
    is_due = bool(count.voted) and not goes_to_run_off and not ballot.outcome
    main = run_off or (outcome if is_due else project)
    others = [action for action in (run_off, project, outcome) if action and action is not main]
    return [*([main] if main else []), *(replace(action, is_second=True) for action in others)]


def goes_on_in_run_off(ballot: Ballot) -> bool:
    """Whether a tied vote has a run-off still to be held, which then has the next action."""
    run_off: Ballot | None = getattr(ballot, "run_off", None)
    return run_off is not None and run_off.state != Ballot.State.CLOSED


def _run_off(ballot: Ballot) -> Action | None:
    """To prepare the run-off of a tied vote or go to it; None once it has closed."""
    run_off: Ballot | None = getattr(ballot, "run_off", None)
    if run_off is None:
        return _action(f"Prepare the {Ballot(run_off_of=ballot).run_off_words}", "run_off", ballot, is_post=True)
    if run_off.state == Ballot.State.CLOSED:
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
