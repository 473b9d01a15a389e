from django.apps import AppConfig


class VotingConfig(AppConfig):
    name = "voting"
    verbose_name = "Votes"

    def ready(self) -> None:
        from core import inbox as week
        from core import panels
        from events.event import running
        from events.guards import BEFORE_UNDOING, CANCEL_EVENT, HANGS_ON_EVENT, ONCE_CHECKED_IN, UNDO_CHECK_IN
        from events.models import Event
        from projects.discoveries.guards import END_STEP_TWO
        from projects.models import Project, Prototype
        from voting import inbox
        from voting.ballots.guards import (
            end_votes_of_cancelled_event,
            keep_check_in_of_voters,
            not_on_the_roll,
            question_of_the_roll,
            vote_still_to_close,
            votes_that_hang_on,
        )
        from voting.ballots.sentences import KEPT_SHUT
        from voting.cards.queries import why_not_open_yet
        from voting.outcome.guards import ONCE_CLOSED
        from voting.panels import own_votes_at_event, vote_of_project, votes_of_event, votes_of_prototype, votes_to_run
        from voting.record.closing import keep_code

        CANCEL_EVENT.register(end_votes_of_cancelled_event)
        HANGS_ON_EVENT.register(votes_that_hang_on)
        BEFORE_UNDOING.register(question_of_the_roll)
        ONCE_CHECKED_IN.register(not_on_the_roll)
        UNDO_CHECK_IN.register(keep_check_in_of_voters)
        END_STEP_TWO.register(vote_still_to_close)
        ONCE_CLOSED.register(keep_code)
        KEPT_SHUT.register(why_not_open_yet)
        for function in (own_votes_at_event, votes_of_event):
            panels.register(Event, function)
        running.register("now", votes_to_run, order=200)
        panels.register(Prototype, votes_of_prototype)
        panels.register(Project, vote_of_project)
        week.register(
            "waiting",
            inbox.votes_to_cast,
            inbox.votes_to_be_added_to,
            inbox.votes_to_open,
            inbox.votes_to_close,
            inbox.votes_to_finish,
            inbox.votes_to_review,
        )
        week.register("moved", inbox.votes_made_void, inbox.votes_on_our_needs)
