from django.apps import AppConfig


class VotingConfig(AppConfig):
    name = "voting"

    def ready(self) -> None:
        from core import inbox as week
        from core import panels
        from events import guards
        from events.models import Event
        from projects.discoveries import guards as steps
        from projects.models import Project, Prototype
        from voting import inbox
        from voting.ballots.guards import end_votes_of_cancelled_event, keep_check_in_of_voters, vote_still_to_close
        from voting.panels import own_vote_at_event, vote_of_project, votes_of_event, votes_of_prototype, votes_to_run

        guards.register(guards.CANCEL_EVENT, end_votes_of_cancelled_event)
        guards.register(guards.UNDO_CHECK_IN, keep_check_in_of_voters)
        steps.register(vote_still_to_close)
        for function in (own_vote_at_event, votes_to_run, votes_of_event):
            panels.register(Event, function)
        panels.register(Prototype, votes_of_prototype)
        panels.register(Project, vote_of_project)
        week.register(
            "waiting",
            inbox.votes_to_cast,
            inbox.votes_to_be_added_to,
            inbox.votes_to_open,
            inbox.votes_to_close,
            inbox.votes_to_finish,
        )
        week.register("moved", inbox.votes_on_our_needs)
