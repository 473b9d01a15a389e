from django.apps import AppConfig


class SteeringConfig(AppConfig):
    name = "steering"
    verbose_name = "The steering board"

    def ready(self) -> None:
        from core import inbox as week
        from core import panels
        from events.outputs import following
        from steering import inbox
        from steering.after_events import DECISIONS
        from steering.packs import sections
        from steering.panels import motion_of_ballot
        from voting.models import Ballot

        following.register(DECISIONS)
        sections.register_all()
        panels.register(Ballot, motion_of_ballot)
        week.register(
            "waiting",
            inbox.motions_to_record,
            inbox.cases_to_decide,
            inbox.reviews_to_hold,
            inbox.updates_that_are_late,
        )
        week.register("moved", inbox.decisions_on_our_projects)
