from django.apps import AppConfig


class SteeringConfig(AppConfig):
    name = "steering"
    verbose_name = "The steering board"

    def ready(self) -> None:
        from core import inbox as week
        from core import panels
        from councils.models import Organisation
        from events.outputs import following
        from steering import inbox
        from steering.after_events import DECISIONS
        from steering.panels import flag_of_council, motion_of_ballot
        from voting.models import Ballot

        following.register(DECISIONS)
        panels.register(Ballot, motion_of_ballot)
        panels.register(Organisation, flag_of_council)
        week.register(
            "waiting",
            inbox.motions_to_record,
            inbox.cases_to_decide,
            inbox.reviews_to_hold,
            inbox.updates_that_are_late,
        )
        week.register("moved", inbox.decisions_on_our_projects)
